"""Read dates as databases print them: ``2020 Mar-Apr``, ``15 March 2020``, ``WIN 2019``, EDTF."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from abstool.dates import MONTHS, SEASONS, in_words
from abstool.inputs.references.dates.names import NAMES_OF_SEASONS, months
from abstool.inputs.references.dates.possible import possible, possible_parts
from abstool.inputs.references.fields import wording
from abstool.inputs.references.numbers import known
from abstool.item import ItemDate, ends_of
from abstool.text import fold

_LIMIT = 60  # characters; longer texts are not dates
# A slash stands between the ends of a range, but not between the numbers of one date.
_TOKEN = re.compile(
    r"\d+|[A-Za-z]+|[-–—&]|(?<=[A-Za-z])\.?/(?=[A-Za-z])|(?<=\d{4})/(?=\d{4}|[A-Za-z])"
)
_JOINS = frozenset("and to through thru until und bis et tot til".split())
_RANGE = re.compile(r"[-–—/]|\b(?:to|through|thru|until|bis|tot|til)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_YEARS = re.compile(r"(\d{4})\s*(?:-{1,3}|[–—/])\s*(\d{4}|\d\d)(?!\d)")  # 2019/20
_NUMERIC = re.compile(r"(\d{4})([-/. ]?)(\d\d?)?(?:\2(\d\d?))?(?:[ T]\d\d?:.*|[-/.]*)")
_DAY_FIRST = re.compile(  # the year may be elsewhere
    r"(\d\d?)([./ -]) ?(\d\d?)(?:[./ -] ?(\d{4}))?(?:[ T]\d\d?:.*)?"
)
_TWO_DATES = re.compile(r"\s(?:[-–—]|to)\s")
_NAMED = re.compile(r"^(\d{4})[-/.]([A-Za-z]{3,9})\.?(?:[-/.](\d\d?))?$")  # 2020-Mar-15
_NAMED_LAST = re.compile(r"^(\d\d?)[-/. ]([A-Za-z]{3,9})[-/. ](\d\d) (\d\d\3)$")  # 5-Mar-20 2020
_MONTHS_ONLY = re.compile(r"(\d\d?)(?:\s*(?:-{1,3}|[–—/&,]|and)\s*(\d\d?))?")
_DECADE = re.compile(r"(?<!\d)\d{3}0['’]?s\b", re.IGNORECASE)
_TIME = re.compile(r"(?<!\d)\d\d?:\d\d(?::\d\d(?:\.\d+)?)?")
# Q3, T3, H1, W12, 3Q and No. 3: numbers of a quarter, a half, a week or an issue, which may touch
# the year.
_QUARTER = re.compile(
    r"(?:(?<!\d)\d\s?(?:(?:st|nd|rd|th)?\s?quart[a-z]*|q(?![a-z]))"
    r"|(?<![a-z])(?:(?:q|n[or])[.\s]{0,2}\d\d?|[a-z]\d\d?))(?=\d{4}(?!\d)|(?!\d))",
    re.IGNORECASE,
)
_LONG_WORD = re.compile(r"[^\W\d_]{3,}")
_EDTF = re.compile(r"(\d{4})(?:-(\d\d|XX|uu))?(?:-(\d\d|XX|uu))?([?~%]?)", re.IGNORECASE)


@lru_cache(maxsize=4096)  # most entries of a file share a few dates
def has_other_words(text: str) -> bool:
    """Return whether a date says more than is read of it.

    It has words beside months and seasons (``Mar2018 Supplement``, ``Q3``), or day and month in
    either order (``05/12/2020``).
    """
    if text.isdecimal():
        return False
    if len(text) > _LIMIT or _DECADE.search(text) or _QUARTER.search(_TIME.sub(" ", text)):
        return True
    if (found := _DAY_FIRST.fullmatch(text)) and not _is_clear(found):
        return True
    return any(map(_is_other, _LONG_WORD.findall(fold(text))))


def _is_other(word: str) -> bool:
    return not (months(word) or word in NAMES_OF_SEASONS or word in _JOINS) and bool(known(word))


def printed(text: str, year: str = "") -> ItemDate | None:
    """Return the date that a text prints, with ``year`` from another field if it has none.

    A range becomes a date with two ends, ``2020 Winter`` one with a season, and two seasons or
    ``Dec-Jan 2020`` become words. Text without a year becomes a literal date, and numbers that may
    be day and month in either order leave the year.
    """
    if not (found := _printed(text, year)) or "date-parts" not in found:
        return found
    return {**found, "date-parts": [[*end] for end in found["date-parts"]]}


@lru_cache(maxsize=4096)
def _printed(text: str, year: str) -> ItemDate | None:
    texts = [" ".join(one.split()) for one in (text, year)]
    texts = [one for one in texts if one and len(one) <= _LIMIT]
    if not texts:
        return None
    whole = text = texts[0]
    if len(text) == 4 and text.isdecimal() and text[0] != "0":  # most are a year
        return {"date-parts": [[int(text)]]}
    if _DECADE.search(text):
        return {"literal": wording(text)}
    if not _YEAR.search(text):
        given = _YEARS.fullmatch(texts[-1]) or _YEAR.search(texts[-1])
        text = f"{text} {given[0]}" if given else text
    if numeric := _numeric(text, whole):
        return numeric
    text = _NAMED.sub(r"\1 \2 \3", _NAMED_LAST.sub(r"\1 \2 \4", text))  # hyphens of no range
    ends = _ends(text)
    if "year" not in ends[0]:
        return {"literal": wording(whole)}
    parts = [_parts(ends[0])]
    if len(ends) > 1:
        if words := _months_in_words(ends, text):
            return words
        end = _parts({**_of_month(ends[0]), **ends[-1]})
        if end > parts[0] and len(parts[0]) in (len(end), len(possible_parts(end))):
            parts.append(end)
    date: ItemDate = {"date-parts": parts}
    if len(parts[0]) == 1 and (seasons := _seasons(text)):
        years = [*map(int, _YEAR.findall(text))]
        if len({*seasons}) > 1 or len(seasons) == len({*years}) == 2:
            return _worded([SEASONS[int(season) - 1] for season in seasons], years)
        date["season"] = seasons[0]
    return possible(date, whole)


def richer(date: ItemDate | None, other: ItemDate | None) -> ItemDate | None:
    """Return the other date if it has the same year and more parts, a season or two ends."""
    if not date or not other:
        return date or other
    if "literal" in other:  # two seasons say more than their year
        words = in_words(other["literal"]) if parts_of(date) == 1 else None
        return other if words and words.first <= ends_of(date)[0][0] <= words.last else date
    one, two = ends_of(date), ends_of(other)
    is_same_year = bool(one and two and one[0][:1] == two[0][:1])
    best = other if is_same_year and parts_of(other) > parts_of(date) else date
    if text := date.get("impossible") or other.get("impossible"):
        best = {**best, "impossible": text}
    if (text := other.get("ambiguous")) and parts_of(best) == 1:
        best = {**best, "ambiguous": text}
    return best


def parts_of(date: ItemDate | None) -> int:
    """Return how many parts a date has, in both ends, with its season."""
    return sum(map(len, ends_of(date))) + bool((date or {}).get("season"))


def range_in_words(text: str, year: str = "") -> ItemDate | None:
    """Return the words for a range that CSL has no parts for, such as two seasons; else None."""
    found = printed(text, year)
    return found if found and in_words(found.get("literal", "")) else None


def _worded(names: list[str], years: list[int], mark: str = "–") -> ItemDate:
    """Return a range or, with a comma, a list in words: ``Winter–Spring 2019``."""
    first, last = f"{years[0]:04}", f"{years[-1]:04}"
    begin = names[0] if first == last else f"{names[0]} {first}"
    between = names[1:-1] if mark == ", " else []
    return {"literal": f"{mark.join([begin, *between, names[-1]])} {last}"}


def _months_in_words(ends: list[dict[str, int]], text: str) -> ItemDate | None:
    """Return months in words whose second year is unknown (``Dec-Jan 2020``), or that are a list.

    None if their numbers say the same.
    """
    dated = [end for end in ends if 0 < end.get("month", 0) <= len(MONTHS)]
    pairs = [(one["month"], other["month"]) for one, other in pairwise(dated)]
    years = [ends[0]["year"], ends[-1].get("year", ends[0]["year"])]
    if years[0] == years[-1] and any(other < one for one, other in pairs):
        mark = "–"
    elif any(other - one not in (0, 1) for one, other in pairs) and not _RANGE.search(text):
        mark = ", "
    elif pairs or not dated or ends[-1].keys() != {"year"} or years[0] == years[-1]:
        return None
    else:  # Jan 2019-2020
        return {"literal": f"{MONTHS[dated[0]['month'] - 1]} {years[0]:04}–{years[-1]:04}"}
    names = [f"{MONTHS[end['month'] - 1]} {end.get('day', '')}".rstrip() for end in dated]
    is_named = re.search(r"[A-Za-z]{3}", text) and not has_other_words(text)
    return _worded(names, years, mark) if is_named else None


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
        years = [end[0] for end in date["date-parts"]]
        return _worded([SEASONS[season - 1] for season in seasons], years)
    return possible(date, text)


def _numeric(text: str, whole: str) -> ItemDate | None:
    """Return the date in ``20200315``, ``2020/03/15``, ``15.3.2020`` or ``2019/20``, or EDTF."""
    if text[0].isalpha():
        return None
    if years := range_of_years(text):
        return {"date-parts": years}
    if (found := _DAY_FIRST.fullmatch(text)) and found[4]:
        day, month, year = int(found[1]), int(found[3]), int(found[4])
        if not _is_clear(found):
            return {"date-parts": [[year]], "ambiguous": whole}
        if (found[2] != "." and day <= 12 < month) or not month:  # as Americans write it
            day, month = month, day
        return possible({"date-parts": [[year, month, day]]}, whole)
    if dated := edtf(_TWO_DATES.sub("/", text)):
        return dated
    parts = _iso(text)
    return possible({"date-parts": [parts]}, whole) if parts else None


def range_of_years(text: str) -> list[list[int]]:
    """Return the years in ``2019/20`` or ``2019--2021``; [] for other texts and ``2005-06``."""
    found = _YEARS.fullmatch(text)
    return [[year] for year in _two_years(found)] if found else []


def _two_years(found: re.Match[str]) -> list[int]:
    first, last = int(found[1]), int(found[2])
    if last > 12 and len(found[2]) == 2:  # 2005-06 has a month
        last += first // 100 * 100
    elif not last and first % 100 == 99:
        last = first + 1
    return [first, last] if 0 < first < last else []


def _is_clear(found: re.Match[str]) -> bool:
    """Return whether the order of two numbers is clear.

    ``5/12/2020`` may be the fifth of December or the twelfth of May.
    """
    first, second = int(found[1]), int(found[3])
    return found[2] == "." or max(first, second) > 12 or first == second or not first * second


def months_named(text: str) -> str:
    """Return the names of the months in ``5`` or ``5--6``, else the text."""
    found = _MONTHS_ONLY.fullmatch(text)
    numbers = [int(number) for number in found.groups() if number] if found else []
    is_valid = all(0 < number <= len(MONTHS) for number in numbers)
    return "-".join(MONTHS[number - 1] for number in numbers) if numbers and is_valid else text


def _iso(text: str) -> list[int]:
    """Return the parts of ``20200315``, ``2020/03/15`` or ``2020-3``; [] for any other text."""
    found = _NUMERIC.fullmatch(text)
    if not found or (not found[2] and found[3] and not (len(text) == 8 or found[4])):
        return []
    return [int(part) for part in found.group(1, 3, 4) if part]


def _ends(text: str) -> list[dict[str, int]]:
    """Return year, month and day of each end of a range, and of what is named between them."""
    text = _QUARTER.sub(" ", _TIME.sub(" ", fold(text)))
    words = [word for word in _LONG_WORD.findall(text) if word.isascii()]
    if sum(map(len, map(months, words))) != 1:  # 2019-20 has no day
        text = _YEARS.sub(_with_whole_years, text)
    found = _named(_TOKEN.findall(text), is_list=not any(map(_is_other, words)))
    dated = [end for end in found if end.keys() - {"year"}]
    years = [end["year"] for end in found if "year" in end]
    ends = dated if len(dated) > 1 else found
    if years:
        ends[0]["year"] = years[0]
    if len(years) > 1 and len(ends) > 1:
        ends[-1]["year"] = years[-1]
    given = [end["month"] for end in ends if "month" in end]
    is_month = not words and len(ends) < 3 and len(_YEAR.findall(text)) == 1
    for end in ends:
        number = end.pop("number", 0)
        if number and given:
            end["day"] = number
            end.setdefault("month", given[0])
        elif number and is_month:
            end["month"] = number
    return ends


def _with_whole_years(found: re.Match[str]) -> str:
    """Return ``2019-2020`` for ``2019-20``, but ``2019-20 Jan`` as it is: that is a day."""
    word = _LONG_WORD.match(found.string[found.end() : found.end() + 20].lstrip(" .,"))
    years = [] if word and months(word[0]) else _two_years(found)
    return "-".join(map(str, years)) or found[0]


def _named(tokens: list[str], *, is_list: bool) -> list[dict[str, int]]:
    """Return year, month and number of each part of a date between the marks of a range.

    In a list without other words, another month or day begins another part: ``May, June``.
    """
    ends: list[dict[str, int]] = [{}]
    for token in tokens:
        end = ends[-1]
        if token in _JOINS or not token.isalnum():
            if end:
                ends.append({})
        elif token.isalpha():
            for place, month in enumerate(months(token)):
                if ends[-1].get("month", month) != month and (place or is_list):
                    ends.append({})
                ends[-1].setdefault("month", month)
        elif len(token) == 4:
            end.setdefault("year", int(token))
        elif len(token) <= 2:
            if is_list and "number" in end and "month" in end:
                ends.append(end := {})
            # Two numbers without the word of a month may be day and month in either order.
            end["number"] = 0 if "number" in end and "month" not in end else int(token)
    return [end for end in ends if end] or [{}]


def _of_month(end: dict[str, int]) -> dict[str, int]:
    return {part: number for part, number in end.items() if part != "day"}


def _seasons(text: str) -> list[str]:
    """Return the numbers of the seasons that a text names."""
    words = _LONG_WORD.findall(fold(text))
    return [NAMES_OF_SEASONS[word] for word in words if word in NAMES_OF_SEASONS]


def _parts(end: dict[str, int]) -> list[int]:
    """Return the parts of one end; a number may repeat the year, as in ``Mar 98`` of 1998."""
    parts = [end[part] for part in ("year", "month", "day") if part in end]
    return parts[:2] if parts[2:] and 31 < parts[2] == parts[0] % 100 else parts
