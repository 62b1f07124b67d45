"""An entry of a reference file is compared by its fields: each part is what its field has."""

import pytest

from abstool.checking import CheckOptions, Library, check
from abstool.manuscripts import read
from abstool.record import Abstract

URL = "https://acrabstracts.org/abstract/sjögren-tea/"
RECORD = Abstract.from_dict(
    {
        "schema": "abstool/1",
        "title": "Tea and Sjögren’s Disease: A Cohort Study",
        "number": "0848",
        "url": URL,
        "site": "acrabstracts.org",
        "meeting": "ACR Convergence 2025",
        "authors": [
            {"family": "Muster", "given": "Anna", "name": "Anna Muster"},
            {"literal": "Tea, Coffee and Cocoa Group", "name": "Tea, Coffee and Cocoa Group"},
        ],
        "publication": {
            "journal": "Arthritis & Rheumatology",
            "abbreviation": "Arthritis Rheumatol",
            "year": 2025,
            "volume": "77",
            "supplement": "9",
        },
    }
)
BIB = r"""@article{tea,
  author = {Muster, Anna and {Tea, Coffee and Cocoa Group}},
  title = {Tea and {S}j{\"o}gren's Disease: A Cohort Study},
  journal = {Arthritis \& Rheumatology},
  year = {2025},
  volume = {77},
  number = {suppl 9},
  pages = {Abstract 0848},
  url = {https://acrabstracts.org/abstract/sj%C3%B6gren-tea/},
  urldate = {2026-01-05},
}
"""
CASES = [
    ("nothing", "", "", ""),
    ("a title in another title's words", "Cohort Study", "Trial. Rheum Tea J", "title-differs"),
    ("a number before the title", "title = {Tea", "title = {0848: Tea", ""),
    ("a label before the title", "title = {Tea", "title = {Abstract 848 - Tea", ""),
    ("a label after the title", "Cohort Study}", "Cohort Study (Abstract No. 0848)}", ""),
    ("another number before the title", "title = {Tea", "title = {0849: Tea", "title-differs"),
    ("a subtitle that is missing", ": A Cohort Study", "", "title-differs"),
    ("the volume with the issue", "volume = {77},\n  number = {suppl 9}", "volume={77(S9)}", ""),
    ("the issue in short", "number = {suppl 9}", "number = {S9}", ""),
    ("the issue behind the journal", r"Rheumatology}", r"Rheumatology, vol. 77 (suppl. 9)}", ""),
    ("a longer name of a journal", r"Rheumatology}", r"Rheumatology Advances}", "journal"),
    ("a page that is the number", "Abstract 0848", "848", ""),
    ("a number in a note", "pages = {A", "note = {ACR a", ""),
    ("another one in a note", "pages = {Abstract 0848", "note = {Abstract 0849", "number-wrong"),
    ("a group that is missing", " and {Tea, Coffee and Cocoa Group}", "", "author-missing"),
    ("others", "{Tea, Coffee and Cocoa Group}", "others", ""),
    ("escapes in lower case", "%C3%B6", "%c3%b6", ""),
    ("letters", "%C3%B6", "ö", ""),
    ("no slash", "tea/}", "tea}", "address-not-canonical"),
    ("a letter of the URL", "sj%C3%B6gren", "sj%C3%A4gren", "address-not-canonical"),
    ("another URL", "sj%C3%B6gren-tea", "cocoa-in-gout", "address-elsewhere"),
    ("the URL of the same title again", "tea/}", "tea-2/}", "address-elsewhere"),
]


@pytest.mark.parametrize(("what", "old", "new", "codes"), CASES, ids=[one[0] for one in CASES])
def test_an_entry_gives_its_codes(what, old, new, codes):
    assert old in BIB
    manuscript = read(BIB.replace(old, new, 1).encode(), "x.bib")
    [found] = check(manuscript.references, Library.of([RECORD]), CheckOptions(entries="bibtex"))
    assert [one.code for one in found.findings] == codes.split(), found


def test_a_wrong_title_does_not_swallow_a_wrong_journal():
    data = BIB.replace("A Cohort Study", "A Study of Cups").replace("Arthritis ", "Kettles ")
    manuscript = read(data.encode(), "x.bib")
    [found] = check(manuscript.references, Library.of([RECORD]), CheckOptions(entries="bibtex"))
    assert [(one.code, one.printed) for one in found.findings] == [
        ("title-differs", "Study of Cups"),
        ("journal", "Kettles & Rheumatology"),
    ]
