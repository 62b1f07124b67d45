"""Dates, in a form of the style or of the language, and ranges of dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from abstool.formatters.csl.reference import Date

_LEVELS = ("year", "month", "day")


class DateMends:
    """A date."""

    def output(self: Any, now: Any) -> str:
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
        elif "form" in self.options:
            printed = self._localized(date, now)
        else:
            printed = self._printed(date, self.parts, self.options.get("delimiter", ""), now)
        if printed:
            now.found += 1
        return str(self.affixed(self.formatted(self.cased(printed, now))))

    def _localized(self: Any, date: Date, now: Any) -> str:
        """Print a form of the language; the style says which parts, and may change their form."""
        form = self.root.language.date(self.options["form"])
        if form is None:
            return ""
        shown = self.options.get("date-parts", "year-month-day").split("-")
        changes = {part.options["name"]: part.options for part in self.parts}
        parts = [
            part.changed(changes[part.options["name"]]) if part.options["name"] in changes else part
            for part in form.parts
            if part.options["name"] in shown
        ]
        delimiter = self.options.get("delimiter", form.options.get("delimiter", ""))
        return str(self._printed(date, parts, delimiter, now))

    def _printed(self: Any, date: Date, parts: list[Any], delimiter: str, now: Any) -> str:
        if not date.end or date.end == date.begin:
            texts = [part.part(date.begin, date.season, now) for part in parts]
            return str(self.chain([text for text in texts if text], delimiter))
        return str(self._range(date, parts, delimiter, now))

    def _range(self: Any, date: Date, parts: list[Any], delimiter: str, now: Any) -> str:
        """Print what both dates share once, around what differs: ``3–5 March 2020``."""
        level = next(
            (n for n in range(3) if date.begin[n : n + 1] != date.end[n : n + 1]), len(_LEVELS)
        )
        differing = [n for n, part in enumerate(parts) if part.options["name"] in _LEVELS[level:]]
        if not differing:
            return str(self._printed(type(date)(begin=date.begin), parts, delimiter, now))
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
        return str(self.chain([text for text in texts if text], delimiter))


class DatePartMends:
    """A day, month or year."""

    def changed(self: Any, changes: dict[str, str]) -> Any:
        """Return a part of the language's form with what the style changes, for this date only."""
        return _Changed(self, {**self.options, **changes})

    def part(self: Any, date: tuple[int, ...], season: int, now: Any, *, bare: bool = False) -> str:
        """Return the part's text of a date; ``bare`` of its suffix, before the end of a range."""
        return part_text(self, self.options, date, season, now, bare=bare)


class _Changed:
    """A date-part with other options."""

    def __init__(self, element: Any, options: dict[str, str]) -> None:
        self.options = options
        self._element = element

    def part(self, date: tuple[int, ...], season: int, now: Any, *, bare: bool = False) -> str:
        return part_text(self._element, self.options, date, season, now, bare=bare)


def part_text(
    element: Any,
    options: dict[str, str],
    date: tuple[int, ...],
    season: int,
    now: Any,
    *,
    bare: bool,
) -> str:
    """Return one part of a date by its options, with its affixes."""
    name = options["name"]
    text = ""
    if name == "year" and date:
        text = _year(date[0], options.get("form", "long"), element.root.language)
    elif name == "month":
        text = _month(date, season, options.get("form", "long"), element.root.language)
    elif name == "day" and len(date) > 2:
        text = _day(date[2], options.get("form", "numeric"), element.root.language)
    if not text:
        return ""
    text = element.formatted(element.cased(element.stripped(text, options), now, options), options)
    prefix, suffix = options.get("prefix", ""), "" if bare else options.get("suffix", "")
    if name == "year" and now.year_suffix and not now.suffix_printed and not now.explicit_suffix:
        now.suffix_printed = True
        text += now.year_suffix
    return str(element.chain([part for part in (prefix, text, suffix) if part], ""))


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
