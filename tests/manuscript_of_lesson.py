"""The manuscript of the tutorial for authors who write in Word.

``python tests/manuscript_of_lesson.py`` writes ``examples/tutorials/word/manuscript.docx``.
It cites the abstracts of ``urls.txt`` and an article; two of its references have a mistake.
"""

import json

from docx import Document

from abstool import cite
from conftest import ROOT
from sites_of_lessons import DOIS
from word_files import saved

FOLDER = ROOT / "examples" / "tutorials" / "word"
TITLE = "Gout and scleroderma from childhood on"
TEXT = (
    "This manuscript is part of a lesson. Gout was a common topic [1], also of the young [2]."
    " Localized scleroderma may come with the systemic form [3]. Teaching was studied, too [4],"
    " and so was juvenile arthritis [5]. We screened the abstracts in a web app [6]."
)
# The reference, what it should be, and what is printed by mistake.
MISTAKES = {2: ("Piranavan P", "Pirnavan P"), 4: ("2023 [cited", "2022 [cited")}


def references():
    """Return the references as they are printed."""
    records = {
        record["url"]: record
        for path in ROOT.glob("fixtures/*/record.json")
        if (record := json.loads(path.read_bytes())).get("url")
    }
    urls = (FOLDER / "urls.txt").read_text("utf-8").split()
    listed = cite([records[url] for url in urls], "vancouver", accessed="2026-11-23")
    listed += cite([DOIS[0] | {"type": "article-journal"}], "vancouver")
    for number, (right, wrong) in MISTAKES.items():
        assert listed[number - 1].count(right) == 1, listed[number - 1]
        listed[number - 1] = listed[number - 1].replace(right, wrong)
    return listed


def word():
    """Return the manuscript as a Word file."""
    document = Document()
    document.add_heading(TITLE, 1)
    document.add_paragraph(TEXT)
    document.add_heading("References", 2)
    for number, text in enumerate(references(), 1):
        document.add_paragraph(f"{number}.\t{text}")
    return saved(document)


if __name__ == "__main__":
    (FOLDER / "manuscript.docx").write_bytes(word())
