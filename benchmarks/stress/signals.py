"""Send signals to harvests at random moments, and report those that are lost.

    python benchmarks/stress/signals.py [--signals 120]

A harvest that gets SIGINT, SIGTERM or SIGHUP must end within ten seconds with that signal's exit
code and without a traceback. The same command, run again after every fourth signal, must complete
the meeting. Exits with status 1 if a signal is lost or a meeting stays incomplete.
"""

from __future__ import annotations

import argparse
import collections
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from harvest import Meeting, Run

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
ABSTRACTS = 60
EACH = 4  # signals to the harvest of one meeting
DELAY = 0.005
LIMIT = 10.0  # seconds until a harvest that got a signal counts as hung
TOO_LATE = "ended by itself before the signal"


def main() -> int:
    """Send as many signals as the command line says."""
    parser = argparse.ArgumentParser(description="Send signals to harvests.")
    parser.add_argument("--signals", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    seen: collections.Counter[str] = collections.Counter()
    problems: list[str] = []
    while seen.total() < options.signals:
        with tempfile.TemporaryDirectory() as folder, Meeting(abstracts=ABSTRACTS) as meeting:
            run = Run(meeting, Path(folder), DELAY)
            for _ in range(min(EACH, options.signals - seen.total())):
                number = dice.choice(SIGNALS)
                problem = interrupted(run, number, dice)
                seen[problem or f"{number.name}: ended with {128 + number}"] += 1
                if problem not in ("", TOO_LATE):
                    problems.append(f"{number.name}: {problem}")
            problems += incomplete(run)
    for outcome, count in sorted(seen.items()):
        print(f"{count:4}  {outcome}")
    for problem in problems:
        print(f"FAIL  {problem}")
    print(f"{seen.total()} signals, {len(problems)} problems")
    return bool(problems)


def interrupted(run: Run, number: signal.Signals, dice: random.Random) -> str:
    """Send a signal to a harvest that has begun; return what is wrong with its end."""
    stderr = run.output.with_name("stderr")
    stderr.write_bytes(b"")
    goal = len(run.meeting.requests) + dice.randint(1, ABSTRACTS // EACH)
    process = run.start()
    while len(run.meeting.requests) < goal and process.poll() is None:
        time.sleep(0.001)
    time.sleep(dice.random() * 2 * DELAY)
    if process.poll() is not None:
        return TOO_LATE
    process.send_signal(number)
    try:
        process.wait(LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return "hung"
    told = stderr.read_text("utf-8")
    if process.returncode != 128 + number:
        return f"exit code {process.returncode}: {told[-300:]!r}"
    if "Traceback" in told or "Exception ignored" in told:
        return f"a traceback: {told[-300:]!r}"
    return ""


def incomplete(run: Run) -> list[str]:
    """Run the harvest again; return what is missing in the end."""
    code = run.finish(run.start())
    numbers = [json.loads(line)["number"] for line in run.output.read_bytes().splitlines()]
    complete = numbers == [f"{number:04}" for number in run.meeting.order()]
    return [] if code == 0 and complete else [f"in the end {len(numbers)} records, code {code}"]


if __name__ == "__main__":
    sys.exit(main())
