"""Citation labels: ``Doe65`` from the names and the year of an item."""

from __future__ import annotations

from abstool.csl.variables import DateSpan, Variables
from abstool.item import NAMES

_LETTERS = {1: (4,), 2: (2, 2), 3: (1, 1, 1), 4: (1, 1, 1, 1)}  # by the number of names
_ARTICLES = ("a ", "the ", "an ")


def label_of(variables: Variables) -> str:
    """Return the label of an item that has none of its own."""
    people = variables["author"]
    if not isinstance(people, list):
        lists = (variables[name] for name in sorted(NAMES))
        people = next((found for found in lists if isinstance(found, list)), [])
    counts = _LETTERS[min(max(len(people), 1), len(_LETTERS))]
    words = [one.get("family") or one.get("literal", "") for one in people]
    if not words:
        title = variables["title"]
        words = [title.replace(" ", "") if isinstance(title, str) else ""]
    date = variables["issued"]
    year = str(date.begin[0]) if isinstance(date, DateSpan) and date.begin else "0000"
    return "".join(map(_short, words, counts)) + year[-2:]


def _short(word: str, count: int) -> str:
    for article in _ARTICLES:
        if word.lower().startswith(article):
            word = word[len(article) :]
    return "".join(filter(str.isalnum, word))[:count].capitalize()
