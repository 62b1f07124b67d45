"""Records to CSL-JSON: the mapping, what is absent, and the form that readers expect."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import abstool
from abstool.citing import export
from abstool.item import DATES, NAMES, TYPES, clean
from abstool.mapping import to_item
from abstool.record import Abstract

# The variables of CSL-data 1.0 that abstool writes; the schema allows no others.
STRINGS = {
    "id",
    "type",
    "title",
    "container-title",
    "container-title-short",
    "journalAbbreviation",
    "volume",
    "issue",
    "page",
    "genre",
    "ISSN",
    "URL",
    "event-title",
    "keyword",
    "abstract",
    "source",
}


def item_of(data, **options):
    return json.loads(abstool.cite([data], "json", **options)[0])


def test_a_record_becomes_an_article_with_the_supplement_as_issue(record):
    assert item_of(record(), accessed="2026-01-05") == {
        "id": "dorner2025imagined",
        "type": "article-journal",
        "title": "Imagined Effects of Tea on Joints",
        "author": [
            {"family": "Dörner", "given": "Zoë"},
            {"family": "von Bergen", "given": "Michael"},
        ],
        "container-title": "Arthritis & Rheumatology",
        "container-title-short": "Arthritis Rheumatol",
        "journalAbbreviation": "Arthritis Rheumatol",
        "volume": "77",
        "issue": "suppl 9",
        "page": "Abstract 0848",
        "genre": "abstract",
        "issued": {"date-parts": [[2025]]},
        "ISSN": "2326-5205",
        "URL": "https://acrabstracts.org/abstract/imagined-effects-of-tea/",
        "event-title": "ACR Convergence 2025",
        "keyword": "tea, joints",
        "abstract": "Methods: We drank.\n\nWe waited.\n\nNothing happened.",
        "source": "ACR Meeting Abstracts",
        "custom": {
            "abstract_number": "0848",
            "meeting": "ACR Convergence 2025",
            "society": "American College of Rheumatology",
            "session": {"title": "Drinks", "date": "2025-10-28"},
        },
        "accessed": {"date-parts": [[2026, 1, 5]]},
    }


def test_absent_values_stay_absent():
    record = Abstract(title="T")
    assert to_item(record) == {"id": "anont", "type": "speech", "title": "T", "genre": "abstract"}


def test_without_a_journal_it_is_a_speech_with_the_date_of_its_session(record):
    item = item_of(record("publication"))
    assert item["type"] == "speech"
    assert item["issued"] == {"date-parts": [[2025, 10, 28]]}
    assert not {"container-title", "volume", "issue", "ISSN"} & item.keys()


def test_the_abbreviation_stands_in_for_an_unknown_journal(record):
    item = item_of(record("publication.journal", "publication.issn"))
    assert item["container-title"] == item["container-title-short"] == "Arthritis Rheumatol"


@pytest.mark.parametrize(
    ("author", "name"),
    [
        (
            {"name": "A B", "family": "B", "given": "A", "suffix": "Jr", "affiliations": ["1"]},
            {"family": "B", "given": "A", "suffix": "Jr"},
        ),
        ({"name": "Plato", "family": "Plato"}, {"family": "Plato"}),
        ({"name": "The Group", "literal": "The Group"}, {"literal": "The Group"}),
        ({"name": "Unsplit Name"}, {"literal": "Unsplit Name"}),
    ],
)
def test_authors_keep_the_parts_a_record_has(record, author, name):
    assert item_of(record(authors=[author]))["author"] == [name]


def test_keywords_that_hold_commas_are_separated_by_semicolons(record):
    assert item_of(record(keywords=["education, medical", "tea"]))["keyword"] == (
        "education, medical; tea"
    )


def test_keywords_that_cannot_be_split_again_are_listed_in_custom(record):
    words = ["Scleroderma, Localized"]
    item = item_of(record(keywords=words))
    assert (item["keyword"], item["custom"]["keywords"]) == (words[0], words)
    assert "keywords" not in item_of(record())["custom"]


def test_keys_that_abstool_does_not_know_are_kept_in_custom(record):
    custom = item_of(record(rating={"by": "me", "stars": 5}))["custom"]
    assert custom["rating"] == {"by": "me", "stars": 5}


def test_every_item_keeps_to_the_csl_data_schema(record):
    for without in ((), ("publication",), ("authors", "url")):
        item = item_of(record(*without), accessed="2026-01-05")
        assert item["type"] in TYPES
        strings = {name for name in item if name not in NAMES | DATES | {"custom"}}
        assert strings <= STRINGS
        assert all(isinstance(item[name], str) for name in strings)
        for name in NAMES & item.keys():
            parts = {"family", "given", "suffix", "literal"}
            assert all(person.keys() <= parts for person in item[name])
        for name in DATES & item.keys():
            (date,) = item[name]["date-parts"]
            assert 1 <= len(date) <= 3
            assert all(type(part) is int for part in date)


def test_a_document_is_one_json_array(record, article):
    items = [record(), article()]
    entries = abstool.cite(items, "json")
    assert json.loads(export(items, "json")) == [json.loads(entry) for entry in entries]
    assert export([], "json") == b"[]\n"


def test_an_item_that_is_cited_again_does_not_change(record, article):
    for data in (record(), article()):
        item = item_of(data, accessed="2026-01-05")
        assert item_of(item) == item


def test_unknown_variables_of_other_tools_pass_unchanged(article):
    extra = {"citation-key": "x", "custom": {"a": [None, {}]}, "categories": ["y"], "DOI": "10.1/x"}
    item = item_of(article() | extra)
    assert extra.items() <= item.items()


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("Jane Doe", [{"literal": "Jane Doe"}]),
        ({"family": "Doe", "given": None}, [{"family": "Doe"}]),
        (
            ["Group", {"given": "Madonna"}, {}, None, 7, {"family": {"x": 1}}],
            [{"literal": "Group"}, {"literal": "Madonna"}],
        ),
        (
            [{"family": "Doe", "static-ordering": True}],
            [{"family": "Doe", "static-ordering": True}],
        ),
    ],
)
def test_names_of_other_tools_are_converted_to_csl_s_form(author, name):
    assert clean({"author": author})["author"] == name


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
variables = st.sampled_from(
    [
        "author",
        "editor",
        "issued",
        "accessed",
        "title",
        "page",
        "volume",
        "issue",
        "URL",
        "genre",
        "custom",
        "note",
        "id",
        "language",
    ]
)


@given(st.dictionaries(variables, json_values), st.sampled_from(["json", "bibtex", "ama", "apa"]))
def test_no_value_of_any_variable_breaks_a_format(values, style):
    item = {"type": "article-journal", "container-title": "J Tea"} | values
    (entry,) = abstool.cite([item], style, accessed="2026-01-05")
    assert entry
    assert style == "json" or not any(ord(sign) < 32 for sign in entry.replace("\n", ""))
