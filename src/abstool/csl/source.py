"""Read the XML of styles and locales."""

from __future__ import annotations

import re
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import cast
from xml.etree import ElementTree as ET

from abstool.errors import UsageError

CSL = "{http://purl.org/net/xbiblio/csl}"  # the namespace of all elements
_LONGEST_TAG = 5_000  # bytes of a tag and of the text before it; real ones have a few hundred
NEXT_STEP = "check the file or choose another style"
_DECLARATION = re.compile(r"^<\?xml\b[^>]*\?>")


class StyleError(UsageError):
    """A style cannot be read, or fails on an item."""


def source_of(text: str) -> Path | bytes:
    """Return the XML that a text is, or else the path."""
    start = text.lstrip("\ufeff \t\r\n")
    # A text has no encoding any more, whatever its declaration says.
    return (
        _DECLARATION.sub("", start).encode("utf-8", "replace") if start[:1] == "<" else Path(text)
    )


def content_of(source: Path | bytes) -> bytes:
    """Return XML, or the content of a file.

    If the file cannot be read, return nothing; ``parsed`` reports that.
    """
    if isinstance(source, bytes):
        return source
    try:
        return source.read_bytes()
    except OSError:
        return b""


def parsed(source: Path | bytes, content: bytes, subject: str) -> ET.Element:
    """Return the root of XML; raise StyleError about the subject if it is not well-formed.

    Python's own parser loads ten times as fast as lxml. lxml is used for files that it rejects,
    because lxml reads more and explains errors better, and for files with declarations, because it
    does not expand their entities.
    """
    if b"<!DOCTYPE" not in content:
        with suppress(ET.ParseError, ValueError, LookupError):
            return ET.fromstring(content)  # noqa: S314 - without declarations there are no entities
    from lxml import etree  # noqa: PLC0415 - loaded only if needed

    # With a declaration, libxml2 takes quadratic time for the attributes of a tag.
    if any(len(piece) > _LONGEST_TAG for piece in content.split(b">")):
        raise StyleError(subject, "not a CSL style: a tag is too long", NEXT_STEP)
    parser = etree.XMLParser(remove_comments=True, no_network=True, resolve_entities=False)
    try:
        root = etree.parse(
            BytesIO(source) if isinstance(source, bytes) else source, parser
        ).getroot()
    except (etree.XMLSyntaxError, OSError) as error:  # str(error) has the position twice
        problem = f"not a CSL style: {getattr(error, 'msg', '') or error}"
        raise StyleError(subject, problem, NEXT_STEP) from None
    return cast("ET.Element", root)  # lxml's elements have the same methods
