"""Disclosures of all eras, split by author and by interest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abstool.parser.people import disclosures
from abstool.parser.people.author_index import AuthorIndex

AUTHORS = AuthorIndex(
    ["Grace Murayama", "Kenji Tada", "Naoto Tamura", "John J. Cush", "Ann O’Neil"]
)
FORMS = {
    "G. Murayama: Cell Exosome Co., Ltd., 5; K. Tada: None; N. Tamura: AbbVie/Abbott, 6.": [
        ("G. Murayama", "Cell Exosome Co., Ltd., 5"),
        ("K. Tada", "None"),
        ("N. Tamura", "AbbVie/Abbott, 6"),
    ],
    "G. Murayama: None\nK. Tada: None": [("G. Murayama", "None"), ("K. Tada", "None")],
    "G. Murayama, None; K. Tada, Example Pharma, 2, Sample Bio, 5; A. O'Neil, None.": [
        ("G. Murayama", "None"),
        ("K. Tada", "Example Pharma, 2, Sample Bio, 5"),
        ("A. O'Neil", "None"),
    ],
    "J. J. Cush,\nExample Pharma, 5\nK. Tada,\nNone": [
        ("J. J. Cush", "Example Pharma, 5"),
        ("K. Tada", "None"),
    ],
    "G. Murayama, E. Merck Inc., 5; K. Tada, None": [
        ("G. Murayama", "E. Merck Inc., 5"),
        ("K. Tada", "None"),
    ],
    # EULAR's form
    "G. Murayama Consultant of: A Co., B Inc., Speakers bureau: C, K. Tada: None declared, "
    "Naoto Tamura Grant/research support from: D.": [
        ("G. Murayama", "Consultant of: A Co., B Inc., Speakers bureau: C"),
        ("K. Tada", "None declared"),
        ("Naoto Tamura", "Grant/research support from: D"),
    ],
    "G. Murayama Consultant of: A Co., X. Nobody: None declared": [
        ("G. Murayama Consultant of", "A Co., X. Nobody: None declared")
    ],
    # ASH's form
    "Murayama: A Co.: Research Funding. Tada: B Co. Ltd: Consultancy, Honoraria; C: Stock.": [
        ("Murayama", "A Co.: Research Funding"),
        ("Tada", "B Co. Ltd: Consultancy, Honoraria; C: Stock"),
    ],
    "Murayama: A Co.: Research Funding. Nobody: B Co.: Honoraria.": [],
    "The authors declare nothing.": [],
    "": [],
    # a name without a text
    "Murayama: . Tada: B Co.: Honoraria.": [("Tada", "B Co.: Honoraria")],
    "Murayama:\n": [],
    "G. Murayama: \t; K. Tada: None": [("K. Tada", "None")],
}
INTERESTS = {
    "None": [],
    "None.": [],
    "Nothing to disclose": [],
    "None declared": [],
    "Example Pharma, 2": [("Example Pharma", [2], "")],
    "AbbVie/Abbott, 6, Asahi Kasei, 5, 6": [
        ("AbbVie/Abbott", [6], ""),
        ("Asahi Kasei", [5, 6], ""),
    ],
    "Cell Exosome Co., Ltd., 5": [("Cell Exosome Co., Ltd.", [5], "")],
    "3M, 5, 4D Pharma, 2": [("3M", [5], ""), ("4D Pharma", [2], "")],
    "GSK, 12, Stock options": [("GSK", [12], "Stock options")],
    "GSK, 12, Stock options, Novartis, 5": [("GSK", [12], "Stock options"), ("Novartis", [5], "")],
    "GSK, 12,, 3, 8": [("GSK", [12, 3, 8], "")],
    "Solarea Bio, Inc, 12,, 3, UCB, 2": [("Solarea Bio, Inc", [12, 3], ""), ("UCB", [2], "")],
}


@pytest.mark.parametrize("text", FORMS)
def test_a_statement_is_split_by_author(text):
    found = [(part.name, part.text) for part in disclosures.read(text, AUTHORS)]
    assert found == FORMS[text]


@pytest.mark.parametrize("text", INTERESTS)
def test_an_authors_part_is_split_by_interest(text):
    found = disclosures.interests(text)
    assert [(part.entity, part.codes, part.note) for part in found] == INTERESTS[text]


@pytest.mark.parametrize("text", ["Grants from Example Pharma", "Example Pharma, 2, and more"])
def test_a_part_of_another_form_has_no_interests(text):
    assert disclosures.interests(text) is None


@given(st.text(alphabet="A. Tadk:;,\n125Noe", max_size=100))
def test_a_split_statement_keeps_its_parts_in_printed_order(text):
    position = 0
    squeezed = "".join(text.split())
    for part in disclosures.read(text, AUTHORS):
        for words in (part.name, part.text):
            position = squeezed.find("".join(words.split()), position)
            assert position >= 0


ENTITY = st.text(alphabet="ABc /&.é(", min_size=1, max_size=12).filter(lambda t: t.strip(" .") == t)
CODES = st.lists(st.integers(1, 11), min_size=1, max_size=3)


@given(st.lists(st.tuples(ENTITY, CODES), min_size=1, max_size=6))
def test_interests_are_read_as_printed(interests):
    text = ", ".join(f"{entity}, {', '.join(map(str, codes))}" for entity, codes in interests)
    found = disclosures.interests(text)
    assert [(part.entity, part.codes) for part in found] == interests
