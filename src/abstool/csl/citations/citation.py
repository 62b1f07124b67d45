"""Print a cluster: its cites in order, with their prefixes and suffixes, inside the layout."""

from __future__ import annotations

import re
from functools import partial

from abstool.csl.citations.cites import Citer
from abstool.csl.citations.clusters import Cluster
from abstool.csl.citations.collapsing import Collapser, PrintedCite
from abstool.csl.citations.registry import ItemRegistry, Registered
from abstool.csl.elements.context import NAMES, Cite
from abstool.csl.text import marks

_HIDES_NAMES = frozenset((NAMES,))
_NOTHING: frozenset[str] = frozenset()
_STOPS = ";.,"
_TAGS = re.compile(r"<[^<>]*>")
_QUOTES_AT_END = "\"'”’»\u202f\u00a0 "
_ENDS_SENTENCE = ":.;!?"


class Citation:
    """Prints the clusters of a document."""

    def __init__(self, citer: Citer, registry: ItemRegistry) -> None:
        """Read the options of the style."""
        self._citer = citer
        self._registry = registry
        self._collapser = Collapser(citer)
        self._is_note = citer.style.definitions.options.get("class") == "note"

    def ordered(self, cluster: Cluster) -> None:
        """Sort the cites of a cluster in the style's order; ties are in that of the list."""
        if cluster.unsorted or len(cluster.cites) < 2 or self._citer.area.sort is None:
            return
        by_place = sorted(cluster.cites, key=lambda pair: pair[0].place)
        order = self._registry.sorted_indexes(self._citer.area, [item for item, _ in by_place])
        cluster.cites = [by_place[index] for index in order]

    def text(self, cluster: Cluster) -> str:
        """Return a cluster as marked text."""
        pieces = self._collapser.joined(self._collapser.grouped(self._pieces(cluster)))
        layout = self._citer.area.layout
        whole, before = "", None
        for piece in pieces:
            text = self._with_affixes(piece)
            if before is not None:
                whole = layout.chain([whole, text], _delimiter(before.cite, piece))
            else:
                whole = text
            before = piece
        if not whole or pieces[0].cite.author_only:
            return self._finished(whole)
        whole = layout.chain(
            [part for part in (self._prefix(cluster.prefix), whole, cluster.suffix) if part], ""
        )
        return self._finished(layout.formatted(layout.affixed(whole)))

    def _pieces(self, cluster: Cluster) -> list[PrintedCite]:
        """Return the cites of a cluster that print something."""
        pieces: list[PrintedCite] = []
        for item, cite in cluster.cites:
            first = not pieces and not cluster.prefix
            starts = _ends_sentence(cite.prefix) if cite.prefix else first
            hidden = _HIDES_NAMES if cite.suppress_author and not cite.author_only else _NOTHING
            text = self._registry.each(item, partial(self._cite, cite, hidden, starts))
            if text and cite.author_only:
                text = marks.part(text, marks.NAMES)
            if text and marks.bare(marks.untagged(text)).strip():
                # Names that are left out count: the cites of the same names still come together.
                whole = self._citer.cite(item, cite) if hidden else text
                names = marks.part(whole, marks.NAMES)
                pieces.append(PrintedCite(item, cite, text, names))
                if cite.author_only:
                    break
        return pieces

    def _cite(self, cite: Cite, hidden: frozenset[str], starts: bool, item: Registered) -> str:
        return self._citer.cite(item, cite, hidden, capitalize=starts and self._is_note)

    def _with_affixes(self, piece: PrintedCite) -> str:
        """Return a cite between its prefix and suffix."""
        text = piece.text if piece.shown is None else piece.shown
        cite, layout = piece.cite, self._citer.area.layout
        if cite.prefix:
            text = layout.chain([self._prefix(cite.prefix, piece.item), text], "")
        if cite.suffix:
            suffix = piece.item.variables.marked(cite.suffix)
            is_word = cite.suffix[0].isalpha() or cite.suffix[0] in "[("
            lead = " " if is_word or cite.suffix[0].isspace() else ""
            text = layout.chain([text, f"{lead}{suffix}"], "")
        return text

    def _prefix(self, prefix: str, item: Registered | None = None) -> str:
        """Return a prefix with a space after a word or a stop."""
        if not prefix:
            return ""
        marked = item.variables.marked(prefix) if item else prefix.strip()
        end = _TAGS.sub("", prefix).rstrip(_QUOTES_AT_END)[-1:]
        space = prefix[-1:].isspace() or end.isalnum() or (end and end in ":.;!?)],")
        return f"{marked} " if space else marked

    def _finished(self, text: str) -> str:
        quotes = self._citer.style.definitions.language.quotes
        return marks.quoted(marks.untagged(text), quotes)


def _ends_sentence(prefix: str) -> bool:
    """Return whether a prefix is several words with a stop at their end."""
    end = _TAGS.sub("", prefix).rstrip(_QUOTES_AT_END)[-1:]
    return bool(end) and end in _ENDS_SENTENCE and " " in prefix.strip()


def _delimiter(before: Cite, piece: PrintedCite) -> str:
    """Return the delimiter before a cite, without signs that its affixes bring."""
    delimiter = piece.delimiter
    if before.suffix:
        if before.suffix.rstrip()[-1:] in _STOPS:
            space = delimiter.find(" ")
            return delimiter[space:] if space >= 0 else ""
    elif piece.cite.prefix and piece.cite.prefix[0] in _STOPS:
        return ""
    return delimiter
