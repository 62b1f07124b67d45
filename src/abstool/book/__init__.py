"""A whole meeting as one document to read, search, cite and print: HTML or EPUB.

``contents`` arranges the records, ``citations`` makes their citations, ``pictures`` draws charts,
``html`` and ``epub`` write the files from the templates in ``templates/``.
"""

from abstool.book.contents import ORDERS, Book, BookOptions, book_of
from abstool.book.epub import epub
from abstool.book.html import html

__all__ = ["ORDERS", "Book", "BookOptions", "book_of", "epub", "html"]
