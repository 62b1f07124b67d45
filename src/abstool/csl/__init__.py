"""A processor for citation styles in CSL, the Citation Style Language.

    style = Style.read(Path("apa.csl"), "en-GB")
    entries = bibliography(style, items, sort=True)  # one marked text for each item
    citation = in_text(style, items)  # one marked text for all items
    lines = [output.text(entry) for entry in entries]

Items are CSL-JSON. The result is marked text (see ``marks``), which ``output`` converts to plain
text, Markdown, HTML, RTF or DOCX. The terms and date formats of languages come from the locale
files of citeproc-py.

All errors are UsageError: the file is not a CSL style, the language is not known, or the style
fails on an item or prints nothing for it.
"""

from __future__ import annotations

from abstool.csl.citations import in_text
from abstool.csl.lists import bibliography
from abstool.csl.style import Style

__all__ = ["Style", "bibliography", "in_text"]
