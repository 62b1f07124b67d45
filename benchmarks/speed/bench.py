"""Measure abstool and its peers as whole processes, in turn, and write the page on performance.

    python benchmarks/speed/bench.py --peers DIR [--only ama,apa] [--sizes 1,100] [--rounds N]

DIR is where ``make bench`` installed the peers; missing ones are listed and skipped. A full run
writes the page. A partial run prints its tables, and writes the page only with ``--write``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(Path(__file__).parent))

import report
from datasets import Datasets
from peers import SCRIPTS, Installed
from rounds import Bench, Pace
from tasks import TASKS

PAGE = ROOT / "docs" / "explanation" / "performance.md"


def main() -> None:
    """Run the benchmarks that the command line selects."""
    options = _options()
    say = _progress()
    installed = Installed(options.peers)
    tasks = {name: TASKS[name] for name in options.only or TASKS}
    pace = Pace(options.limit, options.budget, options.rounds)
    results: report.Results = {}
    with tempfile.TemporaryDirectory(prefix="abstool-bench-") as folder:
        bench = Bench(Datasets(Path(folder)), _places(options, installed), pace, say)
        for name, task in tasks.items():
            say(f"{name}: {task.title}")
            tools = [tool for tool in task.tools if not installed.missing(tool)]
            sizes = [n for n in task.sizes if n in (options.sizes or task.sizes)]
            results[name] = bench.measure(task, tools, sizes or task.sizes)
    machine = report.machine(installed, tasks.values(), pace, _commit())
    text = report.markdown(machine, tasks, results)
    if options.write or not (options.only or options.sizes or options.rounds):
        report.write(PAGE, text)
        say(f"wrote {PAGE.relative_to(ROOT)}")
    else:
        sys.stdout.write(text)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure abstool and its peers.")
    parser.add_argument("--peers", type=Path, required=True, help="where the peers are installed")
    parser.add_argument("--only", type=_names, help=f"tasks: {', '.join(TASKS)}")
    parser.add_argument("--sizes", type=_numbers, help="sizes, such as 1,100")
    parser.add_argument("--rounds", type=int, default=0, help="rounds per size")
    parser.add_argument("--limit", type=float, default=50, help="seconds a run may take")
    parser.add_argument("--budget", type=float, default=40, help="seconds a tool may take per size")
    parser.add_argument("--abstool", default=str(Path(sys.executable).with_name("abstool")))
    parser.add_argument("--write", action="store_true", help="write the page from a partial run")
    return parser.parse_args()


def _names(text: str) -> list[str]:
    names = text.split(",")
    if unknown := set(names) - set(TASKS):
        raise argparse.ArgumentTypeError(f"unknown task: {', '.join(sorted(unknown))}")
    return names


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def _places(options: argparse.Namespace, installed: Installed) -> dict[str, str]:
    """Return the placeholders that are the same in all commands."""
    return {
        **installed.paths,
        "abstool": str(Path(options.abstool).absolute()),
        "our_python": sys.executable,
        "python": str(installed.bin.absolute() / "python"),
        "bin": str(installed.bin.absolute()),
        "node": shutil.which("node") or "node",
        "modules": str(installed.modules.absolute()),
        "peers": str(SCRIPTS),
        "cores": str(len(os.sched_getaffinity(0))),
        "path": os.environ["PATH"],
    }


def _commit() -> str:
    command = ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--abbrev=7"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return done.stdout.strip()


def _progress():
    """Return a function that prints progress with the elapsed time on stderr."""
    started = time.monotonic()

    def say(text: str) -> None:
        minutes, seconds = divmod(round(time.monotonic() - started), 60)
        sys.stderr.write(f"[{minutes:2}:{seconds:02}] {text}\n")
        sys.stderr.flush()

    return say


if __name__ == "__main__":
    main()
