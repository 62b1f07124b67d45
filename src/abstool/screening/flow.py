"""The numbers of a PRISMA 2020 flow diagram, from what the other commands wrote.

Source: Page MJ et al. The PRISMA 2020 statement. BMJ 2021;372:n71, the diagram for new reviews
with databases and registers only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from abstool.errors import UsageError
from abstool.screening.decision import Decision, outcome_of
from abstool.text import count_of

NO_REASON = "no reason given"
_DIGITS = 12  # of a number that is set
_UNDECIDED = (None, "conflict", "maybe")

# The number of each box, in the order of the diagram, and what it counts.
BOXES = {
    "identified": "Records identified",
    "duplicates": "Duplicate records removed",
    "automation": "Records marked as ineligible by automation tools",
    "other": "Records removed for other reasons",
    "screened": "Records screened",
    "excluded": "Records excluded",
    "sought": "Reports sought for retrieval",
    "not_retrieved": "Reports not retrieved",
    "assessed": "Reports assessed for eligibility",
    "not_eligible": "Reports excluded",
    "included": "Reports of included studies",
    "studies": "Studies included in review",
}
# What is left of a box: the box, and those taken away.
_SUMS = (
    ("screened", "identified", ("duplicates", "automation", "other")),
    ("sought", "screened", ("excluded",)),
    ("assessed", "sought", ("not_retrieved",)),
)


@dataclass
class Flow:
    """The number of each box of the diagram; a box whose number is not known is missing.

    ``excluded_reasons`` and ``not_eligible_reasons`` count each record once, by the first reason.
    ``warnings`` name what is not known and what does not add up.
    """

    sources: list[tuple[str, int]] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    excluded_reasons: dict[str, int] = field(default_factory=dict)
    not_eligible_reasons: dict[str, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, object]:
        """Return the flow as JSON data."""
        sources = [{"name": name, "records": records} for name, records in self.sources]
        data: dict[str, object] = {"sources": sources} if sources else {}
        for name in BOXES:
            if name in self.numbers:
                data[name] = self.numbers[name]
            reasons: dict[str, int] = getattr(self, f"{name}_reasons", {})
            if reasons:
                data[f"{name}_reasons"] = reasons
        return data


def json_schema() -> dict[str, object]:
    """Return the JSON Schema of a flow."""
    number = {"type": "integer", "minimum": 0}
    reasons = {"type": "object", "additionalProperties": number, "minProperties": 1}
    source = {
        "type": "object",
        "properties": {"name": {"type": "string"}, "records": number},
        "required": ["name", "records"],
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "abstool/prisma/1",
        "description": "a box whose number is not known is absent",
        "type": "object",
        "properties": {
            "sources": {"type": "array", "items": source, "minItems": 1},
            **{name: {**number, "description": meaning} for name, meaning in BOXES.items()},
            "excluded_reasons": reasons,
            "not_eligible_reasons": reasons,
        },
        "additionalProperties": False,
    }


def flow_of(
    harvests: Sequence[tuple[str, str, Mapping[str, int]]],
    report: Mapping[str, object] | None,
    records: Sequence[Sequence[Decision]] | None,
    given: Mapping[str, int],
) -> Flow:
    """Return the flow of a review.

    ``harvests`` are the manifests: the name of each source, the name of its file of records, and
    its counts. ``report`` is the report of ``dedupe``; ``records`` are the decisions about each
    record that was screened; ``given`` replaces numbers of boxes.
    """
    flow = Flow()
    _identify(flow, harvests, report)
    if records is not None:
        _count_decisions(flow, records)
    flow.numbers.update(given)
    _check(flow, given)
    return flow


def boxes_in(settings: Iterable[str]) -> dict[str, int]:
    """Return the numbers that settings such as ``included=12`` give. Raises UsageError."""
    numbers = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        key = name.strip().lower().replace("-", "_")
        number = value.strip().replace(",", "")
        if not equals or not (number.isascii() and number.isdigit()):
            problem, next_step = "not a box and its number", "write it like included=12"
            raise UsageError(setting, problem, next_step, argument="set")
        if key not in BOXES:
            raise UsageError(
                setting, f"unknown box {name!r}", f"use one of {', '.join(BOXES)}", argument="set"
            )
        if key in numbers:
            raise UsageError(setting, "this box is set twice", "set it once", argument="set")
        if len(number) > _DIGITS:
            raise UsageError(setting, "this number is too large", "check it", argument="set")
        numbers[key] = int(number)
    return numbers


def _identify(
    flow: Flow,
    harvests: Sequence[tuple[str, str, Mapping[str, int]]],
    report: Mapping[str, object] | None,
) -> None:
    """Count what was identified, by source, and the duplicates."""
    entries: Counter[str] = Counter()
    for name, number in _entries(report) if report else ():
        entries[name] += number
    for name, times in Counter(name for name, _, _ in harvests).items():
        if times > 1:
            problem = f"named by {times:,} manifests, and each of them is counted"
            flow.warnings.append(f"{name}: {problem}")
    for name, file, counts in harvests:
        parsed, failed = counts.get("parsed", 0), counts.get("failed", 0)
        flow.sources.append((name, parsed))
        if failed:
            problem = f"not counted, since not fetched: {count_of(failed, 'page')}"
            flow.warnings.append(f"{name}: {problem}")
        path = next((path for path in entries if path.rpartition("/")[2] == file), None)
        if path is not None and (read := entries.pop(path)) != parsed:
            records = count_of(parsed, "record")
            problem = f"the manifest has {records}, the report of duplicates {read:,}"
            flow.warnings.append(f"{name}: {problem}")
    if report is None:
        if harvests:
            flow.numbers["identified"] = sum(number for _, number in flow.sources)
        return
    flow.sources += entries.items()
    flow.numbers["identified"] = sum(number for _, number in flow.sources)
    figures = report.get("counts")
    duplicates = figures.get("duplicates") if isinstance(figures, Mapping) else None
    if isinstance(duplicates, int):
        flow.numbers["duplicates"] = duplicates


def _entries(report: Mapping[str, object]) -> Iterator[tuple[str, int]]:
    """Yield the name of each source in a report, and the number of its entries."""
    sources = report.get("sources")
    for source in sources if isinstance(sources, list) else ():
        if isinstance(source, Mapping) and isinstance(entries := source.get("entries"), int):
            yield str(source.get("name") or ""), entries


def _count_decisions(flow: Flow, records: Sequence[Sequence[Decision]]) -> None:
    """Count the outcomes of both stages."""
    numbers = flow.numbers
    screening = [outcome_of(decisions, "screening") for decisions in records]
    full_text = [outcome_of(decisions, "full-text") for decisions in records]
    is_in_full_text = any(full_text)
    # What was read in full was screened before, whether or not that decision is in the file.
    screened = [bool(one or other) for one, other in zip(screening, full_text, strict=True)]
    excluded = [one == "excluded" for one in screening]
    numbers["screened"] = sum(screened)
    numbers["excluded"] = sum(excluded)
    flow.excluded_reasons = _reasons(records, excluded, "screening")
    if unscreened := len(records) - sum(screened):
        flow.warnings.append(f"records without a decision: {unscreened:,}")
    last = full_text if is_in_full_text else screening
    if is_in_full_text:
        not_eligible = [one == "excluded" for one in full_text]
        numbers["sought"] = sum(
            bool(there) and not out for there, out in zip(screened, excluded, strict=True)
        )
        numbers["not_retrieved"] = sum(one == "not-retrieved" for one in full_text)
        numbers["assessed"] = sum(one not in (None, "not-retrieved") for one in full_text)
        numbers["not_eligible"] = sum(not_eligible)
        flow.not_eligible_reasons = _reasons(records, not_eligible, "full-text")
    numbers["included"] = sum(one == "included" for one in last)
    open_ones = sum(
        outcome in _UNDECIDED and there and not out
        for outcome, there, out in zip(last, screened, excluded, strict=True)
    )
    if open_ones:
        flow.warnings.append(f"records with a conflict, a maybe or no last decision: {open_ones:,}")


def _reasons(
    records: Sequence[Sequence[Decision]], chosen: Sequence[bool], stage: str
) -> dict[str, int]:
    """Count the first reason of each chosen record, the most frequent first."""
    counts = Counter(
        next((one.reasons[0] for one in decisions if one.stage == stage and one.reasons), NO_REASON)
        for decisions, is_chosen in zip(records, chosen, strict=True)
        if is_chosen
    )
    if set(counts) == {NO_REASON}:
        return {}
    return dict(sorted(counts.items(), key=lambda pair: (pair[0] == NO_REASON, -pair[1], pair[0])))


def _check(flow: Flow, given: Mapping[str, int]) -> None:
    """Add a warning for each box whose number the boxes before it do not give."""
    numbers = flow.numbers
    for name, number in (
        ("excluded", "excluded_reasons"),
        ("not_eligible", "not_eligible_reasons"),
    ):
        reasons: dict[str, int] = getattr(flow, number)
        if name in given and reasons and sum(reasons.values()) != numbers[name]:
            flow.warnings.append(f"{BOXES[name]}: the reasons are of {sum(reasons.values()):,}")
    if "identified" in given and flow.sources:
        total = sum(records for _, records in flow.sources)
        if total != numbers["identified"]:
            flow.warnings.append(f"{BOXES['identified']}: the sources have {total:,}")
    _check_removed(flow)
    last = ("included", "assessed" if "assessed" in numbers else "screened")
    gone = ("not_eligible",) if "assessed" in numbers else ("excluded",)
    for box, before, minus in (*_SUMS, (*last, gone)):
        if box in numbers and before in numbers:
            left = numbers[before] - sum(numbers.get(name, 0) for name in minus)
            if left != numbers[box]:
                flow.warnings.append(_does_not_add_up(numbers, box, before, minus))


def _check_removed(flow: Flow) -> None:
    """Add a warning if more was removed than there was, where nothing after it can show that."""
    numbers = flow.numbers
    for box, before, minus in _SUMS:
        removed = sum(numbers.get(name, 0) for name in minus)
        if box not in numbers and removed > numbers.get(before, removed):
            names = " and ".join(name for name in minus if name in numbers)
            flow.warnings.append(
                f"{BOXES[before]}: {removed:,} {names} is more than {numbers[before]:,} {before}"
            )


def _does_not_add_up(
    numbers: Mapping[str, int], box: str, before: str, minus: Iterable[str]
) -> str:
    parts = "".join(f" − {numbers[name]:,} {name}" for name in minus if name in numbers)
    return f"{BOXES[box]}: {numbers[box]:,} {box} is not {numbers[before]:,} {before}{parts}"
