"""RIS of other tools, read as CSL-JSON."""

import re

import pytest
from hypothesis import given, settings

import abstool
import hostile
from abstool.citing import export
from abstool.inputs import references
from abstool.inputs.references.fields import unescaped
from abstool.inputs.references.ris.types import TYPES
from abstool.item import ET_AL as ET_AL_NAME
from abstool.item import number_on_page
from abstool.text import tidy

ET_AL = {"literal": ET_AL_NAME}
BY_LEAF = "AU  - Leaf, Zoë"


def read(text):
    outcomes = references.read(text.encode(), "ris", "refs.ris")
    return [outcome.error or outcome.value for outcome in outcomes]


def outcome(*lines):
    text = "\n".join(["TY  - JOUR", "TI  - Tea", *lines, "ER  - "])
    (found,) = references.read(text.encode(), "ris", "refs.ris")
    return found


def item(*lines, kind="JOUR"):
    title = [] if any(line[:2] in ("TI", "T1") for line in lines) else ["TI  - Tea"]
    (found,) = read("\n".join([f"TY  - {kind}", *title, *lines, "ER  - "]))
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
            "custom": {"fields": {"format": "ris", "values": {"M3": ["Journal Article"]}}},
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
        ("Bob Poe III", {"family": "Poe", "given": "Bob", "suffix": "III"}),
        ("Ann van Poe Jr.", {"family": "van Poe", "given": "Ann", "suffix": "Jr."}),
        ("Tea Trial II", {"literal": "Tea Trial II"}),
    ],
)
def test_names_are_split_at_the_comma_or_before_initials(name, person):
    assert item(f"A1  - {name}")["author"] == [person]


@pytest.mark.parametrize(
    ("lines", "parts"),
    [
        (["PY  - 2020"], [[2020]]),
        (["Y1  - 2020/02//"], [[2020, 2]]),
        (["PY  - 2020", "DA  - Feb 7"], [[2020, 2, 7]]),
        (["PY  - 2020", "DA  - 20200207"], [[2020, 2, 7]]),
        (["PY  - 2019-2021", "DA  - 2020/02/07/"], [[2020, 2, 7]]),
        (["PY  - 2020", "Y2  - 2022/05/01/"], [[2020]]),
        (["PY  - 2020", "DA  - MAY-JUN"], [[2020, 5], [2020, 6]]),
        (["Y1  - 4-8 Aug. 2020", "PY  - 2020"], [[2020, 8, 4], [2020, 8, 8]]),
        (["Y1  - 2020/11//Nov/Dec2020"], [[2020, 11], [2020, 12]]),
        (["PY  - 2020-05"], [[2020, 5]]),
        (["PY  - 2021-23"], [[2021], [2023]]),
        (["PY  - 2020-2021"], [[2020], [2021]]),
        (["PY  - 2020 Feb 7"], [[2020, 2, 7]]),
        (["PY  - 2020", "DA  - 2020-Mar-15"], [[2020, 3, 15]]),
        (["Y1  - 20200301//"], [[2020, 3, 1]]),
        (["Y1  - 2020-03-01/"], [[2020, 3, 1]]),
        (["C6  - JUL 2021"], [[2021, 7]]),
        (["PY  - ", "C6  - MAR 2022"], [[2022, 3]]),
        (["C6  - AUG 2020", "PY  - 2021"], [[2021]]),
    ],
)
def test_dates_are_read_in_every_form(lines, parts):
    assert item(*lines)["issued"] == {"date-parts": parts}


@pytest.mark.parametrize(
    ("lines", "parts", "said"),
    [
        (["PY  - 2020", "DA  - 2021/02/07/"], [[2020]], ["2021/02/07/"]),
        (["PY  - 2018", "DA  - 20170930"], [[2018]], ["20170930"]),
        (["PY  - 2011", "DA  - 2010///Winter"], [[2011]], ["2010///Winter"]),
        (["PY  - 2011", "DA  - Fall-Winter 2010"], [[2011]], ["Fall-Winter 2010"]),
        (["PY  - 2016/03//", "DA  - 2016/08/01"], [[2016, 8, 1]], ["2016/03//"]),
        (["PY  - 2016", "Y1  - 2015/11/30"], [[2016]], ["2015/11/30"]),
        (["Y1  - 2015/11/30", "DA  - 2016/02/01"], [[2016, 2, 1]], ["2015/11/30"]),
        # Publishers' articles that were online in the year before their issue.
        (
            ["Y1  - 2012/10/09", "PY  - 2012", "DA  - 2013/01/15"],
            [[2013, 1, 15]],
            ["2012", "2012/10/09"],
        ),
        (
            ["Y1  - 2012/10/09", "PY  - 2013", "DA  - 2014/01/15"],
            [[2013]],
            ["2012/10/09", "2014/01/15"],
        ),
    ],
)
def test_a_date_of_another_year_is_said_and_written_again(lines, parts, said):
    found = outcome(*lines)
    assert found.value["issued"] == {"date-parts": parts}
    warnings = [f"the date {text!r} contradicts another field, which is used" for text in said]
    assert [*found.warnings] == warnings
    written = export([found.value], "ris").decode()
    assert {line for line in lines if line.partition("  - ")[2] in said} <= {*written.splitlines()}
    (again,) = read(written)
    assert again["issued"] == found.value["issued"]


def test_the_day_on_which_an_article_was_online_is_kept():
    found = outcome("PY  - 2020", "Y1  - 2020/03/04", "DA  - 2020/06/01")
    assert found.value["issued"] == {"date-parts": [[2020, 6, 1]]}
    assert found.value["custom"]["fields"]["values"] == {"Y1": ["2020/03/04"]}
    assert found.warnings == ()


@pytest.mark.parametrize("date", ["Lent 2020", "05/12/2020", "2020///Q2"])
@pytest.mark.parametrize("tag", ["PY", "Y1"])
def test_a_date_with_other_words_does_not_replace_one_with_more_parts(tag, date):
    found = item(f"{tag}  - 2020/05/12/", f"DA  - {date}")
    assert found["issued"] == {"date-parts": [[2020, 5, 12]]}
    (again,) = read(export([found], "ris").decode())
    assert again["issued"] == found["issued"]
    assert f"DA  - {date}\r\n" in export([again], "ris").decode()


def test_a_decade_beside_a_year_is_kept():
    found = outcome("PY  - 1994", "DA  - 1990s")
    assert found.value["issued"] == {"date-parts": [[1994]]}
    assert found.value["custom"]["fields"]["values"] == {"DA": ["1990s"]}


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
        ("SER", ["VL  - 3"], {"type": "book", "volume": "3"}),
        ("CLSWK", ["PB  - Leaf"], {"type": "book", "publisher": "Leaf"}),
        ("MANSCPT", ["TI  - A"], {"type": "manuscript"}),
        ("UNPD", ["TI  - A"], {"type": "manuscript"}),
        ("WEB", ["UR  - https://x.org"], {"type": "webpage", "URL": "https://x.org"}),
        ("PAT", ["SN  - 10123456", "IS  - 09/123"], {"type": "patent", "number": "10123456"}),
        ("PAT", ["M1  - US1234567"], {"number": "US1234567"}),
        ("PAT", ["IS  - US1234567", "M1  - 09/123"], {"number": "US1234567"}),
        ("RPRT", ["SN  - TR-12"], {"type": "report", "number": "TR-12"}),
        ("RPRT", ["SN  - 2019-0124"], {"number": "2019-0124"}),
        ("RPRT", ["SN  - 2326-5205", "IS  - 7"], {"number": "7", "ISSN": "2326-5205"}),
        ("STAND", ["SN  - ISO 3103"], {"type": "standard", "number": "ISO 3103"}),
        (
            "CPAPER",
            ["T2  - Tea Conf", "CY  - Paris"],
            {"type": "speech", "event-title": "Tea Conf", "event-place": "Paris"},
        ),
        ("SLIDE", ["T2  - Tea Conf"], {"type": "speech", "event-title": "Tea Conf"}),
        ("CPAPER", ["T2  - Tea Proceedings", "CY  - Paris"], {"type": "paper-conference"}),
        (
            "CPAPER",
            ["T2  - Tea Papers", "CY  - Paris", "SP  - 5"],
            {"type": "paper-conference", "container-title": "Tea Papers"},
        ),
        (
            "CONF",
            ["T2  - Tea Conf", "C3  - Tea Proceedings", "CY  - Paris"],
            {
                "type": "paper-conference",
                "container-title": "Tea Proceedings",
                "event-title": "Tea Conf",
                "publisher-place": "Paris",
            },
        ),
        (
            "CONF",
            ["T2  - Tea Proceedings", "C3  - Tea Proc.", "SP  - 5"],
            {"type": "paper-conference", "container-title": "Tea Proceedings"},
        ),
        (
            "CONF",
            ["T2  - Proceedings of the Tea Conf", "C3  - University of Leafton"],
            {"type": "paper-conference", "container-title": "Proceedings of the Tea Conf"},
        ),
        (
            "CONF",
            ["C3  - Tea Conf 2020: Proceedings", "PB  - Leaf"],  # as Scopus writes it
            {"type": "paper-conference", "container-title": "Tea Conf 2020: Proceedings"},
        ),
        ("CONF", ["C3  - EMBASE 628123456"], {"container-title": None}),
        ("JOUR", ["JF  - J Cup", "ET  - 2018/12/14"], {"edition": None}),  # when it was online
        ("PAT", ["ET  - A61K 31/00"], {"edition": None}),
        ("CHAP", ["ET  - 3rd"], {"edition": "3rd"}),
        ("JOUR", ["SP  - 12", "LP  - 19"], {"page": "12-19"}),  # as HighWire writes it
        (
            "JOUR",
            ["CY  - <Blank>", "PB  - Leaf, <Blank>"],
            {"publisher": "Leaf", "publisher-place": None},
        ),
        (
            "WEB",
            ["M1  - 3 June", "VL  - 2021"],
            {"accessed": {"date-parts": [[2021, 6, 3]]}, "volume": None},
        ),
        ("ELEC", ["VL  - 2021"], {"accessed": {"date-parts": [[2021]]}, "volume": None}),
        (
            "ELEC",
            ["M1  - June 3, 2021", "VL  - 7"],
            {"accessed": {"date-parts": [[2021, 6, 3]]}, "volume": "7"},
        ),
        ("ELEC", ["M1  - 3", "VL  - 2021"], {"accessed": None, "volume": "2021"}),
        (
            "GOVDOC",
            ["SN  - ISBN 978-0-00-000000-2", "SN  - NG100"],
            {"number": "NG100", "ISBN": "978-0-00-000000-2"},
        ),
    ],
)
def test_types_and_tags_are_mapped(kind, lines, variables):
    found = item(*lines, kind=kind)
    assert {name: found.get(name) for name in variables} == variables


def test_tags_with_one_space_and_lines_before_the_first_record_are_read():
    (found,) = read("Provider: X\n\nTY - JOUR\nTI - A\nER - \n")
    assert found["title"] == "A"


def test_an_empty_entry_is_an_error_and_one_without_er_has_a_warning():
    text = (
        "TY  - JOUR\nTI  - A\nER  - \nTY  - JOUR\nTI  - B\nTY  - JOUR\nTI  - C\nER  - \n"
        "TY  - JOUR\nER  - \nTY  - JOUR\nTI  - D\n"
    )
    outcomes = [*references.read(text.encode(), "ris", "refs.ris")]
    assert [found.value["title"] for found in outcomes if found.value] == ["A", "B", "C", "D"]
    assert [str(found.error) for found in outcomes if found.error] == [
        "refs.ris, line 9: the entry is empty; fix the entry or remove it"
    ]
    warned = [found.subject for found in outcomes if "the entry has no ER line" in found.warnings]
    assert warned == ["refs.ris, line 4", "refs.ris, line 11"]


@pytest.mark.parametrize(
    "words",
    [
        "IS - ischaemic stroke",
        "ED - emergency department, ER - estrogen receptor",
        "ER - estrogen receptor",
        "TY - thyroid",
        "AU - arbitrary units",
    ],
)
@pytest.mark.parametrize("tag", ["AB", "N2"])
def test_a_line_of_an_abstract_that_looks_like_a_tag_with_one_blank_belongs_to_it(tag, words):
    found = item(f"{tag}  - Abbreviations:", words, "the end.", "IS  - 3")
    assert (found["abstract"], found["issue"]) == (f"Abbreviations: {words} the end.", "3")
    entry = f"TY  - JOUR\nTI  - Tea\n{tag}  - A\n{words}\nER -\nTY  - JOUR\nTI  - Milk\nER - \n"
    assert [one["title"] for one in read(entry)] == ["Tea", "Milk"]


def test_tags_with_one_blank_are_read_where_the_tag_before_has_one_or_is_of_no_text():
    (found,) = read("TY - JOUR\nTI - Tea\nAB - A\nIS - 3\nER - \n")
    assert (found["abstract"], found["issue"]) == ("A", "3")
    (found,) = read("TY  - JOUR\nTI - Tea\nT2  - J Tea\nIS - 3\nER  - \n")
    assert (found["container-title"], found["issue"]) == ("J Tea", "3")


def _editors(*families):
    return [{"family": family, "given": "A"} for family in families]


@pytest.mark.parametrize("kind", ["BOOK", "CLSWK"])
@pytest.mark.parametrize(
    ("lines", "editors", "of_series"),
    [
        (["A3  - Fern, A", "A3  - Moss, A"], ["Fern", "Moss"], []),
        (["A2  - Leaf, A", "A3  - Fern, A"], ["Fern"], ["Leaf"]),
        (["A3  - Fern, A", "ED  - Moss, A", "A2  - Leaf, A"], ["Fern", "Moss"], ["Leaf"]),
        (["A2  - Leaf, A"], ["Leaf"], []),
    ],
)
def test_a3_of_a_book_has_its_editors_and_a2_those_of_its_series(kind, lines, editors, of_series):
    found = item(*lines, kind=kind)
    assert found["editor"] == _editors(*editors)
    assert found.get("collection-editor", []) == _editors(*of_series)
    written = export([found], "ris").decode()
    assert re.findall("^A3  - (.*), A", written, re.MULTILINE) == editors
    (again,) = read(written)
    assert again.get("editor") == found["editor"]
    assert again.get("collection-editor") == found.get("collection-editor")


@pytest.mark.parametrize("kind", ["CHAP", "EBOOK", "SER"])
def test_a3_of_other_types_has_the_editors_of_the_series(kind):
    found = item("A2  - Fern, A", "A3  - Leaf, A", kind=kind)
    assert found["editor"] == _editors("Fern")
    assert found["collection-editor"] == _editors("Leaf")
    written = export([found], "ris").decode()
    assert "A2  - Fern, A\r\nA3  - Leaf, A\r\n" in written


@pytest.mark.parametrize(
    ("lines", "authors", "editors", "of_series"),
    [
        (["AU  - Moss, A", "A2  - Leaf, A"], [], ["Moss"], ["Leaf"]),
        (["A1  - Moss, A", "A1  - Fern, A"], [], ["Moss", "Fern"], []),
        (["A2  - Moss, A"], [], ["Moss"], []),
        (["AU  - Fern, A", "A3  - Moss, A"], ["Fern"], ["Moss"], []),
    ],
)
def test_the_authors_of_an_edited_book_are_its_editors(lines, authors, editors, of_series):
    found = item(*lines, kind="EDBOOK")
    (again,) = read(export([found], "ris").decode())
    for entry in (found, again):
        assert entry.get("author", []) == _editors(*authors)
        assert entry["editor"] == _editors(*editors)
        assert entry.get("collection-editor", []) == _editors(*of_series)


@pytest.mark.parametrize(
    ("kind", "lines", "type_", "container", "series"),
    [
        ("BOOK", ["T2  - Moss Books", "VL  - 4"], "book", None, "Moss Books"),
        ("EDBOOK", ["T2  - Moss Books", "SP  - 320"], "book", None, "Moss Books"),
        ("BOOK", ["T2  - Moss Books", "SP  - 1", "EP  - 320"], "book", None, "Moss Books"),
        ("RPRT", ["T2  - Bog Papers", "SN  - 7"], "report", None, "Bog Papers"),
        ("GOVDOC", ["T2  - Bog Acts"], "report", None, "Bog Acts"),
        ("THES", ["T2  - Dept of Bogs", "VL  - PhD"], "thesis", None, None),
        ("THES", ["T2  - Diss Moss", "VL  - 79"], "thesis", "Diss Moss", None),
        ("COMP", ["T2  - Bog Tools"], "software", None, "Bog Tools"),
        ("BOOK", ["T2  - Moss", "T3  - Bog"], "book", "Moss", "Bog"),
        ("BOOK", ["T2  - Tea: On Herbs"], "book", None, None),  # Scopus repeats the title
        ("BOOK", ["ED  - Fern, A", "T2  - Moss Books"], "book", None, "Moss Books"),
        ("EBOOK", ["ED  - Fern, A", "T2  - Moss Books"], "book", None, "Moss Books"),
        ("BOOK", [BY_LEAF, "ED  - Fern, A", "T2  - Moss Books"], "book", None, "Moss Books"),
        ("BOOK", ["ED  - Fern, A", "T2  - Moss Books", "SP  - 17-31"], "book", None, "Moss Books"),
        ("BOOK", [BY_LEAF, "T2  - Moss Books", "SP  - 2-300"], "book", None, "Moss Books"),
        # Chapters, as Web of Science writes them.
        ("BOOK", ["T2  - Moss", "AN  - WOS:1"], "chapter", "Moss", None),
        ("BOOK", [BY_LEAF, "T2  - Moss", "ED  - Fern, A", "SP  - 17-31"], "chapter", "Moss", None),
        ("BOOK", [BY_LEAF, "T2  - Moss", "A2  - Fern, A", "SP  - 17-31"], "chapter", "Moss", None),
        ("BOOK", ["A1  - Leaf", "T2  - Moss", "SP  - 17", "EP  - 31"], "chapter", "Moss", None),
    ],
)
def test_t2_of_a_book_is_its_series_and_that_of_a_chapter_its_book(
    kind, lines, type_, container, series
):
    found = item("TI  - Tea", *lines, kind=kind)
    (again,) = read(export([found], "ris").decode())
    for entry in (found, again):
        assert entry["type"] == type_
        assert entry.get("container-title") == container
        assert entry.get("collection-title") == series


@pytest.mark.parametrize("kind", ["GOVDOC", "PAT", "THES", "DATA", "BILL", "CASE", "PCOMM"])
def test_a2_of_some_types_has_others_than_editors(kind):
    found = item("A2  - Office of Bogs", "PB  - Leaf", kind=kind)
    assert "editor" not in found
    assert "A2  - Office of Bogs\r\n" in export([found], "ris").decode()
    edited = item("ED  - Fern, A", "PB  - Leaf", kind=kind)
    (again,) = read(export([edited], "ris").decode())
    assert edited["editor"] == again["editor"] == _editors("Fern")


@pytest.mark.parametrize("type_", ["book", "report", "software"])
def test_the_series_is_written_where_zotero_and_endnote_read_it(type_):
    entry = {"id": "a", "type": type_, "title": "Tea", "collection-title": "Moss Books"}
    written = export([entry], "ris").decode()
    assert "T2  - Moss Books" in written
    assert "T3" not in written


@pytest.mark.parametrize(
    ("kind", "lines", "number", "others"),
    [
        ("BOOK", ["T2  - Moss Books", "IS  - 31"], "31", {"number": None}),
        ("EDBOOK", ["T2  - Moss Books", "VL  - 2", "M1  - 31"], "31", {"volume": "2"}),
        ("CHAP", ["T2  - Moss", "T3  - Moss Books", "SV  - 31"], "31", {"number": None}),
        ("CHAP", ["T2  - Moss", "T3  - Moss Books", "IS  - 7"], None, {"number": "7"}),
        ("BOOK", ["IS  - 31"], None, {"number": "31"}),
        ("BOOK", ["T2  - Moss Books", "M1  - read twice"], None, {}),
    ],
)
def test_the_number_of_a_book_or_chapter_in_its_series(kind, lines, number, others):
    found = item(*lines, kind=kind)
    (again,) = read(export([found], "ris").decode())
    for entry in (found, again):
        assert entry.get("collection-number") == number
        assert {name: entry.get(name) for name in others} == others


@pytest.mark.parametrize(
    ("lines", "genre", "volume"),
    [
        (["VL  - MD", "M3  - MD thesis"], "MD thesis", None),
        (["VL  - MD", "M3  - Thesis"], "MD Thesis", None),
        (["VL  - M.Sc."], "M.Sc.", None),
        (["VL  - IV", "M3  - MD thesis"], "MD thesis", "IV"),
        (["VL  - 71"], None, "71"),
    ],
)
def test_the_volume_of_a_thesis_may_be_the_degree(lines, genre, volume):
    found = item(*lines, kind="THES")
    (again,) = read(export([found], "ris").decode())
    for entry in (found, again):
        assert (entry.get("genre"), entry.get("volume")) == (genre, volume)


def test_a_degree_that_the_kind_of_a_thesis_does_not_name_is_kept():
    found = item("VL  - MD", "M3  - Habilitation", kind="THES")
    assert (found["genre"], found.get("volume")) == ("Habilitation", None)
    assert "VL  - MD" in export([found], "ris").decode()


@pytest.mark.parametrize(
    ("printed", "second"),
    [
        ("ISSN: 2326-5205, EISSN: 2049-3630", "EISSN: 2049-3630"),
        ("Print ISSN: 2326-5205; Online ISSN: 2049-3630", "Online ISSN: 2049-3630"),
        ("p-ISSN 2326-5205 / e-ISSN 2049-3630", "e-ISSN 2049-3630"),
        ("2326-5205 (Print) 2049-3630 (Electronic)", "2049-3630 (Electronic)"),
    ],
)
def test_the_second_number_of_a_journal_stays_without_the_label_of_the_first(printed, second):
    found = item(f"SN  - {printed}")
    assert found["ISSN"] == "2326-5205"
    assert found["custom"]["fields"]["values"] == {"SN": [second]}


@pytest.mark.parametrize(
    ("lines", "values"),
    [
        (["PMID  - 23456789"], {"PMID": "23456789"}),
        (["VL  - 4", "PMID - 23456789"], {"PMID": "23456789", "volume": "4"}),
        (["PM  - 23456789"], {"PMID": "23456789"}),
        (["VL  - 4", "PMCID  - PMC2345"], {"PMCID": "PMC2345", "volume": "4"}),
        (["VL  - 4", "DOI  - 10.1000/xyz"], {"DOI": "10.1000/xyz", "volume": "4"}),
        (["VL  - 4", "ISSN  - 2326-5205"], {"ISSN": "2326-5205", "volume": "4"}),
    ],
)
def test_names_in_the_place_of_tags_are_read(lines, values):
    text = "\n".join(["TY  - JOUR", *lines, "TI  - Tea", "ER  - "])
    (found,) = references.read(text.encode(), "ris", "refs.ris")
    assert found.value == {"type": "article-journal", "title": "Tea"} | values
    assert not found.warnings


def test_a_name_in_a_text_is_no_tag():
    text = "Milk.\nDOI - 10.1000/xyz"
    (found,) = references.read(f"TY  - JOUR\nTI  - Tea\nAB  - {text}\nER  - ".encode(), "ris", "x")
    assert (found.value.get("DOI"), found.value["abstract"]) == (None, "Milk. DOI - 10.1000/xyz")


@pytest.mark.parametrize("type_", sorted({*TYPES.values()}))
def test_every_type_of_ris_is_written_and_read_again(type_):
    entry = {"id": "a", "type": type_, "title": "Tea", "volume": "4", "publisher": "Leaf"}
    (again,) = read(export([entry], "ris").decode())
    assert again["type"] == ("paper-conference" if type_ == "speech" else type_)


def test_the_issue_of_a_periodical_stays_one_in_ris():
    entry = {"id": "a", "type": "periodical", "title": "J Milk", "volume": "4", "issue": "1"}
    (again,) = read(export([entry], "ris").decode())
    assert again == entry


def test_what_abstool_wrote_is_cited_as_before(record):
    authors = [
        {"name": "A van der Łoś Jr", "family": "van der Łoś", "given": "A", "suffix": "Jr"},
        {"name": "The Group", "literal": "The Group"},
    ]
    records = [record(), record(authors=authors, title="α-SMA & {x}"), record("publication")]
    found = read(export(records, "ris", accessed="2026-01-05").decode())
    for cited in ("ama", "ama-10", "ama-11", "apa", "vancouver"):
        assert abstool.cite(found, cited) == abstool.cite(records, cited, accessed="2026-01-05")


def _may_be_two(person):
    """Return whether ``Roe A, Poe A`` is one person here; readers take it for two."""
    parts = (tidy(person.get("family", "")), tidy(person.get("given", "")))
    return all(re.fullmatch(r".* (?:[^\W\d_]\.?[ -]?){1,4}", part) for part in parts)


@given(hostile.articles.filter(lambda article: not any(map(_may_be_two, article["author"]))))
@settings(max_examples=50)
def test_any_article_that_abstool_wrote_is_read_back(article):
    (found,) = read(export([article], "ris").decode())
    assert len(found["author"]) == len(article["author"])
    assert found["title"] == tidy(unescaped(tidy(article["title"])))


def test_a_date_with_thousands_of_digits_costs_no_other_entry():
    entries = [f"TY  - JOUR\nTI  - {year[:4]}\nPY  - {year}\nER  - \n" for year in YEARS]
    one, broken, two = read("\n".join(entries))
    assert (one["title"], two["title"]) == ("2020", "2021")
    assert "the date '999" in str(broken)


YEARS = ["2020", "9" * 6000, "2021"]


@pytest.mark.parametrize(
    ("lines", "variables"),
    [
        # what stands before TY, a missing or empty TY, and other spacing
        (["DB  - X", "SP  - 7-9", "TY  - JOUR", "TI  - A"], {"page": "7-9", "source": "X"}),
        (["TY  - ", "TI  - A", "JF  - J Tea"], {"type": "article-journal"}),
        (["TI  - A", "T2  - Tea"], {"type": "document", "container-title": "Tea"}),
        (["TY  -  JOUR", "TI  -  A"], {"type": "article-journal", "title": "A"}),
        (["TY  -BOOK", "TI  -A"], {"type": "book", "title": "A"}),
        (["TY  - JOUR", "TI  - A", "JF\xa0\xa0-\xa0J Tea"], {"container-title": "J Tea"}),
        (["TY  - JOUR", "TI  - A", "VL \xa0- 5", "IS\xa0 - 3"], {"volume": "5", "issue": "3"}),
        (["TY  - JOUR", "TI  - A", "VL\xa0-\xa05"], {"title": "A", "volume": "5"}),
    ],
)
def test_an_entry_is_read_in_any_layout(lines, variables):
    (found,) = read("\n".join([*lines, "ER  - "]))
    assert {name: found.get(name) for name in variables} == variables


@pytest.mark.parametrize(
    ("lines", "variables"),
    [
        (["SP  - 809", "EP  - +"], {"page": "809"}),
        (["SP  - 809-+"], {"page": "809"}),
        (["SP  - 809\u2010"], {"page": "809"}),
        (["SP  - S12 \u2013", "EP  - \u2013"], {"page": "S12"}),
        (["SP  - 14316", "EP  - 14316"], {"page": "14316"}),
        (["SP  - 45-1", "EP  - 46-9"], {"page": "45-1–46-9"}),
        (["SP  - 45-1-45-9"], {"page": "45-1–45-9"}),
        (["SP  - 45‐1–45‐9"], {"page": "45-1–45-9"}),
        (["SP  - A-12"], {"page": "A-12"}),
        (["SP  - 14316-14316"], {"page": "14316"}),
        (["SP  - pp. 37-64"], {"page": "37-64"}),
        (["SP  - pp37-64"], {"page": "37-64"}),
        (["SP  - 37-64 pages"], {"page": "37-64"}),
        (["SP  - 37", "EP  - 64 pp."], {"page": "37-64"}),
        (["SP  - iv + 64 pp.", "EP  - iv + 64 pp."], {"page": "iv + 64 pp."}),
        (["SP  - 64 pp.-64 pp."], {"page": "64 pp."}),
        (["SP  - p12-15"], {"page": "12-15"}),
        (["SP  - p12", "EP  - 15"], {"page": "12-15"}),
        (["SP  - P12-15"], {"page": "P12-P15"}),
        (["SP  - p605"], {"page": "p605"}),  # a number of The BMJ
        (["SP  - pii: E1392"], {"page": "E1392"}),
        (["SP  - ArtID e1234"], {"page": "e1234"}),
        (["SP  - Art ID: 99"], {"page": "99"}),
        (["SP  - 1828 LP-1832"], {"page": "1828-1832"}),
        (["SP  - 1828 LP  - 1832"], {"page": "1828-1832"}),
        (["SP  - 1828 LP", "EP  - 1832"], {"page": "1828-1832"}),
        (["SP  - 12\u221215"], {"page": "12-15"}),
        (["VL  - v. 40", "IS  - no. 2"], {"volume": "40", "issue": "2"}),
        (["VL  - v40"], {"volume": "v40"}),
        (["SP  - S12", "EP  - 5"], {"page": "S12-S15"}),
        (["SP  - A12-13"], {"page": "A12-A13"}),
        (["SP  - R9-10"], {"page": "R9-R10"}),
        (["SP  - S1-13"], {"page": "S1-S13"}),
        (["SP  - S1-1350"], {"page": "S1-1350"}),
        (["C7  - e00903-21"], {"page": "e00903-21"}),
        (["SP  - S15-3"], {"page": "S15-3"}),
        (["SP  - 0-5"], {"page": "0-5"}),
        (["SP  - 1386\u20101391"], {"page": "1386-1391"}),
        (["SP  - S1-S12", "EP  - S12"], {"page": "S1-S12"}),
        (["C7  - e123"], {"page": "e123"}),
        (["C7  - Artn e456 10.1000/moss.e456"], {"page": "e456"}),
        (["AR  - e456 10.1000/moss.e456"], {"page": "e456"}),
        (["SP  - 5", "C7  - e123"], {"page": "5"}),
        (["SN  - 1234-5678; 1234-5679"], {"ISSN": "1234-5678"}),
        (["SN  - 01677187 (ISSN)"], {"ISSN": "0167-7187"}),
        (["SN  - 2326\u20105205"], {"ISSN": "2326-5205"}),
        (["SN  - 2326\u20135205; 1234\u20135679"], {"ISSN": "2326-5205"}),
        (["SN  - 978\u20110\u201100\u2011000000\u20112"], {"ISBN": "978-0-00-000000-2"}),
        (["SN  - 978-0-00-000000-2", "SN  - 1234-567x"], {"ISSN": "1234-567X"}),
        (["SN  - 978-0-00-000000-2", "SN  - 1234-567x"], {"ISBN": "978-0-00-000000-2"}),
        (["DO  - Doi 10.1000/abc."], {"DOI": "10.1000/abc"}),
        (["DO  - doi.org/10.1000/abc"], {"DOI": "10.1000/abc"}),
        (["DO  - 10.1000/abc     LK  - https://x.org/b"], {"DOI": "10.1000/abc"}),
        (["L3  - 10.1000/abc"], {"DOI": "10.1000/abc"}),
        (["UR  - 10.1000/leaf.3"], {"DOI": "10.1000/leaf.3"}),
        (["UR  - doi.org/10.1000/leaf.1"], {"DOI": "10.1000/leaf.1"}),
        (["UR  - dx.doi.org/10.1000/leaf"], {"DOI": "10.1000/leaf"}),
        (
            ["UR  - 10.1000/x", "UR  - https://x.org/b"],
            {"DOI": "10.1000/x", "URL": "https://x.org/b"},
        ),
        (
            ["UR  - https://x.org/b", "UR  - http://dx.doi.org/10.1000/x"],
            {"DOI": "10.1000/x", "URL": "https://x.org/b"},
        ),
        (
            ["UR  - <Go to ISI>://WOS:1", "LK  - https://doi.org/10.1000/x"],
            {"DOI": "10.1000/x", "URL": "https://doi.org/10.1000/x"},
        ),
        (["LK  - https://x.org/b"], {"URL": "https://x.org/b"}),
        (["UR  - 10.1000/x https://x.org/b"], {"DOI": "10.1000/x", "URL": "https://x.org/b"}),
        (["UR  - 10.1000/x;https://x.org/b"], {"DOI": "10.1000/x", "URL": "https://x.org/b"}),
        (["M3  - doi: 10.1000/abc"], {"DOI": "10.1000/abc"}),
        (["UR  - <Go to ISI>://WOS:1", "https://x.org/a b"], {"URL": "https://x.org/a%20b"}),
        (["UR  - https://x.org/1 https://x.org/2"], {"URL": "https://x.org/1"}),
        (["UR  - https://x.org/1;https://x.org/2"], {"URL": "https://x.org/1"}),
        (["AN  - 12345", "DB  - Ovid MEDLINE(R)"], {"PMID": "12345"}),
        (["AN  - 12345", "DP  - NLM"], {"PMID": "12345"}),
        (["C3  - PUBMED 123456"], {"PMID": "123456"}),
        (["U1  - 1234567 [PMID]", "C2  - PMC12"], {"PMID": "1234567", "PMCID": "PMC12"}),
        (["C2  - PMC123456.2"], {"PMCID": "PMC123456.2"}),
        (["N1  - Accessed March 5, 2020"], {"accessed": {"date-parts": [[2020, 3, 5]]}}),
        (["Y1  - 1998///Win 1998"], {"issued": {"date-parts": [[1998]], "season": "4"}}),
        (["PY  - 2020~"], {"issued": {"date-parts": [[2020]], "circa": 1}}),
        (["T2  - Tea &amp; &quot;Milk&quot;"], {"container-title": 'Tea & "Milk"'}),
        (["JF  - Journal of Tea", "JO  - J Tea"], {"container-title-short": "J Tea"}),
        (["AU  - Roe, A", "AU  - et al."], {"author": [{"family": "Roe", "given": "A"}, ET_AL]}),
    ],
)
def test_values_are_read_without_what_is_around_them(lines, variables):
    assert variables.items() <= item(*lines).items()


@pytest.mark.parametrize(
    "line",
    ["SP  - n/a", "SP  - n/a-n/a", "UR  - <Go to ISI>://WOS:1", "SN  - unknown", "C7  - PII S00-1"],
)
def test_what_is_no_value_becomes_no_variable(line):
    assert item(line).keys() <= {"type", "title", "custom"}


@pytest.mark.parametrize(
    ("kind", "work", "genre"),
    [
        ("JOUR", "Journal Article", None),
        ("RPRT", "Report", None),
        ("RPRT", "Working paper", "Working paper"),
        ("THES", "Dissertation/Thesis", None),
        ("THES", "Master's thesis", "Master's thesis"),
        ("JOUR", "Conference Abstract", "abstract"),
    ],
)
def test_a_genre_is_only_what_says_more_than_the_type(kind, work, genre):
    assert item(f"M3  - {work}", kind=kind).get("genre") == genre


WOS_ABSTRACT = """\
TY  - JOUR
AU  - Roe, A
AU  - Doe, B
A1  - Roe, A
A1  - Doe, B
TI  - Imagined tea
T2  - TEA RHEUMATOLOGY
CP  - Tea Convergence
M3  - Meeting Abstract
MA  - 0123
SU  - 10
PY  - 2020
VL  - 72
SN  - 1234-5678
SN  - 1234-5679
AD  - Here, USAAD  - There, UK
WE  - Science Citation Index (SCI)AN  - WOS:0001
ER  -
"""


def test_a_meeting_abstract_of_web_of_science_has_its_supplement_number_and_meeting():
    (found,) = read(WOS_ABSTRACT)
    assert {
        "genre": "abstract",
        "issue": "suppl 10",
        "page": "Abstract 0123",
        "event-title": "Tea Convergence",
    }.items() <= found.items()
    assert len(found["author"]) == 2
    custom = found["custom"]
    assert custom["abstract_number"] == "0123"
    assert [place["name"] for place in custom["affiliations"]] == ["Here, USA", "There, UK"]
    assert custom["fields"]["values"] == {
        "SN": ["1234-5679"],
        "WE": ["Science Citation Index (SCI)"],
        "AN": ["WOS:0001"],
    }


@pytest.mark.parametrize("kind", ["JOUR", "CPAPER"])
def test_a_meeting_of_web_of_science_has_its_date_in_cy_and_its_place_in_cl(kind):
    lines = ["T2  - Tea Notes", "CP  - Tea Days", "CY  - MAR 03-05, 2019", "CL  - Oslo, NORWAY"]
    found = item(*lines, "SP  - 5", kind=kind)
    expected = {
        "event-title": "Tea Days",
        "event-date": {"date-parts": [[2019, 3, 3], [2019, 3, 5]]},
        "event-place": "Oslo, NORWAY",
    }
    assert expected.items() <= found.items()
    assert "publisher-place" not in found
    (again,) = read(export([found], "ris").decode())
    assert again.get("event-place") == "Oslo, NORWAY"
    assert again["event-date"] == expected["event-date"]


@pytest.mark.parametrize("place", ["Oslo", "Mayfair", "Oslo 1234", "March, Cambridgeshire"])
def test_a_place_in_cy_is_no_date(place):
    found = item(f"CY  - {place}", "PB  - Tea Press", kind="BOOK")
    assert found["publisher-place"] == place


def test_an_abstract_in_cochrane_or_embase_is_one():
    central = item("AN  - CN-1", "M3  - Journal article; Conference proceeding", "JA  - J Tea")
    assert central["genre"] == "abstract"
    assert item("KW  - tea", "conference abstract", "T2  - J Tea")["genre"] == "abstract"


@pytest.mark.parametrize(
    ("notes", "genre"),
    [
        (["Conference: Tea Days 2019. Leafton Spain.", "Conference Abstract"], "abstract"),
        (["Conference Abstract.", "A note"], "abstract"),
        (["Conference Abstract\nConference: Tea Days. Leafton Spain."], "abstract"),
        (["Conference: Tea Days 2019. Leafton Spain.\nConference Abstract"], "abstract"),
        (["Conference abstract was printed elsewhere"], None),
        (["A conference abstract was printed", "A note"], None),
    ],
)
def test_one_of_several_notes_may_say_that_this_is_an_abstract(notes, genre):
    assert item(*(f"N1  - {note}" for note in notes)).get("genre") == genre


@pytest.mark.parametrize(
    "page", ["Abstract no: 1234", "Abstract No. 1234", "abstract number 1234", "Abstract #1234"]
)
def test_the_label_of_the_number_of_an_abstract_is_left_out(page):
    found = item(f"SP  - {page}", "M3  - Meeting Abstract")
    assert found["page"] == "Abstract 1234"
    assert number_on_page(found["page"]) == "1234"


def test_a1_and_au_are_in_the_order_of_the_file():
    people = item("A1  - Roe, A", "AU  - Doe, B", "A1  - Poe, C")["author"]
    assert [person["family"] for person in people] == ["Roe", "Doe", "Poe"]


@pytest.mark.parametrize(
    "line", ["M3  - Retracted Publication", "TI  - RETRACTED: Tea", "N1  - Retraction in: J Tea"]
)
def test_a_retracted_work_has_a_warning(line):
    title = [] if line.startswith("TI") else ["TI  - A"]
    text = "\n".join(["TY  - JOUR", *title, line, "ER  - "])
    (found,) = references.read(text.encode(), "ris", "refs.ris")
    assert found.warnings == ("this work was retracted",)


def test_reading_takes_linear_time_on_hostile_input():
    for line in (
        "AU  - " + "A, " * 50_000,
        "UR  - " + "http://a " * 20_000,
        "SP  - " + "1-" * 99_999,
        "AN  - " + "arxiv " * 50_000,
        "DO  - " + "10.1000/a; " * 50_000,
    ):
        item(line)
    item("AB  - a", *["b"] * 50_000)


@pytest.mark.parametrize(
    ("line", "variables"),
    [
        ("AR  - 10.1000/abc", {"DOI": "10.1000/abc"}),
        ("C7  - https://doi.org/10.1000/abc", {"DOI": "10.1000/abc"}),
        ("SP  - 10.1000/abc", {"DOI": "10.1000/abc"}),
        ("AR  - e123", {"page": "e123"}),
        ("C7  - Art. No. 123", {"page": "123"}),
        ("SP  - Article e123", {"page": "e123"}),
        ("IS  - n/a", {}),
        ("VL  - null", {}),
        ("VL  - 0", {}),
        ("IS  - 00", {}),
        ("SP  - 0-0", {}),
        ("PY  - 0", {}),
        ("PY  - --", {}),
        ("PY  - 0000/00/00/", {}),
        ("VL  - Volume 10 - 2019", {"volume": "10"}),
    ],
)
def test_a_doi_is_no_page_and_a_word_for_nothing_no_number(line, variables):
    found = item(line)
    assert {name: found[name] for name in found.keys() - {"type", "title"}} == variables


@pytest.mark.parametrize("text", ["Granted 2019", "2019", "In force"])
def test_other_texts_than_a_month_of_early_access_are_no_date(text):
    found = item(f"C6  - {text}")
    assert "issued" not in found
    assert found["custom"]["fields"]["values"] == {"C6": [text]}


def test_a_second_doi_and_other_words_of_a_date_are_kept():
    found = item(
        "DO  - 10.1000/a; https://doi.org/10.1000/b", "Y1  - 2018/03/02/Mar2018 Supplement"
    )
    assert (found["DOI"], found["issued"]) == ("10.1000/a", {"date-parts": [[2018, 3, 2]]})
    assert found["custom"]["fields"]["values"] == {
        "DO": ["10.1000/b"],
        "Y1": ["2018/03/02/Mar2018 Supplement"],
    }
    found = item("UR  - 10.1000/a; 10.1000/b")
    assert found["DOI"] == "10.1000/a"
    assert found["custom"]["fields"]["values"] == {"UR": ["10.1000/a; 10.1000/b"]}
    assert "custom" not in item("DO  - 10.1000/a; 10.1000/a", "Y1  - 2018/03//Mar 2018")
    assert "custom" not in item("DA  - 2018/03//undefined")


@pytest.mark.parametrize(
    ("volume", "issue"),
    [
        ("Publish Ahead of Print", "ahead-of-print"),
        ("Epub ahead of print", "ja"),
        ("In press", "Early Access"),
        ("Article in Press", "Just Accepted"),
        ("Online First", "Early View"),
        ("Online ahead of print", "to appear"),
        ("Forthcoming", "To be assigned"),
        ("Advance Online Publication", "Accepted"),
    ],
)
def test_ahead_of_print_is_kept_but_no_volume(volume, issue):
    found = item(f"VL  - {volume}", f"IS  - {issue}")
    assert found.keys() == {"type", "title", "custom"}
    assert found["custom"]["fields"]["values"] == {"VL": [volume], "IS": [issue]}
    pages = item(f"SP  - {volume}", f"EP  - {issue}", "PB  - Leaf", kind="BOOK")
    assert "page" not in pages
    assert pages["custom"]["fields"]["values"] == {"SP": [volume], "EP": [issue]}
    assert item("SP  - 12", f"EP  - {issue}")["page"] == "12"


@pytest.mark.parametrize(
    "lines",
    [
        ["AN  - arXiv:1706.03762"],
        ["AN  - 1706.03762", "DB  - arXiv"],
        ["IS  - arXiv:1706.03762", "JO  - arXiv e-prints"],
    ],
)
def test_a_preprint_of_arxiv_has_its_number(lines):
    found = item(*lines)
    assert {"type": "article", "number": "arXiv:1706.03762"}.items() <= found.items()
    assert found["publisher"] == "arXiv"
    text = export([found], "ris").decode()
    assert text.startswith("TY  - JOUR\r\n")
    assert "AN  - arXiv:1706.03762\r\n" in text
    assert read(text)[0]["number"] == "arXiv:1706.03762"


def test_an_article_in_a_journal_keeps_the_number_of_its_preprint_apart():
    found = item("AN  - arXiv:1706.03762", "JO  - J Tea")
    assert found["type"] == "article-journal"
    assert found["custom"]["fields"]["values"] == {"AN": ["arXiv:1706.03762"]}


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("9781450312345 (ISBN); 9781450312346 (ISBN)", "9781450312346 (ISBN)"),
        ("1234-5678 (Print); 1234-5679 (Electronic)", "1234-5679 (Electronic)"),
        ("no number \u2013 yet", "no number \u2013 yet"),
    ],
)
def test_a_second_serial_number_is_kept_without_the_label_of_the_first(text, rest):
    assert item(f"SN  - {text}")["custom"]["fields"]["values"] == {"SN": [rest]}


@pytest.mark.parametrize("mark", [",", " :", ";", " /", ",;"])
def test_the_marks_of_a_catalogue_behind_a_publisher_are_left_out(mark):
    found = item(
        f"PB  - Tea Press{mark}", f"CY  - Leafton{mark}", f"ET  - 2nd ed.{mark}", kind="BOOK"
    )
    expected = {"publisher": "Tea Press", "publisher-place": "Leafton", "edition": "2nd ed."}
    assert expected.items() <= found.items()


def test_another_doi_than_that_of_the_entry_is_kept():
    for tag in ("AR", "UR"):
        found = item("DO  - 10.1000/a", f"{tag}  - 10.1000/b")
        assert found["DOI"] == "10.1000/a"
        assert found["custom"]["fields"]["values"] == {tag: ["10.1000/b"]}


@pytest.mark.parametrize(
    "text",
    [
        "https://a.org/1|https://b.org/2",
        "https://a.org/1,https://b.org/2",
        "https://a.org/1, https://b.org/2",
        "https://a.org/1 and https://b.org/2",
        "https://a.org/1; https://b.org/2",
        "https://a.org/1 https://b.org/2,",
    ],
)
def test_joined_urls_are_separate(text):
    found = item(f"UR  - {text}")
    assert found["URL"] == "https://a.org/1"
    assert found["custom"]["fields"]["values"]["UR"] == ["https://b.org/2"]


@pytest.mark.parametrize(
    "url",
    [
        "https://a.org/?q=a,b|c&u=https://b.org",
        "https://web.archive.org/web/2020/https://b.org/x",
    ],
)
def test_a_url_within_another_stays_in_it(url):
    assert item(f"UR  - {url}") == {"type": "article-journal", "title": "Tea", "URL": url}


@pytest.mark.parametrize(
    "note",
    [
        "[Online; accessed 3-May-2020]",
        "Accessed: 3 May 2020",
        "last accessed on May 3rd, 2020",
        "[cited 2020 May 3]",
        "Retrieved 2020-05-03",
        "Last visited: 3.5.2020",
        "Zugriff am 3. Mai 2020",
        "Consultado el 3 de mayo de 2020",
    ],
)
def test_a_note_may_say_when_the_page_was_visited(note):
    for lines in ([f"N1  - {note}", "UR  - https://a.org"], [f"UR  - https://a.org ({note})"]):
        found = item(*lines)
        assert found["accessed"] == {"date-parts": [[2020, 5, 3]]}
        assert found["URL"] == "https://a.org"


@pytest.mark.parametrize("kind", ["ELEC", "WEB"])
@pytest.mark.parametrize("day", ["15 March 2021", "2021/03/15", "March 15, 2021", "2021-03-15"])
def test_the_date_of_access_to_a_web_page_may_be_in_m1(kind, day):
    found = item(f"M1  - {day}", kind=kind)
    assert found["accessed"] == {"date-parts": [[2021, 3, 15]]}
    assert "M1" not in found.get("custom", {}).get("fields", {"values": {}})["values"]


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        ("ELEC", ["M1  - Version 2 of 2021"]),
        ("ELEC", ["M1  - 2021"]),
        ("ELEC", ["M1  - 15 March 2021", "Y2  - 2020/01/02/"]),
        ("JOUR", ["M1  - 15 March 2021"]),
    ],
)
def test_m1_is_kept_where_it_is_no_date_of_access(kind, lines):
    found = item(*lines, kind=kind)
    assert found["custom"]["fields"]["values"]["M1"] == [lines[0][6:]]
    assert found.get("accessed") in (None, {"date-parts": [[2020, 1, 2]]})


def test_a_remark_behind_a_url_is_kept_as_a_note():
    found = item("UR  - https://a.org/x [open access]")
    assert found["URL"] == "https://a.org/x"
    assert found["custom"]["fields"]["values"]["N1"] == ["[open access]"]


def test_a_file_behind_a_url_is_an_attachment():
    found = item("UR  - https://a.org/x file:///home/roe/Tea and milk.pdf")
    assert found["URL"] == "https://a.org/x"
    assert found["custom"]["fields"]["values"] == {"L1": ["file:///home/roe/Tea and milk.pdf"]}


@pytest.mark.parametrize(
    "entry",
    [
        "ty  - JOUR\nau  - Roe, A\nti  - Tea\npy  - 2020\ner  - \n",
        "TY  – JOUR\nAU  – Roe, A\nTI  – Tea\nPY  – 2020\nER  – \n",
        "TY\t- JOUR\nAU\t- Roe, A\nTI\t- Tea\nPY\t- 2020\nER\t- \n",
        "TY  - JOUR\rAU  - Roe, A\rTI  - Tea\nPY  - 2020\rER  - \r",
    ],
)
def test_an_entry_with_other_case_blanks_hyphens_or_line_ends_is_read(entry):
    expected = {"title": "Tea", "author": [{"family": "Roe", "given": "A"}]}
    for text in (entry, f"TY  - JOUR\nTI  - Milk\nER  - \n{entry}"):
        found = [*references.read(text.encode(), references.form_of(text.encode()), "refs")]
        assert {name: found[-1].value[name] for name in expected} == expected
        assert found[-1].value["issued"] == {"date-parts": [[2020]]}


@pytest.mark.parametrize("kind", ["CONF", "CPAPER", "JOUR", "ABST"])
def test_a_conference_in_the_name_of_the_journal_is_the_meeting(kind):
    (item,) = read(
        f"TY  - {kind}\nTI  - Tea\nJF  - Blood. Conference: Tea Meeting, TM 2018. Spain.\n"
        "VL  - 132\nIS  - Supplement 1\nPT  - Conference Abstract\nER  - \n"
    )
    expected = {
        "type": "article-journal",
        "container-title": "Blood",
        "event-title": "Tea Meeting, TM 2018",
        "event-place": "Spain.",
        "issue": "Supplement 1",
        "genre": "abstract",
    }
    assert {name: item.get(name) for name in expected} == expected | {"event-place": "Spain"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("TY  - JOUR\nN1  - doi: 10.1000/xyz", {"DOI": "10.1000/xyz", "note": None}),
        ("TY  - JOUR\nSP  - No-Specified", {"page": None}),
        ("TY  - JOUR\nSP  - no pagination", {"page": None}),
        ("TY  - JOUR\nSP  - N.PAG\nEP  - N.PAG", {"page": None}),
        ("TY  - JOUR\nSP  - N.PAG-N.PAG", {"page": None}),
        ("TY  - JOUR\nSP  - No\nEP  - Specified", {"page": None}),
        ("TY  - JOUR\nSP  - No\nEP  - Pagination", {"page": None}),
        ("TY  - JOUR\nSP  - Unpaginated", {"page": None}),
        ("TY  - JOUR\nSP  - n. pag.", {"page": None}),
        ("TY  - JOUR\nSP  - n.p.", {"page": None}),
        ("TY  - JOUR\nSP  - Not specified", {"page": None}),
        ("TY  - JOUR\nSP  - iv\nEP  - ix", {"page": "iv-ix"}),
        ("TY  - JOUR\nSP  - 12\nEP  - nan\nIS  - nan", {"page": "12", "issue": None}),
        ("TY  - JOUR\nVL  - Vol. 12\nIS  - No. 4", {"volume": "12", "issue": "4"}),
        ("TY  - BOOK\nVL  - Bd. 3", {"volume": "3"}),
        ("TY  - BOOK\nVL  - Vol. XII", {"volume": "XII"}),
        ("TY  - JOUR\nVL  - 49\nIS  - Volume 49, 2020", {"volume": "49", "issue": None}),
        ("TY  - JOUR\nVL  - 5 Suppl 1", {"volume": "5", "issue": "suppl 1"}),
        ("TY  - JOUR\nVL  - 5(Suppl 1)", {"volume": "5", "issue": "suppl 1"}),
        ("TY  - JOUR\nVL  - 5 Suppl 1\nIS  - 2", {"volume": "5", "issue": "2 suppl 1"}),
        ("TY  - JOUR\nVL  - 12 Supplement 2\nIS  - 3", {"volume": "12", "issue": "3 suppl 2"}),
        ("TY  - JOUR\nVL  - 9 (Suppl 4)\nIS  - suppl 4", {"volume": "9", "issue": "suppl 4"}),
        ("TY  - JOUR\nVL  - 9 Suppl 4\nIS  - Suppl 5", {"volume": "9 Suppl 4"}),
        ("TY  - JOUR\nVL  - Suppl 4\nIS  - 5", {"volume": "Suppl 4", "issue": "5"}),
        ("TY  - JOUR\nIS  - sup1", {"issue": "suppl 1"}),
        ("TY  - JOUR\nIS  - 2 Sup.4", {"issue": "2 suppl 4"}),
        ("TY  - JOUR\nIS  - 3 (Sup 1)", {"issue": "3 suppl 1"}),
        ("TY  - JOUR\nIS  - Suppl2", {"issue": "suppl 2"}),
        ("TY  - JOUR\nIS  - superior", {"issue": "superior"}),
        ("TY  - GEN\nT2  - J Tea\nVL  - 3\nIS  - 2", {"issue": "2", "number": None}),
        ("TY  - CITATION\nJO  - J Tea\nVL  - 3\nIS  - sp", {"issue": "sp", "number": None}),
        ("TY  - GEN\nT2  - Tea reports\nIS  - 2", {"issue": None, "number": "2"}),
        ("TY  - EJOU\nVL  - 11\nIS  - 3", {"type": "article-journal", "issue": "3"}),
        ("TY  - BOOK\nPY  - 20200506", {"issued": {"date-parts": [[2020, 5, 6]]}}),
        ("TY  - BOOK\nPY  - 2020/02/31", {"issued": {"date-parts": [[2020, 2]]}}),
        ("TY  - BOOK\nA4  - Roe, A", {"translator": [{"family": "Roe", "given": "A"}]}),
        ("TY  - EDBOOK\nA1  - Roe, A", {"editor": [{"family": "Roe", "given": "A"}]}),
        ("TY  - CONF\nT2  - Blood\nVL  - 1\nIS  - Suppl 2", {"type": "article-journal"}),
    ],
)
def test_what_other_programs_write_is_read(fields, expected):
    (item,) = read(f"{fields}\nTI  - Tea\nER  - \n")
    assert {name: item.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    "title",
    [
        "RETRACTED: Tea",
        "WITHDRAWN: Tea",
        "Retracted: Tea",
        "Retracted Article: Tea",
        "RETRACTED ARTICLE: Tea",
        "[Retracted] Tea and milk",
        "[RETRACTED ARTICLE] Tea",
        "Retracted - Tea",
        "Retracted article. Tea",
        "RETRACTED Tea in practice",
        "\u201cRETRACTED\u201d Tea",
        "Tea (Retracted article. See vol. 5, pg 10, 2021)",
        "Tea [Retracted]",
        "Tea (This article has been retracted)",
    ],
)
def test_a_title_that_says_retracted_has_a_warning(title):
    text = f"TY  - JOUR\nTI  - {title}\nER  - \n"
    (found,) = references.read(text.encode(), "ris", "refs")
    assert found.warnings == ("this work was retracted",)


@pytest.mark.parametrize(
    "title",
    [
        "Why retracted tea is cited",
        "Tea (retracted needles)",
        "Retracted science and the retraction index",
        "Retracted papers in tea research: a review",
        "Retracted-article citations",
        "RETRACTED SCIENCE IN TEA",
        "Retraction: Tea",  # this is the notice
    ],
)
def test_a_title_about_retraction_has_none(title):
    text = f"TY  - JOUR\nTI  - {title}\nER  - \n"
    (found,) = references.read(text.encode(), "ris", "refs")
    assert not found.warnings


@pytest.mark.parametrize(
    ("lines", "issue"),
    [
        (["VL  - 3", "CP  - 5-6"], "5-6"),
        (["VL  - 3", "CP  - 5", "IS  - 2"], "2"),
        (["VL  - 3", "CP  - Oslo"], None),
        (["VL  - 3", "M1  - 5"], "5"),
        (["VL  - 3", "M1  - 5", "CP  - 6"], "6"),
        (["VL  - 3", "M1  - 12345678; Medline"], None),
        (["VL  - 3", "M1  - 9999"], None),  # of Wiley, ahead of print
    ],
)
def test_the_issue_of_a_journal_may_be_in_cp_or_m1(lines, issue):
    assert item("JF  - J Tea", *lines).get("issue") == issue
    assert "issue" not in item("PB  - Leaf", *lines, kind="BOOK")


@pytest.mark.parametrize(
    ("lines", "values", "damaged"),
    [
        (["JO  - J Cup", "VL   - 4"], {"container-title": "J Cup", "volume": "4"}, ""),
        (["VL  - 4", "IS      - 2", "SP   -"], {"volume": "4", "issue": "2"}, ""),
        (["VL  - 4", "IS \t- 2"], {"volume": "4", "issue": "2"}, ""),
        (["JO  - J Cup", "VL- 4"], {"container-title": "J Cup", "volume": "4"}, "'VL- 4' read VL"),
        (["VL  - 4", "IS: 2"], {"volume": "4", "issue": "2"}, "'IS: 2' read IS"),
        (["SP  - 4", "EP-9"], {"page": "4-9"}, "'EP-9' read EP"),
        (["ED  - Doe, Bob", "PB=Leaf"], {"publisher": "Leaf"}, "'PB=Leaf' read PB"),
        (["JO  - J Cup", "DO: 10.1000/c"], {"DOI": "10.1000/c"}, "'DO: 10.1000/c' read DO"),
        (["PB  - Leaf", "JF- J Cup"], {"container-title": "J Cup"}, "'JF- J Cup' read JF"),
        (["JO  - Cup", "CT- hot"], {"container-title": "Cup CT- hot"}, "'CT- hot' kept JO"),
        (["JO  - Cup", "SP-1"], {"container-title": "Cup SP-1", "page": None}, "'SP-1' kept JO"),
        (["AB  - Hot", "PY: 2020"], {"abstract": "Hot PY: 2020"}, "'PY: 2020' kept AB"),
        (["AB  - Hot", "SP-1", "SP- of it"], {"abstract": "Hot SP-1 SP- of it"}, ""),
        (["JO  - Cup", "T2-weighted tea"], {"container-title": "Cup T2-weighted tea"}, ""),
        (["JO  - Cup", "US: a journal"], {"container-title": "Cup US: a journal"}, ""),
        (["N1  - Milk", "JF   - J Cup"], {"note": "Milk JF - J Cup"}, "'JF - J Cup' kept N1"),
    ],
)
def test_damaged_tags_inside_an_entry_are_read_or_have_a_warning(lines, values, damaged):
    found = outcome(*lines)
    assert {name: found.value.get(name) for name in values} == values
    said = damaged.replace("read", "looks like a field; read it as")
    said = said.replace("kept", "looks like a field; kept it in")
    assert found.warnings == ((f"the line {said}",) if damaged else ())


GOOD = "TY  - JOUR\nAU  - Roe, Ann\nTI  - {}\nER  - \n"


@pytest.mark.parametrize(
    ("damaged", "titles", "said"),
    [
        ("TY- JOUR\nAU- Doe, Bob\nTI- Milk\nER-\n", ["Tea", "Milk", "Cup"], "read it as TI"),
        ("TY: BOOK\nT1: Milk\n", ["Tea", "Milk", "Cup"], "'T1: Milk' looks like"),
        ("AU- Doe, Bob\nTI- Milk\n", ["Tea", "Cup"], "'AU- Doe, Bob' is not a field of RIS"),
        ("TI-  Milk\nER  - \n", ["Tea", "Cup"], "'TI- Milk' is not a field of RIS"),
        (
            "TY-JOUR\nAU- Doe, Bob\nTI  - Milk\nER  - \n",
            ["Tea", "Milk", "Cup"],
            "the line 'AU- Doe, Bob' looks like a field; read it as AU",
        ),
        (
            "TY  - JOUR\nA1-Noe, Di\nTI  - Milk\nER  - \n",
            ["Tea", "Milk", "Cup"],
            "the line 'A1-Noe, Di' looks like a field; read it as A1",
        ),
        (
            "TY  - JOUR\n% of tea\nTI  - Milk\nER\n",
            ["Tea", "Milk", "Cup"],
            "the line '% of tea' is not a field of RIS; left it out",
        ),
        ("TY  - JOUR\nAU  - Doe, Bob\nTI  - Milk\nER-\n", ["Tea", "Milk", "Cup"], ""),
    ],
)
def test_a_damaged_entry_between_others_is_said(damaged, titles, said):
    text = f"{GOOD.format('Tea')}\n{damaged}\n{GOOD.format('Cup')}"
    found = [*references.read(text.encode(), "ris", "a.ris")]
    assert [outcome.value["title"] for outcome in found if outcome.value] == titles
    lines = [f"{outcome.error}" for outcome in found if outcome.error]
    assert all(line.startswith("a.ris, line 6: ") for line in lines)
    lines += [warning for outcome in found for warning in outcome.warnings]
    assert sum(said in line for line in lines) == bool(said) == bool(lines)


@pytest.mark.parametrize("between", ["2.", "Provider: Tea\nContent: text", "<3. >", "UK - tea"])
def test_other_lines_between_entries_are_no_damage(between):
    text = f"{between}\n{GOOD.format('Tea')}{between}\n{GOOD.format('Cup')}{between}\n"
    found = [*references.read(text.encode(), "ris", "a.ris")]
    assert [(outcome.value["title"], outcome.warnings) for outcome in found] == [
        ("Tea", ()),
        ("Cup", ()),
    ]


@pytest.mark.parametrize(
    ("text", "accessed", "kept"),
    [
        ("3", None, ["3"]),
        ("12/", None, ["12/"]),
        ("15 March", {"literal": "15 March"}, ["15 March"]),
        ("2021/03/15/", {"date-parts": [[2021, 3, 15]]}, []),
    ],
)
def test_a_date_of_access_without_a_year_is_kept(text, accessed, kept):
    found = item(f"Y2  - {text}", "UR  - https://example.org/1")
    assert found.get("accessed") == accessed
    assert found.get("custom", {}).get("fields", {}).get("values", {}).get("Y2", []) == kept
    assert f"Y2  - {text}\r\n" in export([found], "ris").decode()


@pytest.mark.parametrize(
    ("issue", "is_kept"),
    [
        ("(Roe A.B.) University of Tea, Leafton, Spain(Doe C.) Milk Institute", True),
        ("(Van Roe A., roe@example.org) Department of Tea, Leafton", True),
        ("(Suppl. 2) Abstracts of the Tea Days", False),
        ("3 (Roe A., ed.) Tea, milk", False),
    ],
)
def test_the_addresses_of_embase_are_no_issue(issue, is_kept):
    table = f'Title,Authors,Journal,Published Year,Issue\nTea,Roe A,J Tea,2020,"{issue}"\n'
    (found,) = references.read(table.encode(), "csv", "x.csv")
    for read, name in ((item(f"IS  - {issue}"), "IS"), (found.value, "issue")):
        kept = read.get("custom", {}).get("fields", {}).get("values", {}).get(name)
        assert (read.get("issue"), kept) == ((None, [issue]) if is_kept else (issue, None))
