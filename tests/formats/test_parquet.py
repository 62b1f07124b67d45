"""Parquet, read back by pyarrow."""

import io
import sys

import pytest
from hypothesis import given, settings

import hostile
from abstool.citing import export
from abstool.errors import UsageError
from abstool.text import tidy


def read(*items):
    pq = pytest.importorskip("pyarrow.parquet")
    return pq.read_table(io.BytesIO(export(items, "parquet", accessed="2026-01-05")))


def test_lists_are_lists_years_are_numbers_and_absent_values_are_null(record):
    (row,) = read(record()).to_pylist()
    assert row["authors"] == ["Dörner, Zoë", "von Bergen, Michael"]
    assert row["keywords"] == ["tea", "joints"]
    assert row["abstract_number"] == "0848"
    assert row["year"] == 2025
    assert row["doi"] is row["trials"] is row["month"] is None


def test_the_columns_are_those_of_the_csv_whatever_the_records_hold(record, article):
    line = export([record()], "csv").decode().splitlines()[0]
    tables = [read(record()), read(article()), read()]
    assert tables[0].schema.names == line.replace('"', "").split(",")
    assert len({str(table.schema) for table in tables}) == 1


def test_without_pyarrow_it_says_what_to_install(record, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "abstool.formats.parquet", raising=False)
    with pytest.raises(UsageError, match=r"pip install 'abstool\[parquet\]'"):
        export([], "parquet")


@given(hostile.articles)
@settings(max_examples=50)
def test_any_article_is_read_back_as_it_was(item):
    (row,) = read(item).to_pylist()
    assert row["title"] == tidy(item["title"])
    assert len(row["authors"]) == len(item["author"])
