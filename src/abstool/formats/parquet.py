"""Write Parquet for pandas, Spark and DuckDB, with pyarrow.

The columns are those of the CSV. Authors, keywords, trials and affiliations are lists; year, month
and day are integers; absent values are null.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from abstool.errors import UsageError
from abstool.formats.shared.table import COLUMNS, NUMBERS, row
from abstool.item import Item

if TYPE_CHECKING:
    import pyarrow as pa


def write(items: Sequence[Item]) -> bytes:
    """Return the file; raise UsageError if pyarrow is not installed."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - optional
        from pyarrow import parquet as pq  # noqa: PLC0415
    except ImportError:
        advice = "install it: pip install 'abstool[parquet]'"
        raise UsageError("parquet", "needs pyarrow, which is not installed", advice) from None

    def kind(column: str) -> pa.DataType:
        if column in NUMBERS:
            return pa.int32()
        return pa.list_(pa.string()) if COLUMNS[column] else pa.string()

    schema = pa.schema([(column, kind(column)) for column in COLUMNS])
    data = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([row(item) for item in items], schema), data)
    return data.getvalue()
