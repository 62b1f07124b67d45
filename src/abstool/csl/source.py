"""Read the XML of styles and locales."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import cast
from xml.etree import ElementTree as ET

from abstool.errors import UsageError

CSL = "{http://purl.org/net/xbiblio/csl}"  # the namespace of all elements
NEXT_STEP = "check the file or choose another style"


class StyleError(UsageError):
    """A style cannot be read, or fails on an item."""


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

    parser = etree.XMLParser(remove_comments=True, no_network=True, resolve_entities=False)
    try:
        root = etree.parse(
            BytesIO(source) if isinstance(source, bytes) else source, parser
        ).getroot()
    except (etree.XMLSyntaxError, OSError) as error:  # str(error) has the position twice
        problem = f"not a CSL style: {getattr(error, 'msg', '') or error}"
        raise StyleError(subject, problem, NEXT_STEP) from None
    return cast("ET.Element", root)  # lxml's elements have the same methods
