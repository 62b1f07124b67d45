"""Count the machine instructions of the main code paths and compare them with a baseline.

    python benchmarks/counts/count.py [--write] [--only WORD] [--growth]

Unlike seconds, instruction counts are the same on every run; valgrind counts them. They depend on
how Python and the libraries were built, so ``baseline.json`` has counts for each build of Python,
and the command runs in an environment with the libraries in ``constraints.txt``. If the baseline
has no counts for a build, the command says so and compares nothing.

The command fails if a path takes over 20 % more instructions than the baseline. With ``--growth``,
which needs no baseline, it also fails if twice the work takes over 2.2 times as many. ``--write``
updates the baseline.
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
    """Count, compare, and fail if a path got slower."""
    options = _options()
    if not shutil.which("valgrind"):
        print("valgrind is not installed; nothing was counted (on Debian: apt install valgrind)")
        return
    wanted = [path for path in paths.PATHS if options.only in path.name]
    growths = [one for one in paths.GROWTHS if options.growth and options.only in one.name]
    counts = _counts(_commands(wanted, growths))
    now = {
        path.name: (counts[path.command] - counts.get(path.less, 0)) / path.each for path in wanted
    }
    baseline = json.loads(BASELINE.read_text("utf-8")) if BASELINE.exists() else {}
    before = baseline.get(build(), {})
    if not before:
        print(f"the baseline has no counts for Python {build()}; nothing was compared")
    slips = [*compare(before, now), *grown(growths, counts)]
    if options.write:
        write(baseline, now)
    elif slips:
        sys.exit("\n".join(slips))


def build() -> str:
    """Return a string that identifies this build of Python."""
    return f"{sys.version.replace(chr(10), ' ')} {platform.machine()}"


def compare(before: dict[str, float], now: dict[str, float]) -> list[str]:
    """Print a line for each path; return the lines of those that got slower."""
    slips = []
    for name, count in now.items():
        line = f"{name}: {_millions(count)} million instructions"
        if noted := before.get(name):
            change = count / noted
            line += f", {100 * (change - 1):+.1f} % (baseline {_millions(noted)})"
            if change > SLIP:
                slips.append(f"too many: {line}")
            elif change < 2 - SLIP:
                line += "; update the baseline with: make counts ARGS=--write"
        print(line)
    return slips


def grown(growths: list[paths.Growth], counts: dict[str, int]) -> list[str]:
    """Print the growth of each path; return the lines of those that grow too fast."""
    slips = []
    for growth in growths:
        low, middle, high = (counts[command] for command in growth.commands)
        times = (high - middle) / max(middle - low, low / 50)  # start-up cancels out
        line = f"{growth.name}: twice the work takes {times:.2f} times as many instructions"
        print(line)
        if times > GROWTH:
            slips.append(f"not linear: {line}")
    return slips


def write(baseline: dict[str, dict[str, float]], now: dict[str, float]) -> None:
    """Write counts and library versions; drop counts that were made with other versions."""
    freeze = [sys.executable, "-m", "pip", "freeze", "--exclude-editable"]
    libraries = subprocess.run(freeze, capture_output=True, encoding="utf-8", check=True).stdout
    if not CONSTRAINTS.exists() or CONSTRAINTS.read_text("utf-8") != libraries:
        CONSTRAINTS.write_text(libraries, "utf-8")
        baseline = {}
    baseline[build()] = {name: round(count) for name, count in now.items()}
    text = json.dumps(dict(sorted(baseline.items())), indent=1, ensure_ascii=False)
    BASELINE.write_text(text + "\n", "utf-8")


def _counts(commands: list[str]) -> dict[str, int]:
    """Return the number of instructions of each command."""
    with tempfile.TemporaryDirectory(prefix="abstool-counts-") as name:
        folder = Path(name)
        paths.write(folder)
        with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
            found = pool.map(lambda command: _count(command.split(), folder), commands)
            return dict(zip(commands, found, strict=True))


def _count(words: list[str], folder: Path) -> int:
    """Return the number of instructions of a command, all its processes together."""
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(HERE.parents[1] / "src"),  # this checkout, whatever is installed
        "PYTHONHASHSEED": "0",
    }
    run = {"cwd": folder, "env": env, "stdin": subprocess.DEVNULL, "capture_output": True}
    # the first run compiles the imported modules
    warm = subprocess.run([*START, *words], check=False, timeout=LIMIT, **run)
    if warm.returncode or not warm.stdout:
        sys.exit(f"abstool {' '.join(words)} failed: {warm.stderr.decode()}")
    try:
        done = subprocess.run([*VALGRIND, *START, *words], check=True, timeout=LIMIT, **run)
    except subprocess.TimeoutExpired:
        sys.exit(f"abstool {' '.join(words)}: counting took more than {LIMIT} s")
    found = REFERENCES.findall(done.stderr.decode("utf-8", "replace"))
    return sum(int(count.replace(",", "")) for count in found)


def _commands(wanted: list[paths.Counted], growths: list[paths.Growth]) -> list[str]:
    """Return each command once, longest first, so that all cores stay busy to the end."""
    listed = [command for path in wanted for command in (path.command, path.less) if command]
    listed += [command for growth in growths for command in growth.commands]
    return sorted(dict.fromkeys(listed), key=lambda command: not command.startswith("parse"))


def _millions(count: float) -> str:
    return f"{count / 1e6:,.2f}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Count the instructions of the main paths.")
    parser.add_argument(
        "--only", default="", help="only paths with WORD in their name", metavar="WORD"
    )
    parser.add_argument("--write", action="store_true", help="update the baseline")
    parser.add_argument("--growth", action="store_true", help="also do twice the work, and compare")
    found = parser.parse_args()
    if found.only and found.write:
        parser.error("--write updates all paths and cannot be combined with --only")
    return found


if __name__ == "__main__":
    main()
