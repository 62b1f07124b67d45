"""A processor for citation styles in CSL, the Citation Style Language.

    from abstool.csl import Style, StyleError

    style = Style.read(Path("apa.csl"), "en-GB")  # raises StyleError
    document = style.document(items, clusters)
    document.citations("html")  # a list of strings, one for each cluster
    document.bibliography("html")  # a list of entries, each with id, text and runs
    document.warnings  # what could not be printed, by item
    document.layout  # hanging indent, second-field-align, line and entry spacing

Items are CSL-JSON. A cluster is what Zotero, pandoc and citeproc-js call one:

    {"citationItems": [{"id": "doe", "locator": "3", "label": "page", "prefix": "see "}],
     "properties": {"noteIndex": 1}}

A cite may also have ``suffix``, ``suppress-author`` and ``author-only``. Without clusters, each
item is cited once, in the order of the items. The forms are text, html, markdown and rtf.

StyleError names the style and what is wrong with it. A style that fails on an item, or prints
nothing for it, costs only that item: the others are printed, and ``warnings`` has the error. The
terms and date formats of languages come from the locale files of citeproc-py.
"""

from __future__ import annotations

from abstool.csl.citations.registry import ItemWarning
from abstool.csl.document import Document, Entry
from abstool.csl.source import StyleError
from abstool.csl.style import Style
from abstool.csl.text.layout import EntryLayout

__all__ = ["Document", "Entry", "EntryLayout", "ItemWarning", "Style", "StyleError"]
