"""Exact citations and clean records from the web pages of conference abstracts.

>>> import abstool
>>> record = abstool.fetch("https://acrabstracts.org/abstract/...")      # doctest: +SKIP
>>> abstool.cite(record, style="ama")                                    # doctest: +SKIP

``fetch``, ``parse`` and ``read`` return records, which are ``Abstract`` objects; ``cite``,
``export`` and ``rows`` take them, their dictionaries or CSL-JSON items; ``search`` finds some of
them; ``parse_listing`` reads a listing page. An error is an ``AbstoolError``, whose text is one
line. Each name is imported when it is first used, so that citing loads no network code.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from abstool._version import __version__

if TYPE_CHECKING:
    from abstool.citing import cite, export, rows
    from abstool.errors import AbstoolError
    from abstool.fetching import fetch
    from abstool.parser import parse, parse_listing
    from abstool.reading import read
    from abstool.record import Abstract
    from abstool.searching.in_memory import search

__all__ = [
    "AbstoolError",
    "Abstract",
    "__version__",
    "cite",
    "export",
    "fetch",
    "parse",
    "parse_listing",
    "read",
    "rows",
    "search",
]

_HOMES = {
    "Abstract": "abstool.record",
    "AbstoolError": "abstool.errors",
    "cite": "abstool.citing",
    "export": "abstool.citing",
    "fetch": "abstool.fetching",
    "parse": "abstool.parser",
    "parse_listing": "abstool.parser",
    "read": "abstool.reading",
    "rows": "abstool.citing",
    "search": "abstool.searching.in_memory",
}


def __getattr__(name: str) -> object:
    """Return a public name, imported from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module 'abstool' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """Return the public names, whether or not they have been imported, for ``dir`` and ``help``."""
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})
