"""Mark what links the authors and affiliations of a page: superscript numbers, letters and signs.

The lines of authors and affiliations become one line of text. Some forms are made alike: numbers
behind the comma (``P. Sood,1 W. Cherikh,2``) or in brackets, a group on a line of its own, and
affiliations in a numbered list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from abstool.page import Block, Run, one_line
from abstool.parser.people.glued import CLOSE, OPEN, SIGNS

_NUMBERS = re.compile(rf"[{SIGNS}]*\d{{1,3}}(?:[\s,;{SIGNS}]+\d{{1,3}})*[,;{SIGNS}]*")
_NUMBER = re.compile(r"\d+")
_LABEL = re.compile(rf"\d{{1,3}}|[A-Za-z]|([{SIGNS}])\1*")
_LABELS = re.compile(rf"(?:[\s,;]*(?:\d{{1,3}}|[A-Za-z]|[{SIGNS}]))+[\s,;]*")
_LONGEST = 100  # characters of a superscript that may be labels
_LIST_NUMBER = re.compile(r"(\d+)\.")
# One author may have two superscripts in a row: 4, 5 and then a separator or the end.
_ADJACENT = re.compile(rf"{CLOSE}\s*[,;]?\s*{OPEN}(?=[^{CLOSE}]+{CLOSE}\s*(?:[,;]|and\b|&|$))")
# AGU's form: Ann Roe (1,2), Bob Doe (2), (1)Univ A, Bonn, Germany, (2)Univ B
_FIRST_IN_BRACKETS = re.compile(
    r"(?:^|[,;.])\s*\(1\)\s*[^\W\d_]|[^\W\d_]\.?\s?\(1(?:\s*,\s*\d{1,3})*\)\s*(?:[,;]|and\b|&|$)"
)
_IN_BRACKETS = re.compile(r"\(\d{1,3}(?:\s*,\s*\d{1,3}){0,20}\)")
_ROLE = re.compile(
    r"(?:Presenting|Presenter|Corresponding|Senior|Co-?first|Joint|Equal|These authors|"
    r"Both authors|Contributed|Deceased|Signifies|Denotes|Author for)\b",
    re.IGNORECASE,
)
# A sign that explains a role, not an affiliation: *Presenting author
_FOOTNOTE = re.compile(rf"(?<![\s,;.])[\s,;.]*[{SIGNS}]\s*{_ROLE.pattern}.*", re.IGNORECASE)
_SIGN = re.compile(f"[{SIGNS}]")
_CUT_NAME = re.compile(rf"[\d{CLOSE}]\s*(?:[,;]|\band\b|&)[^\d,;{OPEN}{CLOSE}]*[^\W\d_]$")
_REST_OF_NAME = re.compile(rf"[^\W\d_][^\d,;:{OPEN}]{{0,60}}[^\W\d_][.]?[\d{OPEN}]")
_GROUP_ALONE = re.compile(r"(?:and\b)?[\s,;]*on behalf of\s", re.IGNORECASE)
_AFFILIATION = re.compile(rf"{OPEN}|\d")
_FIRST_OF_LINE = re.compile(rf"[,;.]\s+(?=(?:{OPEN}1{CLOSE}|1)\s?[^\W\d_])")
_MARKED = rf"{OPEN}[^{CLOSE}]*{CLOSE}|\d{{1,3}}(?:,\d{{1,3}})*"
_BEHIND_COMMA = re.compile(rf"[^\d{OPEN}]*[^\W\d_]\.?[,;](?:{_MARKED})(?=\s+[^\W\d_]|$)")
_BEHIND = re.compile(rf"(?:[,;]|(?<=[^\W\d_]{{3}})\.|(?<=\.))({_MARKED})(?=\s|$)")


def lines(blocks: Sequence[Block]) -> list[str]:
    """Return the lines of authors and affiliations with the labels in superscript marked."""
    openings: frozenset[str] | None = None
    marked: list[str] = []
    for block in blocks:
        number = _LIST_NUMBER.fullmatch(block.item)  # affiliations as a numbered list
        has_own = any(run.script == "sup" for run in block.runs)
        line = f"{OPEN}{number[1]}{CLOSE}" if number and not has_own else ""
        for run in block.runs:
            text = run.text
            if not text.isascii():
                text = text.replace(OPEN, "").replace(CLOSE, "")
            if run.script == "sup":
                if _NUMBERS.fullmatch(text.strip()):
                    text = f"{OPEN}{','.join(_NUMBER.findall(text))}{CLOSE}"
                elif not line[-1:].isdecimal():  # 2nd
                    openings = _openings(blocks) if openings is None else openings
                    text = _labelled(text, openings)
            line += text
        line = one_line(line)
        if _SIGN.search(line):
            line = _FOOTNOTE.sub("", line)
        line = line.strip(" ,;")
        if marked and _CUT_NAME.search(marked[-1][-_LONGEST:]) and _REST_OF_NAME.match(line):
            line = f"{marked.pop()} {line}"  # a text that was wrapped
        marked.append(line)
    if any("(1" in line and _FIRST_IN_BRACKETS.search(line) for line in marked):
        marked = [_IN_BRACKETS.sub(_from_brackets, line) for line in marked]
    return _groups_first([line for line in marked if line])


def _from_brackets(match: re.Match[str]) -> str:
    """Return ``(1,2)`` as a mark."""
    return f"{OPEN}{','.join(_NUMBER.findall(match[0]))}{CLOSE}"


def joined(marked: Iterable[str]) -> str:
    """Return lines with marks as one line."""
    return _ADJACENT.sub(",", ", ".join(map(_behind_names, marked)))


def _openings(blocks: Sequence[Block]) -> frozenset[str]:
    """Return the superscript letters and signs that affiliations begin with.

    Others are footnotes, such as a star for the presenter.
    """
    found = set()
    for block in blocks:
        before = ""
        for run, after in zip_longest(block.runs, block.runs[1:], fillvalue=Run("")):
            label = run.text.strip()
            separated = not before or before.endswith((",", ";", "."))
            is_label = run.script == "sup" and separated and _LABEL.fullmatch(label)
            is_role = _ROLE.match(after.text.strip())
            if is_label and not is_role and re.match(r"\s*[^\W_]", after.text):
                found.add(label)
            before = run.text.rstrip() or before
    return frozenset(found)


def _labelled(text: str, openings: frozenset[str]) -> str:
    """Return a superscript as a mark of the labels in it that affiliations begin with."""
    if len(text) > _LONGEST or not _LABELS.fullmatch(text):
        return text
    found = [match[0] for match in _LABEL.finditer(text)]
    known = [label for label in found if label.isdecimal() or label in openings]
    return f"{OPEN}{','.join(known)}{CLOSE}" if known else text


def _behind_names(line: str) -> str:
    """Return ``P. Sood,1 W. Cherikh.2`` as ``P. Sood1, W. Cherikh2,``."""
    return _BEHIND.sub(r"\1,", line).rstrip(" ,") if _BEHIND_COMMA.match(line) else line


def _groups_first(marked: list[str]) -> list[str]:
    """Return the lines with each group that has a line of its own before the affiliations."""
    groups = [line for line in marked[1:] if _GROUP_ALONE.match(line)]
    if not groups:
        return marked
    others = [line for line in marked if line not in groups]
    for index, line in enumerate(others):
        if index and _AFFILIATION.match(line):
            return [*others[:index], *groups, *others[index:]]
        if first := _FIRST_OF_LINE.search(line):
            parts = [line[: first.start()], *groups, line[first.end() :]]
            return [*others[:index], ", ".join(parts), *others[index + 1 :]]
    return [others[0], *groups, *others[1:]]
