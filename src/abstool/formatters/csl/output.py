"""Entries as text, Markdown, HTML and RTF.

In: an entry as text with marks. Out: the same in one of the forms, with what has a meaning there
escaped; italics, bold, small capitals, super- and subscripts and underlining are kept.
"""

from __future__ import annotations

import html
import re

from abstool.formatters._text import SUBSCRIPTS, SUPERSCRIPTS
from abstool.formatters.csl import marks

_SPACES = re.compile(r"[ \t\n]+")


def _runs(entry: str) -> list[marks.Run]:
    return list(marks.runs(_folded(entry)))


def _folded(entry: str) -> str:
    """Return the entry with single spaces, none at its ends."""
    text = _SPACES.sub(" ", entry)
    text = re.sub(f" ([{''.join(marks.CLOSING)}]*) ", r"\1 ", text)
    return text.strip()


def text(entry: str) -> str:
    """Return plain text, super- and subscripts as Unicode's where there are any."""
    return " ".join("".join(_plain(run) for run in _runs(entry)).split())


def _plain(run: marks.Run) -> str:
    for mark, raised in ((marks.SUPERSCRIPT, SUPERSCRIPTS), (marks.SUBSCRIPT, SUBSCRIPTS)):
        if mark in run.formats and set(run.text) <= raised.keys():
            return "".join(raised[sign] for sign in run.text)
    return run.text


_HTML = {
    marks.SMALL_CAPS: ('<span style="font-variant: small-caps">', "</span>"),
    marks.UNDERLINE: ("<u>", "</u>"),
    marks.SUPERSCRIPT: ("<sup>", "</sup>"),
    marks.SUBSCRIPT: ("<sub>", "</sub>"),
    marks.BOLD: ("<b>", "</b>"),
    marks.ITALIC: ("<i>", "</i>"),
}
_MARKS = re.compile(f"([{marks.NOCASE}-{chr(ord(marks.PRINTED) + 1)}])")


def as_html(entry: str) -> str:
    """Return HTML for the inside of a paragraph, elements nested as the marks are."""
    result: list[str] = []
    opened: list[tuple[str, str]] = []
    for piece in _MARKS.split(_folded(entry)):
        if piece in marks.CLOSING and opened:
            result.append(opened.pop()[1])
        elif piece in marks.MARKS:
            within = [mark for mark, _ in opened]
            opening, closing = _upright(piece, within) or _HTML.get(piece, ("", ""))
            opened.append((piece, closing))
            result.append(opening)
        else:
            result.append(html.escape(piece, quote=False))
    return "".join(result)


def _upright(mark: str, within: list[str]) -> tuple[str, str] | None:
    """Return what makes text upright inside italics, and light inside bold."""
    for kind, rule in ((marks.ITALIC, "font-style"), (marks.BOLD, "font-weight")):
        if mark == kind and within.count(kind) % 2:
            return f'<span style="{rule}: normal">', "</span>"
    return None
