"""A record as JSON: the same text whichever way it is written."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abstool.errors import UnreadableInput
from abstool.record import Abstract

TEXTS = st.text(min_size=1, max_size=30)
UNKNOWN = st.dictionaries(st.sampled_from(["extra", "x", "interests"]), TEXTS, max_size=1)
RECORDS = st.fixed_dictionaries(
    {"title": TEXTS},
    optional={
        "schema": st.just("abstool/1"),
        "number": TEXTS,
        "authors": st.lists(st.builds(lambda name, more: {"name": name} | more, TEXTS, UNKNOWN)),
        "publication": st.fixed_dictionaries({"year": st.integers(1900, 2100)}),
        "disclosures": st.just([{"name": "A", "text": "None", "interests": []}]),
        "session": UNKNOWN,
        "x": TEXTS,
        "extra": TEXTS,
    },
)


@given(RECORDS, st.sampled_from([None, 0, 1, 2, 16]))
def test_json_is_that_of_the_plain_data(data, indent):
    record = Abstract.from_dict(data)
    expected = json.dumps(record.to_dict(), ensure_ascii=False, indent=indent)
    assert record.to_json(indent) == expected.encode("utf-8", "backslashreplace")


@pytest.mark.parametrize("text", ["\ud800", 'a "extra": b', '{"schema":', "\u2028\x7f\x00\\", "é≥"])
def test_a_text_of_json_or_beyond_utf_8_is_a_text_like_any_other(text):
    record = Abstract(title=text)
    assert json.loads(record.to_json()) == {"schema": "abstool/1", "title": text}


@pytest.mark.parametrize("session", ["\ud800", "x", [], 1])
def test_what_is_no_record_is_refused_whatever_it_holds(session):
    with pytest.raises(UnreadableInput, match="record: no abstool record"):
        Abstract.from_dict({"title": "x", "sections": session or 1})
