"""A record rendered as a page in any markup and parsed again is unchanged."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import abstool
from abstool.parser.people.names import initials
from abstool.record import (
    Abstract,
    Affiliation,
    Author,
    Disclosure,
    Interest,
    Publication,
    Section,
    Session,
)
from rendering import MARKUPS, Form, carried

GIVEN = st.sampled_from(
    "Christina Jörg María Carmen Jean-Pierre C. Yi-Hsing Łukasz Rosario Ana O. Anna-Lena Xu "
    "Élodie Mark Søren ANNA baptiste Nguyễn Ming".split()
)
FAMILY = st.sampled_from(
    [
        *"Gebhardt Rincon-Arevalo Dörner Schulze-Koops O’Neil O'Brien Xu Li FURUSAWA".split(),
        *"lamarthée Wu Ostrov Şahin Łoś Andersen Nuñez Simeón-Aznar D’Agostino".split(),
        *("von Bergwelt", "Del Gaizo", "de Vries-Bouwstra", "van der Heijde", "Garcia Vicuña"),
        *("De Guzman", "di Renzo", "Riveros frutos", "St. Clair", "El-Gabalawy", "al-Herz"),
    ]
)
SUFFIX = st.sampled_from(["", "", "", "", "", "Jr", "III"])
# Parts between commas; only the test of HTML uses parts that begin with a digit.
PLACE = st.sampled_from(
    [
        *("Rheumatology", "University of Example", "Invented Health and Science University"),
        *("Children's Hospital", "“Quoted” Institute", 'Institute "G. Half-Quoted', "City"),
        *("Medicine (Clinic, Third Floor)", "A & B; C Department", "P.C.", "Inc.", "Korea"),
        *("Republic of Example", "CA", "St. Elsewhere", "Sjögren’s Centre / Unit B", "NDORMS <1"),
    ]
)
NUMBERED_PLACE = st.sampled_from(["3 West Clinic", "2nd Department", "12 de Octubre", "1 & 1 AG"])
WORDS = st.lists(
    st.sampled_from(
        "We results: methods saw that no invented patient (n = 12, 30%) improved < 5 & > 2 and "
        "background/purpose 10⁹/L CD19⁺ Sjögren’s Session Accessed meeting 2025; TNF-α “quoted” "
        "conclusion cited e.g. [sic] Title".split()
    ),
    min_size=3,
    max_size=25,
)
SENTENCE = WORDS.map(lambda words: f"Here {' '.join(words)}.")
TITLE = st.tuples(WORDS, st.sampled_from(["", "?", "!", ": A Study", " in Patients (Pilot)"])).map(
    lambda parts: f"Effects of {' '.join(parts[0])}{parts[1]}"
)
KEYWORD = st.sampled_from(
    ["gout", "education, medical", "Work Force", "treatment and Janus kinase (JAK)", "B<C", "X-ray"]
)
LABELS = st.sampled_from(
    [
        ["Background/Purpose", "Methods", "Results", "Conclusion"],
        ["Background/Purpose", "Intervention", "Maintenance", "Quality of Life", "Takeaway"],
        ["Methods", "Results"],
    ]
)
SESSION_TITLE = st.sampled_from(
    ["SLE – Treatment Poster I", "3S087 ACR Abstract: RA & OA", "Abstracts: Education (Oral)"]
)
RANGE = st.sampled_from([[], ["0387", "0429"], ["PP01", "PP13"], ["1801", "1835"]])
INTERESTS = st.sampled_from(
    [
        ("None", []),
        ("Example Pharma, 2", [Interest(entity="Example Pharma", codes=[2])]),
        (
            "AbbVie/Abbott, 6, Sample Bio Co., Ltd., 5, 6",
            [
                Interest(entity="AbbVie/Abbott", codes=[6]),
                Interest(entity="Sample Bio Co., Ltd.", codes=[5, 6]),
            ],
        ),
    ]
)
FORMS = st.builds(
    Form,
    numbered=st.booleans(),
    range_in_front=st.booleans(),
    disclosures=st.sampled_from([": ", ", "]),
    gap=st.sampled_from(["", "", " "]),
)


@st.composite
def authors(draw, most=60):
    people = draw(
        st.lists(
            st.builds(
                lambda given, family, suffix: (" ".join(given), family, suffix),
                st.lists(GIVEN, min_size=1, max_size=2),
                FAMILY,
                SUFFIX,
            ),
            min_size=1,
            max_size=draw(st.sampled_from([1, 2, 5, most])),
            unique_by=lambda parts: (parts[1].casefold(), parts[0][0].casefold()),
        )
    )
    result = []
    for first, family, suffix in people:
        end = f", {suffix}" if suffix == "Jr" else f" {suffix}" if suffix else ""
        name = f"{first} {family}{end}"
        result.append(Author(name=name, given=first, family=family, suffix=suffix))
    return result


@st.composite
def affiliations(draw, people, *, digits):
    """Draw one or more affiliations for each of the people, or none at all; use every number."""
    count = draw(st.integers(0, min(60, 2 * len(people))))
    first = st.one_of(PLACE, NUMBERED_PLACE) if digits else PLACE
    places = st.tuples(first, st.lists(PLACE, max_size=3)).map(lambda p: ", ".join([p[0], *p[1]]))
    result = [Affiliation(label=str(label), name=draw(places)) for label in range(1, count + 1)]
    for index, author in enumerate(people):
        if count == 1:
            author.affiliations = ["1"]
        elif count:
            own = {affiliation.label for affiliation in result[index :: len(people)]}
            if not own or draw(st.booleans()):
                own.add(str(draw(st.integers(1, count))))
            author.affiliations = sorted(own, key=int)
    return result


@st.composite
def records(draw, *, digits):
    people = draw(authors())
    places = draw(affiliations(people, digits=digits))
    if draw(st.booleans()) and len(people) > 1 and people[-1].affiliations:
        people.append(Author(name="CARRA investigators", literal="CARRA investigators"))
        if len(places) == 1:
            people[-1].affiliations = []
    day = draw(st.dates(date(2012, 1, 1), date(2026, 12, 31)))
    start = draw(st.integers(0, 22))
    declared = draw(st.booleans())
    title = " ".join(draw(TITLE).split())
    return Abstract(
        url=f"https://acrabstracts.org/abstract/{draw(st.sampled_from(['a', 'two-words-2']))}/",
        site="acrabstracts.org",
        number=draw(st.sampled_from(["0848", "90", "PP01", "1L", "LB24", "063"])),
        title=title,
        authors=people,
        affiliations=places,
        meeting=draw(st.sampled_from(["ACR Convergence 2025", "2015 ACR/ARHP Annual Meeting"])),
        first_published=draw(st.sampled_from(["", "2015-09-29", "2016-05-01"])),
        keywords=draw(st.lists(KEYWORD, max_size=5, unique=True)),
        session=Session(
            title=draw(SESSION_TITLE),
            abstract_range=draw(RANGE),
            type=draw(st.sampled_from(["Poster Session A", ""])),
            date=day.isoformat(),
            start=f"{day}T{start:02}:30",
            end=f"{day}T{start + 1:02}:00",
        ),
        sections=[
            Section(label=label, text="\n\n".join(draw(st.lists(SENTENCE, min_size=1, max_size=3))))
            for label in draw(LABELS)
        ],
        disclosures=[_disclosure(author, draw(INTERESTS)) for author in people if author.family]
        if declared
        else [],
        publication=Publication(
            journal="Arthritis & Rheumatology",
            abbreviation="Arthritis Rheumatol",
            issn="2326-5205",
            year=day.year,
            volume=str(day.year - 1948),
            supplement=draw(st.sampled_from(["9", "10"])),
        ),
    )


def _disclosure(author, declared):
    text, interests = declared
    name = f"{initials(author.given)[0]}. {author.family}"
    return Disclosure(name=name, author=author.name, text=text, interests=interests)


def fields(record, *, without=()):
    data = record.to_dict()
    return {key: data[key] for key in data if key not in {"warnings", *without}}


fewer = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("markup", ["theme", "headings"])
@fewer
@given(record=records(digits=True), form=FORMS)
def test_html_with_superscripts_preserves_every_field(markup, record, form):
    found = abstool.parse(MARKUPS[markup](record, form))
    assert fields(found) == fields(carried(record, markup, form))


@pytest.mark.parametrize("markup", ["breaks", "plain", "from_session"])
@fewer
@given(record=records(digits=False), form=FORMS)
def test_text_preserves_every_field_except_the_keywords(markup, record, form):
    found = abstool.parse(MARKUPS[markup](record, form))
    expected = carried(record, markup, form)
    assert fields(found, without={"keywords"}) == fields(expected, without={"keywords"})
