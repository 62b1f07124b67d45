"""Conditions of a style: which branch prints."""

from __future__ import annotations

from typing import Any

from abstool.formatters.csl import numbers
from abstool.formatters.csl.now import Now
from abstool.formatters.csl.reference import Date

_CSL = "http://purl.org/net/xbiblio/csl"


class ChooseMends:
    """Conditions: the first that holds prints."""

    transparent = True

    def outputs(self: Any, now: Now) -> list[str]:
        """Return the texts of the first branch that holds."""
        for branch in self.children:
            if branch.holds(now):
                return list(branch.outputs(now))
        return []


class IfMends:
    """One condition."""

    def holds(self: Any, now: Now) -> bool:
        """Tell whether all of its tests hold; any or none of them, where it says so."""
        results = [test(self, now, value) for test, values in self.tests for value in values]
        match = self.options.get("match", "all")
        if match == "any":
            return any(results)
        return not any(results) if match == "none" else all(results)

    def is_type(self: Any, now: Now, value: str) -> bool:
        """Test the item's type."""
        return bool(now.item.type == value)

    def is_there(self: Any, now: Now, value: str) -> bool:
        """Test for a variable that is present, be it printed by a substitute or not."""
        if value in ("year-suffix", "citation-number"):
            return bool(now.year_suffix if value == "year-suffix" else now.number)
        return value in now.item

    def is_number(self: Any, now: Now, value: str) -> bool:
        """Test for a variable that is a number."""
        return value in now.item and numbers.is_numeric(str(now.item[value]))

    def is_uncertain(self: Any, now: Now, value: str) -> bool:
        """Test for a date that is about right."""
        date = now.item.get(value)
        return isinstance(date, Date) and date.circa

    def is_at(self: Any, now: Now, value: str) -> bool:
        """Test for the place of a note: each entry is the first to cite its item."""
        return value == "first" and now.area.tag == f"{{{_CSL}}}citation"

    def never(self: Any, _now: Now, _value: str) -> bool:
        """Answer tests on locators, which entries do not have."""
        return False

    def is_ambiguous(self: Any, now: Now, value: str) -> bool:
        """Test whether the entry needs more to tell it from another."""
        return now.disambiguating is (value == "true")


class ElseMends:
    """What prints where no condition holds."""

    def holds(self, _now: Now) -> bool:
        """Hold."""
        return True


TESTS = {
    "type": IfMends.is_type,
    "variable": IfMends.is_there,
    "is-numeric": IfMends.is_number,
    "is-uncertain-date": IfMends.is_uncertain,
    "position": IfMends.is_at,
    "locator": IfMends.never,
    "disambiguate": IfMends.is_ambiguous,
}
