"""Read the saved pages in a file: HTML, text, MHTML, Safari's web archive, gzip, ZIP or WARC.

The content decides what a file is, not its name. Nothing is written to disk except a copy of a ZIP
archive that comes through a pipe, and no more than one page (``LIMIT``) is held in memory. Pages
that cannot be read are yielded as errors.
"""

from __future__ import annotations

from abstool.inputs.archives.mhtml import is_mhtml, main_part
from abstool.inputs.archives.packed import pages
from abstool.inputs.archives.saved import LIMIT, SavedPage

__all__ = ["LIMIT", "SavedPage", "is_mhtml", "main_part", "pages"]
