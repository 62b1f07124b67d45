"""Entries as text, Markdown, HTML, RTF and Word's DOCX.

In: entries as text with marks. Out: an entry, or a document of entries, in one of the forms, with
what has a meaning there escaped; italics, bold, small capitals, super- and subscripts and
underlining are kept.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence

from abstool.csl import marks
from abstool.text import SUBSCRIPTS, SUPERSCRIPTS

_SPACES = re.compile(r"[ \t\n]+")
_SPACES_APART = re.compile(f" ([{''.join(marks.CLOSING)}]*) ")


def _runs(entry: str) -> list[marks.Run]:
    return list(marks.runs(_folded(entry)))


def _folded(entry: str) -> str:
    """Return the entry with single spaces, none at its ends."""
    text = _SPACES.sub(" ", entry)
    text = _SPACES_APART.sub(r"\1 ", text)
    return text.strip()


def text(entry: str) -> str:
    """Return plain text, super- and subscripts as Unicode's where there are any."""
    if not _SHOWN_IN_TEXT.search(entry):
        return " ".join(marks.bare(entry).split())
    return " ".join("".join(_plain(run) for run in _runs(entry)).split())


def _plain(run: marks.Run) -> str:
    for mark, raised in ((marks.SUPERSCRIPT, SUPERSCRIPTS), (marks.SUBSCRIPT, SUBSCRIPTS)):
        if mark in run.formats and set(run.text) <= raised.keys():
            return "".join(raised[sign] for sign in run.text)
    return run.text


# Marks that plain text shows, or leaves to be seen.
_SHOWN_IN_TEXT = re.compile(f"[{marks.SUPERSCRIPT}{marks.SUBSCRIPT}{marks.QUOTE}-\ufdef]")

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
    from html import escape  # noqa: PLC0415 - loaded for this form only

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
            result.append(escape(piece, quote=False))
    return "".join(result)


def _upright(mark: str, within: list[str]) -> tuple[str, str] | None:
    """Return what makes text upright inside italics, and light inside bold."""
    for kind, rule in ((marks.ITALIC, "font-style"), (marks.BOLD, "font-weight")):
        if mark == kind and within.count(kind) % 2:
            return f'<span style="{rule}: normal">', "</span>"
    return None


_MARKDOWN = {
    marks.SUPERSCRIPT: ("<sup>", "</sup>"),
    marks.SUBSCRIPT: ("<sub>", "</sub>"),
    marks.BOLD: ("**", "**"),
    marks.ITALIC: ("*", "*"),
}
_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]<>&|~$])")
_AT_LINE_START = re.compile(r"^(\d+)([.)])(?=\s)|^([-+#>=])")


def as_markdown(entry: str) -> str:
    """Return a paragraph of Markdown, in which nothing of the entry's own text means anything."""
    result = ""
    for run in _runs(entry):
        bare = run.text.strip()
        lead, _, tail = run.text.partition(bare) if bare else (run.text, "", "")
        piece = _MARKDOWN_SIGNS.sub(r"\\\1", bare)
        for mark, (opening, closing) in _MARKDOWN.items():
            if mark in run.formats and piece:
                piece = f"{opening}{piece}{closing}"
        result += f"{lead}{piece}{tail}"
    return _AT_LINE_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", result)


_RTF = {
    marks.SMALL_CAPS: "scaps",
    marks.UNDERLINE: "ul",
    marks.SUPERSCRIPT: "super",
    marks.SUBSCRIPT: "sub",
    marks.BOLD: "b",
    marks.ITALIC: "i",
}


def as_rtf(entry: str) -> str:
    """Return the inside of a paragraph of RTF, in ASCII: all other signs are numbers."""
    result = ""
    for run in _runs(entry):
        piece = "".join(map(_rtf_sign, run.text))
        words = "".join(f"\\{word}" for mark, word in _RTF.items() if mark in run.formats)
        result += f"{{{words} {piece}}}" if words else piece
    return result


def _rtf_sign(sign: str) -> str:
    if sign in "\\{}":
        return f"\\{sign}"
    if sign.isascii():
        return sign
    data = sign.encode("utf-16-le", "replace")
    units = [int.from_bytes(data[n : n + 2], "little", signed=True) for n in range(0, len(data), 2)]
    return "".join(f"\\u{unit}?" for unit in units)


ENTRY: dict[str, Callable[[str], str]] = {
    "text": text,
    "markdown": as_markdown,
    "html": as_html,
    "rtf": as_rtf,
}


def document(entries: Sequence[str], to: str, language: str = "en") -> str:
    """Return entries that are in a form already as one document of it."""
    if to == "html":
        from html import escape  # noqa: PLC0415 - loaded for this form only

        paragraphs = "".join(f"<p>{entry}</p>\n" for entry in entries)
        head = f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n'
        head += '<meta charset="utf-8">\n<title>References</title>\n</head>\n<body>\n'
        return f"{head}{paragraphs}</body>\n</html>\n"
    if to == "rtf":
        paragraphs = "".join(f"{{\\pard\\sa120 {entry}\\par}}\n" for entry in entries)
        font = "{\\fonttbl{\\f0\\froman\\fcharset0 Times New Roman;}}"
        return f"{{\\rtf1\\ansi\\ansicpg1252\\deff0\\uc1{font}\n\\f0\\fs24\n{paragraphs}}}\n"
    return ("\n\n" if to == "markdown" else "\n").join(entries) + ("\n" if entries else "")


def docx(entries: Sequence[str]) -> bytes:
    """Return a Word document with one paragraph an entry; the entries are text with marks."""
    from docx import Document  # noqa: PLC0415 - loaded for this form only

    made = Document()
    for entry in entries:
        paragraph = made.add_paragraph()
        for run in _runs(entry):
            font = paragraph.add_run(run.text).font
            for mark, name in _FONT.items():
                if mark in run.formats:
                    setattr(font, name, True)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


_FONT = {
    marks.SMALL_CAPS: "small_caps",
    marks.UNDERLINE: "underline",
    marks.SUPERSCRIPT: "superscript",
    marks.SUBSCRIPT: "subscript",
    marks.BOLD: "bold",
    marks.ITALIC: "italic",
}
