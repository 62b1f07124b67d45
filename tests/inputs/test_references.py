"""What all readers of references share: entries, warnings and errors, one module per form."""

import pytest

from abstool.citing import export
from abstool.inputs import references
from abstool.inputs.references import bibtex
from abstool.inputs.references.fields import InvalidEntryError, Reading
from abstool.inputs.references.forms import FORMS

GOOD = {"type": "book", "title": "Tea"}


def broken():
    raise InvalidEntryError("it has no title")


def nested():
    return nested()


@pytest.fixture
def read(monkeypatch):
    """Return a function that reads these entries instead of those of a text."""

    def read(*entries, error=None):
        def found(text):
            yield from enumerate(entries, 1)
            if error:
                raise InvalidEntryError(error)

        monkeypatch.setattr(bibtex, "entries", found)
        return [*references.read(b"", "bibtex", "a.bib")]

    return read


def test_a_broken_entry_does_not_stop_the_others(read):
    entries = [broken, nested, lambda: 1 / 0, lambda: Reading({**GOOD})]
    one, two, three, four = read(*entries)
    assert str(one.error) == "a.bib, line 1: it has no title; fix the entry or remove it"
    assert str(two.error) == "a.bib, line 2: nested too deeply; fix the entry or remove it"
    assert isinstance(three.error, ZeroDivisionError)
    assert (four.subject, four.value, four.error) == ("a.bib, line 4", GOOD, None)


def test_a_broken_file_is_an_error_after_its_good_entries(read):
    one, two = read(lambda: Reading({**GOOD}), error="the file is cut off")
    assert one.value == GOOD
    assert str(two.error) == "a.bib: the file is cut off; check the file"


def test_a_warning_is_given_for_each_entry_or_once_per_file(read):
    entry = Reading({**GOOD}, warnings=("retracted",), once=("unknown command", "unknown command"))
    found = read(lambda: entry, lambda: entry)
    assert [outcome.warnings for outcome in found] == [
        ("retracted", "unknown command"),
        ("retracted",),
    ]


@pytest.fixture
def soon(monkeypatch):
    """Let another process read all entries but the first of a file."""
    monkeypatch.setattr(references, "_LONG", 0)
    monkeypatch.setattr(references, "_MEANWHILE", 0)


RIS = (
    "TY  - JOUR\nAU  - Roe, A\nTI  - {0}\nAB  - A &amp; B\nER  - \n",
    "TY  - JOUR\nTI  - RETRACTED: {0}\nER  - \n",
    "TY  - JOUR\nAU  - J. Roe, M. Poe\nTI  - {0}\nER  - \n",
    "TY  - JOUR\nER  - \n",
)


@pytest.mark.parametrize("with_abstracts", [True, False])
@pytest.mark.usefixtures("soon")
def test_another_process_reads_the_entries_of_a_long_file_alike(with_abstracts):
    data = "".join(text.format(number) for number in range(1, 18) for text in RIS).encode()
    here, apart = (
        [*references.read(data, "ris", "a", ("a doubt",), with_abstracts=with_abstracts, apart=on)]
        for on in (False, True)
    )
    assert [found._replace(error=str(found.error)) for found in apart] == [
        found._replace(error=str(found.error)) for found in here
    ]
    assert len(here) == 68
    assert ("abstract" in here[4].value) is with_abstracts


HEADS = {"pandoc_yaml": "references:\n", "csv": "Authors,Title,Year\n"}
SEPARATE = {
    "bibtex": "@article{a, author={Roe, A}, title={Tea}}\n",
    "ris": "TY  - JOUR\nAU  - Roe, A\nTI  - Tea\nER  - \n",
    "nbib": "PMID- 31\nTI  - Tea\nAU  - Roe A\n",
    "wos": "PT J\nAU Roe, A\nTI Tea\nER\n",
    "enw": "%0 Journal Article\n%A Roe, A\n%T Tea\n",
    "refworks": "RT Journal Article\nA1 Roe, A\nT1 Tea\n",
    "ovid": "<1>\nTitle\n  Tea\nAuthors\n  Roe A.\n",
    "pandoc_yaml": "- id: a\n  type: book\n  title: Tea\n",
    "csv": "Roe A,Tea,2021\n",
}


@pytest.mark.parametrize("form", [name for name, row in FORMS.items() if row.separate])
@pytest.mark.usefixtures("soon")
def test_another_process_reads_the_forms_that_it_may_read(form):
    data = (HEADS.get(form, "") + SEPARATE[form] * 3).encode()
    here, apart = ([*references.read(data, form, "a", apart=on)] for on in (False, True))
    assert apart == here
    assert [found.value["title"] for found in here] == ["Tea"] * 3


IMPOSSIBLE = {
    "ris-date": ("ris", "TY  - JOUR\nTI  - Tea\nDA  - 2021/04/31/\nER  - \n", "2021/04/31/"),
    "ris-year": ("ris", "TY  - JOUR\nTI  - Tea\nPY  - 2021/04/31\nER  - \n", "2021/04/31"),
    "ris-words": ("ris", "TY  - JOUR\nTI  - Tea\nPY  - 2021\nDA  - Apr 45\nER  - \n", "Apr 45"),
    "bibtex-iso": ("bibtex", "@article{a, title={Tea}, date={2021-04-31}}", "2021-04-31"),
    "bibtex-words": ("bibtex", "@book{a, title={Tea}, date={31 April 2021}}", "31 April 2021"),
    "bibtex-parts": ("bibtex", "@book{a, title={Tea}, year=2021, month=apr, day=31}", "apr 31"),
    "bibtex-slashes": ("bibtex", "@book{a, title={Tea}, date={2021/04/31}}", "2021/04/31"),
    "nbib": ("nbib", "PMID- 31\nTI  - Tea\nDP  - 2021 Apr 31\n", "2021 Apr 31"),
    "enw": ("enw", "%0 Journal Article\n%T Tea\n%D 2021\n%8 April 31\n", "April 31"),
    "refworks": ("refworks", "RT Journal Article\nT1 Tea\nYR 2021\nFD Apr 31\n", "Apr 31"),
    "wos": ("wos", "PT J\nTI Tea\nPY 2021\nPD APR 31\nER\n", "APR 31"),
    "csv": ("csv", "Title,Publication Date,Journal\nTea,2021-04-31,J Tea\n", "2021-04-31"),
    "yaml": (
        "pandoc_yaml",
        "---\nreferences:\n- id: a\n  type: book\n  title: Tea\n  issued: 2021-04-31\n...\n",
        "2021-04-31",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_a_day_that_a_month_does_not_have_is_left_out_with_a_warning(name):
    form, text, printed = IMPOSSIBLE[name]
    (found,) = references.read(text.encode(), form, "a")
    assert found.value["issued"] == {"date-parts": [[2021, 4]]}
    said = f"the date {printed!r} does not exist; left out its day or month"
    assert found.warnings == (said,)


@pytest.mark.parametrize(
    ("fields", "issued", "count"),
    [
        ("year=2020, month={jan/feb}, day=30", [[2020, 1], [2020, 2]], 1),
        ("date={-0044-02-30/-0044-02-31}", [[-45, 2]], 1),
        ("date={-0044-02-29}", [[-45, 2, 29]], 0),
        ("date={2020-02-28/2020-02-31}", [[2020, 2]], 1),
        ("date={2021-02-27/2021-03-05}", [[2021, 2, 27], [2021, 3, 5]], 0),
    ],
)
def test_what_is_possible_of_both_ends_of_a_date_is_kept(fields, issued, count):
    (found,) = references.read(f"@book{{a, title={{Tea}}, {fields}}}".encode(), "bibtex", "a")
    assert found.value["issued"] == {"date-parts": issued}
    assert len(found.warnings) == count


def test_an_impossible_date_of_a_visit_in_a_note_has_a_warning():
    text = "@online{a, title={Tea}, year=2020, url={https://a.org/}, note={Accessed 31 June 2021}}"
    (found,) = references.read(text.encode(), "bibtex", "a")
    assert found.value["accessed"] == {"date-parts": [[2021, 6]]}
    assert found.warnings == ("the date '2021-06-31' does not exist; left out its day or month",)


def test_an_impossible_date_of_a_visit_has_a_warning():
    text = "@online{a, title={Tea}, year=2020, urldate={2021-13-05}}"
    (found,) = references.read(text.encode(), "bibtex", "a")
    assert found.value["accessed"] == {"date-parts": [[2021]]}
    assert found.warnings == ("the date '2021-13-05' does not exist; left out its day or month",)


@pytest.mark.parametrize(
    ("form", "text", "named"),
    [
        ("nbib", "PMID- 31415\n", "PMID 31415"),
        ("nbib", "PMID- 31415\nPMC - PMC27\n", "PMID 31415, PMCID PMC27"),
        ("bibtex", "@article{a, pmid = {31415}}", "PMID 31415"),
        ("ris", "TY  - JOUR\nDO  - 10.1000/tea\nER  - \n", "DOI 10.1000/tea"),
    ],
)
def test_an_entry_with_only_identifiers_is_kept_with_a_warning(form, text, named):
    (found,) = references.read(text.encode(), form, "a")
    assert found.value.keys() <= {"id", "type", "DOI", "PMID", "PMCID", "custom"}
    assert found.warnings == (f"the entry has only {named}; look up its title and authors",)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("bibtex", "@misc{a, title={Tea}, author={Ida Moss 0001 and Fern 0023, Ben}}"),
        ("bibtex", "@misc{a, title={Tea}, author={Moss 0114, Ida and Ben Fern 0002}}"),
        ("ris", "TY  - JOUR\nTI  - Tea\nAU  - Moss 0001, Ida\nAU  - Fern 0002, Ben\nER  - \n"),
    ],
)
def test_a_number_of_dblp_is_no_part_of_a_name(form, text):
    (found,) = references.read(text.encode(), form, "a")
    people = [{"family": "Moss", "given": "Ida"}, {"family": "Fern", "given": "Ben"}]
    assert found.value["author"] == people
    assert len(found.warnings) == 1


@pytest.mark.parametrize("name", ["MOSS Study Group 0030", "Agent 0007", "MOSS 0123"])
def test_a_number_of_a_group_or_behind_one_word_is_kept(name):
    text = f"TY  - JOUR\nTI  - Tea\nAU  - {name}\nER  - \n"
    (found,) = references.read(text.encode(), "ris", "a")
    assert found.value["author"] == [{"literal": name}]
    assert found.warnings == ()


def test_a_year_in_the_name_of_a_group_is_kept():
    text = "@misc{a, title={Tea}, author={{Tea Group 2019}}}"
    (found,) = references.read(text.encode(), "bibtex", "a")
    assert found.value["author"] == [{"literal": "Tea Group 2019"}]


@pytest.mark.parametrize(
    ("form", "text", "tag"),
    [
        ("nbib", "PMID- 12345678\nTI  - Moss.\nDP  - {} 2020\n", "DP"),
        ("wos", "FN x\nVR 1.0\nPT J\nTI Moss\nPD {}\nPY 2020\nER\n\nEF\n", "PD"),
        ("enw", "%0 Journal Article\n%T Moss\n%D 2020\n%8 {}\n", "8"),
        ("enw", "%0 Journal Article\n%T Moss\n%D {} 2020\n", "D"),
        ("refworks", "RT Journal Article\nT1 Moss\nYR 2020\nFD {}\n", "FD"),
        ("ris", "TY  - JOUR\nTI  - Moss\nPY  - 2020\nDA  - {}\nER  - \n", "DA"),
        ("csv", "Title,Authors,Year,Date\nMoss,Roe A,2020,{}\n", "date"),
    ],
)
@pytest.mark.parametrize(
    "words", ["Michaelmas", "Lent term", "Q3", "1st Quarter", "4Q", "Marketing"]
)
def test_words_in_a_date_are_kept_beside_its_year(form, text, tag, words):
    (found,) = references.read(text.format(words).encode(), form, "x")
    assert found.value["issued"] == {"date-parts": [[2020]]}
    (kept,) = found.value["custom"]["fields"]["values"][tag]
    assert words in kept


@pytest.mark.parametrize(
    ("form", "text", "tag"),
    [
        ("nbib", "PMID- 12345678\nTI  - Moss.\nYR  - {}\nDP  - {}\nDEP - 20100203\n", "DP"),
        ("wos", "FN x\nVR 1.0\nPT J\nTI Moss\nPY {}\nPD {}\nER\n\nEF\n", "PD"),
        ("enw", "%0 Journal Article\n%T Moss\n%D {}\n%8 {}\n", "8"),
        ("refworks", "RT Journal Article\nT1 Moss\nYR {}\nFD {}\n", "FD"),
        (
            "endnote_xml",
            "<record><title>Moss</title><year>{}</year><pub-dates>{}</pub-dates></record>",
            "8",
        ),
        ("csv", "Title,Authors,Year,Date\nMoss,Roe A,{},{}\n", "date"),
    ],
)
@pytest.mark.parametrize(
    ("date", "parts"),
    [
        ("2017 Dec 30", [2018]),
        ("March 2019", [2018]),
        ("Fall-Winter 2017", [2018]),
        ("3 June 2018", [2018, 6, 3]),
    ],
)
def test_the_year_counts_before_a_date_of_another_one_which_is_kept(form, text, tag, date, parts):
    (found,) = references.read(text.format(2018, date).encode(), form, "x")
    assert found.value["issued"] == {"date-parts": [parts]}
    values = found.value.get("custom", {}).get("fields", {}).get("values", {})
    warning = f"the date {date!r} contradicts another field, which is used"
    is_used = len(parts) > 1
    assert (values.get(tag), found.warnings) == ((None, ()) if is_used else ([date], (warning,)))


@pytest.mark.parametrize(
    ("form", "text", "tag"),
    [
        ("wos", "FN x\nVR 1.0\nPT J\nTI Moss\nPY {}\nPD MAY 2021\nER\n\nEF\n", "PY"),
        ("refworks", "RT Journal Article\nT1 Moss\nYR {}\nFD 2021 May\n", "YR"),
        ("ris", "TY  - JOUR\nTI  - Moss\nPY  - {}\nDA  - 20210500\nER  - \n", "PY"),
    ],
)
def test_words_for_the_year_are_kept_beside_a_date(form, text, tag):
    (found,) = references.read(text.format("in press").encode(), form, "x")
    assert found.value["issued"] == {"date-parts": [[2021, 5]]}
    assert found.value["custom"]["fields"]["values"][tag] == ["in press"]


@pytest.mark.parametrize(
    ("form", "text", "tag", "variable"),
    [
        ("nbib", "PMID- 12345678\nTI  - Moss.\nDP  - {}\n", "DP", "issued"),
        ("wos", "FN x\nVR 1.0\nPT J\nTI Moss\nPD {}\nPY 2020\nER\n\nEF\n", "PD", "issued"),
        ("enw", "%0 Journal Article\n%T Moss\n%D 2020\n%8 {}\n", "8", "issued"),
        ("enw", "%0 Web Page\n%T Moss\n%[ {}\n", "[", "accessed"),
        ("refworks", "RT Journal Article\nT1 Moss\nFD {}\n", "FD", "issued"),
        ("refworks", "RT Journal Article\nT1 Moss\nRD {}\n", "RD", "accessed"),
        ("ris", "TY  - JOUR\nTI  - Moss\nPY  - 2020\nDA  - {}\nER  - \n", "DA", "issued"),
        ("ris", "TY  - JOUR\nTI  - Moss\nY1  - {}\nER  - \n", "Y1", "issued"),
        ("ris", "TY  - JOUR\nTI  - Moss\nY2  - {}\nER  - \n", "Y2", "accessed"),
        ("csv", "Title,Authors,Year,Date\nMoss,Roe A,2020,{}\n", "date", "issued"),
        ("csv", "Title,Authors,Year,Accessed\nMoss,Roe A,2020,{}\n", "accessed", "accessed"),
    ],
)
@pytest.mark.parametrize("date", ["03/11/2020", "1-2-2020"])
def test_a_day_that_may_be_a_month_is_said_and_kept(form, text, tag, variable, date):
    (found,) = references.read(text.format(date).encode(), form, "x")
    assert found.value[variable] == {"date-parts": [[2020]]}
    warning = f"day and month of {date!r} may be in either order; used the year"
    assert found.warnings == (warning,)
    assert found.value["custom"]["fields"]["values"][tag] == [date]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("nbib", "PMID- 12345678\nTI  - Moss.\nDP  - 2020 {}\n"),
        ("wos", "FN x\nVR 1.0\nPT J\nTI Moss\nPD {}\nPY 2020\nER\n\nEF\n"),
        ("enw", "%0 Journal Article\n%T Moss\n%D 2020\n%8 {}\n"),
        ("ris", "TY  - JOUR\nTI  - Moss\nPY  - 2020\nDA  - {}\nER  - \n"),
        ("ris", "TY  - JOUR\nTI  - Moss\nPY  - 2020///{}\nER  - \n"),
        ("ovid", "<1>\nTitle\n  Moss.\nSource\n  Fern Weekly. 7(2):1-5, 2020 {}.\n"),
        ("csv", 'Title,DOI,Year,Month\nMoss,10.1000/xyz,2020,"{}"\n'),
        ("bibtex", "@article{{x, title = {{Moss}}, year = 2020, month = {{{}}}}}"),
    ],
)
@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("Feb-Mar-Apr", {"date-parts": [[2020, 2], [2020, 4]]}),
        ("Aug & Sep", {"date-parts": [[2020, 8], [2020, 9]]}),
        ("June July", {"date-parts": [[2020, 6], [2020, 7]]}),
        ("Dec-Jan", {"literal": "December\u2013January 2020"}),
        ("Winter/Spring", {"literal": "Winter\u2013Spring 2020"}),
    ],
)
def test_a_range_keeps_both_ends(form, text, words, date):
    (found,) = references.read(text.format(words).encode(), form, "x")
    assert (found.value["issued"], found.warnings) == (date, ())


@pytest.mark.parametrize(
    ("name", "words", "ends"),
    [
        ("date", "Lent 2020", [[2020]]),
        ("year", "2020 Michaelmas", [[2020]]),
        ("year", "2020 in press", [[2020]]),
        ("year", "submitted 2020", [[2020]]),
        ("date", "Q3 2020", [[2020]]),
        ("year", "2020, 2nd Quarter", [[2020]]),
        ("year", "2020 Genetics", [[2020]]),
        ("year", "2020 [print]", [[2020]]),
        ("year", "2019 (reissued 2020)", [[2019]]),
        ("year", "Reiwa 2 (2020)", [[2020]]),
        ("date", "after 1900", [[1900]]),
        ("date", "between 1910 and 1920", [[1910], [1920]]),
        ("year", "1910-1920, in parts", [[1910], [1920]]),
    ],
)
def test_words_in_a_date_of_bibtex_are_kept_beside_its_year(name, words, ends):
    text = f"@article{{x, title = {{Moss}}, {name} = {{{words}}}}}"
    (found,) = references.read(text.encode(), "bibtex", "x.bib")
    assert found.value["issued"] == {"date-parts": ends}
    assert found.value["custom"]["fields"]["raw"][name] == words
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("fields", "issued", "said"),
    [
        ("date = {Lent}, year = 2020", {"date-parts": [[2020]]}, "Lent"),
        ("date = {in press}, year = {2017}", {"date-parts": [[2017]]}, "in press"),
        ("date = {Q3}, year = 2011", {"date-parts": [[2011]]}, "Q3"),
        ("date = {n.d.}, year = {2011 Trinity}", {"date-parts": [[2011]]}, "n.d."),
        ("date = {soon}, year = {2019--2020}", {"date-parts": [[2019], [2020]]}, "soon"),
        ("date = {Hilary}, year = 2020, month = oct", {"date-parts": [[2020, 10]]}, ""),
        ("date = {Fall--Winter}, year = 2012", {"literal": "Fall–Winter 2012"}, ""),
        ("date = {May}, year = 2020", {"date-parts": [[2020, 5]]}, ""),
    ],
)
def test_a_date_of_bibtex_in_words_has_the_year_beside_it(fields, issued, said):
    text = f"@article{{x, title = {{Moss}}, {fields}}}"
    (found,) = references.read(text.encode(), "bibtex", "x.bib")
    assert found.value["issued"] == issued
    warning = f"the date {said!r} has no month; used the year"
    assert found.warnings == ((warning,) if said else ())
    for style in ("bibtex", "biblatex"):
        written = export([found.value], style)
        assert f"date = {{{fields[8 : fields.index('}')]}}}" in written.decode()
        (again,) = references.read(written, "bibtex", "x.bib")
        assert again.value["issued"] == issued


@pytest.mark.parametrize("words", ["Lent", "Q3", "Marketing"])
def test_words_in_a_month_of_bibtex_are_warned_of(words):
    text = f"@article{{x, title = {{Moss}}, year = 2020, month = {{{words}}}}}"
    (found,) = references.read(text.encode(), "bibtex", "x.bib")
    assert found.warnings == (f"the month {words!r} is unknown; left it out",)


@pytest.mark.parametrize("date", ["Thu, 12 Mar 2020", "circa 2020", "c. 2020", "Herbst 2020"])
def test_a_date_of_bibtex_that_can_be_read_has_no_warning(date):
    text = f"@article{{x, title = {{Moss}}, date = {{{date}}}}}"
    (found,) = references.read(text.encode(), "bibtex", "x.bib")
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("Fern Weekly. 7(2):S1-S5, 2018 Michaelmas.", ""),
        ("Fern Weekly. 7 (2) (pp 1-5), Lent term 2018.", ""),
        ("Fern Weekly. Vol.7(2), Trinity 2018, pp. 1-5.", ""),
        ("Fern Weekly. (2018) 7:2 (1-5). Date of Publication: Q3 2018", ""),
        ("Fern Wkly. 2018 Hilary;7(2):1-5.", ""),
        ("Fern Weekly. (2018) 7:2 (1-5). Date of Publication: 30 Dec 2017", "30 Dec 2017"),
        ("Fern Weekly. 7(2):1-5, 2019 Jan.", "2019 Jan"),
        ("Fern Wkly. 2017 Dec 30;7(2):1-5.", "2017 Dec 30"),
    ],
)
@pytest.mark.parametrize(
    ("form", "text", "tag"),
    [
        ("nbib", "PMID- 12345678\nTI  - Moss\nYR  - 2018\nSO  - {}\n", "SO"),
        ("ovid", "<1>\nTitle\n  Moss\nYear of Publication\n  2018\nSource\n  {}\n", "Source"),
        ("csv", 'Title,Authors,Year,Source\nMoss,Roe A,2018,"{}"\n', "source_text"),
    ],
)
def test_a_source_is_kept_with_the_words_of_its_date(form, text, tag, source, said):
    (found,) = references.read(text.format(source).encode(), form, "x")
    assert found.value["issued"] == {"date-parts": [[2018]]}
    assert (found.value["volume"], found.value["issue"]) == ("7", "2")
    assert found.value["container-title"] in ("Fern Weekly", "Fern Wkly")
    assert found.value["custom"]["fields"]["values"][tag] == [source]
    warning = f"the date {said!r} contradicts another field, which is used"
    assert found.warnings == ((warning,) if said else ())
