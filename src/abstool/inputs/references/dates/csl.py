"""Read the dates of CSL-JSON: its own forms, EDTF, pandoc's lists and parts, and odd shapes."""

from __future__ import annotations

import re
from typing import cast

from abstool.inputs.references.dates.possible import possible
from abstool.inputs.references.dates.printed import edtf, has_other_words, printed
from abstool.inputs.references.fields import JsonObject
from abstool.item import ItemDate, ends_of, iso_date, to_date

_INTEGER = re.compile(r"-?\d{1,9}")
_UNSURE = re.compile(r"\[|(?<![A-Za-z])[A-Za-z]{1,2}(?![A-Za-z])")  # [2020], c. 1850, 2020a


def date_of(value: object) -> object:
    """Return a date up to its first part that cannot be; beside CSL's forms, EDTF and pandoc's."""
    found = _date_of(value)
    ends = found.get("date-parts") if isinstance(found, dict) else None
    if not isinstance(ends, list) or not all(isinstance(end, list) for end in ends):
        return found
    text = "/".join("-".join(map(str, filter(None, end))) for end in ends)
    return possible(cast("ItemDate", found), text)


def _date_of(value: object) -> object:
    """Return a date in CSL's form, whose parts may be impossible."""
    if isinstance(value, dict) and (listed := value.get("date-parts")):
        return _with_season(value if _is_usual(listed) else _reshaped(value, listed))
    if isinstance(value, dict) and "edtf" in value and "date-parts" not in value:
        return edtf(str(value["edtf"])) or {"literal": str(value["edtf"])}
    if isinstance(value, dict) and "year" in value and "date-parts" not in value:
        parts = [value.get(part) for part in ("year", "month", "day")]
        rest = {name: value[name] for name in ("season", "circa") if name in value}
        return {"date-parts": [parts], **rest}
    if isinstance(value, list):
        ends = [date_of(end) for end in value[:2]]
        parts = [part for end in ends for part in to_date(end).get("date-parts", [])]
        doubted = [end for end in ends if isinstance(end, dict) and "impossible" in end]
        return {**(doubted[0] if doubted else {}), "date-parts": parts}
    text = (value.get("raw") or value.get("literal")) if isinstance(value, dict) else value
    if isinstance(text, str) and (found := edtf(text)):
        is_clear = "impossible" not in found and to_date(value).get("date-parts")
        return value if is_clear or (value is not text and "impossible" not in found) else found
    given: JsonObject = value if isinstance(value, dict) else {"raw": value}
    raw = given.get("raw")
    if isinstance(raw, str) and (found := _spelled(raw.strip())):
        return {name: given[name] for name in ("season", "circa") if name in given} | {**found}
    return value


def _spelled(text: str) -> ItemDate:
    """Return the date in a text that CSL leaves to the program, {} if it has other words."""
    if to_date(text).get("date-parts") or _UNSURE.search(text):
        return {}
    found = printed(text) or {}
    is_whole = "ambiguous" in found or not has_other_words(text)
    return found if "date-parts" in found and is_whole else {}


def _is_usual(listed: object) -> bool:
    """Return whether all parts of a date are numbers, and no month is a season."""
    return isinstance(listed, list) and all(
        isinstance(end, list)
        and all(isinstance(part, int) for part in end)
        and (len(end) < 2 or end[1] <= 12)
        for end in listed
    )


def _reshaped(date: JsonObject, listed: object) -> JsonObject:
    """Return a date in CSL's form, or as it is if its parts say nothing."""
    rest = {name: value for name, value in date.items() if name != "date-parts"}
    found = _with_ends(listed)
    return {**rest, **found} if found else date


def _with_season(date: JsonObject) -> JsonObject:
    """Return a date with its season as a number, if it is one of the four."""
    season = date.get("season")
    if not isinstance(season, str) or not season.isalpha():
        return date
    found = printed(f"{season} 2000") or {}
    return {**date, "season": found.get("season", season)}


def _with_ends(listed: object) -> ItemDate:
    """Return a date whose parts are texts, seasons or not in lists; {} if they say nothing."""
    ends: list[object] = listed if isinstance(listed, list) else [listed]
    if not any(isinstance(end, list) for end in ends) and "-" not in str(ends[0])[1:]:
        ends = [ends]  # [2020, 5]
    dates = [date for end in ends[:2] if (date := _end(end if isinstance(end, list) else [end]))]
    if len(dates) < 2:
        return dates[0] if dates else {}
    seasons = [f"{ends_of(date)[0][0]}-2{date['season']}" for date in dates if "season" in date]
    if len(seasons) == 2:
        return edtf("/".join(seasons))
    if any("literal" in date for date in dates):
        words = [date.get("literal") or iso_date(ends_of(date)[0]) for date in dates]
        return {"literal": "–".join(words)}
    return {**dates[1], **dates[0], "date-parts": [ends_of(date)[0] for date in dates]}


def _end(parts: list[object]) -> ItemDate:
    """Return one end of a date: its numbers, with the season that stands for a month, or words."""
    texts = [text for part in parts if part is not None and (text := str(part).strip())]
    if all(map(_INTEGER.fullmatch, texts)):
        numbers = [*map(int, texts)]
        if len(numbers) == 2 and 12 < numbers[1] <= 24:
            return {"date-parts": [numbers[:1]], "season": str((numbers[1] - 13) % 4 + 1)}
        return {"date-parts": [numbers]} if to_date({"date-parts": [numbers]}) else {}
    text = " ".join(texts)
    is_clear = not has_other_words(text) and not re.search(r"\bc(?:a|irca)?\b|[?~]", text)
    date = printed(text) if is_clear else None
    return date if date and ("literal" in date or any(ends_of(date))) else {"literal": text}
