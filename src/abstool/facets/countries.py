"""Find the country of an affiliation: its last part, by name, or by a state of North America.

If it names neither, a city or an institution that is in one country only tells it, or a state's
university.

Two-letter codes are those of states and provinces, never those of countries: MA is Massachusetts,
not Morocco. What is not certain is unknown.
"""

from __future__ import annotations

import re
from functools import cache

from abstool.errors import not_installed
from abstool.facets.places import CANADA, USA, cities, country_of_institution, states
from abstool.text import fold, tidy

# Usual names that the library does not have, or has in another form.
_VARIANTS = {
    USA: "USA|U.S.A.|US|U.S.|United States of America|Washington DC|Washington D.C.|NYC"
    "|New York City",
    CANADA: "PQ|Québec",
    "Bolivia": "Bolivia",
    "Bosnia and Herzegovina": "Bosnia & Herzegovina|Bosnia",
    "Brazil": "Brasil",
    "Brunei": "Brunei Darussalam",
    "Cape Verde": "Cabo Verde",
    "China": "China (People's Republic)|People's Republic of China|PR China|P.R. China|P. R. China"
    "|P.R.China|Mainland China|China (Mainland)",
    "Czech Republic": "Czechia",
    "Democratic Republic of the Congo": "Congo, The Democratic Republic of the|DR Congo|DRC"
    "|Congo (Democratic Republic)",
    "Eswatini": "Swaziland",
    "Georgia": "Republic of Georgia|Georgia (Republic)",
    "Germany": "Deutschland",
    "Hong Kong": "Hong Kong SAR|Hong Kong SAR China|Hong Kong (SAR)|Hong Kong, China",
    "Iran": "Iran (Islamic Republic)|Islamic Republic of Iran|Islamic Rep. of Iran",
    "Ireland": "Republic of Ireland|Eire",
    "Italy": "Italia",
    "Ivory Coast": "Côte d'Ivoire|Cote d'Ivoire",
    "Kosovo": "Kosovo",
    "Laos": "Lao People's Democratic Republic",
    "Macao": "Macau|Macao SAR",
    "Mexico": "México",
    "Micronesia": "Micronesia, Federated States of",
    "Moldova": "Republic of Moldova|Moldova (Republic)",
    "Myanmar": "Burma|Myanmar (Burma)",
    "Netherlands": "The Netherlands|Holland|Nederland",
    "North Korea": "Korea (Democratic People's Republic)|DPR Korea",
    "North Macedonia": "Macedonia|Republic of Macedonia|FYROM",
    "Palestine": "Palestine, State of|Palestinian Territories|State of Palestine",
    "Philippines": "The Philippines",
    "Puerto Rico": "PR",
    "Russia": "Russian Federation",
    "Saudi Arabia": "KSA|Kingdom of Saudi Arabia",
    "South Korea": "Republic of Korea|Korea|Korea (Republic)|Korea (South)|S. Korea|Korea, South"
    "|Korea, Republic of",
    "Spain": "España",
    "Switzerland": "Schweiz|Suisse",
    "Syria": "Syrian Arab Republic",
    "Taiwan": "Taiwan (Republic of China)|Taiwan, Province of China|Republic of China|Taiwan ROC"
    "|Taiwan, R.O.C.|Taiwan (R.O.C.)|ROC|R.O.C.",
    "Tanzania": "United Republic of Tanzania",
    "Turkey": "Türkiye|Turkiye|Republic of Turkey",
    "United Arab Emirates": "UAE|U.A.E.|Abu Dhabi|Dubai",
    "United Kingdom": "UK|U.K.|Great Britain|Britain|England|Scotland|Wales|Northern Ireland"
    "|United Kingdom (UK)|Great Britain and Northern Ireland",
    "Venezuela": "Venezuela (Bolivarian Republic)",
    "Vietnam": "Viet Nam",
}
_LONGEST = 12  # words of a country's name
_REPEATED = 2  # parts that can stand behind the country
# The state of Georgia and the country share a name; these are cities of the country.
_IN_GEORGIA = re.compile(r"\b(?:tbilisi|batumi|kutaisi|rustavi|gori)\b")
_NOISE = re.compile(
    r"(?<!\S)\S+@\S+|\b(?:[A-Z]{1,2}-)?\d[\d -]*\b|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b|\(affiliated with.*"
)


def country_of(affiliation: str) -> str:
    """Return the English name of the country that an affiliation ends with; ``""`` if unknown.

    Raises UsageError if the library with the names is not installed.
    """
    parts = [part for part in re.split(r"[,;]", tidy(affiliation)) if _bare(part)]
    if not parts:
        return ""
    last = _bare(parts[-1])
    if len(parts) > 1 and (found := _names().get(fold(f"{_bare(parts[-2])}, {last}"))):
        return found
    found = states().get(last) or states().get(fold(last)) or _names().get(fold(last), "")
    if fold(last) == "georgia" and _IN_GEORGIA.search(fold(affiliation)):
        return "Georgia"
    return found or _at_end(last) or _before(parts) or _by_place(parts)


def _before(parts: list[str]) -> str:
    """Return the country that is named before a city that is printed again: MI, USA, Ann Arbor."""
    if len(parts) > _REPEATED and fold(_bare(parts[-1])) == fold(_bare(parts[-3])):
        state = _bare(parts[-2])
        if found := states().get(state) or states().get(fold(state)):
            return found
    names = (_names().get(fold(_bare(part)), "") for part in reversed(parts[-_REPEATED - 1 : -1]))
    return next(filter(None, names), "")


def _by_place(parts: list[str]) -> str:
    """Return the country of the city at the end, or else of an institution."""
    city = fold(_bare(parts[-1]))
    return cities().get(city) or country_of_institution([fold(_bare(part)) for part in parts])


def _at_end(part: str) -> str:
    """Return the country whose name a part without a comma ends with: Lyon France."""
    words = part.split(" ")
    for start in range(max(1, len(words) - _LONGEST), len(words)):
        name = " ".join(words[start:])
        if len(name) > 3 and (found := _names().get(fold(name))):
            return "" if fold(name) == "georgia" else found
    return ""


def _bare(part: str) -> str:
    """Return a part without a postal code, an email address and full stops at its end."""
    bare = " ".join(_NOISE.sub(" ", part).split()).strip(" .:-*")
    return re.sub(r"^(?:and|the) (?=[A-Z])", "", bare)


@cache
def _names() -> dict[str, str]:
    """Return the names of countries by all of their folded names, none of which is a code."""
    try:
        import pycountry  # noqa: PLC0415 - an extra, and slow to import
    except ImportError:
        raise not_installed("country", "pycountry", "review") from None
    found = {}
    for country in pycountry.countries:
        name = str(getattr(country, "common_name", country.name))
        found[fold(name)] = name
        for other in ("name", "official_name"):
            found.setdefault(fold(str(getattr(country, other, name))), name)
    for name, variants in _VARIANTS.items():
        former = found.get(fold(name), name)
        for key in [key for key, value in found.items() if value == former]:
            found[key] = name
        for variant in (name, *variants.split("|")):
            key = fold(variant.rstrip("."))
            for same in [k for k, value in found.items() if value == found.get(key, name)]:
                found[same] = name
            found[key] = name
    return found
