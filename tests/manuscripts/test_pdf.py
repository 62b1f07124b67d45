"""PDF files: columns, hyphens at line ends, headers, and files that attack."""

import zlib

import pytest

from abstool import manuscripts
from abstool.errors import UnreadableInput, UsageError
from abstool.manuscripts import pdf as reader
from abstool.manuscripts import spaced_urls
from pdf_files import pdf

LEFT = [
    "Tea helps [1], coffee [2,3].",
    "References",
    "1. Muster A. Tea and non-",
    "steroidal cups.",
]
LEFT += ["J Example Med. 2020;12:1-9.", "2. Rincon-", "Arevalo H. Coffee and the knee [abstract]."]
RIGHT = ["Arthritis Rheumatol. 2025; 77 (suppl 9).", "https://acrabstracts.org/abstract/coffee-"]
RIGHT += ["and-the-knee/. Accessed November 23, 2026."]
LAST = ["3. Li C. Water. J Example Med. 2022;14:20-29."]


def framed(number, *columns):
    head = ["Journal of Example Medicine", f"Page {number} of 2"]
    return [head, *columns, [str(number)]]


def test_columns_are_read_and_hyphens_joined_in_each_way():
    pytest.importorskip("pypdf")
    found = manuscripts.read(pdf(framed(1, LEFT, RIGHT), framed(2, LAST)), "x.pdf")
    assert [(one.key, one.text) for one in found.references] == [
        ("1", "Muster A. Tea and nonsteroidal cups. J Example Med. 2020;12:1-9."),
        (
            "2",
            f"Rincon-Arevalo H. Coffee and the knee [abstract]. {RIGHT[0]} {''.join(RIGHT[1:])}",
        ),
        ("3", "Li C. Water. J Example Med. 2022;14:20-29."),
    ]
    assert "non-steroidal" in found.references[0].alternatives[0]
    url = "https://acrabstracts.org/abstract/coffee-and-the-knee/"
    assert found.references[1].addresses[0] == url
    assert (found.uncited, found.unlisted) == ((), ())


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"%PDF-1.7 nothing else", "damaged"),
        (pdf([["x"]])[:300], "damaged|no text"),
        (pdf([[""]]), "no text"),
        (pdf([["x"]], filtered=zlib.compress(b" " * 300_000_000, 9)), "no text|damaged"),
        (pdf([["x"]]).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]"), "damaged|no text"),
    ],
    ids=range(5),
)
def test_a_pdf_without_text_or_that_attacks_gives_a_clear_error(data, problem):
    pytest.importorskip("pypdf")
    with pytest.raises(UnreadableInput) as error:
        manuscripts.read(data, "x.pdf")
    assert any(one in error.value.problem for one in problem.split("|"))
    assert error.value.next_step


def test_without_its_library_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setattr(reader, "_WORKER", "json.tool")
    monkeypatch.setattr(reader.json, "loads", lambda _: reader.MISSING)
    with pytest.raises(UsageError) as error:
        manuscripts.read(b"%PDF-1.7", "x.pdf")
    assert str(error.value).endswith("install it: pip install 'abstool[pdf]'")


@pytest.mark.parametrize(
    ("lines", "closed"),
    [
        (  # biblatex stretches URLs at their signs
            ["url: https : / /", "example . org / a / the - tea - of -", "china- in- 2012/ (vis-"],
            ["url: https://", "example.org/a/the-tea-of-", "china-in-2012/ (vis-"],
        ),
        (
            ["2 . url: https://example.org/how-the-", "co- existence- of- tea/ (visited on 3)."],
            ["2 . url: https://example.org/how-the-", "co-existence-of-tea/ (visited on 3)."],
        ),
        (["http : / / example . org / a . html, 2012 - 2013"], None),
        (["See https://example.org/a-b/ - and more. Then -", "foo - bar"], None),
        (["https://example.org/a- Accessed 2020"], None),
        (["https://doi.org/10.1000/", "2. Roe A. Tea - a drink"], None),
        (["https://doi.org/10.1000/", "", "tea - a drink"], None),
        (["the https : one", "no URL / here - at all", "Roe- or"], None),
    ],
)
def test_spaces_in_urls_are_closed_and_no_others(lines, closed):
    if lines[0].startswith("http : "):
        closed = ["http://example.org/a.html, 2012 - 2013"]
    assert [*spaced_urls.closed(lines)] == (closed or lines)
