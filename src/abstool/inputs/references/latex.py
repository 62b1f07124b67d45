"""Convert the LaTeX of BibTeX fields to text with CSL's inline tags, with pylatexenc."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from abstool.text import SUBSCRIPTS, SUPERSCRIPTS, tidy

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text
    from pylatexenc.latexwalker import LatexGroupNode, LatexMacroNode
    from pylatexenc.macrospec import LatexContextDb

logging.getLogger("pylatexenc").addHandler(logging.NullHandler())

# The most common accents of names; pylatexenc knows them too, but is slow.
_ACCENT = re.compile(r"(?<!\\)(\{)?\\([\"'`^~])(?:([A-Za-z])|\{([A-Za-z])\})(?(1)\})")
_COMBINING = dict(zip("\"'`^~", "\u0308\u0301\u0300\u0302\u0303", strict=True))
# Most fields have none of these.
_MARKUP = re.compile(r"[\\{}$~^%]|--|``|''")
# Not valid LaTeX, but common: "50% of 5 patients".
_BARE_PERCENT = re.compile(r"(?<!\\)%")
_BARE_DOLLAR = re.compile(r"(?<!\\)\$")
_MATHS = re.compile(r"(?<!\\)\$([^$]*)\$")
_RAISED = re.compile(r"([_^])(?:\{([^{}]*)\}|([^{}\\\s]))")
_TAGS = {"emph": "i", "textit": "i", "textbf": "b"}
_SIGNS = {"textasciicircum": "^", "textasciitilde": "~"}
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_OUTER = re.compile(r"^\{(.*)\}$", re.DOTALL)


def decoded(latex: str, *, title: bool = False) -> str:
    """Return the text that LaTeX prints.

    In a ``title``, words in braces keep their capitals in every style, unless the braces enclose
    the whole title.
    """
    if title:
        latex = _unwrapped(latex)
    latex = _ACCENT.sub(_accented, latex)
    if not _MARKUP.search(latex):
        return tidy(unicodedata.normalize("NFC", latex))
    latex = _BARE_PERCENT.sub(r"\\%", latex)
    if len(_BARE_DOLLAR.findall(latex)) % 2:
        latex = _BARE_DOLLAR.sub(r"\\$", latex)
    converter, macros = _converter(title=title)
    text = converter.latex_to_text(_MATHS.sub(_formula, latex), latex_context=macros)
    return tidy(unicodedata.normalize("NFC", text))


def wraps(latex: str) -> bool:
    """Return whether one pair of braces encloses the whole text."""
    if not (inner := _OUTER.match(latex.strip())):
        return False
    depth = 0
    for sign in re.sub(r"\\.", "", inner[1]):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0


def _unwrapped(latex: str) -> str:
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
    for brace in _BRACE.finditer(text, start):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if brace.start() < end:
            enclosing = min(enclosing, depth)
    if depth or enclosing < 1:
        return latex
    opening = [index for index in range(start) if text[index] == "{"][enclosing - 1]
    closing = [index for index in range(end, len(text)) if text[index] == "}"][-enclosing]
    return text[opening + 1 : closing]


def verbatim(text: str) -> str:
    """Return a URL or DOI without escapes, which LaTeX does not need there."""
    text = re.sub(r"\\url\{([^{}]*)\}", r"\1", text).replace(r"{\textasciitilde}", "~")
    return re.sub(r"[{}]|\\(?=[_%&#$~])", "", text).strip()


def _accented(match: re.Match[str]) -> str:
    return f"{match[3] or match[4]}{_COMBINING[match[2]]}"


def _formula(match: re.Match[str]) -> str:
    """Return a formula with superscripts, subscripts and spaces as in text mode."""
    return "${}$".format(re.sub(r"\s+", r"\\ ", _RAISED.sub(_raised, match[1])))


def _raised(match: re.Match[str]) -> str:
    command = "textsuperscript" if match[1] == "^" else "textsubscript"
    return f"\\{command}{{{match[2] or match[3]}}}"


@cache
def _converter(*, title: bool) -> tuple[LatexNodes2Text, LatexContextDb]:
    """Return pylatexenc's converter and the macros that it parses."""
    from pylatexenc import latexwalker  # noqa: PLC0415 - few fields need it
    from pylatexenc.latex2text import (  # noqa: PLC0415
        LatexNodes2Text,
        MacroTextSpec,
        get_default_latex_context_db,
    )
    from pylatexenc.macrospec import std_macro  # noqa: PLC0415

    def tagged(tag: str, signs: dict[str, str]) -> Callable[[LatexMacroNode, LatexNodes2Text], str]:
        def text(node: LatexMacroNode, l2tobj: LatexNodes2Text) -> str:
            (argument,) = node.nodeargd.argnlist[-1:]
            content = l2tobj.nodelist_to_text(getattr(argument, "nodelist", [argument]))
            if signs and set(content) <= signs.keys():
                return "".join(signs[sign] for sign in content)
            return f"<{tag}>{content}</{tag}>" if content else ""

        return text

    class Converter(LatexNodes2Text):  # type: ignore[misc, unused-ignore]
        """Converts LaTeX; braces protect capitals, unless they belong to a macro."""

        depth = 0

        def macro_node_to_text(self, node: LatexMacroNode) -> str:
            self.depth += 1
            try:
                text: str = super().macro_node_to_text(node)
            finally:
                self.depth -= 1
            return text

        def group_node_to_text(self, node: LatexGroupNode) -> str:
            text: str = super().group_node_to_text(node)
            keeps = title and not self.depth and not node.latex_verbatim().startswith("{\\")
            if keeps and text != text.lower() and "<" not in text:
                return f'<span class="nocase">{text}</span>'
            return text

    context = get_default_latex_context_db()
    macros = [MacroTextSpec(name, tagged(tag, {})) for name, tag in _TAGS.items()]
    macros += [MacroTextSpec(name, sign) for name, sign in _SIGNS.items()]
    macros += [
        MacroTextSpec("textsuperscript", tagged("sup", SUPERSCRIPTS)),
        MacroTextSpec("textsubscript", tagged("sub", SUBSCRIPTS)),
    ]
    context.add_context_category("abstool", macros=macros, prepend=True)
    parsed = latexwalker.get_default_latex_context_db()
    raised = [std_macro(name, None, 1) for name in ("textsuperscript", "textsubscript")]
    parsed.add_context_category("abstool", macros=raised, prepend=True)
    converter = Converter(latex_context=context, strict_latex_spaces=True)
    return converter, parsed
