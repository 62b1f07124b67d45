"""Reading inputs: how kinds are detected, what is returned, and how errors are reported."""

import json
import sys
from io import BytesIO, TextIOWrapper

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abstool.errors import AbstoolError, FetchError, UnreadableInput, UsageError
from abstool.inputs.json import is_json, read_json
from abstool.inputs.outcome import Outcome
from abstool.inputs.sources import Web, check_stdin, read_pages, read_source

ONE, TWO = {"title": "First"}, {"title": "Zweites Ü"}


def contents(text: str) -> list:
    outcomes = read_json(text.encode(), "refs.json")
    return [outcome.error or outcome.value for outcome in outcomes]


def problems(text: str) -> list[str]:
    return [str(content) for content in contents(text) if isinstance(content, AbstoolError)]


@pytest.mark.parametrize(
    "text",
    [
        '{"title": "First"} {"title": "Zweites Ü"}',
        '{"title": "First"}{"title": "Zweites Ü"}',
        '{"title": "First"}\n{"title": "Zweites Ü"}\n',
        '{"title": "First"}\r\n\r\n{"title": "Zweites Ü"}\r\n',
        '[{"title": "First"}, {"title": "Zweites Ü"}]',
        '[{"title": "First"}]\n[{"title": "Zweites Ü"}]',
        '{\n  "title": "First"\n}\n{\n  "title": "Zweites Ü"\n}',
        '\x1e{"title": "First"}\n\x1e{"title": "Zweites Ü"}\n',
        '{"title": "First"}\n\ufeff{"title": "Zweites Ü"}',
    ],
    ids=[
        "spaced", "joined", "lines", "blank-lines", "array", "arrays", "indented", "rfc7464", "bom",
    ],
)  # fmt: skip
def test_all_forms_of_several_objects_read_the_same(text):
    assert contents(text) == [ONE, TWO]


def test_positions_count_records():
    subjects = [outcome.subject for outcome in read_json(b'[{"a":1}]{"b":2}', "refs.json")]
    assert subjects == ["refs.json, record 1", "refs.json, record 2"]


json_objects = st.dictionaries(
    st.text(max_size=5),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=5,
    ),
    max_size=4,
)  # fmt: skip


@given(
    objects=st.lists(json_objects, min_size=1, max_size=4),
    indent=st.sampled_from([None, 0, 2]),
    between=st.sampled_from(["", "\n", " ", "\r\n"]),
    escaped=st.booleans(),
)
def test_written_objects_are_read_back(objects, indent, between, escaped):
    text = between.join(json.dumps(o, indent=indent, ensure_ascii=escaped) for o in objects)
    assert is_json(text.encode())
    assert contents(text) == objects
    assert contents(json.dumps(objects, indent=indent, ensure_ascii=escaped)) == objects


@given(st.text())
def test_no_text_breaks_the_reader(text):
    assert isinstance(is_json(text.encode()), bool)
    try:
        found = list(read_json(text.encode(), "input"))
    except UnreadableInput:
        return
    assert all(isinstance(one.error or one.value, dict | UnreadableInput) for one in found)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("null", "expected a record but found null"),
        ("[1]", "expected a record but found a number"),
        ("[[{}]]", "expected a record but found a nested array"),
        ('"Title"', "expected a record but found a string"),
        ('{"a": NaN}', "NaN is not allowed"),
        ('{"a": 1e999}', "1e999 is too large a number"),
        ('{"a": ' + "9" * 5000 + "}", "Exceeds the limit (4300 digits)"),
        ('{"a":' * 100_000, "nested too deeply"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a": 1', "the file may be cut off"),
        ('{"a": 1}, {"b": 2}', "not valid JSON"),
        ("{'a': 1}", "not valid JSON"),
    ],
)
def test_what_is_not_a_record_is_reported_with_its_position(text, problem):
    (line,) = problems(text)
    assert line.startswith("refs.json, ")
    assert problem in line


def test_a_broken_line_costs_one_record():
    found = contents('{"title": "First"}\n{"title": oops}\n{"title": "Zweites Ü"}\n')
    assert [found[0], found[2]] == [ONE, TWO]
    assert str(found[1]).startswith("refs.json, line 2, column 11: not valid JSON")


def test_a_broken_indented_object_costs_one_record():
    found = contents('{\n  "title": "First\n}\n{\n  "title": "Zweites Ü"\n}\n')
    assert [type(content) for content in found] == [UnreadableInput, dict]


def test_a_broken_array_is_one_error():
    assert len(contents('[\n{"title": "First"},\n{"title": oops},\n{"title": "Last"}\n]')) == 1


@pytest.mark.parametrize("text", ["[]", "[] []"])
def test_json_without_records_is_an_error(text):
    with pytest.raises(UnreadableInput, match="no records found"):
        contents(text)


def test_the_last_of_doubled_keys_counts():
    assert contents('{"title": "Old", "title": "First"}') == [ONE]


@pytest.mark.parametrize(
    "text",
    [
        "[2470] A title in brackets",
        "{Withdrawn} A title",
        "<!DOCTYPE html><html><body>{}</body></html>",
        "Session Information\nDate: Tuesday",
        "2470",
    ],
)
def test_a_page_may_begin_with_anything(text):
    assert is_json(text.encode()) == (text == "2470")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_json_in_any_unicode_encoding_is_read(tmp_path, encoding):
    file = tmp_path / "refs.json"
    file.write_bytes(json.dumps(TWO, ensure_ascii=False).encode(encoding))
    assert list(read_source(str(file), Web(pytest.fail))) == [Outcome(f"{file}, record 1", TWO)]


def test_a_url_is_fetched():
    url = "HTTPS://acrabstracts.org/abstract/x/"
    assert list(read_source(url, Web(str.lower))) == [Outcome(url, url.lower(), address=url)]


def test_a_url_that_cannot_be_fetched_is_an_error_outcome():
    given_url = "https://acrabstracts.org/abstract/x/"

    def fetch(url):
        raise FetchError(url, "no such host")

    (outcome,) = read_source(given_url, Web(fetch))
    assert str(outcome.error) == f"{given_url}: no such host"


@pytest.mark.parametrize(
    ("name", "problem", "next_step"),
    [
        ("missing.html", "cannot be read (No such file or directory)", "check the name"),
        ("", "cannot be read", "check the name"),
        ("nul\0character", "cannot be read", "check the name"),
        ("acrabstracts.org/abstract/x/", "cannot be read", "begins with https://"),
        ("PMID: 12345678", "cannot be read", "PubMed IDs are not looked up"),
        ("12345678", "cannot be read", "PubMed IDs are not looked up"),
        ("Tea in gout: a survey", "cannot be read", "titles are not looked up"),
        ("/dev/null", "the input is empty", "check the file, or the command"),
    ],
)
def test_what_cannot_be_read_is_reported_with_what_to_do(name, problem, next_step):
    (page,) = read_pages([name])
    assert problem in str(page.error)
    assert next_step in str(page.error)
    (outcome,) = read_source(name, Web(pytest.fail))
    assert str(outcome.error) == str(page.error)


def test_reading_pages_refuses_json_and_urls(tmp_path):
    file = tmp_path / "refs.json"
    file.write_text('{"title": "First"}', "utf-8")
    refused = read_pages([str(file), "https://acrabstracts.org/abstract/x/"])
    json_error, url_error = (str(page.error) for page in refused)
    assert "this is JSON, not a page; use 'abstool cite'" in json_error
    assert "use 'abstool fetch'" in url_error


def test_standard_input_is_read_once(monkeypatch):
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(b'{"title": "First"}'), "utf-8"))
    found = list(read_source("-", Web(pytest.fail)))
    assert found == [Outcome("standard input, record 1", ONE)]
    with pytest.raises(UsageError, match="only once"):
        check_stdin(["-", "page.html", "-"], note=pytest.fail)


def test_a_closed_standard_input_is_an_error(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    (page,) = read_pages(["-"])
    assert str(page.error).startswith("standard input: it is closed")


def test_input_from_the_terminal_is_noted(monkeypatch):
    terminal = TextIOWrapper(BytesIO(), "utf-8")
    monkeypatch.setattr(terminal.buffer, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stdin", terminal)
    notes = []
    check_stdin(["page.html"], notes.append)
    assert notes == []
    check_stdin(["-"], notes.append)
    assert "Ctrl-D" in notes[0]
