"""Harvest a whole meeting from a local server, with faults and kills.

    python benchmarks/harvest.py                # 2,725 abstracts, 5 % faults, ten kills
    python benchmarks/harvest.py --memory       # peak memory for 100 and for 10,000 pages

It checks the output file, the manifest and the server's log, and exits with status 1 if one of them
is wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from meeting_site import Meeting, faults


class Run:
    """One harvest in its own folder, with as many processes as it takes."""

    def __init__(self, meeting: Meeting, folder: Path, delay: float) -> None:
        self.meeting = meeting
        self.output = folder / "meeting.jsonl"
        self.delay = delay
        self.peak = 0  # KB
        self.cpu = 0.0  # seconds
        self.environment = os.environ | {
            "ABSTOOL_CACHE": str(folder / "cache"),
            "ABSTOOL_CONFIG": os.devnull,
            "ABSTOOL_DELAY": str(delay),
            "ABSTOOL_TIMEOUT": "0.5",
        }

    def start(self) -> subprocess.Popen:
        return self._start("harvest", self.meeting.listing, "-o", str(self.output), "--yes")

    def start_fetch(self) -> subprocess.Popen:
        """Start ``fetch -`` on the same pages."""
        return self._start("fetch", "-", stdin="\n".join(self.meeting.urls()))

    def _start(self, *arguments: str, stdin: str = "") -> subprocess.Popen:
        urls = self.output.with_name("stdin")
        urls.write_text(stdin, "utf-8")
        with (
            urls.open("rb") as stdin_file,
            self.output.with_name("stdout").open("ab") as stdout,
            self.output.with_name("stderr").open("ab") as stderr,
        ):
            return subprocess.Popen(
                [sys.executable, "-m", "abstool", *arguments],
                env=self.environment,
                stdin=stdin_file,
                stdout=stdout,
                stderr=stderr,
            )

    def finish(self, process: subprocess.Popen) -> int:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.peak = max(self.peak, usage.ru_maxrss)
        self.cpu += usage.ru_utime + usage.ru_stime
        return process.returncode

    def killed(self, after: int) -> bool:
        """Kill a run after a number of requests; return whether it was still running."""
        goal = len(self.meeting.requests) + after
        process = self.start()
        while len(self.meeting.requests) < goal and not _ended(process):
            time.sleep(0.001)
        os.kill(process.pid, signal.SIGKILL)  # safe even if it has ended: it is not reaped yet
        return self.finish(process) == -signal.SIGKILL


def _ended(process: subprocess.Popen) -> bool:
    return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def whole_meeting(abstracts: int, share: float, kills: int, seed: int, delay: float) -> bool:
    dice = random.Random(seed)
    given: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder, Meeting(abstracts=abstracts) as meeting:
        each = faults(meeting.root)

        def fault(_: str) -> object:
            if dice.random() >= share:
                return None
            kind = dice.choice(list(each))
            given[kind] += 1
            return each[kind]

        meeting.fault = fault
        run = Run(meeting, Path(folder), delay=delay)
        began = time.monotonic()
        killed = sum(
            run.killed(dice.randrange(abstracts // 20, abstracts // 6)) for _ in range(kills)
        )
        codes = [run.finish(run.start())]
        while codes[-1] and len(codes) < 5:  # pages that failed six times
            codes.append(run.finish(run.start()))
        seconds = time.monotonic() - began

        records = [json.loads(line) for line in run.output.read_bytes().splitlines()]
        manifest = json.loads(run.output.with_name("meeting.manifest.json").read_text("utf-8"))
        good = [f"{n:04}" for n in meeting.order()]
        again = len(meeting.requests) - len(set(meeting.paths()))
        gap = meeting.shortest_gap()
        print(f"abstracts            {abstracts}")
        print(f"requests             {len(meeting.requests)}")
        print(f"faults               {given.total()}: {dict(given.most_common())}")
        print(f"kills                {killed}")
        print(f"exit codes           {codes}")
        print(f"seconds              {seconds:.0f}")
        print(f"peak memory          {run.peak / 1024:.0f} MB")
        print(f"shortest gap         {1000 * gap:.1f} ms (allowed {1000 * run.delay:.1f})")
        print(f"concurrent requests  {1 if not meeting.overlaps() else 'MORE THAN 1'}")
        print(f"repeated requests    {again} (faults and kills: {given.total() + killed})")
        print(f"counts               {manifest['counts']}")
        checks = {
            "all records, in order, no duplicates": [r["number"] for r in records] == good,
            "manifest correct": manifest["counts"]
            == {
                "found": abstracts,
                "fetched": abstracts,
                "from_cache": 0,
                "parsed": abstracts,
                "duplicates": 0,
                "failed": 0,
            },
            "one request at a time": meeting.overlaps() == [],
            "minimum delay kept": gap >= run.delay,
            "repeated requests only after a fault or kill": again <= given.total() + killed,
            "last run succeeded": codes[-1] == 0,
        }
    for name, holds in checks.items():
        print(f"{'ok  ' if holds else 'FAIL'} {name}")
    return all(checks.values())


def memory(small: int, large: int) -> bool:
    peaks: dict[str, list[int]] = {"harvest": [], "fetch -": []}
    for abstracts in (small, large):
        for name, seen in peaks.items():
            with (
                tempfile.TemporaryDirectory() as folder,
                Meeting(abstracts=abstracts, filler=100_000) as meeting,
            ):
                run = Run(meeting, Path(folder), delay=0)
                code = run.finish(run.start() if name == "harvest" else run.start_fetch())
                seen.append(run.peak)
                print(
                    f"{name:8} {abstracts:6} pages: exit {code}, peak {run.peak / 1024:.1f} MB,"
                    f" {1000 * run.cpu / abstracts:.1f} ms of CPU per page",
                    flush=True,
                )
    for name, (least, most) in peaks.items():
        print(f"{'ok  ' if most <= 1.5 * least else 'FAIL'} {name} ratio {most / least:.2f}")
    return all(most <= 1.5 * least for least, most in peaks.values())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--abstracts", type=int, default=2725)
    parser.add_argument("--faults", type=float, default=0.05)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--delay", type=float, default=0.005)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--pages", type=int, default=10_000)
    options = parser.parse_args()
    if options.memory:
        return not memory(100, options.pages)
    return not whole_meeting(
        options.abstracts, options.faults, options.kills, options.seed, options.delay
    )


if __name__ == "__main__":
    sys.exit(main())
