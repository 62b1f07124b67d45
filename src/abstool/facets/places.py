"""The countries of states, cities and universities, for affiliations that name no country.

A city is listed only if no town of its name in another country has 50,000 inhabitants. So Boston,
Cambridge, London, Valencia and Barcelona are not listed, since England, the United States, Canada,
Spain and Venezuela have them. In doubt, one is left out.
"""

from __future__ import annotations

import re
from functools import cache

from abstool.text import fold

USA, CANADA = "United States", "Canada"

_STATES = (
    "AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut"
    "|DE Delaware|DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois"
    "|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts"
    "|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada"
    "|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota"
    "|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina"
    "|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington"
    "|WV West Virginia|WI Wisconsin|WY Wyoming"
)
_PROVINCES = (
    "AB Alberta|BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador"
    "|NS Nova Scotia|NT Northwest Territories|NU Nunavut|ON Ontario|PE Prince Edward Island"
    "|QC Quebec|SK Saskatchewan|YT Yukon"
)
_CITIES = {
    "United States": "Albuquerque|Ann Arbor|Annapolis|Atlanta|Baltimore|Bethesda|Bronx|Brooklyn"
    "|Chapel Hill|Charleston|Charlottesville|Chicago|Cincinnati|Cleveland|Columbus|Dallas|Denver"
    "|Des Moines|Detroit|East Hanover|Fort Worth|Gainesville|Honolulu|Houston|Indianapolis"
    "|Iowa City|Jacksonville|Kansas City|La Jolla|Las Vegas|Lexington|Little Rock|Louisville"
    "|Lubbock|Madison|Manhasset|Memphis|Menlo Park|Miami|Milwaukee|Minneapolis|Nashville"
    "|New Haven|New Hyde Park|New Orleans|North Chicago|Oklahoma City|Omaha|Palo Alto"
    "|Philadelphia|Pittsburgh|Princeton|Raleigh|Rockville|Sacramento|Salt Lake City|Scottsdale"
    "|Seattle|South San Francisco|Tampa|Thousand Oaks|Tucson|Winston-Salem|Winston Salem",
    "Canada": "Calgary|Montréal|Ottawa|Toronto|Winnipeg",
    "United Kingdom": "Edinburgh|Glasgow|Leeds",
    "Austria": "Innsbruck|Vienna|Wien",
    "Belgium": "Antwerp|Brussels|Bruxelles|Ghent|Gent|Leuven|Liège",
    "China": "Beijing|Changsha|Chengdu|Chongqing|Guangzhou|Hangzhou|Nanjing|Shanghai|Shenzhen"
    "|Tianjin|Wuhan|Xi'an|Zhengzhou",
    "Czech Republic": "Brno|Prague|Praha",
    "Denmark": "Aarhus|Copenhagen|København|Odense",
    "Egypt": "Cairo",
    "Finland": "Helsinki|Tampere|Turku",
    "France": "Bordeaux|Lille|Lyon|Marseille|Montpellier|Nantes|Paris|Rennes|Strasbourg|Toulouse",
    "Germany": "Berlin|Düsseldorf|Duesseldorf|Erlangen|Frankfurt|Heidelberg|Köln|Cologne|Leipzig"
    "|Mainz|Munich|München|Münster|Muenster|Tübingen",
    "Greece": "Heraklion|Thessaloniki",
    "Hungary": "Budapest|Debrecen",
    "India": "Ahmedabad|Bangalore|Bengaluru|Chennai|Kolkata|Lucknow|Mumbai|New Delhi|Pune",
    "Iran": "Isfahan|Mashhad|Shiraz|Tehran",
    "Israel": "Haifa|Tel Aviv",
    "Italy": "Bologna|Genova|Genoa|Milan|Milano|Napoli|Padova|Padua|Pisa|Rome|Roma|Torino|Turin"
    "|Verona",
    "Japan": "Fukuoka|Hiroshima|Kitakyushu|Kobe|Kyoto|Nagasaki|Nagoya|Osaka|Saitama|Sapporo"
    "|Sendai|Tokyo|Yokohama",
    "Netherlands": "Amsterdam|Groningen|Leiden|Maastricht|Nijmegen|Rotterdam|Utrecht",
    "Norway": "Oslo|Stavanger|Trondheim|Tromsø",
    "Pakistan": "Islamabad|Karachi|Lahore|Rawalpindi",
    "Poland": "Gdańsk|Kraków|Warsaw|Warszawa|Wrocław",
    "Portugal": "Coimbra|Lisboa|Lisbon",
    "Romania": "Bucharest|Cluj-Napoca|Iași",
    "Saudi Arabia": "Jeddah|Riyadh",
    "Serbia": "Belgrade",
    "South Korea": "Busan|Daegu|Daejeon|Gwangju|Incheon|Seoul",
    "Spain": "A Coruña|Bilbao|Málaga|Ourense|Torrelavega|Majadahonda",
    "Sweden": "Gothenburg|Göteborg|Linköping|Malmö|Stockholm|Umeå|Uppsala",
    "Switzerland": "Basel|Bern|Geneva|Genève|Lausanne|Zürich",
    "Taiwan": "Kaohsiung|Taichung|Tainan|Taipei",
    "Thailand": "Bangkok|Chiang Mai",
    "Turkey": "Ankara|Istanbul|Izmir",
    "Vietnam": "Hanoi|Ho Chi Minh City",
    "Australia": "Adelaide",
    "Brazil": "Belo Horizonte|Curitiba|Porto Alegre|Rio de Janeiro|São Paulo",
    "Argentina": "Buenos Aires",
    "Colombia": "Bogotá|Barranquilla",
    "Mexico": "Mexico City|Ciudad de México|Monterrey",
}
# How the names of institutions begin that are in one country only, in folded letters. Those with
# a branch abroad under the same name, such as NYU in Abu Dhabi, are not listed.
_INSTITUTIONS = {
    USA: r"beth israel deaconess|boston (?:children.s|medical center|university)"
    r"|brigham (?:and|&) women.?s|broad institute|brown university|cincinnati children.s"
    r"|columbia university|dana[- ]farber|duke university|emory university|harvard"
    r"|johns hopkins university|keck (?:medicine|school)|massachusetts general"
    r"|massachusetts institute of technology|mayo clinic(?! healthcare)|rutgers"
    r"|stanford university|tufts (?:university|medical)|ucla|ucsd|ucsf|university of pennsylvania"
    r"|university of rochester|university of southern california|vanderbilt university"
    r"|veterans affairs(?! canada)|yale (?:university|school of medicine)",
    CANADA: r"mcgill university|mcmaster university|ubc|university of (?:calgary|toronto)",
    "United Kingdom": r"imperial college london|king.s college london|university college london"
    r"|university of (?:birmingham|cambridge|leeds|manchester|oxford)",
}
# The name of a province that a city in another country has as well.
_AMBIGUOUS = "new brunswick"
# France has a University of Maine, and Tbilisi one of Georgia.
_FOREIGN = ("georgia", "maine")
_INSTITUTION = re.compile(r"universi|academy|hospital|institut|college|clini[ck]|\bcent(?:er|re)\b")


@cache
def states() -> dict[str, str]:
    """Return the countries by the codes, as printed, and the folded names of their states."""
    found = {}
    for country, listed in ((USA, _STATES), (CANADA, _PROVINCES)):
        for state in listed.split("|"):
            code, name = state.split(" ", 1)
            found[code] = found[fold(name)] = country
    del found[_AMBIGUOUS]
    return found


@cache
def cities() -> dict[str, str]:
    """Return the countries by the folded names of cities."""
    return {
        fold(city): country for country, listed in _CITIES.items() for city in listed.split("|")
    }


def country_of_institution(parts: list[str]) -> str:
    """Return the country of an institution in the folded parts of an affiliation.

    That is a state's university, or one in one country only. Another institution after it leaves
    that unknown, and so does a campus with a name of its own.
    """
    found = ""
    for part in parts:
        if match := _universities().fullmatch(part):
            found = states()[match["of"] or match["own"] or "california"]
        elif match := _institutions().match(part):
            found = tuple(_INSTITUTIONS)[(match.lastindex or 1) - 1]
        elif _INSTITUTION.search(part):
            found = ""
    return found


@cache
def _institutions() -> re.Pattern[str]:
    listed = "|".join(f"({names})" for names in _INSTITUTIONS.values())
    return re.compile(rf"(?:the )?(?:{listed})\b")


@cache
def _universities() -> re.Pattern[str]:
    names = "|".join(name for name in sorted(states()) if name.islower() and name not in _FOREIGN)
    return re.compile(
        rf"(?:the )?(?:university of (?P<of>{names})(?: (?:at|school|medical|health|college)\b.*)?"
        rf"|university of california\b.*"
        rf"|(?P<own>{names})(?: [a-z&]+){{0,3}} university\b(?: school| college)?.*)"
    )
