"""Sheets of abstracts: CSV, TSV and Excel workbooks whose rows become records."""

import csv
import datetime as dt
import io
import zipfile

import pytest
from openpyxl import Workbook

from abstool.errors import NotAnAbstract, UnreadableInput, UsageError
from abstool.inputs.options import ReadOptions
from abstool.inputs.references.tables.abstracts import columns_of
from abstool.inputs.references.tables.cells import SheetCell, read_number
from abstool.inputs.sheets import SheetOptions
from abstool.inputs.sources import convert_pages, read_pages, read_source, sheet_columns

HEADER = (
    "abstract_number title authors_and_affiliations keywords link_final abstract_text "
    "title_from_links"
).split()
BODY = (
    "Background/Purpose: We wondered.\n\nMethods: We drank.\n\n"
    "Disclosures: A. Muster: None; B. van der Roe: Tea Inc, 5."
)
LINE = (
    "Ann Muster 1 and  Bob van der Roe 2 , 1 University of Nowhere, Bonn, Germany, "
    "2 Imagined Clinic, Leiden, The Netherlands"
)
URL = "https://acrabstracts.org/abstract/tea/"
ROW = ["0012", "Tea and Knees", LINE, "Tea; Knees, left", URL, BODY, "Tea and Knees"]
ALONE = ["LB01", "No Authors", "", "", f"{URL}2/", "Background/Purpose: Who?", "No Authors"]


def as_text(rows, delimiter=",", encoding="utf-8"):
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue().encode(encoding)


def as_workbook(*sheets):
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Day {number}")
        for row in rows:
            sheet.append(row)
    return saved(book)


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture
def parsed(tmp_path):
    def parse(data, name="sheet", **options):
        (tmp_path / name).write_bytes(data)
        outcomes = convert_pages(
            [str(tmp_path / name)],
            lambda one, _: one,
            1,
            ReadOptions(sheets=SheetOptions(**options)),
        )
        return [outcome.error or outcome.value for outcome in outcomes]

    return parse


FORMS = {
    "csv": as_text([HEADER, ROW, ALONE]),
    "byte order mark": as_text([HEADER, ROW, ALONE], encoding="utf-8-sig"),
    "windows": as_text([HEADER, ROW, ALONE], ";", "cp1252"),
    "utf-16": as_text([HEADER, ROW, ALONE], "\t", "utf-16"),
    "tsv": as_text([HEADER, ROW, ALONE], "\t"),
    "below a title": as_text([["Tea 2026; all abstracts"], [], HEADER, ROW, ALONE]),
    "header twice": as_text([HEADER, ROW, HEADER, ALONE]),
    "xlsx": as_workbook([HEADER, ROW, ALONE]),
    "sheets": as_workbook([["About"], ["this file"]], [["Tea"], HEADER, ROW], [HEADER, ALONE]),
}


@pytest.mark.parametrize("form", FORMS)
def test_each_row_becomes_the_record_that_a_page_would_give(parsed, form):
    record, alone = parsed(FORMS[form])
    data = record.to_dict()
    assert data.pop("disclosures")[1]["interests"] == [{"entity": "Tea Inc", "codes": [5]}]
    assert data == {
        "schema": "abstool/1",
        "url": URL,
        "site": "acrabstracts.org",
        "number": "0012",
        "title": "Tea and Knees",
        "authors": [
            {"name": "Ann Muster", "family": "Muster", "given": "Ann", "affiliations": ["1"]},
            {
                "name": "Bob van der Roe",
                "family": "van der Roe",
                "given": "Bob",
                "affiliations": ["2"],
            },
        ],
        "affiliations": [
            {"label": "1", "name": "University of Nowhere, Bonn, Germany"},
            {"label": "2", "name": "Imagined Clinic, Leiden, The Netherlands"},
        ],
        "keywords": ["Tea", "Knees, left"],
        "sections": [
            {"label": "Background/Purpose", "text": "We wondered."},
            {"label": "Methods", "text": "We drank."},
        ],
        "warnings": ["The page does not give the abstract's meeting."],
    }
    assert (alone.number, alone.authors) == ("LB01", [])
    assert "No authors found on the page." in alone.warnings


# columns of other societies: header and row, and what the record has
OTHERS = [
    (
        {"Abstract #": "7", "Abstract title": "Tea", "First Author": "Ann Roe", "Track": "Hot"},
        {"number": "7", "title": "Tea", "Track": "Hot"},
    ),
    (
        {"Poster ID": "P-7", "Poster Title": "Tea", "Presenting Author": "Roe, Ann"},
        {"number": "P-7", "authors": [{"name": "Ann Roe", "family": "Roe", "given": "Ann"}]},
    ),
    (
        {
            "abstract_number": "7",
            "title": "Tea &amp; <i>Knees</i>",
            "presenting_author": "Ann Roe",
            "co_authors": "Bob Doe; Cid Muster",
            "presentation_format": "Poster",
            "location": "Hall 1",
        },
        {"title": "Tea & Knees", "session": {"type": "Poster"}, "location": "Hall 1"},
    ),
    (
        {"doi": "10.1000/xyz.7", "article_title": "Tea", "session_type": "Oral", "topics": "Tea"},
        {"doi": "10.1000/xyz.7", "session": {"type": "Oral"}, "keywords": ["Tea"]},
    ),
    (
        {"Title": "Tea", "Authors": "Ann Roe", "Background": "Why?", "Results": "Hot."},
        {
            "sections": [
                {"label": "Background", "text": "Why?"},
                {"label": "Results", "text": "Hot."},
            ]
        },
    ),
    (
        {"Poster No": "7", "Title": "Tea", "Session Date": "2026-10-26", "url": "x"},
        {"session": {"date": "2026-10-26"}},
    ),
    (
        {"Abstract ID": "7", "Title": "Tea", "Authors": "A", "authors": "B", "Meeting": "Tea 2026"},
        {"meeting": "Tea 2026", "column authors": "B"},
    ),
]


@pytest.mark.parametrize(("cells", "expected"), OTHERS)
def test_the_columns_of_other_societies_are_known(parsed, cells, expected):
    (record,) = parsed(as_text([list(cells), list(cells.values())]))
    data = record.to_dict()
    assert {name: data.get(name) for name in expected} == expected


AFFILIATIONS = {
    "Univ A, Bonn": ([["1"], ["1"]], ["Univ A, Bonn"]),
    "Univ A; Univ B": ([[], []], ["Univ A", "Univ B"]),
}


@pytest.mark.parametrize("cell", AFFILIATIONS)
def test_affiliations_in_their_own_column_are_linked_only_if_that_is_clear(parsed, cell):
    header = ["Abstract No", "Title", "Authors", "Affiliations"]
    (record,) = parsed(as_text([header, ["7", "Tea", "Roe, Ann; Doe, Bob", cell]]))
    links, names = AFFILIATIONS[cell]
    assert [author.family for author in record.authors] == ["Roe", "Doe"]
    assert [author.affiliations for author in record.authors] == links
    assert [place.name for place in record.affiliations] == names
    assert any("does not link" in text for text in record.warnings) == (links[0] == [])


# a value of a number in a workbook: the record's number, and a part of its warning
DAMAGED = [
    ("0848", 0, "0848", ""),
    (848, 0, "848", "leading zeros"),
    (848, 4, "0848", ""),
    (848.0, 0, "848", "leading zeros"),
    ("nan", 0, "", "may have been lost"),
    ("####", 0, "", "may have been lost"),
    ("2-Mar", 0, "2-Mar", "is a date"),
    (dt.date(2026, 3, 2), 0, "2026-03-02", "is a date"),
    ("02.03.2026", 0, "02.03.2026", "is a date"),
    ("4.11.52", 0, "4.11.52", ""),
    ("1.2E+05", 0, "1.2E+05", "may have changed"),
    ("LB01", 4, "LB01", ""),
    ("_x0030_12", 0, "012", ""),
]


@pytest.mark.parametrize(("value", "digits", "number", "warning"), DAMAGED)
def test_a_number_that_a_program_damaged_is_warned_of(parsed, value, digits, number, warning):
    data = as_workbook([["Abstract Number", "Title"], [value, "Tea"]])
    (record,) = parsed(data, pad_numbers=digits)
    assert record.number == number
    own = [text for text in record.warnings if "number" in text.lower() and "page" not in text]
    assert [warning in text for text in own] == [True] * bool(warning)


def test_a_number_has_the_zeros_that_its_format_shows(parsed):
    book = Workbook()
    book.active.append(["Abstract Number", "Title", "Link"])
    book.active.append([848, "Tea", "open"])
    book.active["A2"].number_format = "0000"
    book.active["C2"].hyperlink = "https://example.org/a?x=1&y=2"
    (record,) = parsed(saved(book))
    assert (record.number, record.url) == ("0848", "https://example.org/a?x=1&y=2")


def test_numbers_of_different_lengths_without_zeros_may_have_lost_them(parsed):
    rows = [["Abstract Number", "Title"], ["12", "A"], ["848", "B"], ["1201", "C"]]
    warned = [len(record.warnings) for record in parsed(as_text(rows))]
    assert warned[0] == warned[1] == warned[2] + 1


def test_a_long_cell_and_another_title_of_the_link_are_warned_of(parsed):
    row = [*ROW[:5], "x" * 32_767, "Coffee"]
    (record,) = parsed(as_text([HEADER, row]))
    assert record.warnings[0] == (
        "The column 'abstract_text' may be cut off: it has 32,767 characters."
    )
    assert "The title of the link is different: 'Coffee'." in record.warnings


def test_formulas_are_not_evaluated_and_returns_are_read(parsed):
    rows = [
        ["Abstract Number", "Title", "Abstract"],
        ["1", "=1+1", "a"],
        ["2", "Tea", "a_x000D_\nb"],
    ]
    formula, tea = parsed(as_workbook(rows))
    assert isinstance(formula, UnreadableInput)  # it has no value
    assert tea.sections[0].text == "a b"


def test_damaged_rows_are_reported_and_the_others_are_read(parsed):
    rows = [HEADER, ROW, [*ROW, "more"], ["7", "", "Ann Roe"], ["Total: 2"], ALONE]
    first, more, untitled, total, last = parsed(as_text(rows))
    assert (first.number, total, last.number) == ("0012", None, "LB01")
    assert "line 7: the row has 8 cells but the header has 7" in str(more)
    assert "the row has no title" in str(untitled)


OTHER_TABLES = {
    "prices.csv": as_text([["Name", "Price"], ["Tea", "3"], ["Milk", "2"]]),
    "prices": as_text([["Name", "Price"], ["Tea", "3"], ["Milk", "2"]], "\t"),
    "prices.xlsx": as_workbook([["Name", "Price"], ["Tea", 3]]),
}


@pytest.mark.parametrize("name", OTHER_TABLES)
def test_another_table_is_refused_with_its_columns(parsed, tmp_path, name):
    (error,) = parsed(OTHER_TABLES[name], name)
    (cited,) = read_source(str(tmp_path / name), None)
    for one in (error, cited.error):
        assert isinstance(one, NotAnAbstract)
        assert "columns: Name, Price" in str(one)


REFERENCES = {
    "zotero": ["Key", "Item Type", "Title", "Author", "Publication Title", "Date", "Abstract Note"],
    "rayyan": ["key", "title", "authors", "journal", "issn", "abstract", "year", "notes"],
    "covidence": [
        "Title",
        "Authors",
        "Abstract",
        "Published Year",
        "Journal",
        "DOI",
        "Covidence #",
    ],
}


@pytest.mark.parametrize("program", REFERENCES)
def test_a_table_of_a_reference_manager_stays_one_of_references(tmp_path, program):
    header = REFERENCES[program]
    path = tmp_path / "references.csv"
    path.write_bytes(as_text([header, [name.lower() for name in header]]))
    (outcome,) = read_source(str(path), None)
    assert outcome.form == "csv"
    (refused,) = read_pages([str(path)])
    assert isinstance(refused.error, NotAnAbstract)


def test_columns_can_be_named(parsed, tmp_path):
    data = as_text([["Name", "Who", "Track"], ["Tea", "Ann Roe", "Hot"]])
    options = {"title": "name", "authors": "Who"}
    (record,) = parsed(data, columns=options)
    assert (record.title, record.authors[0].family) == ("Tea", "Roe")
    assert record.extra == {"Track": "Hot"}
    (shown,) = sheet_columns(str(tmp_path / "sheet"), SheetOptions(options))
    assert [line[1:] for line in shown.value] == [
        ("Name", "title"),
        ("Who", "authors"),
        ("Track", "extra"),
    ]
    (error,) = parsed(data, columns={"title": "Poster"})
    assert "columns: Name, Who, Track" in str(error)


@pytest.mark.parametrize("pair", ["title", "title=", "nosuch=Title"])
def test_a_column_of_an_unknown_field_is_refused(pair):
    with pytest.raises(UsageError):
        SheetOptions.of([pair])


def test_a_workbook_that_is_corrupt_or_a_bomb_is_refused(parsed):
    good = as_workbook([HEADER, ROW])
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("xl/workbook.xml", "")
        archive.writestr("xl/sheet.xml", b"\0" * 200_000_001)
    for data in (good[: len(good) // 2], bomb.getvalue()):
        (error,) = parsed(data)
        assert isinstance(error, UnreadableInput)


@pytest.mark.parametrize(
    ("number", "is_warned"),
    [
        ("1-Feb", True),
        ("01. Mrz", True),
        ("Feb-23", True),
        ("2023-02-01 00:00:00", True),
        ("01.02.2023", True),
        ("1/2/2023", True),
        ("1,23E+05", True),
        ("12-AB", False),
        ("P1-02", False),
        ("A-015", False),
        ("2023-01", False),
    ],
)
def test_a_number_that_became_a_date_is_warned_of(number, is_warned):
    cell = SheetCell(number)
    text, warnings = read_number(cell, "No", 0, may_lack_zeros=False)
    assert (text, bool(warnings)) == (number, is_warned)


# Sheets of other societies as (header, row) and what the record must have: number, authors as
# given and family names with the labels of their affiliations, affiliations, part of a warning.
NEIGHBOURS = {
    "superscript digits": (
        ["Abstract Number", "Title", "Authors", "Affiliations"],
        ["7", "Tea", "Ann Muster¹, Bob Roe¹,², Cy Poe²", "¹Univ A, Bonn; ²Univ B, Rome"],
        ("7", ["Ann/Muster/1", "Bob/Roe/1,2", "Cy/Poe/2"], ["Univ A, Bonn", "Univ B, Rome"], ""),
    ),
    "numbered list of affiliations": (
        ["Abstract Number", "Title", "Authors", "Affiliations"],
        ["7", "Tea", "Ann Muster1; Bob Roe2", "1. Univ A; 2. 3rd Clinic"],
        ("7", ["Ann/Muster/1", "Bob/Roe/2"], ["Univ A", "3rd Clinic"], ""),
    ),
    "numbers in brackets": (
        ["Abstract Number", "Title", "Authors", "Affiliations"],
        ["7", "Tea", "Ann Muster [1], Bob Roe [1, 2]", "[1] Univ A [2] Univ B"],
        ("7", ["Ann/Muster/1", "Bob/Roe/1,2"], ["Univ A", "Univ B"], ""),
    ),
    "affiliations in brackets": (
        ["Abstract ID", "Abstract Title", "All Authors"],
        ["7", "Tea", "Ann Muster (Univ A, Bonn); Bob van der Roe (Univ B)"],
        ("7", ["Ann/Muster/1", "Bob/van der Roe/2"], ["Univ A, Bonn", "Univ B"], ""),
    ),
    "family names and initials": (
        ["Abstract No.", "Title", "Authors"],
        ["7", "Tea", "Muster A, Poe BC, van der Roe D"],
        ("7", ["A/Muster/", "B C/Poe/", "D/van der Roe/"], [], "family names and initials"),
    ),
    "family names in capitals": (
        ["Abstract No.", "Title", "Authors"],
        ["7", "Tea", "MUSTER Ann, VAN ROE Bob"],
        ("7", ["Ann/MUSTER/", "Bob/VAN ROE/"], [], "Guessed the family name of MUSTER Ann"),
    ),
    "a name in two columns": (
        "Poster ID,Title,Presenting Author First Name,Presenting Author Last Name,Co-Authors".split(
            ","
        ),
        ["7", "Tea", "Ann", "Muster", "Bob Roe"],
        ("7", ["Ann/Muster/", "Bob/Roe/"], [], ""),
    ),
    "a presenter of the list in another form": (
        ["Poster ID", "Title", "Presenting Author", "Authors"],
        ["7", "Tea", "Muster, Ann", "Bob Roe, Ann B. Muster"],
        ("7", ["Bob/Roe/", "Ann B./Muster/"], [], ""),
    ),
    "a co-author of the same family name": (
        ["Poster ID", "Title", "Presenting Author", "Co-Authors"],
        ["7", "Tea", "Ann Roe", "Bob Roe"],
        ("7", ["Ann/Roe/", "Bob/Roe/"], [], ""),
    ),
    "author block": (
        ["Control Number", "Final ID", "Title", "Author Block"],
        ["123", "P-7", "Tea", "A. Muster1, B. Roe2; 1Univ A, Bonn, GERMANY, 2Univ B, Rome, ITALY"],
        (
            "P-7",
            ["A./Muster/1", "B./Roe/2"],
            ["Univ A, Bonn, GERMANY", "Univ B, Rome, ITALY"],
            "",
        ),
    ),
    "German": (
        ["Abstract-Nr.", "Titel", "Autoren", "Institute", "Schlagwörter"],
        ["0007", "Tee", "Muster, Anna; Roe, Bernd", "Klinik, Bonn", "Tee; Knie"],
        ("0007", ["Anna/Muster/1", "Bernd/Roe/1"], ["Klinik, Bonn"], ""),
    ),
    "French": (
        ["N° de résumé", "Titre", "Auteurs", "Résumé"],
        ["0007", "Thé", "Hélène Muster; José Roe", "Texte"],
        ("0007", ["Hélène/Muster/", "José/Roe/"], [], ""),
    ),
    "Spanish": (
        ["Número", "Título", "Autores", "Resumen"],
        ["P-7", "Té", "Pérez García, Ana; Roe, Juan", "Texto"],
        ("P-7", ["Ana/Pérez García/", "Juan/Roe/"], [], ""),
    ),
}


@pytest.mark.parametrize("name", NEIGHBOURS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_sheets_of_other_societies_give_their_authors(parsed, name, encoding):
    header, row, (number, authors, places, warning) = NEIGHBOURS[name]
    (record,) = parsed(as_text([header, row], ";", encoding))
    assert record.number == number
    assert [f"{a.given}/{a.family}/{','.join(a.affiliations)}" for a in record.authors] == authors
    assert [place.name for place in record.affiliations] == places
    others = [text for text in record.warnings if not text.startswith("The page ")]
    assert [warning in text for text in others] == [True] * bool(warning)


def test_no_cell_of_an_unknown_column_is_lost(parsed):
    header = ["Abstract Number", "Title", "Authors", "Note", "Note", "", "Note"]
    (record,) = parsed(as_text([header, ["7", "Tea", "Ann Muster", "a", "b", "c", "d"]]))
    assert record.extra == {"Note": "a", "Note 2": "b", "column 6": "c", "Note 3": "d"}


def test_a_column_has_one_name_in_all_rows(parsed):
    header = ["Abstract Number", "Title", "Authors", "Note", "Note 2", "Note"]
    rows = [["7", "Tea", "Ann Muster", "a", "b", "c"], ["8", "Milk", "Ann Muster", "", "", "c"]]
    first, second = parsed(as_text([header, *rows]))
    assert first.extra == {"Note": "a", "Note 2": "b", "Note 3": "c"}
    assert second.extra == {"Note 3": "c"}


def test_rows_that_differ_in_their_authors_only_are_warned_of(parsed):
    rows = [["7", "Tea", "Ann Muster"], ["7", "Tea", "Bob Roe"], ["8", "Tea", "Cy Poe"]]
    records = parsed(as_text([["Abstract Number", "Title", "Author"], *rows, rows[2]]))
    warned = ["a row for each author" in " ".join(one.warnings) for one in records]
    assert warned == [True, True, False, False]


def test_cells_merged_over_rows_count_in_each(parsed):
    book = Workbook()
    sheet = book.active
    sheet.append(["Session Title", "Abstract Number", "Title", "Room"])
    for row in (["Knees", "1", "Tea", "A"], ["", "2", "Rum", ""], ["Hips", "3", "Ale", ""]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("D2:D3")
    sheet.merge_cells("A9:D9")
    records = parsed(saved(book))
    assert [one.session.title for one in records] == ["Knees", "Knees", "Hips"]
    assert [one.extra.get("Room") for one in records] == ["A", "A", None]


@pytest.mark.parametrize("number", ["1e400", "9" * 5_000])
def test_a_damaged_cell_costs_neither_its_row_nor_another(parsed, number):
    data = as_workbook([["Abstract Number", "Title", "Body"], [7321, "Moss", "x"], ["LB1", "Peat"]])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b"<v>7321<", f"<v>{number}<".encode()))
    moss, peat = parsed(out.getvalue())
    assert (moss.title, moss.number, peat.number) == ("Moss", number, "LB1")
    (warning,) = [text for text in moss.warnings if "Abstract Number" in text]
    assert warning.startswith("The column 'Abstract Number' has a damaged cell: '")


def test_an_error_of_a_formula_is_no_text(parsed):
    data = as_workbook([["Abstract Number", "Title", "Body"], [7321, "Moss", 27]])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            cell = b' t="e"><v>#SPILL!<'
            new.writestr(part, old.read(part).replace(b' t="n"><v>27<', cell))
    (moss,) = parsed(out.getvalue())
    assert "The column 'Body' has only '#SPILL!'; the value may have been lost." in moss.warnings


def test_a_formula_without_a_value_is_warned_of(parsed):
    rows = [["Abstract Number", "Title", "Body", "Room"], ["7", "Moss", "x", "=A2"]]
    (moss,) = parsed(as_workbook(rows))
    assert "The column 'Room' has a formula without a value." in moss.warnings
    assert not moss.extra


@pytest.mark.parametrize("count", ["Citation count", "cited_by_count"])
def test_a_table_of_openalex_is_not_a_sheet_of_abstracts(count):
    names = ["Title", "Author", "Year", "Source", count, "Abstract", "ID"]
    assert columns_of(names, {}) is None
    assert columns_of([name for name in names if name != count], {})
