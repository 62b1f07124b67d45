"""CSL-JSON of other programs: Crossref, DataCite and Zotero."""

import json

import pytest

from abstool.inputs.archives import SavedPage
from abstool.inputs.contents import contents
from abstool.item import clean

CROSSREF = {
    "DOI": "10.1000/xyz",
    "type": "journal-article",
    "title": ["Tea &amp; <i>milk</i>"],
    "container-title": ["Journal of Tea"],
    "short-container-title": ["J Tea"],
    "article-number": "e123",
    "author": [
        {"given": "Ann", "family": "Roe", "sequence": "first", "affiliation": [{"name": "Tea U"}]},
        {"name": "Tea Study Group", "sequence": "additional"},
    ],
    "issued": {"date-parts": [[2020, 4, 30]]},
    "ISSN": ["1234-5678", "8765-4321"],
    "abstract": "<jats:p>We drank tea.</jats:p>",
    "event": {"name": "Tea 2020", "location": "London"},
}


def read(data):
    return [*contents(SavedPage("refs.json", json.dumps(data).encode()))]


def item(data):
    (outcome,) = read(data)
    assert outcome.error is None
    return outcome.value


def test_the_answer_of_crossrefs_api_is_an_item():
    assert (
        item(CROSSREF).items()
        >= {
            "type": "article-journal",
            "title": "Tea & <i>milk</i>",
            "container-title": "Journal of Tea",
            "container-title-short": "J Tea",
            "page": "e123",
            "ISSN": "1234-5678",
            "abstract": "We drank tea.",
            "event-title": "Tea 2020",
        }.items()
    )
    assert item(CROSSREF)["author"][1] == {"literal": "Tea Study Group"}


def test_the_second_of_two_titles_is_the_book_of_a_chapter():
    titles = ["Lecture Notes in Tea &amp; Milk", "Tea &amp; books"]
    read = item({"type": "book-chapter", "title": ["Tea"], "container-title": titles})
    assert read["container-title"] == "Tea & books"
    assert read["collection-title"] == "Lecture Notes in Tea & Milk"


def test_an_article_number_beside_pages_is_kept():
    read = item(CROSSREF | {"page": "1-5"})
    assert read["page"] == "1-5"
    assert read["custom"]["fields"]["values"] == {"article-number": ["e123"]}


def test_character_references_are_resolved_in_texts_and_names():
    names = [{"family": "O&#39;Roe", "given": "Ann"}, {"name": "Tea &amp; Milk Group"}]
    short = {"short-container-title": ["Tea &amp; J"], "author": names}
    read = item(CROSSREF | short)
    assert read["container-title-short"] == "Tea & J"
    assert read["author"] == [{"family": "O'Roe", "given": "Ann"}, {"literal": "Tea & Milk Group"}]
    title = "Tea &amp; milk: p &lt; 0.05"
    read = item({"id": "a&amp;b", "type": "article-journal", "title": title})
    assert (read["id"], read["title"]) == ("a&amp;b", "Tea & milk: p < 0.05")


@pytest.mark.parametrize(
    "wrap",
    [
        lambda work: {"status": "ok", "message": work},
        lambda work: {"status": "ok", "message": {"items": [work], "total-results": 1}},
        lambda work: {"references": [work]},
        lambda work: [work],
    ],
    ids=["work", "list", "references", "array"],
)
def test_an_answer_may_wrap_its_works(wrap):
    assert item(wrap(CROSSREF)) == item(CROSSREF)


def test_works_of_one_answer_are_numbered():
    found = read({"message": {"items": [CROSSREF, {"type": "journal-article", "itemType": "x"}]}})
    assert [outcome.subject for outcome in found] == [
        "refs.json, record 1, item 1",
        "refs.json, record 1, item 2",
    ]
    assert "Zotero's own JSON" in str(found[1].error)


@pytest.mark.parametrize(
    ("change", "warning"),
    [
        ({"updated-by": [{"type": "retraction", "DOI": "10.1000/r"}]}, "this work was retracted"),
        ({"update-to": [{"type": "retraction", "DOI": "10.1000/r"}]}, "notice of a retraction"),
        ({"relation": {"is-retracted-by": [{"id": "10.1000/r"}]}}, "this work was retracted"),
        ({"title": ["RETRACTED: Tea"]}, "this work was retracted"),
        ({"note": "Retracted on 2021-01-01"}, "this work was retracted"),
    ],
)
def test_a_retraction_is_a_warning(change, warning):
    (outcome,) = read(CROSSREF | change)
    (found,) = outcome.warnings
    assert warning in found
    assert read(CROSSREF)[0].warnings == ()


def test_the_lines_of_zoteros_note_are_variables():
    note = "PMID: 12345678\nPMCID: PMC123456\nOriginal Date: 1999-05\nA remark: kept\nDOI: 10.1/x"
    found = item({"type": "book", "title": "Tea", "DOI": "10.1000/xyz", "note": note})
    assert found == {
        "type": "book",
        "title": "Tea",
        "DOI": "10.1000/xyz",
        "PMID": "12345678",
        "PMCID": "PMC123456",
        "original-date": "1999-05",
        "note": "A remark: kept\nDOI: 10.1/x",
    }


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        (
            "{:original-date: 1871}{:PMID: 7654321}",
            {"original-date": {"date-parts": [[1871]]}, "PMID": "7654321"},
        ),
        ("{:genre: Atlas} {:Event Place: Bonn}", {"genre": "Atlas", "event-place": "Bonn"}),
        ("See {:PMID: 1} there", {"PMID": "1", "note": "See there"}),
        ("{:colour: red}{:PMID: 1}", {"PMID": "1", "note": "{:colour: red}"}),
        ("{:PMID: 1}\n\nA note", {"PMID": "1", "note": "A note"}),
    ],
)
def test_each_variable_in_braces_is_read(note, expected):
    found = item({"type": "book", "title": "Tea", "note": note})
    assert clean(found) == {"type": "book", "title": "Tea", **expected}


@pytest.mark.parametrize("number", ["TR-7", ["TR-7"]])
def test_crossref_has_the_number_of_a_report(number):
    assert item(CROSSREF | {"type": "report", "report-number": number})["number"] == "TR-7"


def test_dates_in_edtf_are_read():
    found = item({"type": "book", "title": "Tea", "issued": {"edtf": "2020-05/2020-06"}})
    assert found["issued"] == {"date-parts": [[2020, 5], [2020, 6]]}


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ({"date-parts": [[2020]], "season": "Winter"}, {"date-parts": [[2020]], "season": "4"}),
        ({"date-parts": [[2020]], "season": "Lent"}, {"date-parts": [[2020]], "season": "Lent"}),
        ({"date-parts": [[2020, 23]]}, {"date-parts": [[2020]], "season": "3"}),
        ({"date-parts": [["2020", "14"]]}, {"date-parts": [[2020]], "season": "2"}),
        ({"date-parts": [[2020, 21], [2020, 22]]}, {"literal": "Spring–Summer 2020"}),
        ({"date-parts": [2020, 5]}, {"date-parts": [[2020, 5]]}),
        ({"date-parts": "2020-05-06"}, {"date-parts": [[2020, 5, 6]]}),
        ({"date-parts": [["2020-07-08"]], "circa": 1}, {"date-parts": [[2020, 7, 8]], "circa": 1}),
        ({"date-parts": ["2020-05", "2020-06"]}, {"date-parts": [[2020, 5], [2020, 6]]}),
        ({"date-parts": [[2020, "Oct", 3]]}, {"date-parts": [[2020, 10, 3]]}),
        ({"date-parts": [["c. 1900"]]}, {"literal": "c. 1900"}),
        ({"date-parts": [["c. 1900"], [1910]]}, {"literal": "c. 1900–1910"}),
        ({"date-parts": [["2020", "5", "0"]]}, {"date-parts": [[2020, 5]]}),
        ({"date-parts": [["0000", "Spring"], ["2020", "Fall"]]}, {"literal": "0000 Spring–2020"}),
        ({"raw": "25/12/2020"}, {"date-parts": [[2020, 12, 25]]}),
        ({"raw": "Mar 2020", "circa": True}, {"date-parts": [[2020, 3]], "circa": True}),
        ("7 June 2020", {"date-parts": [[2020, 6, 7]]}),
        ({"raw": "Fall 2020"}, {"date-parts": [[2020]], "season": "3"}),
        ({"raw": "c. 1850"}, {"raw": "c. 1850"}),
        ({"raw": "[1850]"}, {"raw": "[1850]"}),
        ({"raw": "forthcoming 2021"}, {"raw": "forthcoming 2021"}),
        ({"literal": "25/12/2020"}, {"literal": "25/12/2020"}),
    ],
)
def test_dates_of_other_shapes_are_read(date, expected):
    assert item({"type": "book", "title": "Tea", "issued": date})["issued"] == expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ({"date-parts": [[2021, 4, 31]]}, [[2021, 4]]),
        ({"date-parts": [[2021, "2", "45"]]}, [[2021, 2]]),
        ({"date-parts": [[2021, 13, 1]]}, [[2021]]),
        ({"date-parts": [[2021, 6, 30], [2021, 6, 31]]}, [[2021, 6]]),
        ("2021-02-29", [[2021, 2]]),
        ({"raw": "2021-02-29"}, [[2021, 2]]),
        ({"date-parts": [[2021, 2, 29], []]}, [[2021, 2]]),
        ({"date-parts": [[0], [2021, 2, 29]]}, [[2021, 2]]),
        (
            [{"year": 2021, "month": 2, "day": 29}, {"year": 2021, "month": 3}],
            [[2021, 2], [2021, 3]],
        ),
    ],
)
def test_a_part_of_a_date_that_cannot_be_is_left_out_with_a_warning(date, expected):
    (found,) = read({"type": "book", "title": "Tea", "issued": date})
    assert clean(found.value)["issued"] == {"date-parts": expected}
    assert [text for text in found.warnings if "does not exist" in text] == [*found.warnings]
    assert len(found.warnings) == 1


@pytest.mark.parametrize(
    ("values", "expected", "warnings"),
    [
        ({"DOI": "S0140-6736"}, {}, ("'S0140-6736' is not a DOI; left it out",)),
        ({"DOI": "n/a", "URL": "N/A"}, {}, ()),
        ({"URL": "see the shelf"}, {}, ("'see the shelf' is not a URL; left it out",)),
        ({"URL": "<https://example.org/a>"}, {"URL": "https://example.org/a"}, ()),
        ({"URL": "example.org/a"}, {"URL": "example.org/a"}, ()),
        ({"volume": "Vol. 3", "issue": "no. 4"}, {"volume": "3", "issue": "4"}, ()),
    ],
)
def test_fields_of_identifiers_and_numbers_have_nothing_else(values, expected, warnings):
    (found,) = read({"type": "book", "title": "Tea", **values})
    assert {name: clean(found.value).get(name) for name in values} == {
        **dict.fromkeys(values),
        **expected,
    }
    assert found.warnings == warnings


@pytest.mark.parametrize("date", [{"raw": "04/07/2021"}, "04/07/2021"])
def test_a_date_whose_day_and_month_may_be_in_either_order_has_a_warning(date):
    (found,) = read({"type": "book", "title": "Tea", "issued": date})
    assert clean(found.value)["issued"] == {"date-parts": [[2021]]}
    assert found.warnings == (
        "day and month of '04/07/2021' may be in either order; used the year",
    )


def test_datacites_json_keeps_label_version_and_publisher():
    own = {
        "id": "https://doi.org/10.1000/xyz",
        "doi": "10.1000/xyz",
        "types": {"citeproc": "dataset", "resourceType": "Survey"},
        "creators": [{"name": "Roe, Ann", "familyName": "Roe", "givenName": "Ann"}],
        "titles": [{"title": "Tea data"}],
        "publisher": {"name": "Tea Repository"},
        "publicationYear": 2020,
        "version": "1.2",
    }
    assert (
        item(own).items()
        >= {
            "type": "dataset",
            "genre": "Survey",
            "version": "1.2",
            "publisher": "Tea Repository",
            "author": [{"family": "Roe", "given": "Ann"}],
        }.items()
    )
    csl = {"type": "dataset", "id": "https://doi.org/10.1000/xyz", "title": "Tea data"}
    assert item(csl)["genre"] == "dataset"


def test_an_item_that_needs_no_change_stays_as_it_is():
    usual = {"id": 1, "type": "article-journal", "title": "Tea", "note": "a note", "x": [1]}
    assert item(usual) == usual
    record = {"title": "Tea", "number": "0848"}  # a record that does not name its schema
    assert item(record) == record


@pytest.mark.parametrize("name", ["published", "published-print", "published-online", "posted"])
def test_an_empty_date_of_publication_is_that_in_print_or_online(name):
    found = item(CROSSREF | {"issued": {"date-parts": [[None]]}, name: {"date-parts": [[2020, 5]]}})
    assert found["issued"] == {"date-parts": [[2020, 5]]}


@pytest.mark.parametrize(
    ("change", "variables"),
    [
        ({"subtitle": ["A trial"]}, {"title": "Tea & <i>milk</i>: A trial"}),
        ({"subtitle": ["Milk"], "title": ["Tea and milk"]}, {"title": "Tea and milk"}),
        (
            {
                "type": "dissertation",
                "institution": [{"name": "Tea University", "place": ["Bonn"]}],
                "degree": ["PhD"],
            },
            {"publisher": "Tea University", "publisher-place": "Bonn", "genre": "PhD thesis"},
        ),
        (
            {"type": "posted-content", "subtype": "preprint", "institution": [{"name": "Teaxiv"}]},
            {"publisher": "Teaxiv", "genre": "preprint", "type": "article"},
        ),
        ({"type": "Journal-Article"}, {"type": "article-journal"}),
        ({"type": "article-journal", "title": "Tea", "page": "n/a-n/a"}, {"ISSN": "1234-5678"}),
        ({"page": "14316-14316"}, {"page": "14316"}),
        ({"page": "e12-e12", "volume": "null"}, {"page": "e12", "volume": ""}),
        ({"DOI": "https://doi.org/10.1000/a"}, {"DOI": "10.1000/a"}),
        ({"DOI": "doi:10.1000/a"}, {"DOI": "10.1000/a"}),
        ({"author": [{"family": "et al."}]}, {"author": [{"literal": "et al."}]}),
    ],
)
def test_what_crossref_says_is_in_the_variables_of_csl(change, variables):
    assert item(CROSSREF | change).items() >= variables.items()


def test_a_retraction_without_a_doi_is_a_warning_without_one():
    (outcome,) = read(CROSSREF | {"update-to": [{"type": "retraction"}]})
    assert outcome.warnings == ("this is the notice of a retraction",)


DATACITE = {
    "doi": "10.1000/tea.1",
    "creators": [
        {"name": "Moss, Ida", "familyName": "Moss", "givenName": "Ida"},
        {"name": "Leaf, Tom"},
        {"name": "Tea, Milk and Co", "nameType": "Organizational"},
    ],
    "contributors": [{"name": "Fern, Al", "contributorType": "Editor"}],
    "titles": [{"title": "Tea tool"}, {"title": "A subtitle", "titleType": "Subtitle"}],
    "publisher": {"name": "Tea Archive"},
    "publicationYear": 2020,
    "types": {"citeproc": "article", "resourceTypeGeneral": "Software"},
    "dates": [{"date": "2020-05-06", "dateType": "Issued"}],
    "container": {"title": "Teas", "firstPage": "1", "lastPage": "5", "volume": "3"},
    "subjects": [{"subject": "tea"}],
}


@pytest.mark.parametrize(
    "wrap",
    [
        lambda work: work,
        lambda work: {"data": {"id": "10.1000/tea.1", "type": "dois", "attributes": work}},
        lambda work: {"data": [{"type": "dois", "attributes": work}], "meta": {"total": 1}},
    ],
    ids=["work", "answer", "list"],
)
def test_datacites_answers_are_read(wrap):
    assert item(wrap(DATACITE)) == {
        "id": "10.1000/tea.1",
        "type": "software",
        "title": "Tea tool: A subtitle",
        "author": [
            {"family": "Moss", "given": "Ida"},
            {"family": "Leaf", "given": "Tom"},
            {"literal": "Tea, Milk and Co"},
        ],
        "editor": [{"family": "Fern", "given": "Al"}],
        "issued": {"date-parts": [[2020, 5, 6]]},
        "publisher": "Tea Archive",
        "keyword": "tea",
        "DOI": "10.1000/tea.1",
        "container-title": "Teas",
        "volume": "3",
        "page": "1-5",
    }


@pytest.mark.parametrize(
    "data",
    [
        {"@context": "https://schema.org", "title": "Tea"},
        {"paperId": "a1", "title": "Tea", "year": 2020},
        {"id": "W1", "type": "article", "title": "Tea", "authorships": []},
        {"home_page_url": "https://example.org", "items": [{"title": "Tea"}]},
        {"itemType": "book", "title": "Tea"},
    ],
)
def test_the_json_of_other_programs_is_named_and_not_guessed(data):
    (outcome,) = read(data)
    assert "which abstool cannot read; export CSL JSON" in str(outcome.error)


def test_an_item_without_content_is_an_error():
    (outcome,) = read({"type": "book", "title": None, "author": []})
    assert "the entry is empty" in str(outcome.error)


PERSON = {"family": "Moss", "given": "Ida"}
TOM = {"family": "Leaf", "given": "Tom"}


@pytest.mark.parametrize(
    ("name", "people", "said"),
    [
        (PERSON | {"suffix": "PhD"}, [PERSON], "titles around names"),
        (PERSON | {"suffix": "M.D., PhD"}, [PERSON], "titles around names"),
        (PERSON | {"suffix": "Jr., MD"}, [PERSON | {"suffix": "Jr."}], "titles around names"),
        (PERSON | {"given": "Ida, MD"}, [PERSON], "titles around names"),
        (PERSON | {"given": "Prof. Ida"}, [PERSON], "titles around names"),
        (PERSON | {"family": "Moss, MPH"}, [PERSON], "titles around names"),
        (PERSON | {"family": "Moss*"}, [PERSON], "signs"),
        (PERSON | {"given": "Ida, Jr."}, [PERSON | {"suffix": "Jr."}], ""),
        (PERSON | {"family": "Moss III"}, [PERSON | {"suffix": "III"}], ""),
        (PERSON | {"suffix": "Jr"}, [PERSON | {"suffix": "Jr"}], ""),
        (PERSON | {"given": "MD"}, [PERSON | {"given": "MD"}], ""),
        (PERSON | {"ORCID": "https://orcid.org/0000-0001-2345-6789"}, None, ""),
        ({"literal": "Moss, Ida"}, None, "may be the name of a person; kept as one text"),
        ({"literal": "Leaf, Basel"}, None, "may be the name of a person"),
        ({"literal": "Moss, Ida; Leaf, Tom"}, [PERSON, TOM], "of 2 people"),
        ("Moss, Ida", [PERSON], "was read as the name of a person"),
        ({"family": "Moss, Ida"}, [PERSON], "was read as the name of a person"),
        ("Moss, Ida; Leaf, Tom", [PERSON, TOM], "of 2 people"),
        ({"literal": "Tea Society, Oslo"}, None, ""),
        ({"literal": "Leaf, LLC"}, None, ""),
        ({"literal": "Tea, Milk and Co"}, None, ""),
        ({"literal": "Moss, Leaf & Fern LLP"}, None, ""),
        ({"literal": "Moss, Ida (editor of the tea series)"}, None, ""),
    ],
)  # fmt: skip
def test_the_parts_of_names_have_only_what_is_theirs(name, people, said):
    (found,) = read({"type": "article-journal", "title": "T", "author": [name]})
    assert found.value["author"] == (people or [name])
    assert [said in text for text in found.warnings] == [True] * bool(said)


@pytest.mark.parametrize(
    ("title", "subtitle", "whole"),
    [
        ("Tea", "A <b>study</b> &amp; more", "Tea: A <b>study</b> & more"),
        ("Tea:", "a study", "Tea: a study"),
        ("Is it tea?", "A study", "Is it tea? A study"),
        ("Tea: a study", "A study", "Tea: a study"),
    ],
)
def test_a_subtitle_of_crossref_follows_the_title(title, subtitle, whole):
    found = item({"type": "journal-article", "title": [title], "subtitle": [subtitle]})
    assert found["title"] == whole


def test_identifiers_may_be_in_lower_case():
    found = item(
        {"type": "book", "title": "T", "doi": "10.1000/a", "isbn": "1", "url": "https://a.b"}
    )
    assert found.items() >= {"DOI": "10.1000/a", "ISBN": "1", "URL": "https://a.b"}.items()
    assert (
        item({"type": "book", "title": "T", "doi": "10.1/b", "DOI": "10.1000/a"})["DOI"]
        == "10.1000/a"
    )
