"""Any input gives a record or a clear error, in time linear in its length.

The fuzzer in ``fuzz/`` searches for more; its finds become rows here.
"""

import contextlib
import json
import tracemalloc
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import abstool
from abstool.citing import cite
from abstool.errors import AbstoolError
from abstool.record import json_schema
from proportion import assert_at_most

pytestmark = pytest.mark.one_python

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
PAGES = [path.read_bytes() for path in sorted(FIXTURES.glob("*/page.*"))]
VALIDATOR = jsonschema.Draft202012Validator(json_schema())


TARGETS = ["ama", "bibtex", "ris", "csv", "json", "jsonl", "markdown"]


def check(page):
    """Parse the page: a valid record that can be cited, or one of abstool's errors."""
    with contextlib.suppress(AbstoolError):
        record = abstool.parse(page, "https://acrabstracts.org/abstract/x/")
        data = record.to_dict()
        VALIDATOR.validate(data)
        assert record.to_json() == json.dumps(data, ensure_ascii=False).encode()
        assert abstool.Abstract.from_dict(json.loads(json.dumps(data))).to_dict() == data
        for target in TARGETS:
            assert cite([data], target) == cite([record], target)


@given(st.binary(max_size=400))
def test_any_bytes_give_a_record_or_a_clear_error(data):
    check(data)


@settings(max_examples=60)
@given(st.sampled_from(PAGES), st.floats(0, 1))
def test_a_page_cut_off_at_any_byte_gives_a_record_or_a_clear_error(page, share):
    check(page[: int(share * len(page))])


@settings(max_examples=60)
@given(st.sampled_from(PAGES), st.sampled_from(PAGES), st.floats(0, 1), st.floats(0, 1))
def test_spliced_pages_give_a_record_or_a_clear_error(one, other, end, start):
    check(one[: int(end * len(one))] + other[int(start * len(other)) :])


@pytest.mark.parametrize("page", PAGES, ids=range(len(PAGES)))
def test_a_doubled_page_gives_a_record_or_a_clear_error(page):
    check(page + page)


LINES = st.lists(
    st.sampled_from(
        [
            *("Abstract Number: 1", "Abstract Number: 1 • A", "Meeting: B", "Keywords: a, b"),
            *("Keywords:", "Session Information", "Title: (1–2) C", "Title:", "Date: May 1, 2020"),
            *("Session Time: 9AM-8AM", "Session Time: 25AM-1PM", "Methods: D", "Results", "E"),
            *("Disclosures: A. Lee: X, 12, y; B. Ray: None", "Disclosure: A. Lee, None"),
            *("To cite this abstract in AMA style:", "« Back to F", "Tweet Email"),
            *("Lee A. G [abstract]. H. 2025; 1 (suppl 2). https://[x/. Accessed .", "", ""),
            *("<b>Methods</b> <sup>1</sup>", "Ann Lee1 and Bob Ray2, 1Univ, 2City", "1H", "and"),
            *("<table><tr><th>I<td>J", "</table>", "<img src='http://[' alt='K'>", "Fig. 1. L"),
            *("- M", "for the N", "٣٠ Ann٣", "²", "\ue000\ue001", "<p hidden>", "Accessed"),
        ]
    ),
    max_size=25,
)


@given(LINES, st.sampled_from(["\n", "\n\n", "<p>", "<br>", "</div>"]))
def test_any_order_of_lines_gives_a_record_or_a_clear_error(lines, separator):
    check(separator.join(lines))


# Each place of a page holds pieces that look like something else, or like nothing at all.
PIECES = st.lists(
    st.sampled_from(
        [
            *("٢", "1", "²", "१२", "①", "½", "<sup>٢</sup>", "<sup>1</sup>", "<sup>1,٣</sup>"),
            *("<sup> </sup>", "<sup>*</sup>", "<sup>,</sup>", "<sup>0</sup>", "<sup>001</sup>"),
            *("Ada Example", "Bo Muster", ", ", " and ", "; ", ": ", ".", "Jr", "for the GROUP"),
            *(
                "Example University, Town",
                "\u200b",
                "\xa0",
                "\xad",
                "\x9b",
                "\x7f",
                "\ufeff",
                "\u2028",
            ),
            *(
                "\ud800",
                "\ufffe",
                "\ue000",
                "\ue001",
                "(",
                ")",
                "[abstract]",
                "-",
                "–",
                "None",
                "12",
            ),
            *("٢٠٢٦", "2026", "9999", "(suppl ٩)", "10:٣٠AM-1:00PM", "May ٣, 2026", "May 3, 2026"),
            *("NCT٠١٢٣٤٥٦٧", "NCT01234567", "http://[", "<b>", "</b>", "<i></i>", "&#0;", "&#155;"),
        ]
    ),
    max_size=8,
).map("".join)
PLACES = (
    "<p>Abstract Number: {}<h1>{}</h1><div>{}</div><p>Meeting: {}<p>Date of first publication: {}"
    "<p>Keywords: {}<p>Session Information<p>Title: {}<p>Date: {}<p>Session Type: {}"
    "<p>Session Time: {}<p><b>Methods:</b> {}<p>{}<table><tr><th>{}<td>{}</table>"
    "<figure><img src='{}' alt='{}'><figcaption>{}</figure><p>Disclosures: {}"
    "<p>To cite this abstract in AMA style:<p>{} [abstract]. {}. {}; {} (suppl {}). {}. Accessed ."
)
ORDINARY = (
    "1|T title|Ada Example<sup>1</sup>, <sup>1</sup>Town|M 2026|May 3, 2026|a, b|S|May 3, 2026|P|"
    "9:00AM-1:00PM|x|y|h|c|i.png|a|f|A. Example: X, 1|Example A. T title|J|2026|1|2|https://x.org"
).split("|")


@settings(max_examples=300)
@given(st.dictionaries(st.integers(0, len(ORDINARY) - 1), PIECES, min_size=1, max_size=4))
def test_whatever_stands_in_a_place_of_the_page_the_record_is_valid(hostile):
    check(PLACES.format(*(hostile.get(n, text) for n, text in enumerate(ORDINARY))))


def test_the_number_of_an_affiliation_may_have_other_digits():
    record = abstool.parse(html("Ann Lee<sup>٢</sup>, <sup>٢</sup>Univ"))
    assert [(one.label, one.name) for one in record.affiliations] == [("٢", "Univ")]
    assert record.authors[0].affiliations == ["٢"]


# --- linear time ----------------------------------------------------------------------------------

HEAD = "Abstract Number: 1\n\nA title\n\n"
TAIL = "\n\nMeeting: B\n\nSession Information\n\nTitle: C\n\nMethods: D\n\n"
CITE = f"{HEAD}Ann Lee{TAIL}To cite this abstract in AMA style:\n"


def names(count):
    return [f"A{n % 7} N{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{n // 676}" for n in range(count)]


def html(line="Ann Lee", body="", tail=""):
    return (
        f"<body><p>Abstract Number: 1<h1>A title</h1><p>{line}<p>Meeting: B<p>Session Information"
        f"<p>Title: C<p>Methods: D{body}<p>{tail}"
    )


def numbered(count):
    people = ", ".join(f"{name}<sup>{n}</sup>" for n, name in enumerate(names(count)))
    return people + "".join(f", <sup>{n}</sup>Univ {n}" for n in range(count))


def declared(count):
    return "; ".join(f"B. {name.split()[1]}: None" for name in names(count))


def cited(count):
    return (
        ", ".join(f"{name.split()[1]} B" for name in names(count)) + ". A title [abstract]. J. 2025"
    )


# Sizes are chosen so that one parse takes a few hundredths of a second.
HOSTILE = {
    "authors and affiliations": (600, lambda n: html(numbered(n))),
    "authors of no citation": (
        600,
        lambda n: html(numbered(n), "", f"To cite this abstract: {cited(n)}"),
    ),
    "authors of no disclosure": (
        600,
        lambda n: html(numbered(n), f"<p>Disclosures: {declared(n)}"),
    ),
    "authors of the former disclosures": (
        600,
        lambda n: html(numbered(n), f"<p>Disclosure: {declared(n).replace(':', ',')}"),
    ),
    "authors in text": (3000, lambda n: f"{HEAD}{', '.join(f'A{i}' for i in range(n))}{TAIL}"),
    "affiliations in text": (
        4000,
        lambda n: (
            f"{HEAD}Ann Lee1, Bob Ray999{''.join(f', {i % 999 + 1}U' for i in range(n))}{TAIL}"
        ),
    ),
    "the same affiliation number": (9000, lambda n: f"{HEAD}Ann Lee1, Bob Ray9{', 1U' * n}{TAIL}"),
    "affiliations that never begin": (9000, lambda n: f"{HEAD}{'(5, 1x' * n}{TAIL}"),
    "commas": (90_000, lambda n: f"{HEAD}{',' * n}{TAIL}"),
    "digits": (40_000, lambda n: f"{HEAD}Ann Lee{'1 ' * n}{TAIL}"),
    "numbers and commas": (30_000, lambda n: f"{HEAD}Ann Lee{'1,' * n}{TAIL}"),
    "brackets": (30_000, lambda n: f"{HEAD}{'a(' * n}b,c{TAIL}"),
    "commas in a bracket": (30_000, lambda n: f"{HEAD}Ann Lee a ({'b,' * n}{TAIL}"),
    "1 and": (4000, lambda n: f"{HEAD}{'1 and ' * n}{TAIL}"),
    "groups": (20_000, lambda n: f"{HEAD}Ann Lee1{', for the X' * n}{TAIL}"),
    "suffixes": (20_000, lambda n: f"{HEAD}Ann Lee1{', Jr' * n}, 1U{TAIL}"),
    "degrees": (20_000, lambda n: html(f"Ann Lee{', MD' * n} x<sup>1</sup>, <sup>1</sup>U")),
    "names of many words": (10_000, lambda n: f"{HEAD}Ann {'de la ' * n}x1, 1U{TAIL}"),
    "spaces": (300_000, lambda n: f"{HEAD}Ann{' ' * n}Lee{TAIL}"),
    "superscripts": (4000, lambda n: html("Ann" + "<sup>1</sup>" * n)),
    "open superscripts": (9000, lambda n: html("Ann" + "<sup>" * n)),
    "dots in the citation": (50_000, lambda n: f"{CITE}{'. ' * n}"),
    "Accessed": (50_000, lambda n: f"{CITE}{'Accessed ' * n}"),
    "lines of the citation": (2000, lambda n: CITE + "abc\n" * n),
    "URLs": (30_000, lambda n: f"{CITE}{'http://' * n} x"),
    "a URL and dots": (60_000, lambda n: f"{CITE}http://x{'.' * n} x"),
    "supplements": (20_000, lambda n: f"{CITE}A B. T [abstract]. J. 2025; 7{'suppl' * n}!"),
    "stops before a title": (4000, lambda n: f"{CITE}{'Aa B. cc ' * n}[abstract]. J. 2025"),
    "publications": (3000, lambda n: f"{CITE}{'Abstract published at x. Abstract 1. ' * n}"),
    "cited suffixes": (20_000, lambda n: f"{CITE}Lee A{', Jr' * n}. A title [abstract]. J. 2025"),
    "companies without codes": (30_000, lambda n: f"{HEAD}A{TAIL}Disclosures: A. Lee: {'X, ' * n}"),
    "initials": (30_000, lambda n: f"{HEAD}A{TAIL}Disclosure: {'A. ' * n}"),
    "lines of initials": (3000, lambda n: f"{HEAD}A{TAIL}Disclosure: A" + "\nA." * n),
    "lines of dots": (3000, lambda n: f"{HEAD}A{TAIL}Disclosure: A" + "\n." * n),
    "a weekday": (100_000, lambda n: f"{HEAD}A{TAIL.replace('Title: C', 'Date: ' + 'x' * n)}"),
    "share words": (9000, lambda n: f"{HEAD}A{TAIL}{'Tweet..' * n}x"),
    "numbers": (3000, lambda n: "Abstract Number: 1\nx\n" * n),
    "sections": (3000, lambda n: f"{HEAD}A{TAIL}" + "Methods: x\n\n" * n),
    "repeated lines": (6000, lambda n: f"{HEAD}Ann Lee{'q' * n} zz{TAIL[:-12]}" + "zz\n" * n),
    "strong labels": (3000, lambda n: html(body="<p>" + "<b>Methods</b> y " * n)),
    "links of one keyword": (
        3000,
        lambda n: html(tail="").replace(
            "<p>Sess", f"<p>Keywords: <a href=x>{'<b>x</b>' * n}</a><p>Sess"
        ),
    ),
    "list items": (3000, lambda n: html(body="<ul>" + "<li>a" * n)),
    "line breaks": (4000, lambda n: html(body="<p>" + "x<br>" * n)),
    "nesting": (5000, lambda n: html(body="<div>" * n + "x")),
    "nested class names": (
        3000,
        lambda n: html(body="".join(f"<i class=a{i}>" for i in range(n)) + "<p>x" * n),
    ),
    "class names": (
        3000,
        lambda n: html(body=f"<div class='{' '.join(f'a{i}' for i in range(n))}'>" + "<p>x" * n),
    ),
    "an attribute": (300_000, lambda n: html(body=f"<p style='display{' ' * n}'>x")),
    "cells that span": (
        1000,
        lambda n: html(body="<table>" + "<tr><td rowspan=999 colspan=999>x<td>y" * n),
    ),
    "a row that spans": (
        1000,
        lambda n: html(body="<table><tr>" + "<td rowspan=999 colspan=999>x" * n),
    ),
    "a mostly empty table": (
        1000,
        lambda n: html(body="<table>" + "<tr><td>x" * n + "<tr>" + "<td>y" * n),
    ),
    "parts of a cell": (3000, lambda n: html(body="<table><tr><td>" + "<p>x" * n + "<td>y")),
    "images": (1500, lambda n: html(body="<img src=x><p>Figure 1. x" * n)),
    "less-than signs": (200_000, lambda n: html(body="<" * n)),
    "open tags": (40_000, lambda n: "<p" * n),
    "trial words": (9000, lambda n: f"{HEAD}A{TAIL}{'nct trial study registry id ' * n}"),
}


def parse(page):
    with contextlib.suppress(AbstoolError):
        abstool.parse(page)


@pytest.mark.parametrize("kind", HOSTILE)
def test_eight_times_the_input_takes_about_eight_times_the_time(kind):
    size, page = HOSTILE[kind]
    small, large = page(size // 8), page(size)
    assert_at_most(20, lambda: parse(small), lambda: parse(large))


@pytest.mark.parametrize(
    "kind",
    [
        *("authors and affiliations", "class names", "nested class names", "cells that span"),
        *("a row that spans", "a mostly empty table", "list items", "numbers and commas"),
    ],
)
def test_memory_stays_within_a_thousand_times_the_page(kind):
    size, build = HOSTILE[kind]
    page = build(size // 2)
    tracemalloc.start()
    try:
        with contextlib.suppress(AbstoolError):
            abstool.parse(page)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 1000 * len(page) + 5_000_000
