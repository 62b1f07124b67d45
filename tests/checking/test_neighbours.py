"""A reference whose record is not known is never compared with the nearest one."""

import re
from pathlib import Path

import pytest
from msgspec import structs

from abstool.checking import Library, check
from abstool.checking.renditions import STYLES, render
from abstool.manuscripts.reference import Reference
from abstool.mapping import to_item
from abstool.record import Abstract

pytestmark = pytest.mark.one_python

LINES = (Path(__file__).parent / "neighbours.tsv").read_text("utf-8").splitlines()
PAIRS = [line.split("\t") for line in LINES if not line.startswith("#")]
TITLES = [pair for pair in PAIRS if pair[1] != pair[2]]
DAY = {"date-parts": [[2026, 1, 5]]}
FAMILIES = ("Muster", "Beispiel", "Rincon-Arevalo", "Li", "Specimen", "Example", "Sample")
OF_MEETING = {
    "journal": "Arthritis & Rheumatology",
    "abbreviation": "Arthritis Rheumatol",
    "year": 2025,
    "volume": "77",
    "supplement": "9",
}
OF_YEAR_BEFORE = OF_MEETING | {"year": 2024, "volume": "76"}
OF_SOCIETY = OF_MEETING | {
    "journal": "Annals of the Rheumatic Diseases",
    "abbreviation": "Ann Rheum Dis",
    "volume": "84",
    "supplement": "1",
}


def abstract(title, number, *, publication=OF_MEETING, meeting="ACR Convergence 2025", slug=""):
    slug = slug or re.sub(r"\W+", "-", title.casefold())
    return Abstract.from_dict(
        {
            "schema": "abstool/1",
            "title": title,
            "number": number,
            "url": f"https://acrabstracts.org/abstract/{slug}-{number}/",
            "site": "acrabstracts.org",
            "meeting": meeting,
            "authors": [{"family": one, "given": "Ann", "name": f"Ann {one}"} for one in FAMILIES],
            "publication": publication,
        }
    )


def references(record, style):
    """Return references to a record: whole, without URL or number, without both, and as data."""
    without = {
        "whole": record,
        "no URL": structs.replace(record, url=""),
        "no number": structs.replace(record, number=""),
        "neither": structs.replace(record, url="", number=""),
    }
    for name, one in without.items():
        yield name, Reference("1", render(one, style, DAY))
        item = {**to_item(one), "id": "x", "accessed": DAY}
        yield f"{name}, entry", Reference("x", "", (one.url,) if one.url else (), item)


def verdict(reference, *records):
    return next(check([reference], Library.of(records)))


@pytest.mark.parametrize(("what", "cited", "known"), TITLES, ids=[one[0] for one in TITLES])
def test_another_title_by_the_same_authors_is_another_abstract(what, cited, known):
    right, nearest = abstract(cited, "0847"), abstract(known, "0848")
    style = STYLES[len(cited) % len(STYLES)]
    # The words of the title are not unheard of: another abstract of the meeting has them.
    words = [one for one in cited.split() if one not in known.split()]
    other = structs.replace(abstract(" ".join(["A Cup", *words]), "1848"), authors=[])
    for name, reference in references(right, style):
        found = verdict(reference, nearest, other)
        assert found.status in ("unsure", "not-checked"), (name, found)
        assert verdict(reference, nearest, right).url == right.url, name


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("publication", "meeting"),
    [(OF_YEAR_BEFORE, "ACR Convergence 2024"), (OF_SOCIETY, "EULAR 2025")],
)
def test_the_same_title_at_another_meeting_is_another_abstract(publication, meeting, style):
    cited = abstract("Tea in Gout", "0847", publication=publication, meeting=meeting, slug="other")
    known = abstract("Tea in Gout", "0848")
    for name, reference in references(cited, style):
        assert verdict(reference, known).status == "unsure", name
    for name, reference in references(known, style):
        assert verdict(reference, known).url == known.url, name


@pytest.mark.parametrize(
    ("meeting", "status"),
    [
        ("ACR Convergence 2025", "agrees"),
        ("ACR Convergence 2024", "unsure"),
        ("EULAR Annual Meeting 2025", "unsure"),
    ],
)
def test_a_poster_is_of_the_meeting_that_it_names(meeting, status):
    record = structs.replace(abstract("Tea in Gout", "0848"), url="")
    text = f"Muster A, Beispiel A, Rincon-Arevalo A, et al. Tea in Gout. Presented at: {meeting}."
    assert verdict(Reference("1", text), record).status == status


@pytest.mark.parametrize(("year", "index"), [("2024", 0), ("2025", 1)])
def test_of_two_meetings_with_one_title_the_year_decides(year, index):
    records = (
        abstract("Tea in Gout", "0848", publication=OF_YEAR_BEFORE, meeting="ACR Convergence 2024"),
        abstract("Tea in Gout", "0848", slug="again"),
    )
    text = f"Muster A, Beispiel A. Tea in Gout [abstract]. Arthritis Rheumatol. {year}."
    assert verdict(Reference("1", text), *records).url == records[index].url


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("Tea and Biscuits in Gouty Arthritis", "agrees"),
        ("Tea and Bisuits in Gouty Arthritis", "differs"),  # a letter is missing
        ("Tea and Biscuits in Gouty Arthriits", "differs"),  # two are swapped
        ("Tea and Biscuits in Gouty Orthritis", "unsure"),  # at the start of a word
        ("Tea and Biscuits in Gouty Arthrosis", "unsure"),  # another word
        ("Tea and Biscuits in Goaty Arthritis", "unsure"),  # a word of another abstract
    ],
)
def test_a_slip_of_the_pen_is_a_finding_and_another_word_is_not(title, status):
    record = structs.replace(abstract("Tea and Biscuits in Gouty Arthritis", ""), url="")
    other = structs.replace(abstract("On Goaty Cheese", "1"), authors=[])
    issue = "[abstract]. Arthritis Rheumatol. 2025;77(suppl 9)."
    text = f"Muster A, Beispiel A, Rincon-Arevalo A, et al. {title} {issue}"
    assert verdict(Reference("1", text), record, other).status == status


@pytest.mark.parametrize("change", [{"year": 2024}, {"volume": "76"}, {"journal": "Tea Studies"}])
def test_one_wrong_part_of_the_issue_is_a_mistake(change):
    record = abstract("Tea in Gout", "0848")
    publication = structs.replace(record.publication, **change)
    if "journal" in change:
        publication = structs.replace(publication, abbreviation="Tea Stud")
    wrong = structs.replace(record, publication=publication, url="", number="")
    found = verdict(Reference("1", render(wrong, "vancouver", None)), record)
    assert found.status == "differs"
    assert next(iter(change)) in [finding.code for finding in found.findings]
