"""What most fields hold is read on a short way, with the same result as on the long one."""

from __future__ import annotations

import pytest

from abstool.inputs.references.fields import addresses, doi, remark
from abstool.inputs.references.people import people
from abstool.inputs.references.people.plain import plain_name
from abstool.inputs.references.ris.lines import split

PLAIN_DOIS = ("10.1000/x", "10.1000/fern.2020-1/b_2", "10.1000.10/A//b", "10.123456789/0")
OTHER_DOIS = ("10.1000/x.", "10.1000/(x)", "10.1000/a%28b%29", "10.1000/x;y", "10/abc")
URLS = ("https://example.org", "http://example.org/a?b=c#d", "https://example.org/(a)", "https://x")


@pytest.mark.parametrize("text", [*PLAIN_DOIS, *OTHER_DOIS, "12", "e12", ""])
def test_a_doi_alone_is_read_as_one_with_a_label(text):
    assert doi(text) == doi(f"doi: {text}")


@pytest.mark.parametrize("text", PLAIN_DOIS)
def test_a_plain_doi_stays_as_it_is(text):
    assert doi(text) == text


@pytest.mark.parametrize("url", URLS)
def test_a_url_alone_is_read_as_one_in_brackets(url):
    assert addresses(url) == addresses(f"<{url}>") == [url]
    assert not remark(url)


@pytest.mark.parametrize("name", ["Łoś, Šárka", "Čapek, Ž. Ś.", "van der Ďuriš, İpek", "Roe, Ann"])
def test_a_name_with_any_capital_of_latin_is_plain(name):
    family, given = name.split(", ")
    assert plain_name(name) == (family, given)
    (marked,) = people([f"{name}*"]).names
    assert people([name]).names == [marked]


def test_a_sign_of_a_tag_inside_a_line_continues_the_value():
    text = "TY  - JOUR\nTI  - A  - B\nthe AU  - C\n  - D\n\nER  - \n"
    (lines,) = split(text)
    assert lines.pairs == [("TY", "JOUR"), ("TI", "A  - B\nthe AU  - C\n- D")]
