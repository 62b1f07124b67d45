"""What every kind of manuscript is read as, before its list of references is found."""

from __future__ import annotations

from typing import NamedTuple

from abstool.item import Item


class Passage(NamedTuple):
    """A paragraph of a manuscript, or a line of one whose lines are wrapped.

    ``number`` is the number that the file's own list gives it, ``key`` its key in TeX. ``listed``
    is true if the file itself marks it as a part of the bibliography. ``raised`` are the numbers in
    superscript. ``after_gap`` is true if a blank line precedes it.
    """

    text: str
    place: int | None = None
    number: str = ""
    key: str = ""
    addresses: tuple[str, ...] = ()
    heading: bool = False
    listed: bool = False
    note: bool = False
    raised: tuple[str, ...] = ()
    indent: int = 0
    after_gap: bool = True
    alternatives: tuple[str, ...] = ()


class ManuscriptText(NamedTuple):
    """The passages of a manuscript and the data that it holds beside them.

    ``wrapped`` is true if passages are lines and not paragraphs. ``items`` are the works in the
    fields of reference managers; ``cited`` are the keys that the text cites. ``form`` is as in the
    ``Manuscript``.
    """

    passages: tuple[Passage, ...]
    wrapped: bool = False
    items: tuple[Item, ...] = ()
    cited: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    form: str = ""
