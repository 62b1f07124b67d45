"""The formats in the programs that will read them: TeX, pandoc, bibutils, citeproc-js.

A program that is not installed skips its tests, and the summary says so.
"""

import json
import os
import re
import shutil
import subprocess
import unicodedata
from xml.etree import ElementTree as ET

import pytest

from abstool.citing import export

pytestmark = pytest.mark.one_python

NASTY = "Łoś & 50 % of {x} \\ ~ ^ $5 #1 a_b α ≥ 5 ± 1 < 10⁹/L ű ą ǵ ß “q” -- ’s"
PRINTED = "Łoś & 50 % of {x} \\ ~ ^ $5 #1 a_b α ≥ 5 ± 1 < 109/L ű ą ǵ ß “q” -- ’s"
AUTHORS = [
    {"name": "Zoë van der Łoś", "family": "van der Łoś", "given": "Zoë"},
    {"name": "Ray June Jr", "family": "June", "given": "Ray", "suffix": "Jr"},
    {"name": "CARRA and Others, Inc.", "literal": "CARRA and Others, Inc."},
]
PREAMBLE = r"\documentclass{article}\usepackage[T1]{fontenc}\usepackage{lmodern}\usepackage{url}"
CLASSIC = PREAMBLE + (
    r"\begin{document}\nocite{*}\bibliographystyle{%s}\bibliography{refs}\end{document}"
)
MODERN = PREAMBLE + (
    r"\usepackage[backend=biber,style=numeric]{biblatex}\addbibresource{refs.bib}"
    r"\begin{document}\nocite{*}\printbibliography\end{document}"
)


@pytest.fixture
def run(tmp_path):
    """Return a function that runs a program in a new folder and returns its output."""

    def ran(*command, text=None):
        if not shutil.which(command[0]):
            pytest.skip(f"{command[0]} is not installed")
        done = subprocess.run(
            command, cwd=tmp_path, input=text, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        return done.stdout + done.stderr

    return ran


@pytest.fixture
def typeset(run, tmp_path):
    """Return a function that typesets a document with a .bib file and returns the printed text."""

    def printed(document, bib, program):
        for name in ("pdflatex", "kpsewhich", program, "pdftotext"):
            if not shutil.which(name):
                pytest.skip(f"{name} is not installed")
        packages = [
            "lmodern.sty",
            *(["biblatex.sty", "etoolbox.sty"] if program == "biber" else []),
        ]
        for package in packages:
            if subprocess.run(["kpsewhich", package], capture_output=True, check=False).returncode:
                pytest.skip(f"{package} is not installed")
        (tmp_path / "refs.bib").write_bytes(bib)
        (tmp_path / "page.tex").write_text(document, encoding="utf-8")
        latex = ("pdflatex", "-interaction=nonstopmode", "-halt-on-error", "page")
        run(*latex)
        log = run(program, "page")
        assert not re.search(r"\b(?:WARN|ERROR)\b|Warning--|error message", log), log
        run(*latex)
        text = run("pdftotext", "-raw", "page.pdf", "-")
        return squeezed(text)

    return printed


def squeezed(text):
    """Return text in NFC without spaces and hyphens, which line breaks add or remove."""
    return unicodedata.normalize("NFKC", re.sub(r"[\s-]", "", text))


@pytest.mark.parametrize("style", ["plain", "alpha", "abbrv"])
def test_bibtex_and_latex_print_an_entry_as_it_was(record, typeset, style):
    bib = export([record(title=NASTY, authors=AUTHORS)], "bibtex", accessed="2026-01-05")
    text = typeset(CLASSIC % style, bib, "bibtex")
    assert squeezed(f"{PRINTED} [abstract]. Arthritis Rheumatol, 77(suppl 9):Abstract 0848") in text
    assert squeezed("Presented at: ACR Convergence 2025. Accessed January 5, 2026.") in text
    assert squeezed("van der Łoś") in text
    assert squeezed("June, Jr") in text
    assert squeezed("CARRA and Others, Inc.") in text


def test_biber_and_biblatex_print_an_entry_as_it_was(record, typeset):
    bib = export([record(title=NASTY, authors=AUTHORS)], "biblatex", accessed="2026-01-05")
    text = typeset(MODERN, bib, "biber")
    assert squeezed("Zoë van der Łoś, Ray June Jr, and CARRA and Others, Inc.") in text
    assert squeezed(f"“{PRINTED}”") in text
    assert squeezed("[abstract]. In: Arthritis & Rheumatology 77.Suppl. 9, Abstract 0848") in text
    assert squeezed("Presented at: ACR Convergence 2025. issn: 2326-5205.") in text


@pytest.mark.parametrize("style", ["bibtex", "biblatex"])
def test_pandoc_reads_both_kinds_of_bibtex(record, run, style):
    bib = export([record(title="Łoś & 50 % of ß", authors=AUTHORS)], style)
    (item,) = json.loads(run("pandoc", "-f", style, "-t", "csljson", text=bib.decode()))
    assert item["type"] == "article-journal"
    title = re.sub(r"<[^<>]*>|\.? \[[Aa]bstract\]", "", item["title"])
    assert title == "Łoś & 50 % of ß"
    assert item["author"][2] == {"literal": "CARRA and Others, Inc."}
    assert item["author"][0]["family"].endswith("Łoś")
    assert item["volume"] == "77"
    if style == "bibtex":  # old versions of pandoc ignore eid
        assert item["page"] == "Abstract 0848"


def test_pandoc_reads_csl_json_and_writes_it_again(record, run):
    data = export([record(title="Łoś & 50 % of α ≥ 5", authors=AUTHORS)], "json").decode()
    (item,) = json.loads(run("pandoc", "-f", "csljson", "-t", "csljson", text=data))
    (written,) = json.loads(data)
    assert [
        f"{name.get('non-dropping-particle', '')} {name.get('family', '')}".strip()
        for name in item["author"]
    ] == ["van der Łoś", "June", ""]
    for name in ("title", "issued", "accessed", "URL", "volume", "issue", "page"):
        assert item[name] == written[name]


def test_pandoc_reads_markdown_as_text(record, run):
    sections = [{"label": "a) x_y_", "text": "a. *x* $y$ ~z~ ^w^ @doe [x] <b> &amp; \\alpha"}]
    data = record(title="# [x](y) {#id} 1^2^", sections=sections)
    text = run("pandoc", "-f", "markdown", "-t", "json", text=export([data], "markdown").decode())
    blocks = json.loads(text)["blocks"]
    heading, *_, label, body = blocks
    assert [block["t"] for block in (heading, label, body)] == ["Header", "Header", "Para"]
    inlines = [*heading["c"][2], *label["c"][2], *body["c"]]
    assert {part["t"] for part in inlines} == {"Str", "Space"}
    words = [part.get("c", " ").replace("\xa0", " ") for part in inlines]
    assert "".join(words) == data["title"] + sections[0]["label"] + sections[0]["text"]


def test_bibutils_reads_ris(record, run):
    ris = export([record(title="TY  - JOUR =x {y}", authors=AUTHORS[:2])], "ris")
    xml = run("ris2xml", "-u", text=ris.decode())
    space = {"m": "http://www.loc.gov/mods/v3"}
    tree = ET.fromstring(xml[xml.index("<?xml") : xml.rindex(">") + 1])
    (entry,) = tree.findall("m:mods", space)
    assert entry.findtext("m:titleInfo/m:title", None, space) == "TY - JOUR =x {y}"
    families = [part.text for part in entry.findall("m:name/m:namePart[@type='family']", space)]
    assert families == ["van der Łoś", "June"]
    numbers = {
        detail.get("type"): detail.findtext("m:number", None, space)
        for detail in entry.findall(".//m:part/m:detail", space)
    }
    assert numbers["volume"] == "77"
    assert numbers["issue"] == "suppl 9"


CITEPROC = """
const CSL = require("citeproc"), items = JSON.parse(require("fs").readFileSync(0));
const style = `<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
<info><title>t</title><id>t</id><updated>2026-01-01T00:00:00+00:00</updated></info>
<citation><layout><text variable="title"/></layout></citation><bibliography>
<layout delimiter="|"><names variable="author"><name form="long"/></names>
<text variable="title" prefix="|"/><text variable="issue" prefix="|"/><text variable="page"
prefix="|"/></layout></bibliography></style>`;
const locale = `<locale xmlns="http://purl.org/net/xbiblio/csl" xml:lang="en-US">
<terms><term name="et-al">et al</term></terms></locale>`;
const engine = new CSL.Engine({retrieveLocale: () => locale,
  retrieveItem: id => items.find(item => item.id === id)}, style);
engine.setOutputFormat("text");
engine.updateItems(items.map(item => item.id));
console.log(engine.makeBibliography()[1].join(""));
"""


def test_citeproc_js_reads_csl_json(record, run):
    if not shutil.which("node"):
        pytest.skip("node is not installed")
    known = subprocess.run(
        ["node", "-e", "require('citeproc')"], capture_output=True, check=False, env=os.environ
    )
    if known.returncode:
        pytest.skip("citeproc of npm is not installed, or NODE_PATH does not lead to it")
    data = export([record(title="Łoś & <5 % of {x}", authors=AUTHORS)], "json").decode()
    text = run("node", "-e", CITEPROC, text=data)
    for part in (
        "van der Łoś",
        "CARRA and Others, Inc.",
        "Łoś & <5 % of {x}",
        "suppl 9",
        "Abstract 0848",
    ):
        assert part in text
