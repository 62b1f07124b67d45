"""Two harvests compared: what is the same abstract, and what is a change of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abstool.harvesting.comparison import LocatedRecord, compare

URL = "https://acrabstracts.org/abstract/{}/"


def record(number, **fields):
    return {"url": URL.format(number), "meeting": "M", "number": number, "title": "T"} | fields


def changes(old, new, **options):
    repeated = []
    found = compare(
        [LocatedRecord(f"old {index}", data) for index, data in enumerate(old)],
        [LocatedRecord(f"new {index}", data) for index, data in enumerate(new)],
        repeated=lambda subject, first: repeated.append((subject, first)),
        **options,
    )
    found = [(c.kind, (c.new or c.old).get("number"), c.fields) for c in found]
    return (found, repeated) if repeated else found


def test_what_stays_the_same_is_not_a_change():
    assert changes([record("1"), record("2")], [record("2"), record("1")]) == []


def test_new_gone_and_changed_abstracts_are_distinguished():
    old = [record("1"), record("2"), record("3")]
    new = [record("4"), record("3", title="New", keywords=["k"]), record("1")]
    assert changes(old, new) == [
        ("changed", "3", ("title", "keywords")), ("new", "4", ()), ("gone", "2", ()),
    ]  # fmt: skip


def test_what_depends_on_the_harvest_is_not_a_change_unless_asked_for():
    old = record("1", accessed="2026-01-01", warnings=["w"])
    new = record("1", accessed="2026-06-01")
    assert changes([old], [new]) == []
    assert changes([old], [new], ignored=frozenset()) == [
        ("changed", "1", ("accessed", "warnings"))
    ]


def test_a_field_that_is_gone_has_changed():
    assert changes([record("1", keywords=["k"])], [record("1")]) == [
        ("changed", "1", ("keywords",))
    ]


@pytest.mark.parametrize(
    "url",
    [
        "http://www.acrabstracts.org/abstract/1",
        "https://acrabstracts.org/abstract/1/?utm_source=mail#authors",
    ],
)
def test_the_spelling_of_a_url_does_not_make_another_abstract(url):
    new = record("1", url=url)
    assert changes([record("1")], [new]) == [("changed", "1", ("url",))]


def test_without_the_same_url_meeting_and_number_decide():
    bare = record("1")
    del bare["url"]
    assert changes([bare], [record("1")]) == [("changed", "1", ("url",))]
    assert changes([record("1")], [bare]) == [("changed", "1", ("url",))]
    moved = record("1", url=URL.format("moved"))
    assert changes([record("1")], [moved]) == [("changed", "1", ("url",))]
    other = record("1", url=URL.format("other"), meeting="N")
    assert changes([record("1")], [other]) == [("new", "1", ()), ("gone", "1", ())]


def test_a_url_is_matched_before_a_number_wherever_they_stand():
    moved = record("1", url=URL.format("moved"))
    renumbered = record("2", url=URL.format("1"))
    assert changes([record("1")], [moved, renumbered]) == [
        ("changed", "2", ("number",)), ("new", "1", ()),
    ]  # fmt: skip


def test_of_repeated_abstracts_the_first_counts_and_the_others_are_reported():
    again = record("1", keywords=["again"])
    assert changes([record("1"), again], [record("1"), record("2"), again]) == (
        [("new", "2", ())], [("old 1", "old 0"), ("new 2", "new 0")],
    )  # fmt: skip


SHARED = {"url": URL.format("shared")}
ONE, TWO, THREE = (record(number, title=f"T{number}", **SHARED) for number in "123")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([ONE, TWO], [ONE, TWO], []),
        ([ONE, TWO], [TWO, ONE], []),
        ([ONE], [TWO, ONE], [("new", "2", ())]),
        ([ONE], [ONE, TWO], [("new", "2", ())]),
        ([ONE, TWO], [TWO], [("gone", "1", ())]),
        ([ONE, TWO], [THREE, ONE], [("new", "3", ()), ("gone", "2", ())]),
        ([ONE, TWO], [TWO | {"title": "New"}, ONE], [("changed", "2", ("title",))]),
        ([ONE, TWO], [TWO | {"number": "9"}, ONE], [("changed", "9", ("number",))]),
        ([ONE], [TWO], [("changed", "2", ("number", "title"))]),  # nobody else gives the URL
    ],
)
def test_different_abstracts_with_one_url_are_all_compared(old, new, expected):
    disputes = []
    options = {"disputed": lambda *subjects: disputes.append(subjects)}
    assert changes(old, new, **options) == expected
    assert len(disputes) == (len(old) > 1) + (len(new) > 1)


def test_without_a_number_the_first_author_tells_abstracts_apart():
    ann, bob, cy = (record("", authors=[{"name": f"{name} Roe"}]) for name in ("Ann", "Bob", "Cy"))
    assert changes([ann, bob], [bob, ann]) == []
    assert changes([ann, bob], [bob, cy]) == [("changed", "", ("authors",))]
    assert changes([ann], [cy]) == [("changed", "", ("authors",))]


numbers = st.lists(st.integers(0, 20).map(str), unique=True)


@given(numbers, numbers, st.booleans())
def test_changes_are_those_of_sets(old, new, by_number):
    def entries(found):
        kept = [record(number) for number in found]
        return [{k: v for k, v in r.items() if not (by_number and k == "url")} for r in kept]

    found = changes(entries(old), entries(new))
    assert {n for kind, n, _ in found if kind == "new"} == set(new) - set(old)
    assert {n for kind, n, _ in found if kind == "gone"} == set(old) - set(new)
    assert len(found) == len(set(new) ^ set(old))
