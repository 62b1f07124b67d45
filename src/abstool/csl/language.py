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
        """Collect what the locales define; the first locale with a term or date counts.

        In one locale, the last definition of a term counts, as in other engines.
        """
        self.tag = tag
        self._terms: dict[tuple[str, str], tuple[str, str]] = {}
        self._genders: dict[str, str] = {}  # of terms such as edition
        self._ordinals: dict[tuple[str, str], tuple[str, str]] = {}  # by name and gender
        self.dates: dict[str, ET.Element] = {}  # by form: text, numeric
        options: dict[str, str] = {}
        for locale in locales:
            terms: dict[tuple[str, str], tuple[str, str]] = {}
            ordinals: dict[tuple[str, str], tuple[str, str]] = {}
            for term in locale.iter(f"{CSL}term"):
                name = term.get("name", "").replace("sub verbo", "sub-verbo")  # as CSL 1.0 had it
                form = term.get("form", "long")
                single, multiple = term.find(f"{CSL}single"), term.find(f"{CSL}multiple")
                texts = (
                    _wording(term if single is None else single),
                    _wording(term if multiple is None else multiple),
                )
                if name.startswith(("ordinal", "long-ordinal")):
                    found_gender = term.get("gender-form", "")
                    ordinals[name, found_gender] = (texts[0], term.get("match", ""))
                if gender := term.get("gender"):
                    self._genders.setdefault(name, gender)
                if term.get("gender-form") is None:
                    terms[name, form] = texts
            self._terms = terms | self._terms
            self._add_ordinals(ordinals)
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
        if name == "sub verbo" and (name, "long") not in self._terms:
            name = "sub-verbo"  # the spelling of CSL 1.0.2
        while True:
            if (texts := self._terms.get((name, form))) is not None:
                return texts[plural]
            if form not in _LONGER:
                return ""
            form = _LONGER[form]

    def _add_ordinals(self, found: dict[tuple[str, str], tuple[str, str]]) -> None:
        """Add the ordinals of a locale; endings such as "nd" come from one locale only."""
        has_endings = any(name.startswith("ordinal") for name, _ in self._ordinals)
        for key, ordinal in found.items():
            if key[0].startswith("long") or not has_endings:
                self._ordinals.setdefault(key, ordinal)

    def ordinal(self, number: int, gender_of: str = "") -> str:
        """Return a number with its ordinal suffix, in the gender of a term: 1st, 22nd, 1re."""
        for gender in self._forms(gender_of):
            for digits, usual in ((100, "last-two-digits"), (10, "last-digit")):
                value = number % digits
                key = (f"ordinal-{value:02}", gender)
                if key in self._ordinals and (digits == 100) == (value > 9):
                    ending, match = self._ordinals[key]
                    if (match or usual) != "whole-number" or number == value:
                        return f"{number}{ending}"
        ending = next(
            (
                self._ordinals["ordinal", gender][0]
                for gender in self._forms(gender_of)
                if ("ordinal", gender) in self._ordinals
            ),
            "",
        )
        return f"{number}{ending}"

    def long_ordinal(self, number: int, gender_of: str = "") -> str:
        """Return an ordinal from 1 to 10 in words, in the gender of a term: first, zweite."""
        for gender in self._forms(gender_of):
            if found := self._ordinals.get((f"long-ordinal-{number:02}", gender)):
                return found[0]
        return self.ordinal(number, gender_of)

    def _forms(self, term: str) -> tuple[str, ...]:
        """Return the gender forms to look for, the one of the term first; "" is neuter."""
        gender = self._genders.get(term, "")
        return (gender, "") if gender in ("masculine", "feminine") else ("",)


def _wording(term: ET.Element) -> str:
    """Return the text of a term; white space alone, as from an indented tag, does not count."""
    return term.text if term.text and term.text.strip() else ""
