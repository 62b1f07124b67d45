"""Harvest a list of URLs into one file of records, in as many runs as it takes.

Beside ``meeting.jsonl`` are ``meeting.failures.jsonl`` (which pages failed, and why),
``meeting.manifest.json`` (what was done, as PRISMA-S requires) and ``meeting.journal.jsonl``. The
journal gets a line for each finished page, after the page's record was written. A run that is
interrupted at any moment can therefore be resumed: a page without a line is not done yet.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from abstool._version import __version__
from abstool.address import identity
from abstool.atomic import remove_stale
from abstool.errors import AbstoolError, FetchError, UsageError, masked, reason_of
from abstool.fetching import record_at
from abstool.harvesting.arrivals import Arrivals
from abstool.harvesting.claims import TYPES, Claims, DisputedURL, JournalEntry
from abstool.harvesting.ledger import Ledger, replace_file
from abstool.harvesting.listings import CutListing
from abstool.harvesting.manifest import (
    ENDINGS,
    Facts,
    check_companions,
    companion,
    read_facts,
    timestamp,
    unusable,
)
from abstool.record.given import NOTHING
from abstool.text import count_of
from abstool.web.crawler import Crawler
from abstool.web.failure import HaltError


class Progress(NamedTuple):
    """The progress of a run: how many pages it has in total, done and failed so far."""

    pages: int
    done: int
    failed: int


@dataclass(frozen=True)
class Counts:
    """The figures of a harvest over all its runs.

    ``fetched`` pages were retrieved since the harvest began, ``from_cache`` pages before that.
    ``duplicates`` are abstracts that were already found under another URL.
    """

    found: int
    fetched: int
    from_cache: int
    parsed: int
    duplicates: int
    failed: int

    @property
    def missing(self) -> int:
        """The number of pages without a record."""
        return self.found - self.parsed - self.duplicates


class Harvest:
    """The harvest of one output file; see ``open_harvest``."""

    def __init__(self, output: Path, source: str) -> None:
        """Start or resume the harvest of a source into a file that this process has locked."""
        self._output = output
        self._source = source
        self._manifest = companion(output, "manifest.json")
        self._failures = companion(output, "failures.jsonl")
        facts = read_facts(output, source)
        self.is_damaged = facts is None  # the manifest; a new one is started
        self._facts: Facts = facts or {"started": timestamp(), "runs": []}
        self._records: Ledger[dict[str, object]] = Ledger(output, "url")
        self._journal: Ledger[JournalEntry] = Ledger(
            companion(output, "journal.jsonl"), "address", final="record", types=TYPES
        )
        self._claims = Claims(self._records, self._journal)
        self._arrivals = Arrivals(self._journal)
        self.given = NOTHING  # what the user gives for what the pages lack
        self.urls: list[str] = []
        self.cut: CutListing | None = None  # why the listing is incomplete, if it is
        self._limit = 0  # the number of URLs that were asked for, if the source may have more
        self._failing: dict[str, JournalEntry] = {}

    def close(self) -> None:
        """Close the files, and remove them if no run began."""
        for ledger in (self._records, self._journal):
            ledger.close()
            if not self._manifest.exists():
                ledger.discard()

    # --- fetching ---------------------------------------------------------------------------------

    def plan(self, urls: Iterable[str], limit: int | None = None) -> list[str]:
        """Set ``urls``, each page once and in order; return those that are still to do.

        ``limit`` is the most URLs that the source was asked for. Sets ``cut`` if the listing that
        they come from was not read to its end for another reason.
        """
        spellings: dict[str, str] = {}
        try:
            for count, url in enumerate(urls, start=1):
                spellings.setdefault(identity(url), url)
                self._limit = count if count == limit else 0
        except CutListing as error:
            self.cut = error
        self.urls = list(spellings.values())
        self._arrivals.expect(self.urls)
        self._failing = {
            url: entry
            for url in self.urls
            if (entry := self._journal.get(url)) and "reason" in entry
        }
        merged = self._claims.unchecked()
        return [url for url in self.urls if not self._is_done(url) or identity(url) in merged]

    def _is_done(self, url: str) -> bool:
        entry = self._journal.get(url)
        return entry is not None and entry.get("record") in self._records

    def run(
        self,
        crawler: Crawler,
        urls: Sequence[str],
        progress: Callable[[Progress], None],
        failed: Callable[[str, Exception], None],
    ) -> None:
        """Fetch pages and add their records; retry each failed page once at the end.

        ``progress`` is called after each page, and ``failed`` for each page whose retry failed.
        Raises HaltError if the site accepts no more requests, OutputError if the disk is full.
        """
        failures: list[str] = []
        for done, url in enumerate(urls, start=1):
            if not self._fetch(crawler, url):
                failures.append(url)
            progress(Progress(len(urls), done, len(failures)))
        for url in list(failures):
            if self._fetch(crawler, url, failed):
                failures.remove(url)
            progress(Progress(len(urls), len(urls), len(failures)))

    def _fetch(
        self,
        crawler: Crawler,
        url: str,
        failed: Callable[[str, Exception], None] = lambda *_: None,
    ) -> bool:
        """Fetch one page; return whether there is a record of it now."""
        try:
            record = record_at(url, crawler, self.given, partial(self._arrivals.check, url))
        except (HaltError, UsageError):
            raise
        except Exception as error:  # noqa: BLE001 - a bug, too, must fail only one page
            self._note_failure(url, error)
            failed(url, error)
            return False
        entry = self._claims.add(url, record)
        began = datetime.fromisoformat(self._facts["started"])
        fetched = not crawler.is_cached_before(url, began)
        self._journal.add({**entry, **self._arrivals.facts(url), "fetched": fetched})
        self._failing.pop(url, None)
        return True

    def _note_failure(self, url: str, error: Exception) -> None:
        entry: JournalEntry = {"address": url, "reason": _reason(error), "time": timestamp()}
        if not isinstance(error, FetchError):  # the page was retrieved, but cannot be used
            entry["fetched"] = True
        self._journal.add(entry)
        self._failing[url] = entry
        self._write_failures()

    # --- the files --------------------------------------------------------------------------------

    def finish(self) -> None:
        """Sort the records into the order of the source, and flush all files to the disk."""
        entries = map(self._journal.get, filter(self._is_done, self.urls))
        order = [entry["record"] for entry in entries if entry]
        self._records.sort(order, without=self._claims.replaced())
        self._records.sync()
        self._journal.sync()

    def disputes(self) -> list[DisputedURL]:
        """Return the URLs that pages of several abstracts give as theirs."""
        return self._claims.disputes()

    def counts(self) -> Counts:
        """Count the pages of the source, and the results so far."""
        entries = [entry for url in self.urls if (entry := self._journal.get(url))]
        done = [entry["record"] for entry in entries if entry.get("record") in self._records]
        came = [entry["fetched"] for entry in entries if "fetched" in entry]
        parsed = len(set(map(identity, done)))
        return Counts(
            found=len(self.urls),
            fetched=sum(came),
            from_cache=len(came) - sum(came),
            parsed=parsed,
            duplicates=len(done) - parsed,
            failed=sum("reason" in entry for entry in entries),
        )

    def outcome(self) -> str:
        """Return the outcome of a run that came to its end, for the manifest."""
        if self.cut:
            return f"incomplete: {self.cut}"
        if missing := self.counts().missing:
            return f"incomplete: {count_of(missing, 'page')} missing"
        up_to = f" up to the limit of {count_of(self._limit, 'abstract')}" if self._limit else ""
        return f"complete{up_to}"

    def begin_run(self, command: str, settings: dict[str, object]) -> None:
        """Add a run to the manifest."""
        self._facts["settings"] = settings
        if self.is_damaged:
            with suppress(OSError):
                self._manifest.replace(companion(self._output, "manifest.damaged.json"))
            self.is_damaged = False
        self._facts["runs"].append({"command": command, "started": timestamp()})
        self._write_manifest()

    def end_run(self, outcome: str) -> None:
        """Add the outcome of the run, and the figures, to the manifest."""
        run = self._facts["runs"][-1]
        run["finished"] = timestamp()
        run["outcome"] = outcome
        if self.outcome() == "complete":
            self._facts.setdefault("finished", run["finished"])
        else:
            self._facts.pop("finished", None)
        self._write_manifest()
        self._write_failures()

    def _write_manifest(self) -> None:
        facts = {
            "tool": "abstool",
            "version": __version__,
            "source": self._source,
            "output": self._output.name,
            **self._facts,
            "counts": asdict(self.counts()),
        }
        order = (
            *("tool", "version", "source", "output", "started", "finished"),
            *("counts", "settings", "runs"),
        )
        ordered = {name: facts[name] for name in order if name in facts}
        replace_file(self._manifest, json.dumps(ordered, ensure_ascii=False, indent=2) + "\n")

    def _write_failures(self) -> None:
        lines = [
            {"url": url, "reason": entry["reason"], "time": entry.get("time", "")}
            for url in self.urls
            if (entry := self._failing.get(url))
        ]
        if lines:
            text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
            replace_file(self._failures, text)
        else:
            self._failures.unlink(missing_ok=True)


@contextmanager
def open_harvest(output: str, source: str) -> Iterator[Harvest]:
    """Open the harvest of a source into a file, and lock it against other harvests.

    Raises UsageError if the file cannot be written, belongs to something else, or is locked.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - slow to import

    path, lock_file = _checked(output)
    lock = FileLock(lock_file, timeout=0)
    try:
        lock.acquire()
        try:
            for file in (path, *(companion(path, ending) for ending in ENDINGS)):
                remove_stale(file)
            harvest = Harvest(path, source)
            try:
                yield harvest
            finally:
                harvest.close()
        finally:
            with suppress(OSError):  # Windows does not remove an open file
                Path(lock.lock_file).unlink()
            lock.release()
    except Timeout:
        raise UsageError(
            output,
            "another harvest is writing to this file",
            "wait for it to finish, or choose another output file",
            argument="output",
        ) from None
    except OSError as error:
        if error.filename != lock.lock_file:
            raise
        raise unusable(output, f"cannot be written ({error.strerror})") from None


def _checked(output: str) -> tuple[Path, Path]:
    """Return the path of a harvest and of its lock; raise UsageError if they cannot be files."""
    if not output:
        raise UsageError(problem="the value is empty", next_step="name a file", argument="output")
    try:
        path = Path(os.path.realpath(output))  # a link stays a link
        lock_file = path.with_name(f".{path.stem}.abstool-lock")
        for file in (path, lock_file, *(companion(path, ending) for ending in ENDINGS)):
            with suppress(FileNotFoundError):
                if not stat.S_ISREG(file.stat().st_mode):  # a pipe would be waited for
                    is_output = file == path
                    raise unusable(output if is_output else file, "not a regular file")
    except NotADirectoryError:
        raise unusable(output, "folder not found") from None
    except (OSError, ValueError) as error:  # too long, or a null character
        reason = reason_of(error)
        raise unusable(output, f"cannot be written ({reason})") from None
    if not path.parent.is_dir():
        raise unusable(output, "folder not found")
    check_companions(path)
    return path, lock_file


def _reason(error: Exception) -> str:
    if isinstance(error, AbstoolError):
        return str(error)
    return masked(f"internal error: {type(error).__name__}: {error}")
