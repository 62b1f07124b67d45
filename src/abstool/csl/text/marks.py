"""Marked text: a plain string whose formatting is written as pairs of noncharacters.

The elements of a style build an entry by joining strings. Formatting, quotations and words whose
case is fixed stand between an opening and a closing mark. Input cannot contain these characters,
because ``text.tidy`` removes them. All output forms are made from this one string.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

# The closing mark of each kind is the character after the opening one. UPRIGHT takes away italics,
# LIGHT bold, and NORMAL both, small capitals and underlining. In this order the classes of patterns
# are single ranges, which are quick to compile.
_KINDS = 16
NOCASE, ITALIC, BOLD, SMALL_CAPS, UNDERLINE, UPRIGHT, LIGHT, NORMAL, SUPERSCRIPT, SUBSCRIPT = (
    chr(0xFDD0 + 2 * number) for number in range(10)
)
# The blocks of an entry, by the names of CSL's attribute ``display``.
BLOCKS = {
    name: chr(0xFDD0 + 2 * number)
    for number, name in enumerate(("block", "left-margin", "right-inline", "indent"), 10)
}
# QUOTE is a quotation of the style or one typed with straight marks; PRINTED is one typed with
# typographic marks.
QUOTE, PRINTED = "\ufdec", "\ufdee"
# LINK encloses the printed form of an identifier; ``address`` returns what it links to.
LINK, _END_OF_LINK = "\ufffe", "\uffff"
# Italics and bold of the data, which are upright and light inside those of the style.
DATA_ITALIC, DATA_BOLD = "\U0006fffe", "\U0007fffe"
DATA = {DATA_ITALIC: ITALIC, DATA_BOLD: BOLD}
_DATA_ENDS = [chr(ord(mark) + 1) for mark in DATA]
# Tags say which part of a text is what. They do not print, and are removed before any output.
_TAGS = 5
NAMES, YEAR, SUFFIX, NUMBER, LOCATOR = (chr(0x1FFFE + 0x10000 * n) for n in range(_TAGS))
_TAG_ENDS = [chr(0x1FFFF + 0x10000 * number) for number in range(_TAGS)]
_TAG = f"[{NAMES}{YEAR}{SUFFIX}{NUMBER}{LOCATOR}{''.join(_TAG_ENDS)}]"

_ENDS = [chr(0xFDD1 + 2 * number) for number in range(_KINDS)]
CLOSING = frozenset([*_ENDS, _END_OF_LINK, *_DATA_ENDS, *_TAG_ENDS])
MARKS = CLOSING | {chr(ord(end) - 1) for end in CLOSING}
END_OF_QUOTE = chr(ord(QUOTE) + 1)
END_OF_PRINTED = chr(ord(PRINTED) + 1)
_BLOCKS = frozenset(BLOCKS.values())
_ENDS_OF_BLOCKS = frozenset(chr(ord(mark) + 1) for mark in _BLOCKS)
_FORMATS = re.compile(
    f"[{NOCASE}-{chr(ord(max(_BLOCKS)) + 1)}{LINK}{_END_OF_LINK}"
    f"{''.join(DATA)}{''.join(_DATA_ENDS)}]"
)
_ADDRESS = r"(?i)https?://[^\s\x00-\x20]+"  # no other scheme is safe
# The addresses of identifiers that are printed bare.
_REGISTRIES = (
    (r"10\.\d[^\s/]*/\S+", "https://doi.org/"),
    (r"PMC\d+", "https://www.ncbi.nlm.nih.gov/pmc/articles/"),
    (r"\d+", "https://www.ncbi.nlm.nih.gov/pubmed/"),
)
# These patterns are compiled on first use, since not all styles and items need them.
_LINKS = f"({LINK}[^{_END_OF_LINK}]*{_END_OF_LINK})"
_STRAIGHT = f"[{QUOTE}{END_OF_QUOTE}]"
_QUOTES = f"(?s)[{QUOTE}{END_OF_QUOTE}]|{PRINTED}(.)|(.){END_OF_PRINTED}"

# The formatting that a mark undoes.
UNDONE = {
    UPRIGHT: frozenset({ITALIC}),
    LIGHT: frozenset({BOLD}),
    NORMAL: frozenset({ITALIC, BOLD, SMALL_CAPS, UNDERLINE}),
}
# Punctuation, and the punctuation that is dropped after it: "Who?" + "." is "Who?".
_ABSORBED = {"?": ".:", "!": ".:", ":": ".", ";": ".:", ".": "", ",": "", " ": ""}
_RAISED = {":": "!?", ";": "!?"}
_WATCHED = CLOSING | _ABSORBED.keys()  # the characters that affect how the next text is joined


def enclosed(text: str, mark: str) -> str:
    """Return text between an opening mark and its closing mark, or "" for empty text."""
    return f"{mark}{text}{chr(ord(mark) + 1)}" if text else text


def unquoted(text: str) -> str:
    """Return text without the quotation that all of it is in, if there is one."""
    start, end = 0, len(text)
    while start < end and text[start] in MARKS and text[start] != QUOTE:
        start += 1
    while end > start and text[end - 1] in CLOSING and text[end - 1] != END_OF_QUOTE:
        end -= 1
    if text[start : start + 1] != QUOTE or text[end - 1 : end] != END_OF_QUOTE:
        return text
    depth = 0
    for match in re.finditer(_STRAIGHT, text[start : end - 1]):
        depth += 1 if match[0] == QUOTE else -1
        if not depth:  # the first quotation ends before the last does
            return text
    return text[:start] + text[start + 1 : end - 1] + text[end:]


def tagged(text: str, tag: str) -> str:
    """Return text between an opening tag and its closing tag, or "" for empty text."""
    return f"{tag}{text}{chr(ord(tag) + 1)}" if text else text


def untagged(text: str) -> str:
    """Return text without tags."""
    return re.sub(_TAG, "", text)


def part(text: str, tag: str) -> str:
    """Return the first part of a text with a tag, or "" if it has none."""
    start = text.find(tag) + 1
    return untagged(text[start : text.find(chr(ord(tag) + 1), start)]) if start else ""


def parts(text: str, tag: str) -> list[str]:
    """Return all parts of a text with a tag."""
    return [untagged(found.partition(chr(ord(tag) + 1))[0]) for found in text.split(tag)[1:]]


def outside_links(text: str, change: Callable[[str], str]) -> str:
    """Return text with a change made everywhere but in links."""
    if LINK not in text:
        return change(text)
    pieces = re.split(_LINKS, text)
    return "".join(piece if number % 2 else change(piece) for number, piece in enumerate(pieces))


def concat(left: str, right: str, *, inside: bool) -> str:
    """Join two texts without doubling the space or the punctuation between them.

    If ``inside``, a full stop or comma after a quotation moves into the quotation.
    """
    if not left or not right:
        return left + right
    last, first = left[-1], right[0]
    if last not in _WATCHED and first not in MARKS:
        return left + right
    if last == " " and first == "." and _ends_word(left):
        return left.rstrip(" ") + right
    if last in CLOSING or first in MARKS:
        return _concat_marked(left, right, inside=inside)
    if last in _ABSORBED and (last == first or first in _ABSORBED[last]):
        return left + right[1:]
    if last in _RAISED and first in _RAISED[last]:
        return left[:-1] + right
    return left + right


def _ends_word(text: str) -> bool:
    """Return whether a text ends with a word and spaces; no space stands before a full stop."""
    return text.rstrip(" ")[-1:].isalnum()


def _concat_marked(left: str, right: str, *, inside: bool) -> str:
    """Join two texts that have marks between the two characters that meet."""
    end = len(left)
    while end and left[end - 1] in CLOSING:
        end -= 1 + (left[end - 1] == END_OF_PRINTED)
    start = 0
    while start < len(right) and right[start] in MARKS:
        start += 1
    if not end or start == len(right) or left[end - 1] in MARKS:
        return left + right
    last, first = left[end - 1], right[start]
    if last == " " and first == "." and _ends_word(left[:end]):
        return left[:end].rstrip(" ") + left[end:] + right
    ends_quotation = END_OF_QUOTE in left[end:] or END_OF_PRINTED in left[end:]
    if ends_quotation and not start and first in ".,":
        if last in "?!." if first == "." else last == ",":
            return left + right[1:]
        if inside:
            return left[:end] + first + left[end:] + right[1:]
        return left + right
    if last in _ABSORBED and (last == first or first in _ABSORBED[last]):
        return left + right[:start] + right[start + 1 :]
    if not start and first in ".,;:" and not _ENDS_OF_BLOCKS.isdisjoint(left[end:]):
        return left[:end] + first + left[end:] + right[1:]  # not at the start of a line
    return left + right


def chain(texts: Iterable[str], delimiter: str, *, inside: bool) -> str:
    """Join texts with a delimiter between them; see ``concat``."""
    result = ""
    for text in texts:
        if not result:
            result = text
            continue
        # Nothing happens between two texts if a letter or digit meets the other.
        if delimiter:
            plain = result[-1].isalnum()
            result = result + delimiter if plain else concat(result, delimiter, inside=inside)
        plain = text[:1].isalnum()
        result = result + text if plain else concat(result, text, inside=inside)
    return result


class Quotes(NamedTuple):
    """A language's quotation marks."""

    opening: str
    closing: str
    inner_opening: str
    inner_closing: str


def quoted(text: str, quotes: Quotes) -> str:
    """Replace quotation marks with the language's, alternating double and single when nested.

    Typographic quotation marks stay as typed unless they are inside a quotation of the style.
    """
    depth, typed = 0, False  # typed: whether the outermost marks are typographic

    def mark(match: re.Match[str]) -> str:
        nonlocal depth, typed
        opens = QUOTE in match[0] or PRINTED in match[0]
        depth += opens
        if opens and depth == 1:
            typed = PRINTED in match[0]
        inner = 2 * ((depth + 1) % 2)
        printed = match[1] or match[2]
        as_typed = printed and typed
        depth -= not opens
        return printed if as_typed else quotes[inner + (not opens)]

    return re.sub(_QUOTES, mark, text) if QUOTE in text or PRINTED in text else text


def bare(text: str) -> str:
    """Return text without formatting marks; a space separates the blocks of an entry."""
    if text.isascii():
        return text  # it has no marks
    for mark in _BLOCKS:
        if mark in text:
            text = text.replace(mark, " ")
    return _FORMATS.sub("", text)


def address(identifier: str) -> str:
    """Return the address of an identifier as a style prints it, or "" if it has none."""
    text = bare(identifier).strip()
    if re.fullmatch(_ADDRESS, text):
        return text
    return next((base + text for kind, base in _REGISTRIES if re.fullmatch(kind, text)), "")


class TextRun(NamedTuple):
    """A piece of text with uniform formatting.

    Attributes:
        text: the text.
        formats: the marks of its formatting, and that of its block.
        link: the address that it links to, or "".
    """

    text: str
    formats: frozenset[str] = frozenset()
    link: str = ""

    @property
    def block(self) -> str:
        """The name of its block (block, left-margin, right-inline or indent), or ""."""
        return next((name for name, mark in BLOCKS.items() if mark in self.formats), "")


def runs(text: str) -> Iterator[TextRun]:
    """Yield the pieces of marked text; italics inside italics become upright, as in print."""
    formats: list[str] = []
    position, link = 0, ""
    for match in _FORMATS.finditer(text):
        if match.start() > position:
            yield TextRun(text[position : match.start()], effective(formats), link)
        if match[0] == LINK:
            link = address(text[match.end() : text.find(_END_OF_LINK, match.end())])
        elif match[0] == _END_OF_LINK:
            link = ""
        elif match[0] not in CLOSING:
            if match[0] in _BLOCKS and position:
                yield TextRun(" ")
            formats.append(match[0])
        elif formats:
            formats.pop()
        position = match.end()
    if position < len(text):
        yield TextRun(text[position:], effective(formats), link)


def effective(formats: list[str]) -> frozenset[str]:
    """Return the formatting of text that is inside these marks, from the outermost to the inner."""
    found: set[str] = set()
    for mark in formats:
        if mark in UNDONE:
            found -= UNDONE[mark]
        elif mark in DATA:
            found ^= {DATA[mark]}
        elif mark != NOCASE:
            found.add(mark)
    return frozenset(found)
