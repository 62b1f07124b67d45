"""The pager of a list: a page's markup goes in, the address of the page that follows comes out.

Whatever says so counts: a link's ``rel``, its class or its words. It is the same tree that
``markup`` walks, as BeautifulSoup, which is made for such a search; only lists are searched.
"""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from abstool.page.blocks import one_line

_NOWHERE = re.compile(r"#|(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
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
    """Return the address of the page that follows in a list, as written, "" if none does.

    What says so most plainly counts.
    """
    soup = BeautifulSoup(markup, "lxml", from_encoding="utf-8")
    links = [
        (tag, href)
        for tag in (*soup.find_all("link"), *soup.find_all("a"))
        if (href := one_line(str(tag.get("href") or ""))) and not _NOWHERE.match(href)
    ]
    for name in ("rel", "class"):
        for tag, address in links:
            if _NEXT_NAMES & {str(word).lower() for word in tag.get_attribute_list(name)}:
                return address
    texts = [(_short_text(tag) or str(tag.get("aria-label") or ""), href) for tag, href in links]
    for pattern in _NEXT_WORDS:  # where a pager has both, the double arrow leads to the last page
        for text, address in texts:
            if pattern.fullmatch(text):
                return address
    return ""


def _short_text(tag: Tag) -> str:
    """Return the text of a tag that holds little; of one that holds much, some of it.

    Links may be nested without limit, and each would hold the text of all within.
    """
    children = tag.contents[:8]
    nodes = [n for c in children for n in (c.contents[:8] if isinstance(c, Tag) else [c])]
    return one_line("".join(str(node) for node in nodes if not isinstance(node, Tag)))
