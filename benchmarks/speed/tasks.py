"""The tasks that are measured, with their tools and sizes.

The first tool of a task is abstool; the others are compared with it.
"""

from __future__ import annotations

from dataclasses import dataclass

import peers
from peers import Tool

SIZES = (1, 100, 1_000, 2_725, 10_000)
GROWING = 40  # pages in the tasks that vary the size of a page or its number of authors


@dataclass(frozen=True)
class Task:
    """A job that several tools do, at several sizes."""

    title: str
    about: str  # what the columns count, and notes
    tools: tuple[Tool, ...]
    style: str = ""  # the stock style of the peers
    sizes: tuple[int, ...] = SIZES
    kind: str = "records"  # or pages, page size, page authors, none
    one_cpu: bool = True  # whether all tools are pinned to one CPU
    unit: str = ""  # printed after a size


def _growth(title: str, about: str, kind: str, sizes: tuple[int, ...], unit: str) -> Task:
    tools = (Tool("abstool", peers.pages("1")[0].command),)
    return Task(title, about, tools, sizes=sizes, kind=kind, unit=unit)


TASKS: dict[str, Task] = {
    "start": Task(
        "Start-up",
        "Commands that do no work. For one reference from a cold start, see the first column of "
        "the next table.",
        peers.START,
        sizes=(1,),
        kind="none",
    ),
    "ama": Task(
        "References in AMA style",
        "Columns: number of references. *abstool* reads its own records, with abstracts and "
        "affiliations; *from CSL-JSON* reads the peers' input, which has only the fields that a "
        "reference prints; *stock style* prints that input in the same style as the peers.",
        peers.references("ama", "american-medical-association"),
        "american-medical-association",
    ),
    "apa": Task(
        "References in APA style",
        "Columns: number of references. APA disambiguates authors with the same name, which takes "
        "the engines a long time.",
        peers.references("apa", "apa"),
        "apa",
    ),
    "parse": Task(
        "Parsing pages, on all cores",
        "Columns: number of pages of 131 KB and 55 authors. abstool reads, parses and writes "
        "records; the others build a tree (trafilatura extracts the main text) with the same "
        "number of processes.",
        peers.pages("{cores}"),
        kind="pages",
        one_cpu=False,
    ),
    "parse-one": Task(
        "Parsing pages, on one core",
        "As above, with one process each.",
        peers.pages("1"),
        sizes=(1, 100, 1_000),
        kind="pages",
    ),
    "page-size": _growth(
        "Growth with the size of a page",
        f"{GROWING} pages of each size, one process. The abstract stays the same; the rest of the "
        "page grows.",
        "page size",
        (33, 66, 131, 262, 524),
        " KB",
    ),
    "page-authors": _growth(
        "Growth with the number of authors",
        f"{GROWING} pages, one process. The page has only the abstract, with this many authors.",
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
        "The same records. Python's module writes ten prepared columns: a bound, not a peer.",
        peers.CSV,
    ),
    "json": Task(
        "Export to CSL-JSON",
        "The same records. Python's module writes back what it read: a bound, not a peer.",
        peers.JSON,
    ),
}
