"""Faults of BibTeX files, and what is read of them; the files are invented."""

import time

import pytest

from abstool.citing import export
from abstool.inputs import references
from abstool.inputs.references.bibtex.latex import decoded


def outcomes(text):
    return list(references.read(text.encode(), "bibtex", "x.bib"))


def items(text):
    return [outcome.value for outcome in outcomes(text) if outcome.value]


def item(fields, kind="article"):
    (found,) = items(f"@{kind}{{x, title = {{T}}, {fields}}}")
    return found


def warnings(text):
    return [warning for outcome in outcomes(text) for warning in outcome.warnings]


@pytest.mark.parametrize(
    ("head", "key"),
    [
        ("@article{ WOS:1,", "WOS:1"),
        ("@article{\n  k1,", "k1"),
        ("@article{Leaf 2020,", "Leaf 2020"),
        ("@article{Leaf-20 ,", "Leaf-20"),
        ("@article{Leaf, A. [2020],", "Leaf, A. [2020]"),
        ("@article{(SICI)1(20),", "(SICI)1(20)"),
        ("@article{,", "anon"),
        ("@article{", "anon"),
        ("@ Article { k2,", "k2"),
        ("@comment{c}\n} @article{k3,", "k3"),
    ],
)
def test_a_key_may_have_any_form(head, key):
    text = f"{head} author = {{Leaf, Ann}}, title = {{Tea}}}}"
    assert references.form_of(text.encode()) == "bibtex"
    assert [found["id"] for found in items(text)] == [key]


def test_entries_with_one_key_or_repeated_fields_are_all_read():
    entry = '@article{a, author = {Leaf, Ann and Bud, Bo}, title = "T", title = {U}, year = 2020}\n'
    found = items(entry * 2)
    assert [len(one["author"]) for one in found] == [2, 2]
    assert [one["title"] for one in found] == ["T", "T"]
    assert warnings(entry) == ["the field 'title' is repeated; used the first"]


@pytest.mark.parametrize(
    ("damaged", "problem"),
    [
        ("@article{a, title = {A}\n  author = {B}}", "line 2: a comma is missing before 'author'"),
        ("@article{a\n title = {A}}", "line 1: a comma is missing before 'title'"),
        ("@article{a, title = {A {B},\n year = 2020\n}", "line 1: the braces of 'title'"),
        ('@article{a, title = "A {B",\n year = 2020\n}', "the quotation marks of 'title'"),
        ("@article{a, title = }", ""),
        ("@article{a, = {A}}", "expected a field"),
    ],
)
def test_a_damaged_entry_costs_only_itself_and_its_place_is_named(damaged, problem):
    good = "@article{z, title = {Z}}"
    found = outcomes(f"{damaged}\n\n{good}\n{damaged}\n\n{good}")
    assert [outcome.value["title"] for outcome in found if outcome.value] == ["Z", "Z"]
    errors = [str(outcome.error) for outcome in found if outcome.error]
    assert len(errors) == 2
    assert problem in errors[0]


def test_text_in_an_abstract_is_no_entry():
    (found,) = items("@article{a, title = {A}, abstract = {Mail\n@leaf, @article{x, bud}.}}")
    assert found["abstract"] == "Mail @leaf, @article{x, bud}.".replace("{", "").replace("}", "")
    (found,) = items("@article{a, title = {A}, abstract = {Mail\n@leaf, @article{x, bud.}\n}")
    assert found["title"] == "A"


def test_an_escaped_brace_may_count_or_not():
    assert items(r"@article{a, title = {A \{ b}, year = 2020}")[0]["title"] == "A { b"
    (found,) = items("@article{a, title = {{M\\}: memory}},\n author = {Leaf, Ann},\n year = 2020}")
    assert found["author"] == [{"family": "Leaf", "given": "Ann"}]


def test_macros_are_joined_and_hold_from_their_definition_on():
    text = (
        '@string{jt = "J Tea"}\n@string(me = {Leaf, Ann})\n'
        '@article{a, author = me # " and Bud, Bo", journal = jt # { (Rome)}, month = 7 # "~" # oct,'
        " year = 2020}\n@string{jt = {J Milk}}\n@article{b, journal = jt}\n"
        "@article{c, journal = unknown}"
    )
    one, two, three = items(text)
    assert len(one["author"]) == 2
    assert one["container-title"] == "J Tea (Rome)"
    assert one["issued"] == {"date-parts": [[2020, 10, 7]]}
    assert (two["container-title"], three["container-title"]) == ("J Milk", "unknown")
    assert warnings(text) == [
        "the macro 'jt' has several definitions; used the last",
        "the macro 'unknown' is not defined; its name is used",
    ]


def test_entries_inherit_by_crossref_in_any_case_and_xdata():
    child, parent = items(
        "@inproceedings{a, title = {A}, crossref = {PROC}}\n"
        "@proceedings{Proc, title = {P}, xdata = {d}}\n@xdata{d, publisher = {Leaf}, year = 2020}"
    )
    assert (child["container-title"], child["publisher"]) == ("P", "Leaf")
    assert parent["issued"] == {"date-parts": [[2020]]}


@pytest.mark.parametrize(
    ("names", "people"),
    [
        (r"A Bud and \O stbye, Bo", "Bud/A Østbye/Bo"),
        (r"\'Eva Leaf and {\v{C}}apek, \L", "Leaf/Éva Čapek/Ł"),
        (r"Jo\~ao Leaf", "Leaf/João"),
        ("family=Bud, given=Bo, given-i={B}, prefix=al-, useprefix=true", "al-Bud/Bo"),
        ("family={Leaf, Inc.}, given=Ann", "Leaf, Inc./Ann"),
        ("Leaf, Ann and others", "Leaf/Ann et al."),
        ("A. Leaf, B. C. Bud, and D. Root", "Leaf/A. Bud/B. C. Root/D."),
        ("Ann Leaf, Bo Bud, Di Root, Ed Stem", "Leaf/Ann Bud/Bo Root/Di Stem/Ed"),
        ("Leaf, A., Bud, B. C., Root, D.", "Leaf/A. Bud/B. C. Root/D."),
        ("Leaf, Ann; Bud, Bo", "Leaf/Ann Bud/Bo"),
        ("{{Leaf, Ann} and {Bud, Bo}}", "Leaf/Ann Bud/Bo"),
        ("{Leaf and Bud, Inc.}", "Leaf and Bud, Inc."),
        ("{Ministry of Tea, Rome}", "Ministry of Tea, Rome"),
        ("King, Jr, Martin and King, Martin, III", "King/Martin King/Martin"),
        ("Leaf, KTA", "Leaf/K. T. A."),
        ("Leaf, Ann AND Bud, Bo", "Leaf/Ann Bud/Bo"),
        ("\\\n\\\n\\ and Leaf, Ann", "Leaf/Ann"),
        ("\\relax \\relax and \\ and Leaf, Ann", "Leaf/Ann"),
    ],
)
def test_lists_of_names_are_read_as_they_are_meant(names, people):
    found = item(f"author = {{{names}}}")["author"]
    written = [
        name.get("literal") or "/".join(filter(None, (name["family"], name.get("given"))))
        for name in found
    ]
    assert " ".join(written) == people


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"{\textgreater}65 \textless 5 \textgreater{} 3", ">65 <5 > 3"),
        (r"TNF-\textalpha{} \mbox{B cell} and/\slash or", "TNF-α B cell and//or"),
        (r"37$^{\circ}$C, 37^{\circ}C", "37°C, 37°C"),
        (r"\foreignlanguage{french}{caf\'e} \href{https://x.org}{page}", "café page"),
        (r"\emph and \'{\^e} \={\.a} {\'\i}", "and ế ǡ í"),
        (r"\emph{\'E}t\'e \mbox{\"O}l \uppercase{\~n}", "<i>É</i>té Öl Ñ"),
        (r"Stra\ss\"e \AA\'el \alpha\~n", "Straßë Åél αñ"),
        (r"{\textless}i{\textgreater}E. coli{\textless}/i{\textgreater}", "<i>E. coli</i>"),
        (r"A &amp; B {\&}amp; C &#246;", "A & B & C ö"),
        (r"{\it in vivo} and {\bf b}", "<i>in vivo</i> and <b>b</b>"),
        (r"$p < 0.05$, \(x^2\), $\frac{1}{2}$", "p < 0.05, x², 1/2"),
        ("$5 and $6, a_b x^2", "$5 and $6, a_b x^2"),
        (r"\enquote{Tea} \LaTeX{} \noopsort{a}B", "“Tea” LaTeX B"),
        (r"\strange{x} \ldots", "x …"),
        (r"H{\`a}n Th{\^e}\llap{\raise 0.5ex\hbox{\'{\relax}}} Th{\`a}nh", "Hàn Thế Thành"),
        (r"L\kern-.36em\raise.3ex\hbox{A}\kern -.15emT", "LAT"),
        (r"T\lower 1,5 true pt\hbox{E}X \rlap{Moss}", "TEX Moss"),
        (r"3\penalty0(2)a\hskip 1em plus 2pt minus .5fil b\hskip3pt c", "3(2)a b c"),
        (r"$a\mkern-3mu b$ raise 5 cm", "ab raise 5 cm"),
        ("}}{ x \\", "x"),
    ],
)
def test_latex_keeps_its_text(latex, text):
    assert decoded(latex) == text


def test_an_unknown_command_is_reported_once_per_file():
    entry = r"@article{a, title = {\strange{A}}}"
    assert warnings(f"{entry}\n{entry}") == [r"unknown LaTeX command \strange; kept its argument"]


def test_braces_keep_the_case_of_words_in_a_title():
    assert item("")["title"] == "T"
    (found,) = items(
        "@article{a, title = {{Tea}: a {DNA of {RNA}} {\\'E}t {\\emph{x}} \\emph{{A}}}}"
    )
    span = '<span class="nocase">'
    assert found["title"] == f"{span}Tea</span>: a {span}DNA of RNA</span> Ét <i>x</i> <i>A</i>"


@pytest.mark.parametrize(
    ("kind", "fields", "variables"),
    [
        ("article", "article-number = {e1}", {"page": "e1"}),
        ("article", "art_number = {e1}", {"page": "e1"}),
        ("article", "pages = {1--10}, eid = {e1}", {"page": "e1"}),
        ("article", "pages = {11--20}, eid = {e1}", {"page": "11-20"}),
        ("article", "pages = {n/a--n/a}, year = 2020", {"page": None}),
        ("article", "pages = {e5--e5}", {"page": "e5"}),
        ("article", "pubmed_id = {12}", {"PMID": "12"}),
        ("article", "eprint = {12}, eprinttype = {pubmed}", {"PMID": "12"}),
        ("misc", "eprint = {2001.00001}, archiveprefix = {arXiv}", {"number": "arXiv:2001.00001"}),
        ("article", "journal = {arXiv preprint arXiv:2001.00001}", {"number": "arXiv:2001.00001"}),
        ("article", "journal = {J}, eprint = {2001.00001}", {"number": None}),
        ("article", "abbrev_source_title = {J. T.}", {"container-title-short": "J. T."}),
        ("article", "type = {Journal Article}", {"genre": None}),
        ("article", "type = {{Review}}", {"genre": None}),
        ("misc", "type = {Web Page}, year = 2020", {"genre": None}),
        ("misc", "type = {Review; Early Access}", {"genre": None}),
        ("misc", "type = {BOOK}", {"genre": None}),
        ("online", "type = {Academic Journal}", {"genre": None}),
        ("misc", "type = {info:eu-repo/semantics/book}", {"genre": None}),
        ("misc", "type = {4}", {"genre": None}),
        ("misc", "type = {Aufsatz in Zeitschrift}", {"genre": None}),
        ("misc", "type = {Cap{\\'\\i}tulo de un libro}", {"genre": None}),
        ("online", "type = {Page d'un site Web}", {"genre": None}),
        ("misc", "type = {Vortrag}", {"genre": "Vortrag"}),
        ("misc", "type = {Web lecture}", {"genre": "Web lecture"}),
        ("misc", "type = {Preprint}", {"genre": "Preprint"}),
        ("techreport", "type = {Research Report}", {"genre": "Research Report"}),
        ("thesis", "type = {Habilitation}", {"genre": "Habilitation"}),
        ("techreport", "type = {Technical Report}", {"genre": "Technical Report"}),
        ("book", "edition = {Second}", {"edition": "2"}),
        ("book", "edition = {3rd ed.}", {"edition": "3"}),
        ("book", "edition = {2. Aufl.}", {"edition": "2"}),
        ("book", "edition = {12. Auflage}", {"edition": "12"}),
        ("book", "edition = {2., erw. Aufl.}", {"edition": "2., erw. Aufl."}),
        ("book", "edition = {Revised}", {"edition": "Revised"}),
        ("book", "langid = {american}", {"language": "en"}),
        ("book", "language = {UKenglish}", {"language": "en"}),
        ("inbook", "chapter = 3, publisher = {P}", {"type": "book"}),
        ("article", "issn = {1234-5678, 2345-6789}", {"ISSN": "1234-5678"}),
        ("misc", "note = {Accessed: 2020-05-06}", {"accessed": {"date-parts": [[2020, 5, 6]]}}),
        (
            "misc",
            "note = {[Online; accessed 6 May 2020]}",
            {"accessed": {"date-parts": [[2020, 5, 6]]}},
        ),
        ("article", "date = {2020-21}", {"issued": {"date-parts": [[2020]], "season": 1}}),
        ("article", "date = {2020/}", {"issued": {"date-parts": [[2020]]}}),
        ("article", "year = {2019--2020}", {"issued": {"date-parts": [[2019], [2020]]}}),
        ("article", "year = {2020-03-04}", {"issued": {"date-parts": [[2020, 3, 4]]}}),
        (
            "article",
            "year = 2020, month = {Fall}",
            {"issued": {"date-parts": [[2020]], "season": 3}},
        ),
        (
            "article",
            "year = 2020, month = {May--June}",
            {"issued": {"date-parts": [[2020, 5], [2020, 6]]}},
        ),
        ("article", "year = 2020, month = {SEP 12}", {"issued": {"date-parts": [[2020, 9, 12]]}}),
        ("article", "url = {https://x.org/1 https://x.org/2}", {"URL": "https://x.org/1"}),
    ],
)
def test_fields_and_their_words_are_understood(kind, fields, variables):
    found = item(fields, kind)
    assert {name: found.get(name) for name in variables} == variables


def test_a_meeting_abstract_of_web_of_science_has_its_number_meeting_and_supplement():
    found = item(
        "type = {{Meeting Abstract}}, supplement = {{9}}, meeting = {{Tea Days}}, volume = {{7}},"
        "article-number = {{0042}}, journal-iso = {{J. Tea}}"
    )
    assert (found["genre"], found["issue"], found["page"]) == (
        "abstract",
        "suppl 9",
        "Abstract 0042",
    )
    assert (found["event-title"], found["container-title-short"]) == ("Tea Days", "J. Tea")
    assert found["custom"]["abstract_number"] == "0042"


def test_a_name_that_may_be_two_is_reported():
    entry = "@article{{a, title = {{T}}, author = {{{}}}}}"
    assert warnings(entry.format("Ann Leaf, Bo Bud")) == [
        "the only name may be those of two people; read as one"
    ]
    assert warnings(entry.format("van Leaf, Ann")) == []


def test_a_question_mark_ends_a_title_before_its_subtitle():
    assert items("@article{a, title = {Tea?}, subtitle = {Yes}}")[0]["title"] == "Tea? Yes"


def test_a_retracted_work_is_reported():
    assert warnings("@article{a, title = {RETRACTED: Tea}}") == ["this work was retracted"]


WHOLE = r"""@manual{doi:10.1/x,
  author = {Leaf, Ann and others},
  title = {A {DNA} title},
  journal = {J. Tea},
  organization = {Tea Club},
  address = {Rome},
  edition = {Second},
  year = {2020},
  month = oct,
  pmid = {123},
  pages = {1--10},
  eid = {e126},
  issn = {1234-5678, 2345-6789},
  keywords = {a, b},
  file = {:a/b.pdf:PDF},
  annote = {My \& note},
  language = {american},
  eprint = {2001.01234},
  type = {{Manual}},
  custom-field = {x {y}},
}
"""


def test_every_field_of_a_file_is_written_back():
    written = export(items(WHOLE), "bibtex").decode()
    assert set(WHOLE.splitlines()) <= set(written.splitlines())


@pytest.mark.parametrize("text", ["}", "{", "a}{b", "\\", "x\n@article{y,"])
def test_kept_fields_cannot_break_a_file(text, article):
    fields = {"format": "bibtex", "values": {"note2": [text], "a}b": ["x"]}, "raw": {"title": text}}
    (found,) = items(export([article(custom={"fields": fields})], "bibtex").decode())
    assert "note2" in found["custom"]["fields"]["values"]


@pytest.mark.parametrize(
    "text",
    [
        "@article{a, title = {" + "{" * 20_000 + "T" + "}" * 20_000 + "}}",
        "@article{a, title = {" + "\\emph{" * 20_000 + "T" + "}" * 20_000 + "}}",
        "@article{a, title = {T " * 5_000,
        "@article{a, author = {" + " and {" * 20_000 + "}" * 20_000 + "}}",
        "@article{a, title = {T}, note = {" + "$" * 40_001 + "}}",
        "@a{" * 30_000,
        "@article{" + "a, " * 40_000,
        "@article{a, title = {" + "@" * 60_000 + "}}",
        "@article{a, title = {T}, author = {" + "a, " * 20_000 + "}}",
        "@article{a, title = {T}, pages = {" + "&" * 3_000 + "a}}",
        "@article{a, title = {T}, doi = {10.1000/a" + ";" * 60_000 + "}}",
        "@article{a, title = {T}, doi = {10.1000/a" + ")" * 60_000 + "}}",
        "@article{x" + "\n," * 20_000 + "}",
        "@article{" + " " * 20_000 + "x}",
        "@article{x" + " %" * 20_000 + "}",
        "@article{x, pages = {" + "(\n" * 10_000 + "x}}",
        "@article{x, pages = {" + "-" * 50_000 + "x}}",
        "@article{x, pages = {" + "-" * 50_000 + "5}}",
        "@article{x, url = {https://a" + "b;" * 20_000 + "}}",
        "@article{x, title = {" + "\\kern " * 10_000 + "\\raise-" + " " * 20_000 + "}}",
    ],
)
def test_no_text_takes_long(text):
    start = time.process_time()
    outcomes(text)
    assert time.process_time() - start < 20  # a quadratic scan takes minutes


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("@article{a, title = {T}\n\n@article{b, title = {U}", ["brace", "brace"]),
        (
            "@article{a, title = {T {on}, author = {Leaf, Ann}}}",
            ["'title' has another field in it"],
        ),
        ("@article{a, title = {T}, note = {x = {y}}}", []),
    ],
)
def test_each_damaged_entry_has_a_warning(text, said):
    found = warnings(text)
    assert len(found) == len(said)
    assert all(part in warning for part, warning in zip(said, found, strict=True))


def test_a_field_that_a_missing_brace_swallows_is_never_printed():
    (found,) = outcomes("@article{a, title = {T {x}, author = {Leaf, Ann}, year = 2020}")
    assert "the braces of 'title' are not closed" in str(found.error)


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\SI{5}{\milli\gram} \num{1000} \si{\micro\litre}", "5 mg 1000 µL"),
        (r"\qty{37}{\celsius} \ce{H2O} \ce{Na+} \ce{Ca^{2+}}", "37 °C H₂O Na⁺ Ca²⁺"),
        (r"\MakeUppercase{dna} \lowercase{RNA} \uppercase{<i>x</i>}", "DNA rna <i>X</i>"),
        ("from $5 to US$10, or $20", "from $5 to US$10, or $20"),
        ("US$5M vs US$10M", "US$5M vs US$10M"),
        ("tea at $5--$8", "tea at $5–$8"),
        (r"$1$ to $2$, $3\times$4, TGF-$\beta$1, $80$-$90\,$K", "1 to 2, 3×4, TGF-β1, 80-90 K"),
        ("?`Té? !`Sí! (?`O leche?)", "¿Té? ¡Sí! (¿O leche?)"),
        ("tea?`` or `milk?'", "tea?“ or ‘milk?’"),
        (r"see \ref{a}\label{b} {\color{red}x} \rotatebox{90}{y}", "see x y"),
        (r"`single' and don't, ``double''", "‘single’ and don't, “double”"),
        (r"\begin{otherlanguage}{german}Der Tee\end{otherlanguage}", "Der Tee"),
        (r"\begin{itemize}\item one\item two\end{itemize}", "one two"),
        (r"O\&\#8217;Moss &copy; &lt;5 AT&T;", "O’Moss © <5 AT&T;"),
    ],
)  # fmt: skip
def test_commands_of_packages_print_what_they_mean(latex, text):
    assert decoded(latex) == text


def test_a_chapter_of_classic_bibtex_may_be_named():
    found = item("chapter = {The Chapter}, pages = {1--2}, publisher = {P}", "inbook")
    assert (found["type"], found["title"]) == ("chapter", "The Chapter")
    assert (found["container-title"], found["page"]) == ("T", "1-2")
