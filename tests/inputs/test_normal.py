"""What every reader changes to CSL's form: inline tags of other markup, DOIs in URLs."""

import time

import pytest

from abstool.inputs import references
from abstool.inputs.references.csl_json import adapted
from abstool.inputs.references.normal import csl_markup, doi_of_url


@pytest.mark.parametrize(
    ("text", "csl"),
    [
        ("<em>In vivo</em> tea", "<i>In vivo</i> tea"),
        ("CO<inf>2</inf> and <SUP>18</SUP>F", "CO<sub>2</sub> and <sup>18</sup>F"),
        ("<strong>A</strong> <B>b</B>", "<b>A</b> <b>b</b>"),
        ("<jats:italic>E. coli</jats:italic>", "<i>E. coli</i>"),
        ("<jats:title>Aim</jats:title><jats:p>p &lt; 0.05</jats:p>", "Aim p < 0.05"),
        ("<jats:p>One<jats:sup>2</jats:sup> way", "One<sup>2</sup> way"),
        ("<scp>DNA</scp> and <small-caps>rna</small-caps>", "<sc>DNA</sc> and <sc>rna</sc>"),
        ('<span class="html-italic">T. tea</span>', "<i>T. tea</i>"),
        ('<span style="font-style: italic;">T. tea</span>', "<i>T. tea</i>"),
        ("<span>T.</span> <font color='red'>tea</font>", "T. tea"),
        ('<span class="nocase">T.</span> <em>x</em>', '<span class="nocase">T.</span> <i>x</i>'),
        ('<em>a <span class="nocase">T</span></em>', '<i>a <span class="nocase">T</span></i>'),
        ('<i class="x">T. tea</i>', "<i>T. tea</i>"),
        ("<em>a <strong>b</strong> c</em>", "<i>a <b>b</b> c</i>"),
        ("<p>One</p><p>Two</p>", "One Two"),
        ("One<br>two<br/>three", "One two three"),
        ('<a href="https://example.org">Tea</a>', "Tea"),
        ("<mml:math><mml:mi>x</mml:mi><mml:mo>=</mml:mo></mml:math> 1", "x= 1"),
        ("<i>own</i> <sub>2</sub> <sc>x</sc>", "<i>own</i> <sub>2</sub> <sc>x</sc>"),
        ("a <b and c> d", "a <b and c> d"),
        ("the <em> tag, <5% and p<0.05", "the <em> tag, <5% and p<0.05"),
        ("<Tea> and </em> x", "<Tea> and </em> x"),
        ("vector<int> of <T>", "vector<int> of <T>"),
    ],
)
def test_inline_tags_of_other_markup_become_those_of_csl(text, csl):
    assert csl_markup(text) == csl


@pytest.mark.parametrize(
    ("url", "doi"),
    [
        ("https://doi.org/10.1000/tea", "10.1000/tea"),
        ("http://dx.doi.org/10.1000/tea", "10.1000/tea"),
        ("https://www.doi.org/10.1000/tea", "10.1000/tea"),
        ("HTTPS://DOI.ORG/10.1000/tea.", "10.1000/tea"),
        ("doi.org/10.1000/tea", "10.1000/tea"),
        ("https://doi.org/10.1000%2Ftea%281%29", "10.1000/tea(1)"),
        ("https://doi.org/10.1000/tea?nosfx=y#top", "10.1000/tea"),
        ("https://doi-org.proxy.example.edu/10.1000/tea", "10.1000/tea"),
        ("https://dx-doi-org.proxy.example.edu/10.1000/tea", "10.1000/tea"),
        ("https://doi.org.proxy.example.edu/10.1000/tea", "10.1000/tea"),
        ("https://doi.org/", ""),
        ("https://example.org/doi/10.1000/tea", ""),
        ("https://example.org/?u=https://doi.org/10.1000/tea", ""),
        ("https://notdoi.org/10.1000/tea", ""),
    ],
)
def test_a_url_of_the_resolver_has_a_doi(url, doi):
    assert doi_of_url(url) == doi


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("https://doi.org/https://doi.org/10.1000/tea", "https://doi.org/10.1000/tea"),
        ("http://dx.doi.org/http://dx.doi.org/10.1000/tea", "http://dx.doi.org/10.1000/tea"),
        ("https://doi.org/https://example.org/tea", "https://example.org/tea"),
        ("https://example.org/https://doi.org/10.1000/x", None),
    ],
)
def test_the_resolver_in_front_of_an_address_is_left_out(url, read):
    assert adapted({"type": "book", "title": "Tea", "URL": url}).item["URL"] == (read or url)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("bibtex", "@misc{a, title = {The <em>tea</em>}, url = {https://doi.org/10.1000/tea}}"),
        ("ris", "TY  - GEN\nTI  - The <em>tea</em>\nUR  - https://doi.org/10.1000/tea\nER  - \n"),
        (
            "nbib",
            "PMID- 1\nTI  - The <em>tea</em>\nDP  - 2020\nAID - 10.1000/tea [doi]\n",
        ),
    ],
)
def test_all_readers_share_these_rules(form, text):
    assert references.form_of(text.encode()) == form
    (found,) = references.read(text.encode(), form, "x")
    assert (found.value["title"], found.value["DOI"]) == ("The <i>tea</i>", "10.1000/tea")


def test_items_share_these_rules():
    data = {"type": "webpage", "title": "<em>T</em>", "URL": "https://doi.org/10.1000/tea"}
    found = adapted(data).item
    assert (found["title"], found["DOI"]) == ("<i>T</i>", "10.1000/tea")


@pytest.mark.parametrize(
    "text", ["<i>" * 20_000 + "</b>" * 20_000, "<em>" * 30_000, "<a " * 30_000]
)
def test_no_markup_takes_long(text):
    start = time.process_time()
    csl_markup(text)
    assert time.process_time() - start < 20  # a quadratic scan takes minutes


def test_a_value_that_is_only_a_line_break_is_none():
    text = "TY  - JOUR\nTI  - Tea\nT2  - <br />\nVL  - 12<br />\nPB  - <p></p>\nER  - \n"
    (found,) = references.read(text.encode(), "ris", "x.ris")
    assert {**found.value, "custom": None} == {
        "type": "article-journal",
        "title": "Tea",
        "volume": "12",
        "custom": None,
    }


@pytest.mark.parametrize(
    "part", ["TI  - Sj\ufffdgren", "JO  - Sj\ufffdgren", "AU  - Sj\ufffdgren, A", "A2  - \ufffd, A"]
)
def test_a_character_that_an_earlier_program_lost_is_warned_of(part):
    lost = "the title, the journal or a name has a character that was lost: \ufffd"
    text = f"TY  - JOUR\nAU  - Roe, A\n{part}\nER  - \n".encode()
    (found,) = references.read(text, "ris", "x.ris")
    assert found.warnings == (lost,)
    assert adapted({"type": "book", "title": "\ufffd"}).warnings == (lost,)


@pytest.mark.parametrize(
    ("short", "expected"),
    [
        ("J.Biol.Chem.", "J. Biol. Chem."),
        ("Proc.Natl.Acad.Sci.U.S.A.", "Proc. Natl. Acad. Sci. U.S.A."),
        ("J. Tea", "J. Tea"),
        ("BMJ.com", "BMJ.com"),
    ],
)
def test_the_words_of_an_abbreviated_journal_have_blanks_between_them(short, expected):
    text = f"TY  - JOUR\nTI  - Tea\nJF  - Tea Letters\nJA  - {short}\nER  - \n".encode()
    (found,) = references.read(text, "ris", "a.ris")
    assert found.value["container-title-short"] == expected


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("ris", "TY  - JOUR\nTI  - Tea\nJA  - {}\nER  - \n"),
        ("csv", 'Author(s),Title,Source,Year,Volume\nRoe A,Tea,"{}",2019,78\n'),
        ("csv", 'Authors,Title,Journal,Published Year,DOI\nRoe A,Tea,"{}",2019,\n'),
        ("enw", "%0 Journal Article\n%T Tea\n%J {}\n"),
        ("bibtex", "@article{{a, title = {{Tea}}, journal = {{{}}}}}"),
        ("nbib", "PMID- 1\nTI  - Tea.\nJT  - {}\n"),
    ],
)
def test_the_meeting_in_the_name_of_a_journal_is_no_part_of_it(form, text):
    journal = "Tea letters. Conference: 5th tea congress, TC 2019. Madrid, Spain"
    (found,) = references.read(text.format(journal).encode(), form, "x")
    expected = {
        "container-title": "Tea letters",
        "event-title": "5th tea congress, TC 2019",
        "event-place": "Madrid, Spain",
    }
    assert expected.items() <= found.value.items()


@pytest.mark.parametrize("journal", ["Tea: a journal", "Proceedings of the Conference: Tea"])
def test_another_name_with_a_colon_is_a_journal(journal):
    item = {"type": "article-journal", "title": "Tea", "container-title": journal}
    assert adapted(item).item["container-title"] == journal
