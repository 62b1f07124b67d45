"""``abstool harvest``: a listing in, a file with the records of all its abstracts out."""

import shlex
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from abstool.cli.network import Delay, Limit, Offline, Refresh, Search, SiteHost, crawler_options
from abstool.cli.options import Quiet
from abstool.cli.report import Report
from abstool.errors import AbstoolError, ExitCode, OutputError, UnreadableInput, UsageError

if TYPE_CHECKING:
    from abstool.harvesting.harvest import Harvest
    from abstool.web.crawler import Crawler

EXAMPLES = """\
abstool harvest acr-convergence-2025 --output meeting.jsonl
abstool harvest --search "systemic sclerosis" --output ssc.jsonl --yes
abstool harvest addresses.txt --output chosen.jsonl
"""


def harvest(
    source: Annotated[
        str | None,
        typer.Argument(
            metavar="LISTING|FILE",
            help="Meeting, address of a listing, or file of addresses (lines or JSON Lines).",
            show_default=False,
        ),
    ] = None,
    *,
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FILE", help="File of JSON Lines to write, or to go on with."
        ),
    ],
    search: Search = None,
    limit: Limit = None,
    site: SiteHost = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Begin without asking.")] = False,
    delay: Delay = None,
    refresh: Refresh = False,
    offline: Offline = False,
    quiet: Quiet = False,
) -> int:
    """Fetch all abstracts of a listing into a file, politely.

    Says first how many pages there are and how long they take, and asks. Stopped in any way, the
    same command goes on where it was. Failures and what was done are written beside the file:
    meeting.failures.jsonl, meeting.manifest.json.
    """
    if not yes and not (sys.stdin and sys.stdin.isatty()):
        raise UsageError("harvest", "there is no terminal to ask at before it begins", "add --yes")
    report = Report(quiet=quiet)
    options = crawler_options(report, delay=delay, refresh=refresh, offline=offline)
    name, addresses = _source(source, search, site, report)
    from abstool.harvesting.harvest import opened
    from abstool.web.crawler import Crawler

    with Crawler(**options) as crawler, opened(output, name) as job:
        found = list(islice(addresses(crawler), limit))
        left = job.plan(found)
        if left and not _agreed(crawler, found, left, report, yes=yes):
            report.note("nothing was done")
            return ExitCode.OK
        return _run(job, crawler, left, report, output, quiet=quiet)


def _source(
    source: str | None, search: str | None, site: str | None, report: Report
) -> "tuple[str, Callable[[Crawler], Iterable[str]]]":
    """Return the name of what is to be harvested, and the function that gives its addresses."""
    from abstool.harvesting.listings import HOST, listing_address, search_address, walk

    if (source is None) == (search is None):
        raise UsageError("harvest", "it takes a LISTING, a FILE or --search", "give one of them")
    if source is not None and Path(source).is_file():
        path = Path(source)
        return str(path.absolute()), lambda _: _read(path)
    host = site or HOST
    start = listing_address(source, host) if source else search_address(search or "", host)

    def walked(crawler: "Crawler") -> Iterator[str]:
        from abstool.cli.progress import counting

        return counting((item.url for item in walk(crawler, start, report.note)), report)

    return start, walked


def _read(path: Path) -> Iterator[str]:
    """Yield the addresses of a file. Raises UnreadableInput, since a harvest shall be whole."""
    from abstool.harvesting.addresses import addresses

    with path.open("rb") as file:
        for address in addresses(file, str(path)):
            if isinstance(address, UnreadableInput):
                raise address
            yield address


def _agreed(
    crawler: "Crawler", found: list[str], left: list[str], report: Report, *, yes: bool
) -> bool:
    """Say how much there is to do, and ask whether to do it."""
    at_hand = sum(map(crawler.is_at_hand, left))
    if done := len(found) - len(left):
        amount = f"{len(found):,} abstracts, {done:,} of them done"
    else:
        amount = f"{len(found):,} abstracts"
    missing = len(left) - at_hand
    from abstool.cli.progress import duration

    if missing:
        crawler.learn_pace(left[0])
    every = crawler.seconds_a_page(left[0])
    report.note(
        f"{amount}; {missing:,} pages to fetch, {at_hand:,} in the cache;"
        f" that takes about {duration(missing * every)} (a page every {every:.1f} s)"
    )
    return yes or typer.confirm("Begin?", err=True)


def _run(
    job: "Harvest",
    crawler: "Crawler",
    left: list[str],
    report: Report,
    output: str,
    *,
    quiet: bool,
) -> int:
    """Do what is left, and whatever happens leave the files in order."""
    from abstool.cli.progress import progress_of
    from abstool.web.failure import HaltError

    settings = crawler.settings
    job.begin_run(
        shlex.join(["abstool", *sys.argv[1:]]),
        {
            "delay": max([settings.delay, *(crawler.pace.delay(address) for address in left[:1])]),
            "timeout": settings.timeout,
            "user_agent": crawler.agent,
            "robots": "honoured",
            "cache": str(settings.cache),
        },
    )
    outcome = "ended by an error"
    try:
        with progress_of(len(left), report, quiet=quiet) as show:
            job.run(crawler, left, show, report.failure)
        outcome = "complete"
    except KeyboardInterrupt:
        outcome = "interrupted"
        raise
    except HaltError as error:
        outcome = f"stopped: {error}"
        report.failure("", error)
        return ExitCode.NOT_FETCHED
    except AbstoolError as error:
        outcome = f"stopped: {error}"
        raise
    finally:
        with suppress(OutputError):  # a full disk was told already
            job.finish()
            job.end_run(outcome)
        counts = job.counts()
        rest = counts.found - counts.parsed - counts.duplicates
        advice = "; the same command goes on with the rest" if rest else ""
        report.note(f"{output}: {counts.parsed:,} records, {rest:,} missing{advice}")
    if counts.parsed:
        report.success()
    return report.exit_code
