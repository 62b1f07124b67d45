"""Excel workbooks, read back by openpyxl."""

import io
import re
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from openpyxl.utils.escape import unescape

import abstool
import hostile
from abstool.citing import export
from abstool.errors import UsageError
from abstool.text import paragraphs, tidy


def read(*items):
    book = openpyxl.load_workbook(io.BytesIO(export(items, "xlsx", accessed="2026-01-05")))
    (sheet,) = book.worksheets
    heading, *rows = sheet.iter_rows()
    names = [cell.value for cell in heading]
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_a_record_is_a_row_of_texts_with_years_as_numbers(record):
    (row,) = read(record())
    assert row["abstract_number"].value == "0848"
    assert row["abstract_number"].data_type == "s"
    assert row["year"].value == 2025
    assert row["authors"].value == "Dörner, Zoë and von Bergen, Michael"
    assert row["abstract"].value == "Methods: We drank.\n\nWe waited.\n\nNothing happened."
    assert row["doi"].value is None


def test_the_columns_are_those_of_the_csv(record):
    line = export([record()], "csv").decode().splitlines()[0]
    assert list(read(record())[0]) == line.replace('"', "").split(",")


@pytest.mark.parametrize("text", ["=1+1", "-5", "+x", "@x", "0123", "2025-01-01", "TRUE", "#N/A"])
def test_a_text_is_a_text_whatever_it_looks_like(article, text):
    cell = read(article(title=text))[0]["title"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_no_formula_is_in_the_file(article):
    data = export([article(title="=cmd|' /C calc'!A0")], "xlsx")
    sheets = zipfile.ZipFile(io.BytesIO(data))
    assert b"<f>" not in sheets.read("xl/worksheets/sheet1.xml")


def test_a_text_like_an_escape_of_excel_is_escaped(article):
    value = read(article(title="gene _x0041_"))[0]["title"].value
    assert value == "gene _x005F_x0041_"
    assert unescape(value) == "gene _x0041_"


@pytest.mark.parametrize("text", ["a" * 40_000, "𝛼" * 20_000])
def test_a_text_longer_than_a_cell_is_cut_with_an_ellipsis(article, text):
    value = read(article(title=text))[0]["title"].value
    assert value.endswith("…")
    assert text.startswith(value[:-1])
    assert 32_765 <= len(value.encode("utf-16-le")) // 2 <= 32_767


def test_a_workbook_is_not_one_string_per_record(record):
    with pytest.raises(UsageError, match=r"^xlsx: this is a binary file.*; use abstool.export\(\)"):
        abstool.cite([record()], "xlsx")


@given(hostile.articles)
@settings(max_examples=50)
def test_any_article_is_read_back_as_it_was(item):
    (row,) = read(item)
    assert not [cell for cell in row.values() if cell.data_type == "f"]
    for column, variable in (("title", "title"), ("journal", "container-title")):
        value = re.sub("_x005F_(?=x[0-9A-Fa-f]{4}_)", "_", row[column].value)
        assert value == tidy(item[variable])
    assert unescape(row["abstract"].value) == paragraphs(item["abstract"])
