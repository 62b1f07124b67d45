"""Read EndNote's XML, record by record, so that a damaged record does not stop the others.

Entities are never resolved and nothing is loaded, so that no document can read a file or grow.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from lxml import etree

from abstool.errors import printable
from abstool.inputs.references.endnote import common, type_of
from abstool.inputs.references.entry import Fields
from abstool.inputs.references.fields import Entry, InvalidEntryError, Reading, abbreviates
from abstool.text import comparable

_START = re.compile(r"<record\b[^<>]*>")
_END = "</record>"
_ENTITY = re.compile(r"&(?:#(\d{1,7}|x[0-9A-Fa-f]{1,6});|([A-Za-z]\w{1,30});)?")
_KNOWN = frozenset({"amp", "lt", "gt", "quot", "apos"})
_INVALID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FACES = {"italic": "i", "bold": "b", "superscript": "sup", "subscript": "sub"}
_FORMATTED = frozenset("TBJX")
# The letters and signs that stand in the places of Latin ones in the font Symbol.
_GREEK = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz£³¹»´",
    "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ≤≥≠≈×",
)
# The path of an element and its tag in EndNote's other format; the others keep their names.
_TAGS = {
    "authors": "A",
    "secondary-authors": "E",
    "tertiary-authors": "Y",
    "subsidiary-authors": "?",
    "translated-authors": "H",
    "title": "T",
    "tertiary-title": "S",
    "short-title": "!",
    "translated-title": "Q",
    "full-title": "J",
    "abbr-1": "abbr-1",
    "pages": "P",
    "volume": "V",
    "number": "N",
    "issue": "N",  # of Mendeley and Zotero, which may have both
    "section": "&",
    "edition": "7",
    "keywords": "K",
    "year": "D",
    "pub-dates": "8",
    "isbn": "@",
    "accession-num": "M",
    "electronic-resource-num": "R",
    "abstract": "X",
    "notes": "Z",
    "label": "F",
    "related-urls": "U",
    "web-urls": "U",
    "publisher": "I",
    "pub-location": "C",
    "auth-address": "+",
    "language": "G",
    "remote-database-name": "~",
    "remote-database-provider": "W",
    "work-type": "9",
    "access-date": "[",
    "call-num": "L",
    "num-vols": "6",
    "custom2": "2",
    "custom7": "]",
}
_OTHER_TITLES = ("alt-title", "alt-full-title", "alt-abbr-1", "abbr-2")
_LISTS = frozenset("contributors titles periodical alt-periodical dates urls".split())
_IGNORED = frozenset("ref-type foreign-keys database source-app".split())


def entries(text: str) -> Iterator[Entry]:
    """Yield the line number of each record with what reads it."""
    line, place = 1, 0
    starts = [match.start() for match in _START.finditer(text)]
    for start, following in pairwise([*starts, len(text)]):
        line += text.count("\n", place, start)
        place = start
        end = text.find(_END, start, following)
        record = text[start : end + len(_END)] if end >= 0 else ""
        yield line, partial(_read, record)


def _read(record: str) -> Reading:
    if not record:
        raise InvalidEntryError("invalid XML (the record has no end tag)")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        element = etree.fromstring(_repaired(record), parser)
    except etree.XMLSyntaxError as error:
        raise InvalidEntryError(f"invalid XML ({printable(error.msg or '')})") from None
    kind = element.find("ref-type")
    name = "" if kind is None else kind.get("name") or ""
    journal = type_of(name).startswith("article")
    pairs = _with_short_title([*_pairs(element, "J" if journal else "B")])
    return common("enw", Fields(pairs), name)


def _with_short_title(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return fields with the other title of a journal as its abbreviation, if it is one.

    A journal that has no other title has that one; one that only repeats the title is left out.
    """
    values = dict(reversed(pairs))
    full = values.get("J") or values.get("B") or ""
    has_short = "abbr-1" in values
    found: list[tuple[str, str]] = []
    for tag, value in pairs:
        if tag not in _OTHER_TITLES:
            found.append((tag, value))
        elif not full:
            found.append(("J", value))
            full = value
        elif not has_short and abbreviates(value, full):
            found.append(("abbr-1", value))
            has_short = True
        elif comparable(value) not in (comparable(full), comparable(values.get("abbr-1", ""))):
            found.append((tag, value))
    return found


def _repaired(record: str) -> str:
    """Return a record without the signs that EndNote writes but XML does not allow."""
    return _INVALID.sub(" ", _ENTITY.sub(_entity, record))


def _entity(match: re.Match[str]) -> str:
    number, name = match.groups()
    if number:
        code = int(f"0{number}", 16) if number.startswith("x") else int(number)
        is_valid = 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
        return match[0] if is_valid or code in (9, 10, 13) else " "
    if name and name not in _KNOWN:
        return html.unescape(match[0]).replace("&", "&amp;").replace("<", "&lt;")
    return match[0] if name else "&amp;"


def _pairs(record: etree._Element, container: str) -> Iterator[tuple[str, str]]:
    """Yield the tags and values of a record; a value that repeats an earlier one is left out."""
    seen: set[tuple[str, str]] = set()
    for name, element in _elements(record):
        tag = container if name == "secondary-title" else _TAGS.get(name, name)
        children = [child for child in element if child.tag != "style"]
        for part in children or [element]:
            value = _text(part, formatted=tag in _FORMATTED)
            if value.strip() and (tag, value) not in seen:
                seen.add((tag, value))
                yield tag, value


def _elements(record: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Yield the fields of a record with their names."""
    for element in record:
        name = str(element.tag)
        if name in _LISTS:
            prefix = "alt-" if name == "alt-periodical" else ""
            yield from ((f"{prefix}{child.tag}", child) for child in element)
        elif name not in _IGNORED and isinstance(element.tag, str):
            yield name, element


def _text(element: etree._Element, *, formatted: bool) -> str:
    """Return the text of an element, with CSL's tags for the faces of a title or abstract."""
    if not formatted:
        return "".join(_strings(element)).replace("\r", "\n")
    pieces = [element.text or ""]
    for style in element:
        text = "".join(_strings(style))
        if style.get("font") == "Symbol" and len(text.strip()) < 3:  # else it may be words
            text = text.translate(_GREEK)
        tag = _FACES.get(style.get("face") or "")
        pieces += [f"<{tag}>{text}</{tag}>" if tag and text.strip() else text, style.tail or ""]
    return "".join(pieces).replace("\r", "\n")


def _strings(element: etree._Element) -> Iterator[str]:
    yield from (str(text) for text in element.itertext())
