"""RIS of other tools, read as CSL-JSON."""

import pytest
from hypothesis import given, settings

import abstool
import hostile
from abstool.citing import export
from abstool.errors import UnreadableInput
from abstool.inputs import references
from abstool.text import tidy


def read(text):
    outcomes = references.read(text.encode(), "ris", "refs.ris")
    return [outcome.error or outcome.value for outcome in outcomes]


def item(*lines, kind="JOUR"):
    (found,) = read("\n".join([f"TY  - {kind}", *lines, "ER  - "]))
    return found


ENDNOTE = """\
\ufeffTY  - JOUR
AU  - Leaf, Zoë
AU  - King, Martin L., Jr
AU  - The Tea Group,
PY  - 2020
DA  - 2020/10/05/
TI  - Tea in practice:
a trial
JO  - Journal of Tea
J2  - J. Tea
VL  - 12
IS  - 3
SP  - 123
EP  - 129
SN  - 2326-5205
DO  - https://doi.org/10.1000/x_y
UR  - https://x.org/a;b
Y2  - 2021/02/03/
AB  - First line.
Second line.
KW  - tea
DNA
N1  - A note
M3  - Journal Article
ID  - 17
ER  - \r

"""


def test_a_record_of_endnote_becomes_an_item_with_all_it_says():
    assert read(ENDNOTE) == [
        {
            "id": "17",
            "type": "article-journal",
            "title": "Tea in practice: a trial",
            "author": [
                {"family": "Leaf", "given": "Zoë"},
                {"family": "King", "given": "Martin L.", "suffix": "Jr"},
                {"literal": "The Tea Group"},
            ],
            "container-title": "Journal of Tea",
            "container-title-short": "J. Tea",
            "volume": "12",
            "issue": "3",
            "page": "123-129",
            "issued": {"date-parts": [[2020, 10, 5]]},
            "ISSN": "2326-5205",
            "DOI": "10.1000/x_y",
            "URL": "https://x.org/a;b",
            "accessed": {"date-parts": [[2021, 2, 3]]},
            "abstract": "First line. Second line.",
            "keyword": "tea, DNA",
            "note": "A note",
        }
    ]


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("von Bergen, M", {"family": "von Bergen", "given": "M"}),
        ("von Bergen M", {"family": "von Bergen", "given": "M"}),
        ("Doe J.-P.", {"family": "Doe", "given": "J.-P."}),
        ("World Health Organization", {"literal": "World Health Organization"}),
        ("Group, ", {"literal": "Group"}),
    ],
)
def test_names_are_split_at_the_comma_or_before_initials(name, person):
    assert item(f"A1  - {name}")["author"] == [person]


@pytest.mark.parametrize(
    ("lines", "parts"),
    [
        (["PY  - 2020"], [[2020]]),
        (["Y1  - 2020/02//"], [[2020, 2]]),
        (["PY  - 2020", "DA  - Feb 7"], [[2020]]),
        (["PY  - 2020 Feb 7"], [[2020, 2, 7]]),
    ],
)
def test_dates_are_read_in_every_form(lines, parts):
    assert item(*lines)["issued"] == {"date-parts": parts}


@pytest.mark.parametrize(
    ("kind", "lines", "variables"),
    [
        ("BOOK", ["SN  - 978-0-00-000000-2"], {"type": "book", "ISBN": "978-0-00-000000-2"}),
        ("CHAP", ["T2  - Book", "A2  - Ed, I"], {"container-title": "Book", "type": "chapter"}),
        ("THES", ["M3  - PhD"], {"type": "thesis", "genre": "PhD"}),
        ("ABST", ["T1  - A"], {"type": "article-journal", "genre": "abstract", "title": "A"}),
        ("JOUR", ["M3  - 10.1000/x"], {"DOI": "10.1000/x"}),
        ("JOUR", ["M3  - Meeting Abstract"], {"genre": "abstract"}),
        ("JOUR", ["TI  - A [abstract]"], {"title": "A", "genre": "abstract"}),
        ("JOUR", ["SP  - 12-15", "EP  - 15"], {"page": "12-15"}),
        ("JOUR", ["SP  - Abstract 0848"], {"page": "Abstract 0848"}),
        ("XXXX", ["TI  - A"], {"type": "document"}),
    ],
)
def test_types_and_tags_are_mapped(kind, lines, variables):
    assert variables.items() <= item(*lines, kind=kind).items()


def test_tags_with_one_space_and_lines_before_the_first_record_are_read():
    (found,) = read("Provider: X\n\nTY - JOUR\nTI - A\nER - \n")
    assert found["title"] == "A"


def test_a_broken_entry_costs_one_error_and_no_other_entry():
    text = (
        "TY  - JOUR\nTI  - A\nER  - \nTY  - JOUR\nTI  - B\nTY  - JOUR\nTI  - C\nER  - \n"
        "TY  - JOUR\nER  - \nTY  - JOUR\nTI  - D\n"
    )
    contents = read(text)
    assert [found["title"] for found in contents if isinstance(found, dict)] == ["A", "C"]
    assert [str(error) for error in contents if isinstance(error, UnreadableInput)] == [
        f"refs.ris, line {line}: {problem}; fix the entry or remove it"
        for line, problem in (
            (4, "invalid RIS (the entry has no ER line)"),
            (9, "the entry is empty"),
            (11, "invalid RIS (the entry has no ER line)"),
        )
    ]


def test_what_abstool_wrote_is_cited_as_before(record):
    authors = [
        {"name": "A van der Łoś Jr", "family": "van der Łoś", "given": "A", "suffix": "Jr"},
        {"name": "The Group", "literal": "The Group"},
    ]
    records = [record(), record(authors=authors, title="α-SMA & {x}"), record("publication")]
    found = read(export(records, "ris", accessed="2026-01-05").decode())
    for cited in ("ama", "ama-10", "ama-11", "apa", "vancouver"):
        assert abstool.cite(found, cited) == abstool.cite(records, cited, accessed="2026-01-05")


@given(hostile.articles)
@settings(max_examples=50)
def test_any_article_that_abstool_wrote_is_read_back(article):
    (found,) = read(export([article], "ris").decode())
    assert len(found["author"]) == len(article["author"])
    assert found["title"] == tidy(article["title"])


def test_a_date_with_thousands_of_digits_costs_no_other_entry():
    entries = [f"TY  - JOUR\nTI  - {year[:4]}\nPY  - {year}\nER  - \n" for year in YEARS]
    one, broken, two = read("\n".join(entries))
    assert (one["title"], two["title"]) == ("2020", "2021")
    assert "the date '999" in str(broken)


YEARS = ["2020", "9" * 6000, "2021"]
