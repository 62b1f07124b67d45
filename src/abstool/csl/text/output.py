"""Convert marked text to plain text, Markdown, HTML and RTF.

Characters with a meaning in a form are escaped. Italics, bold, small capitals, super- and
subscripts and underlining are kept where the form has them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from unicodedata import decomposition

from abstool.csl.text import marks
from abstool.csl.text.layout import EntryLayout
from abstool.text import SUBSCRIPTS, SUPERSCRIPTS

_SPACES = re.compile(r"[ \t\n]+")
# Patterns of marks are compiled on first use, since plain text has few.
_SPACES_APART = f" ([{''.join(marks.CLOSING)}]*) "


def formatted_runs(entry: str) -> list[marks.TextRun]:
    """Return the pieces of an entry with single spaces."""
    return list(marks.runs(_single_spaced(entry)))


def _single_spaced(entry: str) -> str:
    """Return the entry with single spaces and without spaces at its ends."""
    text = _SPACES.sub(" ", entry)
    text = re.sub(_SPACES_APART, r"\1 ", text)
    return text.strip()


def text(entry: str) -> str:
    """Return plain text, with super- and subscripts in Unicode if it has all their characters."""
    if not _SHOWN_IN_TEXT.search(entry):
        return " ".join(marks.bare(entry).split())
    return " ".join("".join(_plain(run) for run in formatted_runs(entry)).split())


def _plain(run: marks.TextRun) -> str:
    for mark, raised in ((marks.SUPERSCRIPT, SUPERSCRIPTS), (marks.SUBSCRIPT, SUBSCRIPTS)):
        if mark in run.formats and set(run.text) <= raised.keys():
            return "".join(raised[sign] for sign in run.text)
    return run.text


# Marks that plain text renders, or that must stay visible because nothing replaced them.
_SHOWN_IN_TEXT = re.compile(f"[{marks.SUPERSCRIPT}-\ufdef]")

_HTML = {
    marks.SMALL_CAPS: ('<span style="font-variant: small-caps">', "</span>"),
    marks.UNDERLINE: ("<u>", "</u>"),
    marks.SUPERSCRIPT: ("<sup>", "</sup>"),
    marks.SUBSCRIPT: ("<sub>", "</sub>"),
    marks.BOLD: ("<b>", "</b>"),
    marks.ITALIC: ("<i>", "</i>"),
}
_HTML |= {mark: (f'<div class="csl-{name}">', "</div>") for name, mark in marks.BLOCKS.items()}
_HTML[marks.BLOCKS["block"]] = ('<div class="csl-block">', "</div>\n")  # as citeproc-js
_HTML |= {marks.DATA_ITALIC: _HTML[marks.ITALIC], marks.DATA_BOLD: _HTML[marks.BOLD]}
_MARKS = f"([{marks.NOCASE}-\ufdef{marks.LINK}\uffff\U0006fffe\U0006ffff\U0007fffe\U0007ffff])"


def as_html(entry: str) -> str:
    """Return the HTML content of a paragraph, with elements nested like the marks."""
    from html import escape  # noqa: PLC0415 - only this form needs it

    result: list[str] = []
    opened: list[tuple[str, str]] = []
    pieces = re.split(_MARKS, _single_spaced(entry))
    for number, piece in enumerate(pieces):
        if piece in marks.CLOSING and opened:
            result.append(opened.pop()[1])
        elif piece == marks.LINK:
            target = marks.address(pieces[number + 1])
            opened.append((piece, "</a>" if target else ""))
            result.append(f'<a href="{escape(target)}">' if target else "")
        elif piece in marks.MARKS:
            within = marks.effective([mark for mark, _ in opened])
            opening, closing = _undoing(piece, within) or _HTML.get(piece, ("", ""))
            opened.append((piece, closing))
            result.append(opening)
        else:
            result.append(_with_raised(escape(piece, quote=False)))
    return "".join(result)


_UNDOING = {
    marks.ITALIC: "font-style: normal",
    marks.BOLD: "font-weight: normal",
    marks.SMALL_CAPS: "font-variant: normal",
    marks.UNDERLINE: "text-decoration: none",
}


def _undoing(mark: str, within: frozenset[str]) -> tuple[str, str] | None:
    """Return tags that undo formatting: italics inside italics, or what the mark undoes."""
    undone = (marks.UNDONE.get(mark) or frozenset({marks.DATA.get(mark, "")})) & within
    rules = "; ".join(rule for kind, rule in _UNDOING.items() if kind in undone)
    return (f'<span style="{rules}">', "</span>") if rules else None


# Raised letters that Unicode does not define by their base letters.
_RAISED = {"ˀ": "ʔ", "ˁ": "ʕ", "ۥ": "و", "ۦ": "ي"}


def _with_raised(text: str) -> str:
    """Return text with the superscript characters of Unicode as elements, as citeproc-js does."""
    return text if text.isascii() else "".join(map(_raised, text))


@lru_cache(maxsize=1024)
def _raised(sign: str) -> str:
    kind, _, base = decomposition(sign).partition(" ")
    letters = "".join(chr(int(code, 16)) for code in base.split()) if kind == "<super>" else ""
    letters = letters or _RAISED.get(sign, "")
    return f"<sup>{letters}</sup>" if letters else sign


_MARKDOWN = {
    marks.SUPERSCRIPT: ("<sup>", "</sup>"),
    marks.SUBSCRIPT: ("<sub>", "</sub>"),
    marks.BOLD: ("**", "**"),
    marks.ITALIC: ("*", "*"),
}
_MARKDOWN_SIGNS = r"([\\`*_\[\]<>&|~$])"
_MARKDOWN_ADDRESS = r"[\\<>]"  # what cannot stand in an address in angle brackets
_AT_LINE_START = r"^(\d+)([.)])(?=\s)|^([-+#>=])"


def as_markdown(entry: str) -> str:
    """Return a paragraph of Markdown, with the syntax characters of the entry escaped."""
    result = ""
    for run in formatted_runs(entry):
        bare = run.text.strip()
        lead, _, tail = run.text.partition(bare) if bare else (run.text, "", "")
        piece = re.sub(_MARKDOWN_SIGNS, r"\\\1", bare)
        for mark, (opening, closing) in _MARKDOWN.items():
            if mark in run.formats and piece:
                piece = f"{opening}{piece}{closing}"
        if run.link:
            piece = f"[{piece}](<{re.sub(_MARKDOWN_ADDRESS, _percent, run.link)}>)"
        result += f"{lead}{piece}{tail}"
    return re.sub(_AT_LINE_START, lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", result)


def _percent(sign: re.Match[str]) -> str:
    return f"%{ord(sign[0]):02X}"


_RTF = {
    marks.SMALL_CAPS: "scaps",
    marks.UNDERLINE: "ul",
    marks.SUPERSCRIPT: "super",
    marks.SUBSCRIPT: "sub",
    marks.BOLD: "b",
    marks.ITALIC: "i",
}


def as_rtf(entry: str) -> str:
    """Return the RTF content of a paragraph, with all characters beyond ASCII escaped."""
    result = ""
    for run in formatted_runs(entry):
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


def document(
    entries: Sequence[str], to: str, layout: EntryLayout | None = None, language: str = "en"
) -> str:
    """Return one document of entries that are already in the form ``to``, laid out in HTML."""
    if to == "html":
        from html import escape  # noqa: PLC0415 - only this form needs it

        has_blocks = any("<div" in entry for entry in entries)
        tag, end = ('div class="csl-entry"', "div") if has_blocks else ("p", "p")
        paragraphs = "".join(f"<{tag}>{entry}</{end}>\n" for entry in entries)
        head = f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n'
        head += '<meta charset="utf-8">\n<title>References</title>\n'
        if layout and (rules := _rules(layout, end, has_blocks=has_blocks)):
            head += f"<style>\n{rules}</style>\n"
        return f"{head}</head>\n<body>\n{paragraphs}</body>\n</html>\n"
    if to == "rtf":
        paragraphs = "".join(f"{{\\pard\\sa120 {entry}\\par}}\n" for entry in entries)
        font = "{\\fonttbl{\\f0\\froman\\fcharset0 Times New Roman;}}"
        return f"{{\\rtf1\\ansi\\ansicpg1252\\deff0\\uc1{font}\n\\f0\\fs24\n{paragraphs}}}\n"
    return "".join(lines(entries, to))


LINES = frozenset({"text", "markdown"})  # the forms whose documents are nothing but entries


def lines(entries: Iterable[str], to: str) -> Iterator[str]:
    """Yield each entry in the form ``to``, text or Markdown, with its line ends, as it comes."""
    between = "\n" if to == "markdown" else ""
    for number, entry in enumerate(entries):
        yield f"{between if number else ''}{entry}\n"


def _rules(layout: EntryLayout, tag: str, *, has_blocks: bool) -> str:
    """Return the rules of CSS that lay out the entries, or "" if a browser's own are right."""
    rules = []
    if has_blocks or layout.entry_spacing != 1:  # p has a margin of its own
        rules.append(f"margin: 0 0 {layout.entry_spacing}em")
    if layout.line_spacing > 1:
        rules.append(f"line-height: {1.2 * layout.line_spacing:g}")
    if layout.hanging_indent:
        rules.append("padding-left: 2em; text-indent: -2em")
    text = f"{tag}{'.csl-entry' * has_blocks} {{ {'; '.join(rules)} }}\n" if rules else ""
    return text + _BLOCK_RULES if has_blocks else text


_BLOCK_RULES = """.csl-left-margin { float: left; clear: left; text-indent: 0; min-width: 2em }
.csl-right-inline, .csl-indent { margin-left: 2.5em; text-indent: 0 }
"""
