"""The country of an affiliation."""

import pytest

from abstool.facets.countries import country_of


@pytest.mark.parametrize(
    ("affiliation", "country"),
    [
        ("Brigham Hospital, Boston, MA", "United States"),
        ("Brigham Hospital, Boston, MA 02115", "United States"),
        ("Brigham Hospital, Boston, MA.", "United States"),
        ("Brigham Hospital, Boston, Massachusetts", "United States"),
        ("NIH, Washington, DC", "United States"),
        ("NIH, Washington D.C", "United States"),
        ("Kite, Santa Monica, CA, USA", "United States"),
        ("Kite, Wilmington, DE", "United States"),
        ("A University, Indianapolis, IN", "United States"),
        ("A University, San Juan, PR", "Puerto Rico"),
        ("University of Toronto, Toronto, ON, Canada", "Canada"),
        ("University of Toronto, Toronto, ON", "Canada"),
        ("McGill, Montréal, Québec", "Canada"),
        ("Peking University, Beijing, China (People's Republic)", "China"),
        ("NTU, Taipei, Taiwan (Republic of China)", "Taiwan"),
        ("Seoul University, Seoul, Republic of Korea", "South Korea"),
        ("Seoul University, Seoul, Korea, Republic of", "South Korea"),
        ("Koç University, Istanbul, Türkiye", "Turkey"),
        ("Charles University, Prague, Czechia", "Czech Republic"),
        ("Amsterdam UMC, Amsterdam, the Netherlands", "Netherlands"),
        ("University of Leeds, Leeds, England", "United Kingdom"),
        ("Hospital, Hanoi, Viet Nam", "Vietnam"),
        ("HKU, Hong Kong, China", "Hong Kong"),
        ("HKU, Hong Kong, Hong Kong", "Hong Kong"),
        ("Hospital La Paz, Madrid, España", "Spain"),
        ("Hospices Civils, Lyon France", "France"),
        ("University of Michigan, Ann Arbor, MI, USA, Ann Arbor", "United States"),
        ("Tbilisi State University, Tbilisi, Georgia", "Georgia"),
        ("Emory University, Atlanta, Georgia", "United States"),
        ("A University, Rabat, Morocco", "Morocco"),
        ("University of Jordan, Amman, Jordan", "Jordan"),
        ("Radboud UMC, Nijmegen, NETHERLANDS", "Netherlands"),
        # These are not certain.
        ("Brigham Hospital, Boston", ""),
        ("Rutgers University, New Brunswick", ""),
        ("Hospital, Lyon, FR", ""),
        ("Hospital, Berlin, de", ""),
        ("Rheumatology", ""),
        ("Republic of Tea", ""),
        ("", ""),
        (" , ;", ""),
    ],
)
def test_the_country_is_the_one_that_the_affiliation_ends_with(affiliation, country):
    assert country_of(affiliation) == country
