"""Which of the records that give one URL are the same abstract."""

import pytest

from abstool.matching import Abstracts, features, features_of, is_same

URL = "https://acrabstracts.org/abstract/tea/"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("Tea", "1", "Ann Roe"), ("TEA", "1", "Bob Doe"), True),
        (("Tea", "1", "Ann Roe"), ("Tea", "2", "Ann Roe"), False),
        (("Tea", "1", "Ann Roe"), ("Milk", "1", "Ann Roe"), False),
        (("Tea", "", "Ann Roe"), ("Tea", "", "Ann Roé"), True),
        (("Tea", "", "Ann Roe"), ("Tea", "", "Bob Doe"), False),
        (("Tea", "1", "Ann Roe"), ("Tea", "", "Bob Doe"), False),
        (("Tea", "1", "Ann Roe"), ("Tea", "", "Ann Roe"), True),
        (("Tea", "1", "Ann Roe"), ("Tea", "", ""), True),
        (("Tea", "", ""), ("Tea", "1", "Ann Roe"), True),
    ],
)
def test_records_of_one_url_are_one_abstract_if_nothing_differs(one, other, expected):
    assert is_same(features(URL, *one), features(URL, *other)) is expected
    assert is_same(features(URL, *other), features(URL, *one)) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({}, {}, True),
        ({"sections": [{"text": "Milk."}]}, {"sections": [{"text": "Milk."}]}, True),
        ({"sections": [{"text": "Milk."}]}, {"sections": [{"text": "Sugar."}]}, False),
        ({"sections": [{"text": "Milk."}]}, {}, False),
        ({"session": {"title": "Monday"}}, {"session": {"title": "Tuesday"}}, False),
        ({"warnings": ["Odd."], "accessed": "2026-01-02"}, {"accessed": "2026-01-03"}, True),
        ({"number": "1"}, {"sections": [{"text": "Milk."}]}, True),
        ({"authors": [{"name": "Ann Roe"}]}, {"sections": [{"text": "Milk."}]}, True),
    ],
)
def test_records_with_neither_number_nor_author_are_one_if_their_content_is(one, other, expected):
    found = [features_of({"url": URL, "title": "Tea", **data}) for data in (one, other)]
    assert is_same(*found) is expected
    assert is_same(*reversed(found)) is expected


def test_each_abstract_of_a_url_is_found_again():
    records = [("Tea", "1", "Ann Roe"), ("Tea", "", "Bob Doe"), ("Tea", "2", "Cy Poe")]
    known = Abstracts()
    for place, record in enumerate(records):
        assert known.add(features(URL, *record), place) == place
    assert [known.find(features(URL, *record)) for record in records] == [0, 1, 2]
    assert list(known) == [0, 1, 2]
    assert known.other(features(URL, *records[0])) == 1
