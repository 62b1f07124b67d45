"""Conditions of a style: which branch prints."""

from __future__ import annotations

from collections.abc import Callable

from abstool.csl import numbers
from abstool.csl.elements import Element
from abstool.csl.now import Now
from abstool.csl.reference import Date

Test = Callable[[Now, str], bool]


class Choose(Element):
    """Conditions: the first that holds prints."""

    transparent = True

    def outputs(self, now: Now) -> list[str]:
        """Return the texts of the first branch that holds."""
        for branch in self.children:
            if branch.holds(now):
                texts: list[str] = branch.outputs(now)
                return texts
        return []


class If(Element):
    """One condition."""

    def prepare(self) -> None:
        """List the tests, each with the value it tests for."""
        match = self.options.get("match", "all")
        self._any, self._none = match == "any", match == "none"
        self._tests = [
            (TESTS[name], value)
            for name, values in self.options.items()
            if name in TESTS
            for value in values.split()
        ]

    def holds(self, now: Now) -> bool:
        """Tell whether all of its tests hold; any or none of them, where it says so."""
        wanted = not (self._any or self._none)  # the answer that leaves the rest open
        for test, value in self._tests:
            if test(now, value) is not wanted:
                return self._any
        return not self._any


def _is_type(now: Now, value: str) -> bool:
    return now.item.type == value


def _is_there(now: Now, value: str) -> bool:
    """Test for a variable that is present, be it printed by a substitute or not."""
    if value in ("year-suffix", "citation-number"):
        return bool(now.year_suffix if value == "year-suffix" else now.number)
    return now.item[value] is not None


def _is_number(now: Now, value: str) -> bool:
    found = now.item[value]
    return found is not None and numbers.is_numeric(str(found))


def _is_uncertain(now: Now, value: str) -> bool:
    date = now.item[value]
    return isinstance(date, Date) and date.circa


def _is_at(now: Now, value: str) -> bool:
    """Test for the place of a note: each entry is the first to cite its item."""
    return value == "first" and now.area.tag == "citation"


def _never(_now: Now, _value: str) -> bool:
    """Answer tests on locators, which entries do not have."""
    return False


def _is_ambiguous(now: Now, value: str) -> bool:
    """Test whether the entry needs more to tell it from another."""
    return now.disambiguating is (value == "true")


class Else(Element):
    """What prints where no condition holds."""

    def holds(self, _now: Now) -> bool:
        """Hold."""
        return True


TESTS: dict[str, Test] = {
    "type": _is_type,
    "variable": _is_there,
    "is-numeric": _is_number,
    "is-uncertain-date": _is_uncertain,
    "position": _is_at,
    "locator": _never,
    "disambiguate": _is_ambiguous,
}
