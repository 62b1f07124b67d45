"""A harvest: the addresses of a listing go in, a file with the record of each comes out.

Beside ``meeting.jsonl`` stand ``meeting.failures.jsonl`` (which pages failed, and why),
``meeting.manifest.json`` (what was done, as PRISMA-S asks for it) and ``meeting.journal.jsonl``.
The journal gets a line for each page that is done with, after its record was written, so that a
run that is stopped at any moment can be gone on with: what has no line there was not done.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from abstool._version import __version__
from abstool.errors import AbstoolError, FetchError, UsageError
from abstool.fetching import fetch
from abstool.harvesting.ledger import Ledger, replace_file
from abstool.web.crawler import Crawler
from abstool.web.failure import HaltError
from abstool.web.pace import local_time


class Progress(NamedTuple):
    """How far a run has come: pages it had to do, done, and failed so far."""

    pages: int
    done: int
    failed: int


@dataclass(frozen=True)
class Counts:
    """The figures of a harvest over all its runs.

    ``fetched`` pages came from the site since the harvest began, ``from_cache`` from the time
    before. Some abstracts may be ``duplicates`` of one that was found under another address.
    """

    found: int
    fetched: int
    from_cache: int
    parsed: int
    duplicates: int
    failed: int


class Harvest:
    """The harvest of one output file; made by ``opened``."""

    def __init__(self, output: Path, source: str) -> None:
        """Take up or begin the harvest of a source into a file that no other one writes."""
        self._output = output
        self._source = source
        self._manifest = _companion(output, "manifest.json")
        self._failures = _companion(output, "failures.jsonl")
        self._facts = self._begun()
        self.records = Ledger(output, "url")
        self.journal = Ledger(_companion(output, "journal.jsonl"), "address")
        self._addresses: list[str] = []
        self._failing: dict[str, dict[str, Any]] = {}

    def close(self) -> None:
        """Close the files; those that were begun in vain are taken away."""
        for ledger in (self.records, self.journal):
            ledger.close()
            if not self._manifest.exists():
                ledger.discard()

    # --- what is to be done -----------------------------------------------------------------------

    def plan(self, addresses: Sequence[str]) -> list[str]:
        """Take down what the source holds; return the addresses still to be done, in order."""
        self._addresses = list(dict.fromkeys(addresses))
        self._failing = {
            address: entry
            for address in self._addresses
            if (entry := self.journal.get(address)) and "reason" in entry
        }
        return [address for address in self._addresses if not self._is_done(address)]

    def _is_done(self, address: str) -> bool:
        entry = self.journal.get(address)
        return entry is not None and "record" in entry and entry["record"] in self.records

    def run(
        self,
        crawler: Crawler,
        addresses: Sequence[str],
        progress: Callable[[Progress], None],
        failed: Callable[[str, Exception], None],
    ) -> None:
        """Fetch pages and add their records; what fails is tried once more at the end.

        ``progress`` is told of each page and ``failed`` of those that fail for good. Raises
        HaltError where the site wants no more requests, OutputError where the disk is full.
        """
        left = list(addresses)
        failures: list[str] = []
        for number, address in enumerate(left):
            if not self._do(crawler, address):
                failures.append(address)
            progress(Progress(len(left), number + 1, len(failures)))
        for address in list(failures):
            if self._do(crawler, address, failed):
                failures.remove(address)
            progress(Progress(len(left), len(left), len(failures)))

    def _do(
        self,
        crawler: Crawler,
        address: str,
        failed: Callable[[str, Exception], None] = lambda *_: None,
    ) -> bool:
        """Do one page; say whether there is a record of it now."""
        try:
            record = fetch(address, crawler)
        except (HaltError, UsageError):
            raise
        except Exception as error:  # noqa: BLE001 - a bug, too, costs one page and not all
            self._note_failure(address, error)
            failed(address, error)
            return False
        if record.url not in self.records:
            self.records.add(record.to_dict())
        self.journal.add(
            {"address": address, "record": record.url, "fetched": self._fetched(crawler, address)}
        )
        self._failing.pop(address, None)
        return True

    def _note_failure(self, address: str, error: Exception) -> None:
        entry: dict[str, Any] = {"address": address, "reason": _reason(error), "time": _timestamp()}
        if not isinstance(error, FetchError):  # the page came, but cannot be used
            entry["fetched"] = True
        self.journal.add(entry)
        self._failing[address] = entry
        self._write_failures()

    def _fetched(self, crawler: Crawler, address: str) -> bool:
        """Say whether a page came from the site since the harvest began, in whichever run."""
        began = datetime.fromisoformat(self._facts["started"])
        return not crawler.is_from_before(address, began)

    # --- what is written besides records ----------------------------------------------------------

    def finish(self) -> None:
        """Bring the records into the order of the listing, and all to the disk."""
        order = []
        for address in self._addresses:
            entry = self.journal.get(address) or {}
            if entry.get("record") in self.records:
                order.append(entry["record"])
        self.records.sort(order)
        self.records.sync()
        self.journal.sync()

    def counts(self) -> Counts:
        """Count what the listing holds and what became of it."""
        entries = [self.journal.get(address) or {} for address in self._addresses]
        done = [entry for entry in entries if entry.get("record") in self.records]
        came = [entry["fetched"] for entry in entries if "fetched" in entry]
        parsed = len({entry["record"] for entry in done})
        return Counts(
            found=len(entries),
            fetched=sum(came),
            from_cache=len(came) - sum(came),
            parsed=parsed,
            duplicates=len(done) - parsed,
            failed=sum("reason" in entry for entry in entries),
        )

    def begin_run(self, command: str, settings: dict[str, Any]) -> None:
        """Write into the manifest that a run begins."""
        self._facts["settings"] = settings
        self._facts["runs"].append({"command": command, "started": _timestamp()})
        self._write_manifest()

    def end_run(self, outcome: str) -> None:
        """Write into the manifest how a run ended, and what there is now."""
        run = self._facts["runs"][-1]
        run["finished"] = _timestamp()
        run["outcome"] = outcome
        counts = self.counts()
        if counts.parsed + counts.duplicates == counts.found:
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
            **self._facts,
            "counts": {name: getattr(self.counts(), name) for name in Counts.__annotations__},
        }
        order = ("tool", "version", "source", "started", "finished", "counts", "settings", "runs")
        ordered = {name: facts[name] for name in order if name in facts}
        replace_file(self._manifest, json.dumps(ordered, ensure_ascii=False, indent=2) + "\n")

    def _write_failures(self) -> None:
        lines = [
            {"url": address, "reason": entry["reason"], "time": entry["time"]}
            for address in self._addresses
            if (entry := self._failing.get(address))
        ]
        if lines:
            text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
            replace_file(self._failures, text)
        else:
            self._failures.unlink(missing_ok=True)

    def _begun(self) -> dict[str, Any]:
        """Return what the manifest knows of earlier runs; refuse files of anything else."""
        try:
            facts = json.loads(self._manifest.read_bytes())
            begun = {"started": facts["started"], "runs": list(facts["runs"])}
            datetime.fromisoformat(begun["started"])
            source = facts["source"]
        except FileNotFoundError:
            for path in (self._output, self._failures, _companion(self._output, "journal.jsonl")):
                if path.exists() and path.stat().st_size:
                    raise UsageError(
                        str(path), "it exists and is no harvest", "name another output"
                    ) from None
            return {"started": _timestamp(), "runs": []}
        except (ValueError, KeyError, TypeError):
            raise UsageError(
                str(self._manifest), "it is no manifest of a harvest", "name another output"
            ) from None
        if source != self._source:
            raise UsageError(
                str(self._output), f"it is the harvest of {source}", "name another output"
            )
        return begun | ({"finished": facts["finished"]} if "finished" in facts else {})


@contextmanager
def opened(output: str, source: str) -> Iterator[Harvest]:
    """Open the harvest of a source into a file, which nobody else may write meanwhile.

    Raises UsageError where the file cannot be written, belongs to something else, or is being
    written by another harvest.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - slow to import

    path = Path(os.path.realpath(output))  # a link stays a link
    if path.exists() and not path.is_file():
        raise UsageError(output, "it is no plain file", "name another file with --output")
    if not path.parent.is_dir():
        raise UsageError(output, "there is no such folder", "name another file with --output")
    lock = FileLock(path.with_name(f".{path.name}.abstool-lock"), timeout=0)
    try:
        lock.acquire()
        try:
            harvest = Harvest(path, source)
            try:
                yield harvest
            finally:
                harvest.close()
        finally:
            with suppress(OSError):  # Windows removes no open file
                Path(lock.lock_file).unlink()
            lock.release()
    except Timeout:
        raise UsageError(
            output, "another harvest is writing to it", "wait for it, or name another output"
        ) from None
    except OSError as error:
        if error.filename != lock.lock_file:
            raise
        raise UsageError(
            output, f"cannot be written ({error.strerror})", "name another file with --output"
        ) from None


def _companion(output: Path, ending: str) -> Path:
    return output.with_name(f"{output.stem}.{ending}")


def _reason(error: Exception) -> str:
    if isinstance(error, AbstoolError):
        return str(error)
    return f"internal error: {type(error).__name__}: {error}"


def _timestamp() -> str:
    return local_time().isoformat(timespec="seconds")
