"""How inputs are read: what the user gives for what pages lack, and which host's pages count."""

from __future__ import annotations

from dataclasses import dataclass, field

from abstool.inputs.sheets import SheetOptions
from abstool.record.given import Given


@dataclass(frozen=True)
class ReadOptions:
    """What is the same for all pages of a run.

    ``given`` is filled into each record of a page, never into a record or item that is data
    already. With a ``host``, web archives yield only its pages. Without abstracts, those of
    references that take long to read are left out. ``sheets`` says how sheets of abstracts are
    read. With ``plain_tables``, a table needs only one column that tells which works it is about.
    With ``apart``, a process of its own reads the entries of long files of references.
    """

    given: Given = field(default_factory=Given)
    host: str = ""
    with_abstracts: bool = True
    sheets: SheetOptions = field(default_factory=SheetOptions)
    plain_tables: bool = False
    apart: bool = field(default=False, compare=False)  # what is read is the same


DEFAULT = ReadOptions()
