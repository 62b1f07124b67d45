"""Values of fields that a pattern could try to read in very many ways."""

import pytest

from abstool.inputs import references
from abstool.inputs.references.fields import titled
from abstool.inputs.references.people import people
from abstool.parser.metadata.statement import initials_last
from proportion import assert_at_most


def entry(form, text):
    return lambda: list(references.read(text.encode(), form, "x"))


def bibtex(url):
    return entry("bibtex", f"@book{{a, url = {{https://a.example/{url}}}, title = {{T}}}}")


def nbib(identifier):
    return entry("nbib", f"PMID- 1\nTI  - T\nLID - {identifier}\n")


# What is read, by the length of its value.
WORK = {
    "blanks in a URL": lambda size: bibtex("\r\n" * size + "x"),
    "one word in place of a DOI": lambda size: nbib("x" * size),
    "bars after a URL": lambda size: bibtex("a" + "|\n" * size + "x"),
    "blanks before a label": lambda size: lambda: titled(f"T{' ' * size}x]"),
    "commas in a name": lambda size: lambda: people([f"Roe{' ,' * size}Ann"]),
    "the words of a name": lambda size: lambda: initials_last([f"Roe {'an ' * size}1"]),
}
SIZES = {"blanks in a URL": 800, "the words of a name": 2000}


@pytest.mark.parametrize("kind", WORK)
def test_eight_times_the_value_takes_about_eight_times_the_time(kind):
    size = SIZES.get(kind, 40_000)
    assert_at_most(20, WORK[kind](size // 8), WORK[kind](size))
