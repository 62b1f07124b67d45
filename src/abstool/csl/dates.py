"""Dates, in a form of the style or of the language, and ranges of dates."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from abstool.csl.elements import Element
from abstool.csl.now import Now
from abstool.csl.reference import Date

_LEVELS = ("year", "month", "day")


class DateForm(Element):
    """A date in a style or in a language's file: its parts, and how they are joined."""

    def output(self, now: Now) -> str:
        """Return the date, its parts joined with the delimiter of the form they are from."""
        now.called += 1
        date = now.value(self.options["variable"])
        if date is None:
            return ""
        if now.sorting:
            now.found += 1
            return f" {sort_key(date)}"
        if date.literal:
            printed = date.literal
        else:
            parts, delimiter = self._form
            printed = self._printed(date, parts, delimiter, now)
        if printed:
            now.found += 1
        return self.dressed(printed, now)

    @cached_property
    def _form(self) -> tuple[list[DatePart], str]:
        """The parts, and what joins them.

        Of a language's form the style says which parts print, and may change their form.
        """
        if "form" not in self.options:
            return self.children, self.delimiter
        form = self.root.dates.get(self.options["form"])
        if form is None:
            return [], ""
        shown = self.options.get("date-parts", "year-month-day").split("-")
        changes = {part.options["name"]: part.options for part in self.children}
        parts = [
            part.changed(changes.get(part.options["name"], {}))
            for part in form.children
            if part.options["name"] in shown
        ]
        return parts, self.options.get("delimiter", form.delimiter)

    def _printed(self, date: Date, parts: list[DatePart], delimiter: str, now: Now) -> str:
        if not date.end or date.end == date.begin:
            texts = [part.part(date.begin, date.season, now) for part in parts]
            return self.chain([text for text in texts if text], delimiter)
        return self._range(date, parts, delimiter, now)

    def _range(self, date: Date, parts: list[DatePart], delimiter: str, now: Now) -> str:
        """Print what both dates share once, around what differs: ``3–5 March 2020``."""
        level = next(
            (n for n in range(3) if date.begin[n : n + 1] != date.end[n : n + 1]), len(_LEVELS)
        )
        differing = [n for n, part in enumerate(parts) if part.options["name"] in _LEVELS[level:]]
        if not differing:
            return self._printed(type(date)(begin=date.begin), parts, delimiter, now)
        first, last = differing[0], differing[-1] + 1
        head = [part.part(date.begin, 0, now) for part in parts[:first]]
        begin = [
            part.part(date.begin, 0, now, bare=n == last - 1)
            for n, part in enumerate(parts[first:last], first)
        ]
        end = [part.part(date.end, 0, now) for part in parts[first:last]]
        tail = [part.part(date.begin, 0, now) for part in parts[last:]]
        joint = next(
            (
                part.options["range-delimiter"]
                for part in parts[first:last]
                if part.options["name"] == _LEVELS[level] and "range-delimiter" in part.options
            ),
            "–",
        )
        ends = [self.chain([text for text in one if text], delimiter) for one in (begin, end)]
        between = f"{ends[0].rstrip()}{joint}{ends[1].lstrip()}" if any(ends) else ""
        texts = [*head, between, *tail]
        return self.chain([text for text in texts if text], delimiter)


class DatePart(Element):
    """A day, month or year."""

    def changed(self, changes: dict[str, str]) -> DatePart:
        """Return this part of the language's form with what a style changes."""
        return DatePart(self.tag, {**self.options, **changes}, self.root) if changes else self

    def part(self, date: tuple[int, ...], season: int, now: Now, *, bare: bool = False) -> str:
        """Return the part's text of a date; ``bare`` of its suffix, before the end of a range."""
        name, form = self.options["name"], self.options.get("form")
        text = ""
        if name == "year" and date:
            text = _year(date[0], form or "long", self.root.language)
        elif name == "month":
            text = _month(date, season, form or "long", self.root.language)
        elif name == "day" and len(date) > 2:
            text = _day(date[2], form or "numeric", self.root.language)
        if not text:
            return ""
        text = self.formatted(self.cased(self.stripped(text), now))
        if name == "year" and now.lacks_suffix:
            now.suffix_printed = True
            text += now.year_suffix
        suffix = "" if bare else self._suffix
        return self.chain([part for part in (self._prefix, text, suffix) if part], "")


def _year(year: int, form: str, language: Any) -> str:
    if form == "short":
        return f"{abs(year) % 100:02}"
    if year < 0:
        return f"{-year}{language.term('bc')}"
    return f"{year}{language.term('ad')}" if year < 1000 else str(year)


def _month(date: tuple[int, ...], season: int, form: str, language: Any) -> str:
    if len(date) < 2:
        if not season:
            return ""
        return str(language.term(f"season-{season:02}", "short" if form == "short" else "long"))
    if form in ("numeric", "numeric-leading-zeros"):
        return f"{date[1]:02}" if form == "numeric-leading-zeros" else str(date[1])
    return str(language.term(f"month-{date[1]:02}", "short" if form == "short" else "long"))


def _day(day: int, form: str, language: Any) -> str:
    if form == "ordinal" and (day == 1 or not language.limits_ordinals_to_day_1):
        return str(language.ordinal(day))
    return f"{day:02}" if form == "numeric-leading-zeros" else str(day)


def sort_key(date: Date) -> str:
    """Return a date as a text that sorts in order of time; a season stands for its month."""
    if date.literal:
        return date.literal
    return " ".join(_sortable(end, date.season) for end in (date.begin, date.end) if end)


def _sortable(end: tuple[int, ...], season: int) -> str:
    year, month, day = (*end, 0, 0)[:3]
    month = month or (season * 3 if season else 0)
    return f"{year + 10000:08}{month:02}{day:02}"
