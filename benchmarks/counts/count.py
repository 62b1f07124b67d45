"""Count the machine instructions of the main paths, and compare them with those noted before.

    python benchmarks/counts/count.py [--write] [--only WORD]

Instructions are counted and not seconds, since they are the same on every run: valgrind counts
them. They do depend on how Python and the libraries were built, so ``baseline.json`` holds counts
for each build of Python, and the command is run in an environment with the libraries of
``constraints.txt``. On a build that was not noted nothing is compared, and that is said; growth is
looked at everywhere.

The command fails where a path takes over 20 % more than noted, or where twice as much to do takes
over 2.2 times as much. ``--write`` notes the counts.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import paths

BASELINE = HERE / "baseline.json"
CONSTRAINTS = HERE / "constraints.txt"
SLIP = 1.2
GROWTH = 2.2
LIMIT = 240  # seconds
START = (sys.executable, "-c", "import sys; from abstool.cli import main; sys.exit(main())")
VALGRIND = (
    "valgrind",
    "--tool=cachegrind",
    "--cache-sim=no",
    "--cachegrind-out-file=/dev/null",
    "--trace-children=yes",
)
REFERENCES = re.compile(r"I\s+refs:\s+([\d,]+)")


def main() -> None:
    """Count, compare, and fail where there is a slip."""
    options = _options()
    if not shutil.which("valgrind"):
        print("valgrind is not installed: nothing was counted (on Debian: apt install valgrind)")
        return
    wanted = [path for path in paths.PATHS if options.only in path.name]
    growths = [growth for growth in paths.GROWTHS if options.only in growth.name]
    counts = _counts(_commands(wanted, growths))
    now = {
        path.name: (counts[path.command] - counts.get(path.less, 0)) / path.each for path in wanted
    }
    baseline = json.loads(BASELINE.read_text("utf-8")) if BASELINE.exists() else {}
    before = baseline.get(build(), {})
    if not before:
        print(f"no counts were noted for Python {build()}: nothing to compare with")
    slips = [*compare(before, now), *grown(growths, counts)]
    if options.write:
        write(baseline, now)
    elif slips:
        sys.exit("\n".join(slips))


def build() -> str:
    """Return what tells one build of Python from another."""
    return f"{sys.version.replace(chr(10), ' ')} {platform.machine()}"


def compare(before: dict[str, float], now: dict[str, float]) -> list[str]:
    """Print a line for each path; return those of the slips."""
    slips = []
    for name, count in now.items():
        line = f"{name}: {_millions(count)} million instructions"
        if noted := before.get(name):
            change = count / noted
            line += f", {100 * (change - 1):+.1f} % ({_millions(noted)} noted)"
            if change > SLIP:
                slips.append(f"too many: {line}")
            elif change < 2 - SLIP:
                line += "; note it with: make counts ARGS=--write"
        print(line)
    return slips


def grown(growths: list[paths.Growth], counts: dict[str, int]) -> list[str]:
    """Print how each path grows; return a line for each that grows too fast."""
    slips = []
    for growth in growths:
        low, middle, high = (counts[command] for command in growth.commands)
        times = (high - middle) / max(middle - low, low / 50)  # start-up cancels out
        line = f"{growth.name}: twice as much takes {times:.2f} times as many instructions"
        print(line)
        if times > GROWTH:
            slips.append(f"not linear: {line}")
    return slips


def write(baseline: dict[str, dict[str, float]], now: dict[str, float]) -> None:
    """Note counts and libraries; counts made with other libraries are worth nothing any more."""
    freeze = [sys.executable, "-m", "pip", "freeze", "--exclude-editable"]
    libraries = subprocess.run(freeze, capture_output=True, text=True, check=True).stdout
    if not CONSTRAINTS.exists() or CONSTRAINTS.read_text("utf-8") != libraries:
        CONSTRAINTS.write_text(libraries, "utf-8")
        baseline = {}
    baseline[build()] = {name: round(count) for name, count in now.items()}
    text = json.dumps(dict(sorted(baseline.items())), indent=1, ensure_ascii=False)
    BASELINE.write_text(text + "\n", "utf-8")


def _counts(commands: list[str]) -> dict[str, int]:
    """Return how many instructions each command takes."""
    with tempfile.TemporaryDirectory(prefix="abstool-counts-") as name:
        folder = Path(name)
        paths.write(folder)
        with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
            found = pool.map(lambda command: _count(command.split(), folder), commands)
            return dict(zip(commands, found, strict=True))


def _count(words: list[str], folder: Path) -> int:
    """Return how many instructions a command takes, all its processes together."""
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
    }
    run = {"cwd": folder, "env": env, "stdin": subprocess.DEVNULL, "capture_output": True}
    # the first run compiles what it imports
    warm = subprocess.run([*START, *words], check=False, timeout=LIMIT, **run)
    if warm.returncode or not warm.stdout:
        sys.exit(f"abstool {' '.join(words)}: it failed: {warm.stderr.decode()}")
    try:
        done = subprocess.run([*VALGRIND, *START, *words], check=True, timeout=LIMIT, **run)
    except subprocess.TimeoutExpired:
        sys.exit(f"abstool {' '.join(words)}: not done after {LIMIT} s of counting")
    found = REFERENCES.findall(done.stderr.decode("utf-8", "replace"))
    return sum(int(count.replace(",", "")) for count in found)


def _commands(wanted: list[paths.Counted], growths: list[paths.Growth]) -> list[str]:
    """Return each command once, the longest first, so that all cores are busy to the end."""
    listed = [command for path in wanted for command in (path.command, path.less) if command]
    listed += [command for growth in growths for command in growth.commands]
    return sorted(dict.fromkeys(listed), key=lambda command: not command.startswith("parse"))


def _millions(count: float) -> str:
    return f"{count / 1e6:,.2f}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Count the instructions of the main paths.")
    parser.add_argument("--only", default="", help="paths whose name holds this")
    parser.add_argument("--write", action="store_true", help="note the counts")
    found = parser.parse_args()
    if found.only and found.write:
        parser.error("--write notes all paths: leave --only out")
    return found


if __name__ == "__main__":
    main()
