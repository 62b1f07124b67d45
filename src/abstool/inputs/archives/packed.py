"""Detect the type of a file and unpack its pages.

Only a ZIP archive may contain compressed files. Archives nested any deeper are refused, since
endless nesting is a known attack.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader
from typing import IO

from abstool.errors import AbstoolError, UnreadableInput
from abstool.inputs.archives import webarchive
from abstool.inputs.archives.mhtml import is_mhtml
from abstool.inputs.archives.saved import (
    ENVELOPE_LIMIT,
    HEAD,
    LIMIT,
    SavedPage,
    buffered,
    is_text,
)

_GZIP, _WARC = b"\x1f\x8b", b"WARC/"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# The first entry of Office documents and e-books.
_DOCUMENTS = tuple(b"[Content_Types].xml|_rels/|mimetype|docProps/|xl/|word/|ppt/".split(b"|"))
_NAME = 30  # offset of the first entry's name


def pages(
    stream: IO[bytes],
    subject: str,
    *,
    collected: bool = False,
    whole: bool = False,
    host: str = "",
) -> Iterator[SavedPage | AbstoolError]:
    """Yield the pages of an open file in order, and an error for each that cannot be read.

    ``collected`` means that the user did not name the file itself. With ``whole``, an uncompressed
    file is read to its end, however long it is. With a ``host``, WARC files yield only its pages.
    Raises nothing; a corrupt gzip or WARC file ends with its error.
    """
    reader = buffered(stream, subject)
    try:
        if _is_zip(reader.peek()):
            from abstool.inputs.archives import zipped  # noqa: PLC0415 - few inputs need it

            for name, entry in zipped.entries(stream, reader, subject):
                if isinstance(entry, UnreadableInput):
                    yield entry
                else:
                    yield from _entry(entry, name, host)
        else:
            yield from _pages(reader, subject, collected=collected, whole=whole, host=host)
    except UnreadableInput as error:
        yield error


def _entry(stream: IO[bytes], subject: str, host: str) -> Iterator[SavedPage | AbstoolError]:
    """Yield the pages of a ZIP entry, or its error, so that the other entries can be read."""
    try:
        yield from _pages(buffered(stream, subject), subject, collected=True, host=host)
    except UnreadableInput as error:
        yield error


def _pages(
    stream: BufferedReader,
    subject: str,
    *,
    packed: bool = False,
    collected: bool,
    whole: bool = False,
    host: str = "",
) -> Iterator[SavedPage | AbstoolError]:
    """Yield the pages of a file that is not a ZIP archive; ``packed`` if it was in gzip."""
    head = stream.peek()[:HEAD]
    if _is_zip(head) or (packed and head.startswith(_GZIP)):
        yield UnreadableInput(subject, "this is an archive in an archive", "unpack the outer one")
    elif head.startswith(_GZIP):
        from gzip import GzipFile  # noqa: PLC0415 - as above

        with GzipFile(fileobj=stream, mode="rb") as unpacked:
            inner = buffered(unpacked, subject, stream)
            yield from _pages(inner, subject, packed=True, collected=collected, host=host)
    elif head.startswith(_WARC):
        from abstool.inputs.archives.warc import records  # noqa: PLC0415 - as above

        yield from records(stream, subject, host)
    elif head.startswith(webarchive.SIGNATURE):
        data = stream.read(ENVELOPE_LIMIT)
        yield webarchive.main_page(SavedPage(subject, data, collected=collected))
    else:
        data = head
        if is_text(head):
            limit = ENVELOPE_LIMIT if is_mhtml(head) else LIMIT
            data = stream.read(-1 if whole else limit + 1)
        elif head.startswith(_ZIP):
            data = stream.read(LIMIT + 1)
        yield SavedPage(subject, data, collected=collected)


def _is_zip(head: bytes) -> bool:
    """Return whether a file is a ZIP archive, but not a document in the form of one."""
    return head.startswith(_ZIP) and not head.startswith(_DOCUMENTS, _NAME)
