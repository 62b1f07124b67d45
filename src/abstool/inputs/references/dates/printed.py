"""Read dates as databases print them: ``2020 Mar-Apr``, ``15 March 2020``, ``WIN 2019``, EDTF."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, takewhile

from abstool.inputs.references.dates.possible import possible, possible_parts
from abstool.inputs.references.fields import known, wording
from abstool.item import ItemDate, ends_of
from abstool.text import fold

_LIMIT = 60  # characters; longer texts are not dates
_TOKEN = re.compile(r"\d+|[A-Za-z]+|[-–]|(?<=[A-Za-z])/(?=[A-Za-z])")
_NUMERIC = re.compile(r"(\d{4})([-/.]?)(\d\d?)?(?:\2(\d\d?))?(?:[ T]\d\d?:.*|[-/.]*)")
_DAY_FIRST = re.compile(r"(\d\d?)([./-])(\d\d?)\2(\d{4})")
_NAMED = re.compile(r"^(\d{4})[-/.]([A-Za-z]{3,9})\.?(?:[-/.](\d\d?))?$")  # 2020-Mar-15
_YEARS = re.compile(r"(\d{4})[-–/](\d\d)")  # 2019/20
_DECADE = re.compile(r"(?<!\d)\d{3}0['’]?s\b", re.IGNORECASE)
_TIME = re.compile(r"(?<!\d)\d\d?:\d\d(?::\d\d(?:\.\d+)?)?")
# Q3, T3, H1, W12, 3Q and No. 3: numbers of a quarter, a half, a week or an issue, which may touch
# the year.
_QUARTER = re.compile(
    r"(?:(?<!\d)\d\s?(?:(?:st|nd|rd|th)?\s?quart[a-z]*|q(?![a-z]))"
    r"|(?<![a-z])(?:(?:q|n[or])[.\s]{0,2}\d\d?|[a-z]\d\d?))(?=\d{4}(?!\d)|(?!\d))",
    re.IGNORECASE,
)
# In English, whose words may be cut (WIN), and in German, French, Spanish, Italian, Portuguese,
# Dutch and Danish, without accents.
_ENGLISH_SEASONS = {
    name[:length]: number
    for number, names in {"1": "spring", "2": "summer", "3": "autumn fall", "4": "winter"}.items()
    for name in names.split()
    for length in range(3, len(name) + 1)
}
_SEASONS = _ENGLISH_SEASONS | {
    word: number
    for number, words in {
        "1": "fruhling fruehling fruhjahr fruehjahr printemps primavera lente voorjaar",
        "2": "sommer ete verano estate verao estio zomer",
        "3": "herbst automne otono autunno outono herfst najaar",
        "4": "hiver invierno inverno vinter",
    }.items()
    for word in words.split()
}
_NAMES = ("Spring", "Summer", "Fall", "Winter")
_SEASON = re.compile(r"\b(?:spring|summer|autumn|fall|winter)\b", re.IGNORECASE)
_ONE_SEASON = rf"\b({'|'.join(_ENGLISH_SEASONS)})\b"
_TWO_SEASONS = re.compile(
    rf"{_ONE_SEASON}\.?\s*(?:[-–—/&]+|\band\b|\bto\b)\s*{_ONE_SEASON}", re.IGNORECASE
)
# The names of months in English (also cut as in old books), German, French, Spanish, Italian,
# Portuguese, Dutch, Danish and Swedish, without accents.
_MONTHS = (
    "january jany januar jaenner janner janvier enero gennaio janeiro januari",
    "february feby februar feber fevrier febrero febbraio fevereiro februari",
    "march maerz marz mrz mars marzo marco maart marts",
    "april avril abril aprile",
    "may mai mayo maggio maio mei maj",
    "june juni juin junio giugno junho",
    "july juli juillet julio luglio julho",
    "august augt aout agosto augustus augusti",
    "september septr sepr septembre septiembre setiembre settembre setembro",
    "october octr oktober octobre octubre ottobre outubro",
    "november novr novembre noviembre novembro",
    "december decr dezember decembre diciembre dicembre dezembro",
)
_BY_START: dict[str, set[int]] = {}
for _number, _names in enumerate(_MONTHS, 1):
    for _name in _names.split():
        for _length in range(3, len(_name) + 1):
            _BY_START.setdefault(_name[:_length], set()).add(_number)
_LONG_NAMES = {
    name: number
    for number, names in enumerate(_MONTHS, 1)
    for name in names.split()
    if len(name) > 6
}
_LONG_WORD = re.compile(r"[^\W\d_]{3,}")
_EDTF = re.compile(r"(\d{4})(?:-(\d\d|XX|uu))?(?:-(\d\d|XX|uu))?([?~%]?)", re.IGNORECASE)


@lru_cache(maxsize=4096)  # most entries of a file share a few dates
def has_other_words(text: str) -> bool:
    """Return whether a date has words beside months and seasons: ``Mar2018 Supplement``, ``Q3``."""
    if text.isdecimal():
        return False
    if len(text) > _LIMIT or _DECADE.search(text) or _QUARTER.search(_TIME.sub(" ", text)):
        return True
    words = _LONG_WORD.findall(fold(text))
    return any(not (_months(word) or word in _SEASONS) and known(word) for word in words)


def printed(text: str, year: str = "") -> ItemDate | None:
    """Return the date that a text prints, with ``year`` from another field if it has none.

    A range becomes a date with two ends, ``2020 Winter`` one with a season. Text without a year
    becomes a literal date.
    """
    texts = (" ".join(one.split()) for one in (text, year))
    text = next((one for one in texts if one and len(one) <= _LIMIT), "")
    if not text:
        return None
    if _DECADE.search(text):
        return {"literal": wording(text)}
    if numeric := _numeric(text):
        return possible({"date-parts": numeric}, text)
    if "/" in text and (range_ := edtf(text)):
        return range_
    whole, text = text, _NAMED.sub(r"\1 \2 \3", text)  # these hyphens are of no range
    if words := two_seasons(text, year):
        return words
    ends = _ends(text)
    years = [end["year"] for end in ends if "year" in end] or [*_years(year)]
    if not years:
        return {"literal": wording(text or year)}
    ends[0].setdefault("year", years[0])
    parts = [_parts(ends[0])]
    if len(ends) > 1:
        last = {"year": ends[0]["year"], **ends[1]}
        if "month" in ends[0]:
            last.setdefault("month", ends[0]["month"])
        end = _parts(last)
        if end > parts[0] and len(parts[0]) in (len(end), len(possible_parts(end))):
            parts.append(end)
    date: ItemDate = {"date-parts": parts}
    if len(parts[0]) == 1 and (seasons := _seasons(text)):
        if len(seasons) > 1:
            return _between(int(seasons[0]), int(seasons[-1]), parts[0][0])
        date["season"] = seasons[0]
    return possible(date, whole)


def richer(date: ItemDate | None, other: ItemDate | None) -> ItemDate | None:
    """Return the other date if it has the same year and more parts, a season or two ends."""
    if not date or not other:
        return date or other
    if "literal" in other:  # two seasons say more than their year
        year = ends_of(date)[0][0] if parts_of(date) == 1 else ""
        words = other["literal"]
        return other if "–" in words and words.endswith(f" {year}") else date
    one, two = ends_of(date), ends_of(other)
    is_same_year = bool(one and two and one[0][:1] == two[0][:1])
    best = other if is_same_year and parts_of(other) > parts_of(date) else date
    text = date.get("impossible") or other.get("impossible")
    return {**best, "impossible": text} if text else best


def parts_of(date: ItemDate | None) -> int:
    """Return how many parts a date has, in both ends, with its season."""
    return sum(map(len, ends_of(date))) + bool((date or {}).get("season"))


def two_seasons(text: str, year: str = "") -> ItemDate | None:
    """Return the words for two seasons, which CSL has no other place for; None for other texts."""
    years = _years(text) or _years(year)
    if len(set(years)) == 2 and len(_SEASON.findall(text)) == 2:
        return {"literal": wording(text)}
    if not (found := _TWO_SEASONS.search(text)) or len(set(years)) != 1:
        return None
    first, last = (int(_SEASONS[word.lower()]) for word in found.groups())
    return _between(first, last, years[0])


def _between(first: int, last: int, year: int) -> ItemDate:
    return {"literal": f"{_NAMES[first - 1]}–{_NAMES[last - 1]} {year}"}


def edtf(text: str) -> ItemDate:
    """Return a date in the Extended Date/Time Format, level 1; {} for any other text.

    ``2020-21`` is spring of 2020, ``2020~`` is about 2020, and ``../2020`` has one end.
    """
    ends = [_EDTF.fullmatch(end.strip()) for end in text.split("/") if end.strip(" .")]
    if not ends or not all(ends) or len(ends) > 2:
        return {}
    date: ItemDate = {"date-parts": []}
    seasons: list[int] = []
    for end in ends:
        if end is None:  # pragma: no cover - ruled out above
            continue
        parts = [int(end[1])]
        month, day = (int(part) if part and part.isdigit() else 0 for part in end.group(2, 3))
        if 21 <= month <= 24 and not day:
            date["season"] = str(month - 20)
            seasons.append(month - 20)
        elif month:
            parts += [month, day] if day else [month]
        date["date-parts"].append(parts)
        if end[4]:
            date["circa"] = 1
    if len(seasons) == 2:
        (first, *_), (last, *_) = date["date-parts"]
        if first == last:
            return _between(seasons[0], seasons[1], first)
        names = [_NAMES[season - 1] for season in seasons]
        return {"literal": f"{names[0]} {first}–{names[1]} {last}"}
    return possible(date, text)


def _numeric(text: str) -> list[list[int]]:
    """Return the ends of ``20200315``, ``2020/03/15``, ``15.3.2020`` or ``2019/20``, else []."""
    if years := _YEARS.fullmatch(text):
        first, last = int(years[1]), int(years[1][:2] + years[2])
        if int(years[2]) > 12 and first < last:
            return [[first], [last]]
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = int(found[1]), int(found[3]), int(found[4])
        if found[2] != "." and day <= 12 < month:  # as Americans write it
            day, month = month, day
        # 5/12/2020 may be the fifth of December or the twelfth of May.
        is_clear = found[2] == "." or day > 12 or day == month
        return [[year, month, day] if is_clear else [year]]
    parts = _iso(text)
    return [parts] if parts else []


def _iso(text: str) -> list[int]:
    """Return the parts of ``20200315``, ``2020/03/15`` or ``2020-3``; [] for any other text."""
    found = _NUMERIC.fullmatch(text)
    if not found or (not found[2] and found[3] and not (len(text) == 8 or found[4])):
        return []
    return [int(part) for part in found.group(1, 3, 4) if part]


def _years(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"(?<!\d)\d{4}(?!\d)", text[:_LIMIT])]


def _ends(text: str) -> list[dict[str, int]]:
    """Return year, month and day of each end of a range, as far as the text has them."""
    ends: list[dict[str, int]] = [{}]
    tokens = _TOKEN.findall(_QUARTER.sub(" ", _TIME.sub(" ", fold(text))))
    words = [word for word in tokens if len(word) > 2 and word.isalpha()]
    for word in tokens:
        end = ends[-1]
        if word in "-–/":
            if end and len(ends) == 1:
                ends.append({})
        elif word.isalpha():
            months = _months(word)
            for month in months[:1]:
                end.setdefault("month", month)
            if len(months) > 1 and len(ends) == 1:
                ends.append({"month": months[1]})
        elif len(word) == 4:
            end.setdefault("year", int(word))
        elif len(word) <= 2:
            # Two numbers without the word of a month may be day and month in either order.
            end["number"] = 0 if "number" in end and "month" not in end else int(word)
    ends = [end for end in ends if end] or [{}]
    if len(ends) > 1 and "year" in ends[1] and "year" not in ends[0]:  # Nov-Dec 2019
        ends[0]["year"] = ends[1]["year"]
    if len(ends) > 1 and "number" in ends[0] and "month" not in ends[0] and "month" in ends[1]:
        ends[0]["month"] = ends[1]["month"]  # 4-8 Aug. 2020
    for end in ends:
        number = end.pop("number", 0)
        has_month = "month" in end or "month" in ends[0]
        if number and (has_month or not words):
            end["day" if has_month else "month"] = number
    return ends


def _seasons(text: str) -> list[str]:
    """Return the numbers of the seasons that a text names, each of them once."""
    words = _LONG_WORD.findall(fold(text))
    return [*dict.fromkeys(_SEASONS[word] for word in words if word in _SEASONS)]


@lru_cache(maxsize=1024)  # most dates of a file have the same words
def _months(word: str) -> tuple[int, ...]:
    """Return the month that a word in lower case names, or the two of ``mayjun``.

    A name may be abbreviated, and a long one misspelt: ``feburary``.
    """
    if month := _month(word):
        return (month,)
    for place in range(3, len(word) - 2):
        if (first := _month(word[:place])) and (last := _month(word[place:])):
            return (first, last)
    found = (number for name, number in _LONG_NAMES.items() if _is_misspelt(word, name))
    return (*islice(found, 1),)


def _month(word: str) -> int:
    """Return the number of a month that a word in lower case names or abbreviates, or 0."""
    numbers = _BY_START.get(word, set())
    return next(iter(numbers)) if len(numbers) == 1 else 0


def _is_misspelt(word: str, name: str) -> bool:
    """Return whether a word lacks a letter of a name, has one more, or has two in wrong order."""
    pairs = zip(word, name, strict=False)
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    rest, right = word[start:], name[start:]
    return right in (rest[1:], rest[1::-1] + rest[2:]) or rest == right[1:]


def _parts(end: dict[str, int]) -> list[int]:
    """Return the parts of one end; a number may repeat the year, as in ``Mar 98`` of 1998."""
    parts = [end[part] for part in ("year", "month", "day") if part in end]
    return parts[:2] if parts[2:] and 31 < parts[2] == parts[0] % 100 else parts
