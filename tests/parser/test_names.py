"""Where a family name begins: from the citation, from the disclosures, and by rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import abstool
from abstool.parser.people import names
from abstool.parser.people.author_index import AuthorIndex, EvidenceList
from abstool.parser.people.names import Evidence, PrintedName

# printed, in the citation: given, family, suffix
CITED = [
    ("Christina Gebhardt", "Gebhardt C", "Christina", "Gebhardt", ""),
    ("Ana Serrano-Combarro", "Serrano-Combarro A", "Ana", "Serrano-Combarro", ""),
    ("Carmen Pilar Simeon-Aznar", "Simeon-Aznar CP", "Carmen Pilar", "Simeon-Aznar", ""),
    ("Jeska de Vries-Bouwstra", "de Vries-Bouwstra J", "Jeska", "de Vries-Bouwstra", ""),
    ("Rosario Garcia Vicuña", "Garcia Vicuna R", "Rosario", "Garcia Vicuña", ""),
    ("Vincent Del Gaizo", "Del Gaizo V", "Vincent", "Del Gaizo", ""),
    ("Michael von Bergwelt", "von Bergwelt M", "Michael", "von Bergwelt", ""),
    ("H. FURUSAWA", "Furusawa H", "H.", "FURUSAWA", ""),
    ("Veit Bücklein", "Buecklein V", "Veit", "Bücklein", ""),
    ("Thomas Medsger, Jr", "Medsger T Jr", "Thomas", "Medsger", "Jr"),
    ("William Pendergraft III", "Pendergraft W III", "William", "Pendergraft", "III"),
    ("Kathleen O’Neil", "O'Neil K", "Kathleen", "O’Neil", ""),
    ("Riveros frutos Ana", "Ana R", "Riveros frutos", "Ana", ""),
    ("Hanna Gül", "Gul H", "Hanna", "Gül", ""),
    ("B. Balint", "B. Balint", "B.", "Balint", ""),
    ("Álvaro A. Åkerlind", "Åkerlind ÁA", "Álvaro A.", "Åkerlind", ""),
    ("Álvaro A. ÅKERLIND", "Åkerlind AA", "Álvaro A.", "ÅKERLIND", ""),
]
DISCLOSED = [
    ("Carmen Pilar Simeon-Aznar", "C. Simeon-Aznar", "Simeon-Aznar"),
    ("Rosario Garcia Vicuña", "R. Garcia Vicuña", "Garcia Vicuña"),
    ("Kathleen O'Neil", "K. O’Neil", "O'Neil"),
    ("C. Egla Rabinovich", "C. E. Rabinovich", "Rabinovich"),
    ("Thomas Medsger, Jr", "T. Medsger, Jr.", "Medsger"),
    ("M. J. van der Heijde", "M. J. van der Heijde", "van der Heijde"),
]
# printed, affiliation: family, sure
BY_RULE = [
    ("Christina Gebhardt", "", "Gebhardt", True),
    ("Rayford R. June", "", "June", True),
    ("C. Kent Kwoh", "", "Kwoh", True),
    ("Yongdong (Dan) Zhao", "", "Zhao", True),
    ("Jos van der Meer", "", "van der Meer", True),
    ("Vincent Del Gaizo", "", "Del Gaizo", True),
    ("Ronald van Vollenhoven", "", "van Vollenhoven", True),
    ("Kathryn Ann Torok", "", "Torok", False),
    ("Juan Jose Alegre Sancho", "Hospital, Valencia, Spain", "Alegre Sancho", False),
    ("Maria Garcia Lopez", "", "Garcia Lopez", False),
    ("Xie L", "", "L", False),
    ("Madonna", "", "Madonna", False),
    ("Ann Poe, PharmD, BQPS", "", "Poe", True),
    ("Bob Ray, DrPH, III", "", "Ray", True),
    # after initials, all from a particle or a hyphened name on
    ("B.A.P. Laros-van Gorkum", "", "Laros-van Gorkum", True),
    ("M. de la Fuente Ruiz", "", "de la Fuente Ruiz", True),
    ("M. Lee-Ray Poe", "", "Lee-Ray Poe", False),
    ("J. Michelle Kahlenberg", "", "Kahlenberg", True),
]
# the line of authors: family names
LINES = {
    "B.A.P. Laros-van Gorkum, M. Garcia Ruiz": ["Laros-van Gorkum", "Garcia Ruiz"],
    "A. Lee, B. Example Ray, C.D. Poe": ["Lee", "Example Ray", "Poe"],
    "A. Lee, B. Example Ray, Cy Poe": ["Lee", "Ray", "Poe"],
    "J. Michelle Kahlenberg": ["Kahlenberg"],
    "J. Michelle Kahlenberg, C. Kent Kwoh": ["Kahlenberg", "Kwoh"],
}


@pytest.mark.parametrize("line", LINES)
def test_after_initials_all_is_family_name_if_the_line_has_no_spelled_given_names(line):
    page = f"Abstract Number: 1\n\nA Title\n\n{line}\n\nMeeting: Example\n\nMethods: x"
    assert [author.family for author in abstool.parse(page).authors] == LINES[line]


@pytest.mark.parametrize(("printed", "cited", "first", "family", "suffix"), CITED)
def test_a_citation_shows_where_the_family_name_begins(printed, cited, first, family, suffix):
    found = PrintedName(printed).split(names.from_citation(cited))
    assert (found.given, found.family, found.suffix, found.sure) == (first, family, suffix, True)


@pytest.mark.parametrize(("printed", "disclosed", "family"), DISCLOSED)
def test_a_disclosure_shows_where_the_family_name_begins(printed, disclosed, family):
    assert PrintedName(printed).split(names.from_disclosure(disclosed)).family == family


@pytest.mark.parametrize(
    ("printed", "cited"),
    [
        ("Christina Gebhardt", "Gebhard C"),
        ("Christina Gebhardt", "Gebhardt K"),
        ("Ann Lee", "Li A"),
    ],
)
def test_evidence_of_another_person_does_not_split_a_name(printed, cited):
    assert PrintedName(printed).split(names.from_citation(cited)) is None


@pytest.mark.parametrize(("printed", "affiliation", "family", "sure"), BY_RULE)
def test_without_evidence_rules_split_a_name_and_mark_guesses(printed, affiliation, family, sure):
    found = names.guess(printed, affiliation)
    assert (found.family, found.sure) == (family, sure)


@pytest.mark.parametrize("printed", ["SLICC Group", "Ann Lee", "", "1"])
def test_a_text_without_name_and_initials_is_not_evidence(printed):
    assert names.from_citation(printed) is None


def test_the_author_index_finds_all_authors_that_match_the_evidence():
    authors = AuthorIndex(["Ann Lee", "Bob Ray", "Anna Maria Lee", "Ben Lee"])
    assert authors.find_all(Evidence("Lee", "A")) == [0, 2]
    assert authors.find_all(Evidence("Maria Lee", "A")) == [2]
    assert authors.find_all(Evidence("Poe", "A")) == []


def test_evidence_in_another_order_than_the_authors_splits_the_same_names():
    authors = AuthorIndex(["Ann Lee", "Bob de Ray", "Eva Poe Jr"])
    cited = [names.from_citation(name) for name in ("Poe E Jr", "Lee A", "SLICC", "de Ray B")]
    evidence = EvidenceList(cited, authors)
    assert [evidence.split(index).family for index in range(3)] == ["Lee", "de Ray", "Poe"]
    assert not EvidenceList([], authors)
    assert EvidenceList([None], authors).split(0) is None


def test_a_search_begins_at_the_start_index_and_wraps_around():
    authors = AuthorIndex(["Ann Lee", "Bob Ray", "Al Lee"])
    lee = Evidence("Lee", "A")
    assert [authors.find(lee, start) for start in range(4)] == [0, 2, 2, 0]
    assert authors.find(Evidence("Poe", "A"), 0) is None


WORD = st.text(alphabet="Aabc. -'’éßµ(", min_size=1, max_size=8)


@given(st.lists(WORD, min_size=1, max_size=6).map(" ".join))
def test_a_name_is_split_without_loss(printed):
    found = names.guess(printed)
    words = printed.strip(" ,").split()
    assert [*found.given.split(), *found.family.split(), *found.suffix.split()] == words


@given(st.lists(WORD, min_size=2, max_size=5).map(" ".join), st.integers(1, 4))
def test_a_name_is_split_where_its_own_citation_says(printed, start):
    words = printed.split()
    longest = 10  # words of a family name
    if not max(1, len(words) - longest) <= start < len(words):
        return
    if not names.key("".join(words[start:])):
        return
    letters = names.initials(" ".join(words[:start]))
    evidence = Evidence(" ".join(words[start:]), letters)
    found = PrintedName(printed).split(evidence)
    assert found is not None
    assert names.same(found.family, evidence.family)


@given(st.lists(WORD, min_size=2, max_size=5).map(" ".join), st.integers(1, 4), st.booleans())
def test_the_fast_path_for_exact_matches_splits_like_the_full_comparison(printed, start, other):
    words = printed.split()
    family = " ".join(words[start:]) or "Abc"
    letters = "B" if other else names.initials(" ".join(words[:start]))
    evidence = Evidence(family, letters)
    exact = names.split_exact(" ".join(words), evidence)
    assert exact in (None, PrintedName(printed).split(evidence))
