"""Conditions: ``cs:choose`` and its branches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from abstool.csl.elements.base import Element
from abstool.csl.elements.context import Context
from abstool.csl.text import numbers
from abstool.csl.variables import DateSpan

Test = Callable[[Context, Any], bool]  # with a value, or the values of which one must be met
# Positions of which another one is a kind.
_INCLUDED = {
    "ibid": ("ibid", "subsequent"),
    "ibid-with-locator": ("ibid-with-locator", "ibid", "subsequent"),
}
_PAGES = ("page", "locator")


class ChooseElement(Element):
    """A choice between branches: the first that applies is printed."""

    transparent = True

    def prepare(self) -> None:
        """Find the branches."""
        self._branches = [child for child in self.children if isinstance(child, BranchElement)]

    def outputs(self, context: Context) -> list[str]:
        """Return the texts of the first branch that applies."""
        branch = self.chosen(context)
        return branch.outputs(context) if branch is not None else []

    def chosen(self, context: Context) -> BranchElement | None:
        """Return the first branch that applies."""
        for branch in self._branches:
            if branch.applies(context):
                return branch
        return None


class BranchElement(Element):
    """A branch without tests: ``cs:else``."""

    def applies(self, _context: Context) -> bool:
        """Return True: the branch is printed if no earlier one is."""
        return True


class IfElement(BranchElement):
    """A branch with tests: ``cs:if`` or ``cs:else-if``."""

    def prepare(self) -> None:
        """List the tests, each with the value it tests for."""
        match = self.options.get("match", "all")
        self._any = match == "any"
        self._settles = match in ("any", "none")  # the result of a test that settles the match
        self._tests = [
            (_test_of(name, value), value)
            for name, values in self.options.items()
            if name in _TESTS
            for value in _values(name, values)
        ]

    def applies(self, context: Context) -> bool:
        """Return whether all, any or none of the tests pass, depending on ``match``."""
        settles = self._settles
        for test, value in self._tests:
            if test(context, value) is settles:
                return self._any
        return not self._any


def _values(name: str, values: str) -> list[str] | list[frozenset[str]]:
    """Return the values of an option to test one by one.

    An item has one type and a cite one kind of locator, so that a list of these is one test; to
    ask that all match, which is CSL's default, would never hold. Zotero reads such styles so, too.
    """
    listed = values.replace("sub verbo", "sub-verbo").split()
    return [frozenset(listed)] if name in ("type", "locator") and listed else listed


def _is_type(context: Context, types: frozenset[str]) -> bool:
    return context.variables.type in types


def _test_of(name: str, value: str | frozenset[str]) -> Test:
    """Return the test of an attribute; two variables are of the request, not of the item."""
    return _OF_REQUEST.get(value, _TESTS[name]) if name == "variable" else _TESTS[name]


def _is_present(context: Context, value: str) -> bool:
    """Return whether a variable has a value, even if a substitute has printed it."""
    return context.variables[value] is not None


def _has_year_suffix(context: Context, _: str) -> bool:
    return bool(context.request.more.year_suffix)


def _has_number(context: Context, _: str) -> bool:
    return bool(context.request.number)


def _is_numeric(context: Context, value: str) -> bool:
    """Return whether a value is a number; as in Zotero, so are pages with Roman numerals."""
    found = str(context.variables[value] or "")
    return numbers.is_numeric(found) or (value in _PAGES and numbers.is_roman(found))


def _is_uncertain_date(context: Context, value: str) -> bool:
    date = context.variables[value]
    return isinstance(date, DateSpan) and date.circa


def _is_position(context: Context, value: str) -> bool:
    """Return whether a cite stands in a position; an entry has none."""
    if context.area.tag != "citation":
        return False
    cite = context.request.cite
    if value == "near-note":
        return cite.near_note and cite.position != "first"
    if value == "far-note":
        return not cite.near_note and cite.position == "subsequent"
    return value in _INCLUDED.get(cite.position, (cite.position,))


def _is_locator(context: Context, kinds: frozenset[str]) -> bool:
    """Return whether a cite has a locator of one of these kinds."""
    cite = context.request.cite
    return bool(cite.locator) and cite.label in kinds


def _is_ambiguous(context: Context, value: str) -> bool:
    """Return whether a cite needs the branch in order to differ from the cite of another item."""
    return (value == "true") is context.takes_condition()


_OF_REQUEST: dict[object, Test] = {
    "year-suffix": _has_year_suffix,
    "citation-number": _has_number,
}
_TESTS: dict[str, Test] = {
    "type": _is_type,
    "variable": _is_present,
    "is-numeric": _is_numeric,
    "is-uncertain-date": _is_uncertain_date,
    "position": _is_position,
    "locator": _is_locator,
    "disambiguate": _is_ambiguous,
}
