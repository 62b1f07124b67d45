r"""Convert the LaTeX of BibTeX fields to text with CSL's inline tags.

One pass with a stack, so that the work grows with the length of the text and no text is nested too
deeply. What a command does is in ``commands``. An unknown command keeps its argument and is
reported.
"""

from __future__ import annotations

import re
import string
import unicodedata

from abstool.inputs.references.bibtex.braces import URL, unwrapped, verbatim
from abstool.inputs.references.bibtex.commands import (
    COMMANDS,
    DECLARATIONS,
    MOVES,
    SIGNS,
    LatexCommand,
    symbol,
)
from abstool.inputs.references.bibtex.formulas import formulas
from abstool.inputs.references.fields import unescaped
from abstool.text import SUBSCRIPTS, SUPERSCRIPTS, tidy

_MARKUP = re.compile(r"[\\{}$~]")  # most fields have none
_LIGATURE = re.compile(r"---?|``|''")
_TOKEN = re.compile(
    r"\\(?:(?P<word>[A-Za-z]+)\*?[ \t\r\n]*|(?P<sign>.)(?:(?<=\\\\)\*)?|$)"
    r"|(?P<mark>[{}$~^_]|---?|``|'')",
    re.DOTALL,
)
# A sign, as most abstracts have many: {\textless}, $\alpha$, \%.
_SIGN = re.compile(r"(?<![\\^_])(?:\{\\([A-Za-z]+)\}|\$\\([A-Za-z]+)\$|\\([%&#]))")
_OPTIONAL = re.compile(r"\s*\[[^\[\]{}]{0,200}\]")
_NUMBER = re.compile(r"=?\s*[-+]?\d+[ ]?")
_UNITS = "pt|pc|in|bp|cm|mm|dd|cc|sp|ex|em|mu"
_LENGTH = re.compile(
    rf"=?\s*+[-+]?\s*+(?:\d+[.,]?\d*|[.,]\d+)\s*(?:true\s*)?(?:{_UNITS})[ ]?"
    rf"(?:(?:plus|minus)\s*[\d.,]+\s*(?:{_UNITS}|fil{{1,3}})[ ]?){{0,2}}"
)
_SINGLE_QUOTES = re.compile(r"(?<![`\\{\w])`(?!`)([^`'\\$]{1,200})'(?!['\w])")
_INVERTED = re.compile(r"(?<![^\s{(\[])[?!]`(?!`)")
_ENVIRONMENT = re.compile(
    r"\\(?:begin\s*\{(?:otherlanguage|hyphenrules|foreigndisplay|tabular|minipage)\*?\}\s*"
    r"(?:\[[^\[\]]*\])?\{[^{}]*\}|(?:begin|end)\s*\{[A-Za-z]+\*?\}(?:\[[^\[\]]*\])?)\s?"
)
# The end of a line with the space after it, or how much it is wished for: \\[2pt], \linebreak[4].
_BREAK = re.compile(r"\\(?:\\\*?|(?:line|page)break)\s*\[\s*-?[\d.]{1,9}\s*[a-z]{0,9}\s*\]")
# The most common accents of names; an argument of a command keeps its braces.
_ACCENT = re.compile(
    r"\\[A-Za-z]{2,}\*?\s*\{(?=\\[\"'`^~])"
    r"|(?<![\\\"'`^~=.])(?<!\\[A-Za-z])(?:(\{)|(?<!\{))\\([\"'`^~])(?:([A-Za-z])|\{([A-Za-z])\})(?(1)\})"
)
# An accent whose letter is outside its braces, and one that was escaped twice: \'{}\i, {\\"u}.
_MISTYPED = re.compile(
    r"\\([\"'`^~=.])\{\}\\([ij])(?![A-Za-z])\s?|(?<=\{)\\\\(?=[\"'`^~][A-Za-z{])"
)
_COMPOSED = {
    (sign, letter): unicodedata.normalize("NFC", letter + accent)
    for sign, accent in zip("\"'`^~", "\u0308\u0301\u0300\u0302\u0303", strict=True)
    for letter in string.ascii_letters
}
_MARKS = {"~": " ", "--": "–", "---": "—", "``": "“", "''": "”"}
_SIGNS = dict(
    zip(" ,;:/-!@\\\n\t", ["\x20", " ", " ", " ", "", "", "", "", " ", " ", " "], strict=True)
)
_DEEP = 100  # commands in commands; deeper ones only keep their argument
_RAISED = LatexCommand(1, lambda found: _script("sup", SUPERSCRIPTS, found[0]))
_LOWERED = LatexCommand(1, lambda found: _script("sub", SUBSCRIPTS, found[0]))
_RAISING = {"^": _RAISED, "_": _LOWERED, "textsuperscript": _RAISED, "textsubscript": _LOWERED}
_RAISING |= {"sp": _RAISED, "sb": _LOWERED, "mathsuperscript": _RAISED}


def decoded(latex: str, unknown: set[str] | None = None, *, title: bool = False) -> str:
    """Return the text that LaTeX prints; add the commands that are unknown to ``unknown``.

    In a ``title``, words in braces keep their capitals in every style, unless the braces enclose
    the whole title.
    """
    if latex.isalnum() and latex.isascii():  # a number or a word
        return latex
    if title:
        latex = unwrapped(latex)
    if "`" in latex:
        latex = _INVERTED.sub(lambda sign: "¿" if "?" in sign[0] else "¡", latex)
        latex = _SINGLE_QUOTES.sub(r"‘\1’", latex)
    if "\\begin" in latex:
        latex = _ENVIRONMENT.sub(" ", latex)
    if "\\" in latex:
        if "url" in latex or "\\path" in latex:
            latex = URL.sub(_literal, latex)
        if "[" in latex:
            latex = _BREAK.sub(" ", latex)
        latex = _SIGN.sub(_signed, with_accents(latex))
    if _MARKUP.search(latex):
        latex = _Decoder(latex, title=title, unknown=unknown).text()
    elif "--" in latex or "``" in latex or "''" in latex:
        latex = _LIGATURE.sub(lambda found: _MARKS[found[0]], latex)
    latex = unescaped(latex)
    return tidy(latex if latex.isascii() else unicodedata.normalize("NFC", latex))


def with_accents(latex: str) -> str:
    """Return LaTeX in which the common accents are letters of Unicode."""
    if "{}" in latex or "\\\\" in latex:
        latex = _MISTYPED.sub(_mended, latex)
    return _ACCENT.sub(_accented, latex)


class _LatexGroup:
    """Braces, a formula or the argument of a command, not closed yet."""

    __slots__ = ("arguments", "command", "declared", "keeps", "single", "start")

    def __init__(
        self,
        start: int,
        command: LatexCommand | None = None,
        *,
        single: bool = False,
        keeps: bool = False,
    ) -> None:
        self.start = start  # index of its first piece
        self.command = command
        self.single = single  # the argument is the next character, unless a brace follows
        self.keeps = keeps  # its capitals
        self.arguments: list[str] = []
        self.declared: list[tuple[int, str]] = []  # start and tag of font changes


class _Decoder:
    """Decodes one text."""

    def __init__(self, latex: str, *, title: bool, unknown: set[str] | None) -> None:
        self._latex = latex
        self._title = title
        self._unknown = unknown
        self._pieces: list[str] = []
        self._groups = [_LatexGroup(0)]
        self._nested = 0  # commands whose argument is not closed
        self._kept = 0  # groups that keep their capitals
        self._formulas = formulas(latex)
        self._in_formula = False

    def text(self) -> str:
        """Return the decoded text."""
        at = 0
        latex = self._latex
        for token in _TOKEN.finditer(latex):
            start = token.start()
            if start < at:
                continue  # in an optional argument
            if at < start:
                self._plain(latex[at:start])
            at = token.end()
            if mark := token["mark"]:
                self._mark(mark, start)
            elif word := token["word"]:
                if self._in_formula:
                    at = start + 1 + len(word)  # its spaces are kept
                at = self._word(word, at)
            elif token["sign"]:
                self._sign(token["sign"])
        if at < len(latex):
            self._plain(latex[at:])
        while len(self._groups) > 1:
            self._close()
        self._end_fonts(self._groups[0])
        return "".join(self._pieces)

    def _plain(self, text: str) -> None:
        """Add text; its first characters are the arguments of commands that wait for one."""
        while self._groups[-1].single:
            if not (text := text.lstrip()):
                return
            end = 1
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1
            self._pieces.append(text[:end])
            self._close()
            text = text[end:]
        if text:
            self._pieces.append(text)

    def _unit(self, text: str) -> None:
        """Add what counts as one argument."""
        self._pieces.append(text)
        if self._groups[-1].single:
            self._close()

    def _mark(self, mark: str, at: int) -> None:
        if mark == "{":
            self._open(at)
        elif mark == "}":
            while self._groups[-1].single:  # an argument is missing
                self._close()
            if len(self._groups) > 1:
                self._close()
        elif mark == "$":
            if at in self._formulas:
                self._in_formula = not self._in_formula
            else:
                self._unit("$")
        elif mark in "^_":
            following = self._latex[at + 1 : at + 2]
            if self._in_formula or following == "\\" or (following == "{" and self._pieces):
                self._await(_RAISING[mark])
            else:
                self._unit(mark)
        elif self._in_formula and mark != "~":
            self._unit(mark)
        else:
            self._unit(_MARKS[mark])

    def _open(self, at: int) -> None:
        group = self._groups[-1]
        if group.single:  # the braces enclose the argument
            group.single = False
            return
        keeps = (
            self._title
            and not self._kept
            and not self._nested
            and not self._in_formula
            and self._latex[at + 1 : at + 2] != "\\"
        )
        self._kept += keeps
        self._groups.append(_LatexGroup(len(self._pieces), keeps=keeps))

    def _close(self) -> None:
        """Close the innermost group; run its command if it has all arguments."""
        group = self._groups.pop()
        self._end_fonts(group)
        if group.keeps:
            self._kept -= 1
            text = self._taken(group.start)
            keep = text != text.lower() and not text.isspace()
            self._pieces.append(f'<span class="nocase">{text}</span>' if keep else text)
        if group.command is None:
            if self._groups and self._groups[-1].single:
                self._close()
            return
        group.arguments.append(self._taken(group.start))
        if len(group.arguments) < group.command.arguments:
            group.single = True
            self._groups.append(group)
            return
        self._nested -= 1
        self._unit(group.command.run(group.arguments))

    def _taken(self, start: int) -> str:
        text = "".join(self._pieces[start:])
        del self._pieces[start:]
        return text

    def _end_fonts(self, group: _LatexGroup) -> None:
        for start, tag in reversed(group.declared):
            text = self._taken(start)
            inner = text.strip()
            self._pieces.append(text.replace(inner, f"<{tag}>{inner}</{tag}>") if inner else text)

    def _await(self, command: LatexCommand) -> None:
        """Let the command take what follows as its argument."""
        if self._nested < _DEEP:
            self._nested += 1
            self._groups.append(_LatexGroup(len(self._pieces), command, single=True))

    def _word(self, word: str, at: int) -> int:
        """Run a command with a name; return where to go on."""
        if word in MOVES and (length := _LENGTH.match(self._latex, at)):
            if word.endswith("skip"):
                self._pieces.append(" ")
            return length.end()
        if word == "penalty" and (number := _NUMBER.match(self._latex, at)):
            return number.end()
        if (tag := DECLARATIONS.get(word)) is not None:
            if tag:
                self._groups[-1].declared = [(len(self._pieces), tag)]
            return at
        if command := _RAISING.get(word) or COMMANDS.get(word):
            if optional := _OPTIONAL.match(self._latex, at):
                at = optional.end()
            # Without braces, the argument of \emph would be the next letter, which nobody means.
            if len(word) == 1 or self._in_formula or self._latex.startswith("{", at):
                self._await(command)
            return at
        text = symbol(word)
        if text is None:
            if self._unknown is not None:
                self._unknown.add(word)
            return at
        self._unit(text)
        return at

    def _sign(self, sign: str) -> None:
        if command := COMMANDS.get(sign):
            self._await(command)
        elif sign in "()[]":  # they enclose formulas
            self._in_formula = sign in "(["
        else:
            self._unit(_SIGNS.get(sign, sign))


def _script(tag: str, signs: dict[str, str], text: str) -> str:
    """Return a superscript or subscript, as characters of Unicode if it has them."""
    text = text.strip()
    if tag == "sup" and text in ("°", "∘", "′", "″", "*", "†", "‡"):
        return "°" if text == "∘" else text
    if set(text) <= signs.keys():
        return "".join(signs[sign] for sign in text)
    return f"<{tag}>{text}</{tag}>"


def _signed(match: re.Match[str]) -> str:
    name = match[1] or match[2]
    if not name:
        return match[3]
    text = SIGNS.get(name, "")
    return match[0] if not text or text in "\\{}$~^_-`'" else text


def _literal(match: re.Match[str]) -> str:
    """Return the LaTeX of a URL, in which tildes and hyphens are what they are."""
    url = verbatim(match[1]).replace("$", r"\$").replace("--", "-{}-")
    return url.replace("~", r"{\textasciitilde}")


def _mended(match: re.Match[str]) -> str:
    return rf"\{match[1]}{{\{match[2]}}}" if match[1] else "\\"


def _accented(match: re.Match[str]) -> str:
    return _COMPOSED.get((match[2], match[3] or match[4]), match[0])
