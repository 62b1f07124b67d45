"""JSON is read quickly where it is sound, and the quick way gives what the careful one gives."""

import json

from hypothesis import example, given
from hypothesis import strategies as st

import abstool
from abstool.encoding import decode, is_plain_utf8
from abstool.errors import UnreadableInput
from abstool.inputs import json as jsontext
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


def read(citables):
    """Return all places with their values or messages; records as dictionaries, as JSON holds."""
    found = []
    try:
        found.extend((place, repr(plain(place, content))) for place, content in citables)
    except UnreadableInput as error:
        found.append(str(error))
    return found


def plain(place, content):
    if isinstance(content, Abstract):
        return content.to_dict()
    if not isinstance(content, dict):
        return content
    try:
        return Abstract.from_dict(content, place).to_dict()
    except (UnreadableInput, RecursionError) as error:
        return content, str(error)


@given(texts | texts.map(lambda text: f"{LINE}\n{text}") | texts.map(lambda text: f"[{text}]"))
@example("[" + LINE + ",\n" + LINE + "]")
def test_sound_and_broken_json_reads_alike_both_ways(text):
    data = text.encode("utf-8", "surrogatepass")
    if jsontext.is_sound_at_a_glance(data):
        assert jsontext.is_json(text)
        quick, careful = jsontext.read_sound(data, "file"), jsontext.read_json(text, "file")
        assert read(quick) == read(careful)


def test_a_line_that_is_refused_is_placed_in_the_whole_file():
    data = f'{LINE}\n\n{LINE}\n{{"title": oops}}\n{LINE}\n'.encode()
    *_, broken, last = jsontext.read_sound(data, "file")
    assert str(broken.content).startswith("file, line 4, column 11: not valid JSON")
    assert last.subject == "file, record 4"


@given(st.sampled_from([b"a", b"\xef\xbb\xbf", b"%PDF"]), st.binary() | st.text().map(str.encode))
def test_what_is_plain_utf8_decodes_to_just_that(start, data):
    data = start + data
    if is_plain_utf8(data):
        assert decode(data) == data.decode()


def test_a_letter_that_is_cut_in_two_between_two_steps_is_read():
    data = b'{"' + b"x" * (1 << 16) + "é".encode() + b'": 1}'
    for start in range(4):
        assert is_plain_utf8(b" " * start + data)
    assert not is_plain_utf8(data[:-6])


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
