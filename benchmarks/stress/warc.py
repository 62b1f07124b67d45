"""Parse a WARC file of 2 GB, and check that no page is lost and that memory does not grow.

    python benchmarks/stress/warc.py [--gigabytes 2]

The pages are those of benchmarks/speed: 131 KB each, of which 15 KB are the abstract. Exits with
status 1 if a record is missing, or if abstool needs more than 500 MB.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "speed"))

import measure
import synthetic

DIFFERENT = 200  # pages, which are repeated
MOST_MEMORY = 500  # MB
LIMIT = 3600.0  # seconds
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
RECORD = (
    "WARC/1.0\r\nWARC-Type: response\r\n"
    "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{:012}>\r\n"
    "WARC-Date: 2026-11-23T12:00:00Z\r\nWARC-Target-URI: https://acrabstracts.org/abstract/{}/\r\n"
    "Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n"
)


def main() -> int:
    """Write a WARC file as large as the command line says, and parse it."""
    parser = argparse.ArgumentParser(description="Parse a large WARC file.")
    parser.add_argument("--gigabytes", type=float, default=2)
    size = int(parser.parse_args().gigabytes * 1e9)
    with tempfile.TemporaryDirectory(prefix="abstool-stress-") as folder:
        path, out = Path(folder) / "large.warc", Path(folder) / "out.jsonl"
        count = 0
        with path.open("wb") as file:
            for record in records():
                file.write(record)
                count += 1
                if file.tell() >= size:
                    break
        written = path.stat().st_size
        command = [sys.executable, "-m", "abstool", "parse", str(path)]
        run = measure.run(command, out=out, limit=LIMIT, sample=True)
        lines = out.read_bytes().count(b"\n")
    memory = max(run.largest, run.together)
    print(f"WARC file            {written / 1e9:.2f} GB, {count} pages")
    print(f"exit code            {run.code}")
    print(f"records              {lines}")
    print(f"seconds              {run.seconds:.0f} ({count / run.seconds:.0f} pages a second)")
    print(f"peak memory          {memory:.0f} MB, all processes together")
    checks = {
        "succeeded": run.code == 0,
        "all records": lines == count,
        f"at most {MOST_MEMORY} MB": memory <= MOST_MEMORY,
    }
    for name, holds in checks.items():
        print(f"{'ok  ' if holds else 'FAIL'} {name}")
    return not all(checks.values())


def records() -> Iterator[bytes]:
    """Yield WARC records without end."""
    pages = [HTTP + page.encode() for page in synthetic.pages(DIFFERENT)]
    number = 0
    while True:
        for page in pages:
            yield RECORD.format(number, number, len(page)).encode() + page + b"\r\n\r\n"
            number += 1


if __name__ == "__main__":
    sys.exit(main())
