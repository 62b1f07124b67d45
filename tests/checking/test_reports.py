"""The reports to read: what they mark, and that hostile texts are inert in all of them."""

import html
import re
import unicodedata

import lxml.html
import pytest
from html5lib import parse as parse_html5
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from abstool.checking import CODES, Finding, Verdict
from abstool.checking.reports import CheckedManuscript, written
from abstool.checking.reports.checked import words_of
from abstool.checking.reports.marks import sides
from abstool.checking.reports.text import as_text, lines
from abstool.manuscripts import Manuscript
from abstool.text import tidy
from hostile import texts

TAGS = set(
    "html head meta title style body h1 h2 h3 ul li b p a main section dl dt dd del ins code pre"
    .split()
)  # fmt: skip
HOSTILE = [
    "<script>alert(1)</script>",
    "</pre><img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "</style><style>*{display:none}",
    "<!--",
    "```\n<b>x</b>\n~~~",
    "` **bold** [x](javascript:alert(1))",
    "# heading\n- item\n![x](http://evil.example/x.png)",
    "\x1b[31mred\x1b]8;;http://evil.example\x07",
    "abc\u202edcba",
    "&lt;b&gt; &amp;",
]


def made(text, url=""):
    findings = tuple(Finding(code, text, f"{text} more") for code in CODES)
    verdicts = (
        Verdict(text, text, "differs", url or text, text, findings, f"{tidy(text)} corrected"),
        Verdict(text, text, "unsure", candidates=((text, url or text), (text, text))),
        Verdict(text, text, "not-checked"),
    )
    manuscript = Manuscript(uncited=(text,), unlisted=(text,))
    return CheckedManuscript(f"folder/{text}.md", b"", manuscript, verdicts)


def report(checked, form):
    return written(checked, form).content.decode()


def plain_text(checked):
    return report(checked, "text")


# --- marks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "printed", "record", "marked"),
    [
        ("year", "2024", "2025", "202[4] | 202[5]"),
        ("volume", "", "77", " | [77]"),
        ("number-wrong", "0849", "0848", "084[9] | 084[8]"),
        ("title-differs", "Tea in Gaut", "Tea in Gout", "Tea in G[a]ut | Tea in G[o]ut"),
        ("title-differs", "Tea-Induced", "Tea–induced Gout", "Tea-Induced | Tea–induced[ Gout]"),
        ("title-differs", "with", "of", "[with] | [of]"),
        ("title-differs", "Sjogren’s", "Sjögren's", "Sj[o]gren’s | Sj[ö]gren's"),
        ("author-misspelled", "Dröner G", "Georg Dörner", "Dr[ö]ner G | Georg D[ö]rner"),
        ("author-misspelled", "Muster B", "Anna Muster", "Muster [B] | Anna Muster"),
        ("author-misspelled", "Muster Ł", "Łukasz Mutser", "Mus[t]er Ł | Łukasz Mu[t]ser"),
        ("author-misspelled", "Lee Y", "Yu Li", "[Lee] Y | Yu [Li]"),
        ("author-misspelled", "Mutser AB", "Anna B. Muster", "Mut[s]er AB | Anna B. Mu[s]ter"),
        ("author-misspelled", "Smith J", "Anna Muster", "[Smith] [J] | Anna [Muster]"),
        ("author-misspelled", "Muster A", "Anna Muster Jr", "Muster A | Anna Muster Jr"),
        ("author-misspelled", "Heide JP", "Jan-Pit Heide", "Heide JP | Jan-Pit Heide"),
        ("author-misspelled", "Muster AM", "Anna Muster", "Muster A[M] | Anna Muster"),
        ("author-order", "Wu F", "Anna Muster", "Wu F | Anna Muster"),
        ("author-extra", "Wu F", "", "[Wu F] | "),
        ("address-not-canonical", "http://x.org/a", "https://x.org/a/", "http://x.org/a | http[s]://x.org/a[/]"),
    ],
)  # fmt: skip
def test_the_letters_that_differ_are_marked(code, printed, record, marked):
    def shown(pieces):
        return "".join(f"[{one.text}]" if one.differs else one.text for one in pieces)

    assert " | ".join(map(shown, sides(Finding(code, printed, record)))) == marked


@given(printed=texts, record=texts, code=st.sampled_from(sorted(CODES)))
def test_both_sides_are_shown_whole(printed, record, code):
    found = sides(Finding(code, printed, record))
    for pieces, text in zip(found, (printed, record), strict=True):
        shown = "".join(one.text for one in pieces)
        assert shown.split() == unicodedata.normalize("NFC", tidy(text)).split()


def test_a_mark_stands_below_its_letter_on_broken_lines_too():
    finding = Finding("title-differs", "日本 tea " * 30 + "Gaut", "日本 tea " * 30 + "Gout")
    checked = made("x")
    verdict = Verdict("1", "x", "differs", findings=(finding,))
    checked = CheckedManuscript("x", b"", Manuscript(), (verdict,))
    shown = [*as_text(lines(checked, 60))]
    marks = [index for index, line in enumerate(shown) if set(line) == {" ", "^"}]
    assert len(marks) == 2
    for index in marks:
        line, column = shown[index - 1], shown[index].index("^")
        wide = "".join(sign * (2 if sign in "日本" else 1) for sign in line)
        assert wide[column] in "ao"
        assert len(wide) <= 60


def test_every_finding_has_words_of_its_own():
    assert len({words_of(Finding(code, "x", "y")) for code in CODES}) == len(CODES)
    assert words_of(Finding("year", "", "2025")) == "the year is missing"


# --- inertness ------------------------------------------------------------------------------------


def assert_inert_page(page):
    for tree in (
        lxml.html.fromstring(page),
        parse_html5(page, "lxml", namespaceHTMLElements=False),
    ):
        root = tree.getroot() if hasattr(tree, "getroot") else tree
        for element in root.iter():
            assert isinstance(element.tag, str), "a comment"
            assert element.tag in TAGS
            assert not [name for name in element.attrib if name.startswith("on") or name == "style"]
            for name in ("href", "src"):
                value = element.get(name, "#")
                assert re.match(r"#r\d+$|#$|https?://", value)
    assert page.count("<style>") == 1


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_inert_in_a_page(text):
    for url in ("javascript:alert(1)", "https://x.org/\"onclick='alert(1)", ""):
        page = report(made(text, url), "html")
        assert_inert_page(page)
        assert html.escape(tidy(text)) in page
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", page)


@given(text=texts)
def test_any_text_is_inert_in_a_page(text):
    assert_inert_page(report(made(text), "html"))


def test_a_page_allows_only_its_own_style():
    import base64
    import hashlib

    root = lxml.html.fromstring(report(made("x", "https://x.org/"), "html"))
    (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    rules = root.xpath("//style")[0].text
    digest = base64.b64encode(hashlib.sha256(rules.encode()).digest()).decode()
    assert policy.split("; ")[:2] == ["default-src 'none'", f"style-src 'sha256-{digest}'"]
    assert "prefers-color-scheme: dark" in rules
    assert "url(" not in rules
    assert root.xpath("//meta[@name='viewport']/@content")
    assert root.xpath("//pre[@class='corrected']")[0].text == "x corrected"


def markdown_html(text):
    return MarkdownIt("commonmark").render(text)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_inert_in_markdown(text):
    for url in ("javascript:alert(1)", "https://x.org/><script>"):
        assert_inert_markdown(text, url)


@given(text=texts)
def test_any_text_is_inert_in_markdown(text):
    assert_inert_markdown(text, "")


def assert_inert_markdown(text, url):
    page = markdown_html(report(made(text, url), "markdown"))
    root = lxml.html.fromstring(f"<div>{page}</div>")
    allowed = {"div", "h1", "h2", "p", "strong", "ul", "li", "pre", "code", "a"}
    assert {str(element.tag) for element in root.iter()} <= allowed
    assert all(re.match("https?://", link) for link in root.xpath("//a/@href"))
    code = [one.text_content() for one in root.xpath("//pre/code")]
    assert f"{tidy(text)} corrected\n" in code


@given(text=texts)
def test_any_text_is_inert_in_text(text):
    shown = plain_text(made(text))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", shown)
    assert f"{tidy(text)} corrected" in shown


# --- what a report says ---------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_every_form_has_summary_both_sides_and_correction(form):
    finding = Finding("volume", "76", "77")
    found, right = "Wu F. Tea. 76.", "Wu F. Tea. 77."
    candidates = (("Tea", "https://x.org/1"), ("Tea", "https://x.org/2"))
    verdicts = (
        Verdict("1", "A right one.", "agrees"),
        Verdict("2", found, "differs", "https://x.org/a/", "0848", (finding,), right),
        Verdict("3", "Unsure.", "unsure", candidates=candidates),
        Verdict("4", "Unknown.", "not-checked"),
        Verdict("5", "A book.", "other"),
    )
    manuscript = Manuscript(uncited=("4",), unlisted=("9",))
    shown = report(CheckedManuscript("paper.md", b"", manuscript, verdicts), form)
    if form == "html":
        shown = lxml.html.fromstring(shown).text_content()
    for wanted in (
        "5 references",
        "1 finding",
        "0848",
        "another volume",
        "volume",
        "76",
        "77",
        "Wu F. Tea. 77.",
        "https://x.org/1",
        "https://x.org/2",
        "not cited: 4",
        "not listed: 9",
    ):
        assert wanted.casefold() in shown.casefold()
    assert "A right one" not in shown
    assert "A book" not in shown


def test_the_entry_of_a_reference_file_keeps_its_layout():
    entry = "TY  - JOUR\r\nAU  - Wu, F\r\nER  - \r\n"
    verdict = Verdict("1", "x", "differs", findings=(Finding("year", "1", "2"),), corrected=entry)
    shown = plain_text(CheckedManuscript("x.ris", b"", Manuscript(), (verdict,)))
    assert "\nTY  - JOUR\nAU  - Wu, F\nER  -\n" in shown
