"""The tagged formats of PubMed, Web of Science, EndNote, RefWorks and Ovid."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import abstool
from abstool.citing import export
from abstool.errors import AbstoolError
from abstool.inputs import references

REFERENCES = Path(__file__).parents[2] / "fixtures" / "references"


def outcomes(text):
    data = text.encode()
    return [*references.read(data, references.form_of(data), "refs")]


def items(text):
    found = outcomes(text)
    assert [str(outcome.error) for outcome in found if outcome.error] == []
    return [outcome.value for outcome in found]


NBIB = (REFERENCES / "pubmed.nbib").read_text("utf-8")


def test_pubmeds_format_is_read_with_all_that_it_says():
    first, second = items(NBIB)
    fields = first["custom"].pop("fields")
    assert first == {
        "type": "article-journal",
        "PMID": "12345678",
        "PMCID": "PMC123456",
        "author": [
            {"literal": "Tea Study Group"},
            {"family": "Roe", "given": "Ann B"},
            {"family": "King", "given": "Martin L", "suffix": "Jr"},
        ],
        "title": "Imagined effects of tea on joints",
        "issued": {"date-parts": [[2020, 10]]},
        "volume": "72",
        "issue": "suppl 10",
        "page": "e123",
        "DOI": "10.1000/tea.1",
        "language": "eng",
        "abstract": "BACKGROUND: We drank tea. RESULTS: It was hot.",
        "container-title": "Journal of imagined tea",
        "container-title-short": "J Tea",
        "ISSN": "2326-5205",
        "keyword": "tea, green; joints",
        "custom": {"affiliations": [{"label": "", "name": "Tea University, London."}]},
    }
    assert fields["format"] == "nbib"
    assert fields["values"] == {
        "OWN": ["NLM"],
        "IS": ["2326-5191 (Linking)"],
        "PT": ["Journal Article"],
        "SO": ["J Tea. 2020 Oct;72 Suppl 10:e123."],
    }
    assert (second["title"], second["issue"], second["author"]) == (
        "[Der Tee]",
        "4 suppl 2",
        [{"family": "Doe", "given": "B"}],
    )
    assert second["issued"] == {"date-parts": [[1998]], "season": "3"}


def test_a_retracted_work_has_a_warning():
    first, second = outcomes(NBIB)
    assert (first.warnings, second.warnings) == ((), ("this work was retracted",))
    (titled,) = outcomes("%0 Journal Article\n%T RETRACTED ARTICLE: Effects of tea\n%J J Tea\n")
    assert titled.warnings == ("this work was retracted",)


@pytest.mark.parametrize(
    ("called", "doi", "said"),
    [
        ("10.1000/j.tea(2020)1", "10.1000/j.tea(2020)1", 0),
        ("10.1000.10/tea", "10.1000.10/tea", 0),
        ("06.2009/TEA.398", None, 1),
        ("10.231/TEA.0b013e", None, 1),
        ("S0140-6736(20)1", None, 1),
    ],
)
def test_what_pubmed_calls_a_doi_is_one(called, doi, said):
    text = f"PMID- 12345678\nTI  - Tea.\nLID - {called} [doi]\nAID - {called} [doi]\n"
    (found,) = outcomes(text)
    assert found.value.get("DOI") == doi
    warning = f"'{called}' is not a DOI; left it out"
    assert found.warnings == (warning,) * said


def test_fields_of_pubmed_that_ris_has_are_written():
    (item,) = items(
        "PMID- 12345678\nPMC - PMC123.2\nTI  - Tea.\nLA  - eng\nLA  - spa\nGN  - A note\n"
        "ISBN- 9780306406157\nISBN- 0306406152\nAD  - &quot;Tea&quot; Clinic, Bonn.\n"
    )
    lines = export([item], "ris").decode().splitlines()
    for line in ("C2  - PMC123.2", "LA  - eng", "LA  - spa", "N1  - A note", "SN  - 9780306406157"):
        assert line in lines
    assert {"SN  - 0306406152", 'AD  - "Tea" Clinic, Bonn.'} <= {*lines}


def test_a_chapter_of_a_book_in_pubmeds_format_is_one():
    (item,) = items("PMID- 12345678\nTI  - Green tea.\nBTI - A book of tea.\nPB  - Tea Press\n")
    assert (item["type"], item["title"], item["container-title"], item["publisher"]) == (
        "chapter",
        "Green tea",
        "A book of tea",
        "Tea Press",
    )


def test_ovids_entries_in_pubmeds_tags_are_read():
    found = items(
        "<1>\nUI  - 12345678\nTI  - First tea.\n\n<2>\nUI  - 23456789\nTI  - Second tea.\n"
    )
    assert [item["title"] for item in found] == ["First tea", "Second tea"]


WOS = (REFERENCES / "wos.ciw").read_text("utf-8")


def test_web_of_sciences_format_keeps_what_a_meeting_abstract_is():
    first, second = items(WOS)
    assert first["custom"].pop("fields")["values"] == {
        "PT": ["J"],
        "DT": ["Meeting Abstract"],
        "EI": ["2326-5205"],
        "UT": ["WOS:000000000000001"],
    }
    assert first["custom"] == {
        "abstract_number": "0123",
        "affiliations": [
            {"label": "", "name": "[Roe, Ann; Doe, Bob] Univ Tea, London, England."},
            {"label": "", "name": "[Nguyen Van An] Inst Tea, Hanoi, Vietnam."},
        ],
    }
    assert first["author"] == [
        {"family": "Roe", "given": "Ann"},
        {"family": "Doe", "given": "Bob"},
        {"family": "Nguyen", "given": "V. A."},
        {"literal": "Tea Study Group"},
    ]
    expected = {
        "genre": "abstract",
        "issue": "suppl 10",
        "page": "Abstract 0123",
        "event-title": "ACR Convergence",
        "event-date": {"date-parts": [[2020, 11, 5], [2020, 11, 9]]},
        "title": "Imagined Effects of Tea on Joints",
        "issued": {"date-parts": [[2020, 10]]},
        "PMID": "12345678",
        "keyword": "tea, green tea, GREEN-TEA",
        "ISSN": "2326-5191",
    }
    assert expected.items() <= first.items()
    assert second["page"] == "809"
    assert "author" not in second


@pytest.mark.parametrize(
    ("lines", "short", "kept"),
    [
        ("J9 COMPUT VIS MILK", None, {"J9": ["COMPUT VIS MILK"]}),
        (
            "J9 COMPUT VIS MILK\nJI Comput. Vis. Milk",
            "Comput. Vis. Milk",
            {"J9": ["COMPUT VIS MILK"]},
        ),
    ],
)
def test_the_abbreviation_in_capitals_of_web_of_science_is_none_of_the_journals(lines, short, kept):
    (item,) = items(f"PT J\nTI Tea\nSO COMPUTER VISION OF MILK\n{lines}\nPY 2019\nER\n")
    assert item.get("container-title-short") == short
    assert item["custom"]["fields"]["values"] == {"PT": ["J"], **kept}


def test_a_date_of_early_access_has_its_year_in_a_field_of_its_own():
    (item,) = items("PT J\nTI Tea\nSO J TEA\nEA JAN\nEY 2019\nER\n")
    assert item["issued"] == {"date-parts": [[2019, 1]]}


def test_web_of_sciences_parts_of_issues_and_pages_with_a_hyphen_are_read():
    text = "PT J\nTI Tea\nSO J TEA\nVL 12\nIS 3\nPN 2\nBP 45-1\nEP 45-9\nER\n"
    (item,) = items(text)
    assert (item["issue"], item["page"]) == ("3 pt 2", "45-1–45-9")


ENW = (REFERENCES / "endnote.enw").read_text("utf-8")


def test_endnotes_tagged_format_is_read():
    first, second = items(ENW)
    assert first == {
        "type": "article-journal",
        "author": [{"family": "Roe", "given": "Ann"}, {"literal": "Tea Study Group"}],
        "title": "Imagined effects of tea",
        "container-title": "J Tea",
        "volume": "3",
        "issue": "2",
        "page": "1-5",
        "issued": {"date-parts": [[2020, 3, 15]]},
        "ISSN": "1234-5678",
        "DOI": "10.1000/xyz",
        "keyword": "tea, green tea",
        "URL": "https://example.org/tea",
        "abstract": "First line. Second line.",
        "PMID": "12345678",
        "custom": {"fields": {"format": "enw", "values": {"W": ["NLM"]}}},
    }
    assert (second["type"], second["container-title"], second["note"]) == (
        "chapter",
        "A book of tea",
        "In: tea",
    )
    assert second["editor"] == [{"family": "Poe", "given": "Cy"}]
    assert second["custom"]["fields"]["values"] == {"9": ["Chapter"]}


@pytest.mark.parametrize(
    ("lines", "genre"),
    [
        ("%V PhD", "PhD"),
        ("%V PhD\n%9 thesis", "PhD thesis"),
        ("%9 MD thesis", "MD thesis"),
        ("%V MD\n%9 MD thesis", "MD thesis"),
    ],
)
def test_the_volume_of_a_thesis_of_endnote_is_the_degree(lines, genre):
    (item,) = items(f"%0 Thesis\n%A Roe, Ann\n%T Tea\n%D 2019\n{lines}\n")
    assert (item["genre"], item.get("volume")) == (genre, None)


def test_the_secondary_title_of_a_thesis_of_endnote_is_the_department():
    (item,) = items("%0 Thesis\n%A Roe, Ann\n%T Tea\n%B Department of Milk\n%V PhD\n")
    assert "container-title" not in item
    assert item["custom"]["fields"]["values"] == {"B": ["Department of Milk"]}
    (item,) = items("%0 Thesis\n%A Roe, Ann\n%T Tea\n%B Diss Abstr Tea\n%V 79\n")
    assert (item["container-title"], item["volume"]) == ("Diss Abstr Tea", "79")


def test_the_authors_of_an_edited_book_of_endnote_are_its_editors():
    (item,) = items("%0 Edited Book\n%A Roe, Ann\n%T Tea\n%D 2019\n")
    assert item["editor"] == [{"family": "Roe", "given": "Ann"}]
    assert "author" not in item


def test_without_types_a_blank_line_separates_entries_of_endnote():
    found = items("%A Roe, Ann\n%T First\n%J J Tea\n\n%A Doe, Bob\n%T Second\n%J J Tea\n")
    assert [item["title"] for item in found] == ["First", "Second"]


REFWORKS = (REFERENCES / "refworks.txt").read_text("utf-8")


def test_refworks_tagged_format_is_read():
    first, second = items(REFWORKS)
    assert first["custom"] == {
        "fields": {"format": "refworks", "values": {"SR": ["Electronic(1)"]}}
    }
    expected = {
        "id": "17",
        "page": "1-5",
        "issued": {"date-parts": [[2020, 3, 15]]},
        "abstract": "We drank tea. DNA was not read.",
        "keyword": "tea, joints",
        "container-title-short": "J Imag Tea",
    }
    assert expected.items() <= first.items()
    assert [name["family"] for name in first["author"]] == ["Roe", "Doe", "Poe"]
    assert (second["type"], second["container-title"]) == ("chapter", "A book of tea")


OVID = """\
<1>
Unique Identifier
  12345678
Title
  Imagined effects of tea.[Article]
Source
  {source}
Authors
  {authors}
Institution
  (1) Tea University
  (2) Tea Institute
Abstract
  We drank tea.
DOI Number
  https://dx.doi.org/10.1000/xyz
Publication Type
  Journal Article.
Link to the Ovid Full Text or citation
 https://example.org/ovid
"""
SOURCES = {
    "Journal of Tea. 3(2):1-5, 2020 Mar.": ("Journal of Tea", "3", "2", "1-5", [[2020, 3]]),
    "Ecotea.   8(6):1048-1064, September 2015.": ("Ecotea", "8", "6", "1048-1064", [[2015, 9]]),
    "J. Tea. 12 Suppl 3:S4-S5, 2019.": ("J. Tea", "12", "suppl 3", "S4-S5", [[2019]]),
    "Tea Lett. 72 (Supplement 10) (pp 12-13), 2020. Date of Publication: October 2020.": (
        "Tea Lett", "72", "suppl 10", "12-13", [[2020, 10]],
    ),
    "Tea Lett. 72 (3) (no pagination), 2020. Article Number: e12. Date of Publication: May 2020.": (
        "Tea Lett", "72", "3", "e12", [[2020, 5]],
    ),
    "Tea Lett (2020) 72:3 (12-13). Date of Publication: 6 May 2020": (
        "Tea Lett", "72", "3", "12-13", [[2020, 5, 6]],
    ),
    "Tea Lett (2020) 72 Supplement 10 (12-13). Date of Publication: 2020": (
        "Tea Lett", "72", "suppl 10", "12-13", [[2020]],
    ),
    "Tea Lett (2020) 72 Article Number: e12. Date of Publication: 2020": (
        "Tea Lett", "72", None, "e12", [[2020]],
    ),
    "J Tea. 2020 May;72(3 Suppl 1):S12-S13. doi: 10.1000/xyz. Epub 2019 May 6.": (
        "J Tea", "72", "3 suppl 1", "S12-S13", [[2020, 5]],
    ),
    "Proc (Tea). 2020;72 Suppl 10:123.e1-123.e9.": (
        "Proc (Tea)", "72", "suppl 10", "123.e1-123.e9", [[2020]],
    ),
    "J Tea. 2020 May 6. doi: 10.1000/xyz.": ("J Tea", None, None, None, [[2020, 5, 6]]),
    "Tea Notes. Vol 28(2) April 2015, 103-106.": ("Tea Notes", "28", "2", "103-106", [[2015, 4]]),
    "J. Tea. Vol.12(3), 2020, pp. 5-9.": ("J. Tea", "12", "3", "5-9", [[2020]]),
    "Tea Lett. (no pagination), 2019. Date of Publication: 2019.": (
        "Tea Lett", None, None, None, [[2019]],
    ),
    "Journal of Tea.": ("Journal of Tea", None, None, None, None),
}  # fmt: skip


@pytest.mark.parametrize("source", SOURCES)
def test_the_source_of_ovid_has_journal_volume_issue_pages_and_date(source):
    (item,) = items(OVID.format(source=source, authors="Roe A; Doe B"))
    found = [item.get(name) for name in ("container-title", "volume", "issue", "page")]
    issued = item.get("issued", {}).get("date-parts")
    assert (*found, issued) == SOURCES[source]
    assert (item["PMID"], item["title"], item["DOI"]) == (
        "12345678",
        "Imagined effects of tea",
        "10.1000/xyz",
    )
    assert len(item["custom"]["affiliations"]) == 2


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "Poe, Bob [Ed]; Moe, Cy [Ed]. (2010). Tea: A book. (pp. 45-67). xii, 500 pp. {}; US.",
            {"type": "chapter", "container-title": "Tea: A book", "page": "45-67"}
            | {"editor": [{"family": "Poe", "given": "Bob"}, {"family": "Moe", "given": "Cy"}]},
        ),
        (
            "Poe, Bob (Ed). (2010). Tea book, 2nd ed. (pp. 45-67). {}.",
            {"container-title": "Tea book", "edition": "2", "page": "45-67"},
        ),
        ("(2010). Tea book. xii, 500 pp. {}; US.", {"type": "book"}),
    ],
)
def test_the_source_of_a_chapter_of_ovid_has_its_book(source, expected):
    source = source.format("Leafton, NY, US: Leaf Press")
    (item,) = items(OVID.format(source=source, authors="Roe A"))
    expected |= {"publisher": "Leaf Press", "publisher-place": "Leafton, NY, US"}
    expected |= {"issued": {"date-parts": [[2010]]}, "title": "Imagined effects of tea"}
    assert {name: item.get(name) for name in expected} == expected


def test_a_book_of_ovid_without_a_title_has_that_of_its_source():
    source = "(2010). Tea book. xii, 500 pp. Leafton, NY, US: Leaf Press; US."
    text = OVID.format(source=source, authors="Roe A")
    (item,) = items(text.replace("Title\n  Imagined effects of tea.[Article]\n", ""))
    assert (item["type"], item["title"]) == ("book", "Tea book")


def test_a_conference_in_the_source_of_ovid_is_the_meeting():
    source = "Tea Lett. Conference: Tea Convergence 2020. Online. 72 (Supplement 10) (pp 12), 2020."
    (item,) = items(OVID.format(source=source, authors="Roe A"))
    assert (item["container-title"], item["event-title"], item["issue"]) == (
        "Tea Lett",
        "Tea Convergence 2020",
        "suppl 10",
    )
    assert item["event-place"] == "Online"


def test_ovids_entries_in_pubmeds_tags_have_journal_and_meeting_in_the_source():
    first, second = items(
        "<1. >\nVN  - Ovid Technologies\nDB  - Embase\nUI  - 620000001\nTI  - First tea.\n"
        "SO  - Blood. Conference: Tea Meeting, TM 2018. Spain. 132 (Supplement 1) (pp 12), 2018."
        " Date of Publication: May 2018.\nAU  - Roe A.\nDO  - http://dx.doi.org/10.1000/xyz\n"
        "PT  - Conference Abstract\nYR  - 2018\n\n<2. >\nVN  - Ovid Technologies\nDB  - Embase\n"
        "UI  - 12345678\nTI  - Second tea.\nAU  - Doe B.\nYR  - 2019\n"
    )
    expected = {
        "title": "First tea",
        "container-title": "Blood",
        "event-title": "Tea Meeting, TM 2018",
        "event-place": "Spain",
        "volume": "132",
        "issue": "suppl 1",
        "page": "12",
        "genre": "abstract",
        "DOI": "10.1000/xyz",
        "issued": {"date-parts": [[2018, 5]]},
    }
    assert {name: first.get(name) for name in expected} == expected
    assert second["issued"] == {"date-parts": [[2019]]}
    assert "PMID" not in first.keys() | second.keys()


@pytest.mark.parametrize(
    ("issue", "expected"),
    [
        ("Supplement_1", "suppl 1"),
        ("15_suppl", "15 suppl"),
        ("4 (Suppl 2)", "4 suppl 2"),
        ("4, Supplement", "4 suppl"),
        ("Supp. 3", "suppl 3"),
        ("No. 4", "4"),
        ("nan", None),
        ("Supported", "Supported"),
    ],
)
def test_a_supplement_is_read_in_every_form(issue, expected):
    (item,) = items(f"PMID- 12345678\nTI  - Tea.\nTA  - J Tea\nIP  - {issue}\n")
    assert item.get("issue") == expected


@pytest.mark.parametrize(
    ("volume", "issue", "expected"),
    [
        ("12 Suppl 3", "5", ("12", "5 suppl 3")),
        ("12 Suppl 3", "5 Suppl 3", ("12", "5 suppl 3")),
        ("12 Suppl 3", "", ("12", "suppl 3")),
        ("12", "5", ("12", "5")),
    ],
)
def test_a_supplement_beside_an_issue_of_pubmed_belongs_to_it(volume, issue, expected):
    (item,) = items(f"PMID- 12345678\nTI  - Tea.\nTA  - J Tea\nVI  - {volume}\nIP  - {issue}\n")
    assert (item["volume"], item["issue"]) == expected


def test_a_number_of_another_library_is_no_pmid():
    (item,) = items("PMID- NBK1234\nTI  - Tea.\nBTI - A book of tea.\n")
    assert "PMID" not in item


@pytest.mark.parametrize(
    ("authors", "families"),
    [
        ("Roe, Ann 1;  Doe, Bob 1;  Poe, Cy 2", ["Roe", "Doe", "Poe"]),
        ("Roe, Ann MD *;  Doe, Bob MD, PhD +", ["Roe", "Doe"]),
        ("Roe, Ann RN; PhD; FAAN 1", ["Roe"]),
        ("Roe A.  Doe B.", ["Roe", "Doe"]),
        ("Moss I. Fern JP. van Leaf D.", ["Moss", "Fern", "van Leaf"]),
        ("Moss I 1. Fern J P *.", ["Moss", "Fern"]),
        ("Moss, Ida B. Fern, Jo. Leaf, Di.", ["Moss", "Fern", "Leaf"]),
        ("Moss, I. B. Fern, J. St. Leaf, D.", ["Moss", "Fern", "St. Leaf"]),
        ("Moss, Ida MD. Fern, Jo PhD.", ["Moss", "Fern"]),
        ("Moss, Ida B.", ["Moss"]),
        ("St. Moss, Ida", ["St. Moss"]),
    ],
)
def test_marks_and_degrees_are_no_part_of_ovids_names(authors, families):
    (item,) = items(OVID.format(source="J Tea. 3(2):1-5, 2020.", authors=authors))
    assert [name["family"] for name in item["author"]] == families


@pytest.mark.parametrize(
    ("authors", "names"),
    [
        ("Tea University. Department of Milk.", ["Tea University. Department of Milk"]),
        ("Moss Organization. Office for Ferns.", ["Moss Organization. Office for Ferns"]),
        ("Tea Institute B. Milk Institute C.", ["Tea Institute B. Milk Institute C"]),
        ("Moss I. Tea Institute. Branch of Oslo.", ["Moss", "Tea Institute. Branch of Oslo"]),
        ("Tea Study Group. Moss I. Fern JP.", ["Tea Study Group", "Moss", "Fern"]),
        ("Moss, Ida. Ministry of Tea. Fern, Jo.", ["Moss", "Ministry of Tea", "Fern"]),
        ("Moss, I. Moss, Sr.", ["Moss"]),
        ("Moss IA. Tea Group, Oslo. Fern JP.", ["Moss", "Tea Group, Oslo", "Fern"]),
        ("Moss, Ida; Tea Group, Oslo, UK; Fern, Jo", ["Moss", "Tea Group, Oslo, UK", "Fern"]),
        ("Leaf Institute, Oslo.  Fern J.P.", ["Leaf Institute, Oslo", "Fern"]),
        ("Fern, Jo. Leaf, III.", ["Fern"]),
        ("Fern JP. Leaf I Jr. van der Moss C.", ["Fern", "Leaf", "van der Moss"]),
    ],
)
def test_ovids_groups_are_not_split_before_their_parts(authors, names):
    (item,) = items(OVID.format(source="J Tea. 3(2):1-5, 2020.", authors=authors))
    assert [name.get("family") or name["literal"] for name in item["author"]] == names


def test_groups_that_only_ovids_short_names_have_are_read():
    text = OVID.format(source="J Tea. 3(2):1-5, 2020.", authors="Moss I. Tea Study Group. Fern JP.")
    (item,) = items(text + "Authors Full Name\n  Moss, Ida. Fern, Jo P.\n")
    assert item["author"][:2] == [
        {"family": "Moss", "given": "Ida"},
        {"family": "Fern", "given": "Jo P"},
    ]
    assert item["author"][2:] == [{"literal": "Tea Study Group"}]


ALL = {"nbib": NBIB, "wos": WOS, "enw": ENW, "refworks": REFWORKS, "ovid": OVID}


@pytest.mark.parametrize("form", ALL)
def test_each_entry_has_the_line_that_it_begins_on(form):
    lines = ["", *ALL[form].splitlines()]
    for outcome in outcomes(ALL[form]):
        assert lines[int(outcome.subject.rpartition(" ")[2])][:4] in (
            "PMID", "PT J", "%0 J", "%0 B", "RT J", "RT B", "<1>",
        )  # fmt: skip


@pytest.mark.parametrize("form", ALL)
@settings(max_examples=30)
@given(data=st.data())
def test_a_damaged_file_gives_items_or_errors(form, data):
    text = ALL[form]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    damaged = text[:start] + data.draw(st.text(max_size=5)) + text[end:]
    try:
        found = [*references.read(damaged.encode("utf-8", "replace"), form, "refs")]
    except AbstoolError:  # no entry is left
        return
    for outcome in found:
        assert outcome.value or isinstance(outcome.error, AbstoolError)
        if outcome.value:
            abstool.cite([outcome.value], style="json")


@pytest.mark.parametrize(
    ("pages", "read"),
    [("e12-e12", "e12"), ("809-+", "809"), ("321-8", "321-8"), ("S1-S5", "S1-S5")],
)
def test_a_range_of_one_page_is_one_page(pages, read):
    (item,) = items(f"PMID- 12345678\nTI  - Tea.\nPG  - {pages}\n")
    assert item["page"] == read


@pytest.mark.parametrize(
    "text",
    [
        "PMID- 12345678\nTI  - TITLE.\nFAU - M&uuml;ller, A\n",
        "%0 Journal Article\n%T TITLE\n%A M&uuml;ller, A\n",
        "PT J\nAU M&uuml;ller, A\nTI TITLE\nER\n",
        'Title,Authors,Year\nTITLE,"M&uuml;ller, A",2020\n',
    ],
)
def test_character_references_are_resolved_in_every_format(text):
    (item,) = items(text.replace("TITLE", "Tea &amp; milk (P&lt;0.05) in&nbsp;caf&eacute;s"))
    assert item["title"] == "Tea & milk (P<0.05) in caf\u00e9s"
    assert item["author"] == [{"family": "M\u00fcller", "given": "A"}]


def test_the_nbib_of_eric_is_read():
    entry = (
        "OWN - ERIC\nTI  - Tea {}\nAU  - Moss, Ida\nJT  - Journal of Tea\n"
        "AID - http://dx.doi.org/10.1000/tea{}\nOID - EJ1\nVI  - 3\nDP  - Nov 2022\n\n"
    )
    data = ("\r\n" + (entry * 2).format(1, 1, 2, 2)).encode()
    assert references.form_of(data) == "nbib"
    first, second = (found.value for found in references.read(data, "nbib", "x.nbib"))
    assert first["author"] == [{"family": "Moss", "given": "Ida"}]
    assert (first["title"], second["title"]) == ("Tea 1", "Tea 2")
    assert (first["DOI"], second["DOI"]) == ("10.1000/tea1", "10.1000/tea2")


@pytest.mark.parametrize(
    ("number", "page"),
    [
        ("m1198", "m1198"),
        ("tea123", "tea123"),
        ("e00123-20", "e00123-20"),
        ("e1234", "e1234"),
        ("00123-2020", "00123-2020"),
        ("e2021GL093456", "e2021GL093456"),
        ("S0140-6736(20)30183-5", None),
        ("S0140673620301835", None),
        ("tea.RA120.012345", None),
    ],
)
def test_the_number_of_an_article_without_pages_is_whole(number, page):
    (item,) = items(f"PMID- 12345678\nTI  - Tea.\nLID - {number} [pii]\n")
    assert item.get("page") == page


@pytest.mark.parametrize(
    ("field", "doi"),
    [
        ("n/a", None),
        ("10.1000/tea.4; 10.1000/tea.5", "10.1000/tea.4"),
        ("https://doi.org/10.1000/tea", "10.1000/tea"),
    ],
)
def test_a_doi_of_web_of_science_is_read_as_any_other(field, doi):
    (item,) = items(f"PT J\nTI Tea\nSO J TEA\nDI {field}\nER\n")
    assert item.get("DOI") == doi


def test_the_number_of_a_patent_of_web_of_science():
    (item,) = items("PT P\nTI Tea\nPN US2020123456-A1\nER\n")
    assert (item["type"], item["number"], item.get("issue")) == ("patent", "US2020123456-A1", None)


def test_a_type_that_is_not_the_first_tag_belongs_to_the_entry_around_it():
    entry = "%A {}, A\n%0 Journal Article\n%T {}\n\n"
    found = items(entry.format("Roe", "One") + entry.format("Doe", "Two"))
    named = [(item["author"][0]["family"], item["title"]) for item in found]
    assert named == [("Roe", "One"), ("Doe", "Two")]


@pytest.mark.parametrize(
    ("lines", "variables"),
    [
        ("%0 Journal Article\n%V 3\n%] e1234", {"page": "e1234"}),
        (
            "%0 Journal Article\n%U https://x.org/a\n%U https://doi.org/10.1000/tea.2",
            {"DOI": "10.1000/tea.2", "URL": "https://x.org/a"},
        ),
        ("%0 Journal Article\n%V 3 Suppl 2", {"volume": "3", "issue": "suppl 2"}),
        ("%0 Generic\n%J Tea Lett\n%V 3\n%N 2", {"volume": "3", "issue": "2"}),
        ("%0 Report\n%@ WHO/1", {"number": "WHO/1"}),
        ("%0 Report\n%@ 9781450312345", {"ISBN": "9781450312345"}),
        ("%0 Patent\n%@ US123", {"number": "US123"}),
        ("%0 Web Page\n%V 2021\n%N 12 March", {"accessed": {"date-parts": [[2021, 3, 12]]}}),
        ("%0 Web Page\n%N 12 May 2021", {"accessed": {"date-parts": [[2021, 5, 12]]}}),
        ("%0 Web Page\n%N 12", {"number": "12"}),
        ("%0 Book\n%B Moss Books\n%V 2\n%N 31", {"collection-number": "31", "volume": "2"}),
        ("%0 Book Section\n%B Moss\n%S Moss Books\n%N 31", {"collection-number": "31"}),
        ("%0 Book\n%N 31", {"number": "31"}),
        ("%0 Computer Program\n%7 4.1", {"version": "4.1", "type": "software"}),
        ("%0 Dataset\n%7 4.1", {"version": "4.1", "type": "dataset"}),
        ("%0 Classical Work\n%7 4th", {"edition": "4th", "type": "book"}),
        (
            "%0 Edited Book\n%A Roe, A\n%E Doe, B",
            {
                "editor": [{"family": "Roe", "given": "A"}],
                "collection-editor": [{"family": "Doe", "given": "B"}],
            },
        ),
    ],
)
def test_fields_of_endnote_by_the_type_of_the_entry(lines, variables):
    (item,) = items(f"{lines}\n%T Tea\n")
    assert variables.items() <= item.items()


@pytest.mark.parametrize(
    "text",
    ["%0 Journal Article\n%T Tea\n%Z {}\n", "RT Journal Article\nT1 Tea\nNO {}\n"],
)
def test_a_note_on_a_retraction_is_said(text):
    def warnings(note):
        (outcome,) = references.read(
            (data := text.format(note).encode()), references.form_of(data), "refs"
        )
        return outcome.warnings

    assert warnings("Retraction in: Tea Lett 2021") == ("this work was retracted",)
    assert warnings("Read twice") == ()


@pytest.mark.parametrize("kind", ["Journal Article\nJF", "Generic\nJF", "Generic\nJO"])
def test_volume_and_issue_of_refworks(kind):
    (item,) = items(f"RT {kind} Tea Lett\nVO 3 Suppl 2\nIS 4\n")
    assert (item["volume"], item["issue"]) == ("3", "4 suppl 2")


def test_the_degree_of_a_thesis_and_the_pmid_of_medline_in_refworks():
    thesis, other = items("RT Dissertation/Thesis\nT1 Tea\nVO PhD\nRT Thesis\nT1 Tea\nVO 3\n")
    assert (thesis["genre"], thesis.get("volume"), other["volume"]) == ("PhD", None, "3")
    medline, agris = items(
        "RT Journal Article\nT1 Tea\nAN 123\nDB MEDLINE\nRT Book\nT1 Tea\nAN 123\nDB AGRIS\n"
    )
    assert (medline["PMID"], agris.get("PMID")) == ("123", None)


@pytest.mark.parametrize(
    ("text", "is_retracted"),
    [
        ("%0 Journal Article\n%T RETRACTED ARTICLE: Effects of tea\n%J J Tea\n", True),
        ("%0 Journal Article\n%T Tea\n%J J Tea\n%Z Retraction in: Tea Lett 2021\n", True),
        ("%0 Journal Article\n%T Tea\n%Z Roe, A.\nThis article was retracted.\n", True),
        ("%0 Journal Article\n%T Tea\n%9 Journal Article\nRetracted Publication\n", True),
        ("%0 Journal Article\n%T Tea\n%Z Retraction of: Tea Lett 2020\n", False),
        ("RT Journal Article\nT1 Tea\nJF J Tea\nNO Retraction in: Tea Lett 2021\n", True),
        ("RT Journal Article\nT1 Tea\nJF J Tea\nNO Retracted notice\n", False),
    ],
)
def test_a_note_or_title_that_says_retracted_has_a_warning(text, is_retracted):
    (found,) = outcomes(text)
    assert found.warnings == ("this work was retracted",) * is_retracted


@pytest.mark.parametrize(
    ("name", "lines", "roles"),
    [
        ("Edited Book", "%A Roe\n%E Moe", {"editor": "Roe", "collection-editor": "Moe"}),
        ("Book", "%A Roe\n%E Moe", {"author": "Roe", "collection-editor": "Moe"}),
        ("Book", "%A Roe\n%Y Poe\n%E Moe",
         {"author": "Roe", "editor": "Poe", "collection-editor": "Moe"}),
        ("Book", "%E Poe", {"editor": "Poe"}),
        ("Edited Book", "%E Poe", {"editor": "Poe"}),
        ("Electronic Book", "%A Roe\n%E Poe", {"author": "Roe", "editor": "Poe"}),
        ("Classical Work", "%A Roe\n%Y Poe\n%E Moe",
         {"author": "Roe", "editor": "Poe", "collection-editor": "Moe"}),
        ("Book Section", "%A Roe\n%E Poe\n%Y Moe",
         {"author": "Roe", "editor": "Poe", "collection-editor": "Moe"}),
    ],
)  # fmt: skip
def test_the_people_of_a_book_of_endnote_have_the_roles_of_its_type(name, lines, roles):
    (item,) = items(f"%0 {name}\n%T Tea\n%D 2019\n{lines}\n")
    found = {role: item[role] for role in ("author", "editor", "collection-editor") if role in item}
    assert {role: person.popitem()[1] for role, (person,) in found.items()} == roles


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Book", "B"),
        ("Edited Book", "B"),
        ("Book", "S"),
        ("Electronic Book", "B"),
        ("Classical Work", "B"),
        ("Report", "B"),
        ("Map", "B"),
        ("Computer Program", "B"),
        ("Government Document", "B"),
    ],
)
def test_the_secondary_title_of_a_book_of_endnote_is_its_series(name, title):
    (item,) = items(f"%0 {name}\n%A Roe, Ann\n%T Tea\n%{title} Studies of Tea\n")
    assert (item["collection-title"], item.get("container-title")) == ("Studies of Tea", None)


@pytest.mark.parametrize(
    "text",
    [
        "%A Roe, A|%0 Journal Article|%T First|%D 2020||%A Doe, B|%0 Journal Article|%T Second",
        "%A Roe, A|%0 Journal Article|%T First|||%0 Journal Article|%A Doe, B|%T Second",
        "%0 Journal Article|%A Roe, A|%T First||%E Poe, C|%A Doe, B|%0 Book|%T Second",
        "%F one|%0 Journal Article|%A Roe, A|%T First||%F two|%0 Book|%A Doe, B|%T Second",
        "%0 Journal Article|%A Roe, A|%T First|%0 Journal Article|%A Doe, B|%T Second",
        "%0 Book|%A Roe, A|%T First||%A Doe, B|%T Second|",
        "%A Roe, A|%T First|%X We drank.||It was hot.||%A Doe, B|%T Second",
        "%0 Book|%A Roe, A|%T First|%X We drank.||It was hot.||%U URL|%0 Book|%A Doe, B|%T Second",
        "%0 Book|%A Roe, A|%T First|%X We drank.||%U URL||%A Doe, B|%0 Book|%T Second",
    ],
)
def test_the_names_of_an_entry_of_endnote_are_its_own(text):
    url = "https://example.org/tea"
    found = items(text.replace("|", "\n").replace("URL", url))
    assert [(item["title"], item["author"][0]["family"]) for item in found] == [
        ("First", "Roe"),
        ("Second", "Doe"),
    ]
    assert [len(item["author"]) for item in found] == [1, 1]
    said = "We drank. It was hot." if "hot" in text else "We drank." if "drank" in text else None
    assert [item.get("abstract") for item in found] == [said, None]
    assert [item.get("URL") for item in found] == [url if "URL" in text else None, None]


ENDNOTE = "%0 {}\n%A Roe, Ann\n%T Tea\n%D 2019\n{}\n"


@pytest.mark.parametrize(
    ("name", "lines", "page", "kept"),
    [
        ("Journal Article", "%] e1234", "e1234", {}),
        ("Journal Article", "%] Article 104", "104", {}),
        ("Electronic Article", "%] ARTN 77", "77", {}),
        ("Journal Article", "%O Artn e12", "e12", {}),
        ("Journal Article", "%O Artn e12 10.1000/tea", "e12", {"O": ["Artn e12 10.1000/tea"]}),
        ("Journal Article", "%P 5-9\n%] e1234", "5-9", {"]": ["e1234"]}),
        ("Journal Article", "%] 10.1000/tea.1", None, {"]": ["10.1000/tea.1"]}),
        ("Journal Article", "%O Tea Letters 2", None, {"O": ["Tea Letters 2"]}),
        ("Edited Book", "%] Part 1", None, {"]": ["Part 1"]}),
    ],
)
def test_the_article_number_of_endnote_is_the_page(name, lines, page, kept):
    (item,) = items(ENDNOTE.format(name, lines))
    assert item.get("page") == page
    assert item.get("custom", {}).get("fields", {}).get("values", {}) == kept


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ENDNOTE.format("Report", "%@ WHO/1"), {"number": "WHO/1", "ISBN": None}),
        (ENDNOTE.format("Government Document", "%@ T-12\n%N 3"), {"number": "T-12"}),
        (ENDNOTE.format("Standard", "%@ ISO 3103"), {"number": "ISO 3103"}),
        (ENDNOTE.format("Report", "%@ 9780306406157\n%N 7"),
         {"number": "7", "ISBN": "9780306406157"}),
        (ENDNOTE.format("Patent", "%@ US123"), {"number": "US123"}),
        (ENDNOTE.format("Patent", "%@ 1234-5679\n%N 10"), {"number": "1234-5679", "ISSN": None}),
        (ENDNOTE.format("Patent", "%N 10"), {"number": "10"}),
        (ENDNOTE.format("Book", "%@ WHO/1"), {"number": None}),
        ("PT P\nTI Tea\nPN US2020123456-A1\nER\n", {"number": "US2020123456-A1", "issue": None}),
        ("PT P\nTI Tea\nIS 77\nER\n", {"number": "77", "issue": None}),
    ],
)  # fmt: skip
def test_the_number_of_a_report_or_patent_is_read(text, expected):
    (item,) = items(text)
    assert {name: item.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("name", "lines", "accessed", "number"),
    [
        ("Web Page", "%N 12 March 2021", [[2021, 3, 12]], None),
        ("Web Page", "%N March 12\n%V 2021", [[2021, 3, 12]], None),
        ("Web Page", "%N 2021-03-12\n%V 2021", [[2021, 3, 12]], None),
        ("Blog", "%N May 2021", [[2021, 5]], None),
        ("Web Page", "%V 2021", [[2021]], None),
        ("Web Page", "%N 12 March 2021\n%[ 2021/03/12", [[2021, 3, 12]], None),
        ("Web Page", "%N 1 June 2022\n%[ 2021/03/12", [[2021, 3, 12]], "1 June 2022"),
        ("Web Page", "%N 10/05/2021", "10/05/2021", None),
        ("Online Multimedia", "%N 12\n%V 2021", None, "12"),
        ("Report", "%N 12 March 2021", None, "12 March 2021"),
    ],
)
def test_the_number_of_a_web_page_of_endnote_is_the_date_of_access(name, lines, accessed, number):
    (item,) = items(ENDNOTE.format(name, lines))
    date = item.get("accessed", {})
    assert (date.get("date-parts") or date.get("literal"), item.get("number")) == (accessed, number)
    assert item.get("volume") == (None if number != "12" else "2021")


@pytest.mark.parametrize(
    "text",
    [
        "PMID- 1\nTI  - Tea\nVI  - In press\nIP  - Early View\nPG  - To appear\n",
        "%0 Journal Article\n%T Tea\n%V In press\n%N Early View\n%P To appear\n",
        "%0 Report\n%T Tea\n%V In press\n%N Early View\n%P To appear\n",
        "FN Clarivate\nVR 1.0\nPT J\nTI Tea\nVL In press\nIS Early View\nBP To appear\nER\n",
        "RT Journal Article\nT1 Tea\nVO In press\nIS Early View\nSP To appear\n",
    ],
)
def test_words_for_numbers_to_come_are_kept(text):
    (found,) = items(text)
    assert found.keys().isdisjoint({"volume", "issue", "number", "page"})
    kept = [value for (value,) in found["custom"]["fields"]["values"].values()]
    assert [value for value in kept if len(value) > 1] == ["In press", "Early View", "To appear"]


DAMAGED = [
    ("PMID- 1|TI  -Tea|JT - J Tea|DP- 2020|FAU - Roe, Ann", ["TI", "JT", "DP"]),
    ("PMID- 1|ti  - Tea|JT:Journal|DP  - 2020|FAU – Roe, Ann", ["TI", "JT", "FAU"]),
    ("PMID-\t1|TI  -\tTea|JT  -\tJ Tea|DP  -\t2020|\ufeffFAU -\tRoe, Ann", []),
    ("%0 Book|%TTea|%J J Tea|%D2020|%A = Roe, Ann", ["T", "D", "A"]),
    ("%0 - Book|% T Tea|%J J Tea| %D 2020|%ARoe, Ann", ["0", "T", "A"]),
    ("FN Tea|VR 1.0|PT J|AU- Roe, Ann|TI: Tea|SO\tJ TEA|PY 2020|ER|EF", ["AU", "TI"]),
    ("FN Tea|VR 1.0|PT J|AU - Roe, Ann|TI\tTea|SO = J TEA|PY 2020|ER|EF", ["AU", "SO"]),
    ("RT Journal Article|A1\tRoe, Ann|T1: Tea|JF - J Tea|YR  2020|ER", ["T1", "JF"]),
    ("RT Journal Article|T1 Tea| A1 Roe, Ann|JF J Tea|YR= 2020|ER", ["A1", "YR"]),
    ("<1>|Unique Identifier|  1|Title|Tea.|Authors|Roe A.|Source|Journal of Tea. 1:2, 2020.", []),
    ("<1>|Title|  Tea.|Authors||Roe A.|Language|English|Source|Journal of Tea. 1:2, 2020.", []),
]


@pytest.mark.parametrize(("text", "tags"), DAMAGED)
def test_fields_whose_tags_are_damaged_are_read(text, tags):
    lines = text.split("|")
    (found,) = outcomes("\n".join([*lines, ""]))
    item = found.value
    assert (item["title"], item["author"][0]["family"]) == ("Tea", "Roe")
    assert (item["issued"]["date-parts"], bool(item["container-title"])) == ([[2020]], True)
    said = [text.rpartition(" looks like a field; read it as ")[2] for text in found.warnings]
    assert said == tags


@pytest.mark.parametrize(
    "text",
    [
        "PMID- 1|TI  - Tea|AB  - Hot|TI: tea|      PG- 4 was",
        "%0 Book|%T Tea|%X Hot|%CI 3|% of it",
        "RT Book|T1 Tea|AB Hot|AD - cups of it",
        "<1>|Title|  Tea.|Abstract|  Hot|and Cold.",
    ],
)
def test_lines_of_an_abstract_are_no_damaged_tags(text):
    (found,) = outcomes(text.replace("|", "\n"))
    _, *lines = text.partition("Hot")[2].split("|")
    assert found.value["abstract"].split() == ["Hot", *" ".join(lines).split()]
    assert found.warnings == ()


def test_a_blank_line_before_a_second_title_of_pubmed_begins_an_entry():
    text = "PMID- 1\nOWN - NLM\nTI  - Tea\n\nAU  - Roe A\n\nOWN - NLM\nTI  - Milk\nAU  - Doe B\n"
    first, second = outcomes(text)
    assert (first.value["title"], first.value["author"][0]["family"]) == ("Tea", "Roe")
    assert (second.value["title"], second.subject) == ("Milk", "refs, line 7")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Moss Database. (3):CD001234, 2020", {"issue": "3", "page": "CD001234"}),
        ("Moss Lett. :JM2000001, 2020 Aug 01", {"page": "JM2000001", "volume": None}),
        ("Moss Lett. Publish Ahead of Print, 2020", {"container-title": "Moss Lett"}),
        ("Moss Lett. , 2020 Mar 15", {"container-title": "Moss Lett", "page": None}),
        ("Moss Lett. 12(3):7-9, May 15, 2020", {"volume": "12", "page": "7-9"}),
        ("Moss Lett June/July 2020;12(3):7-9", {"volume": "12", "issue": "3", "page": "7-9"}),
        ("Moss Lett 2020;12:e7", {"volume": "12", "page": "e7", "container-title": "Moss Lett"}),
        ("Moss Lett. 12(3 Pt 1):12-9; discussion 20, 2020", {"page": "12-9; discussion 20"}),
    ],
)
def test_sources_of_ovid_without_a_volume_or_with_a_discussion(source, expected):
    (item,) = items(OVID.format(source=f"{source}.", authors="Moss I."))
    assert {name: item.get(name) for name in expected} == expected
    assert item["container-title"].startswith("Moss")
    assert item["issued"]["date-parts"][0][0] == 2020


@pytest.mark.parametrize(
    "text",
    [
        OVID.format(source="{}", authors="Moss I."),
        "<1>\nUI  - 1\nVN  - Ovid\nTI  - Tea\nSO  - {}\n",
    ],
)
def test_a_source_in_an_unknown_form_is_said(text):
    (found,) = outcomes(text.format("J Tea 2020;12:1 (Moss)"))
    assert found.warnings == (
        "the source 'J Tea 2020;12:1 (Moss)' has an unknown form; it is not cited",
    )


def test_the_date_online_of_pubmed_counts_where_there_is_no_other():
    first, second = items(
        "PMID- 1\nTI  - Tea\nDEP - 20200115\nPMID- 2\nTI  - Milk\nDEP - 20200115\nDP  - 2021\n"
    )
    assert first["issued"] == {"date-parts": [[2020, 1, 15]]}
    assert second["issued"] == {"date-parts": [[2021]]}


def test_the_authors_of_an_edited_book_of_refworks_are_its_editors():
    first, second = items(
        "RT Book, Edited\nT1 Tea\nA1 Roe,Ann\nRT Book, Edited\nT1 Milk\nA1 Roe,Ann\nA2 Doe,Bob\n"
    )
    assert ("author" in first, first["editor"][0]["family"]) == (False, "Roe")
    assert (second["author"][0]["family"], second["editor"][0]["family"]) == ("Roe", "Doe")
