"""Pages that lack a part: the title, the labels, the citation, or their own URL."""

import pytest

import abstool
from abstool.errors import NotAnAbstract
from abstool.inputs.sources import read_pages

BELOW_TITLE = {
    "Abstract Number: PX0897\nMeeting: Example 2020 Congress\nTheme: Tea\nMethods: We drank.": (
        "no title found, only number PX0897, meeting Example 2020 Congress; give the title"
    ),
    "Session Information\nDate: Sunday, October 26, 2025\nTitle: (0506–0521) Tea\nMethods: x": (
        "no title found, only session (0506–0521) Tea; give the title"
    ),
}


@pytest.mark.parametrize("text", BELOW_TITLE)
def test_a_page_that_begins_below_its_title_says_what_it_has(text):
    with pytest.raises(NotAnAbstract) as caught:
        abstool.parse(text, subject="x.txt")
    assert str(caught.value) == f"x.txt: {BELOW_TITLE[text]}"
    assert caught.value.lacks_title


@pytest.mark.parametrize("text", BELOW_TITLE)
def test_such_a_page_is_a_record_with_the_title_that_is_given(text):
    record = abstool.parse(text, title="A Title")
    assert (record.title, record.sections[0].label) == ("A Title", "Methods")
    assert "No authors found on the page." in record.warnings


def test_a_title_that_is_given_does_not_replace_that_of_the_page():
    text = "Abstract Number: 1\n\nA Title\n\nAnn Lee\n\nMeeting: Example\n\nMethods: x"
    assert abstool.parse(text, title="Another").title == "A Title"


# meeting, other lines: the year, 0 for none
YEARS = {
    ("ACR Convergence 2025", ""): 2025,
    ("2019 International Congress", "Session Date: Tuesday, September 24, 2019"): 2019,
    ("2019–2020 Congress", ""): 0,
    ("2020 Congress", "Session Date: Tuesday, September 24, 2019"): 0,
    ("Annual Congress", "Session Date: Tuesday, September 24, 2019"): 0,
    ("64th Annual Meeting", ""): 0,
}


@pytest.mark.parametrize(("meeting", "line"), YEARS)
def test_the_year_is_from_the_name_of_the_meeting_if_the_page_prints_no_other(meeting, line):
    text = f"A Title\n\nAnn Lee\n\nMeeting: {meeting}\nAbstract Number: 1\n{line}\n\nMethods: x"
    record = abstool.parse(text)
    assert (record.publication.year if record.publication else 0) == YEARS[meeting, line]
    warned = any("year is from the meeting's name" in warning for warning in record.warnings)
    assert warned == bool(YEARS[meeting, line])


def test_the_year_of_a_citation_counts_before_that_of_the_meeting():
    text = (
        "Abstract Number: 1\n\nA Title\n\nAnn Lee\n\nMeeting: Example 2019\n\nMethods: x\n\n"
        "To cite this abstract in AMA style:\n\nLee A. A Title [abstract]. Mov Disord. 2020; 35."
    )
    record = abstool.parse(text)
    assert record.publication.year == 2020
    assert not any("year" in warning for warning in record.warnings)


def unlabelled(line, url="https://acrabstracts.org/abstract/a-title/"):
    return (
        f"<html><head><link rel=canonical href='{url}'><script>x()</script></head><body><article>"
        f"<h1>A Title</h1>{line}<p>We drank tea.</p></article></body></html>"
    )


LINE = "<p>Ann Lee<sup>1</sup> and Bob Ray<sup>1</sup>, <sup>1</sup>Univ, City, ST</p>"


@pytest.mark.parametrize("line", [LINE, LINE.replace(", <sup>1</sup>U", "</p><p><sup>1</sup>U")])
def test_a_page_without_labels_is_a_record_by_its_address_and_its_author_line(line):
    record = abstool.parse(unlabelled(line))
    assert (record.title, record.url) == ("A Title", "https://acrabstracts.org/abstract/a-title/")
    people = [(author.name, author.affiliations) for author in record.authors]
    assert people == [("Ann Lee", ["1"]), ("Bob Ray", ["1"])]
    assert [affiliation.name for affiliation in record.affiliations] == ["Univ, City, ST"]
    assert [section.text for section in record.sections] == ["We drank tea."]
    assert "The page does not give the abstract's number or its meeting." in record.warnings


NEWS = [
    unlabelled("<p>By Ann Lee, Example Times, City</p>"),
    unlabelled(LINE, "https://acrabstracts.org/news/a-title/"),
    unlabelled(LINE, "https://news.example.org/abstract/a-title/"),
    unlabelled(LINE, "https://[broken/abstract/"),
    unlabelled(""),
]


@pytest.mark.parametrize("page", NEWS)
def test_a_news_page_is_not_an_abstract(page):
    with pytest.raises(NotAnAbstract):
        abstool.parse(page)


PAGE = (
    "<body><p>Abstract Number: 1<h1>A Title</h1><p>Ann Lee<p>Meeting: X<p>Methods: x</body></html>"
)
SINGLE_FILE = (
    "<!--\n Page saved with SingleFile \n url: https://example.org/abstract/tea/ \n "
    "saved date: Thu Jan 08 2026 19:12:36 GMT+0100 (Central European Standard Time)\n-->"
)
FIREFOX = "<!-- saved from url=(0035)https://example.org/abstract/tea/ -->"
# the beginning of a page: its URL and date of access
SAVED = {
    f"<!doctype html><html>{SINGLE_FILE}": ("https://example.org/abstract/tea/", "2026-01-08"),
    f"<!doctype html>\n{FIREFOX}<html>": ("https://example.org/abstract/tea/", ""),
    "<!-- saved from url=(0014)about:internet --><html>": ("", ""),
    SINGLE_FILE.replace("Jan 08", "Jan 48"): ("https://example.org/abstract/tea/", ""),
    "<!-- saved date: Thu Jan 08 2026 --><html>": ("", ""),
    "<!--" * 50_000: ("", ""),
    f"{FIREFOX}<link rel=canonical href='https://example.org/abstract/own/'>": (
        "https://example.org/abstract/own/",
        "",
    ),
}


@pytest.mark.parametrize("head", SAVED, ids=range(len(SAVED)))
def test_comments_say_from_where_and_when_a_page_was_saved(head):
    record = abstool.parse(f"{head}{'-->' if len(head) > 9999 else ''}{PAGE}")
    assert (record.url, record.accessed) == SAVED[head]


def test_the_date_of_a_comment_is_read_from_files(tmp_path):
    file = tmp_path / "page.html"
    file.write_text(f"<html>{SINGLE_FILE}{PAGE}", "utf-8")
    assert [outcome.value.accessed for outcome in read_pages([str(file)])] == ["2026-01-08"]


def test_a_label_of_disclosures_that_is_printed_twice_is_no_name():
    page = PAGE.replace("</body>", "<p>Disclosures: Disclosures: A. Lee: None.</p></body>")
    (disclosure,) = abstool.parse(page).disclosures
    assert (disclosure.author, disclosure.interests) == ("Ann Lee", [])


def test_a_character_that_was_lost_is_warned_of():
    lost = "The title or an author has a character that was lost: \ufffd."
    text = next(iter(BELOW_TITLE))
    assert lost in abstool.parse(text, title="Sj\ufffdgren").warnings
    assert lost not in abstool.parse(f"{text} \ufffd", title="Sjögren").warnings
