"""What the user gives for what a page lacks."""

import pytest

from abstool.errors import UsageError
from abstool.record import Abstract, Publication, Session
from abstool.record.given import FIELDS, Given

ABSENT = "The page does not give the abstract's number or its meeting."
BARE = Abstract(title="Tea", warnings=[ABSENT])
OTHER = Abstract(
    title="Milk",
    number="7",
    meeting="Tea Congress 2021",
    publication=Publication(journal="Journal of Tea", year=2021, volume="12", supplement="3"),
)


def test_values_fill_what_a_page_lacks():
    given = Given.of(["number=0848", "publication.volume=77", "publication.year=2025"])
    record = given.filled(BARE)
    assert record.number == "0848"
    assert record.publication == Publication(year=2025, volume="77")
    assert record.warnings == [
        "The page does not give the abstract's meeting.",
        "The page does not give its own URL.",
        "The page has no abstract text.",
    ]


def test_a_value_that_replaces_another_is_said():
    record = Given.of(["title=Milk"]).filled(BARE)
    assert record.title == "Milk"
    assert "The title was given by the user." in record.warnings


def test_another_record_gives_meeting_and_publication_but_no_number_or_title():
    record = Given.of([], like=OTHER).filled(
        Abstract(title="Tea", publication=Publication(volume="99"))
    )
    assert (record.title, record.number, record.meeting) == ("Tea", "", "Tea Congress 2021")
    assert record.publication == Publication(
        journal="Journal of Tea", year=2021, volume="99", supplement="3"
    )


def test_a_known_journal_brings_its_abbreviation_and_issn():
    publication = Given.of(["publication.abbreviation=Mov Disord"]).filled(BARE).publication
    assert publication.journal == "Movement Disorders"
    assert publication.issn == "1531-8257"


def test_the_record_given_to_is_not_changed():
    before = BARE.to_dict()
    Given.of(["session.title=Drinks", "keywords=tea; milk"]).filled(BARE)
    assert BARE.to_dict() == before


def test_sessions_and_keywords_are_given_in_their_form():
    record = Given.of(["session.start=2025-10-28T10:30", "keywords=tea; milk"]).filled(BARE)
    assert record.session == Session(start="2025-10-28T10:30")
    assert record.keywords == ["tea", "milk"]


@pytest.mark.parametrize(
    "pair",
    [
        "title",
        "title=",
        "=x",
        "nothing=x",
        "publication=x",
        "publication.year=soon",
        "publication.year=12345",
        f"publication.year={'9' * 5_000}",
        "accessed=today",
    ],
)
def test_a_wrong_pair_is_a_usage_error(pair):
    with pytest.raises(UsageError) as error:
        Given.of([pair])
    assert error.value.argument == "set"


def test_every_field_can_be_given():
    examples = {
        "first_published": "2025-10-01",
        "accessed": "2026-01-05",
        "publication.year": "2025",
        "session.date": "2025-10-28",
        "session.start": "2025-10-28T10:30",
        "session.end": "2025-10-28T12:30",
    }
    for name in FIELDS:
        Given.of([f"{name}={examples.get(name, 'tea')}"])
