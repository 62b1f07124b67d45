"""Split RIS into entries, and these into pairs of tag and value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

Pairs = list[tuple[str, str]]

_LINE = re.compile(r"[ \t\ufeff]*([A-Z][A-Z0-9])( {1,2})-(?:[ \t]*(.*)|)$")
_BARE_END = re.compile(r"ER(?: {1,2}-)?$")
# With one space before the hyphen, a line of an abstract may look like a tag: "US - this year".
_KNOWN = frozenset(
    "A1 A2 A3 A4 AB AD AN AU AV BT C1 C2 C3 C4 C5 C6 C7 C8 CA CN CP CT CY DA DB DI DO DP ED EP ER "
    "ET ID IS J1 J2 JA JF JO KW L1 L2 L3 L4 LA LB LK M1 M2 M3 N1 N2 NV OP PB PP PY RI RN RP SE SN "
    "SP ST T1 T2 T3 TA TI TT TY U1 U2 U3 U4 U5 UR VL VO Y1 Y2".split()
)
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


def split(text: str) -> Iterator[Lines]:
    """Yield the entries; lines of a value that is continued are joined with line breaks.

    What stands before TY belongs to the entry. An entry ends at ER, at the next TY or at the end.
    """
    start = 0
    pairs: list[tuple[str, list[str]]] = []
    has_type = False
    for number, line in enumerate(text.splitlines(), 1):
        match = _LINE.match(line)
        if match is None or (len(match[2]) == 1 and match[1] not in _KNOWN):
            if pairs and line == "ER":
                yield Lines(start, _joined(pairs), has_type, has_end=True, has_bare_end=True)
                pairs, has_type = [], False
            elif pairs and line and not line.isspace():
                pairs[-1][1].append(line.strip())
            continue
        tag, value = match[1], match[3] or ""
        if tag == "ER":
            if pairs:
                is_bare = bool(_BARE_END.match(line))
                yield Lines(start, _joined(pairs), has_type, has_end=True, has_bare_end=is_bare)
                pairs, has_type = [], False
            continue
        if tag == "TY":
            if has_type:
                yield Lines(start, _joined(pairs), has_type, has_end=False)
                pairs = []
            has_type = True
        if not pairs:
            start = number
        pairs.append((tag, [value]))
    if has_type or any(tag in ("TI", "T1") for tag, _ in pairs):
        yield Lines(start, _joined(pairs), has_type, has_end=False)


def _joined(pairs: list[tuple[str, list[str]]]) -> Pairs:
    found: Pairs = []
    for tag, lines in pairs:
        value = lines[0] if len(lines) == 1 else "\n".join(filter(None, lines))
        if tag in _GLUED and "- " in value:
            value, *others = _GLUED[tag].split(value)
            found.append((tag, value))
            found += [(other[:2], other.partition("- ")[2]) for other in others]
        else:
            found.append((tag, value))
    return found
