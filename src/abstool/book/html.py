"""Write a book as one HTML file, which needs no other file and no network."""

from __future__ import annotations

import base64
import hashlib
import io
import re

from markupsafe import Markup

from abstool.book import citations
from abstool.book.contents import Book
from abstool.book.pictures import pictures_of
from abstool.book.rendering import counts_of, source_of, template

# In text, quotation marks and angle brackets are escaped, so that these are found in tags only.
_ENDS = re.compile("</(?:p|li|dt|dd|th|td|tr|thead|tbody)>")
_PIECES = 500  # of the template, which are made compact at once; an abstract is one
_QUOTED = re.compile(r'(?<= )(id|href|class)="([#\w-]+)"(?=[ >])')


def html(book: Book, style_name: str) -> bytes:
    """Return the book as HTML in UTF-8; ``style_name`` is that of the printed citations."""
    style, scripts = source_of("book.css"), [source_of("early.js"), source_of("book.js")]
    pieces = template("book.html.j2").stream(
        book=book,
        counts=counts_of(book),
        pictures=list(pictures_of(book)),
        href=lambda id_: f"#{id_}",
        citations=Markup(citations.packed(book.records, [entry.id for entry in book.entries])),  # noqa: S704 - it is base64
        style_name=style_name,
        styles=citations.STYLES,
        style=style,
        scripts=scripts,
        style_hash=_hash(style),
        script_hashes=[_hash(script) for script in scripts],
    )
    pieces.enable_buffering(_PIECES)
    file = io.BytesIO()  # never the whole as text, which takes two or four bytes a letter
    for text in pieces:
        file.write(_compact(text).encode("utf-8", "replace"))
    return file.getvalue()


def _compact(text: str) -> str:
    """Return HTML without what only XML needs: a tenth of the book of a meeting."""
    return _ENDS.sub("", _QUOTED.sub(r"\1=\2", text)).replace("&#39;", "'")


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
