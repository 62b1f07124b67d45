"""Dates and ranges of dates, in the format of the style or of its language."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

from abstool.csl.elements.base import Element
from abstool.csl.elements.context import YEAR, Context
from abstool.csl.language import Language
from abstool.csl.text import marks
from abstool.csl.variables import DateSpan

_LEVELS = ("year", "month", "day")
_MONTHS = 12  # the months after these are seasons


class DateElement(Element):
    """A date of a style, or a date format of a locale."""

    def prepare(self) -> None:
        """Find the parts."""
        self.parts = [child for child in self.children if isinstance(child, DatePartElement)]

    def output(self, context: Context) -> str:
        """Return the date, or a sort key if the context is for sorting."""
        context.called += 1
        variable = self.needed("variable")
        if context.request.compared and variable == "accessed":
            return ""  # the day of access does not tell a reader which item is meant
        date = context.value(variable)
        if not isinstance(date, DateSpan):
            return ""
        if context.sorting:
            context.found += 1
            shown = {part.name for part in self._format[0]}
            return f" {sort_key(date, shown)}"
        if date.literal:
            printed = date.literal
        else:
            parts, delimiter = self._format
            printed = self._printed(date, parts, delimiter, context)
        if printed:
            context.found += 1
        return self.dressed(printed, context)

    @cached_property
    def _format(self) -> tuple[list[DatePartElement], str]:
        """The parts to print and the delimiter between them.

        If the format is the language's, the style selects its parts and may change their form.
        """
        if "form" not in self.options:
            return self.parts, self.delimiter
        localized = self.definitions.dates.get(self.options["form"])
        if not isinstance(localized, DateElement):
            return [], ""
        shown = self.options.get("date-parts", "year-month-day").split("-")
        changes = {part.name: part.options for part in self.parts}
        parts = [
            part.changed(changes.get(part.name, {}))
            for part in localized.parts
            if part.name in shown
        ]
        return parts, self.options.get("delimiter", localized.delimiter)

    def _printed(
        self, date: DateSpan, parts: list[DatePartElement], delimiter: str, context: Context
    ) -> str:
        if date.is_open:
            return self._open(date, parts, delimiter, context)
        if not date.end or date.end == date.begin:
            texts = [part.part(date.begin, context) for part in parts]
            return self.chain([text for text in texts if text], delimiter)
        return self._range(date, parts, delimiter, context)

    def _open(
        self, date: DateSpan, parts: list[DatePartElement], delimiter: str, context: Context
    ) -> str:
        """Return the beginning of a range without an end: ``2003–``."""
        shown = [part for part in parts if part.part(date.begin, context)]
        texts = [part.part(date.begin, context) for part in shown[:-1]]
        texts += [part.part(date.begin, context, with_suffix=False) for part in shown[-1:]]
        return f"{self.chain(texts, delimiter)}–{shown[-1].suffix.strip()}" if shown else ""

    def _range(
        self, date: DateSpan, parts: list[DatePartElement], delimiter: str, context: Context
    ) -> str:
        """Return a range that prints what both dates share only once: ``3–5 March 2020``."""
        level = next(
            (n for n in range(3) if date.begin[n : n + 1] != date.end[n : n + 1]), len(_LEVELS)
        )
        differing = [n for n, part in enumerate(parts) if part.name in _LEVELS[level:]]
        if not differing:
            return self._printed(DateSpan(begin=date.begin), parts, delimiter, context)
        first, last = differing[0], differing[-1] + 1
        head = [part.part(date.begin, context) for part in parts[:first]]
        known = _LEVELS[: len(date.begin)]
        before_dash = max(n for n in differing if parts[n].name in known or n == first)
        # The end comes first, so that a letter stands after it: 2019–2020a.
        end = [part.part(date.end, context) for part in parts[first:last]]
        begin = [
            part.part(date.begin, context, with_suffix=n != before_dash)
            for n, part in enumerate(parts[first:last], first)
        ]
        tail = [part.part(date.begin, context) for part in parts[last:]]
        dash = next(
            (
                part.options["range-delimiter"]
                for part in parts[first:last]
                if part.name == _LEVELS[level] and part.options.get("range-delimiter")
            ),
            "–",
        )
        ends = [self.chain([text for text in one if text], delimiter) for one in (begin, end)]
        # The prefix of the first part separates the first date from what precedes it.
        ends[1] = ends[1].removeprefix(parts[first].prefix)
        between = f"{ends[0].rstrip()}{dash}{ends[1].lstrip()}" if any(ends) else ""
        texts = [*head, between, *tail]
        return self.chain([text for text in texts if text], delimiter)


class DatePartElement(Element):
    """A day, month or year."""

    def prepare(self) -> None:
        """Find out which of these it is."""
        self.name = self.needed("name")

    def changed(self, changes: dict[str, str]) -> DatePartElement:
        """Return the part of a language's format with the attributes that a style changes."""
        if not changes:
            return self
        part = DatePartElement(self.tag, {**self.options, **changes}, self.definitions)
        part.prepare()
        return part

    def part(self, date: tuple[int, ...], context: Context, *, with_suffix: bool = True) -> str:
        """Return the part's text for a date, or "" if the date does not have the part."""
        name, form = self.name, self.options.get("form")
        text = ""
        if name == "year" and date:
            text = _year(date[0], form or "long", self.language)
        elif name == "month":
            text = _month(date, form or "long", self.language)
        elif name == "day" and len(date) > 2:
            text = _day(date[2], date[1], form or "numeric", self.language)
        if not text:
            return ""
        text = self.formatted(self.cased(self.stripped(text), context))
        if name == "year":
            text = _with_suffix(text, context)
            if not text:
                return ""
        suffix = self.suffix if with_suffix else ""
        return self.chain([part for part in (self.prefix, text, suffix) if part], "")


def _with_suffix(year: str, context: Context) -> str:
    """Return a year with the suffix of the item, and without the year if the cite leaves it out."""
    request = context.request
    if request.tagged:
        year = marks.tagged(year, marks.YEAR)
    if YEAR in request.hidden:
        year = ""
    if context.needs_year_suffix:
        context.year_suffix_printed = True
        suffix = request.more.year_suffix
        year += marks.tagged(suffix, marks.SUFFIX) if request.tagged else suffix
    return year


def _year(year: int, form: str, language: Language) -> str:
    if form == "short":
        return f"{abs(year) % 100:02}"
    if year < 0:
        return f"{-year}{language.term('bc')}"
    return f"{year}{language.term('ad')}" if year < 1000 else str(year)


def _month(date: tuple[int, ...], form: str, language: Language) -> str:
    length = "short" if form == "short" else "long"
    if len(date) < 2:
        return ""
    if date[1] > _MONTHS:  # a season has no number, so that it is a word in each form
        return language.term(f"season-{date[1] - _MONTHS:02}", length)
    if form in ("numeric", "numeric-leading-zeros"):
        return f"{date[1]:02}" if form == "numeric-leading-zeros" else str(date[1])
    return language.term(f"month-{date[1]:02}", length)


def _day(day: int, month: int, form: str, language: Language) -> str:
    if form == "ordinal" and (day == 1 or not language.limits_ordinals_to_day_1):
        return language.ordinal(day, f"month-{month:02}")
    return f"{day:02}" if form == "numeric-leading-zeros" else str(day)


def sort_key(date: DateSpan, parts: Collection[str] = _LEVELS) -> str:
    """Return the parts of a date as text that sorts chronologically.

    A season sorts as its last month.
    """
    if date.literal:
        return date.literal
    return " ".join(_sortable(end, parts) for end in (date.begin, date.end) if end)


def _sortable(end: tuple[int, ...], parts: Collection[str]) -> str:
    year, month, day = (*end, 0, 0)[:3]
    month = (month - _MONTHS) * 3 if month > _MONTHS else month
    month *= "month" in parts
    day *= "day" in parts
    year *= "year" in parts
    return f"{year + 10000:08}{month:02}{day:02}"
