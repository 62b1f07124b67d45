"""Print records with the URLs that are theirs, when several pages give the same URL.

Records are printed in order, while pages are still read. A record waits until some more were read,
because one of those may give the same URL.
"""

from __future__ import annotations

import json
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from msgspec import structs

from abstool.address import host_of
from abstool.cli.output import PrintedRecord, printed
from abstool.errors import AbstoolError, ExitCode
from abstool.matching import GivenURLs, disputed
from abstool.record import Abstract

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from abstool.cli.report import Report
    from abstool.inputs.outcome import Outcome
    from abstool.matching import GivenURL

_BYTES = 16_000_000  # of the records that wait
_CHECK = "check its URL"


class PrintedTooEarly(AbstoolError):  # noqa: N818 - the name says what happened
    """A record was printed with a URL before the page of another abstract gave it, too."""

    exit_code = ExitCode.SOME_FAILED


class _Waiting(NamedTuple):
    outcome: Outcome[PrintedRecord]
    record: PrintedRecord
    given: GivenURL | None


def settled(
    outcomes: Iterable[Outcome[PrintedRecord]], report: Report, *, ahead: int
) -> Iterator[Outcome[PrintedRecord]]:
    """Yield the outcomes, the records in order and each with a URL only if that is its own.

    A record whose URL belongs to another abstract gets the URL that its page came from, or none if
    that is unknown, and a warning. A record that was printed before that was known is reported.
    """
    urls = GivenURLs()
    waiting: deque[_Waiting] = deque()
    size = 0
    for outcome in outcomes:
        record = outcome.value
        if record is None:
            yield outcome
            continue
        given = urls.add(outcome.subject, record.features, outcome.address)
        if given:
            for error in too_early(given, record.url, outcome.address, outcome.subject):
                report.failure("", error)
        waiting.append(_Waiting(outcome, record, given))
        size += len(record.line)
        while waiting and (len(waiting) > ahead or size > _BYTES):
            size -= len(waiting[0].record.line)
            yield _settled(waiting.popleft())
    while waiting:
        yield _settled(waiting.popleft())


def _settled(waiting: _Waiting) -> Outcome[PrintedRecord]:
    outcome, record, given = waiting
    if given is None:
        return outcome
    if given.rival is None:
        given.note_printed()
        return outcome
    abstract = without_disputed_url(Abstract.from_dict(json.loads(record.line)), given)
    changed = printed(abstract, False, named=record.indent, collected=None)
    return outcome._replace(value=changed)


def without_disputed_url(record: Abstract, given: GivenURL) -> Abstract:
    """Return a record with another URL or none, and with a warning."""
    url = given.replacement
    site = host_of(url) if url else record.site
    warnings = [*record.warnings, disputed(record.url)]
    return structs.replace(record, url=url, site=site, warnings=warnings)


def too_early(given: GivenURL, url: str, address: str, subject: str) -> Iterator[PrintedTooEarly]:
    """Yield an error for each record that was printed with a URL that is not its own.

    ``subject`` is of another abstract, and gives the URL or comes from it.
    """
    if early := given.printed_before():
        problem = f"printed with the URL {url}, which {subject} gives, too, for another abstract"
        yield PrintedTooEarly(early.subject, problem, _CHECK)
    if early := given.printed_with_source():
        problem = f"printed with the URL {address}, which is that of another abstract"
        yield PrintedTooEarly(early.subject, problem, _CHECK)
