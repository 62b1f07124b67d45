"""References that other tools wrote, in BibTeX, biblatex or RIS, told apart by content.

In: the text of a file. Out: a CSL-JSON item for each entry, in the file's order, or the error that
says where the file is damaged; one damaged entry costs no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from abstool.address import host_of
from abstool.errors import UnreadableInput
from abstool.sites import journal_of, site_of

_FORMS = {
    "bibtex": re.compile(
        r"^[ \t]*@(?:(?:comment|preamble|string)[ \t]*[{(]|\w+[ \t]*[{(][^{}(),=\"\s]*,)",
        re.IGNORECASE | re.MULTILINE,
    ),
    "ris": re.compile(r"^[ \t\ufeff]*TY {1,2}- ?\w+", re.MULTILINE),
}
_NAMES = {"bibtex": "BibTeX", "ris": "RIS"}
_MARKUP = re.compile(r"[\s\ufeff]*<")


def form_of(text: str) -> str:
    """Return the form of a text that holds references: ``bibtex``, ``ris``, or ``""``."""
    if _MARKUP.match(text):  # a page, which may hold anything further on
        return ""
    starts = {form: match.start() for form, sign in _FORMS.items() if (match := sign.search(text))}
    return min(starts, key=starts.__getitem__, default="")


def read(text: str, subject: str) -> Iterator[tuple[str, dict[str, Any] | UnreadableInput]]:
    """Yield the place of each entry, ``subject, line 3``, with its item or what is wrong with it.

    The text is one of those ``form_of`` knows. Raises UnreadableInput where it holds no entry.
    """
    form = form_of(text)
    found = False
    for line, content in import_module(f"abstool.inputs.references.{form}").entries(text):
        found = True
        place = f"{subject}, line {line}"
        if isinstance(content, dict):
            yield place, _completed(content)
        else:
            yield place, UnreadableInput(place, content, "mend the entry or take it out")
    if not found:
        raise UnreadableInput(subject, f"it is {_NAMES[form]} without an entry", "check the file")


def _completed(item: dict[str, Any]) -> dict[str, Any]:
    """Add what abstool's table of sites knows of the item's journal and of its address."""
    if journal := journal_of(item.get("container-title", "")):
        item["container-title"] = journal.name
        item.setdefault("container-title-short", journal.abbreviation)
    if item.get("genre") == "abstract" and (site := site_of(host_of(item.get("URL", "")))):
        item["custom"] = {"society": site.society}
    return item
