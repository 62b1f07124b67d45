"""Convert WARC parts to Parquet parts with abstool and Dask.

    pip install 'abstool[scale]'
    python warc_to_parquet.py OUTPUT_FOLDER PART.warc.gz...

Each part becomes one Parquet file of the same name, with one row per abstract: the columns to
search by, and the whole record as JSON. Finished parts are skipped. From a corrupt part, whatever
can be read is converted.
"""

import argparse
import json
import sys
from contextlib import closing
from itertools import islice
from pathlib import Path

import dask.bag
import pyarrow as pa
import pyarrow.parquet as pq

from abstool.inputs.sources import read_pages

COLUMNS = pa.schema(
    {name: pa.string() for name in ("url", "number", "title", "meeting", "accessed", "record")}
)
ROWS = 1000  # in memory at a time


def convert(part, folder):
    """Write the Parquet file of one WARC part; return the part, its row count and its errors."""
    target = Path(folder, Path(part).name.split(".")[0] + ".parquet")
    if target.exists():
        return part, pq.read_metadata(target).num_rows, []
    draft = target.with_suffix(".part")
    errors = []
    with closing(read_pages([part])) as outcomes, pq.ParquetWriter(draft, COLUMNS) as writer:
        rows = (row for outcome in outcomes for row in _rows(outcome, errors))
        count = 0
        while batch := list(islice(rows, ROWS)):
            writer.write_table(pa.Table.from_pylist(batch, COLUMNS))
            count += len(batch)
    draft.replace(target)
    return part, count, errors


def _rows(outcome, errors):
    if outcome.error is not None:
        errors.append(str(outcome.error))
    elif outcome.value is not None:
        record = outcome.value.to_dict()
        yield record | {"record": json.dumps(record, ensure_ascii=False)}


def main():
    """Convert all parts, on all CPUs of this machine or on the connected Dask cluster."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("parts", nargs="+")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    parts = dask.bag.from_sequence(arguments.parts, npartitions=len(arguments.parts))
    for part, count, errors in parts.map(convert, str(arguments.folder)).compute():
        print(f"{part}: {count} abstracts")
        for error in errors:
            print(error, file=sys.stderr)


if __name__ == "__main__":
    main()
