"""Parquet, for pandas, Spark and DuckDB, through pyarrow (``pip install 'abstool[parquet]'``).

In: CSL-JSON items. Out: the bytes of a file with the columns of the CSV; authors, keywords, trials
and affiliations are lists, year, month and day whole numbers, and what is absent is null.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from abstool.errors import UsageError
from abstool.formats.shared.table import COLUMNS, NUMBERS, row


def write(items: Sequence[dict[str, Any]]) -> bytes:
    """Return the file; raise UsageError where pyarrow is not installed."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        from pyarrow import parquet as pq  # noqa: PLC0415
    except ImportError:
        advice = "install it: pip install 'abstool[parquet]'"
        raise UsageError("parquet", "needs pyarrow, which is not installed", advice) from None

    def kind(column: str) -> Any:
        if column in NUMBERS:
            return pa.int32()
        return pa.list_(pa.string()) if COLUMNS[column] else pa.string()

    schema = pa.schema([(column, kind(column)) for column in COLUMNS])
    data = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([row(item) for item in items], schema), data)
    return data.getvalue()
