"""Tables of references in CSV, TSV and Excel workbooks."""

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from abstool.citing import export
from abstool.errors import UnreadableInput
from abstool.inputs import plain_tables, references
from abstool.inputs.archives import SavedPage
from abstool.inputs.references.fields import InvalidEntryError
from abstool.inputs.references.tables import xlsx
from abstool.inputs.references.tables.workbook import worksheets

ROE_AND_DOE = [{"family": "Roe", "given": "Ann"}, {"family": "Doe", "given": "Bob"}]
INITIALS = [{"family": "Roe", "given": "A"}, {"family": "Doe", "given": "B. C."}]


def outcomes(text):
    data = text.encode()
    assert references.form_of(data) == "csv"
    return [*references.read(data, "csv", "tea.csv")]


def item(text):
    (outcome,) = outcomes(text)
    assert outcome.error is None
    return outcome.value


RAYYAN = (Path(__file__).parents[2] / "fixtures/references/rayyan.csv").read_text("utf-8")


def test_a_row_of_rayyan_becomes_an_item_with_all_that_it_says():
    assert item(RAYYAN) == {
        "type": "article-journal",
        "id": "rayyan-1",
        "author": ROE_AND_DOE,
        "title": "Effects of tea",
        "container-title": "J Tea",
        "volume": "3",
        "issue": "2",
        "page": "1-5",
        "issued": {"date-parts": [[2020, 3]]},
        "DOI": "10.1000/xyz",
        "PMID": "12345678",
        "PMCID": "PMC123456",
        "language": "eng",
        "keyword": "tea; joints, knees",
        "ISSN": "1234-5678",
        "note": "a note",
        "abstract": "We drank tea.\n\nIt was hot.",
    }


TABLES = {
    "zotero": (
        """\
"Key","Item Type","Publication Year","Author","Title","Publication Title","DOI","Url","Date",\
"Date Added","Pages","Issue","Volume"
"AB12","journalArticle","2020","Roe, Ann; Doe, Bob","Tea","J Tea","10.1000/xyz",\
"https://example.org","2020-03-15","2021-01-01 10:00:00","1-5","2","3"
""",
        {"author": ROE_AND_DOE, "issued": {"date-parts": [[2020, 3, 15]]}, "page": "1-5"},
    ),
    "zotero chapter": (
        """\
"Item Type","Author","Title","Publication Title","Date"
"bookSection","Roe, Ann","Tea","A book","2020"
""",
        {"type": "chapter", "container-title": "A book"},
    ),
    "covidence": (
        """\
Title,Authors,Abstract,Published Year,Published Month,Journal,Volume,Issue,Pages,\
Accession Number,DOI,Ref,Covidence #,Study,Notes,Tags
Tea,"Roe, Ann; Doe, Bob",Hot.,2020,March,J Tea,3,2,1-5,,10.1000/xyz,7,#1,Roe 2020,,
""",
        {"author": ROE_AND_DOE, "issued": {"date-parts": [[2020, 3]]}, "abstract": "Hot."},
    ),
    "pubmed": (
        """\
\ufeffPMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,DOI
12345678,Tea,"Roe A, Doe BC.",J Tea. 2020,Roe A,J Tea,2020,10.1000/xyz
""",
        {"author": INITIALS, "PMID": "12345678", "container-title": "J Tea"},
    ),
    "scopus": (
        """\
\ufeff"Authors","Title","Year","Source title","Volume","Art. No.","Page start","Page end",\
"DOI","ISSN","Document Type","Abbreviated Source Title","Source"
"Roe A., Doe B.C.","Tea","2020","Journal of Tea","3","e123","","","10.1000/xyz",\
"12345678","Article","J. Tea","Scopus"
""",
        {"page": "e123", "ISSN": "1234-5678", "container-title-short": "J. Tea"},
    ),
    "lens": (
        "Lens ID,Title,Publication Year,Author/s\n1,Tea,2020,Ann B. van Roe; Bob Doe Jr.\n",
        {
            "author": [
                {"family": "van Roe", "given": "Ann B."},
                {"family": "Doe", "given": "Bob", "suffix": "Jr."},
            ]
        },
    ),
    "lens without given names": (
        "Lens ID,Title,Publication Year,Author/s\n1,Tea,2020,null Roe; null van Doe; Ann Null\n",
        {
            "author": [
                {"literal": "Roe"},
                {"literal": "van Doe"},
                {"family": "Null", "given": "Ann"},
            ]
        },
    ),
    "lens in capitals": (
        (
            "Lens ID,Title,Publication Year,Author/s\n"
            "1,Tea,2020,Wei WU; Ann LEE; Malcolm X; Bob Branch; Tea Leaf Study Group; Ministry of"
            " Tea; Société du Thé; Leaf Consortium; Ida Moss PhD\n"
        ),
        {
            "author": [
                {"family": "WU", "given": "Wei"},
                {"family": "LEE", "given": "Ann"},
                {"family": "X", "given": "Malcolm"},
                {"family": "Branch", "given": "Bob"},
                {"literal": "Tea Leaf Study Group"},
                {"literal": "Ministry of Tea"},
                {"literal": "Société du Thé"},
                {"literal": "Leaf Consortium"},
                {"family": "Moss", "given": "Ida"},
            ]
        },
    ),
    "openalex with numbers": (
        (
            "id,display_name,authorships.author.display_name,publication_year\n"
            "https://openalex.org/W12,Moss,Ida Poe 0012|Milk Study Group 0030|Lin NG,2023\n"
        ),
        {
            "author": [
                {"family": "Poe", "given": "Ida"},
                {"literal": "Milk Study Group 0030"},
                {"family": "NG", "given": "Lin"},
            ]
        },
    ),
    "openalex": (
        (
            "id,doi,display_name,authorships.author.display_name,publication_year,type,"
            "primary_location.source.display_name,biblio.volume,biblio.issue,biblio.first_page,"
            "biblio.last_page,abstract\n"
            "https://openalex.org/W12,https://doi.org/10.1000/xyz,Moss,Ann Roe|Bob van Doe,2023,"
            "article,Tea Notes,7,2,11,19,We looked.\n"
        ),
        {
            "title": "Moss",
            "author": [
                {"family": "Roe", "given": "Ann"},
                {"family": "van Doe", "given": "Bob"},
            ],
            "container-title": "Tea Notes",
            "volume": "7",
            "page": "11-19",
            "DOI": "10.1000/xyz",
        },
    ),
    "openalex, older": (
        (
            "id,display_name,publication_date,primary_location_display_name,"
            "primary_location_issns,author_names,cited_by_count,doi,publication_year,type,"
            "biblio_issue,biblio_first_page,biblio_volume,biblio_last_page\n"
            "https://openalex.org/W34,Fern,2022-04-05,Fern Notes,1234-5679,Jo Fern|Al de Leaf,3,"
            "https://doi.org/10.1000/fern,2022,article,4,21,8,29\n"
        ),
        {
            "title": "Fern",
            "author": [
                {"family": "Fern", "given": "Jo"},
                {"family": "de Leaf", "given": "Al"},
            ],
            "container-title": "Fern Notes",
            "ISSN": "1234-5679",
            "issued": {"date-parts": [[2022, 4, 5]]},
            "volume": "8",
            "issue": "4",
            "page": "21-29",
        },
    ),
    "openalex in words": (
        (
            "Title,Author,Year,DOI,Type,Source,Citation count,Abstract,ID\n"
            "Moss,Ida Poe,2023,https://doi.org/10.1000/xyz,article,Tea Notes,6,We looked.,"
            "https://openalex.org/W12\n"
        ),
        {"author": [{"family": "Poe", "given": "Ida"}], "container-title": "Tea Notes"},
    ),
    "openalex without counts": (
        (
            "Title,Author,Year,Source,ID\n"
            "Moss,Ida Poe|Bob van Doe,2023,Tea Notes,https://openalex.org/W12\n"
        ),
        {
            "author": [
                {"family": "Poe", "given": "Ida"},
                {"family": "van Doe", "given": "Bob"},
            ]
        },
    ),
    "numbers of openalex, families first": (
        "Title,Author,Year,Source,ID\nMoss,Poe IB; Leaf D,2023,Tea,https://openalex.org/W12\n",
        {"author": [{"family": "Poe", "given": "I. B."}, {"family": "Leaf", "given": "D"}]},
    ),
    "eppi-reviewer": (
        (
            "ID,Short Title,Authors,Year,Full Title,Abstract,Journal,Volume,Issue,Page(s),"
            "Ref. Type,Url,DOI,Include (?),Exclude (?),Comments (if any)\n"
            '7,Poe (2023),"Poe Ida ; Leaf D B; ",2023,Moss,We looked.,Tea Notes,3,2,1-5,'
            '"Journal, Article",https://example.org,10.1000/xyz,,,\n'
        ),
        {
            "type": "article-journal",
            "title": "Moss",
            "author": [{"family": "Poe", "given": "Ida"}, {"family": "Leaf", "given": "D B"}],
            "container-title": "Tea Notes",
            "page": "1-5",
            "DOI": "10.1000/xyz",
        },
    ),
    "eppi-reviewer's list": (
        (
            "Included,ID,ShortTitle,Title,Journal,Authors,Year,Ref. Type\n"
            'True,7,Poe (2023),Moss,All Teas,"Tea Study Group  ; van Poe Ida ; Garcia Leaf Ana M;",'
            '2023,"Book, Chapter"\n'
        ),
        {
            "type": "chapter",
            "author": [
                {"literal": "Tea Study Group"},
                {"family": "van Poe", "given": "Ida"},
                {"literal": "Garcia Leaf Ana M"},
            ],
        },
    ),
    "counts of citations, families first": (
        "Title,Authors,Year,Journal,Citation Count\nMoss,Roe AB; Doe C,2023,Tea Notes,6\n",
        {"author": [{"family": "Roe", "given": "A. B."}, {"family": "Doe", "given": "C"}]},
    ),
    "counts of citations, whole names": (
        "Title,Authors,Year,Source,Cited by count\nMoss,Poe Ida; Fern JP,2023,Tea Notes,6\n",
        {"author": [{"literal": "Poe Ida"}, {"family": "Fern", "given": "J. P."}]},
    ),
    "semicolons": (
        "Title;Authors;Year;Journal\nTea;Roe A, Doe BC;2020;J Tea\n",
        {"author": INITIALS, "title": "Tea"},
    ),
    "tabs": (
        "TY\tAU\tyear\tTI\tJO\tSP\tDO\nJOUR\tRoe, Ann\t2020\tTea\tJ Tea\t1\t10.1000/xyz\n",
        {"type": "article-journal", "author": ROE_AND_DOE[:1], "DOI": "10.1000/xyz"},
    ),
    "zotero report": (
        (
            "Item Type,Author,Title,Date,Issue,Number,Type,Meeting Name,Conference Name\n"
            'report,"Roe, Ann",Tea,2020,,TR-12,Tech report,,Tea Conf\n'
        ),
        {"type": "report", "number": "TR-12", "genre": "Tech report", "event-title": "Tea Conf"},
    ),
    "zotero extra": (
        (
            "Item Type,Author,Title,Date,Issue,Extra\n"
            'book,"Roe, Ann",Tea,2020,,"PMID: 2345678\nCitation Key: tea\nDOI: 10.1000/tea"\n'
        ),
        {
            "PMID": "2345678",
            "DOI": "10.1000/tea",
            "custom": {"fields": {"format": "csv", "values": {"Extra": ["Citation Key: tea"]}}},
        },
    ),
    "scopus supplement": (
        (
            "Authors,Title,Year,Source title,Volume,Issue,Page start,Page end,Document Type\n"
            "Roe A.,Tea,2020,Tea J,78,Suppl 2,123,125,Conference paper\n"
        ),
        {"type": "article-journal", "issue": "Suppl 2", "container-title": "Tea J"},
    ),
    "ieee": (
        (
            "Document Title,Authors,Publication Title,Publication Year,Document Identifier\n"
            "Tea,A. B. Roe,Conf on Tea,2019,IEEE Conferences\n"
        ),
        {"type": "paper-conference", "container-title": "Conf on Tea"},
    ),
    "web of science": (
        (
            "PT\tAU\tCA\tTI\tSO\tSP\tDT\tPY\tVL\tSU\tMA\tBP\tEP\n"
            "J\tRoe, A\tTea Grp\tTea\tJ TEA\tTea Soc\tMeeting Abstract\t2019\t78\t2\t12\t45\t46\n"
        ),
        {
            "author": [{"family": "Roe", "given": "A"}, {"literal": "Tea Grp"}],
            "issue": "suppl 2",
            "page": "45-46",
            "genre": "abstract",
        },
    ),
    "web of science in excel": (
        (
            "Publication Type,Authors,Group Authors,Article Title,Source Title,Document Type,"
            "Publication Year,Volume,Issue,Supplement,Start Page,End Page\n"
            'J,"Roe, A",Tea Grp,Tea,J TEA,Article,2019,78,3,1,45,46\n'
        ),
        {
            "author": [{"family": "Roe", "given": "A"}, {"literal": "Tea Grp"}],
            "issue": "3 suppl 1",
            "type": "article-journal",
        },
    ),
    "web of science proceedings": (
        (
            "PT\tAU\tBE\tAF\tTI\tSO\tSE\tDT\tCT\tCY\tC1\tPU\tEI\tBN\tPD\tPY\tVL\tBP\tEP\n"
            "S\tPoe, C; Noe, D\tDoe, B\tPoe, Cy; Noe, Di\tMilk\tPROC MILK\tLect Notes Milk\t"
            "Proceedings Paper\tMilk Conf\tMAY 05-07, 2018\t[Poe, Cy; Noe, Di] Univ A; [Noe, Di] "
            "Univ B\tSpringer\t2345-6784\t978-3-16-148410-0\tMAY\t2018\t12\t1\t9\n"
        ),
        {
            "type": "paper-conference",
            "author": [{"family": "Poe", "given": "Cy"}, {"family": "Noe", "given": "Di"}],
            "editor": [{"family": "Doe", "given": "B"}],
            "container-title": "PROC MILK",
            "collection-title": "Lect Notes Milk",
            "publisher": "Springer",
            "volume": "12",
            "page": "1-9",
            "issued": {"date-parts": [[2018, 5]]},
            "event-date": {"date-parts": [[2018, 5, 5], [2018, 5, 7]]},
            "ISSN": "2345-6784",
        },
    ),
    "web of science part and early access": (
        (
            "PT\tAU\tTI\tSO\tDT\tPD\tPY\tVL\tIS\tPN\tEA\n"
            "J\tRoe, A\tTea\tJ TEA\tArticle\t\t\t4\t1\t2\tMAY 2021\n"
        ),
        {"issue": "1 pt 2", "issued": {"date-parts": [[2021, 5]]}},
    ),
    "web of science book": (
        (
            "Publication Type,Book Authors,Article Title,Source Title,Publisher,Publication Year\n"
            'B,"Roe, Ann",Milk,MILK,Leaf,2019\n'
        ),
        {"type": "book", "author": ROE_AND_DOE[:1], "title": "Milk", "publisher": "Leaf"},
    ),
    "web of science as others change it": (
        (
            "AU,TI,SO,PT,PY,VL,URL\n"
            '"Roe, A",Tea,J Tea,Journal Article,2020,5,https://tea.example.org/1\n'
        ),
        {"type": "article-journal", "URL": "https://tea.example.org/1", "volume": "5"},
    ),
    "web of science with columns of others": (
        (
            "Publication Type,Authors,Article Title,Source Title,Year,Volume,Pages,URL,Notes\n"
            'J,"Roe, Ann",Milk,MILK NOTES,2017,4,31-40,https://milk.example.org/4,Read twice\n'
        ),
        {
            "type": "article-journal",
            "issued": {"date-parts": [[2017]]},
            "page": "31-40",
            "URL": "https://milk.example.org/4",
            "note": "Read twice",
        },
    ),
    "web of science with pages twice": (
        'PT,AU,TI,SO,PY,BP,EP,UT,Pages\nJ,"Roe, A",Milk,MILK NOTES,2017,31,40,WOS:7,10\n',
        {
            "page": "31-40",
            "custom": {
                "fields": {
                    "format": "wos",
                    "values": {"PT": ["J"], "UT": ["WOS:7"], "Pages": ["10"]},
                }
            },
        },
    ),
    "others with columns of web of science": (
        (
            "Article Title,Authors,Source Title,Publication Type,Year,Volume,Pages,DOI\n"
            "Milk,Roe A,Milk Notes,,2017,4,31-40,10.1000/xyz\n"
        ),
        {"issued": {"date-parts": [[2017]]}, "page": "31-40", "volume": "4"},
    ),
    "ovid in excel": (
        "DB,AU,TI,SO,PT,PY,DO\nEmbase,Roe A.,Milk,Milk Notes,,2017,10.1000/xyz\n",
        {"type": "article-journal", "DOI": "10.1000/xyz"},
    ),
    "dimensions": (
        (
            '"About the data: Exported on Jan 05, 2024. Criteria: tea",,,,,,,\n'
            "Title,Source title,Anthology title,PubYear,Volume,Pagination,"
            "Publication Type,Authors\n"
            'Tea,Tea Notes,Tea Book,2019,,1-9,Chapter,"Roe, Ann"\n'
        ),
        {
            "type": "chapter",
            "container-title": "Tea Book",
            "collection-title": "Tea Notes",
            "page": "1-9",
        },
    ),
    "excel": (
        "sep=,\n\nTitle,Year,DOI,Type\nTea,2020.0,10.1000/xyz,Meeting Abstract\n",
        {"issued": {"date-parts": [[2020]]}, "genre": "abstract"},
    ),
}


@pytest.mark.parametrize("program", TABLES)
def test_the_columns_of_each_program_are_known(program):
    text, expected = TABLES[program]
    assert expected.items() <= item(text).items()


@pytest.mark.parametrize(
    ("cell", "url"),
    [
        ("www.example.org/teas/~moss", "www.example.org/teas/~moss"),
        ("https://example.org/a; https://example.org/b", "https://example.org/a"),
        ("See http://example.org/a", "http://example.org/a"),
        ("none", None),
    ],
)
def test_a_column_of_links_has_the_url(cell, url):
    text = f'Title,Authors,Year,Journal,URL\nTea,"Moss, Ida",2020,J Tea,"{cell}"\n'
    (found,) = references.read(text.encode(), "csv", "x.csv")
    assert found.value.get("URL") == url


def test_the_short_title_of_eppi_reviewer_is_none():
    found = item(
        'ShortTitle,Title,Authors,Year,Ref. Type\nPoe (2023),Moss,Poe I;,2023,"Web Site"\n'
    )
    assert "title-short" not in found
    assert found["custom"]["fields"]["values"]["ShortTitle"] == ["Poe (2023)"]


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Moss in bogs", "Moss in bogs"),
        ("Moss", "Moss"),
        ("Moss (a trial)", "Moss (a trial)"),
        ("van Poe (2023)", None),
        ("Peat Group (2023b)", None),
        ("", None),
    ],
)
def test_another_short_title_beside_a_type_of_reference_is_one(text, short):
    found = item(f"Ref Type,Title,Short Title,Authors,Year\nReport,Moss it is,{text},Poe I,2023\n")
    assert found.get("title-short") == short
    kept = found.get("custom", {}).get("fields", {}).get("values", {})
    assert kept.get("Short Title", []) == [text] * (text != "" and short is None)


def test_an_unknown_column_is_kept():
    custom = item("Title,Authors,Year,Screened by\nTea,Roe A,2020,Ann\n")["custom"]
    assert custom == {"fields": {"format": "csv", "values": {"Screened by": ["Ann"]}}}


@pytest.mark.parametrize(
    "text",
    ["Title,Rank\nTea,1\n", "Chapter,Title,Authors\n1,Tea,Roe\n", "Tea, joints, authors\n", "a,b"],
)
def test_another_table_is_not_one_of_references(text):
    assert references.form_of(text.encode()) != "csv"


def test_damage_is_reported_with_its_line_and_the_other_rows_are_read():
    rows = [
        "Title,Authors,Year",
        "First,Roe A,2020",
        "Second,Roe A,2020,too,many",
        ",,2020",
        f'"{"x" * 1_000_001}',
        "Last,Roe A,2020",
    ]
    first, second, third, fourth, last = outcomes("\n".join(rows))
    assert (first.value["title"], last.value["title"]) == ("First", "Last")
    assert str(second.error).startswith("tea.csv, line 3: the row has 5 cells but the header has 3")
    assert third.warnings == ("the row has no title",)
    assert str(fourth.error).startswith("tea.csv, line 5: invalid CSV (field larger than")


ITEMS = [
    {
        "id": "roe2020",
        "type": "article-journal",
        "title": "=Tea, hot",
        "author": [*ROE_AND_DOE, {"literal": "Tea & Co"}],
        "container-title": "J Tea",
        "volume": "3",
        "issue": "suppl 2",
        "page": "Abstract 0848",
        "genre": "abstract",
        "issued": {"date-parts": [[2020, 3, 15]]},
        "DOI": "10.1000/xyz",
        "URL": "https://example.org/tea",
        "accessed": {"date-parts": [[2026, 1, 5]]},
        "event-title": "Tea 2020",
        "ISSN": "1234-5678",
        "keyword": "tea, joints",
        "PMID": "12345678",
        "PMCID": "PMC123456",
        "source": "Tea Abstracts",
        "language": "en",
        "custom": {
            "abstract_number": "0848",
            "session": {"title": "Teas", "date": "2020-11-05"},
            "affiliations": [{"label": "", "name": "Tea University"}],
            "trials": [{"id": "NCT00000000"}],
        },
    }
]


@pytest.mark.parametrize("style", ["csv", "xlsx"])
def test_abstools_own_tables_are_read_back(style):
    data = export(ITEMS, style)
    form = references.binary_form_of(data) or references.form_of(data)
    (outcome,) = references.read(data, form, "own")
    assert outcome.value == ITEMS[0] | {"page": "Abstract 0848"}


def workbook(*sheets):
    book = Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_the_first_sheet_with_references_is_read_below_other_rows():
    references_ = [["Search: tea"], [], ["Title", "Year", "PMID", None], ["Tea", 2020.0, 12345678]]
    data = workbook([["Rank", "Team"], [1, "Tea"]], references_)
    (outcome,) = references.read(data, references.binary_form_of(data), "tea.xlsx")
    assert outcome.subject == "tea.xlsx, row 4"
    assert (outcome.value["issued"], outcome.value["PMID"]) == (
        {"date-parts": [[2020]]},
        "12345678",
    )


def changed(data, name, content, method=zipfile.ZIP_STORED):
    """Return a workbook with another content of one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", method) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def renamed(data, name, content):
    """Return a workbook whose first sheet has another name and content."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            text = content if part == SHEET else old.read(part)
            text = text.replace(b"worksheets/sheet1.xml", f"worksheets/{name}".encode())
            new.writestr(part.replace("sheet1.xml", name), text)
    return out.getvalue()


def with_part(data, name, content):
    """Return a workbook with one more part."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as book:
        book.writestr(name, content)
    return out.getvalue()


GOOD = workbook([["Title", "Year", "DOI"], ["Tea", 2020, "10.1000/xyz"]])


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (changed(GOOD, SHEET, b"<worksheet><sheetData><row>"), "the workbook is corrupt"),
        (changed(GOOD, SHEET, b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "has a document type"),
        (renamed(GOOD, "sheet1.bin", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "document type"),
        (renamed(GOOD, "sheet1.svg", b' <a/><!ENTITY b "c">'), "has a document type"),
        (renamed(GOOD, "sheet1", "<!DOCTYPE a>".encode("utf-16")), "has a document type"),
        (changed(GOOD, SHEET, b" " * 200_000_001), "unpacks to more than 200 MB"),
        (GOOD[:-30], "the workbook is corrupt"),
        (changed(GOOD, SHEET, b" " * 1_000_000, zipfile.ZIP_BZIP2), "the workbook is corrupt"),
    ],
    ids=["broken", "entities", "bin", "svg", "utf-16", "bomb", "cut", "bzip2"],
)
def test_a_broken_or_hostile_workbook_is_refused(data, problem):
    (outcome,) = references.read(data, "xlsx", "tea.xlsx")
    assert isinstance(outcome.error, UnreadableInput)
    assert problem in str(outcome.error)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("xl/printerSettings/printerSettings1.bin", "Leaf Printer".encode("utf-16-le")),
        ("xl/media/image1.png", b"\x89PNG\r\n\x1a\n\x00<!DOCTYPE"),
        ("xl/media/image2.svg", b'<?xml version="1.0"?><!DOCTYPE svg><svg/>'),
        ("xl/zeros.bin", bytes(70_000)),
    ],
)
def test_images_and_settings_of_printers_are_no_attack(name, content):
    (outcome,) = references.read(with_part(GOOD, name, content), "xlsx", "tea.xlsx")
    assert outcome.value["title"] == "Tea"


def with_rows(rows, shared="", data=GOOD):
    """Return a workbook with more rows in its first sheet, in XML, and with shared texts."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = book.read(SHEET).replace(b"</sheetData>", rows.encode() + b"</sheetData>")
        types = book.read("[Content_Types].xml")
    part = (
        '<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    )
    data = changed(data, SHEET, sheet)
    data = changed(data, "[Content_Types].xml", types.replace(b"</Types>", part.encode()))
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as book:
        space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        book.writestr("xl/sharedStrings.xml", f'<sst xmlns="{space}">{shared}</sst>')
    return out.getvalue()


def in_line(name, text):
    return f'<c r="{name}" t="inlineStr"><is><t>{text}</t></is></c>'


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("<v>1e400</v>", "1e400"),
        ("<v>7" + "0" * 5_999 + "</v>", "7" + "0" * 5_999),
        ("<v>20x4</v>", "20x4"),
        ("<v>nan</v>", "nan"),
        ('t="s"><v>12</v>', ""),
        ('t="s"><v>-1</v>', ""),
        ('t="s"><v>one</v>', ""),
        ('s="1"><v>99999999999</v>', "99999999999"),
        ('s="1"><v>-1e300</v>', "-1e300"),
        ('t="d"><v>the first of May</v>', "the first of May"),
        ('t="b"><v>perhaps</v>', "perhaps"),
        ('t="e"><v>#N/A</v>', "#N/A"),
        ('t="e"><v>#SPILL!</v>', "#SPILL!"),
    ],
)
def test_a_damaged_cell_is_named_and_all_others_are_read(cell, kept):
    book = Workbook()
    book.active.append(["Title", "Year", "DOI", "Rank"])
    book.active.append(["Dated", dt.date(2019, 4, 1), "10.1000/abc"])  # its format is number 1
    out = io.BytesIO()
    book.save(out)
    cell = cell if ">" in cell.partition("<v>")[0] else f">{cell}"
    rows = (
        f'<row r="3">{in_line("A3", "Moss")}<c r="B3"><v>2021</v></c><c r="D3" {cell}</c></row>'
        '<row r="4"><c r="A4" t="s"><v>0</v></c><c r="B4"><v>2022</v></c></row>'
    )
    data = with_rows(rows, "<si><r><t>Pe</t></r><r><t>at</t></r></si>", out.getvalue())
    found = [*references.read(data, "xlsx", "tea.xlsx")]
    years = [{"date-parts": [[year]]} for year in (2021, 2022)]
    assert [one.value["title"] for one in found] == ["Dated", "Moss", "Peat"]
    assert [one.value["issued"] for one in found][1:] == years
    assert found[1].subject == "tea.xlsx, row 3"
    shown = kept if len(kept) < 40 else found[1].warnings[0].split("'")[3]
    assert found[1].warnings == (f"The column 'Rank' has a damaged cell: '{shown}'.",)
    assert (found[0].warnings, found[2].warnings) == ((), ())
    values = found[1].value.get("custom", {}).get("fields", {}).get("values", {})
    assert values == ({"Rank": [kept]} if kept else {})


@pytest.mark.parametrize("number", ['r="x"', "", 'r="' + "3" * 5_000 + '"'])
def test_a_row_and_cells_without_a_number_follow_those_before(number):
    cell = '<c t="inlineStr"><is><t>Moss</t></is></c><c r="??"><v>2021</v></c>'
    found = [*references.read(with_rows(f"<row {number}>{cell}</row>"), "xlsx", "tea.xlsx")]
    assert [one.subject for one in found] == ["tea.xlsx, row 2", "tea.xlsx, row 3"]
    assert found[1].value["issued"] == {"date-parts": [[2021]]}


def test_a_stray_cell_in_the_last_row_is_read_and_a_gap_takes_no_time():
    data = with_rows(f'<row r="1048576">{in_line("A1048576", "Moss")}</row>')
    found = [*references.read(data, "xlsx", "tea.xlsx")]
    assert [one.value["title"] for one in found] == ["Tea", "Moss"]
    assert found[1].subject == "tea.xlsx, row 1048576"


def test_rows_that_have_only_a_format_do_not_count():
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(3, 200_010))
    data = with_rows(f'{rows}<row r="200010">{in_line("A200010", "Moss")}</row>')
    assert [number for number, _ in xlsx.entries(data)] == [2, 200_010]


def test_a_sheet_with_too_many_rows_is_refused():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(3, 200_010))
    with pytest.raises(InvalidEntryError, match="more than 200,000 rows"):
        list(xlsx.entries(with_rows(rows)))


def test_a_workbook_with_too_many_tags_is_refused():
    with pytest.raises(InvalidEntryError, match="more than 10 million tags"):
        list(xlsx.entries(with_rows("", "<si/>" * 10_000_001)))


def test_a_cell_in_the_last_column_makes_a_row_no_wider():
    rows = f'<row r="3">{in_line("A3", "Moss")}<c r="XFD3"><v>1</v></c></row>'
    assert [len(cells) for _, cells in next(worksheets(with_rows(rows))).rows()] == [3, 3, 1]


def test_a_part_is_read_as_one_sheet():
    with zipfile.ZipFile(io.BytesIO(GOOD)) as book:
        parts = book.read("xl/workbook.xml")
    (sheet,) = re.findall(rb"<sheet [^<>]*/>", parts)
    data = changed(GOOD, "xl/workbook.xml", parts.replace(sheet, sheet * 30))
    assert len(list(worksheets(data))) == 1


def test_the_references_may_be_in_any_sheet():
    data = workbook(
        *[[["Rank"], [n]] for n in range(30)], [["Title", "Year", "DOI"], ["Moss", 2021]]
    )
    (outcome,) = references.read(data, "xlsx", "tea.xlsx")
    assert outcome.value["title"] == "Moss"


def test_a_long_text_that_many_cells_share_is_refused():
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(3, 210))
    data = with_rows(cells, f"<si><t>{'x' * 1_000_000}</t></si>")
    with pytest.raises(InvalidEntryError, match="the cells have more than 200 MB of text"):
        list(xlsx.entries(data))


@pytest.mark.parametrize(
    "authors",
    [
        "\"['Roe, Ann', 'Doe, Bob']\"",
        '"[""Roe, Ann"", ""Doe, Bob""]"',
        '"Roe, Ann | Doe, Bob"',
        '"Roe, Ann\nDoe, Bob"',
        '"Roe, Ann and Doe, Bob"',
        '"Roe, Ann; Doe, Bob"',
    ],
)
def test_lists_of_authors_are_read_as_programs_write_them(authors):
    found = item(f"title,authors,year,journal\nTea,{authors},2020,J Tea\n")
    assert found["author"] == ROE_AND_DOE


def test_a_citation_of_pubmed_and_a_source_of_embase_have_volume_and_pages():
    pubmed = item(
        "PMID,Title,Authors,Citation,Journal/Book,Publication Year,DOI\n"
        '12345678,Tea,"Roe A",J Tea. 2020 Feb;63(2):103640. doi: 10.1000/xyz.,J Tea,2020,\n'
    )
    embase = item(
        "Title,Author Names,Source,DOI,Abstract,Publication Type\n"
        'Tea,Roe A.,"Blood (2018) 132 Supplement 1 (12-13). Conference: Tea Meeting, TM 2018. '
        'Spain. Date of Publication: May 2018",,Text.,Conference Abstract\n'
    )
    parts = ("container-title", "volume", "issue", "page", "issued", "event-title")
    assert [pubmed.get(name) for name in parts] == [
        "J Tea", "63", "2", "103640", {"date-parts": [[2020, 2]]}, None,
    ]  # fmt: skip
    assert [embase.get(name) for name in parts] == [
        "Blood", "132", "suppl 1", "12-13", {"date-parts": [[2018, 5]]}, "Tea Meeting, TM 2018",
    ]  # fmt: skip


def test_a_year_may_be_a_whole_date_and_numbers_may_have_decimals():
    found = item("title,authors,year,volume\nTea,Roe A,2020-2021,12.0\n")
    assert found["issued"] == {"date-parts": [[2020], [2021]]}
    assert found["volume"] == "12"


def formatted(header, values, formats=()):
    """Return a workbook with a row of values, some of which have a number format."""
    book = Workbook()
    book.active.append(header)
    book.active.append(values)
    for cell, code in zip(book.active[2], formats, strict=False):
        cell.number_format = code or cell.number_format
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


# the column, the variable of CSL, what Excel made of 3-5, 12-14 or 5-45, and its format
NUMBERS = [
    ("Pages", "page", dt.date(2026, 5, 3), "d-mmm", "3 May"),
    ("Issue", "issue", dt.date(2026, 12, 14), "d-mmm", "14 December"),
    ("Pages", "page", dt.date(1945, 5, 1), "mmm-yy", "1945-05"),
    ("Volume", "volume", dt.date(2004, 3, 2), "dd/mm/yyyy", "2004-03-02"),
    ("Volume", "volume", dt.date(2019, 1, 1), "yyyy", "2019"),
    ("Art. No.", "page", dt.date(2001, 2, 3), "yyyy-mm-dd h:mm", "2001-02-03"),
    ("Issue", "issue", "3-Apr", "@", "3-Apr"),
]


@pytest.mark.parametrize(("column", "variable", "value", "code", "kept"), NUMBERS)
def test_a_number_that_excel_made_a_date_is_warned_of(column, variable, value, code, kept):
    data = formatted(
        ["Title", "Year", "Journal", column], ["Moss", 2019, "Tea", value], [""] * 3 + [code]
    )
    (found,) = references.read(data, "xlsx", "tea.xlsx")
    assert found.value[variable] == kept
    assert found.warnings == (f"a program may have changed {kept!r} in the column {column!r}",)


@pytest.mark.parametrize(
    ("column", "text", "is_changed"),
    [
        ("Pages", "5-Mar", True),
        ("Pages", "Mar-05", True),
        ("Issue", "12-Dez", True),
        ("Issue", "02. Okt", True),
        ("Volume", "juil-14", True),
        ("Start Page", "2026-05-03 00:00:00", True),
        ("Art. No.", "1.00E+05", True),
        ("Pages", "123-130", False),
        ("Pages", "e12-e14", False),
        ("Issue", "Mar-Apr", False),
        ("Issue", "May 2020", False),
        ("Issue", "3-4", False),
        ("Article Number", "12E34", False),
        ("Date", "5-Mar", False),
        ("Pages", "3.5.2026", True),
        ("Issue", "05.03.2026", True),
        ("Issue", "5/14/26", True),
        ("Volume", "14/05/2026", True),
        ("Pages", "1.1.100", False),
        ("Pages", "1.2.10", False),
        ("Abstract Number", "3.7.41", False),
        ("Abstract Number", "32.1.2026", False),
        ("Abstract Number", "12.13.2026", False),
        ("Issue", "13/14/26", False),
        ("Issue", "1/2/345", False),
    ],
)
def test_a_number_that_a_csv_file_has_as_a_date_is_warned_of(column, text, is_changed):
    (found,) = outcomes(f"Title,Year,Journal,{column}\nMoss,2019,Tea,{text}\n")
    warning = f"a program may have changed {text!r} in the column {column!r}"
    assert found.warnings == (warning,) * is_changed


def test_a_formula_without_its_value_is_warned_of():
    row = ["Moss", "=YEAR(D2)", '=""', "10.1000/xyz"]
    data = formatted(["Title", "Year", "Volume", "DOI"], row)
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = book.read(SHEET)
    computed = re.sub(rb'<c r="C2"[^<>]*>', b'<c r="C2" t="str">', sheet)
    (found,) = references.read(changed(data, SHEET, computed), "xlsx", "tea.xlsx")
    assert "issued" not in found.value
    assert found.warnings == ("The column 'Year' has a formula without a value.",)


@pytest.mark.parametrize(
    ("code", "year", "issued"),
    [
        ("mmm-yy", 2020, {"date-parts": [[2020, 5]]}),
        ("mmmm yyyy;@", "", {"date-parts": [[2020, 5]]}),
        ("[$-407]mm\\/yyyy", "", {"date-parts": [[2020, 5]]}),
        ('"day" yyyy', "", {"date-parts": [[2020]]}),
        ("yyyy", "", {"date-parts": [[2020]]}),
        ("d-mmm", 2020, {"date-parts": [[2020, 5, 3]]}),
        ("d-mmm", "", {"date-parts": [[2020, 5, 3]]}),
        ("mm/dd", "", {"date-parts": [[2020, 5, 3]]}),
        ("mmm", "", {"date-parts": [[2020, 5, 3]]}),
        ("d", "2020", {"date-parts": [[2020, 5, 3]]}),
        ("d", "", {"date-parts": [[2020, 5, 3]]}),
        ("dddd", "", {"date-parts": [[2020, 5, 3]]}),
        ("ddd d mmm yyyy", "", {"date-parts": [[2020, 5, 3]]}),
        ("mm-dd-yy", "", {"date-parts": [[2020, 5, 3]]}),
        ("m/d/yy h:mm", "", {"date-parts": [[2020, 5, 3]]}),
    ],
)
def test_a_date_has_the_parts_that_its_format_shows(code, year, issued):
    row = ["Moss", "10.1000/xyz", year, dt.date(2020, 5, 3)]
    data = formatted(["Title", "DOI", "Year", "Date"], row, ["", "", "", code])
    (found,) = references.read(data, "xlsx", "tea.xlsx")
    assert (found.value["issued"], found.warnings) == (issued, ())


@pytest.mark.parametrize(
    ("cells", "issued", "said"),
    [
        ("2020,2019-05-03,,", {"date-parts": [[2020]]}, "2019-05-03"),
        ("2018,June 2017,,", {"date-parts": [[2018]]}, "June 2017"),
        ("2018,Fall 2017,,", {"date-parts": [[2018]]}, "Fall 2017"),
        ("2020,,Nov 2019,", {"date-parts": [[2020]]}, "Nov 2019"),
        ("2020,2020-06-02,5,", {"date-parts": [[2020, 6, 2]]}, "5"),
        ("2020,2020-06-02,6,2", {"date-parts": [[2020, 6, 2]]}, ""),
        ("2020.0,2020-06,6.0,9.0", {"date-parts": [[2020, 6, 9]]}, ""),
        ("2020,June 9,,", {"date-parts": [[2020, 6, 9]]}, ""),
        ("2020,2019/2020,,", {"date-parts": [[2019], [2020]]}, ""),
        ("2020,2019-12-30/2020-01-02,,", {"date-parts": [[2019, 12, 30], [2020, 1, 2]]}, ""),
        (",,May 2020,", {"date-parts": [[2020, 5]]}, ""),
        ("2020,,Summer,", {"date-parts": [[2020]], "season": "2"}, ""),
    ],
)
def test_a_date_that_contradicts_the_year_of_a_row_is_said_and_kept(cells, issued, said):
    text = f"Title,DOI,Year,Date,Month,Day\nFern,10.1000/xyz,{cells}\n"
    (found,) = references.read(text.encode(), "csv", "tea.csv")
    assert found.value["issued"] == issued
    warning = f"the date {said!r} contradicts another field, which is used"
    assert found.warnings == ((warning,) if said else ())
    kept = found.value.get("custom", {}).get("fields", {}).get("values", {})
    assert [*kept.values()] == ([[said]] if said else [])


@pytest.mark.parametrize(
    ("cells", "issued", "kept"),
    [
        ("2020,,Michaelmas", {"date-parts": [[2020]]}, {"month": ["Michaelmas"]}),
        ("2020,,Q3", {"date-parts": [[2020]]}, {"month": ["Q3"]}),
        ("in press,2021-03,", {"date-parts": [[2021, 3]]}, {"year": ["in press"]}),
        ("in press,,", {"literal": "in press"}, {}),
        ("1994,1990s,", {"date-parts": [[1994]]}, {"date": ["1990s"]}),
        (f"2020,{'June ' * 15},", {"date-parts": [[2020]]}, {"date": [("June " * 15).strip()]}),
    ],
)
def test_other_words_in_columns_of_dates_are_kept(cells, issued, kept):
    text = f"Title,DOI,Year,Date,Month\nFern,10.1000/xyz,{cells}\n"
    (found,) = references.read(text.encode(), "csv", "tea.csv")
    assert (found.value["issued"], found.warnings) == (issued, ())
    assert found.value.get("custom", {}).get("fields", {}).get("values", {}) == kept


@pytest.mark.parametrize(
    ("cells", "parts", "is_doubtful"),
    [
        ("2020,May-20,", [[2020, 5]], True),
        ("2011,Sept-11,", [[2011, 9]], True),
        ("2011,11-Okt,", [[2011, 10]], True),
        ("2009,,Jun-09", [[2009, 6]], True),
        ("2009,,09-Jun", [[2009, 6]], True),
        ("2009.0,Apr-May-09,", [[2009, 4], [2009, 5]], True),
        ("2014,Feb '14,", [[2014, 2]], True),
        ("2014,Feb/14,", [[2014, 2]], True),
        ("2020,May-19,", [[2020, 5]], True),
        ("2020,19-May,", [[2020, 5, 19]], False),
        ("2020,MAY 20,", [[2020, 5, 20]], False),
        ("2020,20-May-20,", [[2020, 5, 20]], False),
        ("1998,May-98,", [[1998, 5]], False),
        ("2020,May-Jun,", [[2020, 5], [2020, 6]], False),
        ("2020,2020-05,", [[2020, 5]], False),
    ],
)
def test_a_number_that_may_be_a_day_or_a_year_is_not_read(cells, parts, is_doubtful):
    text = f"Title,DOI,Year,Date,Month\nFern,10.1000/xyz,{cells}\n"
    (found,) = references.read(text.encode(), "csv", "tea.csv")
    assert found.value["issued"] == {"date-parts": parts}
    _, date, month = cells.split(",")
    role, name, shown = ("date", "Date", date) if date else ("month", "Month", month)
    warning = f"a program may have changed {shown!r} in the column {name!r}"
    assert found.warnings == ((warning,) if is_doubtful else ())
    kept = found.value.get("custom", {}).get("fields", {}).get("values", {})
    assert kept == ({role: [shown]} if is_doubtful else {})


def test_the_year_of_a_row_counts_before_that_of_a_date():
    row = ["Fern", "10.1000/xyz", 2018, dt.date(2017, 6, 9)]
    data = formatted(["Title", "DOI", "Year", "Date"], row, ["", "", "", "mmm-yy"])
    (found,) = references.read(data, "xlsx", "tea.xlsx")
    assert found.value["issued"] == {"date-parts": [[2018]]}
    assert found.warnings == ("the date '2017-06' contradicts another field, which is used",)


@pytest.mark.parametrize(
    ("code", "issued"),
    [
        ("d-mmm", [2018, 6, 9]),
        ("mm/dd", [2018, 6, 9]),
        ("mmmm", [2018, 6]),
        ("d", [2018, 6, 9]),
        ("dddd", [2018, 6, 9]),
    ],
)
def test_the_year_of_a_row_counts_where_that_of_a_date_is_hidden(code, issued):
    row = ["Fern", "10.1000/xyz", 2018, dt.date(2021, 6, 9)]
    data = formatted(["Title", "DOI", "Year", "Publication Date"], row, ["", "", "", code])
    (found,) = references.read(data, "xlsx", "tea.xlsx")
    assert found.value["issued"] == {"date-parts": [issued]}
    warning = "a program may have changed '2021-06-09' in the column 'Publication Date'"
    assert found.warnings == (warning,)


@pytest.mark.parametrize(
    ("code", "issued"),
    [("d-mmm", [2021, 6, 9]), ("mmm", [2021, 6, 9]), ("mmm-yy", [2021, 6]), ("yyyy", [2021])],
)
def test_a_column_of_years_has_the_year_of_its_date(code, issued):
    row = ["Fern", "10.1000/xyz", dt.date(2021, 6, 9)]
    data = formatted(["Title", "DOI", "Year"], row, ["", "", code])
    (found,) = references.read(data, "xlsx", "tea.xlsx")
    assert (found.value["issued"], found.warnings) == ({"date-parts": [issued]}, ())


@pytest.mark.parametrize(
    ("month", "day", "issued"), [("mmm", "", [2021, 6]), ("mmmm", "d", [2021, 6, 9])]
)
def test_columns_of_month_and_day_have_what_their_formats_show(month, day, issued):
    date = dt.date(2021, 6, 9)
    row = ["Fern", "10.1000/xyz", 2021, date, date if day else ""]
    data = formatted(["Title", "DOI", "Year", "Month", "Day"], row, ["", "", "", month, day])
    (found,) = references.read(data, "xlsx", "tea.xlsx")
    assert (found.value["issued"], found.warnings) == ({"date-parts": [issued]}, ())


@pytest.mark.parametrize("code", ["d-mmm", "mmm", "d", "mmm-yy", "yyyy", "dddd"])
@pytest.mark.parametrize("is_list", [True, False])
def test_a_date_in_a_column_of_other_texts_stays_whole(code, is_list):
    row = [dt.date(2021, 6, 9), "10.1000/xyz", 2018, *[dt.date(2021, 6, 9)] * 2]
    names = ["Title", "DOI", "Year", "Journal", "Screened on"]
    data = formatted(names, row, [code, "", "", code, code])
    if is_list:
        (found,) = references.read(data, "xlsx", "tea.xlsx")
    else:
        (found,) = plain_tables.items_of(SavedPage("tea.xlsx", data))
    custom = found.value["custom"]["fields"]["values"]
    texts = [found.value["title"], found.value["container-title"], *custom["Screened on"]]
    assert texts == ["2021-06-09"] * 3
    assert found.value["issued"] == {"date-parts": [[2018]]}


def test_cells_merged_over_rows_of_references_count_in_each():
    book = Workbook()
    sheet = book.active
    for row in (
        ["Title", "Authors", "Year", "Journal"],
        ["Moss", "Roe, Ann", 2019, "Tea Notes"],
        ["Peat", "Doe, Bob", None, None],
        ["Fern", "Poe, Cy", 2021, None],
        ["Leaf", "Elm, Di", None, "Rum Notes"],
        [None, "Oak, Ed", None, None],
    ):
        sheet.append(row)
    for cells in ("C2:C3", "D2:D4", "C5:C6", "A5:A6"):
        sheet.merge_cells(cells)
    data = io.BytesIO()
    book.save(data)
    found = [*references.read(data.getvalue(), "xlsx", "tea.xlsx")]
    values = [one.value for one in found]
    years = [one.get("issued", {}).get("date-parts") for one in values]
    assert years == [[[2019]], [[2019]], [[2021]], None, None]
    journals = [one.get("container-title") for one in values]
    assert journals == ["Tea Notes"] * 3 + ["Rum Notes", None]
    assert found[4].warnings == ("the row has no title",)
