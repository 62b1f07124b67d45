"""Make the cites of different items differ: more names, given names, letters after the year.

Items are put into groups by the text of their cite. In a group, names are compared one position
after the other, and each that divides the group is added to the cites. So the time is proportional
to the number of names, however many items share a cite.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from abstool.csl.citations.cites import Citer
from abstool.csl.citations.given_names import GivenNames
from abstool.csl.citations.registry import ItemRegistry, Registered
from abstool.csl.elements.context import Disambiguation, NameList
from abstool.text import letters

Member = TypeVar("Member")


@dataclass(eq=False, slots=True)
class _Candidate:
    """An item with the lists of names that its cite prints."""

    one: Registered
    text: str
    lists: list[NameList]
    conditions: int  # how many tests for disambiguate="true" its cite makes


@dataclass(eq=False, slots=True)
class _Group:
    """Candidates with the same cite so far, and the names that have proved useful."""

    members: list[_Candidate]
    adds_names: bool
    shown: dict[int, int] = field(default_factory=dict)
    given: dict[tuple[int, int], int] = field(default_factory=dict)

    def part(self, members: list[_Candidate]) -> _Group:
        """Return a group of some of the members."""
        return _Group(members, self.adds_names, dict(self.shown), dict(self.given))

    def keep(self, step: _Step) -> None:
        """Let the members print what a step has shown."""
        lists = [one.lists[step.listed] for one in self.members if step.listed < len(one.lists)]
        if not lists:
            return
        base = lists[0].shown
        shown = base + step.position
        if step.level:
            self.given[step.listed, step.position] = step.level
        else:
            shown += 1
        if shown > base and self.adds_names:
            self.shown[step.listed] = shown

    def more(self, conditions: int = 0, year_suffix: str = "") -> Disambiguation:
        """Return what the members print."""
        return Disambiguation(self.shown, self.given, conditions, year_suffix)


class Disambiguator:
    """Applies the options of a style by which the cites of its items differ."""

    def __init__(self, citer: Citer, registry: ItemRegistry) -> None:
        """Read the options of the style."""
        options = citer.options
        self._citer = citer
        self._registry = registry
        self._adds_names = options.get("disambiguate-add-names") == "true"
        self._adds_suffix = options.get("disambiguate-add-year-suffix") == "true"
        adds_given = options.get("disambiguate-add-givenname") == "true"
        rule = options.get("givenname-disambiguation-rule", "by-cite")
        self._by_cite = adds_given and rule == "by-cite"
        if adds_given and not self._by_cite:
            particles = citer.style.definitions.options.get("demote-non-dropping-particle")
            citer.given_names = GivenNames(rule, particles=particles == "never")

    def run(self, items: Sequence[Registered]) -> None:
        """Set what each item prints more, so that its cite differs from those of other items."""
        found = [self._registry.each(one, self._candidate) for one in items]
        candidates = [one for one in found if one is not None]
        if (names := self._citer.given_names) is not None:
            for one in candidates:
                for listed in one.lists:
                    for position in range(listed.shown):
                        names.add(listed.people[position], position)
            candidates = [self._expanded(one) for one in candidates]
        for members in _divided(candidates, lambda one: one.text):
            if len(members) > 1:
                for group in self._named(_Group(members, self._adds_names)):
                    self._settle(group)

    def _candidate(self, one: Registered) -> _Candidate:
        text, context = self._citer.compared(one, one.more)
        return _Candidate(one, text, context.name_lists, context.tested_conditions)

    def _expanded(self, candidate: _Candidate) -> _Candidate:
        """Return a candidate with the given names that tell its persons from others."""
        names = self._citer.given_names
        raised = names is not None and any(
            names.level(listed.people[n], n) > listed.level
            for listed in candidate.lists
            for n in range(listed.shown)
        )
        again = self._registry.each(candidate.one, self._candidate) if raised else None
        return candidate if again is None else again

    # --- names ------------------------------------------------------------------------------------

    def _named(self, group: _Group) -> Iterator[_Group]:
        """Yield the groups that remain when all names that help are added."""
        waiting = [(group, _Step(-1, 0, 1))]
        while waiting:
            current, start = waiting.pop()
            divided = (
                (step, parts)
                for step, key in self._comparisons(current.members, start)
                if len(parts := _divided(current.members, key)) > 1
            )
            useful, parts = next(divided, (start, []))
            if not parts:
                yield current
            for members in reversed(parts):
                part = current.part(members)
                part.keep(useful)
                waiting.append((part, useful))

    def _comparisons(
        self, members: list[_Candidate], start: _Step
    ) -> Iterator[tuple[_Step, Callable[[_Candidate], Hashable]]]:
        """Yield the ways to compare members from a step on: given names, then one name more."""
        if len(members) < 2 or not (self._adds_names or self._by_cite):
            return
        for listed in range(max(start.listed, 0), max(len(one.lists) for one in members)):
            lists = [one.lists[listed] for one in members if listed < len(one.lists)]
            longest = max(len(one.people) for one in lists)
            shown, level = lists[0].shown, min(one.level for one in lists)
            limit = longest if self._adds_names else min(longest, shown)
            begin = start.position if listed == start.listed else 0
            for position in range(begin, limit):
                steps = [_Step(listed, position, at) for at in range(level + 1, 3)]
                if not self._by_cite:
                    steps = []
                if self._adds_names and position + shown < longest:
                    steps.append(_Step(listed, position, 0))
                    self._register(lists, position + shown)
                for step in steps:
                    if step.order > start.order:
                        yield step, _key(step, position + shown, self._level)

    def _register(self, lists: list[NameList], position: int) -> None:
        """Register the persons whose names are about to be added."""
        if (names := self._citer.given_names) is not None:
            for one in lists:
                if position < len(one.people):
                    names.add(one.people[position], position)

    def _level(self, listed: NameList, position: int) -> int:
        """Return the level at which a name would be added."""
        if (names := self._citer.given_names) is None:
            return listed.level
        return max(listed.level, names.level(listed.people[position], position))

    # --- the rest ---------------------------------------------------------------------------------

    def _settle(self, group: _Group) -> None:
        """Set what the members print more; they get letters or conditions if they still clash."""
        for one in group.members:
            one.one.more = group.more()
        if len(group.members) < 2:
            return
        if self._adds_suffix:
            members = sorted(group.members, key=lambda one: one.one.place)
            for number, one in enumerate(members):
                one.one.more = group.more(year_suffix=letters(number))
            return
        waiting = [(group.members, 1)]
        while waiting:
            members, conditions = waiting.pop()
            if conditions > max(one.conditions for one in members):
                continue
            for one in members:
                one.one.more = group.more(conditions)
                again = self._registry.each(one.one, self._candidate)
                one.text = again.text if again else ""
                one.conditions = again.conditions if again else 0
            parts = _divided(members, lambda one: one.text)
            waiting += [(part, conditions + 1) for part in parts if len(part) > 1]


class _Step(NamedTuple):
    """A comparison of members by a list of names: at a level of given names, or one name more."""

    listed: int
    position: int
    level: int  # 0 for one name more

    @property
    def order(self) -> tuple[int, int, int]:
        """The order of steps: the given names at a position come before the next name."""
        return (self.listed, self.position, self.level or 3)


def _key(
    step: _Step, added: int, level: Callable[[NameList, int], int]
) -> Callable[[_Candidate], Hashable]:
    """Return a function with what a step shows of a member."""

    def key(member: _Candidate) -> Hashable:
        if step.listed >= len(member.lists):
            return None
        listed = member.lists[step.listed]
        if step.level:
            is_there = step.position < len(listed.people)
            return is_there and listed.one(step.position, max(step.level, listed.level))
        is_there = added < len(listed.people)
        name = listed.one(added, level(listed, added)) if is_there else ""
        return name, len(listed.people) <= added + 1

    return key


def _divided(members: Iterable[Member], key: Callable[[Member], Hashable]) -> list[list[Member]]:
    """Return members in groups with the same key, in the order of their first members."""
    groups: dict[Hashable, list[Member]] = defaultdict(list)
    for member in members:
        groups[key(member)].append(member)
    return list(groups.values())
