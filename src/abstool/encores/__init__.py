"""Find the same work presented again: at another meeting, or under another title."""

from abstool.encores.judging import Pair
from abstool.encores.pairs import find, json_schema

__all__ = ["Pair", "find", "json_schema"]
