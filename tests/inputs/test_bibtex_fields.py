"""Numbers, dates, DOIs and URLs in BibTeX files, whatever people write around them."""

import pytest

from abstool.citing import export
from abstool.inputs import references
from abstool.inputs.references.fields import doi


def outcome(fields, kind="article"):
    text = f"@{kind}{{x, title = {{T}}, {fields}}}"
    (found,) = references.read(text.encode(), "bibtex", "x.bib")
    return found


def parts(*ends):
    return {"date-parts": [*map(list, ends)]}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("10.1000/tea", "10.1000/tea"),
        ("doi:10.1000/tea.", "10.1000/tea"),
        ("DOI 10.1000/tea", "10.1000/tea"),
        ("https://doi.org/10.1000/tea?x=1#top", "10.1000/tea"),
        ("<https://dx.doi.org/10.1000/tea>", "10.1000/tea"),
        ("(doi: 10.1000/tea)", "10.1000/tea"),
        ("10.1016/S0140-6736%2899%2901234-5", "10.1016/S0140-6736(99)01234-5"),
        ("10.1000%2Ftea", "10.1000/tea"),
        ("10.1002/(SICI)1097(1998)17:15<16::AID>3.0.CO;2-2", None),
        (
            "10.1002/(SICI)1097(1998)17&lt;16::AID&gt;3.0.CO;2-2",
            "10.1002/(SICI)1097(1998)17<16::AID>3.0.CO;2-2",
        ),
        ("10.1000/a(b)c]", "10.1000/a(b)c"),
        ("10.1000/tea</DOI>", "10.1000/tea"),
        ("<a href='https://doi.org/10.1000/tea'>10.1000/tea</a>", "10.1000/tea"),
        ("10.1000/tea; 10.1000/milk", "10.1000/tea"),
        ("10.1000/tea,10.1000/milk", "10.1000/tea"),
        ("10.1000/tea PMID: 123", "10.1000/tea"),
        ("10.1000/ tea", "10.1000/tea"),
        ("10.1000/te\u200ba", "10.1000/tea"),
        ("10/abcd", "10/abcd"),
        ("n/a", ""),
        ("in press", ""),
        ("https://example.org/tea", ""),
        ("", ""),
    ],
)
def test_a_doi_is_found_in_any_text(text, number):
    assert doi(text) == (text if number is None else number)


@pytest.mark.parametrize(
    ("fields", "variables"),
    [
        ("doi = {n/a}", {"DOI": None}),
        ("doi = {https://example.org/tea}", {"DOI": None, "URL": "https://example.org/tea"}),
        (r"doi = {10.1000/a\_b{\textless}c{\textgreater}d}", {"DOI": "10.1000/a_b<c>d"}),
        ("doi = {10.1000/a$<$b{$>$}c$\\_$d}", {"DOI": "10.1000/a<b>c_d"}),
        ("volume = {0}, number = {0}", {"volume": None, "issue": None}),
        ("year = {0}, pages = {0}", {"issued": None, "page": None}),
        ("note = {doi:10.1000/tea}", {"DOI": "10.1000/tea"}),
        ("ee = {https://doi.org/10.1000/tea}", {"DOI": "10.1000/tea"}),
        ("url = {https://doi.org/10.1000/tea}", {"DOI": "10.1000/tea"}),
        (
            "howpublished = {Available at https://example.org/tea}",
            {"URL": "https://example.org/tea", "container-title": None},
        ),
        (
            r"howpublished = {[Online]. Available: \url{https://example.org/a_b}}",
            {"URL": "https://example.org/a_b", "container-title": None},
        ),
        (
            r"howpublished = {GitHub repository, \url{https://example.org/tea}}",
            {"URL": "https://example.org/tea", "container-title": "GitHub repository"},
        ),
        (
            r"howpublished = {\url{https://example.org/tea}, accessed 3 May 2020}",
            {"URL": "https://example.org/tea", "accessed": parts([2020, 5, 3])},
        ),
        (r"note = {\url{https://example.org/tea}}", {"URL": "https://example.org/tea"}),
        ("note = {https://example.org/a, second edition}", {"URL": "https://example.org/a"}),
        (
            r"note = {Tea at \url{https://example.org/a} and milk at \url{https://example.org/b}.}",
            {"URL": "https://example.org/a"},
        ),
        (
            "url = {Available at https://example.org/tea, accessed May 3, 2020}",
            {"URL": "https://example.org/tea", "accessed": parts([2020, 5, 3])},
        ),
        ("url = {www.example.org/tea}", {"URL": "www.example.org/tea"}),
        ("url = {n/a}", {"URL": None}),
        ("url = {https://example.org/tea$\\_$a$-$b}", {"URL": "https://example.org/tea_a-b"}),
        ("url = {https://example.org/?a=$3$}", {"URL": "https://example.org/?a=$3$"}),
        (r"url = {$\langle$https://example.org/$\rangle$}", {"URL": "https://example.org/"}),
        (r"url = {https://example.org/\%7Em/a$\sim$b\#c}", {"URL": "https://example.org/%7Em/a~b#c"}),
        ("lastaccessed = {6 May 2020}", {"accessed": parts([2020, 5, 6])}),
        ("urldate = {6 May 2020}", {"accessed": parts([2020, 5, 6])}),
        ("urldate = {2020-05-06}", {"accessed": parts([2020, 5, 6])}),
        ("note = {[Online; accessed 3-May-2020]}", {"accessed": parts([2020, 5, 3])}),
        ("note = {Accessed Monday, May 6, 2019}", {"accessed": parts([2019, 5, 6]), "note": None}),
        ("note = {Retrieved Tuesday 7 May 2019}", {"accessed": parts([2019, 5, 7])}),
        ("note = {abgerufen am Montag, 6. Mai 2019}", {"accessed": parts([2019, 5, 6])}),
        ("urlaccessdate = {6 maio 2020}", {"accessed": parts([2020, 5, 6])}),
        ("retrieved = {2020-05-06}", {"accessed": parts([2020, 5, 6])}),
        ("note = {Acesso em: 6 de maio de 2020}", {"accessed": parts([2020, 5, 6])}),
        ("note = {Acessado em 6 mai. 2020}", {"accessed": parts([2020, 5, 6])}),
        ("note = {Consultato il 6 maggio 2020}", {"accessed": parts([2020, 5, 6])}),
        ("note = {Geraadpleegd op 6 mei 2020}", {"accessed": parts([2020, 5, 6])}),
        (
            r"howpublished = {Tea Blog, \url{https://example.org/tea} [06.05.2020]}",
            {"accessed": parts([2020, 5, 6]), "container-title": "Tea Blog"},
        ),
        (
            r"howpublished = {Dispon\'{\i}vel em: \url{https://a.org/b}. Acesso em: 6 mai. 2020}",
            {"accessed": parts([2020, 5, 6]), "URL": "https://a.org/b", "container-title": None},
        ),
        ("articleno = {Article 77}", {"page": "77"}),
        ("artnum = {e77}", {"page": "e77"}),
        ("volume = {12 Suppl 3}", {"volume": "12", "issue": "suppl 3"}),
        ("volume = {12(3)}", {"volume": "12", "issue": "3"}),
        ("volume = {Vol. 12}, number = {No. 3}", {"volume": "12", "issue": "3"}),
        ("volume = {Jg. 3}, number = {H. 4}", {"volume": "3", "issue": "4"}),
        ("volume = {Bd. 3}, number = {Heft 4}", {"volume": "3", "issue": "4"}),
        ("volume = {Volume IV}", {"volume": "IV"}),
        ("volume = {Band}, number = {Hx}", {"volume": "Band", "issue": "Hx"}),
        ("volume = {49}, number = {Volume 49, 2020}", {"volume": "49", "issue": None}),
        ("volume = {n/a}, number = {n/a}", {"volume": None, "issue": None}),
        ("volume = {ahead-of-print}, number = {Online First}", {"volume": None, "issue": None}),
        ("number = {3--4}", {"issue": "3–4"}),
        ("pages = {pp. 11--13}", {"page": "11-13"}),
        ("pages = {11--13 pp.}", {"page": "11-13"}),
        ("isbn = {2049-3630}", {"ISSN": "2049-3630", "ISBN": None}),
        ("issn = {978-3-16-148410-0}", {"ISSN": None, "ISBN": "978-3-16-148410-0"}),
        (
            "issn = {0-306-40615-2}, isbn = {2049-3630}",
            {"ISSN": "2049-3630", "ISBN": "0-306-40615-2"},
        ),
        (
            "isbn = {978-3-16-148410-0, 20493630}, issn = {1234-5679}",
            {"ISSN": "1234-5679", "ISBN": "978-3-16-148410-0"},
        ),
        ("isbn = {ISBN 3-16-148410-0 (hbk)}", {"ISSN": None, "ISBN": "ISBN 3-16-148410-0 (hbk)"}),
        ("issn = {n/a}, isbn = {none}", {"ISSN": None, "ISBN": None}),
        ("pages = {11--13 (3 pages)}", {"page": "11-13"}),
        ("pages = {11--13p}", {"page": "11-13p"}),
        ("pages = {11P--12P}", {"page": "11P-12P"}),
        ("pages = {11 P}", {"page": "11 P"}),
        ("pages = {to appear}", {"page": None}),
        ("pages = {Forthcoming.}", {"page": None}),
        ("pages = {15 pages}", {"page": None}),
        ("pages = {xii, 300 p.}", {"page": None}),
        ("pages = {15pp}, eid = {e7}", {"page": "e7"}),
    ],
)  # fmt: skip
def test_fields_have_their_value_whatever_stands_around_it(fields, variables):
    found = outcome(fields)
    assert {name: found.value.get(name) for name in variables} == variables
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("printed", "rest"),
    [
        (r"\url{URL}. Release 7.", "Release 7"),
        (r"\url{URL}, Zenodo archive", "Zenodo archive"),
        (r"\url{URL} Zenodo archive", "Zenodo archive"),
        (r"Zenodo, \url{URL}, release 7", "Zenodo, release 7"),
        ("URL Zenodo archive", "Zenodo archive"),
        ("URL, Zenodo archive", "Zenodo archive"),
        ("(URL)", None),
        (r"[\url{URL}]", None),
        (r'"\url{URL}"', None),
        ("``URL''", None),
        (r"$<$\url{URL}$>$", None),
        (r"Tea Blog [\url{URL}]", "Tea Blog"),
        (r"\emph{\url{URL}}", None),
        ("\\url{https://exam\n  ple.org/tea}", None),
        (r"Verf{\"u}gbar unter: \url{URL}", None),
        (r"Zei\c{c}\~{a}o, \url{URL}", "Zeição"),
        (r"Dispon\'{\i}vel no \'{A}cervo: \url{URL}", "Disponível no Ácervo"),
        (r"Te {\o}l \url{URL}", "Te øl"),
        (
            "URL; https://example.org/milk",
            "https://example.org/tea; https://example.org/milk",
        ),
    ],
)
def test_words_beside_a_url_are_no_part_of_it(printed, rest):
    printed = printed.replace("URL", "https://example.org/tea")
    found = outcome(f"howpublished = {{{printed}}}", "misc")
    assert found.value["URL"] == "https://example.org/tea"
    assert found.value.get("container-title") == rest
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("howpublished", "container"),
    [
        (r"\url{https://example.org/tea}", None),
        (r"Tea Blog, \url{https://example.org/tea}", "Tea Blog"),
        (r"\url{https://example.org/milk}", "https://example.org/milk"),
    ],
)
def test_the_url_of_an_entry_is_not_printed_as_its_container_too(howpublished, container):
    url = "https://example.org/tea"
    found = outcome(f"howpublished = {{{howpublished}}}, url = {{{url}}}", "misc").value
    assert (found["URL"], found.get("container-title")) == (url, container)


def test_a_url_in_howpublished_leaves_the_journal():
    found = outcome(r"journal = {J Tea}, howpublished = {\url{https://example.org/tea}}")
    assert found.value["container-title"] == "J Tea"


@pytest.mark.parametrize(
    ("fields", "issued"),
    [
        ("year = 2020, month = {FAL}", {**parts([2020]), "season": 3}),
        ("year = 2020, month = {WIN}", {**parts([2020]), "season": 4}),
        ("year = 2020, month = {SPR-SUM}", {"literal": "Spring–Summer 2020"}),
        ("year = {Spring 2020}", {**parts([2020]), "season": 1}),
        ("year = {March 2020}", parts([2020, 3])),
        ("year = {2020, March}", parts([2020, 3])),
        ("year = {03/2020}", parts([2020, 3])),
        ("year = {2020/03}", parts([2020, 3])),
        ("year = {13/03/2020}", parts([2020, 3, 13])),
        ("year = {2019-20}", parts([2019], [2020])),
        ("year = {c. 2020}", parts([2020])),
        ("year = {[2020]}", parts([2020])),
        ("year = {2020a}", parts([2020])),
        ("year = {n.d.}", {"literal": "n.d."}),
        ("date = {March 3, 2020}", parts([2020, 3, 3])),
        ("date = {6.5.2020}", parts([2020, 5, 6])),
        ("date = {2020-XX}", parts([2020])),
        ("date = {2020-03-XX}", parts([2020, 3])),
        ("date = {2020-00-00}", parts([2020])),
        ("date = {202X}", {"literal": "2020s"}),
        ("date = {2020~}", {**parts([2020]), "circa": 1}),
        ("date = {2020-05-06/2020-05-08}", parts([2020, 5, 6], [2020, 5, 8])),
        ("date = {2020-03-04T10:00:00Z}", parts([2020, 3, 4])),
        ("date = {-0043-12-07}", parts([-44, 12, 7])),
        ("date = {-0043~}", {**parts([-44]), "circa": 1}),
        ("date = {-0099/0012-03}", parts([-100], [12, 3])),
        ("date = {-0043 or so}", {"literal": "-0043 or so"}),
        ("year = 2020, month = {March 3--5}", parts([2020, 3, 3], [2020, 3, 5])),
        ("year = 2020, month = mar, day = {3--5}", parts([2020, 3, 3], [2020, 3, 5])),
        ('year = 2020, month = mar # "/" # apr', parts([2020, 3], [2020, 4])),
        ('year = 2020, month = {mar # "/" # apr}', parts([2020, 3], [2020, 4])),
        ("year = 2020, month = {Mar.--Apr.}", parts([2020, 3], [2020, 4])),
        (r"year = 2020, month = {M{\"a}rz}", parts([2020, 3])),
        ("year = 2020, month = {12 March}", parts([2020, 3, 12])),
        ("year = 2020, month = {3}, day = {12}", parts([2020, 3, 12])),
        ("year = 2020, month = {6}, day = {12--14}", parts([2020, 6, 12], [2020, 6, 14])),
        ("year = {July 2020}, day = {9}", parts([2020, 7, 9])),
        ("year = {05/12/2020}, month = may", parts([2020, 5])),
        ("year = 2020, month = {4--6}", parts([2020, 4], [2020, 6])),
        ("year = 2020, month = {12/1}", {"literal": "December–January 2020"}),
        ("year = {2019--2020}, month = {Dec--Jan}", parts([2019, 12], [2020, 1])),
        ("year = {2019/20}, month = {Winter}", {**parts([2019], [2020]), "season": 4}),
        ("year = 2020, date = {May 16}", parts([2020, 5, 16])),
        ("year = 2020, date = {16. Mai}", parts([2020, 5, 16])),
        ("year = 2020, month = may, date = {16}", parts([2020, 5, 16])),
        ("year = 2020, month = may, date = {3--5}", parts([2020, 5, 3], [2020, 5, 5])),
        ("year = 2020, month = may, date = {3rd}", parts([2020, 5, 3])),
        ("year = 2020, month = may, date = {5.}", parts([2020, 5, 5])),
    ],
)
def test_dates_in_words_and_numbers_are_read(fields, issued):
    found = outcome(fields)
    assert found.value["issued"] == issued
    assert found.warnings == ()


@pytest.mark.parametrize("date", ["6", "12-13", "3rd", "05-16", "5/16", "16 -- 20"])
def test_a_date_that_is_only_days_is_not_the_year(date):
    found = outcome(f"year = 2020, date = {{{date}}}")
    assert found.value["issued"] == parts([2020])
    assert found.warnings == (f"the date {date!r} has no month; used the year",)


@pytest.mark.parametrize(
    ("fields", "begins"),
    [
        ("date = {-3000~}", [-3001]),
        ("date = {-0100/-0050}, year = {-100}", [-101]),
        ("date = {-0043-03-15}, month = mar", [-44, 3, 15]),
    ],
)
def test_a_date_before_christ_contradicts_no_empty_field(fields, begins):
    found = outcome(fields)
    assert found.value["issued"]["date-parts"][0] == begins
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("fields", "warning"),
    [
        ("year = {05/12/2020}", "may be in either order"),
        ("urldate = {05/12/2020}", "may be in either order"),
        ("year = 2020, day = {6}", "the date '6' has no month; used the year"),
        ("year = 2020, day = {6--8}", "the date '6–8' has no month; used the year"),
        ("year = 2020, month = {13}", "the date '2020 13' does not exist"),
        ("year = 2020, month = {Q1}", "the month 'Q1' is unknown"),
        (
            "date = {May}, year = 2020, month = {6}",
            "the date '6 2020' contradicts another field, which is used",
        ),
        (
            "date = {June 5}, year = 2020, month = may",
            "the date 'may 2020' contradicts another field, which is used",
        ),
        (
            "date = {2019-05}, year = 2020",
            "the date '2020' contradicts another field, which is used",
        ),
        (
            "date = {2020-05-03}, month = oct",
            "the date 'oct' contradicts another field, which is used",
        ),
        ("doi = {in press}", "'in press' is not a DOI"),
        ("url = {on request}", "'on request' is not a URL"),
    ],
)
def test_what_cannot_be_read_is_left_out_with_a_warning(fields, warning):
    assert warning in " ".join(outcome(fields).warnings)


@pytest.mark.parametrize(
    ("volume", "issue"),
    [("12(3)", "3"), ("12 Suppl 1", "suppl 1"), ("12 suppl 1}, number={", "suppl 1")],
)
def test_an_issue_that_stood_in_the_volume_is_written_once(volume, issue):
    written = export([outcome(f"volume = {{{volume}}}").value], "bibtex").decode()
    assert "volume = {12}" in written
    assert f"number = {{{issue}}}" in written


def test_a_named_chapter_is_written_with_the_title_of_its_book():
    text = "chapter = {The Chapter}, publisher = {P}, pages = {1--2}"
    found = outcome(text, "inbook").value
    (again,) = references.read(export([found], "bibtex"), "bibtex", "x.bib")
    for name in ("type", "title", "container-title", "page"):
        assert again.value[name] == found[name]


@pytest.mark.parametrize(
    ("fields", "issue"),
    [
        ("supplement = {{3}}", "suppl 3"),
        ("supplement = {{S}}", "suppl"),
        ("number = {4}, supplement = {{Suppl. 3}}", "4 suppl 3"),
        ("number = {Suppl 3}, supplement = {3}", "Suppl 3"),
        ("number = {4}, part = {{B}}", "4 pt B"),
        ("part = {{2}}, supplement = {{1}}", "pt 2 suppl 1"),
    ],
)
def test_an_issue_has_its_part_and_supplement(fields, issue):
    found = outcome(f"journal = {{J Tea}}, volume = {{12}}, {fields}").value
    assert found["issue"] == issue
    (again,) = references.read(export([found], "bibtex"), "bibtex", "x.bib")
    assert again.value["issue"] == issue


@pytest.mark.parametrize(
    ("kind", "fields", "variable"),
    [
        ("inproceedings", "journal={J Tea}, number={suppl 9}", "issue"),
        ("inproceedings", "journal={J Tea}, number={9}", "issue"),
        ("conference", "journaltitle={J Tea}, number={Suppl.~9}", "issue"),
        ("inproceedings", "booktitle={J Tea}, number={Suppl. 9}", "issue"),
        ("incollection", "booktitle={J Tea}, number={4 Suppl 2}", "issue"),
        ("inproceedings", "booktitle={Tea 2020}, number={9}", "number"),
        ("inproceedings", "journal={J Tea}, series={LNT}, number={9}", "collection-number"),
        ("techreport", "journal={J Tea}, number={9}", "number"),
        ("techreport", "institution={Tea}, number={Tea 9}", "number"),
        ("techreport", "type={Working Paper}, series={Tea Papers}, number={917}", "number"),
        ("report", "series={Tea Papers}, number={917}", "number"),
        ("patent", "series={Tea Patents}, number={US917}", "number"),
        ("phdthesis", "series={Tea Theses}, number={917}", "number"),
        ("book", "series={Tea Books}, number={917}", "collection-number"),
    ],
)
def test_the_number_of_a_paper_in_a_journal_is_an_issue(kind, fields, variable):
    item = outcome(fields, kind).value
    assert item.keys() & {"issue", "number", "collection-number"} == {variable}


@pytest.mark.parametrize(
    ("kind", "fields", "number"),
    [
        ("article", "journal = {ArXiv}, volume = {abs/1706.03762}", "arXiv:1706.03762"),
        ("misc", "note = {arXiv preprint arXiv:1706.03762}", "arXiv:1706.03762"),
        ("unpublished", "note = {arXiv:1706.03762v2}", "arXiv:1706.03762v2"),
        ("phdthesis", "note = {arXiv:1706.03762}", None),
        ("article", "journal = {J Tea}, note = {arXiv:1706.03762}", None),
        ("misc", "note = {1706.03762}", None),
    ],
)
def test_a_preprint_has_its_number_wherever_it_stands(kind, fields, number):
    item = outcome(fields, kind).value
    assert item.get("number") == number
    assert (item["type"] == "article") == bool(number)


@pytest.mark.parametrize(
    ("latex", "printed"),
    [
        (r"\url{http://example.org/~ida/tea--milk\_a\%7E} now",
         "http://example.org/~ida/tea--milk_a%7E now"),
        (r"Tea\\[3.5mm]and milk", "Tea and milk"),
        (r"Tea\linebreak[2] and milk", "Tea and milk"),
        (r"Tea\\ [Milk]", "Tea [Milk]"),
        (r"Tea\\*and milk", "Tea and milk"),
        (r"Tea \\* \* milk", "Tea * milk"),
    ],
)  # fmt: skip
def test_urls_and_breaks_in_a_text(latex, printed):
    found = outcome(f"note = {{{latex}}}")
    assert found.value["note"] == printed
    assert found.warnings == ()


def test_unknown_parts_of_a_date_take_no_time():
    found = outcome(f"date = {{a{'-uu' * 20_000}!x}}")
    assert found.value or found.error  # which took minutes


@pytest.mark.parametrize(
    ("kind", "fields", "variables"),
    [
        ("misc", "howpublished = {Privately printed}", ("Privately printed", None)),
        ("booklet", "howpublished = {Tea Society}", ("Tea Society", None)),
        ("misc", "howpublished = {Flyer}, publisher = {Leaf}", ("Leaf", "Flyer")),
        ("online", "howpublished = {Tea Blog}, url = {https://a.org}", (None, "Tea Blog")),
        ("misc", r"howpublished = {Tea Blog, \url{https://a.org/b}}", (None, "Tea Blog")),
        ("article", "journal = {J Tea}, howpublished = {Online}", (None, "J Tea")),
        ("misc", "howpublished = {Tea Notes}, volume = 3", (None, "Tea Notes")),
        ("misc", "howpublished = {Milk Days}, number = 3", (None, "Milk Days")),
        ("misc", "howpublished = {Tea Notes}, issue = 3", (None, "Tea Notes")),
        ("misc", "howpublished = {Leaf Talks}, pages = {3--4}", (None, "Leaf Talks")),
        ("misc", "howpublished = {Tea Notes}, issn = {1234-5679}", (None, "Tea Notes")),
        ("misc", "howpublished = {Accessed: 2021-03-04}", (None, "Accessed: 2021-03-04")),
        ("misc", "howpublished = {doi:10.1000/moss}", (None, "doi:10.1000/moss")),
        ("misc", "howpublished = {DOI: 10.1000/moss}", (None, "DOI: 10.1000/moss")),
        ("misc", "howpublished = {milk.example.org/a}", (None, "milk.example.org/a")),
        ("misc", "howpublished = {Online at example.org/b}", (None, "Online at example.org/b")),
        ("misc", "howpublished = {Online Tea Society}", ("Online Tea Society", None)),
    ],
)
def test_words_in_howpublished_are_the_publisher(kind, fields, variables):
    found = outcome(fields, kind).value
    assert (found.get("publisher"), found.get("container-title")) == variables


@pytest.mark.parametrize("form", ["bibtex", "biblatex"])
def test_howpublished_is_written_back_once(form):
    text = export([outcome("howpublished = {Privately printed}", "misc").value], form).decode()
    assert text.count("Privately printed") == 1
    assert "howpublished = {Privately printed}" in text


@pytest.mark.parametrize(
    ("fields", "variable", "value"),
    [
        ("volume = 2, volumes = {7}", "number-of-volumes", "7"),
        ("bookauthor = {Fern, Ida}", "container-author", [{"family": "Fern", "given": "Ida"}]),
        ("eprint = {2718}, eprinttype = {jstor}", "URL", "https://www.jstor.org/stable/2718"),
        ("eprint = {2027/x.3}, eprinttype = {HDL}", "URL", "https://hdl.handle.net/2027/x.3"),
        (
            "eprint = {kQ_x}, eprinttype = {googlebooks}",
            "URL",
            "https://books.google.com/books?id=kQ_x",
        ),
        ("eprint = {2}, eprinttype = {jstor}, url = {https://a.org/b}", "URL", "https://a.org/b"),
        ("eprint = {hdl:2027/x}, eprinttype = {hdl}", "URL", "https://hdl.handle.net/2027/x"),
        ("eprint = {https://a.org/b}, eprinttype = {jstor}", "URL", "https://a.org/b"),
    ],
)
def test_fields_of_biblatex_reach_their_variable_and_are_written_back(fields, variable, value):
    found = outcome(fields, "inbook").value
    assert found[variable] == value
    written = export([found], "biblatex").decode()
    (again,) = references.read(written.encode(), "bibtex", "x.bib")
    assert again.value[variable] == value
    assert ("url = " in written) is ("url = " in fields)


@pytest.mark.parametrize(
    ("fields", "url", "kept"),
    [
        ("eprint = {27 and 28}, eprinttype = {jstor}", None, "27 and 28"),
        ("eprint = {27}, eprinttype = {jstor}, url = {https://a.org/b}", "https://a.org/b", "27"),
        (r"eprint = {3}, eprinttype = {hdl}, note = {\url{https://a.org}}", "https://a.org", "3"),
    ],
)
def test_an_eprint_that_is_not_the_url_is_kept(fields, url, kept):
    found = outcome(fields, "inbook").value
    assert found.get("URL") == url
    assert found["custom"]["fields"]["values"]["eprint"] == [kept]


OF_MOSS = [{"family": "Moss", "given": "Ida"}]


@pytest.mark.parametrize(
    ("kind", "fields", "variables"),
    [
        (
            "inbook",
            "booktitle = {Leaf}, booksubtitle = {Green}, maintitle = {All Teas}, volume = {IV}",
            {"container-title": "Leaf: Green", "volume": "IV"},
        ),
        (
            "book",
            "maintitle = {All Teas}, volume = 2, publisher = {Pot}",
            {"container-title": "All Teas", "publisher": "Pot"},
        ),
        (
            "article",
            "number = 2, issue = {Spring}, year = 2020",
            {"issue": "2", "issued": {"date-parts": [[2020]], "season": 1}},
        ),
        (
            "article",
            "number = 2, issue = {March}, date = {2020}",
            {"issue": "2", "issued": {"date-parts": [[2020, 3]]}},
        ),
        (
            "article",
            "number = 2, issue = {July/August}, year = 2020",
            {"issue": "2", "issued": {"date-parts": [[2020, 7], [2020, 8]]}},
        ),
        ("book", "editora = {Moss, Ida}, editoratype = {compiler}", {"compiler": OF_MOSS}),
        ("book", "editorb = {Moss, Ida}, editorbtype = {Organizer}", {"organizer": OF_MOSS}),
        ("book", "editorc = {Moss, Ida}, editorctype = {collaborator}", {"contributor": OF_MOSS}),
        ("book", "editor = {Moss, Ida}, editortype = {compiler}", {"compiler": OF_MOSS}),
        ("book", "editor = {Moss, Ida}, editortype = {Organizer}", {"editor": None}),
        ("collection", "editor = {Moss, Ida}, editortype = {{chair}}", {"chair": OF_MOSS}),
        ("book", "editor = {Moss, Ida}, editortype = {collaborator}", {"contributor": OF_MOSS}),
        ("book", "editor = {Moss, Ida}, editortype = {editor}", {"editor": OF_MOSS}),
        ("book", "editor = {Moss, Ida}, editortype = {Eds.}", {"editor": OF_MOSS}),
        ("book", "editor = {Moss, Ida}, editortype = {Hrsg.}", {"editor": OF_MOSS}),
        ("book", "editor = {Moss, Ida}, editortype = {Editors-in-Chief}", {"editor": OF_MOSS}),
        ("book", "editor = {Moss, Ida}, editortype = {Compilers}", {"compiler": OF_MOSS}),
        ("book", "editor = {Moss, Ida}, editortype = {Translator}", {"translator": OF_MOSS}),
        ("book", "editor={Moss, Ida}, editortype={series editor}", {"collection-editor": OF_MOSS}),
        (
            "book",
            "translator = {Moss, Ida}, editora = {Poe, Cy}, editoratype = {translator}",
            {"translator": [*OF_MOSS, {"family": "Poe", "given": "Cy"}]},
        ),
        (
            "book",
            (
                "editor = {Moss, Ida}, editortype = {compiler}, editora = {Poe, Cy}, "
                "editoratype = {compiler}"
            ),
            {"compiler": [*OF_MOSS, {"family": "Poe", "given": "Cy"}], "editor": None},
        ),
        (
            "book",
            (
                "editora = {Moss, Ida}, editoratype = {director}, editorc = {Poe, Cy}, "
                "editorctype = {director}"
            ),
            {"director": [*OF_MOSS, {"family": "Poe", "given": "Cy"}]},
        ),
    ],
)
def test_what_biblatex_has_beside_another_field_has_its_variable(kind, fields, variables):
    found = outcome(fields, kind).value
    assert {name: found.get(name) for name in variables} == variables
    for form in ("bibtex", "biblatex"):
        written = export([found], form).decode()
        assert "howpublished" not in written
        (again,) = references.read(written.encode(), "bibtex", "x.bib")
        assert again.value | {"custom": None} == found | {"custom": None}


@pytest.mark.parametrize(
    ("kind", "fields", "kept"),
    [
        ("article", "number = 2, issue = {Lent}, year = 2020", {"issue": ["Lent"]}),
        ("article", "number = 2, issue = {4}, year = 2020", {"issue": ["4"]}),
        ("article", "number = 2, issue = {Summer/Fall}, year = 2020", {"issue": ["Summer/Fall"]}),
        ("article", "number = 2, issue = {Spring}, date = {2020-03}", {"issue": ["Spring"]}),
        ("article", "number = 2, issue = {May/June}, date = {2020-12-15}", {"issue": ["May/June"]}),
        ("article", "number = 2, issue = {Mar/Apr}, date = {2020-04}", {"issue": ["Mar/Apr"]}),
        ("article", "number = 2, issue = {Jul/Aug}, date = {2020-07-04}", {"issue": ["Jul/Aug"]}),
        ("article", "number = 2, issue = {Jul/Aug}, date = {2020-23}", {"issue": ["Jul/Aug"]}),
        ("article", "number = 2, issue = {Jul/Aug}, date = {2019/2020}", {"issue": ["Jul/Aug"]}),
        ("article", "number = 2, issue = {Fall}, date = {2020~}", {"issue": ["Fall"]}),
        ("inbook", "booktitle = {Leaf}, maintitle = {All}", {"maintitle": ["All"]}),
        ("inbook", "booktitle = {Leaf}, maintitle = {All}, volume = 2", {"maintitle": ["All"]}),
        (
            "book",
            "editora = {Moss, Ida}, editoratype = {redactor}",
            {"editora": ["Moss, Ida"], "editoratype": ["redactor"]},
        ),
        ("book", "editorb = {Moss, Ida}", {"editorb": ["Moss, Ida"]}),
        (
            "collection",
            "editor = {Moss, Ida}, editortype = {reviser}",
            {"editortype": ["reviser"]},
        ),
    ],
)
def test_what_has_no_variable_beside_another_field_is_kept(kind, fields, kept):
    assert outcome(fields, kind).value["custom"]["fields"]["values"] == kept


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        ("incollection", "booktitle = {Ferns}, maintitle = {A {Flora} of Iceland}", True),
        ("inproceedings", "booktitle = {Ferns}, maintitle = {A Flora of Iceland}", True),
        ("inbook", "maintitle = {A Flora of Iceland}", False),
        ("mvbook", "", False),
    ],
)
def test_the_title_of_a_whole_work_that_is_not_cited_is_said(kind, fields, said):
    found = outcome(fields, kind)
    warning = "left out 'A Flora of Iceland', the title of the whole work"
    assert found.warnings == ((warning,) if said else ())
    assert found.value.get("container-title") == (
        "Ferns" if said else "A Flora of Iceland" if fields else None
    )


@pytest.mark.parametrize(
    ("field", "role"),
    [("editora", "founder"), ("editora", "redactor"), ("editorb", "")],
)
def test_people_beside_the_editors_whose_role_no_style_knows_are_left_out(field, role):
    fields = f"{field} = {{Moss, Ida}}, {field}type = {{{role}}}"
    found = outcome(fields, "collection")
    assert "editor" not in found.value
    assert found.warnings == (f"no style knows the role {role!r} of {field!r}; left it out",)
    written = export([found.value], "biblatex").decode()
    assert f"  {field} = {{Moss, Ida}},\n" in written


@pytest.mark.parametrize("role", ["founder", "continuator", "Hauptredakteurin"])
def test_the_only_editors_are_cited_if_no_style_knows_their_role(role):
    fields = f"editor = {{Moss, Ida}}, editortype = {{{role}}}"
    found = outcome(fields, "collection")
    assert found.value["editor"] == OF_MOSS
    assert found.warnings == (
        f"no style knows the role {role!r} of 'editor'; read as that of editors",
    )
    written = export([found.value], "biblatex").decode()
    assert f"  editortype = {{{role}}},\n" in written
    assert "Moss I, ed. T." in export([found.value], "ama").decode()


@pytest.mark.parametrize("style", ["ama", "ama-10", "ama-11"])
@pytest.mark.parametrize(
    ("people", "before", "after"),
    [
        ("editortype = {compiler}", "Moss I, Poe C, comps. T.", ""),
        ("editortype = {director}", "Moss I, Poe C, directors. T.", ""),
        ("editortype = {organizer}", "Moss I, Poe C, organizers. T.", ""),
        ("author = {Koe, Al}, editortype = {compiler}", "Koe A. T.", "Moss I, Poe C, comps."),
    ],
)
def test_ama_prints_people_of_other_roles(style, people, before, after):
    fields = f"editor = {{Moss, Ida and Poe, Cy}}, {people}, publisher = {{Bog}}"
    written = export([outcome(fields, "book").value], style).decode()
    assert before in written
    assert after in written
    assert written.count("Moss") == 1


@pytest.mark.parametrize(
    ("kind", "fields", "variables"),
    [
        # Scopus and INSPIRE
        ("book", "journal = {B}, type = {Book chapter}", {"container-title": "B"}),
        ("book", "journal = {B}, document_type = {{Book Chapter}}", {"type": "chapter"}),
        ("book", "journal = {t}, type = {Book}", {"type": "book", "container-title": None}),
        ("book", "booktitle = {{T}}", {"type": "book", "container-title": None}),
        ("book", "booktitle = {B}", {"type": "book", "container-title": "B"}),
        ("article", "journal = {J}, type = {Book chapter}", {"type": "article-journal"}),
        # HAL
        ("phdthesis", "type = {Theses}", {"genre": "PhD thesis"}),
        ("phdthesis", "type = {PhD diss.}", {"genre": "PhD diss."}),
        ("misc", "type = {Monograph}", {"genre": None}),
    ],
)  # fmt: skip
def test_the_kind_that_a_program_names_is_that_of_the_entry(kind, fields, variables):
    found = outcome(fields, kind).value
    assert {name: found.get(name) for name in variables} == variables
    text = export([found], "bibtex").decode()
    assert text.startswith(f"@{kind}{{")
    assert all(part in text for part in fields.split(", "))
