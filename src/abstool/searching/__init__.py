"""Search the abstracts of a library: from what a person types to ranked hits with snippets.

``query`` reads a query into steps, ``spellings`` has the ways to write a phrase, ``clauses`` turns
steps into queries of SQLite's full-text search, ``strategy`` reads numbered queries, ``hits`` runs
them, ``snippets`` finds the words in a text, and ``in_memory`` is the public function ``search``.
Nothing that is typed is an error.
"""

from abstool.searching.hits import Hit, Search, Searched
from abstool.searching.query import SearchQuery
from abstool.searching.strategy import StrategyLine, read_strategy

__all__ = ["Hit", "Search", "SearchQuery", "Searched", "StrategyLine", "read_strategy"]
