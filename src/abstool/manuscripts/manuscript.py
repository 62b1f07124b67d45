"""The references of a manuscript, and how its text cites them."""

from __future__ import annotations

from dataclasses import dataclass

from abstool.manuscripts.reference import Reference


@dataclass(frozen=True, slots=True)
class Manuscript:
    """The references of a manuscript in the order of its list.

    Attributes:
        references: the references.
        uncited: the keys of references that the text does not cite.
        unlisted: the keys or numbers that the text cites but the list does not have.
        notes: what the user should know about the reading.
        form: ``docx`` for a Word file, the name of the form for a file of references (``bibtex``),
            ``""`` for other kinds of files.
    """

    references: tuple[Reference, ...] = ()
    uncited: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    form: str = ""
