"""The works in the fields that Zotero, Mendeley and EndNote leave in a document."""

from __future__ import annotations

import base64
import binascii
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping

from abstool.errors import AbstoolError
from abstool.inputs import references
from abstool.item import Item, clean
from abstool.text import comparable

_BIBLIOGRAPHY = re.compile(
    r"\s*(?:ADDIN\s+)?(?:ZOTERO_BIBL|EN\.REFLIST|Mendeley Bibliography|CSL_BIBLIOGRAPHY"
    r"|BIBLIOGRAPHY)\b"
)
_LINK = re.compile(r'\s*HYPERLINK\s+(?:\\l\s+)?"([^"]{1,2000})"')
_LOCAL = re.compile(r"\s*HYPERLINK\s+\\l\b")
_ENDNOTE = re.compile(r"<EndNote>.*?</EndNote>", re.DOTALL)
_MENDELEY = re.compile(r"MENDELEY_CITATION_v\d+_([A-Za-z0-9+/=_-]+)")
_LONGEST = 5_000_000  # characters of one field


def is_bibliography(instruction: str) -> bool:
    """Return whether the result of a field is a list of references."""
    return bool(_BIBLIOGRAPHY.match(instruction))


def link_of(instruction: str) -> str:
    """Return the URL of a field that is a hyperlink, or ``""``."""
    match = None if _LOCAL.match(instruction) else _LINK.match(instruction)
    return match[1] if match else ""


def items_in(instruction: str) -> Iterator[Item]:
    """Yield the works in the instruction of a field, or in the name of a mark."""
    if len(instruction) > _LONGEST:
        return
    if "CSL_CITATION" in instruction:
        start = instruction.find("{")
        if start >= 0:
            yield from _csl(instruction[start:])
    elif "<EndNote>" in instruction:
        yield from _endnote(instruction)


def items_in_data(data: str) -> Iterator[Item]:
    """Yield the works in the data of a field, in which EndNote puts what is long."""
    if len(data) <= _LONGEST and (text := _decoded(data)):
        yield from _endnote(text)


def items_in_tag(tag: str) -> Iterator[Item]:
    """Yield the works in the tag of a content control of Mendeley Cite."""
    match = _MENDELEY.match(tag) if len(tag) <= _LONGEST else None
    if match and (text := _decoded(match[1])):
        yield from _csl(text)


def unique_items(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return each work once, in the order in which a text cites them."""
    found: dict[str, Item] = {}
    for item in items:
        name = str(item.get("title") or "")
        author = (item.get("author") or [{}])[0]
        key = f"{comparable(name)}|{comparable(str(author.get('family', '')))}" if name else ""
        key = key or str(item.get("id") or item.get("DOI") or item.get("URL") or len(found))
        found.setdefault(f"{key}|{item.get('volume', '')}|{item.get('DOI', '')}", item)
    return tuple(found.values())


def _decoded(data: str) -> str:
    packed = re.sub(r"\s+", "", data).translate(str.maketrans("-_", "+/"))
    try:
        raw = base64.b64decode(packed + "=" * (-len(packed) % 4))
    except (binascii.Error, ValueError):
        return ""
    encoding = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    return raw.decode(encoding, "replace").rstrip("\x00")


def _csl(text: str) -> Iterator[Item]:
    """Yield the items in the JSON of a citation; words after it are allowed."""
    try:
        citation, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return
    cited = citation.get("citationItems") if isinstance(citation, dict) else None
    for one in cited if isinstance(cited, list) else ():
        data = one.get("itemData") if isinstance(one, dict) else None
        if isinstance(data, dict) and data.get("title"):
            yield _clean(data)


def _clean(data: Mapping[str, object]) -> Item:
    values = dict(data)
    if not isinstance(values.get("title"), str):
        values["title"] = str(values["title"])
    item = clean(values)
    people = item.get("author")
    if people is not None and not isinstance(people, list):
        del item["author"]
    return item


def _endnote(text: str) -> Iterator[Item]:
    for match in _ENDNOTE.finditer(text if "<" in text else html.unescape(text)):
        try:
            for outcome in references.read(match[0].encode(), "endnote_xml", "field"):
                if outcome.value is not None:
                    yield outcome.value
        except AbstoolError:
            continue
