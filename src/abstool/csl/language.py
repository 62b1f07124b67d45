"""The language of a style: its terms, ordinals and date formats."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from abstool.csl.source import CSL
from abstool.csl.text.marks import Quotes

_LONGER = {"symbol": "short", "short": "long", "verb-short": "verb", "verb": "long"}


class Language:
    """The words, dates and punctuation of a language, with those that a style overrides."""

    def __init__(self, tag: str, locales: Sequence[ET.Element]) -> None:
        """Collect what the locales define; the first definition of each term or date counts."""
        self.tag = tag
        self._terms: dict[tuple[str, str], tuple[str, str]] = {}
        self._ordinals: dict[str, tuple[str, str]] = {}
        self.dates: dict[str, ET.Element] = {}  # by form: text, numeric
        options: dict[str, str] = {}
        for locale in locales:
            ordinals = {}
            for term in locale.iter(f"{CSL}term"):
                name = term.get("name", "").replace("sub verbo", "sub-verbo")  # as CSL 1.0 had it
                form = term.get("form", "long")
                single, multiple = term.find(f"{CSL}single"), term.find(f"{CSL}multiple")
                texts = (
                    (term.text if single is None else single.text) or "",
                    (term.text if multiple is None else multiple.text) or "",
                )
                if name.startswith("ordinal") and term.get("gender-form") is None:
                    ordinals[name] = (texts[0], term.get("match", ""))
                self._terms.setdefault((name, form), texts)
            self._ordinals = self._ordinals or ordinals
            for date in locale.iter(f"{CSL}date"):
                self.dates.setdefault(date.get("form", ""), date)
            for found in locale.iter(f"{CSL}style-options"):
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
        """Return a term, falling back to the next longer form if the form is not defined."""
        while True:
            if (texts := self._terms.get((name, form))) is not None:
                return texts[plural]
            if form not in _LONGER:
                return ""
            form = _LONGER[form]

    def ordinal(self, number: int) -> str:
        """Return a number with its ordinal suffix: 1st, 22nd."""
        for digits, usual in ((100, "last-two-digits"), (10, "last-digit")):
            value = number % digits
            name = f"ordinal-{value:02}"
            if name in self._ordinals and (digits == 100) == (value > 9):
                ending, match = self._ordinals[name]
                if (match or usual) != "whole-number" or number == value:
                    return f"{number}{ending}"
        return f"{number}{self._ordinals.get('ordinal', ('', ''))[0]}"
