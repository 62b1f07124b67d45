"""Values of fields, and damaged files, that a pattern could try to read in very many ways."""

import io
import zipfile

import pytest

from abstool.csl.text.initials import initials
from abstool.facets.countries import country_of
from abstool.inputs import references
from abstool.inputs.archives import SavedPage
from abstool.inputs.references.entry import split_supplement
from abstool.inputs.references.fields import titled
from abstool.inputs.references.people import people, spaced
from abstool.inputs.references.people.person import read_name
from abstool.inputs.references.tables.hyperlinks import links_of, merged_columns
from abstool.inputs.sheets import SheetOptions, may_be_sheet
from abstool.inputs.tables import rows_of
from abstool.manuscripts.signs import may_start_with_person
from abstool.parser.metadata.statement import initials_last
from proportion import assert_at_most


def entry(form, text):
    return lambda: list(references.read(text.encode(), form, "x"))


def bibtex(url):
    return entry("bibtex", f"@book{{a, url = {{https://a.example/{url}}}, title = {{T}}}}")


def unclosed(block):
    return lambda size: entry("bibtex", block * size + "\n@book{a, title = {T}}")


def sheet(columns):
    head = ["Abstract Number", "Title", *["Sk"] * columns]
    data = "\n".join([",".join(head), ",".join(["1"] * len(head))]).encode()
    return lambda: list(rows_of(SavedPage("x.csv", data), SheetOptions()))


def archive(element):
    """Return a workbook's sheet that has the element, and a hyperlink beside it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as book:
        book.writestr("x/a.xml", element)
        book.writestr("x/_rels/a.xml.rels", '<Relationship Id="a" Type="/hyperlink" Target="b">')
    return zipfile.ZipFile(file)


def merged(size):
    return lambda: merged_columns(archive("<mergeCell " + 'ref="A1:A2" ' * size), "x/a.xml", 1)


def linked(size):
    return lambda: links_of(archive(f"<hyperlink {'a' * size}>"), "x/a.xml")


def nbib(identifier):
    return entry("nbib", f"PMID- 1\nTI  - T\nLID - {identifier}\n")


# What is read, by the length of its value.
WORK = {
    "blanks in a URL": lambda size: bibtex("\r\n" * size + "x"),
    "one word in place of a DOI": lambda size: nbib("x" * size),
    "bars after a URL": lambda size: bibtex("a" + "|\n" * size + "x"),
    "blanks before a label": lambda size: lambda: titled(f"T{' ' * size}x]"),
    "commas in a name": lambda size: lambda: people([f"Roe{' ,' * size}Ann"]),
    "ends of pages": lambda size: entry(
        "bibtex", f"@book{{a, title = {{T}}, pages = {{{'1-' * size}}}}}"
    ),
    "'and' before the names": lambda size: entry(
        "bibtex", f"@book{{a, title = {{T}}, author = {{{'and ' * size}Roe, Ann}}}}"
    ),
    "'and' after the names": lambda size: entry(
        "bibtex", f"@book{{a, title = {{T}}, author = {{Roe, Ann{' and' * size} b and}}}}"
    ),
    "fields on both sides of a blank line": lambda size: entry(
        "nbib", "PMID- 1\n" + "PL  - x\n" * size + "\n" + "JT  - T\n" * size
    ),
    "names in capitals": lambda size: lambda: spaced([{"family": "ROE", "given": "ABC"}] * size),
    "comments that are not closed": unclosed("@comment{\n"),
    "groups in comments that are not closed": unclosed("@comment{{}"),
    "entries that are not closed": unclosed("@book{a, title={}}@book{b, title={{}"),
    "entries far to the right": unclosed(" " * 50 + "@book{a, title={\n"),
    "long keys": unclosed("@book{" + "k" * 500 + ", title={\n"),
    "blank lines in an entry that is not closed": lambda size: entry(
        "bibtex", f"@book{{a, title = {{T}}, date = {{{chr(10) * size}x}}"
    ),
    "columns of one name": sheet,
    "brackets in a given name": lambda size: (
        lambda: initials.__wrapped__(f"A{'(' * size}", "", hyphen=False)
    ),
    "the letters of an affiliation": lambda size: lambda: country_of("x" * size),
    "the words of an affiliation": lambda size: lambda: country_of("Tea " * size),
    "cells merged in one element": merged,
    "the letters of a hyperlink": linked,
    "blank lines alone": lambda size: lambda: may_be_sheet(b"\n" * size, SheetOptions()),
    "addresses in brackets": lambda size: entry("wos", f"PT J\nAU Roe ({'a@' * size}\nER\n"),
    "letters before an author": lambda size: (
        lambda: [may_start_with_person("a" * size) for _ in range(300)]
    ),
    "the signs of an issue": lambda size: lambda: split_supplement("7" + "_" * size + "7"),
    "a word after an initial": lambda size: lambda: read_name(f"Roe A. {'b=' * size}. c"),
    "the words of a name": lambda size: lambda: initials_last([f"Roe {'an ' * size}1"]),
}
SIZES = {
    "comments that are not closed": 4000,
    "groups in comments that are not closed": 4000,
    "entries that are not closed": 2000,
    "entries far to the right": 2000,
    "long keys": 2000,
    "columns of one name": 4000,
    "blank lines in an entry that is not closed": 8000,
    "blanks in a URL": 800,
    "cells merged in one element": 4000,
    "the letters of a hyperlink": 9000,
    "letters before an author": 200,
    "addresses in brackets": 8000,
    "the letters of an affiliation": 20_000,
    "the words of an affiliation": 10_000,
    "the words of a name": 2000,
}


@pytest.mark.parametrize("kind", WORK)
def test_eight_times_the_value_takes_about_eight_times_the_time(kind):
    size = SIZES.get(kind, 40_000)
    assert_at_most(20, WORK[kind](size // 8), WORK[kind](size))
