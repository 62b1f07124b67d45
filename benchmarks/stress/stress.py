"""Repeat the figures of the page on security: each part loads abstool and checks the result.

    python benchmarks/stress/stress.py                    # all parts
    python benchmarks/stress/stress.py PART [OPTION...]   # one, with options of its script

Exits with status 1 if a part fails.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
# What each part does, and its script with options.
PARTS = {
    "pool": ("1,000 interrupts and kills of the worker pool", "pool.py --runs 1000"),
    "signals": ("120 signals in harvests", "signals.py --signals 120"),
    "faults": ("3,000 pages with 5 % faults", "../harvest.py --abstracts 3000 --faults 0.05"),
    "pages": ("20,000 pages", "../harvest.py --abstracts 20000 --faults 0 --kills 0 --delay 0"),
    "warc": ("a WARC file of 2 GB", "warc.py --gigabytes 2"),
}


def main() -> int:
    """Run the part that the command line names, or all."""
    # A shell starts jobs in the background with Ctrl-C ignored, and what they start, too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    name, *options = sys.argv[1:] or [""]
    if name and name not in PARTS:
        print(__doc__.rstrip(), "\n\nParts:")
        for part, (what, _) in PARTS.items():
            print(f"    {part:8}  {what}")
        return 0 if name in ("-h", "--help") else 2
    failed = [part for part in PARTS if name in ("", part) and not succeeds(part, options)]
    if failed:
        print(f"stress: failed: {', '.join(failed)}")
    return bool(failed)


def succeeds(part: str, options: list[str]) -> bool:
    """Run a part; return whether it succeeded."""
    what, command = PARTS[part]
    script, *usual = command.split()
    print(f"==> {part}: {what}", flush=True)
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, str((HERE / script).resolve()), *usual, *options], check=False
    )
    print(f"==> {part}: {time.monotonic() - began:.0f} s", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
