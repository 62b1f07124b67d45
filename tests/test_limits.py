"""Pages beyond the limits are refused before they cost much; all others are read."""

import tracemalloc

import pytest

from abstool import page as pages
from abstool import parse
from abstool.errors import UnreadableInput
from abstool.inputs.sources import read_pages
from abstool.page import limits
from abstool.parser.people import two_surnames
from archive_files import page

ATTRIBUTES, DEPTH, TAGS, TEXT = limits.ATTRIBUTES, limits.DEPTH, limits.TAGS, limits.TEXT
MANY = f"a tag with more than {ATTRIBUTES} attributes"
TOO_LARGE = {
    "attributes": ("<p " + " ".join(f"a{i}=1" for i in range(3 * ATTRIBUTES)) + ">x", MANY),
    "names": ("<p " + " ".join(f"a{i}" for i in range(3 * ATTRIBUTES)) + ">x", MANY),
    "values": ("<p " + "".join(f"a{i}='>'" for i in range(3 * ATTRIBUTES)) + ">x", MANY),
    "equals signs": ("<p " + " ".join(f"=a{i}" for i in range(3 * ATTRIBUTES)) + ">x", MANY),
    "slashes": ("<p/" + "/".join(f"a{i}" for i in range(3 * ATTRIBUTES)) + ">x", MANY),
    "no end": ("<p>x<p " + "".join(f"a{i}=\n" for i in range(3 * ATTRIBUTES)), MANY),
    "depth": ("<div>" * (2 * DEPTH) + "x", f"tags nested more than {DEPTH:,} deep"),
    "tags": ("<p>x" + "<br>" * TAGS, f"more than {TAGS:,} tags"),
    "comments": ("<p>x" + "<!---->" * TAGS, f"more than {TAGS:,} tags"),
    "text": ("<p>" + "a " * TEXT, "more than 2 million characters of text"),
    "lines": ("a\n" * TAGS + "a\n", f"more than {TAGS:,} lines"),
    "plain text": ("a" * (TEXT + 1), "more than 2 million characters of text"),
}


@pytest.mark.parametrize("kind", TOO_LARGE)
def test_a_page_beyond_a_limit_is_refused_and_takes_little_memory(kind):
    text, problem = TOO_LARGE[kind]
    data = text.encode()
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableInput) as error:
            pages.read(data, subject="x")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert str(error.value) == f"x: the page has {problem}; check whether this is a page"
    assert peak < 20 * len(data) + 5_000_000


@pytest.mark.parametrize(
    "text",
    [
        "<p " + " ".join(f"a{i}=1" for i in range(ATTRIBUTES)) + ">x",
        f"<p title='{'a=b c ' * ATTRIBUTES}'>x",
        f'<p>x<img src="data:{"a=b " * 2 * ATTRIBUTES}">',
        "<div>" * (DEPTH - 10) + "x",
        "<p>x" * (TAGS - 10),
        "<p>" + "a" * TEXT,
        "x\n" * (TAGS - 1),
    ],
)
def test_a_page_within_the_limits_is_read(text):
    assert pages.read(text).blocks[0].text.strip("a") in ("x", "")


def test_a_run_goes_on_after_a_page_beyond_a_limit(tmp_path):
    (tmp_path / "1.html").write_text(TOO_LARGE["attributes"][0], "utf-8")
    (tmp_path / "2.html").write_bytes(page("2"))
    one, two = read_pages([str(tmp_path)])
    assert MANY in str(one.error)
    assert two.value.number == "2"


def test_an_affiliation_is_searched_once_for_all_its_authors(monkeypatch):
    searched = []
    place = two_surnames.place
    monkeypatch.setattr(two_surnames, "place", lambda text: searched.append(text) or place(text))
    authors = "".join(f"Ann M{n} Lee<sup>1</sup>, " for n in range(100))
    line = f"{authors}<sup>1</sup>{'University of Madrid ' * 100}"
    record = parse(f"<p>Abstract Number: 1<h1>T</h1><p>{line}<p>Meeting: M<p><b>Methods:</b> x")
    assert record.authors[0].family == "M0 Lee"
    assert sum(map(len, searched)) < 2 * len(line)
