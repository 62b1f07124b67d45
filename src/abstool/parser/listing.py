"""Listing pages: a page that lists abstracts goes in, its items and the next page's address out.

Works for a meeting, a keyword, a search and the list of all abstracts, and reads what a reader
sees: each item begins with ``Abstract Number: <n> • <meeting>``; a page without such lines is a
list where it links to abstracts. In plain text no item has an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from urllib.parse import SplitResult, urljoin, urlsplit

from abstool import page as pages
from abstool.address import host_of, identity
from abstool.errors import NotAnAbstract, UnreadableInput
from abstool.page import Block, Page, Run, one_line, scripted
from abstool.parser.labels import Kind, Label, label_of
from abstool.record import Part


class Item(Part, kw_only=True):
    """One abstract of a list, as printed there; what the list does not say is ``""``."""

    url: str = ""
    number: str = ""
    meeting: str = ""
    title: str = ""
    authors: str = ""


@dataclass(frozen=True)
class Listing:
    """What a listing page shows; ``next_url`` is ``""`` on the last page."""

    items: list[Item]
    next_url: str = ""


def parse_listing(
    data: bytes | str, url: str | None = None, *, charset: str = "", subject: str = ""
) -> Listing:
    """Return the abstracts that a page, HTML or plain text, lists, each once, in printed order.

    ``url`` is the address the page came from: relative links are resolved against it, and only
    its own host's abstracts and pages count. Without it links stay as written. ``charset`` is what
    the server said; ``subject`` names the page in errors. Raises NotAnAbstract where the page
    lists no abstracts, UnreadableInput where the data are no page or are cut off.
    """
    subject = subject or url or "page"
    page = pages.read(data, charset=charset, subject=subject)
    if page.cut_off:
        raise UnreadableInput(subject, "the page is cut off before its end", "save it again")
    items = [] if _shows_one(page) else _items(page, url or "")
    if not items:
        shown = f" ({page.title})" if page.title else ""
        raise NotAnAbstract(subject, f"the page lists no abstracts{shown}", "check the address")
    return Listing(items, _next_url(page, url or ""))


_BULLET = re.compile(r"\s*[•·∙|]\s*")  # between an item's number and its meeting


def _shows_one(page: Page) -> bool:
    """Say whether the page is that of one abstract, which may list related ones."""
    labels = [label for block in page.blocks if (label := label_of(block))]
    kinds = {label.kind for label in labels}
    own = [
        label for label in labels if label.kind is Kind.NUMBER and not _BULLET.search(label.text)
    ]
    return bool(kinds & {Kind.SESSION, Kind.CITATION}) or (
        len(own) == 1 and bool(kinds & {Kind.MEETING, Kind.KEYWORDS, Kind.DISCLOSURES})
    )


# --- addresses ----------------------------------------------------------------------------------


def _resolve(href: str, url: str) -> SplitResult | None:
    """Return a link's address, resolved against the page's; None where it leads elsewhere."""
    try:
        address = urlsplit(urljoin(url, href))
    except ValueError:  # http://[
        return None
    if not href or (url and host_of(address.geturl()) != host_of(url)):
        return None
    return address._replace(fragment="")


def _abstract_address(href: str, url: str) -> str:
    """Return the address of the abstract that a link leads to, with final slash, else ``""``."""
    address = _resolve(href.strip(), url)
    if address and re.search(r"(?:^|/)abstract/(?!page/?$)[^/]+/?$", address.path):
        return address._replace(path=address.path.rstrip("/") + "/", query="").geturl()
    if address and address.path in ("", "/") and re.fullmatch(r"p=\d+", address.query):
        return address.geturl()
    return ""


def _next_url(page: Page, url: str) -> str:
    address = _resolve(pages.next_url(page), url)
    following = address.geturl() if address else ""
    return "" if following == url or _abstract_address(following, url) else following


# --- items --------------------------------------------------------------------------------------

# What a link says that is no title.
_GENERIC = re.compile(
    r"\W*(?:continue reading.*|(?:(?:read|view|see|show|learn) )?(?:more|"
    r"(?:the )?(?:full )?(?:abstract|text|article|details))|"
    r"print|permalink|link|(?:add to )?favou?rites?|leave a comment)\W*",
    re.IGNORECASE,
)
_CUT = re.compile(r"(?:…|\.\.\.)\W*(?:(?:read|continue|more)\b.{0,30})?$", re.IGNORECASE)


@dataclass(frozen=True)
class _Piece:
    """A stretch of a block that is wholly, or in no part, a link to one abstract."""

    runs: tuple[Run, ...]
    block: Block
    starts_paragraph: bool
    url: str = ""

    @cached_property
    def text(self) -> str:
        return one_line("".join(scripted(run.text, run.script) for run in self.runs))

    @cached_property
    def glued(self) -> str:
        """The text with superscripts as plain digits, as the site's own text has them."""
        return one_line("".join(run.text for run in self.runs))

    @cached_property
    def label(self) -> Label | None:
        return label_of(Block(self.runs))

    @cached_property
    def is_title(self) -> bool:
        return bool(self.url) and not _GENERIC.fullmatch(self.text)

    @cached_property
    def is_body(self) -> bool:
        """Say whether these are an abstract's first words: labelled, or cut off."""
        label = self.label
        return bool(label and label.kind is Kind.SECTION) or bool(_CUT.search(self.text))


def _items(page: Page, url: str) -> list[Item]:
    pieces = [piece for block in page.blocks if block.runs for piece in _split(block, url)]
    starts = [place for place, piece in enumerate(pieces) if _is_number(piece)]
    read = _numbered if starts else _linked
    if not starts:
        starts = _title_places(pieces)
    found = [read(pieces[start:end]) for start, end in pairwise([*starts, len(pieces)])]
    once: dict[tuple[str, ...], Item] = {}
    for item in found:
        same = (identity(item.url),) if item.url else (item.number, item.meeting, item.title)
        if item.title or item.url:
            once.setdefault(same, item)
    return list(once.values())


def _split(block: Block, url: str) -> Iterator[_Piece]:
    """Split a block where a link to an abstract begins or ends."""
    part: list[Run] = []
    address, starts_paragraph = "", block.starts_paragraph
    for run in (*block.runs, None):
        target = _abstract_address(run.href, url) if run else None
        if part and target != address:
            piece = _Piece(tuple(part), block, starts_paragraph, address)
            if piece.text:
                yield piece
                starts_paragraph = False
            part = []
        if run:
            part.append(run)
            address = target or ""


def _is_number(piece: _Piece) -> bool:
    label = piece.label
    return bool(label and label.kind is Kind.NUMBER and label.text)


def _numbered(pieces: Sequence[_Piece]) -> Item:
    """Read an item: its number line, its title, its author line, the first words of its body."""
    label = pieces[0].label
    number, *meetings = _BULLET.split(label.text if label else "", maxsplit=1)
    rest = pieces[1:]
    while rest and (label := rest[0].label) and label.kind in (Kind.MEETING, Kind.PUBLISHED):
        meetings += [label.text] if label.kind is Kind.MEETING else []
        rest = rest[1:]
    body = next((place for place, piece in enumerate(rest) if place and piece.is_body), len(rest))
    place = next((place for place, piece in enumerate(rest[:body]) if piece.is_title), None)
    if place is None:
        title, after = _unlinked_title(rest[:body])
        address = next((piece.url for piece in pieces if piece.url), "")
    else:
        title, after = _linked_title(rest, place)
        address = rest[place].url
    return Item(
        url=address,
        number=number,
        meeting=meetings[0] if meetings else "",
        title=title,
        authors=_authors(rest[after:body]),
    )


def _linked_title(pieces: Sequence[_Piece], place: int) -> tuple[str, int]:
    """Return the title that begins at a place, and the place behind it; it may hold line breaks."""
    end = place + 1
    while (
        end < len(pieces)
        and pieces[end].url == pieces[place].url
        and not pieces[end].starts_paragraph
    ):
        end += 1
    return one_line(" ".join(piece.text for piece in pieces[place:end])), end


def _unlinked_title(pieces: Sequence[_Piece]) -> tuple[str, int]:
    """Return a title that is no link: the first paragraph, or the first line where all is one."""
    gaps = [place for place, piece in enumerate(pieces) if place and piece.starts_paragraph]
    end = gaps[0] if gaps else min(1, len(pieces))
    return one_line(" ".join(piece.text for piece in pieces[:end])), end


def _authors(pieces: Sequence[_Piece]) -> str:
    """Return the author line: the first paragraph behind the title."""
    lines: list[str] = []
    for piece in pieces:
        if lines and (piece.url or piece.starts_paragraph):
            break
        if not piece.url:
            lines.append(piece.glued)
    return one_line(" ".join(lines))


def _title_places(pieces: Sequence[_Piece]) -> list[int]:
    """Return where the items of a list without number lines begin: at the first link to each."""
    seen: set[str] = set()
    places = []
    for place, piece in enumerate(pieces):
        if piece.is_title and identity(piece.url) not in seen:
            seen.add(identity(piece.url))
            places.append(place)
    return places


def _linked(pieces: Sequence[_Piece]) -> Item:
    """Read an item that begins with its title; authors count only where the body follows them."""
    title, after = _linked_title(pieces, 0)
    body = next((place for place, piece in enumerate(pieces) if place and piece.is_body), None)
    authors = _authors(pieces[after:body]) if body else ""
    return Item(url=pieces[0].url, title=title, authors=authors)
