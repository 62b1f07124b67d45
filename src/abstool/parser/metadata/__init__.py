"""Read what a page says to machines: Highwire's tags, JSON-LD, PRISM and Dublin Core.

The forms are trusted in this order: for each field, the first form that has it counts. Open Graph
and the page's title do not count, since news and home pages have them too.
"""

from __future__ import annotations

from msgspec import structs

from abstool.page import Page
from abstool.parser.metadata import linked_data, tags
from abstool.parser.metadata.statement import Person, Statement

__all__ = ["Person", "Statement", "read"]


def read(page: Page) -> Statement:
    """Return what a page says to machines; its fields are empty if it says nothing."""
    if not (page.metas or page.linked_data):
        return Statement()
    statements = [
        tags.highwire(page.metas),
        *map(linked_data.read, page.linked_data),
        tags.prism(page.metas),
        tags.dublin_core(page.metas),
    ]
    found = [statement for statement in statements if statement is not None]
    return Statement(
        **{
            field: next((value for one in found if (value := getattr(one, field))), default)
            for field, default in structs.asdict(Statement()).items()
        }
    )
