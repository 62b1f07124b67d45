"""Read the manifest of a harvest, and see whether a harvest may be resumed with it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Required, TypedDict

from abstool.errors import UsageError
from abstool.web.pace import local_time, zoned

ENDINGS = ("manifest.json", "failures.jsonl", "journal.jsonl")
_LONGEST_NAME = 255  # bytes, on all usual file systems


class RunFacts(TypedDict, total=False):
    """What the manifest says about one run; a run that was killed has no outcome."""

    command: Required[str]
    started: Required[str]
    finished: str
    outcome: str


class Facts(TypedDict, total=False):
    """What the manifest says about all runs."""

    started: Required[str]
    runs: Required[list[RunFacts]]
    finished: str
    settings: dict[str, object]


def read_facts(output: Path, source: str) -> Facts | None:
    """Return what the manifest says about earlier runs; None if it is damaged.

    Raises UsageError for files that are not of this harvest.
    """
    path = companion(output, "manifest.json")
    try:
        manifest = json.loads(path.read_bytes())
        facts: Facts = {"started": manifest["started"], "runs": list(manifest["runs"])}
        known = str(manifest["source"])
        name = str(manifest.get("output", ""))
        zoned(facts["started"])
        if not _is_name(name):
            raise ValueError(name)  # noqa: TRY301 - damaged, as if it could not be read
    except FileNotFoundError:
        for file in (output, *(companion(output, ending) for ending in ENDINGS)):
            if file.exists() and file.stat().st_size:
                raise unusable(file, "already exists and is not a harvest") from None
        return {"started": timestamp(), "runs": []}
    except OSError as error:
        raise unusable(path, f"cannot be read ({error.strerror})") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        if not _has_journal(output):
            raise unusable(path, "not the manifest of a harvest") from None
        return None
    if known != source:
        raise unusable(output, f"already contains the harvest of {known}")
    for other in _twins(output, name):
        raise unusable(output, f"{other.name} is a harvest with the same companion files")
    if "finished" in manifest:
        facts["finished"] = manifest["finished"]
    return facts


def _has_journal(output: Path) -> bool:
    """Return whether the output has its journal, which holds all that resuming needs."""
    path = companion(output, "journal.jsonl")
    if not (path.is_file() and output.is_file()):
        return False
    with path.open("rb") as lines:
        return b'"address"' in lines.readline(10_000)


def _twins(output: Path, name: str) -> Iterator[Path]:
    """Yield the files that have the harvest of a manifest beside ``output``, but are not it.

    ``name`` is that of the manifest's own output, which older versions did not write.
    """
    usual = [f"{output.stem}{suffix}" for suffix in (".jsonl", ".ndjson", ".json")]
    names = [name] if name else [] if output.exists() else usual
    for other in map(output.with_name, names):
        if other != output and _is_file(other):
            yield other


def check_companions(output: Path) -> None:
    """Raise UsageError if one harvest's output has the name of a companion of another harvest.

    Else the one would overwrite or remove the other's file.
    """
    for ending in ENDINGS:
        if _is_harvest(other := companion(output, ending)):
            raise unusable(output, f"{other.name}, a companion file of it, is another harvest")
        stem = output.name.removesuffix(f".{ending}")
        if stem != output.name and _is_harvest(output.with_name(f"{stem}.jsonl"), but=output):
            raise unusable(output, f"is a companion file of the harvest {stem}")


def _is_harvest(output: Path, but: Path | None = None) -> bool:
    """Return whether an output has a manifest or a journal, other than the file ``but``."""
    files = (companion(output, ending) for ending in ("manifest.json", "journal.jsonl"))
    return any(file != but and _is_file(file) for file in files)


def _is_file(path: Path) -> bool:
    """Return whether there is a file; unlike Path.is_file, False for a name that is too long."""
    return os.path.isfile(path)  # noqa: PTH113


def _is_name(name: str) -> bool:
    """Return whether a manifest may have this as the name of its output; older ones have none.

    Its length is that in UTF-8, since the locale may differ from that of the run that wrote it.
    """
    size = len(name.encode("utf-8", "surrogateescape"))
    return not name or (name == Path(name).name and size <= _LONGEST_NAME)


def companion(output: Path, ending: str) -> Path:
    """Return the path of a file that a harvest keeps beside its output."""
    return output.with_name(f"{output.stem}.{ending}")


def unusable(path: Path | str, problem: str) -> UsageError:
    """Return the error of an output that cannot be used."""
    return UsageError(str(path), problem, "choose another output file", argument="output")


def timestamp() -> str:
    """Return the local time, to the second, as ISO 8601."""
    return local_time().isoformat(timespec="seconds")
