"""Find the link to a listing's next page, by its ``rel``, its class or its text.

This uses BeautifulSoup, which makes such a search short; ``markup`` walks lxml's tree because
every page goes through it.
"""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from abstool.page.blocks import one_line

_NOT_A_PAGE = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_NEXT_NAMES = frozenset("next nextpostslink next-page".split())
_NEXT_WORDS = (
    re.compile(
        r"next(?: (?:page|posts?|entries|results|abstracts))?\s*[»›→>]*|"
        r"[«‹←]?\s*older (?:posts|entries)\s*[»›→>]*",
        re.IGNORECASE,
    ),
    re.compile("[›→>]"),
    re.compile("[»]|>>"),
)


def next_url(markup: bytes) -> str:
    """Return the URL of a listing's next page as written, or "" on the last page.

    The most explicit sign wins: ``rel``, then the class, then the text of a link. If none leads to
    a page, a ``rel`` that names something else (``javascript:``) still says that there is one.
    """
    soup = BeautifulSoup(markup, "lxml", from_encoding="utf-8")
    every = [
        (tag, href)
        for tag in (*soup.find_all("link"), *soup.find_all("a"))
        if (href := one_line(str(tag.get("href") or ""))) and not href.startswith("#")
    ]
    links = [(tag, href) for tag, href in every if not _NOT_A_PAGE.match(href)]
    for name in ("rel", "class"):
        for tag, url in links:
            if _is_named_next(tag, name):
                return url
    texts = [(_short_text(tag) or str(tag.get("aria-label") or ""), href) for tag, href in links]
    for pattern in _NEXT_WORDS:  # if a pager has both arrows, the double one goes to the last page
        for text, url in texts:
            if pattern.fullmatch(text):
                return url
    return next((url for tag, url in every if _is_named_next(tag, "rel")), "")


def _is_named_next(tag: Tag, attribute: str) -> bool:
    return any(str(word).lower() in _NEXT_NAMES for word in tag.get_attribute_list(attribute))


def _short_text(tag: Tag) -> str:
    """Return the text of a tag's first few nodes.

    Links can be nested without limit, so collecting the whole text of each takes quadratic time.
    """
    children = tag.contents[:8]
    nodes = [n for c in children for n in (c.contents[:8] if isinstance(c, Tag) else [c])]
    return one_line("".join(str(node) for node in nodes if not isinstance(node, Tag)))
