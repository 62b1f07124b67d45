"""Time whole processes, and sum up their figures.

In: commands. Out: a ``Run`` each; of several, their ``Spread``, and of two lists of runs the spread
of their ratios, pair by pair, since two runs close in time meet the same load of the machine.
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
    """What one run of a process took: seconds, and MB of memory."""

    seconds: float
    cpu: float  # of it and all its children
    largest: float  # peak memory of the largest process
    together: float  # peak memory of all its processes, where it was watched
    code: int
    late: bool  # stopped at the limit


@dataclass(frozen=True)
class Spread:
    """The middle of several figures, and their ends."""

    low: float
    median: float
    high: float
    count: int


def spread(figures: Iterable[float]) -> Spread:
    """Return the spread of some figures."""
    listed = sorted(figures)
    return Spread(listed[0], statistics.median(listed), listed[-1], len(listed))


def ratios(theirs: Sequence[Run], ours: Sequence[Run]) -> Spread:
    """Return how many times as long they took as we did, in the rounds in which both ran."""
    pairs = zip(theirs, ours, strict=False)
    return spread(their.seconds / our.seconds for their, our in pairs)


def run(
    command: Sequence[str],
    *,
    out: Path,
    limit: float,
    env: dict[str, str] | None = None,
    sample: bool = False,
) -> Run:
    """Run a command, its standard output into a file and its errors into one beside it."""
    job = {
        "command": list(command),
        "env": {**os.environ, **(env or {})},
        "out": str(out),
        "err": str(errors_of(out)),
        "limit": limit,
        "sample": sample,
    }
    launch = [sys.executable, "-I", "-S", str(LAUNCH)]
    done = subprocess.run(
        launch, input=json.dumps(job).encode(), stdout=subprocess.PIPE, check=True
    )
    return Run(**json.loads(done.stdout))


def errors_of(out: Path) -> Path:
    """Return where the errors of a run are."""
    return out.with_suffix(".err")
