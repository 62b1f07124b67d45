"""Months have one table."""

from abstool.dates import MONTHS, month_number


def test_a_month_is_known_by_its_first_three_letters_in_any_case():
    for number, month in enumerate(MONTHS, 1):
        assert month_number(month) == month_number(month[:3].upper()) == number
    assert month_number("Sept") == 9
    assert month_number("Spring") == month_number("") == 0
