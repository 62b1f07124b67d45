"""The country of an affiliation."""

import pytest

from abstool.facets import countries, places
from abstool.facets.countries import country_of
from abstool.text import fold


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
        # No country, but a city that is in one only, or a university of a state.
        ("AP-HP, Paris", "France"),
        ("eli lilly, indianapolis", "United States"),
        ("McGill, Montreal", "Canada"),
        ("Juntendo University, Bunkyo-ku, Tokyo 113-8421", "Japan"),
        ("NHGRI, Bethesda, MD, Bethesda", "United States"),
        ("A College, Ithaca, NY, Ithaca", "United States"),
        ("The University of Michigan, Ypsilanti", "United States"),
        ("University of Alabama at Birmingham, Birmingham", "United States"),
        ("Oregon Health & Science University, Portland", "United States"),
        ("University of California, San Diego, San Diego", "United States"),
        ("University of British Columbia, Vancouver", "Canada"),
        ("New York University Shanghai, Shanghai", "China"),
        ("Yonsei, Seoul, S. Korea", "South Korea"),
        # No country, but an institution that is in one only.
        ("Brigham and Women’s Hospital, Boston", "United States"),
        ("Division of Rheumatology, Massachusetts General Hospital, Boston", "United States"),
        ("Ragon Institute of MIT, and Harvard, Cambridge", "United States"),
        ("The Mayo Clinic, Rochester", "United States"),
        ("Rutgers University, New Brunswick", "United States"),
        ("VA, Durham Healthcare, Duke University School of Medicine, Durham", "United States"),
        ("UCSF / SFVA, San Francisco", "United States"),
        ("University College London, London", "United Kingdom"),
        ("The University of Manchester, Manchester", "United Kingdom"),
        ("UBC, Vancouver", "Canada"),
        ("University of Leeds, Chieti, Italy", "Italy"),
        # What is printed counts, not what is known of the city.
        ("Diakonhjemmet Hospital, Oslo, Nepal", "Nepal"),
        ("A Clinic, Paris, TX", "United States"),
        ("A Clinic, London, Ontario", "Canada"),
        # These are not certain.
        ("A Clinic, Vancouver", ""),
        ("A Clinic, London", ""),
        ("Hospital de La Fe, Valencia", ""),
        ("University of Maine, Le Mans", ""),
        ("University of Georgia, Athens", ""),
        ("The University of Texas MD Anderson Cancer Center Madrid, Madrid", ""),
        ("University of Michigan, Another Academy, Springfield", ""),
        ("Boston, MA, Cambridge", ""),
        ("Brigham Hospital, Boston", ""),
        ("A Clinic, New Brunswick", ""),
        ("Mayo Clinic Healthcare, London", ""),
        ("Harvard, A Hospital, Valencia", ""),
        ("Veterans Affairs Canada, Charlottetown", ""),
        ("Harvardia, Rochester", ""),
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


def test_a_city_is_listed_once_and_is_no_country_or_state():
    listed = [one for text in places._CITIES.values() for one in text.split("|")]
    assert len(places.cities()) == len({fold(one) for one in listed}) == len(listed)
    assert not places.cities().keys() & (places.states().keys() | countries._names().keys())
    assert {country_of(one) for one in listed} == set(places._CITIES)
