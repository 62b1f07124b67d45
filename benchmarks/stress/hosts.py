"""Measure what the records of other hosts cost in a web archive, against warcio alone.

    python benchmarks/stress/hosts.py [--foreign 20000] [--own 50]

Writes a gzipped WARC file in which the abstracts of one host lie among pages of others, and reads
it in one process: with warcio's bare loop over all records, and with abstool and its host. Exits
with status 1 if abstool takes more than 1.5 times as much processor time, or does not find exactly
the abstracts of the host.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from abstool.inputs.options import ReadOptions
from abstool.inputs.sources import read_pages

sys.path.insert(0, str(Path(__file__).parents[1] / "speed"))

import synthetic

HOST = "acrabstracts.org"
MOST = 1.5  # times what warcio takes
ROUNDS = 3
DIFFERENT = 50  # pages, which are repeated
PAGE_SIZE = 30_000  # bytes
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
RECORD = (
    "WARC/1.0\r\nWARC-Type: response\r\n"
    "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{:012}>\r\n"
    "WARC-Date: 2026-11-23T12:00:00Z\r\nWARC-Target-URI: https://{}/abstract/{}/\r\n"
    "Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n"
)


def main() -> int:
    """Write the archive, read it in both ways, and compare."""
    parser = argparse.ArgumentParser(description="Read a web archive of many hosts.")
    parser.add_argument("--foreign", type=int, default=20_000)
    parser.add_argument("--own", type=int, default=50)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="abstool-hosts-") as folder:
        path = Path(folder) / "crawl.warc.gz"
        with path.open("wb") as file:
            for record in records(arguments.foreign, arguments.own):
                file.write(gzip.compress(record, 6))  # one member per record, as crawlers do
        megabytes = path.stat().st_size / 1e6
        bare, count = fastest(partial(bare_loop, path))
        ours, found = fastest(partial(with_host, path))
    print(f"archive              {megabytes:.0f} MB, {count} records")
    print(f"warcio               {bare:.2f} s")
    print(f"abstool, one host    {ours:.2f} s ({ours / bare:.2f} times), {found} records")
    return int(ours > MOST * bare or found != arguments.own)


def records(foreign: int, own: int) -> Iterator[bytes]:
    """Yield the records of an archive, those of the host evenly among the others."""
    pages = [HTTP + page.encode() for page in synthetic.pages(DIFFERENT, size=PAGE_SIZE)]
    step = max(foreign // max(own, 1), 1)
    for number in range(foreign):
        yield record(number, f"news-{number % 100}.example.org", pages[number % DIFFERENT])
        if number % step == 0 and number // step < own:
            yield record(foreign + number, HOST, pages[number // step % DIFFERENT])


def record(number: int, host: str, page: bytes) -> bytes:
    """Return a record with a page."""
    return RECORD.format(number, host, number, len(page)).encode() + page + b"\r\n\r\n"


def fastest(read: Callable[[], int]) -> tuple[float, int]:
    """Return the least processor time of some rounds, and what was counted."""
    times, count = [], 0
    for _ in range(ROUNDS):
        began = time.process_time()
        count = read()
        times.append(time.process_time() - began)
    return min(times), count


def bare_loop(path: Path) -> int:
    """Return the number of records that warcio finds."""
    with path.open("rb") as file:
        return sum(1 for _ in ArchiveIterator(file))


def with_host(path: Path) -> int:
    """Return the number of abstracts that abstool finds on the host."""
    outcomes = read_pages([str(path)], options=ReadOptions(host=HOST))
    return sum(outcome.value is not None for outcome in outcomes)


if __name__ == "__main__":
    sys.exit(main())
