"""A processor for citation styles in CSL, the Citation Style Language.

    style = Style.read(Path("apa.csl"), "en-GB")
    entries = bibliography(style, items, sort=True)  # one marked text for each item
    citation = in_text(style, items)  # one marked text for all items
    lines = [output.text(entry) for entry in entries]

Items are CSL-JSON. The result is marked text (see ``marks``), which ``output`` converts to plain
text, Markdown, HTML, RTF or DOCX. The terms and date formats of languages come from the locale
files of citeproc-py.

A file that is not a CSL style and an unknown language raise UsageError. If the style fails on some
of the items or prints nothing for them, ItemErrors is raised, with the error of each.
"""

from __future__ import annotations

from abstool.csl.citations.collapsing import in_text
from abstool.csl.citations.lists import bibliography
from abstool.csl.failures import ItemErrors, for_each
from abstool.csl.style import Style

__all__ = ["ItemErrors", "Style", "bibliography", "for_each", "in_text"]
