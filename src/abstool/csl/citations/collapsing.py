"""Join the cites of a cluster: group those with the same names, and collapse numbers and years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from abstool.csl.citations.cites import Citer
from abstool.csl.citations.registry import Registered
from abstool.csl.elements.context import NAMES, YEAR, Cite
from abstool.csl.text import marks
from abstool.text import number_of

_NAMES_ONLY = frozenset((NAMES,))
_NAMES_AND_YEAR = frozenset((NAMES, YEAR))


@dataclass(eq=False, slots=True)
class PrintedCite:
    """The printed cite of an item, as tagged text, and how it is joined to the one before."""

    item: Registered
    cite: Cite
    text: str
    names: str  # those that it prints or leaves out
    delimiter: str = ""
    shown: str | None = None  # the text that remains if what repeats is left out
    hides_year: bool = False
    joins_range: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether the cite prints nothing besides what identifies the item."""
        return marks.LOCATOR not in self.text and not (self.cite.prefix or self.cite.suffix)

    @property
    def begins_bare(self) -> bool:
        """Whether the cite is bare but for its suffix."""
        return marks.LOCATOR not in self.text and not self.cite.prefix

    @property
    def ends_bare(self) -> bool:
        """Whether the cite is bare but for its prefix, so that a range may begin with it."""
        return marks.LOCATOR not in self.text and not self.cite.suffix


class Collapser:
    """Joins the cites of a cluster as the options of ``cs:citation`` say."""

    def __init__(self, citer: Citer) -> None:
        """Read the options."""
        options, layout = citer.options, citer.area.layout
        self._citer = citer
        self._collapse = options.get("collapse", "")
        self._layout = layout.delimiter
        self._group = options.get("cite-group-delimiter")
        self._after = options.get("after-collapse-delimiter")
        language = citer.style.definitions.language
        self._dash = language.term("citation-range-delimiter") or "–"
        self._in_text = citer.style.definitions.options.get("class") == "in-text"
        self._years = self._collapse.startswith("year")
        group = self._group if self._group is not None else self._layout
        self._suffix = options.get("year-suffix-delimiter", group)

    def grouped(self, pieces: list[PrintedCite]) -> list[PrintedCite]:
        """Return cites with those of the same names together, if the style collapses or joins them.

        A group stands where its first cite does.
        """
        if not (self._years or self._group):
            return pieces
        groups: dict[str, list[PrintedCite]] = {}
        for number, piece in enumerate(pieces):
            groups.setdefault(piece.names or f"{number}", []).append(piece)
        return [piece for group in groups.values() for piece in group]

    def joined(self, pieces: list[PrintedCite]) -> list[PrintedCite]:
        """Return the cites to print, each with its delimiter, without what repeats."""
        if self._collapse == "citation-number":
            return self._numbered(pieces)
        collapsed = False  # whether the cite before belongs to a collapsed group
        for before, piece in pairwise(pieces):
            same = bool(piece.names) and piece.names == before.names
            if same and self._years:
                self._shorten(before, piece)
                collapsed = True
            elif same and self._group is not None:
                piece.delimiter = self._group
            else:
                ends = collapsed or bool(before.cite.locator and self._years)
                after = self._after if ends else None
                piece.delimiter = self._layout if after is None else after
                collapsed = False
        kept = [piece for piece in pieces if piece.shown != ""]
        return self._ranged(kept) if self._collapse == "year-suffix-ranged" else kept

    def _shorten(self, before: PrintedCite, piece: PrintedCite) -> None:
        """Leave the names out of a cite, and its year if the cite before has the same."""
        years = marks.parts(piece.text, marks.YEAR)
        piece.hides_year = (
            self._collapse.startswith("year-suffix")
            and bool(piece.item.more.year_suffix and before.item.more.year_suffix)
            and years == marks.parts(before.text, marks.YEAR)
        )
        hidden = _NAMES_AND_YEAR if piece.hides_year else _NAMES_ONLY
        piece.shown = self._citer.cite(piece.item, piece.cite, hidden)
        if piece.hides_year:
            alone = piece.begins_bare and not before.cite.suffix
            piece.delimiter = self._suffix if alone else self._layout
            piece.joins_range = (
                piece.is_bare and before.ends_bare and _follows(before.item, piece.item)
            )
        elif self._group is not None:
            piece.delimiter = self._group
        else:
            piece.delimiter = ", " if self._in_text else self._layout

    def _runs(self, pieces: Sequence[PrintedCite]) -> Iterator[list[PrintedCite]]:
        """Yield the cites in runs of those that continue a range."""
        run: list[PrintedCite] = []
        for piece in pieces:
            if run and not piece.joins_range:
                yield run
                run = []
            run.append(piece)
        if run:
            yield run

    def _ranged(self, pieces: list[PrintedCite]) -> list[PrintedCite]:
        """Return cites with ranges for runs of three or more."""
        shown: list[PrintedCite] = []
        for run in self._runs(pieces):
            ends_range = len(run) > 2
            if ends_range:
                run[-1].delimiter = self._dash
            shown += [run[0], run[-1]] if ends_range else run
        return shown

    def _numbered(self, pieces: list[PrintedCite]) -> list[PrintedCite]:
        """Return cites with the numbers that follow each other as ranges."""
        for before, piece in pairwise(pieces):
            ends = self._after is not None and before.cite.locator
            piece.delimiter = (self._after if ends else None) or self._layout
            follows = piece.item.number == before.item.number + 1
            is_bare = piece.is_bare and before.ends_bare
            piece.joins_range = follows and is_bare and _is_number(before) and _is_number(piece)
        return self._ranged(pieces)


def _follows(before: Registered, item: Registered) -> bool:
    """Return whether the letter after an item's year is the next one."""
    return number_of(item.more.year_suffix) == number_of(before.more.year_suffix) + 1


def _is_number(piece: PrintedCite) -> bool:
    """Return whether a cite is only a number, with signs around it."""
    number = marks.part(piece.text, marks.NUMBER)
    rest = marks.untagged(piece.text).replace(number, "", 1)
    return bool(number) and not any(map(str.isalnum, rest))
