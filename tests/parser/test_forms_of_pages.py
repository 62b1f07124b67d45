"""Pages of other societies and publishers, one for each form: what their records say.

``pages/expected.json`` has what must come out. The pages are invented.
"""

import json
from pathlib import Path

import pytest

from abstool.errors import NotAnAbstract
from abstool.parser import parse

PAGES = Path(__file__).parent / "pages"
EXPECTED = json.loads((PAGES / "expected.json").read_text("utf-8"))


def summary(record):
    """Return what is compared: everything that a citation, a link or a reader needs."""
    return {
        "title": record.title,
        "number": record.number,
        "meeting": record.meeting,
        "session": record.session.to_dict() if record.session else {},
        "authors": [
            [one.literal or f"{one.given}|{one.family}|{one.suffix}", *one.affiliations]
            for one in record.authors
        ],
        "affiliations": [f"{one.label} {one.name}" for one in record.affiliations],
        "sections": [one.label for one in record.sections],
        "disclosures": [f"{one.author}: {one.text}" for one in record.disclosures],
        "warnings": record.warnings,
    }


@pytest.mark.parametrize(
    "name", sorted(path.name for path in PAGES.iterdir() if path.suffix != ".json")
)
def test_a_page_of_each_form_gives_what_it_says(name):
    assert summary(parse((PAGES / name).read_bytes())) == EXPECTED[name]


NEWS = """<head><meta name="dc.title" content="Tea news">
<meta name="dc.creator" content="A Newsroom">
{}</head><body><h1>Tea news</h1><p>By A Newsroom</p><p>Bonn. They announced tea.</p></body>"""


@pytest.mark.parametrize(
    "more",
    [
        "",
        '<meta name="dc.publisher" content="University">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Tea"}</script>',
    ],
)
def test_news_with_a_title_and_an_author_in_dublin_core_are_no_abstract(more):
    with pytest.raises(NotAnAbstract):
        parse(NEWS.format(more))


def test_a_doi_in_dublin_core_shows_a_work_of_science():
    page = NEWS.format('<meta name="dc.identifier" content="doi:10.1000/tea.1">')
    assert parse(page).doi == "10.1000/tea.1"
