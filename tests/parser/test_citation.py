"""The page's own citation in the forms of all sites, with and without an access date."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abstool.parser import citation

TAIL = "Arthritis Rheumatol. 2025; 77 (suppl 9). https://acrabstracts.org/abstract/a/"
# the printed end: year, volume, supplement
ISSUES = [
    ("Arthritis Rheumatol. 2025; 77 (suppl 9).", 2025, "77", "9"),
    ("Arthritis Rheumatol. 2015; 67 (suppl 10).", 2015, "67", "10"),
    ("Arthritis Rheumatol. 2021;73(suppl 10).", 2021, "73", "10"),
    ("Arthritis Rheumatol. 2018; 70 (9 suppl).", 2018, "70", "9"),
    ("Arthritis Rheumatol. 2018; 70 (suppl S4).", 2018, "70", "S4"),
    ("Arthritis Rheumatol. 2018; 70 Supplement 9.", 2018, "70", "9"),
    ("Arthritis Rheumatol. 2026; 78.", 2026, "78", ""),
    ("Arthritis Rheumatol. 2026.", 2026, "", ""),
    ("Arthritis Rheumatol.", 0, "", ""),
]
ACCESS = ["", " Accessed .", " Accessed", " Accessed August 18, 2017.", " Accessed 18 Aug 2017."]


@pytest.mark.parametrize(("printed", "year", "volume", "supplement"), ISSUES)
def test_year_volume_and_supplement_are_those_printed(printed, year, volume, supplement):
    found = citation.read(f"Lee A. A title [abstract]. {printed} https://x.org/a/. Accessed .")
    assert (found.year, found.volume, found.supplement) == (year, volume, supplement)
    assert found.journal == "Arthritis Rheumatol"
    assert found.title == "A title"


@pytest.mark.parametrize("access", ACCESS)
def test_the_access_date_is_left_out(access):
    found = citation.read(f"Lee A. A title [abstract]. {TAIL}.{access}")
    assert found.text == f"Lee A. A title [abstract]. {TAIL}."
    assert found.url == "https://acrabstracts.org/abstract/a/"


AUTHORS = [
    "Gebhardt C, von Bergwelt M, Schulze-Koops H",
    "Lee A",
    "St. Clair EW, Medsger T Jr",
    "Del Gaizo V, Simeon-Aznar CP, O’Neil K",
    "Lee A, SLICC Group",
    "B. Balint, K. Bhatia",
]


@pytest.mark.parametrize("authors", AUTHORS)
@pytest.mark.parametrize("title", ["A. B. cells: a study", "Is It so?", "Use of IL-6 in U.S. A"])
def test_authors_end_where_the_pages_title_begins(authors, title):
    found = citation.read(f"{authors}. {title} [abstract]. {TAIL}", title)
    assert list(found.authors) == authors.split(", ")
    assert found.title == title


@pytest.mark.parametrize("authors", AUTHORS)
def test_authors_end_with_initials_where_the_page_has_no_title(authors):
    found = citation.read(f"{authors}. Cells and their uses [abstract]. {TAIL}")
    assert list(found.authors) == authors.split(", ")
    assert found.title == "Cells and their uses"


def test_the_form_of_hospital_medicine_gives_year_and_journal():
    found = citation.read(
        "Lee A, Ray B. A VIGNETTE. Abstract published at Hospital Medicine 2018; April 8-11; "
        "Orlando, Fla. Abstract 123. Journal of Hospital Medicine. "
        "https://shmabstracts.org/abstract/a-vignette/. November 23rd 2026."
    )
    assert (found.year, found.journal) == (2018, "Journal of Hospital Medicine")
    assert found.authors == ("Lee A", "Ray B")
    assert found.url == "https://shmabstracts.org/abstract/a-vignette/"


@given(st.text(alphabet="AaB. ,;[]()12059/:hts-“”\n", max_size=120))
def test_any_text_is_read_and_nothing_is_made_up(text):
    found = citation.read(text)
    squeezed = "".join(text.split())
    for part in (found.title, found.journal, found.volume, found.supplement, *found.authors):
        assert "".join(part.split()) in squeezed
    assert not found.year or str(found.year) in text
