"""biblatex, read back by pybtex and bibtexparser and decoded by pylatexenc."""

import re
import unicodedata

import bibtexparser
import pytest
from hypothesis import given
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text

import hostile
from abstool.citing import export
from abstool.inputs import references
from abstool.text import tidy

LATEX = LatexNodes2Text(keep_braced_groups=False, strict_latex_spaces=True)


def biblatex(*items):
    return export(items, "biblatex", accessed="2026-01-05").decode()


def read(text):
    (entry,) = parse_string(text, "bibtex").entries.values()
    assert not bibtexparser.parse_string(text).failed_blocks
    return entry


def same(text):
    """Return text in the one form that survives LaTeX: composed, without raised characters."""
    return unicodedata.normalize("NFKC", text).replace("∆", "Δ").replace("ˆ", "^")


def test_a_record_becomes_an_article_with_every_part_in_a_field_that_styles_print(record):
    assert biblatex(record("sections")) == (
        """\
@article{dorner2025imagined,
  author = {Dörner, Zoë and von Bergen, Michael},
  title = {{Imagined Effects of Tea on Joints}},
  titleaddon = {[abstract]},
  journaltitle = {Arthritis \\& Rheumatology},
  shortjournal = {Arthritis Rheumatol},
  date = {2025},
  volume = {77},
  number = {Suppl.~9},
  eid = {Abstract 0848},
  issn = {2326-5205},
  url = {https://acrabstracts.org/abstract/imagined-effects-of-tea/},
  urldate = {2026-01-05},
  keywords = {tea, joints},
  note = {Presented at: ACR Convergence 2025},
}
"""
    )


def test_without_a_journal_it_is_unpublished_and_has_the_date_of_its_session(record):
    entry = read(biblatex(record("publication")))
    assert entry.type == "unpublished"
    assert entry.fields["date"] == "2025-10-28"


def test_page_numbers_of_an_article_are_pages_and_not_eid(article):
    fields = read(biblatex(article())).fields
    assert (fields["pages"], "eid" in fields) == ("123--9", False)
    assert read(biblatex(article(page="e1234"))).fields["pages"] == "e1234"


def test_a_keyword_with_a_comma_is_in_braces(record):
    fields = read(biblatex(record(keywords=["Scleroderma, Localized", "tea"]))).fields
    assert fields["keywords"] == "{Scleroderma, Localized}, tea"
    fields = read(biblatex(record(keywords=["Scleroderma, Localized"]))).fields
    assert fields["keywords"] == "{Scleroderma, Localized}"


@pytest.mark.parametrize(
    ("kind", "entry_type", "field"),
    [
        ("book", "book", "publisher"),
        ("chapter", "incollection", "booktitle"),
        ("thesis", "thesis", "institution"),
        ("report", "report", "institution"),
        ("webpage", "online", "organization"),
    ],
)
def test_other_types_have_their_own_fields(article, kind, entry_type, field):
    data = article(type=kind, publisher="Leaf") | {"container-title": "Leaf"}
    entry = read(biblatex(data))
    assert (entry.type, entry.fields[field]) == (entry_type, "Leaf")


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("Dörner Łoś ß ű “q” 5 ± 1 µg", "Dörner Łoś ß ű “q” 5 ± 1 µg"),
        ("α ≥ 5 < 6", r"$\alpha$ $\geq$ 5 $<$ 6"),
        ("50 % & a_b", r"50 \% \& a\_b"),
        ("q\u0303 ǵ", r"{\~q} {\'g}"),
    ],
)
def test_letters_stay_and_characters_unknown_to_pdflatex_are_macros(article, text, latex):
    assert read(biblatex(article(title=text))).fields["title"] == f"{{{latex}}}"


@given(hostile.articles)
def test_any_article_is_read_back_as_it_was(item):
    entry = read(biblatex(item))
    read_back = {
        name: same(LATEX.latex_to_text(entry.fields[name]))
        for name in ("title", "journaltitle", "abstract")
    }
    assert read_back == {
        "title": same(tidy(item["title"])),
        "journaltitle": same(tidy(item["container-title"])),
        "abstract": same(tidy(item["abstract"])),
    }
    assert len(entry.persons["author"]) == len(item["author"])


DATES = [
    ({"date-parts": [[2019]], "season": 4}, "date = {2019-24}"),
    ({"date-parts": [[2019], [2020]], "season": 4}, "year = {Winter 2019–2020}"),
    ({"date-parts": [[2019, 11], [2019, 12]]}, "date = {2019-11/2019-12}"),
    ({"date-parts": [[2019, 12], [2020, 1]]}, "date = {2019-12/2020-01}"),
    ({"date-parts": [[2018], [2021]]}, "date = {2018/2021}"),
    ({"literal": "Winter\u2013Spring 2019"}, "date = {2019-24/2019-21}"),
    ({"literal": "Fall 2019\u2013Spring 2020"}, "date = {2019-23/2020-21}"),
    ({"literal": "December\u2013January 2019"}, "year = {December–January 2019}"),
    ({"literal": "January 2019–2020"}, "year = {January 2019–2020}"),
    ({"literal": "in press"}, "year = {in press}"),
]


@pytest.mark.parametrize(("issued", "fields"), DATES)
def test_seasons_and_ranges_are_written_and_read_back(issued, fields):
    item = {"id": "x", "type": "article-journal", "title": "Tea", "issued": issued}
    text = biblatex(item)
    found = re.findall(r"^  ((?:year|month|date) = .*),$", text, re.MULTILINE)
    assert "; ".join(found) == fields
    (again,) = references.read(text.encode(), "bibtex", "x.bib")
    assert again.value["issued"] == issued
