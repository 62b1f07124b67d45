"""Manuscripts that are texts: each file in ``files/`` gives what ``expected.json`` has for it."""

import json
import re
import textwrap
from pathlib import Path

import pytest

import abstool
from abstool import manuscripts
from abstool.errors import UnreadableInput

FILES = sorted(Path(__file__).parent.glob("files/*"))
RECORDS = sorted(Path(__file__).parents[2].glob("fixtures/*/record.json"))
DAY = "2026-11-23"
_NUMBER = re.compile(r"^(?:\d+\.|\d+) ")
EXPECTED = Path(__file__).with_name("expected.json")


def summary(path):
    found = manuscripts.read(path.read_bytes(), path.name)
    return {
        "references": [
            {
                "key": one.key,
                "text": one.text,
                **({"addresses": [*one.addresses]} if one.addresses else {}),
                **({"alternatives": [*one.alternatives]} if one.alternatives else {}),
                **({"title": one.item["title"]} if one.item else {}),
                **({"place": one.place} if one.place is not None else {}),
            }
            for one in found.references
        ],
        "uncited": [*found.uncited],
        "unlisted": [*found.unlisted],
        "notes": [*found.notes],
    }


def test_the_files_have_an_expectation(refresh):
    if refresh:
        found = {path.name: summary(path) for path in FILES}
        text = json.dumps(found, ensure_ascii=False, indent=1)
        EXPECTED.write_text(f"{text}\n", encoding="utf-8")
    assert [*json.loads(EXPECTED.read_text("utf-8"))] == [path.name for path in FILES]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_gives_its_references(path):
    assert summary(path) == json.loads(EXPECTED.read_text("utf-8"))[path.name]


HEADINGS = """
References|REFERENCES:|7. References|VII. References|# Literature Cited|**Works cited**
Bibliography|Reference list|References and notes|Literatur|Literaturverzeichnis
Références bibliographiques|Bibliografía|Referências|Riferimenti bibliografici|Literatuurlijst
Källförteckning|Referanser|Lähdeluettelo|Piśmiennictwo|Irodalomjegyzék|Kaynakça
Список литературы|Βιβλιογραφία|参考文献：|참고문헌
"""


@pytest.mark.parametrize("heading", HEADINGS.replace("\n", "|").strip("|").split("|"))
def test_the_list_is_below_its_heading(heading):
    book = "Society of Tea. A book without a year. Bonn: Society."
    text = f"Text (1).\n\n{heading}\n\n1. {book}\n2. {book}\n\nFigure legends\n\nFigure 1. Cups\n"
    found = manuscripts.read(text.encode(), "x")
    assert [(one.key, one.text) for one in found.references] == [("1", book), ("2", book)]


@pytest.mark.parametrize(
    "form", ["{}. ", "[{}] ", "({}) ", "{}) ", "{} ", "{}.\t", " {}.", "{}.\n", "[{}]\n   "]
)
def test_lists_number_their_references_in_many_ways(form):
    names = ["Muster A", "Beispiel B", "Li C"]
    lines = [f"{name}. Tea {name}. J Example Med.\n2020;12:1-9." for name in names]
    text = "".join(f"{form.format(number)}{line}\n" for number, line in enumerate(lines, 1))
    found = manuscripts.read(f"References\n{text}".encode(), "x")
    assert [(one.key, one.text) for one in found.references] == [
        (str(number), " ".join(line.split())) for number, line in enumerate(lines, 1)
    ]


LIST = "".join(f"\n{number}. Muster A. Tea. J Ex. 2020;{number}:1-9." for number in range(1, 6))


@pytest.mark.parametrize(
    ("text", "uncited", "unlisted"),
    [
        ("a [1], b [2-4] c [5]", (), ()),
        ("a [1,2], b [3; 4] c [6]", ("5",), ("6",)),
        ("a (1–3) b (4) in 2019 (2020) and 12 (34)", ("5",), ()),
        ("a¹ b²⁻⁴ 10⁹ m²", ("5",), ()),
        ("a¹,⁵ b²⁻⁴ c⁷", (), ("7",)),
        ("Muster (2020) drank (1)", (), ()),
        ("no markers", (), ()),
    ],
)
def test_the_numbers_in_the_text_are_compared_with_the_list(text, uncited, unlisted):
    found = manuscripts.read(f"{text}\n\nReferences{LIST}".encode(), "x")
    assert (found.uncited, found.unlisted) == (uncited, unlisted)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "the input is empty"),
        (b"Tea helps the knee.", "no references found"),
        (b"\xd0\xcf\x11\xe0 doc", "this is an old or encrypted Office document"),
        (b"{\\rtf1 x}", "this is an RTF document, which abstool cannot read"),
        (b"[1, 2]", "record 1: expected a record but found a number"),
        (b"\\documentclass{a}\n\\bibliography{tea}", "the references are in another file, tea.bib"),
        (b"PK\x03\x04 broken", "this document is damaged (File is not a zip file)"),
        (b"<p>Tea</p>", "no references found"),
    ],
)
def test_what_has_no_references_is_an_error(data, problem):
    with pytest.raises(UnreadableInput) as error:
        manuscripts.read(data, "x")
    assert problem in str(error.value)
    assert error.value.subject.startswith("x")
    assert error.value.next_step


STYLES = "ama ama-11 ama-10 vancouver apa american-medical-association nature the-lancet".split()
FORMS = {
    "pasted": "\n",
    "with blank lines": "\n\n",
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("style", STYLES)
def test_each_citation_of_abstool_is_one_reference(style, form):
    records = [json.loads(path.read_text("utf-8")) for path in RECORDS]
    cited = [" ".join(text.split()) for text in abstool.cite(records, style=style, accessed=DAY)]
    found = manuscripts.read(FORMS[form].join(cited).encode(), "x")
    assert [one.text for one in found.references] == [_NUMBER.sub("", text) for text in cited]


@pytest.mark.parametrize("style", STYLES)
def test_citations_that_are_wrapped_and_numbered_are_joined(style):
    records = [json.loads(path.read_text("utf-8")) for path in RECORDS]
    cited = [" ".join(text.split()) for text in abstool.cite(records, style=style, accessed=DAY)]
    texts = [_NUMBER.sub("", text) for text in cited]
    lines = [
        textwrap.fill(f"[{number}] {text}", 72, subsequent_indent="    ", break_long_words=False)
        for number, text in enumerate(texts, 1)
    ]
    found = manuscripts.read("\n".join(["References", *lines]).encode(), "x")
    for one, text in zip(found.references, texts, strict=True):
        assert text in (one.text, *one.alternatives)


@pytest.mark.parametrize(
    "command", [r"\input{parts/end}", r"\include{parts/end}", r"\input parts/end"]
)
def test_a_file_that_latex_includes_is_named_if_there_are_no_references(command):
    text = f"\\documentclass{{article}}\n\\begin{{document}}\nText \\cite{{a}}.\n{command}\n"
    with pytest.raises(UnreadableInput, match=r"parts/end\.tex"):
        manuscripts.read(text.encode(), "x.tex")


def test_a_file_that_latex_includes_may_cite_any_entry():
    entries = "".join(
        f"\\bibitem{{{key}}} Nobody A. Tea. Tea J. 2019;12(3):45-50.\n" for key in "ab"
    )
    listed = f"\\begin{{thebibliography}}{{9}}\n{entries}\\end{{thebibliography}}\n"
    for start, uncited in (("", ("b",)), ("\\input{one}\n", ())):
        text = f"\\begin{{document}}\n{start}\\cite{{a}}\n{listed}\\end{{document}}\n"
        assert manuscripts.read(text.encode(), "x.tex").uncited == uncited
