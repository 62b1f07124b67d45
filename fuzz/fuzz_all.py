"""Fuzz every reader of abstool with changed inputs; needs nothing but abstool.

    python fuzz/fuzz_all.py [--minutes 5] [--only page,ris] [--seed 1]
    python fuzz/fuzz_all.py --replay build/fuzz/page-...

A find is an exception other than AbstoolError, a record that changes when written and read, an
input that takes more than 5 seconds of the processor, or 0.3 milliseconds for each of many entries,
or one that takes more than 500 MB. Finds are saved in build/fuzz/, and the exit code is 1. See
fuzz/README.md.
"""

import argparse
import multiprocessing
import os
import signal
import sys
import time
import traceback
import warnings
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from random import Random

from bs4 import XMLParsedAsHTMLWarning

sys.path.insert(0, str(Path(__file__).parent))

from mutations import mutated
from targets import ROOT, TARGETS, check_message

from abstool import AbstoolError

try:
    import resource
except ImportError:  # Windows, where memory is not checked
    resource = None

FINDS = ROOT / "build" / "fuzz"
SECONDS = 5.0  # of the processor, for one input
EACH = 0.0003  # seconds for an entry, since 66,000 rows of a table fit in 200 kB
MEMORY = 500_000_000  # bytes, for one input
PATIENCE = 60.0  # of the processor, until the process of a reader is ended
PROC = Path("/proc/self")
LIMIT = 3_000_000_000  # bytes of address space, to protect the machine


def check(target: str, data: bytes) -> str:
    """Return what is wrong with how a target reads an input, or an empty string."""
    usual, started = usual_memory(), time.process_time()
    problem, entries = tried(target, data)
    seconds, taken = time.process_time() - started, most_memory() - usual
    if seconds > max(SECONDS, EACH * entries):
        problem = problem or f"took too long: {seconds:.1f} seconds"
    if taken > MEMORY:
        problem = problem or f"took too much memory: {taken / 1e6:.0f} MB"
    return problem


def tried(target: str, data: bytes) -> tuple[str, int]:
    """Return what is wrong with the outcome of an input, or ``""``, and the number of entries."""
    try:
        try:
            return "", TARGETS[target].read(data) or 0
        except AbstoolError as error:
            check_message(error)
    except Exception as error:  # noqa: BLE001
        place = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} in {Path(place.filename).name}:{place.lineno}: {error}", 0
    return "", 0


def made(target: str, seeds: list[bytes], seed: int, number: int) -> bytes:
    """Return an input; the same arguments always give the same one."""
    rng = Random(f"{seed}/{target}/{number}")
    return TARGETS[target].packed(mutated(seeds, rng), rng)


def usual_memory() -> int:
    """Return the bytes of memory in use before an input is read, and start to measure the most."""
    if not PROC.exists():
        return most_memory()
    PROC.joinpath("clear_refs").write_text("5", "utf-8")  # forget what was the most until now
    return int(PROC.joinpath("statm").read_text("utf-8").split()[1]) * resource.getpagesize()


def most_memory() -> int:
    """Return the most bytes of memory in use since then, 0 if the system does not say."""
    if PROC.exists():
        status = PROC.joinpath("status").read_text("utf-8")
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss if resource else 0


def used(pid: int | None) -> float:
    """Return the seconds of the processor that a process has used, 0.0 if it has ended.

    Where the system does not say, the clock is read instead.
    """
    if not PROC.exists():
        return time.monotonic()
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8")
    except OSError:
        return 0.0
    return sum(map(int, stat.rpartition(")")[2].split()[11:13])) / os.sysconf("SC_CLK_TCK")


def work(target: str, seed: int, done: Synchronized, end: float) -> None:
    """Read inputs until the time is up, in a process of its own; ``done`` counts them."""
    set_warnings()
    seeds = TARGETS[target].seeds()
    for one in seeds:
        check(target, one)
    if resource and sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (LIMIT, LIMIT))
    known: set[str] = set()
    while time.monotonic() < end:
        data = made(target, seeds, seed, done.value)
        problem = check(target, data)
        if problem and (kind := problem.partition(": ")[0]) not in known:
            known.add(kind)
            save(target, seed, done.value, data, problem)
        done.value += 1


def run(target: str, seed: int, seconds: float) -> int:
    """Fuzz one target for some time and return how many inputs were read."""
    context = multiprocessing.get_context("spawn")
    done = context.Value("Q", 0)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        process = context.Process(target=work, args=(target, seed, done, end), daemon=True)
        process.start()
        last, since = done.value, used(process.pid)
        while process.is_alive():
            process.join(0.5)
            if done.value != last:
                last, since = done.value, used(process.pid)
            elif used(process.pid) - since > PATIENCE:
                process.kill()
                process.join()
        if process.exitcode:
            problem = f"ended the process (exit code {process.exitcode})"
            if process.exitcode == -9:
                problem += f", perhaps after {PATIENCE:.0f} seconds of the processor"
            number = done.value
            save(target, seed, number, made(target, TARGETS[target].seeds(), seed, number), problem)
            done.value += 1
    return done.value


def save(target: str, seed: int, number: int, data: bytes, problem: str) -> None:
    """Save an input that is a find, and say so."""
    FINDS.mkdir(parents=True, exist_ok=True)
    path = FINDS / f"{target}-{seed}-{number}"
    path.write_bytes(data)
    print(f"FIND {path.relative_to(ROOT)}: {problem[:300]!r}", flush=True)


def set_warnings() -> None:
    """Make warnings errors, since a user would see them."""
    warnings.simplefilter("error")
    warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
    warnings.simplefilter("ignore", ResourceWarning)  # of warcio


def replay(path: Path) -> int:
    """Read a saved input again and show what happens."""
    target, data = path.name.partition("-")[0], path.read_bytes()
    problem = check(target, data)
    print(f"{path.name}: {problem or 'as it should be'}")
    return int(bool(problem))


def main() -> int:
    """Fuzz the targets in turn, or read one input again."""
    parser = argparse.ArgumentParser(description="Fuzz every reader of abstool.")
    parser.add_argument("--minutes", type=float, default=5.0, help="for all targets together")
    parser.add_argument("--only", default=",".join(TARGETS), help="targets, with commas")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of the random numbers")
    parser.add_argument("--replay", type=Path, help="read a saved input again")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # which ends the readers, too
    if options.replay:
        set_warnings()
        return replay(options.replay)
    targets = options.only.split(",")
    if unknown := set(targets) - TARGETS.keys():
        parser.error(f"unknown target {', '.join(unknown)}; known: {', '.join(TARGETS)}")
    before = {*FINDS.glob("*")}
    for target in targets:
        number = run(target, options.seed, options.minutes * 60 / len(targets))
        print(f"{target}: {number:,} inputs (seed {options.seed})", flush=True)
    finds = {*FINDS.glob("*")} - before
    print(f"{len(finds)} finds" if finds else "no finds")
    return int(bool(finds))


if __name__ == "__main__":
    sys.exit(main())
