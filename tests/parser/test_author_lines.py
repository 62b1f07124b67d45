"""Author lines in every form that the sites print, with the authors and links in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abstool import page
from abstool.parser.people import authors


def read(line, count=None):
    """Return names with labels (groups in angle brackets), affiliations and warnings."""
    found = authors.read(page.read(line).blocks, lambda: count)
    people = [
        (f"<{author.name}>" if author.group else author.name, *author.labels)
        for author in found.authors
    ]
    return people, [" ".join(pair) for pair in found.affiliations], found.warnings


# line: people with labels, affiliations
SURE = {
    # superscripts
    "Ann Lee<sup>1</sup>, Bob Ray<sup>2</sup> and Cy Poe<sup>1</sup>, "
    "<sup>1</sup>Univ, City, <sup>2</sup>Clinic and School, Town; Land": (
        [("Ann Lee", "1"), ("Bob Ray", "2"), ("Cy Poe", "1")],
        ["1 Univ, City", "2 Clinic and School, Town; Land"],
    ),
    "Ann Lee<sup>1</sup> and Bob Ray<sup>4,5</sup>, <sup>1</sup>A, <sup>4</sup>B, <sup>5</sup>C": (
        [("Ann Lee", "1"), ("Bob Ray", "4", "5")],
        ["1 A", "4 B", "5 C"],
    ),
    "Bob Ray<sup>1</sup><sup>2</sup>, <sup>1</sup>A, <sup>2</sup>B": (
        [("Bob Ray", "1", "2")],
        ["1 A", "2 B"],
    ),
    "Bob Ray<sup>1</sup>,<sup>2</sup>, <sup>1</sup>A, <sup>2</sup>B": (
        [("Bob Ray", "1", "2")],
        ["1 A", "2 B"],
    ),
    "Ann Lee<sup>6</sup>, <sup>6</sup>3 West Clinical Offices, Philadelphia, PA": (
        [("Ann Lee", "6")],
        ["6 3 West Clinical Offices, Philadelphia, PA"],
    ),
    "Emilee Stenson<sup>41</sup>, Sarah Safran<sup>8</sup>, <sup>8</sup>A, <sup>41</sup>B": (
        [("Emilee Stenson", "41"), ("Sarah Safran", "8")],
        ["8 A", "41 B"],
    ),
    "Thomas Medsger, Jr<sup>14</sup>, <sup>14</sup>Univ": (
        [("Thomas Medsger, Jr", "14")],
        ["14 Univ"],
    ),
    "Thomas Medsger<sup>14</sup>, Jr, Ann Lee<sup>14</sup>, <sup>14</sup>Univ": (
        [("Thomas Medsger, Jr", "14"), ("Ann Lee", "14")],
        ["14 Univ"],
    ),
    "John G. Hanly for the SLICC Group<sup>1</sup> and Ann Lee<sup>1</sup>, <sup>1</sup>Univ": (
        [("John G. Hanly", "1"), ("<SLICC Group>",), ("Ann Lee", "1")],
        ["1 Univ"],
    ),
    "Ann Lee<sup>1</sup> and Cuoghi Edens<sup>3</sup> for the CARRA investigators, "
    "<sup>1</sup>University, City, <sup>3</sup>Clinic": (
        [("Ann Lee", "1"), ("Cuoghi Edens", "3"), ("<CARRA investigators>",)],
        ["1 University, City", "3 Clinic"],
    ),
    "Ann Lee<sup>1</sup> and TBCR Study Group<sup>7</sup>, <sup>1</sup>A, <sup>7</sup>B": (
        [("Ann Lee", "1"), ("<TBCR Study Group>", "7")],
        ["1 A", "7 B"],
    ),
    'Ann Lee<sup>1</sup>, <sup>1</sup>"Dr. X, Institute (A, B) of ; Medicine': (
        [("Ann Lee", "1")],
        ['1 "Dr. X, Institute (A, B) of ; Medicine'],
    ),
    # numbers glued
    "Ann Lee1, Bob Ray2 and Cy Poe1, 1Univ, City, 2Clinic": (
        [("Ann Lee", "1"), ("Bob Ray", "2"), ("Cy Poe", "1")],
        ["1 Univ, City", "2 Clinic"],
    ),
    "Monica Watson1, 1Lupus Foundation of America, Darby, PA": (
        [("Monica Watson", "1")],
        ["1 Lupus Foundation of America, Darby, PA"],
    ),
    "Ann Lee1, Bob E. Ray4,5 and Nan Olsen6, 1A, 4B, 5Children's Hospital, 6C": (
        [("Ann Lee", "1"), ("Bob E. Ray", "4", "5"), ("Nan Olsen", "6")],
        ["1 A", "4 B", "5 Children's Hospital", "6 C"],
    ),
    "Ann Lee1 and Bob Ray5,10, 1A, 5B, 10C": (
        [("Ann Lee", "1"), ("Bob Ray", "5", "10")],
        ["1 A", "5 B", "10 C"],
    ),
    "Ann Lee5,15 and Bob Ray8, 1A, 5B, 8C, 15D": (
        [("Ann Lee", "5", "15"), ("Bob Ray", "8")],
        ["1 A", "5 B", "8 C", "15 D"],
    ),
    "Ann Lee4,1 and Bob Ray2, 1A, 2B, 4C": (
        [("Ann Lee", "4", "1"), ("Bob Ray", "2")],
        ["1 A", "2 B", "4 C"],
    ),
    "Charles Peterfy1, Mark Genovese 2 and Vibeke Strand 10, 1 A, City, 2 B, 10 C": (
        [("Charles Peterfy", "1"), ("Mark Genovese", "2"), ("Vibeke Strand", "10")],
        ["1 A, City", "2 B", "10 C"],
    ),
    "A Lee1, B Lee2, C Lee3, D Lee4, E Lee5, F Lee6 and G Lee7, 1A, 2B, 3C, 4D, 5E, "
    "63 West Clinical Offices, Philadelphia, 7G": (
        [(f"{letter} Lee", str(n)) for n, letter in enumerate("ABCDEFG", start=1)],
        ["1 A", "2 B", "3 C", "4 D", "5 E", "6 3 West Clinical Offices, Philadelphia", "7 G"],
    ),
    "A Lee1, B Lee2 and C Lee3, 1Unit, 2nd Department, City, 22nd Clinic, 3Univ": (
        [("A Lee", "1"), ("B Lee", "2"), ("C Lee", "3")],
        ["1 Unit, 2nd Department, City", "2 2nd Clinic", "3 Univ"],
    ),
    "A Lee1 and B Lee2, 1Hospital, 75012 Paris, France, 212 de Octubre, Madrid": (
        [("A Lee", "1"), ("B Lee", "2")],
        ["1 Hospital, 75012 Paris, France", "2 12 de Octubre, Madrid"],
    ),
    "Amy Bentley7Janet , Robyn Domsic4 and Ann Lee1, 1A, 4B, 7C": (
        [("Amy Bentley", "7"), ("Janet",), ("Robyn Domsic", "4"), ("Ann Lee", "1")],
        ["1 A", "4 B", "7 C"],
    ),
    "Ann Lee1 and Thomas Medsger, Jr14, 1A, 14B": (
        [("Ann Lee", "1"), ("Thomas Medsger, Jr", "14")],
        ["1 A", "14 B"],
    ),
    "Ann Lee1 and William Pendergraft III23, 1A, 23B": (
        [("Ann Lee", "1"), ("William Pendergraft III", "23")],
        ["1 A", "23 B"],
    ),
    "Yongdong (Dan) Zhao1, Ann (Nan)2 and Bob Ray1, 1A, 2B": (
        [("Yongdong (Dan) Zhao", "1"), ("Ann (Nan)", "2"), ("Bob Ray", "1")],
        ["1 A", "2 B"],
    ),
    "C. Kent Kwoh1, KAREN BEATTIE2, baptiste lamarthée1 and H. FURUSAWA2, 1A, 2B": (
        [
            ("C. Kent Kwoh", "1"),
            ("KAREN BEATTIE", "2"),
            ("baptiste lamarthée", "1"),
            ("H. FURUSAWA", "2"),
        ],
        ["1 A", "2 B"],
    ),
    "Ann Lee1 and Cuoghi Edens 3 for the CARRA investigators, 1University, City, 3Clinic": (
        [("Ann Lee", "1"), ("Cuoghi Edens", "3"), ("<CARRA investigators>",)],
        ["1 University, City", "3 Clinic"],
    ),
    # superscript letters and signs; a star that no affiliation begins with is a footnote
    "Ann Lee<sup>a</sup>, Bob Ray<sup>a,b</sup> and Cy Poe<sup>b</sup>*, "
    "<sup>a</sup>Univ, City, <sup>b</sup>2<sup>nd</sup> Clinic, Town": (
        [("Ann Lee", "a"), ("Bob Ray", "a", "b"), ("Cy Poe", "b")],
        ["a Univ, City", "b 2nd Clinic, Town"],
    ),
    "<p>Ann Lee<sup>*</sup> and Bob Ray<sup>†</sup></p><p><sup>*</sup>Univ<br><sup>†</sup>Clinic": (
        [("Ann Lee", "*"), ("Bob Ray", "†")],
        ["* Univ", "† Clinic"],
    ),
    "Ann Lee<sup>1*</sup> and Bob Ray<sup>2</sup><sup>*</sup>, <sup>1</sup>A, <sup>2</sup>B": (
        [("Ann Lee", "1"), ("Bob Ray", "2")],
        ["1 A", "2 B"],
    ),
    # numbers behind the comma
    "<p>A. Lee,<sup>1</sup> B. Ray,<sup>1,2</sup> C. Poe.<sup>2</sup></p>"
    "<p><sup>1</sup>Univ, City<br><sup>2</sup>Clinic, Town</p>": (
        [("A. Lee", "1"), ("B. Ray", "1", "2"), ("C. Poe", "2")],
        ["1 Univ, City", "2 Clinic, Town"],
    ),
    "A. Lee,1 B. Ray Jr.,1,2 C. Poe.2\n\n1Univ, City\n2Clinic, Town": (
        [("A. Lee", "1"), ("B. Ray Jr.", "1", "2"), ("C. Poe", "2")],
        ["1 Univ, City", "2 Clinic, Town"],
    ),
    # degrees
    "Ann Lee, MD<sup>1</sup>, Bob Ray, DO, FXYZ<sup>2</sup>, Cy Poe, PharmD, BQPS<sup>1</sup>, "
    "<sup>1</sup>Univ, City, <sup>2</sup>Clinic": (
        [("Ann Lee, MD", "1"), ("Bob Ray, DO, FXYZ", "2"), ("Cy Poe, PharmD, BQPS", "1")],
        ["1 Univ, City", "2 Clinic"],
    ),
    "Ann Lee<sup>1</sup>, MD PhD, Bob Ray<sup>2</sup>, FXYZ, <sup>1</sup>Univ, <sup>2</sup>Clin": (
        [("Ann Lee, MD PhD", "1"), ("Bob Ray, FXYZ", "2")],
        ["1 Univ", "2 Clin"],
    ),
    "Ann Lee<sup>1</sup> and XYZAB<sup>2</sup>, <sup>1</sup>Univ, <sup>2</sup>Clinic": (
        [("Ann Lee", "1"), ("XYZAB", "2")],
        ["1 Univ", "2 Clinic"],
    ),
    "Ann Lee, MD, Bob Ray, DO, FXYZ, Cy Poe, PharmD, University of Example, City": (
        [("Ann Lee, MD", "1"), ("Bob Ray, DO, FXYZ", "1"), ("Cy Poe, PharmD", "1")],
        ["1 University of Example, City"],
    ),
    "Ann Lee, MD, FXYZ and Bob Ray, DO, FXYZ, UXYZ, San Example, ST": (
        [("Ann Lee, MD, FXYZ", "1"), ("Bob Ray, DO, FXYZ", "1")],
        ["1 UXYZ, San Example, ST"],
    ),
    # groups
    "Ann Lee1, Bob Ray2 and , On Behalf of THE APS ACTION .3, 1Univ, 2Clinic, 3., City": (
        [("Ann Lee", "1"), ("Bob Ray", "2"), ("<APS ACTION>", "3")],
        ["1 Univ", "2 Clinic", "3 City"],
    ),
    "Ann Lee1 and Bob Ray2\nON BEHALF OF the Example Group.\n\n1Univ, City, 2Clinic": (
        [("Ann Lee", "1"), ("Bob Ray", "2"), ("<Example Group>",)],
        ["1 Univ, City", "2 Clinic"],
    ),
    "<p>Ann Lee<sup>1</sup>, <sup>1</sup>Univ, City</p><p>On behalf of the Example Group": (
        [("Ann Lee", "1"), ("<Example Group>",)],
        ["1 Univ, City"],
    ),
    "Ann Lee1 and Example Ireland Charity2, 1Univ, 2Example Ireland, Dublin": (
        [("Ann Lee", "1"), ("<Example Ireland Charity>", "2")],
        ["1 Univ", "2 Example Ireland, Dublin"],
    ),
    # affiliations without numbers on lines of their own
    "A. Lee, B. Ray, C. Poe\n\nUniversity of Example Medical Center, City, ST": (
        [("A. Lee", "1"), ("B. Ray", "1"), ("C. Poe", "1")],
        ["1 University of Example Medical Center, City, ST"],
    ),
    "A. Lee, B. Ray\nOn behalf of the Example Group\n\nDuke, City, ST": (
        [("A. Lee", "1"), ("B. Ray", "1"), ("<Example Group>",)],
        ["1 Duke, City, ST"],
    ),
    "A. Lee, B. Ray\n\nUniversity of Example, City, ST\nClinic, Town, ST": (
        [("A. Lee",), ("B. Ray",)],
        ["1 University of Example, City, ST", "2 Clinic, Town, ST"],
    ),
    "<p>Ann Lee</p><p>Department of Tea<br>University of Example<br>City, ST</p>": (
        [("Ann Lee", "1")],
        ["1 Department of Tea, University of Example, City, ST"],
    ),
    # no numbers
    "Ann Lee, Bob Ray and Cy Poe, Thomas Jefferson University, Philadelphia, PA": (
        [("Ann Lee", "1"), ("Bob Ray", "1"), ("Cy Poe", "1")],
        ["1 Thomas Jefferson University, Philadelphia, PA"],
    ),
    "<p>Ann Lee and Bob Ray, Health and Science University, Portland</p>": (
        [("Ann Lee", "1"), ("Bob Ray", "1")],
        ["1 Health and Science University, Portland"],
    ),
    "Ann Lee and Bob Ray, Jr., Univ, City": (
        [("Ann Lee", "1"), ("Bob Ray, Jr.", "1")],
        ["1 Univ, City"],
    ),
    "Joshua Sparks": ([("Joshua Sparks",)], []),
    "Ann Lee and Bob Ray": ([("Ann Lee",), ("Bob Ray",)], []),
    "Ann Lee, University of Example, City": ([("Ann Lee", "1")], ["1 University of Example, City"]),
    "B. Balint, K. Bhatia (London, United Kingdom)": (
        [("B. Balint", "1"), ("K. Bhatia", "1")],
        ["1 London, United Kingdom"],
    ),
    "Ann Lee, Medicine (Clinic, Third Floor)": (
        [("Ann Lee", "1")],
        ["1 Medicine (Clinic, Third Floor)"],
    ),
    "Ann Lee and Bob Ray, Medicine (Clinic, Third Floor)": (
        [("Ann Lee", "1"), ("Bob Ray", "1")],
        ["1 Medicine (Clinic, Third Floor)"],
    ),
    "Ann Lee and Bob Ray for the CARRA investigators, Medicine (Clinic, Third Floor)": (
        [("Ann Lee", "1"), ("Bob Ray", "1"), ("<CARRA investigators>",)],
        ["1 Medicine (Clinic, Third Floor)"],
    ),
    "B. Balint for the CARRA investigators (London, United Kingdom)": (
        [("B. Balint", "1"), ("<CARRA investigators>",)],
        ["1 London, United Kingdom"],
    ),
    "Ann Lee and Bob Ray, Jr for the CARRA investigators, Univ, City": (
        [("Ann Lee", "1"), ("Bob Ray, Jr", "1"), ("<CARRA investigators>",)],
        ["1 Univ, City"],
    ),
    "Ann Lee and Bob Ray for the CARRA investigators, Univ, City": (
        [("Ann Lee", "1"), ("Bob Ray", "1"), ("<CARRA investigators>",)],
        ["1 Univ, City"],
    ),
}


@pytest.mark.parametrize("line", SURE)
def test_a_line_gives_its_authors_and_links(line):
    people, affiliations, _ = read(line)
    assert (people, affiliations) == SURE[line]


ODD = {
    "Ann Lee<sup>1</sup>, Bob Ray<sup>3</sup>, <sup>1</sup>Univ": "refer to affiliation 3",
    "Ann Lee<sup>1</sup>, <sup>1</sup>Univ, <sup>2</sup>Clinic": "No author refers",
    "Ann Lee<sup>1</sup>, Bob Ray, Cy Poe<sup>1</sup>, <sup>1</sup>Univ": (
        "Bob Ray has no affiliation marker."
    ),
    "Ann Lee, Bob Ray, Cy Poe<sup>1</sup>, <sup>1</sup>Univ": (
        "Ann Lee, Bob Ray have no affiliation marker."
    ),
    "Ann Lee, Bob Ray, Cy Poe, Duke, Durham, NC": "guessed that it begins with 'Duke'.",
    "A. Lee, B. Ray\n\nUniv of Example, City, ST\nClinic, Town, ST": "does not link its 2 affil",
    "Ann Lee1 and On Behalf of APS ACTION .2, 1Univ, 2.": "affiliation 2, which is not on",
    "Ann Lee<sup>1</sup>": "refer to affiliation 1",
}


@pytest.mark.parametrize("line", ODD)
def test_an_ambiguous_line_gives_a_warning(line):
    assert any(ODD[line] in warning for warning in read(line)[2])


def test_the_number_of_authors_decides_where_the_affiliation_begins():
    line = "Ann Lee, Bob Ray, Cy Poe, Duke, Durham, NC"
    people, affiliations, warnings = read(line, count=3)
    assert [name for name, _ in people] == ["Ann Lee", "Bob Ray", "Cy Poe"]
    assert affiliations == ["1 Duke, Durham, NC"]
    assert warnings == []


def test_sixty_authors_with_sixty_affiliations_keep_their_links():
    names = [f"Ann Le{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(60)]
    line = ", ".join(f"{name}{n}" for n, name in enumerate(names, start=1))
    line += "".join(f", {n}Univ {n}, City" for n in range(1, 61))
    people, affiliations, warnings = read(line)
    assert people == [(name, str(n)) for n, name in enumerate(names, start=1)]
    assert affiliations == [f"{n} Univ {n}, City" for n in range(1, 61)]
    assert warnings == []


@given(st.text(alphabet="Ab1,2 .;()and\ue000\ue001<sup>/\n", max_size=80))
def test_any_line_gives_authors_without_separators_in_or_around_them(line):
    blocks = page.read(line).blocks
    for author in authors.read(blocks).authors:
        assert author.name.strip(" ,;") == author.name != ""


def test_an_image_between_authors_and_affiliations_does_not_matter():
    names = "<p>Ann Lee<sup>a</sup>, Bob Ray<sup>b</sup></p>"
    line = f"{names}{{}}<p><sup>a</sup>Univ</p><p><sup>b</sup>Clinic</p>"
    with_image = read(line.format('<p><img src="/orcid.png" alt=""></p>'))
    assert with_image == read(line.format(""))
    assert with_image[0] == [("Ann Lee", "a"), ("Bob Ray", "b")]
