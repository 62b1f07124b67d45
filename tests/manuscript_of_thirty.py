"""A manuscript of thirty references with three wrong ones, and the records of what it cites.

``python tests/manuscript_of_thirty.py`` writes ``fixtures/manuscript``: the records,
and the manuscript as Markdown and as a Word file. Everything is invented.
"""

import re
from pathlib import Path

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from abstool import cite
from abstool.record import Abstract, Author, Publication
from word_files import saved

FOLDER = Path(__file__).parents[1] / "fixtures" / "manuscript"
DRINKS = "Tea Coffee Cocoa Chicory Rooibos Cider Lemonade Matcha Kefir".split()
DISEASES = ("Gout", "Lupus Nephritis", "Sjögren’s Disease")
PEOPLE = [
    Author(name=f"{given} {family}", family=family, given=given)
    for given, family in (
        ("Anna", "Muster"), ("Bob", "Example"), ("Chiara", "van der Beispiel"), ("Dan", "Sample"),
        ("Elif", "Çelik"), ("Fay", "Wu"), ("Georg", "Dörner"),
    )
]  # fmt: skip
OTHERS = (
    "Muster A, Example B. Drinks and imagined effects. J Drinks. 2021;12(3):45. doi:10.1000/im.1.",
    "Sample D. The invented textbook of beverages. 2nd ed. Exampletown: Invented Press; 2018.",
    "Wu F, Dörner G. Counting cups. Int J Cups. 2023;7(1):1-9. doi:10.1000/imagined.2.",
)
# The reference, what is printed by mistake, and what the record has.
MISTAKES = {7: ("Dörner", "Dröner"), 16: (";77(", ";76("), 23: ("Risks", "Effects")}
CODES = {"7": "author-misspelled", "16": "volume", "23": "title-differs"}


def _record(number):
    drink, disease = DRINKS[number % 9], DISEASES[number // 9]
    title = f"{('Effects', 'Benefits', 'Risks')[number % 3]} of {drink} in {disease}"
    slug = re.sub(r"[^a-z]+", "-", title.lower().replace("ö", "o").replace("’", ""))
    first = number % 7
    people = (PEOPLE[first:] + PEOPLE[:first])[: 1 + number % 3]
    return Abstract(
        url=f"https://acrabstracts.org/abstract/{slug}/",
        site="acrabstracts.org",
        number=f"{101 + 37 * number:04}",
        title=title,
        authors=people,
        meeting="ACR Convergence 2025",
        publication=Publication(
            journal="Arthritis & Rheumatology",
            abbreviation="Arthritis Rheumatol",
            issn="2326-5205",
            year=2025,
            volume="77",
            supplement="9",
        ),
        accessed="2026-01-05",
    )


RECORDS = [_record(number) for number in range(27)]


def references():
    """Return the thirty references as they are printed."""
    right = cite(RECORDS, "ama-11")
    listed = [*right[:10], OTHERS[0], *right[10:20], OTHERS[1], *right[20:], OTHERS[2]]
    for number, (old, new) in MISTAKES.items():
        assert listed[number - 1].count(old) == 1, (listed[number - 1], old)
        listed[number - 1] = listed[number - 1].replace(old, new)
    return listed


def markdown():
    listed = "".join(f"{number}. {text}\n" for number, text in enumerate(references(), 1))
    return (
        "# Drinks in rheumatology\n\nThis manuscript is invented. Drinks were imagined [1-10] and"
        f" counted [11], and nothing happened [12-30].\n\n## References\n\n{listed}"
    )


def word():
    """Return a Word file with the list in a field of Zotero."""
    document = Document()
    document.add_heading("Drinks in rheumatology", 1)
    document.add_paragraph("This manuscript is invented. Drinks were imagined [1–30].")
    document.add_heading("References", 2)
    for number, text in enumerate(references(), 1):
        paragraph = document.add_paragraph()
        if number == 1:
            _field(paragraph, "begin")
            instruction = paragraph.add_run()._r
            instruction.append(element := OxmlElement("w:instrText"))
            element.text = 'ADDIN ZOTERO_BIBL {"uncited":[],"omitted":[]} CSL_BIBLIOGRAPHY'
            _field(paragraph, "separate")
        paragraph.add_run(f"{number}.\t")
        paragraph.add_run(text)
        if number == len(references()):
            _field(paragraph, "end")
    return saved(document)


def _field(paragraph, kind):
    element = OxmlElement("w:fldChar")
    element.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(element)


def main():
    FOLDER.mkdir(exist_ok=True)
    lines = (record.to_json().decode() + "\n" for record in RECORDS)
    (FOLDER / "meeting.jsonl").write_text("".join(lines), "utf-8")
    (FOLDER / "manuscript.md").write_text(markdown(), "utf-8")
    (FOLDER / "manuscript.docx").write_bytes(word())


if __name__ == "__main__":
    main()
