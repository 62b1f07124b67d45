"""Parse listing pages: the abstracts they list and the URL of the next page.

This covers a meeting, a keyword, a search and the list of all abstracts. Each abstract begins with
``Abstract Number: <n> • <meeting>``; on a page without such lines, it begins with a link to an
abstract. In plain text, abstracts have no URL.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, takewhile

from abstool import page as pages
from abstool.address import identity, is_url
from abstool.errors import NotAnAbstract, UnreadableInput
from abstool.page import Block, Page, PageSource, Run, one_line, scripted
from abstool.parser.labels import Kind, Label, label_of
from abstool.parser.links import (
    abstract_url,
    elsewhere,
    links_elsewhere,
    next_elsewhere,
    next_url,
)
from abstool.record import Part


class ListedAbstract(Part, kw_only=True):
    """One abstract as a listing prints it; fields that the listing does not have are ``""``."""

    url: str = ""
    number: str = ""
    meeting: str = ""
    title: str = ""
    authors: str = ""


@dataclass(frozen=True)
class Listing:
    """The abstracts on a listing page; ``next_url`` is ``""`` on the last page.

    ``elsewhere`` has the links to abstracts on other hosts, and ``unlinked`` the items that have no
    link of their own to an abstract, by number and title. ``next_elsewhere`` is the next page if it
    is on another host or no web page.
    """

    items: list[ListedAbstract]
    next_url: str = ""
    elsewhere: tuple[str, ...] = ()
    next_elsewhere: str = ""
    unlinked: frozenset[tuple[str, str]] = frozenset()


def parse_listing(
    data: PageSource, url: str | None = None, *, charset: str = "", subject: str = ""
) -> Listing:
    """Return the abstracts on a listing page, HTML or plain text, each once, in printed order.

    ``data`` is the content of the page, or the ``Path`` of a file.
    ``url`` is where the page came from: relative links are resolved against it, and links to other
    hosts are ignored. Without it, links stay as written. ``charset`` is the one the server
    declared; ``subject`` names the page in errors. Raises NotAnAbstract if the page lists no
    abstracts, UnreadableInput if ``data`` is not a page or is cut off, UsageError for an argument
    of another type.
    """
    subject = pages.subject_of(data, url, subject)
    page = pages.read(data, charset=charset, subject=subject)
    if page.cut_off:
        raise UnreadableInput(subject, "the page is cut off", "save or fetch it again")
    found = [] if _is_one_abstract(page) else _items(page, url or "")
    items = [item for item, _ in found]
    if not items:
        title = f" (page title: {page.title})" if page.title else ""
        next_step = "check the URL" if is_url(subject) else "check that it lists abstracts"
        raise NotAnAbstract(subject, f"no abstracts found{title}", next_step)
    following = pages.next_url(page)
    return Listing(
        items,
        next_url(following, url or ""),
        elsewhere=tuple(links_elsewhere(page, url)) if url else (),
        next_elsewhere=next_elsewhere(following, url) if url else "",
        unlinked=frozenset(_unlinked(found, url)),
    )


_BULLET = re.compile(r"\s*[•·∙|]\s*")  # between the number and the meeting


def _is_one_abstract(page: Page) -> bool:
    """Return whether the page is that of one abstract, which may list related ones."""
    labels = [label for block in page.blocks if (label := label_of(block))]
    kinds = {label.kind for label in labels}
    own = [
        label for label in labels if label.kind is Kind.NUMBER and not _BULLET.search(label.text)
    ]
    return bool(kinds & {Kind.SESSION, Kind.CITATION}) or (
        len(own) == 1 and bool(kinds & {Kind.MEETING, Kind.KEYWORDS, Kind.DISCLOSURES})
    )


# --- items --------------------------------------------------------------------------------------

# Texts of links that are not titles.
_GENERIC = re.compile(
    r"\W*(?:continue reading.*|(?:(?:read|view|see|show|learn) )?(?:more|"
    r"(?:the )?(?:full )?(?:abstract|text|article|details))|"
    r"print|permalink|link|(?:add to )?favou?rites?|leave a comment)\W*",
    re.IGNORECASE,
)
_END = 200  # characters, among which a text that was cut off says so
_CUT = re.compile(r"(?:…|\.\.\.)\W*(?:(?:read|continue|more)\b.{0,30})?$", re.IGNORECASE)


@dataclass(frozen=True)
class _Piece:
    """A stretch of a block that links to one abstract as a whole, or to none."""

    runs: tuple[Run, ...]
    block: Block
    starts_paragraph: bool
    url: str = ""

    @cached_property
    def text(self) -> str:
        return one_line("".join(scripted(run.text, run.script) for run in self.runs))

    @cached_property
    def glued(self) -> str:
        """The text with superscripts as plain digits, as in text copied from the site."""
        return one_line("".join(run.text for run in self.runs))

    @cached_property
    def label(self) -> Label | None:
        return label_of(Block(self.runs))

    @cached_property
    def is_title(self) -> bool:
        return bool(self.url) and not _GENERIC.fullmatch(self.text)

    @cached_property
    def is_body(self) -> bool:
        """True if this is the beginning of an abstract's text: labelled, or cut off by dots."""
        label = self.label
        return bool(label and label.kind is Kind.SECTION) or bool(_CUT.search(self.text[-_END:]))


_Found = tuple[ListedAbstract, Sequence["_Piece"]]  # an item, and what it was read from


def _items(page: Page, url: str) -> list[_Found]:
    pieces = [piece for block in page.blocks if block.runs for piece in _split(block, url)]
    starts = [index for index, piece in enumerate(pieces) if _is_number(piece)]
    read = _numbered if starts else _linked
    if not starts:
        starts = _title_indexes(pieces)
    stretches = [pieces[start:end] for start, end in pairwise([*starts, len(pieces)])]
    unique: dict[tuple[str, ...], _Found] = {}
    for stretch in stretches:
        item = read(stretch)
        key = (
            (identity(item.url), item.number)
            if item.url
            else (item.number, item.meeting, item.title)
        )
        if item.title or item.url:
            unique.setdefault(key, (item, stretch))
    return list(unique.values())


def _split(block: Block, url: str) -> Iterator[_Piece]:
    """Split a block at the beginning and end of each link to an abstract."""
    part: list[Run] = []
    part_url, starts_paragraph = "", block.starts_paragraph
    for run in (*block.runs, None):
        target = abstract_url(run.href, url) if run else None
        if part and target != part_url:
            piece = _Piece(tuple(part), block, starts_paragraph, part_url)
            if piece.text:
                yield piece
                starts_paragraph = False
            part = []
        if run:
            part.append(run)
            part_url = target or ""


def _is_number(piece: _Piece) -> bool:
    label = piece.label
    return bool(label and label.kind is Kind.NUMBER and label.text)


def _numbered(pieces: Sequence[_Piece]) -> ListedAbstract:
    """Read an abstract that begins with its number line; title and author line follow."""
    label = pieces[0].label
    number, *meetings = _BULLET.split(label.text if label else "", maxsplit=1)
    labels = (piece.label for piece in pieces[1:])
    kinds = (Kind.MEETING, Kind.PUBLISHED)
    found = list(takewhile(lambda label: label is not None and label.kind in kinds, labels))
    meetings += [label.text for label in found if label and label.kind is Kind.MEETING]
    rest = pieces[1 + len(found) :]
    body = next((index for index, piece in enumerate(rest) if index and piece.is_body), len(rest))
    start = next((index for index, piece in enumerate(rest[:body]) if piece.is_title), None)
    if start is None:
        title, after = _unlinked_title(rest[:body])
        url = next((piece.url for piece in pieces if piece.url), "")
    else:
        title, after = _linked_title(rest, start)
        url = rest[start].url
    return ListedAbstract(
        url=url,
        number=number,
        meeting=meetings[0] if meetings else "",
        title=title,
        authors=_authors(rest[after:body]),
    )


def _linked_title(pieces: Sequence[_Piece], start: int) -> tuple[str, int]:
    """Return the title that begins at ``start``, over all its lines, and the index after it."""
    end = start + 1
    while (
        end < len(pieces)
        and pieces[end].url == pieces[start].url
        and not pieces[end].starts_paragraph
    ):
        end += 1
    return one_line(" ".join(piece.text for piece in pieces[start:end])), end


def _unlinked_title(pieces: Sequence[_Piece]) -> tuple[str, int]:
    """Return a title that is not a link, and the index after it.

    The title is the first paragraph, or the first line if there is only one paragraph.
    """
    gaps = [index for index, piece in enumerate(pieces) if index and piece.starts_paragraph]
    end = gaps[0] if gaps else min(1, len(pieces))
    return one_line(" ".join(piece.text for piece in pieces[:end])), end


def _authors(pieces: Sequence[_Piece]) -> str:
    """Return the author line, the first paragraph after the title."""
    lines: list[str] = []
    for piece in pieces:
        if lines and (piece.url or piece.starts_paragraph):
            break
        if not piece.url:
            lines.append(piece.glued)
    return one_line(" ".join(lines))


def _title_indexes(pieces: Sequence[_Piece]) -> list[int]:
    """Return the index of the first link to each abstract, for a list without number lines."""
    seen: set[str] = set()
    indexes = []
    for index, piece in enumerate(pieces):
        if piece.is_title and identity(piece.url) not in seen:
            seen.add(identity(piece.url))
            indexes.append(index)
    return indexes


def _linked(pieces: Sequence[_Piece]) -> ListedAbstract:
    """Read an abstract that begins with its title; authors count only if the body follows them."""
    title, after = _linked_title(pieces, 0)
    body = next((index for index, piece in enumerate(pieces) if index and piece.is_body), None)
    authors = _authors(pieces[after:body]) if body else ""
    return ListedAbstract(url=pieces[0].url, title=title, authors=authors)


def _unlinked(found: Sequence[_Found], url: str | None) -> Iterator[tuple[str, str]]:
    """Yield the items without a link of their own: by number and title.

    On another host, only the title's link is an item's own, and only the first item's that has it:
    "Read more" may be that of an advertisement.
    """
    taken: set[str] = set()
    for item, pieces in found:
        if not item.url:
            far = _title_elsewhere(item, pieces, url) if url else ""
            if not far or far in taken:
                yield item.number, item.title
            taken.add(far)


def _title_elsewhere(item: ListedAbstract, pieces: Sequence[_Piece], url: str) -> str:
    """Return the identity of the abstract on another host that an item's title links to, or ""."""
    for run in (run for piece in pieces for run in piece.runs if run.href):
        text, target = one_line(run.text), elsewhere(run.href, url)
        is_title = text and text in item.title and not _GENERIC.fullmatch(text)
        if is_title and (address := abstract_url(target, target)):
            return identity(address)
    return ""
