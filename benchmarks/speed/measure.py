"""Time whole processes and summarise the results.

Ratios of two tools are taken pair by pair, because two runs close in time see the same load.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

LAUNCH = Path(__file__).with_name("launch.py")


@dataclass(frozen=True)
class Run:
    """The cost of one run of a process: seconds, and MB of memory."""

    seconds: float
    cpu: float  # of the process and all its children
    largest: float  # peak memory of the largest process
    together: float  # peak memory of all its processes together, if sampled
    code: int
    late: bool  # stopped at the limit


@dataclass(frozen=True)
class Spread:
    """The median, minimum and maximum of several figures."""

    low: float
    median: float
    high: float
    count: int


def spread(figures: Iterable[float]) -> Spread:
    """Return the spread of several figures."""
    listed = sorted(figures)
    return Spread(listed[0], statistics.median(listed), listed[-1], len(listed))


def ratios(theirs: Sequence[Run], ours: Sequence[Run]) -> Spread:
    """Return the spread of their time relative to ours, in the rounds in which both ran."""
    pairs = zip(theirs, ours, strict=False)
    return spread(their.seconds / our.seconds for their, our in pairs)


def run(
    command: Sequence[str],
    *,
    out: Path,
    limit: float,
    env: dict[str, str] | None = None,
    sample: bool = False,
    one_cpu: bool = False,
) -> Run:
    """Run a command; write its stdout to a file, and its stderr to another beside it."""
    job = {
        "command": list(command),
        "env": {**os.environ, **(env or {})},
        "out": str(out),
        "err": str(errors_of(out)),
        "limit": limit,
        "sample": sample,
        "cpus": cpus_of(one_cpu=one_cpu),
    }
    launch = [sys.executable, "-I", "-S", str(LAUNCH)]
    done = subprocess.run(
        launch, input=json.dumps(job).encode(), stdout=subprocess.PIPE, check=True
    )
    return Run(**json.loads(done.stdout))


def cpus_of(*, one_cpu: bool) -> list[int]:
    """Return the CPUs to run on: the last available one, or all; none if the system cannot say."""
    if not hasattr(os, "sched_getaffinity"):
        return []
    cpus = sorted(os.sched_getaffinity(0))
    return cpus[-1:] if one_cpu else cpus


def errors_of(out: Path) -> Path:
    """Return the file that has a run's stderr."""
    return out.with_suffix(".err")
