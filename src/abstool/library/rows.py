"""What a record looks like in the tables of a library, and its text in the indexes.

The tables have text as it is printed, on lines without control characters. The indexes have it
folded, so that ``Łoś`` is found as ``Los``, which SQLite alone does not do.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from typing import NamedTuple

import msgspec
from msgspec import structs

from abstool.address import host_of, identity
from abstool.record import Abstract
from abstool.record.numbering import bare_number, year_of, year_of_meeting
from abstool.text import fold, paragraphs, plain, tidy

_ASCII = bytes(range(128))


class AbstractRow(NamedTuple):
    """The columns of ``abstracts`` that come from the record, in their order."""

    url: str
    number: str
    meeting: str
    year: int | None
    session: str
    harvested: str
    added: str
    address: str
    bare_number: str
    digest: bytes
    title: str
    keywords: str
    authors: str
    text: str

    @property
    def searched(self) -> tuple[str, str, str, str]:
        """The columns of the indexes."""
        return searched(self.title, self.keywords, self.authors, self.text)


def searched(title: str, keywords: str, authors: str, text: str) -> tuple[str, str, str, str]:
    """Return what the indexes have of an abstract, in the order of ``schema.COLUMNS``."""
    return _indexed(title), _indexed(keywords), _indexed(authors), _indexed(text)


def row_of(record: Abstract, added: str) -> AbstractRow:
    """Return the row of a record that is added at a time."""
    session = record.session
    place = f"{session.title} {session.type}" if session else ""
    names = (author.name or author.literal or _whole(author) for author in record.authors)
    return AbstractRow(
        url=tidy(record.url),
        number=tidy(record.number),
        meeting=tidy(record.meeting),
        year=year_of(record) or year_of_meeting(record) or None,
        session=tidy(place),
        harvested=tidy(record.accessed),
        added=added,
        address=tidy(identity(record.url)) if host_of(record.url) else "",
        bare_number=bare_number(record.number),
        digest=digest_of(record),
        title=tidy(plain(record.title)),
        keywords=tidy("; ".join(record.keywords)),
        authors=tidy("; ".join(names)),
        text=paragraphs(plain("\n".join(_body(record)))),
    )


def digest_of(record: Abstract) -> bytes:
    """Return a digest of what a record says: all but how and when it was read."""
    same = structs.replace(record, accessed="", warnings=[])
    try:
        data = msgspec.json.encode(same, order="deterministic")
    except UnicodeEncodeError:  # half a surrogate pair
        data = same.to_json()
    return blake2b(data, digest_size=16).digest()


def trials_of(record: Abstract) -> set[tuple[str, str]]:
    """Return the numbers of a record's trials in the form to compare them in, and registries."""
    return {(trial_key(trial.id), tidy(trial.registry)) for trial in record.trials}


def trial_key(number: str) -> str:
    """Return the number of a trial in the form to compare it in."""
    return "".join(filter(str.isalnum, fold(tidy(number))))


def _body(record: Abstract) -> Iterator[str]:
    """Yield the lines of the body: sections, then captions and cells."""
    for section in record.sections:
        yield f"{section.label}: {section.text}" if section.label else section.text
    for table in record.tables:
        yield table.caption
        for cells in (table.header, *table.rows):
            yield " | ".join(cells)
    for figure in record.figures:
        yield f"{figure.caption} {figure.alt}"


def _whole(author: object) -> str:
    parts = (getattr(author, part) for part in ("given", "family", "suffix"))
    return " ".join(filter(None, parts))


def _indexed(text: str) -> str:
    """Return a text with its letters folded that are not ASCII; the indexes fold the others.

    Few letters differ, and bytes are searched for them much faster than text with a pattern.
    """
    if text.isascii():
        return text
    others = text.encode("utf-8", "ignore").translate(None, _ASCII).decode()
    # In this order no letter that is replaced comes out of the folding of another one.
    for letter in sorted(set(others)):
        if (folded := _folded(letter)) != letter:
            text = text.replace(letter, folded)
    return text


@cache
def _folded(letter: str) -> str:
    # Signs such as ± and – separate words in the indexes anyway.
    return fold(letter) if letter.isalnum() else letter
