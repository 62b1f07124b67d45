"""Dates as databases print them, and EDTF."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abstool.inputs.references.dates.printed import (
    edtf,
    has_other_words,
    printed,
    range_of_years,
)
from abstool.inputs.references.fields import InvalidEntryError

DATES = {
    "2020": [[2020]],
    "2020 Mar": [[2020, 3]],
    "2020 Mar 15": [[2020, 3, 15]],
    "Mar 15, 2020": [[2020, 3, 15]],
    "15 March 2020": [[2020, 3, 15]],
    "September 2015": [[2015, 9]],
    "2019 Nov-Dec": [[2019, 11], [2019, 12]],
    "Nov-Dec 2019": [[2019, 11], [2019, 12]],
    "2019 Dec-2020 Jan": [[2019, 12], [2020, 1]],
    "2020 Mar 3-9": [[2020, 3, 3], [2020, 3, 9]],
    "2019 Nov 28-Dec 4": [[2019, 11, 28], [2019, 12, 4]],
    "2018 Mar/Apr": [[2018, 3], [2018, 4]],
    "2019-2021": [[2019], [2021]],
    "19 June 2018 - 21 June 2018": [[2018, 6, 19], [2018, 6, 21]],
    "19. Juni 2018 \u2013 2. Juli 2018": [[2018, 6, 19], [2018, 7, 2]],
    "20200315": [[2020, 3, 15]],
    "2020/03/15": [[2020, 3, 15]],
    "2020-3-5": [[2020, 3, 5]],
    "2020-05-06 12:31:00": [[2020, 5, 6]],
    "07 2006": [[2006, 7]],
    "05/2020": [[2020, 5]],
    "13/05/2020": [[2020, 5, 13]],
    "05/13/2020": [[2020, 5, 13]],
    "3/3/2020": [[2020, 3, 3]],
    "3.5.2020": [[2020, 5, 3]],
    "3-May-2020": [[2020, 5, 3]],
    "2020-Mar-15": [[2020, 3, 15]],
    "2021/Apr/2": [[2021, 4, 2]],
    "2019.Dez.24": [[2019, 12, 24]],
    "2020-Mar": [[2020, 3]],
    "May 3rd, 2020": [[2020, 5, 3]],
    "7 mars 2020": [[2020, 3, 7]],
    "7. M\u00e4rz 2020": [[2020, 3, 7]],
    "ao\u00fbt 2020": [[2020, 8]],
    "7 juillet 2020": [[2020, 7, 7]],
    "12-14 de mayo de 2020": [[2020, 5, 12], [2020, 5, 14]],
    "12 ottobre 2020": [[2020, 10, 12]],
    "2020 1st Quart": [[2020]],
    "Q1 2020": [[2020]],
    "T3 2020": [[2020]],
    "2020 H1": [[2020]],
    "W12 2020": [[2020]],
    "2020Q4": [[2020]],
    "Q32020": [[2020]],
    "4Q 2020": [[2020]],
    "2Q2020": [[2020]],
    "2020T2": [[2020]],
    "2020W11": [[2020]],
    "2020 No. 4": [[2020]],
    "Issue 4 2020": [[2020]],
    "2020-12-30/2021-01-02": [[2020, 12, 30], [2021, 1, 2]],
    "2019/20": [[2019], [2020]],
    "1998/99": [[1998], [1999]],
    "2021-22": [[2021], [2022]],
    "1999/00": [[1999], [2000]],
    "2005/06": [[2005, 6]],
    "2019 Apr-May-Jun": [[2019, 4], [2019, 6]],
    "jan./fev./mar. 2010": [[2010, 1], [2010, 3]],
    "Jul, Aug, Sep 2018": [[2018, 7], [2018, 9]],
    "AUG SEP 2018": [[2018, 8], [2018, 9]],
    "2018 June & July": [[2018, 6], [2018, 7]],
    "Mai und Juni 2018": [[2018, 5], [2018, 6]],
    "Feb to May 2018": [[2018, 2], [2018, 5]],
    "Feb / May 2018": [[2018, 2], [2018, 5]],
    "4 and 5 May 2018": [[2018, 5, 4], [2018, 5, 5]],
    "28 Nov 4 Dec 2019": [[2019, 11, 28], [2019, 12, 4]],
    "Mar 15/Apr 2 2020": [[2020, 3, 15], [2020, 4, 2]],
    "2020 May 3 (June issue)": [[2020, 5, 3]],
    "Dec 2018/Jan 2019": [[2018, 12], [2019, 1]],
    "Dec-Jan 2018/19": [[2018, 12], [2019, 1]],
    "2018-2019 Dec-Jan": [[2018, 12], [2019, 1]],
    "2020-03-15 - 2020-03-17": [[2020, 3, 15], [2020, 3, 17]],
    "2020 05 12": [[2020, 5, 12]],
    "15 03 2020": [[2020, 3, 15]],
    "5. 12. 2020": [[2020, 12, 5]],
    "25/12/2020 10:30": [[2020, 12, 25]],
    "00/05/2020": [[2020, 5]],
    "Thu, 12 Mar 2020 10:45:00": [[2020, 3, 12]],
    "2020 Feburary": [[2020, 2]],
    "2020 Market Issue": [[2020]],
    "Novel Medicine 2020": [[2020]],
    "Genetics Issue 2020": [[2020]],
    "2020 MAYJUN": [[2020, 5], [2020, 6]],
    "JulyAugust 2020": [[2020, 7], [2020, 8]],
    "Market 2020": [[2020]],
    "2019 Decade": [[2019]],
    "Maya 2020": [[2020]],
    "Juno 2020": [[2020]],
    "Augusta 2020": [[2020]],
    "4 Sepsis 2020": [[2020]],
    "Springer 2020": [[2020]],
    "Summit 2020": [[2020]],
    "Mar. 2020": [[2020, 3]],
    "M\u00e4r. 2020": [[2020, 3]],
    "Sept 2020": [[2020, 9]],
    "Okt 2020": [[2020, 10]],
    "janv. 2020": [[2020, 1]],
    "avril 2020": [[2020, 4]],
    "3. maj 2020": [[2020, 5, 3]],
    "Janurary Issue 2020": [[2020, 1]],
    "Novmber 2020": [[2020, 11]],
    "15 Januray 2020": [[2020, 1, 15]],
    "15 Augusti 2020": [[2020, 8, 15]],
    "2020 Setiembre 4": [[2020, 9, 4]],
    "Novr 3, 2020": [[2020, 11, 3]],
    "1. Dezember 2020": [[2020, 12, 1]],
    "3 f\u00e9vr. 2020": [[2020, 2, 3]],
}


@pytest.mark.parametrize("text", DATES)
def test_a_printed_date_is_read(text):
    assert printed(text) == {"date-parts": DATES[text]}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2020/13", [[2020]]),
        ("2020 Mar 42", [[2020, 3]]),
        ("2021 Apr 31", [[2021, 4]]),
        ("30 February 2019", [[2019, 2]]),
        ("20190229", [[2019, 2]]),
        ("2019-14-02", [[2019]]),
        ("2019-06-31/2019-07-02", [[2019, 6], [2019, 7, 2]]),
        ("28-31 Feb 2020", [[2020, 2]]),
        ("31.11.2020", [[2020, 11]]),
    ],
)
def test_a_part_of_a_date_that_cannot_be_is_left_out_with_the_text(text, parts):
    assert printed(text) == {"date-parts": parts, "impossible": text}


def test_a_number_that_repeats_the_year_is_no_day():
    assert printed("Mar 98", "1998") == {"date-parts": [[1998, 3]]}


@pytest.mark.parametrize(
    ("text", "year"),
    [("5/12/2020", ""), ("7-8-2020 09:15", ""), ("03 04 2020", ""), ("05/06", "2020")],
)
def test_day_and_month_in_either_order_leave_the_year_with_the_text(text, year):
    assert printed(text, year) == {"date-parts": [[2020]], "ambiguous": text}
    assert has_other_words(text)


@pytest.mark.parametrize(
    ("text", "year"),
    [("Dec-Jan 2020", ""), ("2020 December/January", ""), ("DecJan 2020", ""), ("DEC JAN", "2020")],
)
def test_a_range_into_a_year_that_is_unknown_becomes_words(text, year):
    assert printed(text, year) == {"literal": "December\u2013January 2020"}


@pytest.mark.parametrize(("text", "year"), [("x" * 99, "2020"), ("", "2020"), ("2020", "y" * 99)])
def test_a_long_text_is_no_date(text, year):
    assert printed(text, year) == {"date-parts": [[2020]]}
    assert printed(text * 99, year * 99) is None


@pytest.mark.parametrize(
    ("text", "has_others"),
    [
        ("Mai 2020", False),
        ("7. M\u00e4rz 2020", False),
        ("3 f\u00e9vrier", False),
        ("Winter 2020", False),
        ("Fr\u00fchjahr 2020", False),
        ("Lente 2020", False),
        ("Lent 2020", True),
        ("Mar2018 Supplement", True),
        ("Market 2020", True),
        ("General meeting", True),
        ("Summit 2020", True),
        ("\u0418\u044e\u043d\u044c 2020", True),
        ("2020 MayJun", False),
        ("2020 Feburary", False),
        ("avril 2020", False),
        ("Q3 2020", True),
        ("2020 T2", True),
        ("3rd Quarter 2020", True),
        ("2020Q4", True),
        ("2020h1", True),
        ("Q12021", True),
        ("3Q2020", True),
        ("Nr. 4 2020", True),
        ("2020Mar5", False),
        ("NOV3 2020", False),
        ("2020-03-15T12:30:00", False),
        ("3d 2020 May 3", False),
    ],
)
def test_words_beside_months_and_seasons_are_noticed(text, has_others):
    assert has_other_words(text) is has_others


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2019 Winter", {"date-parts": [[2019]], "season": "4"}),
        ("FAL 1998", {"date-parts": [[1998]], "season": "3"}),
        ("Herbst 2019", {"date-parts": [[2019]], "season": "3"}),
        ("2019 \u00c9t\u00e9", {"date-parts": [[2019]], "season": "2"}),
        ("Fr\u00fchling 2021", {"date-parts": [[2021]], "season": "1"}),
        ("Automne 2018", {"date-parts": [[2018]], "season": "3"}),
        ("Oto\u00f1o de 2018", {"date-parts": [[2018]], "season": "3"}),
        ("Inverno 2018", {"date-parts": [[2018]], "season": "4"}),
        ("zomer 2018", {"date-parts": [[2018]], "season": "2"}),
        ("Herbst/Winter 2018", {"literal": "Fall\u2013Winter 2018"}),
        ("Spring, Summer, Fall 2018", {"literal": "Spring\u2013Fall 2018"}),
        ("Winter 2018/2019", {"date-parts": [[2018], [2019]], "season": "4"}),
        ("Winter 2018-19", {"date-parts": [[2018], [2019]], "season": "4"}),
        ("2018/19 Winter", {"date-parts": [[2018], [2019]], "season": "4"}),
        ("Fall 2018/Spring 2019", {"literal": "Fall 2018\u2013Spring 2019"}),
        ("Jan 2018-2019", {"literal": "January 2018\u20132019"}),
        ("2014 2015-07-01", {"date-parts": [[2014]]}),
        ("0 0, 2015 2016-03-25", {"date-parts": [[2015]]}),
        ("2018 12-05", {"date-parts": [[2018, 12]]}),
        ("2018 Dec 28-Jan 3", {"literal": "December 28\u2013January 3 2018"}),
        ("Jan & Jul 2018", {"literal": "January, July 2018"}),
        ("Lent 2020", {"date-parts": [[2020]]}),
        ("in press", {"literal": "in press"}),
        ("2020 3d Week Feb 10", {"date-parts": [[2020, 2, 10]]}),
        ("No. 7 Jun 15 2020", {"date-parts": [[2020, 6, 15]]}),
        ("10:30 AM, March 15, 2020", {"date-parts": [[2020, 3, 15]]}),
        ("Mar 15 2020 10:30:45", {"date-parts": [[2020, 3, 15]]}),
        ("2020 T23:47:35.648Z", {"date-parts": [[2020]]}),
        (
            "2020 Mar-Apr 31",
            {"date-parts": [[2020, 3], [2020, 4]], "impossible": "2020 Mar-Apr 31"},
        ),
        ("1850s", {"literal": "1850s"}),
        ("mid-1850s", {"literal": "mid-1850s"}),
        ("", None),
    ],
)
def test_seasons_are_kept_and_words_are_literal(text, date):
    assert printed(text) == date


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("MAR 15", [[2020, 3, 15]]),
        ("", [[2020]]),
        ("OCT", [[2020, 10]]),
        ("3-May-20", [[2020, 5, 3]]),
        ("15/06", [[2020, 6, 15]]),
    ],
)
def test_the_year_may_be_in_another_field(text, parts):
    assert printed(text, "2020") == {"date-parts": parts}


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2020-05", {"date-parts": [[2020, 5]]}),
        ("2020-05-06/2020-06-01", {"date-parts": [[2020, 5, 6], [2020, 6, 1]]}),
        ("2020-21", {"date-parts": [[2020]], "season": "1"}),
        ("2020~", {"date-parts": [[2020]], "circa": 1}),
        ("2020-XX", {"date-parts": [[2020]]}),
        ("../2020", {"date-parts": [[2020]]}),
        ("May 2020", {}),
    ],
)
def test_edtf_is_read(text, date):
    assert edtf(text) == date


@given(st.text(max_size=40), st.text(max_size=10))
def test_any_text_is_a_date_or_an_error(text, year):
    edtf(text)
    with suppress(InvalidEntryError):
        printed(text, year)


@pytest.mark.parametrize("text", ["0000", "May 0000", "00/00/0000"])
def test_the_year_0_is_no_date(text):
    assert not printed(text)


@pytest.mark.parametrize("text", ["0000/2010", "2010/0000", "0000-00/2010"])
def test_the_year_0_is_no_end_of_a_range(text):
    assert edtf(text) == {"date-parts": [[2010]]}


@pytest.mark.parametrize("text", ["0000-0010", "0000/2010"])
def test_the_year_0_begins_no_range_of_years(text):
    assert range_of_years(text) == []
