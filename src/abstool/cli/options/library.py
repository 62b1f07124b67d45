"""The options of a library, and of the abstracts in it that are meant."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from abstool.errors import UsageError
from abstool.text import words_of

if TYPE_CHECKING:
    from abstool.library.filters import Filters

_MOST_YEARS = 200  # of a range
_YEARS = re.compile(r"(\d{4})(?:\s*[-\u2013]\s*(\d{4}))?")

LibraryOption = Annotated[
    str | None,
    typer.Option(
        "--library",
        metavar="FILE",
        help="The library's file. [default: the one that 'abstool config' shows]",
        show_default=False,
    ),
]
HarvestLibrary = Annotated[
    str | None,
    typer.Option(
        "--library",
        metavar="[FILE]",
        help="Also add the records to the library, or to the one in FILE, which ends in .sqlite or"
        " .db.",
        show_default=False,
    ),
]
MeetingFilter = Annotated[
    list[str] | None,
    typer.Option(
        "--meeting",
        metavar="WORDS",
        help="Only meetings with these words in their name, such as 'ACR 2025'. Can be repeated.",
        show_default=False,
    ),
]
YearFilter = Annotated[
    list[str] | None,
    typer.Option(
        "--year",
        metavar="YEAR",
        help="Only this year, or years such as 2023-2025. Can be repeated.",
        show_default=False,
    ),
]
SessionFilter = Annotated[
    list[str] | None,
    typer.Option(
        "--session",
        metavar="WORDS",
        help="Only sessions with these words in their title or type. Can be repeated.",
        show_default=False,
    ),
]
TrialFilter = Annotated[
    list[str] | None,
    typer.Option(
        "--trial",
        metavar="NUMBER",
        help="Only abstracts that name this trial, such as NCT01234567. Can be repeated.",
        show_default=False,
    ),
]
NumberFilter = Annotated[
    list[str] | None,
    typer.Option(
        "--number",
        metavar="NUMBER",
        help="Only abstracts with this number; 0848 is 848. Can be repeated.",
        show_default=False,
    ),
]


def library_path(given: str | None) -> Path:
    """Return the path of the library that is named, or else the configured one."""
    if given == "":
        raise UsageError(problem="the value is empty", next_step="name a file", argument="library")
    from abstool.config import load

    return load(library=given).library


def filters_of(
    *,
    meeting: list[str] | None = None,
    year: list[str] | None = None,
    session: list[str] | None = None,
    trial: list[str] | None = None,
    number: list[str] | None = None,
    url: list[str] | None = None,
) -> Filters:
    """Return the filters of the command line. Raises UsageError for a value that means nothing.

    A meeting without a word would be any meeting, and so choose everything.
    """
    from abstool.library.filters import Filters

    for name, values in (("meeting", meeting), ("session", session)):
        _check(name, values, words_of)
    for name, values in (("trial", trial), ("number", number), ("URL", url)):
        _check(name, values, str.strip)
    return Filters(
        meeting=tuple(meeting or ()),
        year=tuple(one for text in year or () for one in _years(text)),
        session=tuple(session or ()),
        trial=tuple(trial or ()),
        number=tuple(number or ()),
        url=tuple(url or ()),
    )


def _check(name: str, values: list[str] | None, content: Callable[[str], object]) -> None:
    for value in values or ():
        if not content(value):
            subject = name if name == "URL" else f"--{name}"
            problem = f"{value!r} has no word" if value.strip() else "the value is empty"
            raise UsageError(subject, problem, f"give a {name}")


def _years(text: str) -> range:
    found = _YEARS.fullmatch(text.strip())
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    if not 0 <= last - first < _MOST_YEARS:
        problem = f"{text!r} is not a year or a range of years"
        raise UsageError("--year", problem, "use 2025 or 2023-2025")
    return range(first, last + 1)
