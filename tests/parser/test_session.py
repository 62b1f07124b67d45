"""Session blocks of all eras: titles with their ranges, dates and times."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abstool.parser import session

TITLES = [
    ("(2470–2503) Systemic Sclerosis – Poster III", "Systemic Sclerosis – Poster III", "2470 2503"),
    ("PsA – Treatment Poster III (1801–1835)", "PsA – Treatment Poster III", "1801 1835"),
    ("(PP09-PP13) Patient Perspectives", "Patient Perspectives", "PP09 PP13"),
    ("Late-breaking (L01–L12)", "Late-breaking", "L01 L12"),
    ("Spondyloarthritis (SpA): RA & OA", "Spondyloarthritis (SpA): RA & OA", ""),
    ("3S087 ACR Abstract: Gout (839–844)", "3S087 ACR Abstract: Gout", "839 844"),
    ("Abstracts: Education (Part 1)", "Abstracts: Education (Part 1)", ""),
    ("Outcomes (2010–2020) of Care", "Outcomes (2010–2020) of Care", ""),
]
DATES = [
    ("Tuesday, October 28, 2025", "2025-10-28"),
    ("Saturday, May 2, 2020", "2020-05-02"),
    ("September 29, 2015", "2015-09-29"),
    ("Nov 9th, 2021", "2021-11-09"),
    ("Monday, 9 December 2019", "2019-12-09"),
    ("9. December 2019", "2019-12-09"),
    ("December 2019", ""),
    ("February 30, 2020", ""),
    ("soon", ""),
]
TIMES = [
    ("9:00AM-11:00AM", "09:00", "11:00"),
    ("10:30AM-12:30PM", "10:30", "12:30"),
    ("4:30PM-6:00PM", "16:30", "18:00"),
    ("12:00PM-1:15PM", "12:00", "13:15"),
    ("9:00 am – 10:00 a.m.", "09:00", "10:00"),
    ("9am-11am", "09:00", "11:00"),
    ("9:00 AM", "09:00", ""),
    ("13:40 - 18:00", "13:40", "18:00"),
]


@pytest.mark.parametrize(("printed", "title", "numbers"), TITLES)
def test_a_title_is_kept_without_its_range_of_numbers(printed, title, numbers):
    assert session.split_range(printed) == (title, numbers.split())


@pytest.mark.parametrize(("printed", "day"), DATES)
def test_a_date_is_iso_or_absent(printed, day):
    assert session.iso_date(printed) == (day, "")


@pytest.mark.parametrize(("printed", "start", "end"), TIMES)
def test_times_are_iso_on_the_day_of_the_session(printed, start, end):
    found, warnings = session.read({"date": "May 2, 2020", "time": printed})
    assert (found.start, found.end) == (f"2020-05-02T{start}", end and f"2020-05-02T{end}")
    assert warnings == []


@pytest.mark.parametrize(
    ("fields", "warning"),
    [
        (
            {"date": "Monday, October 28, 2025"},
            "The session date is printed as a Monday, but 2025-10-28 was a Tuesday.",
        ),
        ({"date": "soon"}, "date could not be read: 'soon'"),
        ({"date": "May 2, 2020", "time": "noon"}, "time could not be read: 'noon'"),
        ({"date": "May 2, 2020", "time": "13:00AM-2:00PM"}, "time could not be read"),
        ({"date": "May 2, 2020", "time": "11:00-1:00 PM"}, "time could not be read"),
        ({"date": "May 2, 2020", "time": "9-11"}, "time could not be read"),
        ({"date": "May 2, 2020", "time": "24:30"}, "time could not be read"),
        ({"date": "May 2, 2020", "time": "2:00PM-1:00PM"}, "ends before it starts"),
        ({"time": "9:00AM-11:00AM"}, "has no date"),
    ],
)
def test_an_unreadable_or_odd_value_gives_a_warning(fields, warning):
    _, warnings = session.read(fields)
    assert len(warnings) == 1
    assert warning in warnings[0]


def test_a_page_without_session_lines_has_no_session():
    assert session.read({}) == (None, [])


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_every_date_is_read_as_printed(day):
    assert session.iso_date(f"{day:%A}, {day:%B} {day.day}, {day.year}") == (day.isoformat(), "")


@given(st.text(alphabet="(0PL1–- )A", max_size=30))
def test_a_title_is_split_from_its_range_without_loss(printed):
    title, numbers = session.split_range(printed)
    kept = title + "".join(numbers)
    assert all(kept.count(letter) == printed.count(letter) for letter in "01PLA")
