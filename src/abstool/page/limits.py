"""The limits of a page, far above those of real pages, which an attack or an accident exceeds.

A page of an abstract has a few thousand tags, 20,000 characters of text, and elements nested 60
deep with at most 30 attributes; a listing of a whole meeting has ten times as many. Parsing takes
more than linear time for a tag's attributes, and hundreds of times the memory of the text, so what
can be is checked before parsing, in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from abstool.errors import UnreadableInput

TAGS = 200_000  # also comments and stray less-than signs; in plain text, lines
ATTRIBUTES = 500  # of one tag
DEPTH = 1_000  # elements nested in each other
TEXT = 2_000_000  # characters that a reader sees

# A start tag to its end; what is in quotes after an equals sign is a value, even with a ">".
_START_TAG = re.compile(rb"""<[a-zA-Z](?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+""")
# The names and the values in a start tag.
_PART = re.compile(rb"""=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"']*+)|[^\s/=>]++""")
_QUOTED_END = re.compile(rb"""=\s*+(?:"[^">]*+>|'[^'>]*+>)""")  # a ">" that ends no tag
_LONG_TAG = 2 * ATTRIBUTES  # bytes: an attribute takes two at least, so only these are looked into
_LINE = re.compile(r"[\n\x0b\x0c\x85\u2028\u2029]")


def check_markup(markup: bytes, subject: str) -> None:
    """Raise UnreadableInput if HTML would take too much time or memory to parse."""
    if markup.count(b"<") > TAGS:
        raise _too_large(subject, f"more than {TAGS:,} tags")
    if not _may_have_long_tags(markup):
        return
    for tag in _START_TAG.finditer(markup):
        if tag.end() - tag.start() > _LONG_TAG and _has_too_many(tag[0]):
            raise _too_large(subject, f"a tag with more than {ATTRIBUTES:,} attributes")


def _may_have_long_tags(markup: bytes) -> bool:
    """Return whether HTML may have a long tag; most pages have none, which is quick to see.

    A tag ends at the first ">" after it, except for one in a quoted value.
    """
    return any(
        len(piece) > _LONG_TAG and 0 <= piece.find(b"<") < len(piece) - _LONG_TAG
        for piece in markup.split(b">")
    ) or bool(_QUOTED_END.search(markup))


def _has_too_many(tag: bytes) -> bool:
    most = 1 + 2 * ATTRIBUTES  # the name of the tag, and a name and a value of each attribute
    return any(True for _ in islice(_PART.finditer(tag), most, None))


def check_depth(depth: int, subject: str) -> None:
    """Raise UnreadableInput if elements are nested too deep."""
    if depth > DEPTH:
        raise _too_large(subject, f"tags nested more than {DEPTH:,} deep")


def check_size(characters: int, subject: str) -> None:
    """Raise UnreadableInput if a page has too much text."""
    if characters > TEXT:
        raise _too_large(subject, f"more than {TEXT / 1e6:g} million characters of text")


def lines(text: str, subject: str) -> Iterator[str]:
    """Return the lines of a plain text. Raises UnreadableInput if it has too many, or too long."""
    check_size(len(text), subject)
    found = _LINE.split(text, maxsplit=TAGS)
    if len(found) > TAGS:
        raise _too_large(subject, f"more than {TAGS:,} lines")
    return iter(found)


def _too_large(subject: str, problem: str) -> UnreadableInput:
    return UnreadableInput(subject, f"the page has {problem}", "check whether this is a page")
