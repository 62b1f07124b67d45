"""Correct a title word by word, so that the braces and the other words stay."""

from __future__ import annotations

import re
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from abstool.checking.reports.entry import EditableEntry
from abstool.matching import spelling

_GAP = re.compile(r"(\s+)")
_PROTECTED = re.compile(r"(?<![\\A-Za-z\"'`^~=.])\{[^\\]")  # braces that keep capitals
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)


def main_title(entry: EditableEntry, right: str) -> str:
    """Return the right title without the subtitle that has a field of its own."""
    right = _unwrapped(right)
    subtitle = entry.values.get(entry.parts.subtitle, "")
    if not subtitle.strip():
        return right
    for found in re.finditer(r"[:.?!]\s+", right):
        rest = right[found.end() :]
        if spelling.is_spelled_alike(entry.decoded(rest), entry.decoded(subtitle)):
            return right[: found.end()].rstrip(": \t")
    return ""


def _unwrapped(latex: str) -> str:
    """Return a value without one pair of braces around all of it."""
    depth = 0
    for brace in _BRACE.finditer(latex):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if not depth and brace[0] == "}":
            is_whole = latex.startswith("{") and brace.end() == len(latex)
            return latex[1:-1] if is_whole else latex
    return latex


class _TitleWord(NamedTuple):
    """A word of a title, between the braces that begin before it and end after it."""

    lead: str
    core: str
    tail: str


def reworded(old: str, new: str, entry: EditableEntry) -> str | None:
    """Return a title in which only the words are changed that differ from the right title.

    Words that differ only in case, hyphens or quotation marks stay. None if that is impossible.
    """
    pieces = _GAP.split(old)
    words = [_divided(word) for word in pieces[::2]]
    gaps = [*pieces[1::2], ""]
    right = new.split()
    if any(word is None for word in words):
        return None
    known = [word for word in words if word is not None]
    keys = [_key(entry, word.core) for word in known]
    result: list[str] = []
    for code in Levenshtein.opcodes(keys, [_key(entry, word) for word in right]):
        sources, targets = (
            known[code.src_start : code.src_end],
            right[code.dest_start : code.dest_end],
        )
        spaces = gaps[code.src_start : code.src_end]
        if code.tag == "equal":
            result += ["".join(word) + gap for word, gap in zip(sources, spaces, strict=True)]
        elif code.tag == "insert":
            if result and not result[-1][-1:].isspace():
                result[-1] += " "
            result += [f"{word} " for word in targets]
        elif code.tag == "delete":
            result += [word.lead + word.tail for word in sources]
        else:
            for word, gap, target in zip(sources, spaces, targets, strict=True):
                core = f"{{{target}}}" if _PROTECTED.search(word.core) else target
                result.append(f"{word.lead}{core}{word.tail}{gap}")
    text = "".join(result)
    if not old[-1:].isspace():
        text = text.rstrip()
    return text if spelling.is_spelled_alike(entry.decoded(text), entry.decoded(new)) else None


def _key(entry: EditableEntry, word: str) -> str:
    return spelling.folded(entry.decoded(word)) or word


def _divided(word: str) -> _TitleWord | None:
    """Return a word without the braces that are not closed or opened in it."""
    depth = least = 0
    for brace in _BRACE.finditer(word):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        least = min(least, depth)
    opened, closed = depth - least, -least
    # From the end, since a search for what ends there takes quadratic time.
    tail = re.match(r"[^{}\w]*+\}*(?!\\)", word[::-1]) if closed else None
    end = len(word)
    if closed:
        found = list(re.finditer(r"\}", word))
        end = found[-closed].start() if len(found) >= closed else -1
        if tail is None or end < len(word) - tail.end():
            return None
    if not word.startswith("{" * opened):
        return None
    return _TitleWord(word[:opened], word[opened:end], word[end:])
