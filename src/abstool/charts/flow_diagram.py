"""Draw the PRISMA 2020 flow diagram for new reviews with databases and registers only.

The boxes stand in two columns: what stays on the left, what leaves on the right. A band on the left
names the phase.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from abstool.charts import svg

_SIZE = 13.0  # of the font, in pixels
_PADDING = 10.0
_GAP = 34.0  # between two rows, with the arrow
_BAND, _LEFT, _RIGHT = 26.0, 46.0, 412.0  # the x of the columns
_WIDTH = 300.0  # of a box
_MARGIN = 14.0
_BOLDER = 1.2  # how much wider bold letters are
_BAND_COLOUR = "#dbe7f5"
_LOWEST = 60.0  # of a row, which has room for the name of its phase


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the diagram: its lines of text, the first of which is its heading."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FlowLevel:
    """A row of the diagram: the phase, the box that stays, and the box that leaves, if any."""

    phase: str
    stays: Box
    leaves: Box | None = None


def render(rows: Iterable[FlowLevel], title: str) -> str:
    """Return the diagram as an SVG document."""
    drawn, description = [], []
    y, bottom_before = _MARGIN, 0.0
    spans: dict[str, tuple[float, float]] = {}
    for row in rows:
        left, right = _wrapped(row.stays), _wrapped(row.leaves) if row.leaves else []
        height = max(_LOWEST, _height(left), _height(right))
        if bottom_before:
            middle = _LEFT + _WIDTH / 2
            drawn.append(svg.arrow(middle, bottom_before, middle, y))
        drawn.append(_box(left, _LEFT, y, height))
        description.append("; ".join(row.stays.lines))
        if row.leaves:
            centre = y + height / 2
            drawn.append(svg.arrow(_LEFT + _WIDTH, centre, _RIGHT, centre))
            drawn.append(_box(right, _RIGHT, y, height))
            description.append("; ".join(row.leaves.lines))
        top, _ = spans.get(row.phase, (y, y))
        spans[row.phase] = (top, y + height)
        bottom_before = y + height
        y = bottom_before + _GAP
    bands = [_band(phase, top, bottom) for phase, (top, bottom) in spans.items()]
    height = y - _GAP + _MARGIN
    return svg.document(
        _RIGHT + _WIDTH + _MARGIN, height, title, ". ".join(description) + ".", *bands, *drawn
    )


def _wrapped(box: Box) -> list[str]:
    return [line for text in box.lines for line in svg.wrapped(text, _WIDTH - 2 * _PADDING, _SIZE)]


def _height(lines: list[str]) -> float:
    return svg.height_of(len(lines), _SIZE) + 2 * _PADDING


def _box(lines: list[str], x: float, y: float, height: float) -> str:
    """Return a box with its text in the middle of its height."""
    frame = svg.rectangle(x, y, _WIDTH, height, fill="none", stroke="currentColor")
    top = y + (height - svg.height_of(len(lines), _SIZE)) / 2
    return frame + svg.lines(lines, x + _PADDING, top, _SIZE)


def _band(phase: str, top: float, bottom: float) -> str:
    """Return the band of a phase, with its name written upwards."""
    x, middle = _BAND - _PADDING, (top + bottom) / 2
    frame = svg.rectangle(x - _PADDING, top, 2 * _PADDING, bottom - top, fill=_BAND_COLOUR, rx=4)
    turn = {
        "transform": f"rotate(-90 {x} {middle})",
        "text-anchor": "middle",
        "font-weight": "bold",
    }
    size = min(_SIZE - 1, (bottom - top) / svg.width_of(phase, _BOLDER))
    place = {"x": x, "y": middle + size / 3, "font-size": f"{size:.1f}", "fill": svg.INK}
    return frame + svg.element("text", {**place, **turn}, svg.text_of(phase))
