"""What most fields hold is read on a short way, with the same result as on the long one."""

from __future__ import annotations

import pytest

from abstool.inputs.references import form_of, read
from abstool.inputs.references.fields import doi
from abstool.inputs.references.people import people
from abstool.inputs.references.people.plain import plain_name
from abstool.inputs.references.ris.lines import split
from abstool.inputs.references.web_addresses import addresses, remark
from abstool.item import clean

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


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize(
    "text", ['<a href="{}">tea</a>', "<a href='{}'>tea</a>", "({})", "<url>{}</url>"]
)
def test_tags_and_brackets_around_a_url_are_no_part_of_it(text, url):
    assert addresses(text.format(url)) == [url]


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


@pytest.mark.parametrize(
    "entry",
    [
        "TY  - JOUR\nAU  - , Ann\nAU  - Roe, A, Jr\nTI  - A\nVL  - Vol.\nIS  - 0\nY2  - 9999/0000",
        "PMID- 1\nFAU - , Ann, Jr\nFAU - Roe, Ann\nTI  - A\nVI  - 0\nIP  - n/a\nDP  - 2025 Fal",
        "%0 Journal Article\n%A , Ann\n%T A\n%V 0\n%N n/a\n%D 0000",
        "RT Journal Article\nA1 ,Ann\nT1 A\nVO n/a\nIS 0\nYR 0000\nFD Spring",
    ],
)
def test_the_item_of_an_entry_has_the_form_of_csl_without_being_cleaned(entry):
    data = entry.encode()
    (found,) = read(data, form_of(data), "a file")
    assert found.value is not None
    assert found.value == clean(found.value)
    assert found.value["author"][0] in ({"literal": "Ann"}, {"literal": "Ann Jr"})


def test_an_abstract_of_ris_is_decoded_only_if_it_is_needed():
    data = b"TY  - JOUR\nTI  - A\nAB  - 5 &lt;  6\n and 7&nbsp;g\nN2  - B\nER  - \n"
    (whole,) = read(data, "ris", "a file")
    (short,) = read(data, "ris", "a file", with_abstracts=False)
    assert whole.value == {**(short.value or {}), "abstract": "5 < 6 and 7 g"}
    assert short.value == {
        "type": "article-journal",
        "title": "A",
        "custom": {"fields": {"format": "ris", "values": {"N2": ["B"]}}},
    }


def test_an_entry_of_ris_with_nothing_but_an_abstract_is_read():
    (found,) = read(b"TY  - JOUR\nAB  - A\nER  - \n", "ris", "a file")
    assert found.value == {"type": "article-journal", "abstract": "A"}
