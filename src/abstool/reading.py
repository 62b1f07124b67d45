"""Read records and items from the sources of ``abstool cite``: the public function ``read``."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import TYPE_CHECKING

from abstool.errors import UsageError, require
from abstool.inputs.addresses import is_address
from abstool.inputs.sources import Web, read_source
from abstool.item import Item
from abstool.mapping import RecordLike, is_record, item_of, record_of
from abstool.record import Abstract

if TYPE_CHECKING:
    from abstool.inputs.outcome import Outcome
    from abstool.web.crawler import Crawler

Source = str | os.PathLike[str]
Failed = Callable[[str, Exception], None]  # takes the name of an input and its error


def read(
    source: Source | Iterable[Source], *, failed: Failed | None = None
) -> list[Abstract | Item]:
    """Return the records and items in files, folders, patterns and archives, and at URLs and DOIs.

    These are the sources of ``abstool cite``: saved pages, JSON and JSON Lines of records or
    CSL-JSON items, reference lists such as RIS and BibTeX, tables, and lists of URLs. A record is
    an ``Abstract``; any other work is a CSL-JSON item, a dictionary.

    The first error is raised. With ``failed``, which takes the name of an input and its error, what
    can be read is returned. What to check in a reference becomes a warning of Python's
    ``warnings``.

    Args:
        source: a path, a URL or DOI, or several of them. ``-`` is standard input.
        failed: takes each error.

    Raises:
        UsageError: an argument is of the wrong type.
        UnreadableInput, NotAnAbstract, FetchError: see above.
    """
    names = _names(source)
    found: list[Abstract | Item] = []
    with _web(many=len(names) > 1 or not is_address(names[0])) as web:
        for name in names:
            for outcome in read_source(name, web):
                whole: Outcome[Abstract | Item] = outcome.then(_checked)
                for warning in whole.warnings:
                    warnings.warn(f"{whole.subject}: {warning}", stacklevel=2)
                if whole.error is not None and failed is None:
                    raise whole.error
                if whole.error is not None and failed is not None:
                    failed(whole.subject, whole.error)
                elif whole.value is not None:
                    found.append(whole.value)
    return found


def _names(source: Source | Iterable[Source]) -> list[str]:
    """Return the names of sources. Raises UsageError if one is neither a path nor an address."""
    wanted = "a path or URL"
    if isinstance(source, str | bytes | os.PathLike):
        source = [source]
    require("source", source, Iterable, wanted, "give a path or URL, or a list of them")
    names = list(source)
    for name in names:
        require("source", name, (str, os.PathLike), wanted)
    if not names:
        problem, next_step = "the list is empty", "name at least one path or URL"
        raise UsageError(problem=problem, next_step=next_step, argument="source")
    return [os.fsdecode(name) for name in names]


def _checked(value: RecordLike, subject: str) -> Abstract | Item:
    if is_record(value, subject):
        return record_of(value, subject=subject)
    return item_of(value, subject=subject)


@contextmanager
def _web(*, many: bool) -> Iterator[Web]:
    """Yield the functions that fetch URLs; the network code is imported at the first one."""
    with ExitStack() as stack:

        @cache
        def crawler() -> Crawler:
            from abstool.web.crawler import Crawler  # noqa: PLC0415 - most sources are files

            return stack.enter_context(Crawler(many=many))

        def record_at(url: str) -> Abstract:
            from abstool.fetching import fetch  # noqa: PLC0415 - see above

            return fetch(url, crawler())

        yield Web(record_at)
