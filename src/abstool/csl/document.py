"""A document: the citations of items in a text, and the bibliography at its end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from abstool.csl.citations.registry import ItemRegistry, ItemWarning, Registered
from abstool.csl.elements.context import NOTHING_MORE, Cite, Context, Repeated, Request
from abstool.csl.source import StyleError
from abstool.csl.stylesheet import Stylesheet
from abstool.csl.text import marks, output
from abstool.csl.text.layout import EntryLayout

if TYPE_CHECKING:
    from abstool.csl.citations.cites import Citer
    from abstool.csl.citations.clusters import Cluster

# The rest of ``citations`` is imported where it is used, since most lists need none of it.


class Entry(NamedTuple):
    """An entry of a bibliography.

    Attributes:
        id: the id of its item.
        text: the entry in the form that was asked for.
        marked: the entry as marked text, from which every form is made.
        position: where its item is in the input, from 0.
    """

    id: str
    text: str
    marked: str
    position: int

    @property
    def runs(self) -> list[marks.TextRun]:
        """The entry in pieces of text with uniform formatting."""
        return list(marks.runs(self.marked))


class Document:
    """The citations and the bibliography of items; use ``Style.document`` to get one."""

    def __init__(
        self,
        style: Stylesheet,
        items: Sequence[Mapping[str, object]],
        clusters: Sequence[Mapping[str, object]] | None,
        *,
        printed: Sequence[Mapping[str, object]] | None,
        sort: bool,
        number: bool,
        first: int,
    ) -> None:
        """Store the items and their citations; they are rendered when asked for."""
        self._style = style
        self._items = items
        self._printed = items if printed is None else printed
        if clusters is not None:
            clusters = [one if isinstance(one, Mapping) else {} for one in clusters]
        self._data = clusters
        self._sort, self._number = sort, number
        self._registry = ItemRegistry(style, first)

    @property
    def layout(self) -> EntryLayout:
        """How the style lays out the entries of the bibliography."""
        options = self._style.bibliography.options
        return EntryLayout(
            hanging_indent=options.get("hanging-indent") == "true",
            second_field_align=options.get("second-field-align", ""),
            line_spacing=_number(options.get("line-spacing")),
            entry_spacing=_number(options.get("entry-spacing")),
        )

    @property
    def warnings(self) -> list[ItemWarning]:
        """What could not be printed of the citations and entries that were asked for, by item."""
        return [one for _, one in sorted(self._registry.warnings.items())]

    def citations(self, form: str = "text") -> list[str]:
        """Return the citations in the order of the document, one for each cluster.

        Args:
            form: ``text``, ``html``, ``markdown``, ``rtf`` or ``marked`` (what all are made from).

        Raises:
            StyleError: the style has no citations.
        """
        to = _form(form)
        return [to(text) for text in self._citations]

    def bibliography(self, form: str = "text") -> list[Entry]:
        """Return the entries of the bibliography; an item that prints nothing has none.

        Args:
            form: ``text``, ``html``, ``markdown``, ``rtf`` or ``marked`` (what all are made from).
        """
        to = _form(form)
        entries = []
        for one, text in self._entries:
            try:
                entries.append(Entry(one.id, to(text), text, one.index))
            except Exception as error:  # noqa: BLE001 - a bug must fail only one item
                self._registry.warn(one, error)
        return entries

    # --- the items --------------------------------------------------------------------------------

    @cached_property
    def _positions(self) -> dict[str, int]:
        """The positions of the items by their ids, if clusters cite them; all are registered."""
        order = range(len(self._items))
        if self._data is None:
            self._register(order)
            return {}
        by_id = {str(item.get("id", index)): index for index, item in enumerate(self._items)}
        cited = (by_id.get(name) for name in _ids(self._data))
        known = (index for index in cited if index is not None)
        self._register(list(dict.fromkeys([*known, *order])))
        return by_id

    @cached_property
    def _clusters(self) -> list[Cluster]:
        """The clusters of the document."""
        from abstool.csl.citations.clusters import Cluster, cluster_of  # noqa: PLC0415

        by_id = self._positions
        by_index = {one.index: one for one in self._registry.cited}
        if self._data is None:
            return [Cluster([(one, Cite())]) for one in self._registry.cited]

        def find(name: object) -> Registered | None:
            index = by_id.get(str(name))
            return None if index is None else by_index[index]

        return [cluster_of(one, find) for one in self._data]

    @cached_property
    def _citer(self) -> Citer | None:
        """What renders cites, if the style has citations."""
        from abstool.csl.citations.cites import Citer  # noqa: PLC0415

        area = self._style.citation
        return None if area is None else Citer(self._style, area)

    def _register(self, order: Sequence[int]) -> None:
        """Register items in the order of citation, and find what makes their cites differ."""
        self._registry.fill(self._items, self._printed, order, sort=self._sort)
        if self._style.disambiguates and self._citer is not None:
            from abstool.csl.citations.disambiguation import Disambiguator  # noqa: PLC0415

            Disambiguator(self._citer, self._registry).run(self._registry.listed)

    @cached_property
    def _citations(self) -> list[str]:
        """The citations as marked text."""
        if self._citer is None:
            problem = "has no in-text citations"
            raise StyleError(f"style {self._style.name!r}", problem, "choose another style")
        from abstool.csl.citations.citation import Citation  # noqa: PLC0415
        from abstool.csl.citations.positions import locate  # noqa: PLC0415

        clusters, citation = self._clusters, Citation(self._citer, self._registry)
        for cluster in clusters:
            citation.ordered(cluster)
        if self._data is not None:
            locate(clusters, self._citer.options.get("near-note-distance"))
        return [citation.text(cluster) for cluster in clusters]

    # --- the bibliography -------------------------------------------------------------------------

    @cached_property
    def _entries(self) -> list[tuple[Registered, str]]:
        """The items of the bibliography with their entries as marked text.

        Without clusters, the list is numbered again without the items that have no entry.
        """
        _ = self._positions  # registers the items
        entries = self._rendered()
        if self._data is None and len(entries) < len(self._registry.listed):
            printed = {one.index for one, _ in entries}
            self._register([one.index for one in self._registry.cited if one.index in printed])
            entries = self._rendered()
        return entries

    def _rendered(self) -> list[tuple[Registered, str]]:
        entries: list[tuple[Registered, str]] = []
        repeated = self._repeated()
        for one in self._registry.listed:
            context = self._context(one, repeated)
            text = self._registry.each(one, partial(self._entry, context))
            one.printed.clear()  # the values are not needed again, and would fill the memory
            if text is None:
                continue
            if not (text[:1].isalnum() or marks.bare(text).strip()):
                self._registry.warn(one, self._empty(one))
                continue
            entries.append((one, text))
            if repeated is not None and context.names_printed:
                repeated = repeated._replace(names=context.names_printed)
        return entries

    def _repeated(self) -> Repeated | None:
        options = self._style.bibliography.options
        substitute = options.get("subsequent-author-substitute")
        if substitute is None or not self._sort:
            return None
        rule = options.get("subsequent-author-substitute-rule", "complete-all")
        return Repeated([], substitute, rule)

    def _context(self, one: Registered, repeated: Repeated | None) -> Context:
        request = Request(
            number=one.number if self._number else 0,
            label=one.label,
            more=one.more._replace(shown={}, given={})
            if one.more is not NOTHING_MORE
            else one.more,
            repeated=repeated,
            capitalize=True,
        )
        return Context(one.printed, self._style.bibliography.settings, request)

    def _entry(self, context: Context, _one: Registered) -> str:
        text = self._style.bibliography.layout.output(context)
        return marks.quoted(text, self._style.definitions.language.quotes)

    def _empty(self, one: Registered) -> StyleError:
        problem = f"prints nothing for {one.printed.title!r}"
        more = "" if one.printed["title"] else "look up its title and authors, or "
        return StyleError(f"style {self._style.name!r}", problem, f"{more}choose another style")


def _ids(clusters: Sequence[Mapping[str, object]]) -> list[str]:
    """Return the ids of the cited items, in the order of the document."""
    lists = (cluster.get("citationItems") for cluster in clusters)
    return [
        str(cite.get("id"))
        for cites in lists
        if isinstance(cites, list)
        for cite in cites
        if isinstance(cite, Mapping)
    ]


def _form(name: str) -> Callable[[str], str]:
    """Return the function that makes a form of marked text."""
    try:
        return str if name == "marked" else output.ENTRY[name]
    except KeyError:
        next_step = f"use one of {', '.join(output.ENTRY)}"
        raise StyleError(problem=f"{name!r} is not a form", next_step=next_step) from None


def _number(value: str | None) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 4 else 1
