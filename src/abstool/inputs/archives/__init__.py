"""Saved pages out of what holds them: an open file in, its pages out, one after the other.

A file may be a page (HTML, text, MHTML), a page packed with gzip, a ZIP archive or a WARC file;
which of them is told by content, never by name. Nothing is written, memory is bounded by one page
(``LIMIT``), and damage takes the place of what could not be read, as an error.
"""

from __future__ import annotations

from abstool.inputs.archives.mhtml import is_mhtml, main_part
from abstool.inputs.archives.packed import pages
from abstool.inputs.archives.saved import LIMIT, SavedPage

__all__ = ["LIMIT", "SavedPage", "is_mhtml", "main_part", "pages"]
