"""Split BibTeX into entries with their fields, keeping the LaTeX of the values.

The scan takes linear time and needs no recursion. An entry that is not balanced ends where the
next one begins, so it costs no other. Macros and ``#`` are resolved here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from abstool.errors import printable
from abstool.inputs.references.bibtex.macros import Macros

# An entry begins at the start of a line; several may follow each other on one.
_START = re.compile(r"(?:^|(?<=[})]))[ \t\ufeff]*@\s*([^\W\d][\w-]*)\s*([{(])", re.MULTILINE)
# The start of an entry inside a value: the key and a field follow, else it is text.
_NEXT = re.compile(r"@\s*[A-Za-z]+\s*[{(](?:[^{}=\"]{0,200},)?\s*[A-Za-z][\w-]*\s*=")
_INDENT = 40  # more blanks before such a start make it text
_BLOCK = re.compile(r"@\s*[^\W\d][\w-]*\s*[{(]")
_PATIENCE = 5  # times the length of the text, for groups that are not closed
# A group without others inside is one match, since abstracts have many of them.
_BRACES = re.compile(r"\{[^{}@]*\}|[{}@]")
_UNESCAPED_BRACES = re.compile(r"\\.|\{[^{}@\\]*\}|[{}@]", re.DOTALL)
_WAYS = ((_BRACES, False), (_UNESCAPED_BRACES, False), (_BRACES, True))
_QUOTED = re.compile(r"[{}\"@]")

# The numbers bound the time for a key that never ends.
_KEY = re.compile(
    r"\s*+([^={}\"]{0,1000}?)\s*+,"
    r"(?=[\s,]{0,1000}(?:%[^\n]{0,1000}\n\s*+){0,100}[^\W\d][\w:.+/-]{0,100}\s*+=)"
)
_KEY_ALONE = re.compile(r"\s*([^,={}()\"]*)")
_SPACE = re.compile(r"(?:[\s,]+|%[^\n]*)*")
_BLANK = re.compile(r"(?:\s+|%[^\n]*)*")
_AROUND = " \t\r\n,\ufeff"  # between two entries, if nothing is
_NAME = re.compile(r"([^\s={}\"#,@()]+)\s*=\s*")
# A field of the usual form: its value is a number, or has braces in braces in braces at most.
_INNER = r"[^{}@]*+(?:\{[^{}@]*+\}[^{}@]*+)*+"
_USUAL = re.compile(
    rf"[\s,]*+([A-Za-z][\w-]*+)\s*+=\s*+"
    rf"(\{{[^{{}}@]*+(?:\{{{_INNER}\}}[^{{}}@]*+)*+\}}|\"[^{{}}@\"]*+\"|\d++)\s*+(?=([,}})]))"
)
_BARE = re.compile(r"[^\s,#{}\"=()]+")
_WORDS = re.compile(r"[ \t]+(?!%|[^\s,#{}\"=()]+\s*=)([^\s,#{}\"=()]+)")

_MORE = re.compile(r"\s*,\s*[A-Za-z][\w-]*\s*=")
# A field in a value: a brace of the value is missing.
_FIELD_LINE = re.compile(r"(?:^|\},|\",)[ \t]*[A-Za-z][\w-]*\s*=\s*[{\"\d]", re.MULTILINE)

_SWALLOWED = re.compile(
    r"[}\"]\s*,\s*(?:author|editor|title|booktitle|journal|journaltitle|year|date|month|volume|number"
    r"|pages|publisher|doi|url|abstract|keywords|note)\s*= ?\{",
    re.IGNORECASE,
)


class SyntaxFault(Exception):  # noqa: N818 - the program has no error
    """The text of an entry is not BibTeX; the message says where and why."""


class FieldPlace(NamedTuple):
    """Where a field is in a text: its name begins at ``name``, its value is in the rest.

    The value has its braces or quotation marks; it may have several parts.
    """

    name: int
    start: int
    end: int


@dataclass(slots=True)
class RawEntry:
    """One entry: its line, its kind in lower case, its key and its fields.

    ``fields`` has the first value of each field, by name in lower case; ``repeated`` has the
    others. ``places`` is where the name and the first value of each field are in the text.
    ``damage`` says what was repaired, ``doubts`` what to say once per file, and ``fault`` why the
    entry cannot be read. ``outside`` counts what the file has beside its entries; only the last
    one that can be cited has it.
    """

    line: int
    kind: str
    key: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    repeated: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, FieldPlace] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    damage: list[str] = field(default_factory=list)
    fault: str = ""
    outside: dict[str, int] = field(default_factory=dict)


def blocks(text: str) -> Iterator[RawEntry]:
    """Yield the entries of a text in order, also those that cannot be read."""
    macros = Macros()
    if re.search(r"@\s*string\b", text, re.IGNORECASE):
        for _ in _Scanner(text, macros).blocks(ahead=True):
            pass
    yield from _Scanner(text, macros).blocks()


class _Scanner:
    """Scans one text."""

    def __init__(self, text: str, macros: Macros) -> None:
        self._text = text
        self._macros = macros
        self._braces = _BRACES
        self._outside: Counter[str] = Counter()
        self._lenient = False  # about the last brace of an entry
        self._start = (0, 1)  # where the current entry begins, and its line
        self._patience = _PATIENCE * len(text)  # characters

    def blocks(self, *, ahead: bool = False) -> Iterator[RawEntry]:
        """Yield the entries; ``ahead`` only defines the macros for the entries before them."""
        text = self._text
        at = counted = 0
        line = 1
        held: list[RawEntry] = []  # the last entry that can be cited, and those after it
        is_read = True  # to its end, what stands before
        while start := _START.search(text, at):
            sign = text.index("@", start.start())
            line += text.count("\n", counted, sign)
            counted = sign
            self._outside["comments"] += is_read and bool(text[at:sign].strip(_AROUND))
            self._start = (sign, line)
            kind = start[1].lower()
            at = start.end()
            if ahead and kind != "string":
                continue
            if kind in ("comment", "preamble"):
                self._outside["comments" if kind == "comment" else "@preamble"] += 1
                end = self._skipped(at)
                at, is_read = end, end > at
                continue
            block = RawEntry(line, kind)
            at = self._read(block, start)
            is_read = not block.fault
            if kind == "string" and not block.fault:
                self._outside["@string"] += 1
                for name, value in block.fields.items():
                    self._macros.define(name, value, ahead=ahead)
            elif not ahead:
                if not block.fault and block.kind not in ("xdata", "set"):
                    yield from held
                    held.clear()
                held.append(block)
        self._outside["comments"] += is_read and bool(text[at:].strip(_AROUND))
        if held and not held[0].fault:
            held[0].outside = {**+self._outside}
        yield from held

    def _skipped(self, at: int) -> int:
        """Return the end of a comment, or its start if it is not closed."""
        try:
            return self._closing(at, "comment", at)
        except SyntaxFault:
            return at

    def _read(self, block: RawEntry, start: re.Match[str]) -> int:
        """Fill a block; return where to look for the next one.

        BibTeX counts every brace. Other programs do not count escaped ones, which is tried if
        the braces do not balance otherwise, and then whether only the last brace is missing.
        """
        for braces, lenient in _WAYS:
            self._braces, self._lenient = braces, lenient
            block.fields, block.repeated, block.doubts = {}, {}, []
            block.damage, block.places = [], {}
            try:
                end = self._entry(block, start)
            except SyntaxFault as fault:
                block.fault = block.fault or str(fault)
            else:
                block.fault = ""
                return end
        return start.end()

    def _entry(self, block: RawEntry, start: re.Match[str]) -> int:
        text, at = self._text, start.end()
        closing = "}" if start[2] == "{" else ")"
        if block.kind != "string":
            at = self._key(block, at)
        counts_all = self._braces is _BRACES
        while True:
            while counts_all and (usual := _USUAL.match(text, at)) and usual[3] in (",", closing):
                at = usual.end()
                value = usual[2] if usual[2].isdigit() else usual[2][1:-1]
                _add(block, usual[1], value, FieldPlace(usual.start(1), *usual.span(2)))
            at = _end(_SPACE, text, at)
            if text.startswith(closing, at):
                if _MORE.match(text, at + 1):
                    raise self._fault("fields follow the end of the entry", at)
                return at + 1
            if block.fields and self._ends(at):
                block.damage.append("the closing brace of the entry is missing")
                return at
            if not (named := _NAME.match(text, at)):
                raise self._fault("expected a field", at)
            at, end, value = self._value(named.end(), named[1], closing, block.doubts)
            _add(block, named[1], value, FieldPlace(named.start(), named.end(), end))

    def _key(self, block: RawEntry, at: int) -> int:
        """Read the key, which may have blanks, commas and brackets, or be missing."""
        text = self._text
        if key := _KEY.match(text, at):
            block.key = " ".join(key[1].split())
            return key.end()
        alone = _KEY_ALONE.match(text, at)
        words = alone[1].split() if alone else []
        if alone and not text.startswith("=", alone.end()):
            block.key = " ".join(words)
            return alone.end()
        if len(words) > 1:
            raise self._fault(f"a comma is missing before {printable(words[-1])!r}", at)
        return at  # a field follows at once

    def _value(self, at: int, name: str, closing: str, doubts: list[str]) -> tuple[int, int, str]:
        """Return where the next sign is, and the end and text of a value; ``#`` joins parts."""
        text = self._text
        start = at
        pieces: list[str] = []
        while True:
            at = _end(_BLANK, text, at)
            first = text[at : at + 1]
            if first == "{":
                end = self._closing(at + 1, name, at)
                pieces.append(text[at + 1 : end - 1])
            elif first == '"':
                end = self._quote(at + 1, name, at)
                pieces.append(text[at + 1 : end - 1])
            elif bare := _BARE.match(text, at):
                end = bare.end()
                words = [bare[0]]
                while more := _WORDS.match(text, end):
                    words.append(more[1])
                    end = more.end()
                whole = " ".join(words)
                pieces.append(whole if words[1:] else self._macros.resolve(whole, doubts))
            elif first in (",", closing):
                end = at  # a field without a value
            else:
                raise self._fault(f"the field {printable(name)!r} has no value", at)
            at = _end(_BLANK, text, end)
            following = text[at : at + 1]
            if following != "#":
                break
            at += 1
        if self._ends(at):
            if _FIELD_LINE.search("".join(pieces)):
                raise self._fault(f"the braces of {printable(name)!r} are not closed", start)
            if not self._lenient:
                raise self._fault("the entry is not closed", end)
        elif following not in (",", closing):
            if named := _NAME.match(text, at):
                raise self._fault(f"a comma is missing before {printable(named[1])!r}", at)
            problem = f"expected a comma after the field {printable(name)!r}"
            raise self._fault(problem, end)
        return at, end, "".join(pieces)

    def _closing(self, at: int, name: str, start: int) -> int:
        """Return the end of a group in braces whose opening brace is before ``at``."""
        depth, sign = 1, None
        for sign in self._braces.finditer(self._text, at):
            if sign[0] == "{":
                depth += 1
            elif sign[0] == "}":
                depth -= 1
                if not depth:
                    return sign.end()
            elif sign[0] == "@" and self._is_next(sign.start()):
                break
        raise self._unclosed("braces", name, start, (sign.end() if sign else at) - at)

    def _quote(self, at: int, name: str, start: int) -> int:
        """Return the end of a value in quotation marks, which may have others in braces."""
        depth, sign = 0, None
        for sign in _QUOTED.finditer(self._text, at):
            if sign[0] == "{":
                depth += 1
            elif sign[0] == "}":
                depth -= 1
                if depth < 0:
                    break
            elif sign[0] == "@":
                if self._is_next(sign.start()):
                    break
            elif not depth:
                return sign.end()
        raise self._unclosed("quotation marks", name, start, (sign.end() if sign else at) - at)

    def _unclosed(self, signs: str, name: str, start: int, length: int) -> SyntaxFault:
        """Return the fault of a value that is not closed, and count the characters read for it."""
        self._patience -= length
        return self._fault(f"the {signs} of {printable(name)!r} are not closed", start)

    def _ends(self, at: int) -> bool:
        """Return whether the text ends or the next entry begins at a place between fields."""
        if at >= len(self._text):
            return True
        return self._text[at] == "@" and self._is_next(at)

    def _is_next(self, at: int) -> bool:
        """Return whether the next entry begins at a sign, so that this one is not closed.

        It has a field. In a text in which many groups are not closed, whatever may be a start is
        one, since each group would be looked for up to the end.
        """
        before = self._text[max(0, at - _INDENT) : at].rstrip(" \t\ufeff")
        if self._patience < 0:
            is_start = not before or before[-1] in "\n})"
            return is_start and _BLOCK.match(self._text, at) is not None
        return before.endswith("\n") and _NEXT.match(self._text, at) is not None

    def _fault(self, problem: str, at: int) -> SyntaxFault:
        start, line = self._start
        return SyntaxFault(f"line {line + self._text.count(chr(10), start, at)}: {problem}")


def _add(block: RawEntry, name: str, value: str, place: FieldPlace) -> None:
    name = name.lower()
    if ("={" in value or "= {" in value) and _SWALLOWED.search(value):
        block.damage.append(f"{printable(name)!r} has another field in it; check its braces")
    if name in block.fields:
        block.repeated.setdefault(name, []).append(value)
    else:
        block.fields[name] = value
        block.places[name] = place


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Return the end of what a pattern matches at a place."""
    found = pattern.match(text, at)
    return found.end() if found else at
