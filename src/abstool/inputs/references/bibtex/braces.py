"""Braces and escapes of a whole value, which need no decoder."""

from __future__ import annotations

import re

_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_OUTER = re.compile(r"^\{(.*)\}$", re.DOTALL)


def wraps(latex: str) -> bool:
    """Return whether one pair of braces encloses the whole text."""
    if not (inner := _OUTER.match(latex.strip())):
        return False
    depth = 0
    for brace in _BRACE.finditer(inner[1]):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if depth < 0:
            return False
    return depth == 0


def unwrapped(latex: str) -> str:
    """Return a text without the pairs of braces that enclose the whole of it.

    As many pairs enclose it as the smallest depth between the braces at its ends.
    """
    text = latex.strip()
    start, end = 0, len(text)
    while start < end and (text[start] == "{" or text[start].isspace()):
        start += 1
    while start < end and (text[end - 1] == "}" or text[end - 1].isspace()):
        end -= 1
    depth = enclosing = text.count("{", 0, start)
    if not enclosing:
        return latex
    for brace in _BRACE.finditer(text, start):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if brace.start() < end:
            enclosing = min(enclosing, depth)
    if depth or enclosing < 1:
        return latex
    opening = [index for index in range(start) if text[index] == "{"][enclosing - 1]
    closing = [index for index in range(end, len(text)) if text[index] == "}"][-enclosing]
    return text[opening + 1 : closing]


_INNER = r"(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*"  # braces in braces in braces
HREF = re.compile(rf"\\href\s*\{{([^{{}}]*)\}}\s*\{{{_INNER}\}}")
URL = re.compile(r"\\(?:url|path|nolinkurl|burl)\s*\{([^{}]*)\}")
_SIGNS = {
    **dict.fromkeys(("textasciitilde", "sim"), "~"),
    **dict.fromkeys(("textless", "lt", "langle"), "<"),
    **dict.fromkeys(("textgreater", "gt", "rangle"), ">"),
    "textunderscore": "_",
    "textdollar": "$",
    "textpercent": "%",
    "slash": "/",
    "textendash": "–",
    "allowbreak": "",
}
SIGNS = "|".join(_SIGNS)
_SIGN = re.compile(rf"\{{?\$?\\({SIGNS})(?![A-Za-z])\s*(?:\{{\}})?\$?\}}?")


def verbatim(text: str) -> str:
    """Return a URL or DOI without escapes, which LaTeX does not need there."""
    if "\\" in text or "{" in text or "$" in text:
        text = URL.sub(r"\1", HREF.sub(r"\1", text))
        text = _SIGN.sub(lambda found: _SIGNS[found[1]], text)
        text = re.sub(r"\\~\{\}", "~", text)
        text = re.sub(r"\$\\?([_~<>|^-])\$|[{}]|\\(?=[_%&#$~])|\\[-/]", r"\1", text)
    return text.strip()
