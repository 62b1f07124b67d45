"""A style's language: its terms, ordinals and forms of dates, looked up once.

In: the locales of a style, in the order they count (the style's own, then citeproc-py's files).
"""

from __future__ import annotations

from typing import Any

from abstool.csl.marks import Quotes

_CSL = "{http://purl.org/net/xbiblio/csl}"
_LONGER = {"symbol": "short", "short": "long", "verb-short": "verb", "verb": "long"}


class Language:
    """What a style prints words and dates by."""

    def __init__(self, tag: str, locales: list[Any]) -> None:
        """Collect what the locales say; the first one that says something counts."""
        self.tag = tag
        self._terms: dict[tuple[str, str], tuple[str, str]] = {}
        self._ordinals: dict[str, tuple[str, str]] = {}
        self.dates: dict[str, Any] = {}  # forms of dates, as they stand in the locales
        options: dict[str, str] = {}
        for locale in locales:
            ordinals = {}
            for term in locale.iter(f"{_CSL}term"):
                name, form = term.get("name"), term.get("form", "long")
                single, multiple = term.find(f"{_CSL}single"), term.find(f"{_CSL}multiple")
                texts = (
                    (term.text if single is None else single.text) or "",
                    (term.text if multiple is None else multiple.text) or "",
                )
                if name.startswith("ordinal") and term.get("gender-form") is None:
                    ordinals[name] = (texts[0], term.get("match", ""))
                self._terms.setdefault((name, form), texts)
            self._ordinals = self._ordinals or ordinals
            for date in locale.iter(f"{_CSL}date"):
                self.dates.setdefault(date.get("form"), date)
            for found in locale.iter(f"{_CSL}style-options"):
                options = {**found.attrib, **options}
        self.quotes = Quotes(
            self.term("open-quote"),
            self.term("close-quote"),
            self.term("open-inner-quote"),
            self.term("close-inner-quote"),
        )
        self.page_dash = self.term("page-range-delimiter") or "–"
        self.puts_stops_inside = options.get("punctuation-in-quote") == "true"
        self.limits_ordinals_to_day_1 = options.get("limit-day-ordinals-to-day-1") == "true"

    def term(self, name: str, form: str = "long", *, plural: bool = False) -> str:
        """Return a term, in the next longer form where the asked one is missing."""
        while True:
            if (texts := self._terms.get((name, form))) is not None:
                return texts[plural]
            if form not in _LONGER:
                return ""
            form = _LONGER[form]

    def ordinal(self, number: int) -> str:
        """Return a number with its ending: 1st, 22nd."""
        for digits, usual in ((100, "last-two-digits"), (10, "last-digit")):
            value = number % digits
            name = f"ordinal-{value:02}"
            if name in self._ordinals and (digits == 100) == (value > 9):
                ending, match = self._ordinals[name]
                if (match or usual) != "whole-number" or number == value:
                    return f"{number}{ending}"
        return f"{number}{self._ordinals.get('ordinal', ('', ''))[0]}"
