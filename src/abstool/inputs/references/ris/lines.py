"""Split RIS into entries, and these into pairs of tag and value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from abstool.errors import printable
from abstool.inputs.references.ris.types import TYPES

Pairs = list[tuple[str, str]]

# Some programs and editors change the case, the blanks (also to no-break spaces) or the hyphen.
_LINE = re.compile(
    r"[ \t\xa0\ufeff]*([A-Z][A-Z0-9]|[a-z][a-z0-9](?=[ \xa0]{2}[-–—]))"
    r"([ \xa0]{1,2}|[ \xa0]?\t|[ \xa0]{3,6}(?=[-–—](?:[ \xa0]|$)))[-–—](?:[ \t\xa0]*(.*)|)$"
)
# Names in the place of tags: PsycNet writes PMID.
_NAMED = re.compile(r"(PMID|PMCID|DOI|ISSN|ISBN)([ \xa0]{1,2})- {0,2}(\S.*)$")
_TAGS_OF_NAMES = {"PMID": "PM", "PMCID": "PM", "DOI": "DO", "ISSN": "SN", "ISBN": "SN"}
# A damaged tag at the beginning of an entry, and one outside of an entry.
_DAMAGED_TYPE = re.compile(r"\s{0,8}TY\s{0,4}[-–—:=]\s{0,4}([A-Z]{3,8})\s*+$")
_DAMAGED = re.compile(r"\s{0,8}([A-Z][A-Z0-9])\s{0,4}[-–—](?:\s|$)")
# What looks like a tag without blanks, but may be words of a title: "CT- guided", "T1: a review".
_GLUED_TAG = re.compile(r"\s{0,8}([A-Z][A-Z0-9])\s{0,2}(?:[-–—:](?:\s|$)|[-–—]\d[\d./–-]*+\s*+$)")
_ANY_TAG = re.compile(r"\s{0,8}(?P<tag>[A-Z][A-Z0-9])\s{0,4}[-–—:=]\s{0,4}(?P<value>\S.*)")
# A tag with a value of its form, as no line of a title or an abstract is.
_SIGN = r"\s{0,4}[-–—:=]\s{0,4}"
_SURE_TAG = re.compile(
    rf"\s{{0,8}}(?=(?P<tag>\w\w){_SIGN}(?P<value>.+))"
    rf"(?:(?:PY|Y1|DA){_SIGN}[12]\d{{3}}(?:/[\d/]{{0,8}})?|SN{_SIGN}[\dX-]{{8,17}}"
    rf"|DO{_SIGN}10\.\d{{4}}\S+|UR{_SIGN}https?://\S+"
    r"|(?:VL|IS|SP|EP)\s{0,4}[-–—:=]\s{1,4}[A-Za-z]?\d[\w-]{0,12}"
    r"|(?:JO|JF|KW)\s{0,4}[-–—]\s{1,4}\w.*|AU\s{0,4}[-–—]\s{1,4}[^,]{1,60},.+)\s*+$"
)
_DAMAGED_END = re.compile(r"\s{0,8}ER\s{0,8}[-–—:=]?\s*+$")
_BARE_END = re.compile(r"ER(?:[ \xa0]{1,2}-)?$")
# With one space before the hyphen, a line of an abstract may look like a tag: "US - this year".
_KNOWN = frozenset(
    "A1 A2 A3 A4 AB AD AN AU AV BT C1 C2 C3 C4 C5 C6 C7 C8 CA CN CP CT CY DA DB DI DO DP ED EP ER "
    "ET ID IS J1 J2 JA JF JO KW L1 L2 L3 L4 LA LB LK M1 M2 M3 N1 N2 NV OP PB PP PY RI RN RP SE SN "
    "SP ST T1 T2 T3 TA TI TT TY U1 U2 U3 U4 U5 UR VL VO Y1 Y2".split()
)
_ENDS = frozenset({"TY", "ER"})
_PLAIN = _KNOWN - _ENDS
_TEXTS = frozenset({"AB", "N1", "N2"})  # which have many lines
# Those that have one line, so that what begins like a tag below it is one.
_LINES = frozenset("A1 A2 A3 A4 AU DA ED EP IS PY SN SP TY VL VO Y1 Y2".split())
# Web of Science glues some lines together, and Rayyan puts the next tag behind an address.
_GLUED = {
    **dict.fromkeys(("AD", "C3", "WE"), re.compile(r"(?<=\S)(?=(?:AD|AN|C3|FX|WE)  - )")),
    **dict.fromkeys(("UR", "DO"), re.compile(r"\s+(?=[A-Z][A-Z0-9] {1,2}- )")),
}


class Lines(NamedTuple):
    """The fields of an entry, the line it begins on, and what is missing at its ends."""

    number: int
    pairs: Pairs
    has_type: bool
    has_end: bool
    has_bare_end: bool = False
    unread: str = ""  # the first line of fields that cannot be read, if there are no others


class Tagged(NamedTuple):
    """The tag of a line, where its value begins, and whether two blanks follow the tag."""

    tag: str
    start: int
    is_spaced: bool = False

    @property
    def is_text(self) -> bool:
        """Return whether tags in the lines that follow have two blanks, too."""
        return self.is_spaced and self.tag in _TEXTS


def tagged(line: str, *, in_text: bool = False) -> Tagged | None:
    """Return the tag of a line, None for one that continues a value.

    In a text whose own tag has two blanks, what looks like a tag with other blanks is a word of it,
    unless it is the end of the entry.
    """
    match = _LINE.match(line)
    if match and (tag := match[1].upper()) and (len(match[2]) == 2 or tag in _KNOWN):
        is_spaced = len(match[2]) == 2
        if in_text and not is_spaced and match[2] != "\t" and not (tag == "ER" and not match[3]):
            return None
        return Tagged(tag, match.start(3) if match[3] is not None else len(line), is_spaced)
    if match := _NAMED.match(line):
        is_spaced = len(match[2]) == 2
        found = Tagged(_TAGS_OF_NAMES[match[1]], match.start(3), is_spaced)
        return None if in_text and not is_spaced else found
    if "TY" in line and (match := _DAMAGED_TYPE.match(line)) and match[1] in TYPES:
        return Tagged("TY", match.start(1), is_spaced=True)
    is_end = "ER" in line[:12] and _DAMAGED_END.match(line)
    return Tagged("ER", len(line)) if is_end else None


def split(text: str) -> Iterator[Lines]:
    """Yield the entries; lines of a value that is continued are joined with line breaks.

    What stands before TY belongs to the entry. An entry ends at ER, at the next TY or at the end.
    """
    start = 0
    pairs: Pairs = []
    more: list[str] = []  # lines that continue the last value
    has_type = in_text = False
    damaged: list[Lines] = []
    for number, line in enumerate(text.splitlines(), 1):
        tag, sign, value = line.partition("  - ")
        is_plain = sign and has_type and tag in _PLAIN
        if is_plain or (sign and tag in _ENDS):
            in_text = tag in _TEXTS
        else:  # few lines, which take longer
            if not line or not (found := tagged(line, in_text=in_text)):
                if pairs and line and not line.isspace():
                    more.append(line.strip())
                elif not damaged and (match := _DAMAGED.match(line)) and match[1] in _PLAIN:
                    damaged = [Lines(number, [], has_type=False, has_end=False, unread=line)]
                continue
            tag, value, in_text = found.tag, line[found.start :], found.is_text
        if more:
            _continue(pairs, more)
            more = []
        if damaged:
            yield from damaged if tag in _ENDS else ()  # else it has no type, which is said
            damaged = []
        if not is_plain:
            if pairs and (tag == "ER" or (tag == "TY" and has_type)):
                is_end = tag == "ER"
                is_bare = is_end and bool(_BARE_END.match(line))
                yield Lines(start, pairs, has_type, has_end=is_end, has_bare_end=is_bare)
                pairs, has_type = [], False
            if tag == "ER":
                continue
            has_type = has_type or tag == "TY"
            start = start if pairs else number
        if tag in _GLUED and "- " in value:
            pairs += _unglued(tag, value)
        else:
            pairs.append((tag, value))
    if has_type or any(tag in ("TI", "T1") for tag, _ in pairs):
        _continue(pairs, more)
        yield Lines(start, pairs, has_type, has_end=False)
    yield from damaged


def repaired(pairs: Pairs) -> tuple[Pairs, list[str]]:
    """Return the fields with those whose tags are damaged, and what to warn of.

    A line that begins like a tag, but may be words of the value above it, stays there.
    """
    found: Pairs = []
    warnings: list[str] = []
    for tag, value in pairs:
        first, *more = value.split("\n") if "\n" in value else [value]
        found.append((tag, first))
        for line in more:
            tag, value = found[-1]  # noqa: PLW2901 - the field that the line continues
            match, is_sure = _damaged(tag, line)
            if match and is_sure:
                found.append((match["tag"], match["value"]))
            else:
                found[-1] = (tag, f"{value}\n{line}")
            if match:
                shown = printable(line, limit=40)
                read = f"read it as {match['tag']}" if is_sure else f"kept it in {tag}"
                warnings.append(f"the line {shown!r} looks like a field; {read}")
    return found, warnings


def _damaged(tag: str, line: str) -> tuple[re.Match[str] | None, bool]:
    """Return the damaged tag that a line begins with, and whether it is surely one."""
    match = _ANY_TAG.match(line) if tag in _LINES else _SURE_TAG.match(line)
    if match and match["tag"] in _PLAIN:
        return match, tag not in _TEXTS
    match = _GLUED_TAG.match(line) if tag not in _TEXTS else None
    return (match if match and match[1] in _PLAIN else None), False


def _continue(pairs: Pairs, more: list[str]) -> None:
    """Add lines to the last value."""
    tag, value = pairs[-1]
    pairs[-1] = (tag, "\n".join(filter(None, [value, *more])))


def _unglued(tag: str, value: str) -> Pairs:
    value, *others = _GLUED[tag].split(value)
    return [(tag, value), *((other[:2], other.partition("- ")[2]) for other in others)]
