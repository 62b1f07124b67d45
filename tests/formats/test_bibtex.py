"""BibTeX, read back by pybtex and bibtexparser and decoded by pylatexenc."""

import re
import unicodedata

import bibtexparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text

from abstool.citing import export
from abstool.formats.bibtex import lost
from abstool.formats.shared.latex import latex
from abstool.inputs import references
from abstool.text import plain, tidy

LATEX = LatexNodes2Text(keep_braced_groups=False, strict_latex_spaces=True)


def decoded(latex):
    """Return what LaTeX prints; pylatexenc reads a lone circumflex as a modifier letter."""
    return LATEX.latex_to_text(latex).replace("ˆ", "^")


def same(text):
    """Return text in the one form that survives LaTeX: composed, without raised characters."""
    return unicodedata.normalize("NFKC", text).replace("∆", "Δ").replace("ˆ", "^")


def bibtex(*items):
    return export(items, "bibtex", accessed="2026-01-05").decode()


def read(text):
    """Return the single entry of a file as pybtex and bibtexparser read it."""
    (entry,) = parse_string(text, "bibtex").entries.values()
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    (other,) = library.entries
    fields = {field.key: field.value for field in other.fields}
    for name, value in entry.fields.items():
        assert " ".join(fields[name].split()) == " ".join(value.split())
    assert other.key == entry.key
    return entry


def test_a_record_becomes_an_article(record):
    assert bibtex(record("sections")) == (
        """\
@article{dorner2025imagined,
  author = {D{\\"o}rner, Zo{\\"e} and von Bergen, Michael},
  title = {{Imagined Effects of Tea on Joints} [abstract]},
  journal = {Arthritis Rheumatol},
  year = {2025},
  volume = {77},
  number = {suppl 9},
  pages = {Abstract 0848},
  issn = {2326-5205},
  url = {https://acrabstracts.org/abstract/imagined-effects-of-tea/},
  urldate = {2026-01-05},
  keywords = {tea, joints},
  note = {Presented at: ACR Convergence 2025. Accessed January 5, 2026},
}
"""
    )


def test_without_a_journal_it_is_a_misc(record):
    entry = read(bibtex(record("publication")))
    assert entry.type == "misc"
    assert entry.fields["note"].startswith("Presented at: ACR Convergence 2025.")


def test_entries_are_separated_by_blank_lines_and_have_unique_keys(record):
    text = bibtex(record(), record())
    assert re.findall(r"^@article\{(.*),$", text, re.MULTILINE) == [
        "dorner2025imagined",
        "dorner2025imagineda",
    ]
    assert text.count("\n\n@article") == 1
    assert text.endswith("}\n")
    assert bibtex() == ""


@pytest.mark.parametrize(
    ("identifier", "key"),
    [
        ("smith:2020", "smith:2020"),
        ("http://zotero.org/users/1/items/AB", "doe2024tea"),
        ("Größe", "doe2024tea"),
        ("a,b", "doe2024tea"),
        ("7", "7"),
    ],
)
def test_an_id_that_is_a_valid_key_is_kept(article, identifier, key):
    assert read(bibtex(article(id=identifier))).key == key


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ({"family": "von Bergen", "given": "Michael"}, [["Michael"], ["von"], ["Bergen"], []]),
        (
            {"family": "Bergen", "non-dropping-particle": "von", "given": "M"},
            [["M"], ["von"], ["Bergen"], []],
        ),
        (
            {"family": "van der Heijde", "given": "D M"},
            [["D", "M"], ["van", "der"], ["Heijde"], []],
        ),
        ({"family": "dalla Costa", "given": "Ada"}, [["Ada"], ["dalla"], ["Costa"], []]),
        ({"family": "de los Reyes", "given": "Ana"}, [["Ana"], ["de", "los"], ["Reyes"], []]),
        ({"family": "de Vries-Bouwstra", "given": "J"}, [["J"], ["de"], ["Vries-Bouwstra"], []]),
        ({"family": "Del Gaizo", "given": "Vincent"}, [["Vincent"], [], ["Del", "Gaizo"], []]),
        ({"family": "Garcia Vicuña", "given": "R"}, [["R"], [], ["Garcia", "Vicuña"], []]),
        ({"family": "riveros frutos", "given": "A"}, [["A"], [], ["riveros frutos"], []]),
        ({"family": "Van den Bosch", "given": "F"}, [["F"], [], ["Van den Bosch"], []]),
        ({"family": "lamarthée", "given": "baptiste"}, [["baptiste"], [], ["lamarthée"], []]),
        ({"family": "Özil", "given": "Émile"}, [["Émile"], [], ["Özil"], []]),
        (
            {"family": "June", "given": "Ray R.", "suffix": "Jr"},
            [["Ray", "R."], [], ["June"], ["Jr"]],
        ),
        ({"family": "Plato"}, [[], [], ["Plato"], []]),
        ({"family": "Big Plato"}, [[], [], ["Big Plato"], []]),
        ({"literal": "CARRA and Others, Inc."}, [[], [], ["CARRA and Others, Inc."], []]),
        ({"literal": "others"}, [[], [], ["others"], []]),
        ({"family": "Ash, Jr and Sons", "given": "A, B"}, [["A, B"], [], ["Ash, Jr and Sons"], []]),
    ],
)
def test_names_are_split_as_the_item_splits_them(article, name, parts):
    entry = read(bibtex(article(author=[name, {"family": "Doe", "given": "Jo"}])))
    person, other = entry.persons["author"]

    found = (
        [*person.first_names, *person.middle_names],
        person.prelast_names,
        person.last_names,
        person.lineage_names,
    )
    assert [[decoded(word) for word in words] for words in found] == parts
    assert other.last_names == ["Doe"]


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("50 % & $5 #1 a_b", r"50 \% \& \$5 \#1 a\_b"),
        (
            "{ } \\ ~ ^",
            r"$\lbrace$ $\rbrace$ {\textbackslash} {\textasciitilde} {\textasciicircum}",
        ),
        ("Dörner Łoś ß ű ğ", r"D{\"o}rner {\L}o{\'s} {\ss} {\H{u}} {\u{g}}"),
        ("Ž ą å", r"{\v{Z}} {\k{a}} {\r{a}}"),
        ("α ≥ 5 ± 1 <", r"$\alpha$ $\geq$ 5 $\pm$ 1 $<$"),
        ("10⁹/L H₂O", r"10\textsuperscript{9}/L H\textsubscript{2}O"),
        ("CD19<sup>+</sup>", r"CD19\textsuperscript{+}"),
        ("a -- b ''c''", "a -{}- b '{}'c'{}'"),
        ("李 ș", "李 ș"),
    ],
)
def test_accents_greek_and_symbols_are_macros_and_the_rest_is_utf_8(article, text, latex):
    assert read(bibtex(article(title=text))).fields["title"] == f"{{{latex}}}"


def test_a_url_is_percent_encoded_where_tex_cannot_read_it(article):
    entry = read(bibtex(article(URL="https://x.org/{a}\\b?q=ä b%20&c#d_~")))
    assert entry.fields["url"] == "https://x.org/%7Ba%7D%5Cb?q=%C3%A4%20b%20&c#d_~"


def test_page_ranges_have_two_hyphens_and_other_pages_do_not_change(article):
    assert read(bibtex(article(page="123-9"))).fields["pages"] == "123--9"
    assert read(bibtex(article(page="123–129"))).fields["pages"] == "123--129"
    assert read(bibtex(article(page="Abstract L-12"))).fields["pages"] == "Abstract L-12"
    assert read(bibtex(article(page="45-1–45-9"))).fields["pages"] == "45-1--45-9"
    assert read(bibtex(article(page="A-1-A-9"))).fields["pages"] == "A-1--A-9"


@pytest.mark.parametrize(
    ("kind", "entry_type", "field"),
    [
        ("book", "book", "publisher"),
        ("chapter", "incollection", "booktitle"),
        ("paper-conference", "inproceedings", "booktitle"),
        ("thesis", "phdthesis", "school"),
        ("report", "techreport", "institution"),
        ("webpage", "misc", "howpublished"),
    ],
)
def test_other_types_have_their_own_fields(article, kind, entry_type, field):
    entry = read(bibtex(article(type=kind, publisher="Leaf")))
    assert entry.type == entry_type
    assert entry.fields[field] in ("Leaf", "Journal of Tea")


hostile = st.text(
    st.sampled_from("{}\\%$&#_^~\"'`,@-?!<> \n\t\x1b=|[]abAB1éűßøα≥⁹₂—“”∆|and")
    | st.characters(codec="utf-8", max_codepoint=0x2FFF),
    min_size=1,
).filter(lambda text: tidy(text) and plain(tidy(text)) == tidy(text))


@given(hostile)
def test_any_title_is_read_back_as_it_was(title):
    item = {"type": "article-journal", "title": title, "id": "x", "genre": "abstract"}
    field = read(bibtex(item)).fields["title"]
    assert field.startswith("{")
    assert field.endswith("} [abstract]")
    assert same(decoded(field)) == same(f"{tidy(title)} [abstract]")


@given(hostile, hostile, hostile)
def test_any_name_is_read_back_as_one_person_with_its_parts(family, given_name, group):
    authors = [{"family": family, "given": given_name}, {"literal": group}, {"family": "Doe"}]
    item = {"type": "article-journal", "title": "T", "id": "x", "author": authors}
    person, other, last = read(bibtex(item)).persons["author"]
    first = " ".join([*person.first_names, *person.middle_names])
    name = " ".join([*person.prelast_names, *person.last_names])
    assert same(decoded(first)) == same(tidy(given_name))
    assert same(decoded(name)) == same(tidy(family))
    assert same(decoded(str(other))) == same(tidy(group))
    assert str(last) == "Doe"


@given(hostile)
def test_braces_balance_and_no_line_is_broken_in_any_field(text):
    names = ("title", "abstract", "keyword", "note", "volume", "page", "DOI", "URL", "publisher")
    entry = bibtex({"type": "article-journal", "id": "x"} | dict.fromkeys(names, text))
    depth = 0
    for line in entry.rstrip("\n").splitlines()[1:-1]:
        assert re.fullmatch(r"  [a-z]+ = \{.*\},", line), line
        for sign in line:
            depth += {"{": 1, "}": -1}.get(sign, 0)
            assert depth >= 0
        assert depth == 0
    read(entry)


@given(text=hostile, utf8=st.booleans())
def test_a_lone_accent_does_not_change_the_text_before_it(text, utf8):
    accented = " q\u0303"
    together = latex(text + accented, utf8=utf8)
    assert together == latex(text, utf8=utf8) + latex(accented, utf8=utf8)


DATES = [
    ({"date-parts": [[2019]], "season": 4}, "year = {2019}; month = {Winter}"),
    ({"date-parts": [[2019], [2020]], "season": 4}, "year = {2019--2020}; month = {Winter}"),
    ({"date-parts": [[2019, 11], [2019, 12]]}, "year = {2019}; month = {November--December}"),
    ({"date-parts": [[2019, 12], [2020, 1]]}, "year = {2019--2020}; month = {December--January}"),
    ({"date-parts": [[2018], [2021]]}, "year = {2018--2021}"),
    ({"literal": "Winter\u2013Spring 2019"}, "year = {2019}; month = {Winter--Spring}"),
    ({"literal": "Fall 2019\u2013Spring 2020"}, "year = {2019--2020}; month = {Fall--Spring}"),
    ({"literal": "December\u2013January 2019"}, "year = {2019}; month = {December--January}"),
    ({"literal": "January 2019–2020"}, "year = {2019--2020}; month = {January}"),
    (
        {"date-parts": [[2019, 11], [2020, 11]]},
        "year = {2019--2020}; month = {November--November}",
    ),
    ({"literal": "in press"}, "year = {in press}"),
    ({"date-parts": [[2020, 3, 15]]}, "year = {2020}; month = {March}; day = {15}"),
    (
        {"date-parts": [[2020, 3, 15], [2020, 3, 17]]},
        "year = {2020}; month = {March}; day = {15--17}",
    ),
]


@pytest.mark.parametrize(("issued", "fields"), DATES)
def test_seasons_and_ranges_are_written_and_read_back(issued, fields):
    item = {"id": "x", "type": "article-journal", "title": "Tea", "issued": issued}
    text = bibtex(item)
    found = re.findall(r"^  ((?:year|month|day|date) = .*),$", text, re.MULTILINE)
    assert "; ".join(found) == fields
    (again,) = references.read(text.encode(), "bibtex", "x.bib")
    assert again.value["issued"] == issued
    assert not [*lost(item)]


def test_the_days_of_a_range_of_months_are_counted():
    issued = {"date-parts": [[2020, 3, 30], [2020, 4, 2]]}
    item = {"id": "x", "type": "article-journal", "title": "Tea", "issued": issued}
    assert [*lost(item)] == ["issued"]
    assert "  month = {March--April},\n}" in bibtex(item)
