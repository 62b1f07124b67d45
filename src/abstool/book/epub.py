"""Write a book as EPUB 3: a ZIP of XHTML files, one for each group and index.

Source: https://www.w3.org/TR/epub-33/
"""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

from abstool.book.contents import Book
from abstool.book.pictures import pictures_of
from abstool.book.rendering import counts_of, source_of, template

_MIMETYPE = "application/epub+zip"
_CONTAINER = """\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/content.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>
"""
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same book has the same bytes
_UNDATED = "2000-01-01"  # EPUB wants a date of the last change; that of the harvest, if known


class EpubFile(NamedTuple):
    """A file of the book: its name, its heading, its XHTML and whether it has charts."""

    name: str
    heading: str
    text: str
    has_svg: bool = False


def epub(book: Book) -> bytes:
    """Return the book as an EPUB file."""
    parts = list(_parts(book))
    digest = sha256("".join(part.text for part in parts).encode("utf-8", "replace")).digest()
    facts = {
        "book": book,
        "parts": parts,
        "identifier": uuid.UUID(bytes=digest[:16], version=4),
        "modified": f"{(book.harvested or [_UNDATED])[-1]}T00:00:00Z",
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        _add(archive, "mimetype", _MIMETYPE, zipfile.ZIP_STORED)
        _add(archive, "META-INF/container.xml", _CONTAINER)
        _add(archive, "book/content.opf", template("content.opf.j2").render(facts))
        _add(archive, "book/nav.xhtml", template("nav.xhtml.j2").render(facts))
        _add(archive, "book/book.css", source_of("epub.css"))
        for part in parts:
            _add(archive, f"book/{part.name}", part.text)
    return file.getvalue()


def _parts(book: Book) -> Iterator[EpubFile]:
    places = dict(_places(book))

    def href(id_: str) -> str:
        return f"{places[id_]}#{id_}" if id_ in places else f"#{id_}"

    page = template("part.xhtml.j2")
    yield EpubFile(
        "cover.xhtml",
        book.title,
        page.render(kind="cover", heading=book.title, book=book, counts=counts_of(book)),
    )
    for chapter in book.chapters:
        for group in chapter.groups:
            text = page.render(
                kind="group",
                heading=group.heading,
                book=book,
                chapter=chapter,
                group=group,
                href=href,
            )
            yield EpubFile(f"{group.id}.xhtml", group.heading, text)
    if pictures := list(pictures_of(book)):
        text = page.render(kind="pictures", heading="In pictures", pictures=pictures)
        yield EpubFile("pictures.xhtml", "In pictures", text, has_svg=True)
    for index in book.indexes:
        text = page.render(kind="index", heading=index.heading, index=index, href=href)
        yield EpubFile(f"{index.id}.xhtml", index.heading, text)


def _places(book: Book) -> Iterator[tuple[str, str]]:
    """Yield each id of the book with the file that it is in."""
    for chapter in book.chapters:
        for group in chapter.groups:
            name = f"{group.id}.xhtml"
            for entry in group.entries:
                yield entry.id, name
                yield from ((person.id, name) for person in entry.people if person.id)
                yield from ((place.id, name) for place in entry.places)
    for index in book.indexes:
        name = f"{index.id}.xhtml"
        for letter, terms in index.letters:
            yield f"{index.id}-{'0' if letter == '#' else letter}", name
            yield from ((term.id, name) for term in terms)


def _add(
    archive: zipfile.ZipFile, name: str, text: str, compression: int = zipfile.ZIP_DEFLATED
) -> None:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = compression
    info.external_attr = 0o644 << 16
    archive.writestr(info, text.encode("utf-8", "replace"))
