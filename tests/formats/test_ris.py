"""RIS, read back by rispy."""

import pytest
import rispy
from hypothesis import given

import hostile
from abstool.citing import export
from abstool.formats.ris import lost, render
from abstool.inputs import references
from abstool.text import tidy

ITEM = {"id": "a", "type": "article-journal", "title": "Tea"}


def ris(*items):
    return export(items, "ris", accessed="2026-01-05").decode()


def read(*items):
    return rispy.loads(ris(*items), newline="\r\n", delimiter_tags_mapping={})


def test_a_record_becomes_a_journal_entry_in_the_order_that_readers_need(record):
    registered = {"registry": "ClinicalTrials.gov", "id": "NCT01234567"}
    places = [{"label": "1", "name": "Tea House"}, {"label": "2", "name": "Joint Clinic"}]
    assert ris(record(trials=[registered], affiliations=places)).splitlines() == [
        "TY  - JOUR",
        "ID  - dorner2025imagined",
        "AU  - Dörner, Zoë",
        "AU  - von Bergen, Michael",
        "TI  - Imagined Effects of Tea on Joints",
        "T2  - Arthritis & Rheumatology",
        "JF  - Arthritis & Rheumatology",
        "J2  - Arthritis Rheumatol",
        "JA  - Arthritis Rheumatol",
        "PY  - 2025",
        "VL  - 77",
        "AN  - 0848",
        "IS  - suppl 9",
        "SP  - Abstract 0848",
        "M3  - Meeting Abstract",
        "DB  - ACR Meeting Abstracts",
        "DP  - American College of Rheumatology",
        "SN  - 2326-5205",
        "UR  - https://acrabstracts.org/abstract/imagined-effects-of-tea/",
        "Y2  - 2026/01/05/",
        "AB  - Methods: We drank. We waited. Nothing happened.",
        "KW  - tea",
        "KW  - joints",
        "N1  - Presented at: ACR Convergence 2025; Trial registration: NCT01234567",
        "AD  - Tea House; Joint Clinic",
        "ER  - ",
    ]


def test_lines_end_with_cr_and_lf_and_entries_are_separated_by_blank_lines(record):
    text = ris(record(), record())
    assert text.replace("\r\n", "").count("\n") == 0
    assert text.count("ER  - \r\n\r\nTY  - JOUR\r\n") == 1
    assert text.endswith("ER  - \r\n")
    assert ris() == ""


def test_without_a_journal_it_is_a_conference_paper_of_the_meeting(record):
    (entry,) = read(record("publication"))
    assert entry["type_of_reference"] == "CPAPER"
    assert entry["secondary_title"] == "ACR Convergence 2025"
    assert (entry["year"], entry["date"]) == ("2025", "2025/10/28/")


@pytest.mark.parametrize(
    ("parts", "year", "date"),
    [
        ([[2025]], "2025", None),
        ([[2025, 3]], "2025", "2025/03//"),
        ([[2025, 10, 8]], "2025", "2025/10/08/"),
        ([[2025, 10, 8], [2025, 10, 9]], "2025", "2025/10/08/2025 Oct 8-2025 Oct 9"),
        ([], None, None),
    ],
)
def test_the_year_has_four_digits_and_parts_of_a_date_that_are_unknown_are_absent(
    article, parts, year, date
):
    (entry,) = read(article(issued={"date-parts": parts}))
    assert (entry.get("year"), entry.get("date")) == (year, date)
    assert "access_date" not in entry


def test_absent_values_have_no_tag():
    assert ris({"type": "article-journal", "id": "x", "title": "T"}).splitlines() == [
        "TY  - JOUR",
        "ID  - x",
        "TI  - T",
        "ER  - ",
    ]


def test_the_title_has_no_abstract_label_because_tools_compare_titles(record):
    assert read(record())[0]["title"] == "Imagined Effects of Tea on Joints"


def test_a_suffix_is_the_third_part_and_a_group_ends_with_a_comma(article):
    authors = [
        {"family": "King", "given": "Martin L.", "suffix": "Jr"},
        {"literal": "CARRA and Others, Inc."},
        {"family": "Heijde", "non-dropping-particle": "van der", "given": "D"},
    ]
    (entry,) = read(article(author=authors))
    assert entry["authors"] == [
        "King, Martin L., Jr",
        "CARRA and Others Inc.,",
        "van der Heijde, D",
    ]


def test_a_keyword_with_a_comma_stays_whole(record):
    words = ["Scleroderma, Localized"]
    assert read(record(keywords=words))[0]["keywords"] == words


def test_page_ranges_have_a_first_and_a_last_page(article):
    (entry,) = read(article())
    assert (entry["start_page"], entry["end_page"]) == ("123", "9")


def test_a_url_has_no_semicolon_because_readers_split_there(article):
    assert read(article(URL="https://x.org/a;b c"))[0]["urls"] == ["https://x.org/a%3Bb%20c"]


@given(hostile.articles)
def test_any_article_is_read_back_as_it_was(item):
    (entry,) = read(item)
    assert entry["title"] == tidy(item["title"])
    assert entry["alternate_title3"] == tidy(item["container-title"])
    assert entry["abstract"] == tidy(item["abstract"])
    assert [_letters(name) for name in entry["authors"]] == [
        _letters(name.get("literal") or name["family"] + name["given"]) for name in item["author"]
    ]


def _letters(name):
    """Return a name without spaces, commas and semicolons, which separate in RIS."""
    return "".join(tidy(name).replace(",", "").replace(";", "").split())


def test_pages_are_split_in_linear_time():
    import abstool
    from abstool.formats.ris import _RANGE

    assert not _RANGE.fullmatch("1" * 200_000)  # which took minutes
    item = {"type": "article-journal", "title": "T", "page": "e12–e34"}
    assert "SP  - e12\r\nEP  - e34\r\n" in abstool.cite([item], "ris")[0]


def test_the_number_of_an_article_with_a_hyphen_is_no_range():
    text = render(ITEM | {"page": "e00123-20"})
    assert "SP  - e00123-20\r\n" in text
    assert "EP" not in text
    assert items(text)[0]["page"] == "e00123-20"


def test_pages_with_hyphens_of_their_own_are_read_as_they_were_written():
    text = render(ITEM | {"page": "45-1–45-9"})
    assert "SP  - 45-1\r\nEP  - 45-9\r\n" in text
    assert items(text)[0]["page"] == "45-1–45-9"


RIS = """\
TY  - EJOUR
ID  - 17
AU  - Roe, A. B.
TI  - Imagined tea
T2  - Journal of Tea
PY  - 1998
SN  - 1234-5678
SN  - 1234-5679
UR  - https://x.org/1
UR  - https://x.org/2
DA  - SPR
AN  - 12345678
DB  - Medline
C2  - PMC123
NV  - 3
N1  - One; Two
AD  - Here
AD  - There
KW  - tea
KW  - cups, blue
M3  - Journal Article
LK  - https://x.org/3
ER  -\x20
"""


def items(text):
    return [found.value for found in references.read(text.encode(), "ris", "refs.ris")]


def test_ris_that_was_read_is_written_with_all_its_fields():
    written = export(items(RIS), "ris").decode()
    lines = written.splitlines()
    assert [line for line in RIS.splitlines() if line not in lines] == []
    assert [line for line in lines if line not in RIS.splitlines()] == ["JF  - Journal of Tea"]
    assert items(written) == items(RIS)


def test_sponsors_of_web_of_science_are_not_authors_after_writing():
    text = "TY  - JOUR\nID  - x\nAU  - Roe, A\nA1  - Tea Corp\nTI  - T\nAN  - WOS:1\nER  -\n"
    (item,) = items(text)
    assert len(item["author"]) == 1
    assert items(export([item], "ris").decode()) == [item]


def test_fields_of_other_formats_and_odd_ones_are_not_written():
    fields = {"format": "bibtex", "values": {"NV": ["3"]}}
    assert "NV  - " not in ris({"type": "book", "title": "T", "custom": {"fields": fields}})
    odd = {
        "format": "ris",
        "values": {"ER": ["x"], "nv": ["1"], "NV": "2", "OP": [3], "RN": ["a\nb"]},
    }
    written = ris({"type": "book", "title": "T", "custom": {"fields": odd}})
    assert written.count("ER  - ") == 1
    assert [line[:2] for line in written.splitlines()] == ["TY", "ID", "TI", "RN", "ER"]
    assert "RN  - a b\r\n" in written


def test_what_is_lost_is_named():
    item = {
        "type": "book",
        "title": "T",
        "original-title": "O",
        "custom": {"fields": {"format": "bibtex", "values": {"file": ["a.pdf"]}}},
    }
    assert [*lost(item)] == ["original-title", "file"]
    assert [*lost(items(RIS)[0])] == []


def test_the_number_of_a_patent_report_or_standard_is_in_sn():
    for kind, tag in (("patent", "PAT"), ("report", "RPRT"), ("standard", "STAND")):
        item = {"type": kind, "title": "Tea", "number": "TR-12", "ISBN": "978-0-00-000000-2"}
        text = render(item)
        assert text.startswith(f"TY  - {tag}\r\n")
        assert "SN  - TR-12\r\nSN  - 978-0-00-000000-2\r\n" in text
        assert "IS  - " not in text


def test_a_paper_has_its_meeting_in_t2_and_its_proceedings_in_c3():
    item = {"title": "Tea", "type": "paper-conference", "event-title": "Tea Conf"}
    item |= {"container-title": "Tea Proceedings", "event-place": "Paris"}
    text = render(item)
    assert "T2  - Tea Conf\r\nC3  - Tea Proceedings\r\n" in text
    assert "CY  - Paris\r\n" in text
    assert list(lost(item)) == []


@pytest.mark.parametrize(
    ("title", "values"),
    [
        ("Tea Proceedings", {}),
        ("Tea Proceedings", {"AN": ["WOS:000123456700001"]}),
        ("Tea Conf", {}),
        ("Tea Proceedings", {"C3": ["Another book"]}),
    ],
)
def test_a_paper_with_its_meeting_is_read_as_it_was_written(title, values):
    item = {"title": "Tea", "type": "paper-conference", "event-title": "Tea Conference of Leafton"}
    item |= {"container-title": title, "event-place": "Paris", "author": [{"literal": "Group"}]}
    item |= {"custom": {"fields": {"format": "ris", "values": values}}} if values else {}
    (found,) = items(render(item))
    same = ("type", "title", "event-title", "container-title", "event-place")
    assert {name: found.get(name) for name in same} == {name: item[name] for name in same}


@pytest.mark.parametrize(
    ("kind", "variables"),
    [
        ("paper-conference", {"container-title": "Leaf Days 2020", "publisher-place": "Oslo"}),
        ("paper-conference", {"event-title": "Leaf Days 2020", "event-place": "Oslo"}),
        ("paper-conference", {"event-title": "Leaf Days 2020"}),
        ("speech", {"event-title": "Leaf Days 2020", "event-place": "Oslo"}),
        ("speech", {"event-title": "Leaf Days 2020"}),
    ],
)
def test_a_printed_paper_and_one_that_was_only_presented_are_told_apart(kind, variables):
    names = ("type", "container-title", "event-title", "publisher-place", "event-place")
    (found,) = items(render({"title": "Tea", "type": kind, **variables}))
    assert {name: found[name] for name in names if name in found} == {"type": kind, **variables}


def test_proceedings_of_bibtex_are_no_meeting_in_ris():
    text = "@inproceedings{x, title = {T}, booktitle = {Leaf Days}, address = {Oslo}, year = 2020}"
    (found,) = references.read(text.encode(), "bibtex", "x.bib")
    (again,) = items(export([found.value], "ris").decode())
    assert (again["type"], again["container-title"]) == ("paper-conference", "Leaf Days")


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        ("CPAPER", "T2  - Leaf Days\nCY  - Oslo\n"),
        ("CPAPER", "T2  - Leaf Papers\nCY  - Oslo\nSP  - 5\n"),
        ("CONF", "T2  - Leaf Papers\nCY  - Oslo\n"),
        ("CPAPER", "T2  - Leaf\nVL  - 1\nIS  - Suppl 2\n"),
        ("SLIDE", "T2  - Leaf Days\n"),
    ],
)
def test_the_type_of_a_paper_stays_in_ris(kind, lines):
    (found,) = items(f"TY  - {kind}\nID  - x\nTI  - Tea\n{lines}ER  - \n")
    written = export([found], "ris").decode()
    assert written.startswith(f"TY  - {kind}\r\n")
    assert written.count("TY  - ") == 1
    assert items(written) == [found]


def test_a_date_in_words_is_in_the_place_of_the_year():
    assert "PY  - in press\r\n" in render(ITEM | {"issued": {"literal": "in press"}})


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("Summer\u2013Fall 2018", "2018///Summer-Fall"),
        ("Fall 2018\u2013Spring 2019", "2018///Fall 2018-Spring 2019"),
        ("December\u2013January 2018", "2018///December-January"),
    ],
)
def test_a_range_in_words_has_its_year_in_the_place_of_the_year(words, date):
    entry = render(ITEM | {"issued": {"literal": words}})
    assert f"PY  - 2018\r\nDA  - {date}\r\n" in entry


def test_the_version_of_a_data_set_is_in_the_place_of_the_edition():
    item = {"type": "dataset", "title": "Tea data", "version": "1.2", "publisher": "Tea House"}
    entry = render(item)
    assert "ET  - 1.2\r\n" in entry
    assert list(lost(item)) == []
    assert list(lost({"type": "book", "title": "Tea", "version": "2"})) == ["version"]


@pytest.mark.parametrize(
    "issued",
    [
        {"date-parts": [[2020, 1], [2020, 2]]},
        {"date-parts": [[2019], [2021]]},
        {"date-parts": [[2020, 5, 31], [2020, 6, 2]]},
        {"date-parts": [[2019]], "season": "4"},
        {"date-parts": [[2019]], "season": "1"},
        {"date-parts": [[2019], [2020]], "season": "4"},
        {"literal": "Winter\u2013Spring 2019"},
        {"literal": "Fall 2019\u2013Spring 2020"},
        {"literal": "December\u2013January 2019"},
        {"literal": "December 28\u2013January 3 2019"},
        {"literal": "January, July 2019"},
        {"literal": "January 2019\u20132020"},
    ],
)
def test_ranges_and_seasons_are_read_back(issued):
    (found,) = references.read(render({**ITEM, "issued": issued}).encode(), "ris", "refs")
    assert found.value["issued"] == issued


@pytest.mark.parametrize(
    ("meeting", "read"),
    [
        ("5th Int. Conf. on Tea", "5th Int. Conf. on Tea"),
        ("5. Kongress", "5. Kongress"),
        ("Tea 2020", "Tea 2020"),
    ],
)
def test_the_name_of_a_meeting_is_not_cut_short(meeting, read):
    item = {**ITEM, "event-title": meeting, "note": "A note"}
    (found,) = references.read(render(item).encode(), "ris", "refs")
    assert (found.value["event-title"], found.value["note"]) == (read, "A note")


@pytest.mark.parametrize(
    ("form", "fields", "lines"),
    [
        (
            "nbib",
            {"IS": ["2326-5191 (Linking)"], "GN": ["A note"]},
            ["SN  - 2326-5191", "N1  - A note"],
        ),
        ("wos", {"EI": ["2326-5191"], "UT": ["WOS:1"]}, ["SN  - 2326-5191", "AN  - WOS:1"]),
        ("enw", {"@": ["(Print)\n2345-6789"], "M": ["12"]}, ["SN  - 2345-6789", "AN  - 12"]),
        ("bibtex", {"eissn": ["2345-6789"]}, ["SN  - 2345-6789"]),
        ("csv", {"issn": ["2345-6789"]}, ["SN  - 2345-6789"]),
    ],
)
def test_fields_of_other_formats_have_the_tags_that_say_the_same(form, fields, lines):
    item = {**ITEM, "custom": {"fields": {"format": form, "values": {**fields, "ZZ": ["1"]}}}}
    assert set(lines) <= set(render(item).splitlines())
    assert [*lost(item)] == ["ZZ"]


@pytest.mark.parametrize(
    ("fields", "numbers"),
    [
        ("isbn = {978-3-16-148410-0, 316148410X}", ["978-3-16-148410-0", "316148410X"]),
        ("isbn = {9783161484100 (pbk) 9780306406157}", ["9783161484100", "9780306406157"]),
        ("issn = {2049-3630; 2345-6789}", ["2049-3630", "2345-6789"]),
        ("issn = {2049-3630 (Print) 2345-6789 (Online)}", ["2049-3630", "2345-6789"]),
        ("issn = {2049-3630}, eissn = {2345-6789}", ["2049-3630", "2345-6789"]),
        ("isbn = {9783161484100, none}", ["9783161484100"]),
    ],
)
def test_every_issn_and_isbn_of_bibtex_is_written(fields, numbers):
    (found,) = references.read(f"@book{{a, title = {{T}}, {fields}}}".encode(), "bibtex", "a.bib")
    lines = render(found.value).splitlines()
    assert [line[6:] for line in lines if line.startswith("SN")] == numbers
    assert [*lost(found.value)] == []
