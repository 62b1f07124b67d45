"""CSL-JSON of other programs: Crossref, DataCite and Zotero."""

import json

import pytest

from abstool.inputs.archives import SavedPage
from abstool.inputs.contents import contents

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


def test_dates_in_edtf_are_read():
    found = item({"type": "book", "title": "Tea", "issued": {"edtf": "2020-05/2020-06"}})
    assert found["issued"] == {"date-parts": [[2020, 5], [2020, 6]]}


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
