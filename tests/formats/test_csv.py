"""CSV, read back by the csv module."""

import csv
import io
import re

import pytest
from hypothesis import given

import hostile
from abstool.citing import export
from abstool.errors import UsageError
from abstool.formats.csv import lost
from abstool.text import tidy

RAYYAN = (
    "key title year month day journal issn volume issue pages authors url language publisher "
    "location abstract notes doi keywords pubmed_id pmc_id"
).split()


def written(*items):
    return export(items, "csv", accessed="2026-01-05").decode()


def read(*items):
    return list(csv.DictReader(io.StringIO(written(*items), newline=""), strict=True))


def test_a_record_is_a_row_whose_absent_cells_are_empty(record):
    (row,) = read(record())
    assert {name: cell for name, cell in row.items() if cell} == {
        "key": "dorner2025imagined",
        "title": "Imagined Effects of Tea on Joints",
        "year": "2025",
        "journal": "Arthritis & Rheumatology",
        "issn": "2326-5205",
        "volume": "77",
        "issue": "suppl 9",
        "pages": "Abstract 0848",
        "authors": "Dörner, Zoë and von Bergen, Michael",
        "url": "https://acrabstracts.org/abstract/imagined-effects-of-tea/",
        "abstract": "Methods: We drank. We waited. Nothing happened.",
        "notes": "Presented at: ACR Convergence 2025",
        "keywords": "tea; joints",
        "abstract_number": "0848",
        "meeting": "ACR Convergence 2025",
        "session_title": "Drinks",
        "session_date": "2025-10-28",
        "accessed": "2026-01-05",
        "source": "ACR Meeting Abstracts",
    }


def test_the_first_columns_are_those_of_rayyan(record):
    assert list(read(record())[0])[: len(RAYYAN)] == RAYYAN


def test_texts_are_quoted_to_keep_leading_zeros_and_years_are_numbers(record):
    line = written(record()).splitlines()[1]
    assert '"0848"' in line
    assert ",2025," in line


def test_trials_and_affiliations_have_columns_of_their_own(record):
    trials = [{"registry": "ISRCTN", "id": "ISRCTN1"}, {"registry": "EudraCT", "id": "2020-1"}]
    places = [{"label": "1", "name": "A, B"}, {"label": "2", "name": "C"}]
    (row,) = read(record(trials=trials, affiliations=places))
    assert (row["trials"], row["affiliations"]) == ("ISRCTN1; 2020-1", "A, B; C")


def test_an_and_inside_a_name_becomes_an_ampersand_because_rayyan_splits_there(article):
    authors = [{"literal": "Tea and Joints Group"}, {"family": "Anderson", "given": "Andy"}]
    assert read(article(author=authors))[0]["authors"] == "Tea & Joints Group and Anderson, Andy"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "＝1", "'=1", "''+x"])
def test_a_formula_is_escaped_and_can_be_restored(article, text):
    cell = read(article(title=text))[0]["title"]
    assert cell == f"'{text}"


@pytest.mark.parametrize("text", ["x=1", "'quoted'", "’=", "1-2"])
def test_other_texts_stay_as_they_are(article, text):
    assert read(article(title=text))[0]["title"] == text


def test_a_byte_order_mark_is_written_if_asked_for(record):
    assert export([record()], "csv", bom=True).startswith(b'\xef\xbb\xbf"key"')
    assert export([record()], "csv").startswith(b'"key"')
    with pytest.raises(UsageError, match=r"^bom: not supported by xlsx"):
        export([record()], "xlsx", bom=True)


def test_lines_end_with_cr_and_lf_and_no_cell_has_one(record, article):
    lines = written(record(), article()).split("\r\n")
    assert (len(lines), lines[-1]) == (4, "")
    assert not any("\n" in line for line in lines)


@given(hostile.articles)
def test_any_article_is_read_back_as_it_was_and_no_cell_is_a_formula(item):
    (row,) = read(item)
    assert not any(re.match(r"[=+@\t\r\n-]", cell) for cell in row.values())
    for column, variable in (("title", "title"), ("journal", "container-title"), ("abstract",) * 2):
        cell = row[column]
        text = cell[1:] if re.match("''*[=+@＝＋－＠-]", cell) else cell
        assert text == tidy(item[variable])


def test_a_date_in_words_has_no_column():
    dated = {"id": "a", "title": "Tea", "issued": {"literal": "in press"}}
    assert list(lost(dated)) == ["issued"]
    assert list(lost(dated | {"issued": {"date-parts": [[2020]]}})) == []


@pytest.mark.parametrize(
    ("issued", "year"),
    [
        ({"literal": "Summer\u2013Fall 2018"}, "2018"),
        ({"literal": "Fall 2018\u2013Spring 2019"}, "2018"),
        ({"literal": "Michaelmas 2018"}, "2018"),
        ({"date-parts": [[2018]], "season": "2"}, "2018"),
        ({"date-parts": [[2018], [2019]]}, "2018"),
        ({"literal": "1850s"}, ""),
        ({"literal": "submitted 2018, revised 2019"}, ""),
    ],
)
def test_the_year_of_a_date_is_written_and_the_rest_counted(issued, year):
    item = {"id": "a", "type": "book", "title": "Tea", "issued": issued}
    (row,) = read(item)
    assert row["year"] == year
    assert list(lost(item)) == ["issued"]
