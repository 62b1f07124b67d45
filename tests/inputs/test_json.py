"""Valid JSON is read fast, and the fast way gives the same as the careful one."""

import json

from hypothesis import example, given
from hypothesis import strategies as st

import abstool
from abstool.errors import UnreadableInput
from abstool.inputs.json import is_json, read_json, read_json_text
from abstool.record import Abstract

LINE = '{"schema": "abstool/1", "title": "T"}'
NUMBERS = (
    "0 -0 1.0 1E+2 1e-400 5e-324 0.30000000000000004 9223372036854775808 123456789012345678901.5"
)
BROKEN = [
    "NaN", "-Infinity", "1e999", "9" * 5000, "01", "1.", ".5", "-", "tru", "'x'", '"\t"', '"\\x"',
    '"\\ud800"', '"\\udc00\\ud83d"', '"\\ud83d\\ude00"', '"\x00"', '"', "[1,]", '{"a":1,}', "{1:2}",
    "[" * 500 + "]" * 500, "[" * 2000 + "]" * 2000, '{"a":1,"a":{"b":2,"b":3}}', "\ufeff", "/**/1",
]  # fmt: skip
values = st.sampled_from([*NUMBERS.split(), *BROKEN, "null", "true", '""', "[]", "{}", '"é \\n"'])
keys = st.sampled_from(
    "title url schema session publication keywords authors sections accessed extra x type".split()
)
objects = st.lists(st.tuples(keys, values), max_size=3).map(
    lambda pairs: "{" + ", ".join(f'"{key}": {value}' for key, value in pairs) + "}"
)
lines = st.sampled_from(
    [
        LINE,
        '{"schema":"abstool/1","title":"T","url":"u","session":{},"extra":{"a":1}}',
        '{"schema": "abstool/1", "title": "T", "authors": [{"name": "A", "orcid": "0"}]}',
        '{"schema": "abstool/1", "title": "T", "session": {"abstract_range": []}}',
        '{"schema": "abstool/2", "title": "T"}',
        '{"id": "a", "type": "book", "title": "T"}',
    ]
)
texts = st.lists(
    lines | objects | values | st.sampled_from(["", "[", "]", ",", LINE[:20]]), max_size=6
).flatmap(
    lambda parts: st.sampled_from(["\n", "\r\n", "", " ", "\n\n", ",\n", "\u00a0", "\x1e"]).map(
        lambda separator: separator.join(parts)
    )
)


def read(outcomes):
    """Return all subjects with their values or messages; records as dictionaries."""
    found = []
    try:
        found.extend(
            (one.subject, repr(plain(one.subject, one.value, one.error))) for one in outcomes
        )
    except UnreadableInput as error:
        found.append(str(error))
    return found


def plain(subject, value, error):
    if isinstance(value, Abstract):
        return value.to_dict()
    if error:
        return error
    try:
        return Abstract.from_dict(value, subject).to_dict()
    except (UnreadableInput, RecursionError) as refusal:
        return value, str(refusal)


@given(texts | texts.map(lambda text: f"{LINE}\n{text}") | texts.map(lambda text: f"[{text}]"))
@example("[" + LINE + ",\n" + LINE + "]")
def test_valid_and_broken_json_reads_the_same_both_ways(text):
    assert read(read_json(text.encode(), "file")) == read(read_json_text(text, "file"))


@given(texts)
def test_every_text_of_objects_is_json(text):
    start = text.lstrip("\ufeff \r\n\t")
    if start.startswith(('{"', "[{", "[[", "[]", "{}")):
        assert is_json(text.encode())


def test_the_line_of_a_broken_record_counts_from_the_start_of_the_file():
    data = f'{LINE}\n\n{LINE}\n{{"title": oops}}\n{LINE}\n'.encode()
    *_, broken, last = read_json(data, "file")
    assert str(broken.error).startswith("file, line 4, column 11: not valid JSON")
    assert last.subject == "file, record 4"


empty = st.sampled_from([None, "", [], {}])
parts = st.dictionaries(
    keys | st.sampled_from("name text interests codes date".split()),
    st.recursive(empty | st.just("x"), lambda inner: st.lists(inner, max_size=2)),
    max_size=4,
)


@given(parts, parts, parts)
def test_a_record_of_json_is_that_of_its_dictionary(whole, author, session):
    data = {"schema": "abstool/1", "title": "T", **whole, "authors": [author], "session": session}
    if (record := Abstract.from_json(json.dumps(data).encode())) is not None:
        assert record == Abstract.from_dict(data)
        assert record.to_dict() == abstool.Abstract.from_dict(record.to_dict()).to_dict()


def test_spaces_before_a_page_take_little_memory():
    import tracemalloc

    page = b" " * 1_000_000 + b"<html>"
    tracemalloc.start()
    try:
        assert not is_json(page)
        assert tracemalloc.get_traced_memory()[1] < 20 * len(page)
    finally:
        tracemalloc.stop()
