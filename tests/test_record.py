"""A record as JSON: every way of writing it gives the same text."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abstool.errors import UnreadableInput
from abstool.record import Abstract
from abstool.text import escaped_controls

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
def test_to_json_equals_the_json_of_to_dict(data, indent):
    record = Abstract.from_dict(data)
    expected = json.dumps(record.to_dict(), ensure_ascii=False, indent=indent)
    data = expected.encode("utf-8", "backslashreplace")
    assert record.to_json(indent) == escaped_controls(data)


@pytest.mark.parametrize("text", ["\ud800", 'a "extra": b', '{"schema":', "\u2028\x7f\x00\\", "é≥"])
def test_text_that_looks_like_json_or_is_not_valid_utf_8_is_kept(text):
    record = Abstract(title=text)
    assert json.loads(record.to_json()) == {"schema": "abstool/1", "title": text}


@pytest.mark.parametrize("session", ["\ud800", "x", [], 1])
def test_data_that_are_not_a_record_are_refused(session):
    with pytest.raises(UnreadableInput, match="record: not an abstool record"):
        Abstract.from_dict({"title": "x", "sections": session or 1})
