"""The rows of the PRISMA diagram and of its table, from the numbers of a flow."""

from __future__ import annotations

from collections.abc import Iterator

from abstool.charts.flow_diagram import Box, FlowLevel, render
from abstool.screening.flow import BOXES, Flow
from abstool.text import tidy

TITLE = "PRISMA 2020 flow diagram"


def svg(flow: Flow) -> str:
    """Return the diagram as an SVG document. A number that is not known is printed as ``?``."""
    return render(_rows(flow), TITLE)


def markdown(flow: Flow) -> str:
    """Return the numbers as a table in Markdown."""
    lines = [("Phase", "Records", "n"), ("---", "---", "--:"), *_table(flow)]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _rows(flow: Flow) -> Iterator[FlowLevel]:
    sources = tuple(f"{name} (n = {number:,})" for name, number in flow.sources)
    removed = [
        _line(flow, name) for name in ("duplicates", "automation", "other") if name in flow.numbers
    ]
    yield FlowLevel(
        "Identification",
        Box((_line(flow, "identified"), *sources)),
        Box(("Records removed before screening:", *removed)) if removed else None,
    )
    yield FlowLevel("Screening", _box(flow, "screened"), _box(flow, "excluded"))
    if "sought" in flow.numbers or "assessed" in flow.numbers:
        yield FlowLevel("Screening", _box(flow, "sought"), _box(flow, "not_retrieved"))
        yield FlowLevel("Screening", _box(flow, "assessed"), _box(flow, "not_eligible"))
    names = [name for name in ("studies", "included") if name in flow.numbers] or ["included"]
    yield FlowLevel("Included", Box(tuple(_line(flow, name) for name in names)))


def _box(flow: Flow, name: str) -> Box:
    reasons: dict[str, int] = getattr(flow, f"{name}_reasons", {})
    listed = tuple(f"{reason} (n = {number:,})" for reason, number in reasons.items())
    return Box((_line(flow, name), *listed))


def _line(flow: Flow, name: str) -> str:
    number = flow.numbers.get(name)
    return f"{BOXES[name]} (n = {'?' if number is None else f'{number:,}'})"


def _table(flow: Flow) -> Iterator[tuple[str, str, str]]:
    phases = {"identified": "Identification", "screened": "Screening", "included": "Included"}
    phase = ""
    for name, meaning in BOXES.items():
        phase = phases.get(name, phase)
        if name == "identified":
            for source, number in flow.sources:
                yield phase, f"Records identified from {source}", f"{number:,}"
        if name in flow.numbers:
            yield phase, meaning, f"{flow.numbers[name]:,}"
        reasons: dict[str, int] = getattr(flow, f"{name}_reasons", {})
        for reason, number in reasons.items():
            yield phase, f"{meaning}: {reason}", f"{number:,}"


def _cell(text: str) -> str:
    escaped = tidy(text).replace("\\", "\\\\").replace("|", "\\|")
    return escaped.replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_").replace("`", "\\`")
