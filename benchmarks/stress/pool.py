"""Interrupt ``abstool parse --jobs 2`` and kill its workers, many times, and report what hangs.

    python benchmarks/stress/pool.py [--runs 1000]

Each run is stopped at a random moment after it began to start processes: by Ctrl-C, by Ctrl-C after
some of its workers were killed, or by Ctrl-C twice. It must end within ten seconds, with exit code
130 and at most one line. After a second Ctrl-C Python may end by the signal itself. Linux only.
Exits with status 1 if a run fails.
"""

from __future__ import annotations

import argparse
import collections
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

FIXTURE = Path(__file__).parents[2] / "fixtures" / "acr-2025-poster" / "page.html"
PAGES = 150
LIMIT = 10.0  # seconds until a run that was interrupted counts as hung
KINDS = ("interrupt", "kill workers", "interrupt twice")


def main() -> None:
    """Run as often as the command line says."""
    parser = argparse.ArgumentParser(description="Interrupt and kill the pool of workers.")
    parser.add_argument("--runs", type=int, default=1000)
    runs = parser.parse_args().runs
    codes: collections.Counter[tuple[str, int]] = collections.Counter()
    failures = 0
    with tempfile.TemporaryDirectory(prefix="abstool-stress-") as folder:
        for number in range(PAGES):
            (Path(folder) / f"{number:03}.html").write_bytes(FIXTURE.read_bytes())
        for number in range(runs):
            kind = random.choice(KINDS)
            problem, code = one_run([folder] * 40, kind)
            codes[kind, code] += 1
            if problem:
                failures += 1
                print(f"run {number}, {kind}: {problem}", flush=True)
    for (kind, code), count in sorted(codes.items()):
        print(f"{kind}: {count} runs ended with code {code}")
    print(f"{failures} of {runs} runs failed")
    sys.exit(bool(failures))


def one_run(names: list[str], kind: str) -> tuple[str, int]:
    """Start a run, stop it in one way, and return what is wrong with its end, and its code."""
    process = subprocess.Popen(
        [sys.executable, "-m", "abstool", "parse", *names, "--jobs", "2"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    wait_for_child(process)
    time.sleep(random.uniform(0, 1.2))
    if kind == "kill workers":
        for worker in workers_of(process.pid):
            if random.random() < 0.7:
                with suppress(ProcessLookupError):
                    os.kill(worker, signal.SIGKILL)
        time.sleep(random.uniform(0, 0.3))
    process.send_signal(signal.SIGINT)
    if kind == "interrupt twice":
        time.sleep(random.uniform(0, 0.05))
        process.send_signal(signal.SIGINT)
    try:
        _, err = process.communicate(timeout=LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return "hung", process.returncode
    wanted = (130, -signal.SIGINT) if kind == "interrupt twice" else (130,)
    if process.returncode not in wanted:
        return f"exit code {process.returncode}: {err[-300:]!r}", process.returncode
    return "", process.returncode


def wait_for_child(process: subprocess.Popen[bytes]) -> None:
    """Wait until a process has started another: before, Python itself would end by the signal."""
    while process.poll() is None and not children_of(process.pid):
        time.sleep(0.01)


def workers_of(pid: int) -> list[int]:
    """Return the worker processes of a process."""
    return [child for child in children_of(pid) if is_worker(child)]


def children_of(pid: int) -> list[int]:
    """Return the processes that a process started."""
    with suppress(FileNotFoundError):
        return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()))
    return []


def is_worker(pid: int) -> bool:
    """Return whether a process is a worker, and not Python's tracker of resources."""
    with suppress(FileNotFoundError):
        return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


if __name__ == "__main__":
    main()
