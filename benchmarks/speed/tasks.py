"""What is measured: the tasks, their tools and their sizes.

The first tool of a task is abstool; the others are compared with it.
"""

from __future__ import annotations

from dataclasses import dataclass

import peers
from peers import Tool

SIZES = (1, 100, 1_000, 2_725, 10_000)
GROWING = 40  # pages, where their size or their number of authors grows


@dataclass(frozen=True)
class Task:
    """One thing to do, at several sizes."""

    title: str
    about: str  # what the columns count, and what is worth knowing
    tools: tuple[Tool, ...]
    style: str = ""  # the stock style of the peers
    sizes: tuple[int, ...] = SIZES
    kind: str = "records"  # or pages, page size, page authors, none
    unit: str = ""  # behind a size


def _growth(title: str, about: str, kind: str, sizes: tuple[int, ...], unit: str) -> Task:
    tools = (Tool("abstool", peers.pages("1")[0].command),)
    return Task(title, about, tools, sizes=sizes, kind=kind, unit=unit)


TASKS: dict[str, Task] = {
    "start": Task(
        "Start-up",
        "Commands that do nothing. One reference, cold, is the first column of the next table.",
        peers.START,
        sizes=(1,),
        kind="none",
    ),
    "ama": Task(
        "References in AMA style",
        "Columns: number of references. *abstool* reads its records, with abstracts and "
        "affiliations; *of CSL-JSON* reads the items that the peers get, which hold only what a "
        "reference prints; *stock style* prints them in the peers' very style.",
        peers.references("ama", "american-medical-association"),
        "american-medical-association",
    ),
    "apa": Task(
        "References in APA style",
        "Columns: number of references. APA tells authors of one name apart, which takes the "
        "engines long.",
        peers.references("apa", "apa"),
        "apa",
    ),
    "parse": Task(
        "Parsing pages, on all cores",
        "Columns: number of pages of 131 KB and 55 authors. abstool reads, parses and writes "
        "records; the others build a tree (trafilatura: extract the main text) with as many "
        "processes.",
        peers.pages("{cores}"),
        kind="pages",
    ),
    "parse-one": Task(
        "Parsing pages, on one core",
        "The same with one process each.",
        peers.pages("1"),
        sizes=(1, 100, 1_000),
        kind="pages",
    ),
    "page-size": _growth(
        "Growth with the size of a page",
        f"{GROWING} pages of each size, one process: the abstract is the same, the rest grows.",
        "page size",
        (33, 66, 131, 262, 524),
        " KB",
    ),
    "page-authors": _growth(
        "Growth with the number of authors",
        f"{GROWING} pages, one process: the abstract with so many authors and nothing around it.",
        "page authors",
        (5, 55, 200, 800),
        " authors",
    ),
    "bibtex": Task(
        "Export to BibTeX",
        "Columns: number of records, with their abstracts.",
        peers.BIBTEX,
    ),
    "ris": Task("Export to RIS", "The same records.", peers.RIS),
    "csv": Task(
        "Export to CSV",
        "The same records. Python's module writes ten ready columns: a bound, not a peer.",
        peers.CSV,
    ),
    "json": Task(
        "Export to CSL-JSON",
        "The same records. Python's module writes back what it read: a bound, not a peer.",
        peers.JSON,
    ),
}
