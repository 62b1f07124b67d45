"""Read the XML of styles and locales."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import cast
from xml.etree import ElementTree as ET

from abstool.errors import UsageError

CSL = "{http://purl.org/net/xbiblio/csl}"  # the namespace of all elements
NEXT_STEP = "check the file or choose another style"


def content_of(path: Path) -> bytes:
    """Return the content of a file, or b"" if it cannot be read, which ``parsed`` reports."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def parsed(path: Path, content: bytes) -> ET.Element:
    """Return the root of an XML file; raise UsageError if it is not well-formed.

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
        root = etree.parse(path, parser).getroot()
    except (etree.XMLSyntaxError, OSError) as error:  # str(error) has the position twice
        problem = f"not a CSL style: {getattr(error, 'msg', '') or error}"
        raise UsageError(str(path), problem, NEXT_STEP) from None
    return cast("ET.Element", root)  # lxml's elements have the same methods
