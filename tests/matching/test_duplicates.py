"""Duplicates: which entries are one work, and why."""

import sys

import pytest

from abstool.item import clean
from abstool.matching.duplicates import Duplicates

BASE = {
    "type": "article-journal",
    "title": "Effects of Imagined Tea",
    "author": [{"family": "Roe", "given": "Ann"}, {"family": "Doe"}],
    "issued": {"date-parts": [[2020, 5]]},
}
ORIGIN = "title, year and first author"


def repeated(*items):
    """Return for each item the position of the kept one and the reason, or None."""
    found = Duplicates()
    return [tuple(repeat) if (repeat := found.add(item)) else None for item in items]


def of(**values):
    return {key.replace("_", "-"): value for key, value in (BASE | values).items() if value}


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (of(DOI="10.1000/ABC"), of(DOI="https://doi.org/10.1000/abc", title=""), "DOI"),
        (of(DOI="10.1000/abc"), of(URL="http://dx.doi.org/10.1000/abc", issued=None), "DOI"),
        (of(PMID="123"), of(PMID=123, author=None, title="Effects of imagined tea."), "PMID"),
        (of(URL="https://a.org/x/"), of(URL="http://www.a.org/x", issued=None), "URL and title"),
        (of(), of(title="EFFECTS OF IMAGINED TEA", author=[{"family": "ROE"}]), ORIGIN),
        (of(container_title="Annals of the Tea"), of(container_title="Ann Tea"), ORIGIN),
        (of(volume="3", page="12-19"), of(volume=3, page="12", title="Efects of imagined tea"), 0),
        (of(volume="3", page="12-19"), of(volume="3 Suppl 1", page="e12"), ORIGIN),
        (of(page="S12-S19"), of(page="s12"), ORIGIN),
        (of(page="S12"), of(page="xii"), ORIGIN),
        ({"type": "book", "title": "Tea"}, {"type": "book", "title": "Tea", "id": "b"}, 1),
    ],
)
def test_an_entry_that_repeats_another_is_found_with_the_reason(one, other, reason):
    reason = {0: ORIGIN, 1: "same content"}.get(reason, reason)
    assert repeated(one, other) == [None, (0, reason)]
    assert repeated(other, one) == [None, (0, reason)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (of(page="Abstract 0848"), of(page="Abstract 0849")),
        (of(DOI="10.1000/a"), of(DOI="10.1000/b")),
        (of(PMID="1"), of(PMID="2")),
        (of(DOI="10.1000/a"), of(DOI="10.1000/a", title="Dreams of Imagined Tea")),
        (of(DOI="10.1000/a", PMID="1"), of(DOI="10.1000/a", PMID="2")),
        (of(URL="https://a.org/"), of(URL="https://a.org/", title="Another title")),
        (of(title="IL-6 in Tea"), of(title="IL-17 in Tea")),
        (of(), of(issued={"date-parts": [[2021]]})),
        (of(), of(author=[{"family": "Doe"}])),
        (of(volume="3"), of(volume="4")),
        (of(page="12"), of(page="120")),
        (of(page="P12"), of(page="P13")),
        (of(page="THU0321"), of(page="THU0322-THU0323")),
        (of(event_title="Tea 2020"), of(event_title="Milk 2020")),
        (of(container_title="Annals of Tea"), of(container_title="Annals of Milk")),
        (of(), of(type="thesis")),
        (of(page="Abstract 7"), of(page="123-30")),
        (of(title="Efects of Imagined Tea"), of()),
        (of(issued=None), of(issued=None, publisher="Tea Press")),
    ],
)
def test_distinct_works_are_kept(one, other):
    assert repeated(one, other) == [None, None]
    assert repeated(other, one) == [None, None]


def test_the_first_is_kept_of_entries_that_are_linked_by_others():
    by_doi, both, by_pmid = of(DOI="10.1000/a"), of(DOI="10.1000/a", PMID="9"), of(PMID="9")
    by_pmid["issued"] = {"date-parts": [[2019]]}
    assert repeated(by_doi, both, by_pmid) == [None, (0, "DOI"), (0, "PMID")]


def test_a_link_does_not_join_what_contradicts():
    """The second repeats the first; the third repeats the second, but not the first."""
    first, second = of(DOI="10.1000/a", page="Abstract 1"), of(DOI="10.1000/a", PMID="9")
    third = of(PMID="9", page="Abstract 2", issued=None)
    assert repeated(first, second, third) == [None, (0, "DOI"), None]


def test_doubtful_identifiers_are_counted():
    found = Duplicates()
    for title in ("Tea", "Milk", "Water"):
        found.add(of(DOI="10.1000/supplement", title=title))
    assert found.contradicted == 2


@pytest.mark.parametrize("value", [None, 7, [], [[]], {}, "x", [{"family": 3}], ["Roe"]])
@pytest.mark.parametrize("name", ["author", "issued", "DOI", "URL", "page", "custom", "PMID"])
def test_no_value_of_another_tool_is_an_error(name, value):
    assert repeated(clean(of(title="Tea") | {name: value})) == [None]


def test_the_work_is_linear_if_all_entries_have_the_same_keys():
    def steps(count):
        calls = 0

        def count_call(*_):
            nonlocal calls
            calls += 1

        items = [
            of(title=f"w{n} of the tea", DOI="10.1000/a", volume="1", page="1")
            for n in range(count)
        ]
        found = Duplicates()
        sys.setprofile(count_call)
        try:
            for item in items:
                found.add(item)
        finally:
            sys.setprofile(None)
        return calls

    assert steps(400) < 2.5 * steps(200)
