"""Read references in BibTeX, biblatex or RIS as CSL-JSON items; the content decides which."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import import_module

from abstool.address import host_of
from abstool.errors import UnreadableInput
from abstool.inputs.outcome import Outcome
from abstool.inputs.references.fields import Entry, InvalidEntryError
from abstool.item import Item
from abstool.sites import journal_of, site_of

_WORD = rb"[\w\x80-\xff]+"
_MARK = rb"\xef\xbb\xbf"  # byte order mark
_FORMS = {
    "bibtex": re.compile(
        rb"^[ \t]*@(?:(?:comment|preamble|string)[ \t]*[{(]|%b[ \t]*[{(][^{}(),=\"\s]*,)" % _WORD,
        re.IGNORECASE | re.MULTILINE,
    ),
    "ris": re.compile(rb"^(?:[ \t]|%b)*TY {1,2}- ?%b" % (_MARK, _WORD), re.MULTILINE),
}
_NAMES = {"bibtex": "BibTeX", "ris": "RIS"}
_MARKUP = re.compile(rb"(?:\s|%b)*<" % _MARK)


def form_of(text: bytes) -> str:
    """Return the form of the references in a text in UTF-8: ``bibtex``, ``ris``, or ``""``."""
    if _MARKUP.match(text):  # a page, which may quote references
        return ""
    starts = {form: match.start() for form, sign in _FORMS.items() if (match := sign.search(text))}
    return min(starts, key=starts.__getitem__, default="")


def read(text: bytes, form: str, subject: str) -> Iterator[Outcome[Item]]:
    """Yield the item of each entry, or its error, so that a broken entry does not stop the others.

    Subjects name the line: ``subject, line 3``. ``form`` is what ``form_of`` returns. Raises
    UnreadableInput if there are no entries.
    """
    found = False
    reader = import_module(f"abstool.inputs.references.{form}")
    entries: Iterator[Entry] = reader.entries(text.decode())
    for line, item in entries:
        found = True
        yield Outcome(f"{subject}, line {line}", item).then(_read)
    if not found:
        raise UnreadableInput(subject, f"this is {_NAMES[form]} without entries", "check the file")


def _read(item: Callable[[], Item], subject: str) -> Item:
    next_step = "fix the entry or remove it"
    try:
        return _completed(item())
    except InvalidEntryError as error:
        raise UnreadableInput(subject, str(error), next_step) from None
    except RecursionError:
        raise UnreadableInput(subject, "nested too deeply", next_step) from None


def _completed(item: Item) -> Item:
    """Add what the table of sites has on the item's journal and URL."""
    if journal := journal_of(item.get("container-title", "")):
        item["container-title"] = journal.name
        item.setdefault("container-title-short", journal.abbreviation)
    if item.get("genre") == "abstract" and (site := site_of(host_of(item.get("URL", "")))):
        item["custom"] = {"society": site.society}
    return item
