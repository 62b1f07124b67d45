"""Write Parquet for pandas, Spark and DuckDB, with pyarrow.

The columns are those of the CSV. Authors, keywords, trials and affiliations are lists; year, month
and day are integers; absent values are null.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

from abstool.errors import not_installed
from abstool.formats.shared import table
from abstool.formats.shared.table import COLUMNS, NUMBERS, Cell, lost
from abstool.item import Item

__all__ = ["lost", "row", "write"]

try:
    import pyarrow as pa
    from pyarrow import parquet as pq
except ImportError:
    raise not_installed("parquet", "pyarrow", "parquet") from None


def row(item: Item) -> dict[str, Cell]:
    """Return the cells of an item."""
    return table.row(item)


def write(rows: Iterable[dict[str, Cell]]) -> bytes:
    """Return a file with these rows."""

    def kind(column: str) -> pa.DataType:
        if column in NUMBERS:
            return pa.int32()
        return pa.list_(pa.string()) if COLUMNS[column] else pa.string()

    schema = pa.schema([(column, kind(column)) for column in COLUMNS])
    data = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(rows), schema), data)
    return data.getvalue()
