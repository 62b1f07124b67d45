"""The options of what is read: lists of URLs and DOIs, a host, and what is given for pages."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from abstool.errors import AbstoolError, UnreadableInput, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from abstool.record import Abstract
    from abstool.record.given import Given


def field_names(incomplete: str) -> list[str]:
    """Return the beginnings of values of --set that complete what was typed."""
    from abstool.record.given import FIELDS

    return [f"{name}=" for name in FIELDS if name.startswith(incomplete)]


RecordSources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE",
        help="Records, pages or URLs. [default: standard input]",
        show_default=False,
    ),
]
From = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="FILE",
        help="Read URLs or DOIs from FILE, one per line; - is standard input.",
        show_default=False,
    ),
]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="FIELD=VALUE",
        help="Set a field of each page's record, such as publication.volume=77. Can be repeated.",
        autocompletion=field_names,
        show_default=False,
    ),
]
Like = Annotated[
    str | None,
    typer.Option(
        "--like",
        metavar="FILE",
        help="JSON record whose meeting and publication fill what the pages lack.",
        show_default=False,
    ),
]
Host = Annotated[
    str,
    typer.Option(
        metavar="HOST",
        help="Skip the pages of all other hosts in web archives (WARC).",
        show_default=False,
    ),
]


def given_of(pairs: list[str] | None, like: str | None) -> Given:
    """Return what the options give. Raises UsageError if they are invalid."""
    from abstool.record.given import Given

    return Given.of(pairs or (), _record_in(like) if like is not None else None)


def _record_in(path: str) -> Abstract:
    """Return the first record in a JSON file. Raises UsageError if it has none."""
    from abstool.inputs.contents import record_in_file

    try:
        return record_in_file(path)
    except UnreadableInput as error:
        problem, next_step = error.problem, error.next_step
        raise UsageError(path or '""', problem, next_step, argument="like") from None


def host_of_option(host: str) -> str:
    """Return a host as records of archives are compared with it; it may be given as a URL."""
    from abstool.address import host_of

    named = host_of(host if "//" in host else f"//{host}")
    if host and not named:
        raise UsageError(host, "not a host", "write it like acrabstracts.org", argument="host")
    return named


def listed(names: list[str], path: str | None) -> Iterator[str | AbstoolError]:
    """Yield the URLs and DOIs that the user names, and those of files that list them."""
    from abstool.inputs.addresses import is_address, is_list_file
    from abstool.inputs.sources import STDIN, addresses_in

    for name in names:
        if name == STDIN or is_list_file(name):
            yield from addresses_in(name)
        elif not is_address(name) and os.path.isfile(name):  # noqa: PTH113 - as in addresses
            next_step = "read pages with 'abstool parse', or a list of URLs with --from"
            yield UnreadableInput(name, "this is a file, not a URL", next_step)
        else:
            yield name
    if path is not None:
        yield from addresses_in(path)
