"""A library: the records of many meetings in one SQLite file, which other programs can open.

``files`` opens and creates the file, ``schema`` has its tables and the steps from older versions,
``contents`` has what is in the tables, ``writing`` adds to them, ``rows`` has what a record looks
like in them, and ``upserts`` finds the record that a new one replaces.
"""

from abstool.library.contents import LibraryFile, Meeting
from abstool.library.files import create, reading, scratch

__all__ = ["LibraryFile", "Meeting", "create", "reading", "scratch"]
