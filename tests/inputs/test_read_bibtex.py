"""BibTeX and biblatex of other tools, read as CSL-JSON."""

import json

import pytest
from hypothesis import example, given, settings

import abstool
import hostile
from abstool.citing import export
from abstool.errors import UnreadableInput
from abstool.inputs import references
from abstool.text import tidy


def read(text):
    outcomes = references.read(text.encode(), "bibtex", "refs.bib")
    return [outcome.error or outcome.value for outcome in outcomes]


def item(fields, kind="article"):
    (found,) = read(f"@{kind}{{x, {fields}}}")
    return found


ZOTERO = """\

@article{leaf_tea_2020,
	title = {Tea and {DNA} in \\emph{E. coli}},
	volume = {12},
	copyright = {© 2020},
	issn = {2326-5205},
	shorttitle = {Tea and {DNA}},
	url = {https://x.org/a_b},
	doi = {10.1000/x_y},
	abstract = {We found 50\\% more.},
	language = {en},
	number = {3},
	urldate = {2021-02-03},
	journal = {Journal of Tea},
	author = {Leaf, Zo{\\"e} and de la Cruz, Ana and {The Tea Group}},
	month = oct,
	year = {2020},
	note = {Publisher: Leaf},
	keywords = {tea, DNA},
	pages = {123--129},
}
"""


def test_an_entry_of_zotero_becomes_an_item_with_all_it_says():
    assert read(ZOTERO) == [
        {
            "id": "leaf_tea_2020",
            "type": "article-journal",
            "title": 'Tea and <span class="nocase">DNA</span> in <i>E. coli</i>',
            "author": [
                {"family": "Leaf", "given": "Zoë"},
                {"family": "de la Cruz", "given": "Ana"},
                {"literal": "The Tea Group"},
            ],
            "container-title": "Journal of Tea",
            "volume": "12",
            "issue": "3",
            "page": "123-129",
            "issued": {"date-parts": [[2020, 10]]},
            "ISSN": "2326-5205",
            "DOI": "10.1000/x_y",
            "URL": "https://x.org/a_b",
            "accessed": {"date-parts": [[2021, 2, 3]]},
            "abstract": "We found 50% more.",
            "language": "en",
            "keyword": "tea, DNA",
            "note": "Publisher: Leaf",
            "custom": {
                "fields": {
                    "format": "bibtex",
                    "type": "article",
                    "values": {
                        "copyright": ["© 2020"],
                        "shorttitle": ["Tea and {DNA}"],
                    },
                    "raw": {
                        "title": "Tea and {DNA} in \\emph{E. coli}",
                        "language": "en",
                        "journal": "Journal of Tea",
                        "month": "oct",
                    },
                }
            },
        }
    ]


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"D{\"o}rner \L o\'{s} {\ss}", "Dörner Łoś ß"),
        (r"10$^{9}$/L, $10^9$, CO$_2$, H\textsubscript{2}O", "10⁹/L, 10⁹, CO₂, H₂O"),
        (r"$\alpha \geq 5$ \& 6\,\% -- ``x''", "α ≥ 5 & 6 % – “x”"),
        ("50% of $5", "50% of $5"),
        (r"{\textasciicircum}{\textasciitilde}\{\}", "^~{}"),
        ("a\n   b~c", "a b c"),
        (r"\textit{x} \textbf{y} \unknown{z}", "<i>x</i> <b>y</b> z"),
        ("{{Whole Title}}", "Whole Title"),
        (r"{$\alpha$}-SMA", "α-SMA"),
        (r"{\r{A}} \v{Z} {\'E} \"{O} {\L}", "Å Ž É Ö Ł"),
    ],
)
def test_latex_is_decoded(latex, text):
    assert item(f"title = {{{latex}}}")["title"] == text


@pytest.mark.parametrize(
    ("names", "people"),
    [
        ("Ludwig van Beethoven", [{"family": "van Beethoven", "given": "Ludwig"}]),
        ("King, Jr, Martin L.", [{"family": "King", "given": "Martin L.", "suffix": "Jr"}]),
        ("{Garcia Vicu{\\~n}a}, R", [{"family": "Garcia Vicuña", "given": "R"}]),
        ("{A and B, Inc.} and others", [{"literal": "A and B, Inc."}, {"literal": "et al."}]),
        ("Plato", [{"family": "Plato"}]),
        (
            "family=Heijde, given=D. M., prefix=van der and Doe, J",
            [{"family": "van der Heijde", "given": "D. M."}, {"family": "Doe", "given": "J"}],
        ),
    ],
)
def test_names_are_split_as_bibtex_splits_them(names, people):
    assert item(f"author = {{{names}}}")["author"] == people


@pytest.mark.parametrize(
    ("fields", "parts"),
    [
        ("year = 2020", [[2020]]),
        ("year = {2020}, month = feb", [[2020, 2]]),
        ("year = {2020}, month = {February}, day = 7", [[2020, 2, 7]]),
        ('year = 2020, month = "7~" # feb', [[2020, 2, 7]]),
        ("year = 2020, month = {2}", [[2020, 2]]),
        ("date = {2020-02-07}", [[2020, 2, 7]]),
        ("date = {2020-02/2020-03}", [[2020, 2], [2020, 3]]),
    ],
)
def test_dates_are_read_in_every_form(fields, parts):
    assert item(fields)["issued"] == {"date-parts": parts}


def test_a_year_in_words_is_kept_as_it_is():
    assert item("year = {in press}")["issued"] == {"literal": "in press"}


@pytest.mark.parametrize(
    ("kind", "fields", "variables"),
    [
        ("inproceedings", "booktitle = {P}", {"type": "paper-conference", "container-title": "P"}),
        ("phdthesis", "school = {S}", {"type": "thesis", "genre": "PhD thesis", "publisher": "S"}),
        ("techreport", "number = {7}", {"type": "report", "number": "7"}),
        ("incollection", "series = {S}, number = 7", {"type": "chapter", "collection-number": "7"}),
        ("online", "url = {https://x.org}", {"type": "webpage", "URL": "https://x.org"}),
        ("misc", r"howpublished = {\url{https://x.org/a\_b}}", {"URL": "https://x.org/a_b"}),
        ("article", "eid = {e12}", {"page": "e12"}),
        ("article", "title = {A}, subtitle = {B}", {"title": "A: B"}),
        (
            "incollection",
            "booktitle = {B}, booksubtitle = {C}",
            {"type": "chapter", "container-title": "B: C"},
        ),
        ("article", "title = {A [abstract]}", {"title": "A", "genre": "abstract"}),
        ("article", "titleaddon = {[Abstract]}", {"genre": "abstract"}),
        ("strange", "title = {A}", {"type": "document"}),
        ("patent", "number = 7, type = {patentus}", {"genre": "US patent", "number": "7"}),
        ("patent", "type = {patreqeu}", {"genre": "European patent request"}),
        ("patent", "type = {Utility patent}, number = 7", {"genre": "Utility patent"}),
    ],
)
def test_types_and_fields_are_mapped(kind, fields, variables):
    assert variables.items() <= item(fields, kind).items()


def test_an_abbreviation_of_a_known_journal_gives_its_full_name():
    found = item("journal = {Arthritis Rheumatol.}")
    assert found["container-title"] == "Arthritis & Rheumatology"
    assert found["container-title-short"] == "Arthritis Rheumatol"


def test_strings_and_cross_references_are_resolved():
    (first, second) = read(
        '@string{jt = "Journal of " # "Tea"}\n@article{a, journal = jt, crossref = {b}}\n'
        "@proceedings{b, title = {Parent}, year = 2001}"
    )
    assert first["container-title"] == "Journal of Tea"
    assert first["issued"] == second["issued"] == {"date-parts": [[2001]]}


def test_the_subtitle_of_a_parent_belongs_to_the_title_of_the_book():
    text = (
        "@inbook{a, title = {Leaf}, crossref = {b}}\n"
        "@book{b, title = {Tea}, subtitle = {A History}, year = 2001}"
    )
    first, second = read(text)
    assert first["container-title"] == second["title"] == "Tea: A History"
    written = export([first, second], "bibtex").decode()
    assert "booktitle = {Tea},\n" in written
    assert "booksubtitle = {A History},\n" in written
    assert read(written)[0]["container-title"] == "Tea: A History"


def test_pages_of_a_book_have_a_warning():
    text = "@inbook{a, title = {Tea}, chapter = 7, pages = {100--120}}"
    (found,) = references.read(text.encode(), "bibtex", "x.bib")
    assert found.value["type"] == "book"
    assert "whose pages many styles do not print" in "".join(found.warnings)


def test_a_broken_entry_costs_one_error_and_no_other_entry(caplog):
    text = (
        "% a comment\n@article{a, title = {A}}\n@article{b, title = {B\n@article{c, title = {C}}\n"
        "@article{c, title = {D}}\n@article{e, title = {E}, title = {F}}\n@article{g,}\n@article{h"
    )
    outcomes = list(references.read(text.encode(), "bibtex", "refs.bib"))
    assert [outcome.value["title"] for outcome in outcomes if outcome.value] == list("ACDE")
    errors = [str(outcome.error) for outcome in outcomes if outcome.error]
    assert [error.partition(" (")[0] for error in errors] == [
        "refs.bib, line 3: invalid BibTeX",
        "refs.bib, line 7: the entry 'g' is empty; fix the entry or remove it",
        "refs.bib, line 8: invalid BibTeX",
    ]
    assert outcomes[0].subject == "refs.bib, line 2"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("\ufeff% Encoding: UTF-8\n\n@Article{x,", "bibtex"),
        ("@comment{jabref-meta}", "bibtex"),
        ("Provider: X\r\n\r\nTY  - JOUR\r\n", "ris"),
        ("TY - JOUR\n", "ris"),
        ("<html><style>\n@online {\nTY  - JOUR", ""),
        ("Abstract Number: 1\n@article", ""),
        ("", ""),
    ],
)
def test_the_form_is_detected_from_the_content(text, form):
    assert references.form_of(text.encode()) == form


def test_a_file_without_entries_is_an_error():
    with pytest.raises(UnreadableInput, match=r"refs.bib: this is BibTeX without entries"):
        read("@comment{nothing}")


@pytest.mark.parametrize("style", ["bibtex", "biblatex"])
def test_what_abstool_wrote_is_cited_as_before(record, style):
    trials = [{"registry": "ISRCTN", "id": "ISRCTN12345678"}]
    authors = [
        {"name": "A van der Łoś Jr", "family": "van der Łoś", "given": "A", "suffix": "Jr"},
        {"name": "The Group, Inc.", "literal": "The Group, Inc."},
    ]
    records = [record(trials=trials), record(authors=authors, title="α-SMA & {x} 10⁹/L: <5 %?")]
    found = read(export(records, style, accessed="2026-01-05").decode())
    for cited in ("ama", "ama-10", "ama-11", "apa", "vancouver"):
        assert abstool.cite(found, cited) == abstool.cite(records, cited, accessed="2026-01-05")


@given(hostile.articles)
@example(
    dict.fromkeys(("title", "container-title", "abstract"), "x")
    | {
        "id": "x",
        "type": "article-journal",
        "author": [{"family": "Roe", "given": "\\ others"}, {"family": "Doe", "given": "A"}],
    }
)
@settings(max_examples=50)
def test_any_article_that_abstool_wrote_is_read_back(article):
    for style in ("bibtex", "biblatex"):
        (found,) = read(export([article], style).decode())
        (written,) = map(json.loads, abstool.cite([article], "json"))
        assert _count(found["author"]) == _count(written["author"])
        assert _same(found["title"]) == _same(tidy(article["title"]))


def _count(names):
    """Return the number of names; however often a list says "others", they are the others."""
    says_others = [name.get("literal") in ("others", "et al.") for name in names]
    return says_others.count(False) + any(says_others)


def _same(text):
    """Return text in the form that survives LaTeX; its circumflexes and increments vary."""
    import unicodedata
    from html import unescape

    return unicodedata.normalize("NFKC", unescape(text)).replace("∆", "Δ")


@pytest.mark.parametrize(
    ("field", "value"),
    [("author", [{"family": "a x"}]), ("title", "a x"), ("note", "a x")],
)
def test_no_entry_is_nested_too_deeply(field, value):
    deep = f"@article{{b, {field} = {{a {'{' * 30_000}x{'}' * 30_000}}}, year = 2020}}"
    one, two, three = read(f"@article{{a, title={{A}}}}\n{deep}\n@article{{c, title={{C}}}}")
    assert (one["title"], three["title"]) == ("A", "C")
    assert two[field] == value


def test_a_title_in_thousands_of_braces_is_its_text():
    assert item(f"title = {{{'{' * 20_000}T{'}' * 20_000}}}")["title"] == "T"


@pytest.mark.parametrize("field", ["year", "date", "urldate"])
def test_a_date_with_thousands_of_digits_is_an_error(field):
    error = item(f"title = {{T}}, {field} = {{{'9' * 6000}}}")
    assert isinstance(error, UnreadableInput)
    assert "the date '999" in str(error)
    assert len(str(error)) < 200
