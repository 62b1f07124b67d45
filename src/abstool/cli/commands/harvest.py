"""The ``harvest`` command: fetch all abstracts of a listing into one file of records."""

import os
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from abstool.cli.options import Quiet
from abstool.cli.options.library import HarvestLibrary
from abstool.cli.options.network import (
    Delay,
    Limit,
    Offline,
    Refresh,
    Search,
    SiteHost,
    crawler_options,
)
from abstool.cli.options.pages import Like, Set, given_of
from abstool.cli.records.holdings import add_records, checked_library
from abstool.cli.report import Report
from abstool.errors import AbstoolError, ExitCode, OutputError, UsageError, masked
from abstool.interrupts import Stop
from abstool.text import count_of

if TYPE_CHECKING:
    from abstool.harvesting.harvest import Harvest, Progress
    from abstool.web.crawler import Crawler

EXAMPLES = """\
abstool harvest acr-convergence-2025 --output meeting.jsonl
abstool harvest --search "systemic sclerosis" --output ssc.jsonl --yes
abstool harvest urls.txt --output chosen.jsonl
"""


def harvest(
    source: Annotated[
        str | None,
        typer.Argument(
            metavar="LISTING|FILE",
            help="Meeting slug, listing URL, or file of URLs (one per line, or JSON Lines).",
            show_default=False,
        ),
    ] = None,
    *,
    output: Annotated[
        str,
        typer.Option("--output", "-o", metavar="FILE", help="JSON Lines file to write or resume."),
    ],
    search: Search = None,
    limit: Limit = None,
    site: SiteHost = None,
    library: HarvestLibrary = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Start without asking.")] = False,
    set_: Set = None,
    like: Like = None,
    delay: Delay = None,
    refresh: Refresh = False,
    offline: Offline = False,
    quiet: Quiet = False,
) -> int:
    """Fetch all abstracts of a listing into one file, politely.

    Shows how many pages there are and how long they will take, then asks for confirmation. If
    interrupted, run the same command again to resume. Beside meeting.jsonl it writes
    meeting.failures.jsonl (the pages that failed) and meeting.manifest.json (what was done).
    """
    if not yes and not (sys.stdin and sys.stdin.isatty()):
        raise UsageError("harvest", "cannot ask for confirmation without a terminal", "use --yes")
    path = checked_library(library)
    report, given = Report(quiet=quiet), given_of(set_, like)
    options = crawler_options(report, delay=delay, refresh=refresh, offline=offline)
    name, read = _source(source, search, site, limit, report)
    from abstool.harvesting.harvest import open_harvest
    from abstool.web.crawler import Crawler

    with (
        Stop() as stop,
        Crawler(**options, sleep=stop.sleep) as crawler,
        open_harvest(output, name) as job,
    ):
        job.given = given
        left = job.plan(_checked(read(crawler), stop), limit)
        if job.is_damaged:
            report.note(f"{output}: the manifest is damaged; a new one replaces it")
        if job.cut:
            report.failure("", job.cut)
        if left and not _is_confirmed(crawler, len(job.urls), left, report, None if yes else stop):
            report.note("cancelled; nothing was fetched")
            return ExitCode.OK
        code = _run(job, crawler, left, report, output, stop=stop, quiet=quiet)
    if path and Path(output).stat().st_size:
        add_records(path, [output], report)
    return code or report.exit_code


def _checked(urls: Iterable[str], stop: Stop) -> Iterator[str]:
    for url in urls:
        stop.check()
        yield url


def _source(
    source: str | None, search: str | None, site: str | None, limit: int | None, report: Report
) -> "tuple[str, Callable[[Crawler], Iterable[str]]]":
    """Return the name of the source, and the function that yields its URLs up to the limit."""
    from abstool.harvesting.listings import HOST, listing_url, search_url, walk

    if (source is None) == (search is None):
        raise UsageError("harvest", "expected a LISTING, a FILE or --search", "use exactly one")
    # Unlike Path.is_file, this is False for a name that no file can have.
    if source is not None and os.path.isfile(source):  # noqa: PTH113
        path = Path(source)
        return str(path.absolute()), lambda _: _read(path, limit, report)
    host = site or HOST
    start = listing_url(source, host) if source else search_url(search or "", host)

    def walked(crawler: "Crawler") -> Iterator[str]:
        from abstool.cli.progress import counting

        found = walk(crawler, start, report.note, limit)
        return counting((item.url for item in found), report)

    return start, walked


def _read(path: Path, limit: int | None, report: Report) -> Iterator[str]:
    """Yield the URLs of a file up to the limit, and report its lines without a usable one.

    Raises CutListing after the URLs if there are such lines, also behind the limit, because a
    harvest has to be complete. Raises the error of the first one if most are such lines: the file
    is of another kind.
    """
    from abstool.address import doi_in, doi_url
    from abstool.harvesting.listings import CutListing
    from abstool.inputs.addresses import lines_of, read_addresses

    with path.open("rb") as file:
        found = list(read_addresses(lines_of(file, str(path)), str(path)))
    errors = [one for one in found if isinstance(one, AbstoolError)]
    if 2 * len(errors) > len(found):
        raise errors[0]
    for error in errors:
        report.failure("", error)
    for address in islice((one for one in found if not isinstance(one, AbstoolError)), limit):
        doi = doi_in(address)
        yield doi_url(doi) if doi else address
    if errors:
        lines = count_of(len(errors), "line")
        raise CutListing(str(path), f"{lines} without a usable URL", "correct the list")


def _is_confirmed(
    crawler: "Crawler", found: int, left: list[str], report: Report, stop: Stop | None
) -> bool:
    """Show how much there is to do; return whether the user wants to start, without Stop True."""
    from abstool.cli.progress import duration

    done = found - len(left)
    amount = count_of(found, "abstract") + (f", {done:,} already done" if done else "")
    cached = sum(map(crawler.is_cached, left))
    missing = len(left) - cached
    if missing:
        crawler.read_robots(left[0])
    seconds = crawler.seconds_per_page(left[0])
    report.note(
        f"{amount}; {count_of(missing, 'page')} to fetch, {cached:,} in the cache;"
        f" about {duration(missing * seconds)} (one page every {seconds:.1f} s)"
    )
    if stop is None:
        return True
    with stop.waiting_for_person():
        return typer.confirm("Start?", err=True)


def _run(
    job: "Harvest",
    crawler: "Crawler",
    left: list[str],
    report: Report,
    output: str,
    *,
    stop: Stop,
    quiet: bool,
) -> int:
    """Fetch the remaining pages, and always leave the files consistent."""
    from abstool.cli.progress import progress_of
    from abstool.web.failure import HaltError

    settings = crawler.settings
    job.begin_run(
        shlex.join(["abstool", *map(masked, sys.argv[1:])]),
        {
            "delay": max([settings.delay, *(crawler.pace.delay(url) for url in left[:1])]),
            "timeout": settings.timeout,
            "user_agent": masked(crawler.agent),
            "robots": "honoured",
            "cache": str(settings.cache),
        },
    )
    outcome = "ended by an error"
    try:
        with progress_of(len(left), report, quiet=quiet) as show:

            def advance(progress: "Progress") -> None:
                show(progress)
                stop.check()

            stop.check()
            job.run(crawler, left, advance, report.failure)
        outcome = job.outcome()
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
        failed = _finish(job, outcome)
        if failed and not isinstance(sys.exception(), OutputError):  # which is reported anyway
            report.failure("", failed)
        counts = job.counts()
        advice = "; run the same command again to fetch the rest" if counts.missing else ""
        records = count_of(counts.parsed, "record")
        twice = f", {count_of(counts.duplicates, 'duplicate')}" if counts.duplicates else ""
        report.note(f"{output}: {records}{twice}, {counts.missing:,} missing{advice}")
    if counts.parsed:
        report.success()
    for dispute in job.disputes():
        report.failure("", dispute)
    return failed.exit_code if failed else report.exit_code


def _finish(job: "Harvest", outcome: str) -> OutputError | None:
    """Put all files in order as far as possible; return the first error in writing them."""
    failed = None
    for step in (job.finish, partial(job.end_run, outcome)):
        try:
            step()
        except OutputError as error:
            failed = failed or error
    return failed
