"""Measure the library and the search: time, processor time and memory of whole commands.

    python benchmarks/library.py records.jsonl --abstracts 100000

The records are those of a real meeting, which cannot be part of the project. They are multiplied:
each copy has another URL, number and year, and its sentences in another order, so that no two texts
are the same. Processor time is what a busy machine changes least; the load is printed beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

QUERIES = (
    ["lupus"],
    ["patients"],
    ["lupus nephritis"],
    ['"lupus nephritis"'],
    ["TNF-α"],
    ["Sjögren's"],
    ["sjogren* syndrome"],
    ["NEAR(JAK inhibitor, 5)"],
    ["title:arthritis author:Smith"],
    ["(gout OR urate) -colchicine"],
    ["patients treatment disease study results"],
    ["patients", "--exact"],
    ["lupus", "--year", "2011"],
    ["lupus", "--count"],
    ["lupus", "--sort", "year"],
    ["NOT lupus"],
)


class Run(NamedTuple):
    """What a command took: seconds, processor seconds and MB of memory; and its last note."""

    wall: float
    processor: float
    memory: float
    note: str


def multiplied(records: Path, target: Path, count: int) -> None:
    """Write ``count`` records to a file, those of ``records`` and altered copies of them."""
    originals = [json.loads(line) for line in records.read_text("utf-8").splitlines()]
    shuffled = random.Random(18)
    with target.open("w", encoding="utf-8") as file:
        for number in range(count):
            copy, index = divmod(number, len(originals))
            record = dict(originals[index])
            if copy:
                record["url"] = f"{record['url'].rstrip('/')}-{copy}/"
                record["meeting"] = f"Meeting {2025 - copy}"
                record["sections"] = [
                    section | {"text": mixed(section["text"], shuffled)}
                    for section in record.get("sections", [])
                ]
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def mixed(text: str, shuffled: random.Random) -> str:
    """Return a text with its sentences in another order."""
    sentences = re.split(r"(?<=[.;]) ", text)
    shuffled.shuffle(sentences)
    return " ".join(sentences)


def run(*arguments: str) -> Run:
    """Run abstool, and return what it took."""
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "abstool", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    note = process.stderr.read().decode("utf-8").strip().splitlines()[-1:]
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - began
    if process.returncode:
        raise SystemExit(f"{arguments}: {note}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000, "".join(note))


def fastest(times: int, *arguments: str) -> Run:
    """Run abstool several times, and return the run that took the least processor time."""
    return min((run(*arguments) for _ in range(times)), key=lambda one: one.processor)


def row(name: str, result: Run) -> str:
    return (
        f"| {name} | {result.wall:.2f} | {result.processor:.2f} | {result.memory:.0f} |"
        f" {os.getloadavg()[0]:.1f} | {result.note.removeprefix('abstool: ')} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("records", type=Path, help="records of a meeting, as JSON Lines")
    parser.add_argument("--abstracts", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=3, help="how often each search is run")
    parser.add_argument("--keep", type=Path, help="folder for the files, which are kept there")
    parser.add_argument("--make", type=Path, help="only write the records to measure with")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = options.keep or Path(folder)
        source, library = place / f"{options.abstracts}.jsonl", place / "measured.sqlite"
        if options.make:
            multiplied(options.records, options.make, options.abstracts)
            return
        if not source.exists():
            # In a process of its own: the memory of this one counts in that of its children.
            make = [__file__, str(options.records), "--make", str(source)]
            make += ["--abstracts", str(options.abstracts)]
            subprocess.run([sys.executable, *make], check=True)
        for old in place.glob(f"{library.name}*"):
            old.unlink()
        print("| command | s | processor s | MB | load | |\n|---|---|---|---|---|---|")
        print(row("library add", run("library", "add", "--library", str(library), str(source))))
        print(f"| size of the library in MB: {library.stat().st_size / 1e6:.0f} |||||")
        for query in QUERIES:
            found = fastest(options.times, "search", "--library", str(library), *query)
            print(row(f"search {' '.join(query)}", found), flush=True)
        few = run("search", "lupus", str(options.records))
        print(row(f"search lupus {options.records.name}", few))
        again = run("library", "add", "--library", str(library), str(options.records))
        print(row("library add, nothing new", again))


if __name__ == "__main__":
    main()
