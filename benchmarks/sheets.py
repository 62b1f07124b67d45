"""Measure how exactly and how fast sheets of abstracts are read.

    python benchmarks/sheets.py --data acr-2025-half.jsonl.gz

The rows of one meeting are written in the columns of the society's own sheet, in four file types,
and read again. Each record is compared with what benchmarks/accuracy.py reads in its row without
the parser. The last lines are time and peak memory for all rows twice over. The
data are not part of the project.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from openpyxl import Workbook

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]

import accuracy

from abstool.inputs.sources import read_pages
from abstool.record import Abstract

Row = dict[str, str]
COLUMNS = (
    "abstract_number title authors_and_affiliations keywords link_final abstract_text "
    "title_from_links"
).split()


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a file of data, with all columns of the society's sheet."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [{k: v or "" for k, v in json.loads(line).items()} for line in lines]
    return [row | {"title_from_links": row["title"]} for row in rows]


def write_xlsx(rows: Iterable[Row], path: Path) -> None:
    """Write a workbook."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Abstracts")
    sheet.append(COLUMNS)
    for row in rows:
        sheet.append([row[name] for name in COLUMNS])
    book.save(path)


def writer(delimiter: str, encoding: str) -> Callable[[Iterable[Row], Path], None]:
    """Return a function that writes text with a delimiter, in an encoding."""

    def write(rows: Iterable[Row], path: Path) -> None:
        with path.open("w", encoding=encoding, errors="replace", newline="") as file:
            lines = csv.writer(file, delimiter=delimiter)
            lines.writerow(COLUMNS)
            lines.writerows([row[name] for name in COLUMNS] for row in rows)

    return write


FORMS = {
    "xlsx": (write_xlsx, "utf-8"),
    "csv": (writer(",", "utf-8"), "utf-8"),
    "windows.csv": (writer(";", "cp1252"), "cp1252"),
    "tsv": (writer("\t", "utf-8"), "utf-8"),
}


def measure(rows: list[Row]) -> accuracy.Table:
    """Write and read the rows in each form, and compare all fields."""
    table = accuracy.Table()
    with tempfile.TemporaryDirectory() as folder:
        for ending, (write, encoding) in FORMS.items():
            path = Path(folder, f"sheet.{ending}")
            written = [row for row in rows if _is_encodable(row, encoding)]
            write(written, path)
            records = [outcome.value for outcome in read_pages([str(path)])]
            table.count("rows", ending, [len(records) == len(written)])
            for row, record in zip(written, records, strict=True):
                _compare(table, ending, row, record)
    return table


def _is_encodable(row: Row, encoding: str) -> bool:
    """Return whether an encoding has all characters of a row."""
    text = "".join(row.values())
    return text.encode(encoding, "replace").decode(encoding) == text


def _compare(table: accuracy.Table, column: str, row: Row, record: Abstract | None) -> None:
    if record is None:
        table.count("read", column, [False])
        return
    table.count("number of all rows", column, [record.number == row["abstract_number"]])
    table.count("url of all rows", column, [record.url == row["link_final"]])
    expected = accuracy.expected_of_row(row)
    if expected is None:  # it cannot be read without the parser
        return
    expected.meeting, expected.session = "", None  # the sheet has no such columns
    accuracy.compare_fields(table, column, expected, record)


def measure_cost(rows: list[Row]) -> str:
    """Return time and peak memory of reading all rows twice over with one command."""
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for ending, (write, _) in FORMS.items():
            path = Path(folder, f"sheet.{ending}")
            write([*rows, *rows], path)
            before = time.perf_counter()
            command = [sys.executable, "-m", "abstool", "parse", str(path), "-o", f"{folder}/out"]
            process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
            _, _, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - before
            work, peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000
            count = len(Path(folder, "out").read_bytes().splitlines())
            lines.append(
                f"{ending}: {count:,} records, {seconds:.1f} s (CPU {work:.1f} s), {peak:.0f} MB"
            )
    return "\n".join(lines)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    rows = read_rows(parser.parse_args().data)
    print(measure(rows).markdown("field"))
    print(measure_cost(rows))


if __name__ == "__main__":
    main()
