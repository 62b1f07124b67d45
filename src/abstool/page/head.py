"""Read what the head of a page declares: its title, its own URL and its metadata."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from abstool.page.blocks import one_line
from abstool.text import composed

_LINKED_DATA = "application/ld+json"


def metas(root: etree._Element) -> tuple[tuple[str, str], ...]:
    """Return the names and contents of the ``meta`` elements, in order."""
    return tuple(
        (name.lower(), one_line(composed(content)))
        for tag in root.iter("meta")
        if (name := tag.get("name") or tag.get("property")) and (content := tag.get("content"))
    )


def linked_data(root: etree._Element) -> tuple[str, ...]:
    """Return the texts of the scripts in JSON-LD."""
    return tuple(
        tag.text
        for tag in root.iter("script")
        if tag.text and (tag.get("type") or "").strip().lower() == _LINKED_DATA
    )


def canonical(root: etree._Element, declared: Sequence[tuple[str, str]]) -> str:
    """Return the URL that the page declares as its own, in a link or in the ``metas``."""
    for tag in root.iter("link"):
        if "canonical" in (tag.get("rel") or "").split():
            if url := one_line(tag.get("href") or ""):
                return url
            break
    return next((content for name, content in declared if name == "og:url"), "")


def title(root: etree._Element) -> str:
    """Return the text of the title element."""
    found = next(root.iter("title"), None)
    return "" if found is None else one_line(composed("".join(map(str, found.itertext()))))
