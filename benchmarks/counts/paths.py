"""The code paths whose instructions are counted, and the files that they read.

The cost per record is the difference between two runs of different size, so that start-up cannot
hide a slowdown. Start-up is counted as a path of its own.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "speed"))

import synthetic

ACCESSED = "--accessed 2026-11-23 --quiet"
EXPORTS = ("bibtex", "ris", "csv", "json")
FEW, SOME, MANY = 1, 11, 41  # records
SIZES = (131, 262, 524)  # KB per page
AUTHORS = (120, 240, 480)  # authors on a page that has only the abstract


@dataclass(frozen=True)
class Counted:
    """A command whose cost is counted, less that of another, per record or page."""

    name: str
    command: str
    less: str = ""
    each: int = 1


@dataclass(frozen=True)
class Growth:
    """Three commands, each with twice the work of the one before."""

    name: str
    commands: tuple[str, str, str]


def _cite(style: str, file: str) -> str:
    return f"cite --style {style} {ACCESSED} {file}"


def _records(count: int) -> str:
    return f"records-{count}.jsonl"


def _each(name: str, style: str, count: int) -> Counted:
    return Counted(name, _cite(style, _records(count)), _cite(style, _records(FEW)), count - FEW)


PARSE = "parse --jobs 1 --lines --quiet"

PATHS = (
    Counted("abstool --version", "--version"),
    Counted("cite --style ama, one record", _cite("ama", _records(FEW))),
    Counted("cite --style apa, one record", _cite("apa", _records(FEW))),
    _each("cite --style ama, each record", "ama", SOME),
    _each("cite --style apa, each record", "apa", SOME),
    *(_each(f"cite --style {style}, each record", style, MANY) for style in EXPORTS),
    Counted(
        "cite, each entry read from BibTeX",
        _cite("json", "read-21.bib"),
        _cite("json", "read-1.bib"),
        20,
    ),
    Counted(
        "cite --style ama, each entry read from RIS",
        _cite("ama", f"read-{MANY}.ris"),
        _cite("ama", f"read-{FEW}.ris"),
        MANY - FEW,
    ),
    Counted("parse, one page", f"{PARSE} pages-1"),
    Counted("parse, each page", f"{PARSE} pages-4", f"{PARSE} pages-1", 3),
)
GROWTHS = (
    Growth("parse, size of the page", tuple(f"{PARSE} size-{size}.html" for size in SIZES)),
    Growth("parse, number of authors", tuple(f"{PARSE} authors-{count}.html" for count in AUTHORS)),
)


def write(folder: Path) -> None:
    """Write the files that the commands read."""
    for count in (FEW, SOME, MANY):
        lines = [json.dumps(one.to_dict(), ensure_ascii=False) for one in synthetic.records(count)]
        (folder / _records(count)).write_text("\n".join(lines) + "\n", "utf-8")
    for count in (1, 21):
        entries = [_bibtex(one) for one in synthetic.records(count)]
        (folder / f"read-{count}.bib").write_text("\n".join(entries), "utf-8")
    for count in (FEW, MANY):
        entries = [_ris(one) for one in synthetic.records(count)]
        (folder / f"read-{count}.ris").write_text("\n".join(entries), "utf-8")
    for count in (1, 4):
        (folder / f"pages-{count}").mkdir()
        for index in range(count):
            page = folder / f"pages-{count}" / f"{index}.html"
            page.write_text(synthetic.page(index, authors=12)[1], "utf-8")
    for size in SIZES:
        text = synthetic.page(0, size=size * 1000)[1]
        (folder / f"size-{size}.html").write_text(text, "utf-8")
    for count in AUTHORS:
        text = synthetic.page(0, size=0, authors=count)[1]
        (folder / f"authors-{count}.html").write_text(text, "utf-8")


def _bibtex(record: synthetic.Abstract) -> str:
    names = " and ".join(f"{one.family}, {one.given}" for one in record.authors if one.family)
    return (
        f"@article{{k{record.number},\n  author = {{{names}}},\n  title = {{{record.title}}},\n"
        f"  journal = {{Arthritis \\& Rheumatology}},\n  year = 2025,\n  volume = {{77}},\n"
        f"  url = {{{record.url}}}\n}}\n"
    )


def _ris(record: synthetic.Abstract) -> str:
    names = "".join(f"AU  - {one.family}, {one.given}\n" for one in record.authors if one.family)
    return (
        f"TY  - JOUR\n{names}TI  - {record.title}\nJO  - Arthritis Rheumatol\nPY  - 2025\n"
        f"VL  - 77\nIS  - suppl 9\nSP  - {record.number}\nUR  - {record.url}\nER  - \n"
    )
