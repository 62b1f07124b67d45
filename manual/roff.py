r"""Write text as roff, the markup of man pages.

Every hyphen is written as ``\-``, which man prints as the ASCII character: options, file names and
dates can then be copied from a page. groff and mandoc read the same pages.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator

_WIDTH = 78  # of a line of the page's source; mandoc complains of more than 80 bytes
_ESCAPES = str.maketrans(
    {
        "\\": "\\e",
        "-": "\\-",
        "'": "\\(aq",  # printed as a right quote otherwise
        '"': "\\(dq",  # ends an argument of a macro otherwise
        "`": "\\(ga",
        "^": "\\(ha",
        "~": "\\(ti",
    }
)
_OPTION = r"(?<![\w/.-])--?[A-Za-z][\w-]*"
_OPTIONS = re.compile(rf"(?P<bold>{_OPTION})")
_TYPED = re.compile(rf"(?P<bold>{_OPTION}|\b[a-z][\w-]*)|(?P<italic>[A-Z]+)")


def escaped(text: str) -> str:
    """Return text that roff prints as it is, on one line, anywhere but at the start of a line."""
    return _escaped(_on_one_line(text))


def typed(text: str) -> str:
    """Return what is typed: options and words in bold, names of values in italics."""
    return _marked(text, _TYPED)


def prose(text: str) -> str:
    """Return a text with its options in bold."""
    return _marked(text, _OPTIONS)


def bold(text: str) -> str:
    """Return a text in bold."""
    return rf"\fB{escaped(text)}\fR"


def lines(marked: str) -> Iterator[str]:
    """Yield roff as short lines, none of which is taken for a request."""
    for line in textwrap.wrap(marked, _WIDTH, break_long_words=False, break_on_hyphens=False):
        yield guarded(line)


def guarded(line: str) -> str:
    """Return a line that does not start a request, whatever its first character is."""
    return rf"\&{line}" if line.startswith((".", "'")) else line


def section(heading: str, *parts: Iterable[str]) -> Iterator[str]:
    """Yield a section, or nothing if all its parts are empty."""
    content = [line for part in parts for line in part]
    if content:
        yield f".SH {heading}"
        yield from content[1:] if content[0] == ".PP" else content


def paragraph(marked: str) -> Iterator[str]:
    """Yield a paragraph."""
    yield ".PP"
    yield from lines(marked)


def tagged(tag: str, marked: str) -> Iterator[str]:
    """Yield a paragraph with a tag, such as an option, above or in front of it."""
    yield ".TP"
    yield guarded(tag)
    yield from lines(marked)


def verbatim(texts: Iterable[str]) -> Iterator[str]:
    """Yield lines as they are typed, or nothing if there are none."""
    if escapes := [guarded(escaped(text)) for text in texts]:
        yield from (".PP", ".nf", ".RS", *escapes, ".RE", ".fi")


def _marked(text: str, pattern: re.Pattern[str]) -> str:
    """Return escaped text in which what a pattern finds is bold or in italics."""
    text = _on_one_line(text)
    pieces, end = [], 0
    for match in pattern.finditer(text):
        font = "B" if match.lastgroup == "bold" else "I"
        pieces += [_escaped(text[end : match.start()]), rf"\f{font}{_escaped(match[0])}\fR"]
        end = match.end()
    return "".join([*pieces, _escaped(text[end:])])


def _on_one_line(text: str) -> str:
    """Return composed letters with single spaces; a control character counts as a space."""
    printable = (" " if unicodedata.category(char) == "Cc" else char for char in text)
    return " ".join(unicodedata.normalize("NFC", "".join(printable)).split())


def _escaped(text: str) -> str:
    ascii_only = (char if char.isascii() else f"\\[u{ord(char):04X}]" for char in text)
    return "".join(char.translate(_ESCAPES) if len(char) == 1 else char for char in ascii_only)
