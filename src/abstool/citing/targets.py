"""Turn records into citations in a style, or into a file of an export format.

``resolve`` returns the target for a name. A target prepares the records one by one, as they are
read, and writes each at once if that does not depend on the others. A record that fails there is
left out, and its error is passed to a callback, which may raise it.
"""

from __future__ import annotations

import codecs
import io
import os
import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator
from importlib import import_module
from typing import Any, Generic, TypeVar

from abstool.citekeys import key_of
from abstool.citing.journals import Abbreviations
from abstool.citing.numbered import Failed, Numbered, each, with_unique_ids
from abstool.errors import UsageError
from abstool.formats import BinaryFormat, KeyedFormat, LossyFormat, RecordFormat, TextFormat
from abstool.item import Item
from abstool.mapping import RecordLike, item_of, record_of
from abstool.record import Abstract, concerns
from abstool.styles.catalog import StyleFile, find, formats
from abstool.styles.options import FORMS, OF_CITATIONS, Options

Content = TypeVar("Content")  # a prepared record: an item, or the record itself
Row = TypeVar("Row")

NOT_STRINGS = "this is a binary file, not one string per record"
USE_EXPORT = "use abstool.export()"

_PRINTS_ABSTRACTS = re.compile(rb"variable=\"[^\"]*\babstract\b")


def resolve(style: str | os.PathLike[str], options: Options) -> Target[Any]:
    """Return the target for the name of a style or format, or for a style's file.

    Raises UsageError if it is unknown or broken, or does not support one of the options.
    """
    if style in FORMS and style not in formats():
        next_step = f"choose a citation style, such as ama, and set the option 'to' to {style!r}"
        problem = "this is a form of output, not a style"
        raise UsageError(f"style {style!r}", problem, next_step, argument="style")
    found = find(style)
    if isinstance(found, StyleFile):
        return StyleTarget(found, options)
    module = import_module(f"abstool.formats.{found.name}")
    if isinstance(module, BinaryFormat):
        return BinaryTarget(found.name, module, options)
    if isinstance(module, RecordFormat):
        return RecordTarget(found.name, module, options)
    if isinstance(module, TextFormat):
        return TextTarget(found.name, module, options)
    raise TypeError(f"{module.__name__} satisfies none of the protocols of abstool.formats")


def reraise(position: int, error: Exception) -> None:
    """Raise the error of the first record that fails."""
    del position
    raise error


class Target(ABC, Generic[Content]):
    """A citation style or an export format, with options."""

    is_binary = False
    waits = False  # for the last record before it writes the first
    prints_abstracts = True
    parts = concerns.EVERYTHING  # of a record that are printed
    taken_keys: Collection[str] = ()  # those of a file that the entries are to be added to

    def __init__(self, name: str, options: Options) -> None:
        """Store the name, which is used in messages, and the options."""
        self.name = name
        self.options = options

    @abstractmethod
    def prepare(self, record: RecordLike, subject: str) -> Content:
        """Return a record as the target needs it; raise UnreadableInput, naming ``subject``."""

    @abstractmethod
    def entries(self, contents: Iterable[Content], failed: Failed = reraise) -> Iterable[str]:
        """Return the entries of prepared records; raise UsageError if the target is binary."""

    @abstractmethod
    def pieces(self, contents: Iterable[Content], failed: Failed = reraise) -> Iterator[bytes]:
        """Yield the pieces of a file with prepared records, unless it ``waits`` as they come."""

    def write(self, contents: Iterable[Content], failed: Failed = reraise) -> bytes:
        """Return a file with prepared records."""
        file = io.BytesIO()  # its value is not copied, as joined pieces would be
        for piece in self.pieces(contents, failed):
            file.write(piece)
        return file.getvalue()

    def prepare_all(self, records: Iterable[RecordLike]) -> list[Content]:
        """Prepare records; messages name them by their position."""
        return [self.prepare(record, f"record {n}") for n, record in enumerate(records, 1)]

    def lost(self, content: Content) -> Collection[str]:
        """Return the names of the data of a prepared record that are not written.

        A citation style has none: it prints what it needs.
        """
        del content
        return ()

    def cite(self, records: Iterable[RecordLike]) -> list[str]:
        """Return the entries of records."""
        return list(self.entries(self.prepare_all(records)))

    def export(self, records: Iterable[RecordLike]) -> bytes:
        """Return a file with records."""
        return self.write(self.prepare_all(records))


class ItemTarget(Target[Item]):
    """A target that is written from CSL-JSON items."""

    parts = concerns.EVERYTHING - {concerns.AFFILIATIONS, concerns.DISCLOSURES}
    _lossy: LossyFormat | None = None  # the format, if it has no place for some data

    def prepare(self, record: RecordLike, subject: str) -> Item:
        """Return the item of a record, with its abstract and the like if they are printed."""
        return item_of(
            record,
            accessed=self.options.access_date,
            subject=subject,
            whole=self.prints_abstracts,
        )

    def lost(self, content: Item) -> Collection[str]:
        """Return the names of the data of an item that the format has no place for."""
        return [*self._lossy.lost(content)] if self._lossy else []

    def identified(self, items: Numbered, failed: Failed) -> Iterator[tuple[int, Item]]:
        """Yield items with unique ids: their own, or keys made from the template."""
        template = self.options.key

        def wanted(item: Item) -> str:
            return key_of(item, template) if template else str(item.get("id") or key_of(item))

        return with_unique_ids(wanted, items, failed)


class StyleTarget(ItemTarget):
    """A citation style."""

    parts = frozenset({concerns.CITATION})

    def __init__(self, file: StyleFile, options: Options) -> None:
        """Read the style; raise UsageError if it is broken or its language is unknown."""
        from abstool.csl.text import output  # noqa: PLC0415 - not for formats
        from abstool.styles.citation import CitationStyle  # noqa: PLC0415

        super().__init__(file.name, options)
        self.is_binary = options.to == "docx"
        if self.is_binary:
            options.refuse(["bom"], "docx")
        source = file.source if isinstance(file.source, bytes) else file.source.read_bytes()
        self.prints_abstracts = _PRINTS_ABSTRACTS.search(source) is not None
        locale = options.locale or file.locale
        self._style = CitationStyle(file.source, file.name, own=file.own, locale=locale)
        self._abbreviations = Abbreviations(options.journals or {})
        self.waits = (
            options.to not in output.LINES
            or options.in_text
            or options.sort == "style"
            or self._style.style.compares_items
        )

    def prepare(self, record: RecordLike, subject: str) -> Item:
        """Return the item of a record, with the abbreviation of its journal if that is known."""
        return self._abbreviations.added(super().prepare(record, subject))

    def entries(self, contents: Iterable[Item], failed: Failed = reraise) -> list[str]:
        """Return the citations, or one in-text citation for all records."""
        if self.is_binary:
            raise UsageError(problem=NOT_STRINGS, next_step=USE_EXPORT, argument="to")
        return self._cited(self._numbered(contents, failed), failed, self.options.to)

    def pieces(self, contents: Iterable[Item], failed: Failed = reraise) -> Iterator[bytes]:
        """Yield the pieces of a file with the citations."""
        from abstool.csl.text import output  # noqa: PLC0415

        numbered = self._numbered(contents, failed)
        if not self.waits:
            lines = output.lines(self._each(numbered, failed), self.options.to)
            yield from _encoded(lines, self.options)
            return
        layout = None if self.options.in_text else self._style.document([]).layout
        if self.is_binary:
            from abstool.csl.text import word  # noqa: PLC0415

            yield word.docx(self._cited(numbered, failed, "marked"), layout)
        else:
            cited = self._cited(numbered, failed, self.options.to)
            yield from _encoded([output.document(cited, self.options.to, layout)], self.options)

    def _numbered(self, contents: Iterable[Item], failed: Failed) -> Numbered:
        """Return items with their positions; only those that a text cites need ids."""
        numbered = enumerate(contents)
        return self.identified(numbered, failed) if self.options.in_text else numbered

    def _each(self, numbered: Numbered, failed: Failed) -> Iterator[str]:
        """Yield the citations, each made when it is asked for."""
        following = 1
        for one in numbered:
            texts = self._cited([one], failed, self.options.to, first=following)
            following += len(texts)
            yield from texts

    def _cited(self, found: Numbered, failed: Failed, form: str, *, first: int = 1) -> list[str]:
        """Return the citations in a form; items that cannot be printed are left out."""
        numbered = list(found)
        items, options = [item for _, item in numbered], self.options
        if not items:
            return []
        clusters = None
        if options.in_text:
            clusters = [{"citationItems": [{"id": item["id"]} for item in items]}]
        document = self._style.document(
            items,
            clusters,
            sort=options.sort == "style",
            number=options.number,
            label=options.label,
            first=first,
        )
        if options.in_text:
            texts = document.citations(form)
        else:
            texts = [entry.text for entry in document.bibliography(form)]
        for warning in document.warnings:
            failed(numbered[warning.position][0], warning.error)
        return texts


class TextTarget(ItemTarget):
    """An export format that writes text."""

    def __init__(self, name: str, module: TextFormat, options: Options) -> None:
        """Store the module of the format."""
        super().__init__(name, options)
        options.refuse(OF_CITATIONS, name)
        self._format = module
        self._lossy = _lossy(module)

    def entries(self, contents: Iterable[Item], failed: Failed = reraise) -> Iterator[str]:
        """Return the entries, each rendered when it is asked for."""
        items = self.identified(enumerate(contents), failed)
        if isinstance(self._format, KeyedFormat):
            items = with_unique_ids(self._format.key, items, failed, self.taken_keys)
        return (entry for _, entry in each(self._format.render, items, failed))

    def pieces(self, contents: Iterable[Item], failed: Failed = reraise) -> Iterator[bytes]:
        """Yield the pieces of a file with the entries."""
        return _encoded(self._format.document(self.entries(contents, failed)), self.options)


class RecordTarget(Target[Abstract]):
    """An export format that writes text, from records instead of items."""

    def __init__(self, name: str, module: RecordFormat, options: Options) -> None:
        """Store the module of the format."""
        super().__init__(name, options)
        options.refuse(OF_CITATIONS, name)
        self._format = module

    def prepare(self, record: RecordLike, subject: str) -> Abstract:
        """Return the record with its access date; refuse a CSL-JSON item."""
        return record_of(record, accessed=self.options.access_date, subject=subject)

    def entries(self, contents: Iterable[Abstract], failed: Failed = reraise) -> Iterator[str]:
        """Return the entries, each rendered when it is asked for."""
        rendered = each(self._format.render_record, enumerate(contents), failed)
        return (entry for _, entry in rendered)

    def pieces(self, contents: Iterable[Abstract], failed: Failed = reraise) -> Iterator[bytes]:
        """Yield the pieces of a file with the entries."""
        return _encoded(self._format.document(self.entries(contents, failed)), self.options)


class BinaryTarget(ItemTarget, Generic[Row]):
    """An export format that writes binary files."""

    is_binary = waits = True

    def __init__(self, name: str, module: BinaryFormat[Row], options: Options) -> None:
        """Store the module of the format."""
        super().__init__(name, options)
        options.refuse([*OF_CITATIONS, "bom"], name)
        self._format = module
        self._lossy = _lossy(module)

    def entries(self, contents: Iterable[Item], failed: Failed = reraise) -> Iterable[str]:
        """Raise UsageError, because a binary file has no text entries."""
        del contents, failed
        raise UsageError(self.name, NOT_STRINGS, USE_EXPORT, argument="style")

    def pieces(self, contents: Iterable[Item], failed: Failed = reraise) -> Iterator[bytes]:
        """Yield a file with a row per record in one piece.

        If some items fail, the others get their ids again, which depend on the list.
        """
        numbered = list(enumerate(contents))
        while True:
            errors: dict[int, Exception] = {}
            identified = self.identified(numbered, errors.__setitem__)
            rows = [row for _, row in each(self._format.row, identified, errors.__setitem__)]
            if not errors:
                yield self._format.write(rows)
                return
            for position in sorted(errors):
                failed(position, errors[position])
            numbered = [one for one in numbered if one[0] not in errors]


def _lossy(module: object) -> LossyFormat | None:
    """Return a format that has no place for some data, or None; asking takes long."""
    return module if isinstance(module, LossyFormat) else None


def _encoded(pieces: Iterable[str], options: Options) -> Iterator[bytes]:
    """Yield the pieces of a text file."""
    if options.bom:
        yield codecs.BOM_UTF8
    for piece in pieces:
        yield piece.encode("utf-8", "replace")
