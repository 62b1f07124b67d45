"""Draw a bar chart: a row for each value, with its name, its bar and its number."""

from __future__ import annotations

from collections.abc import Sequence

from abstool.charts import svg

_SIZE = 13.0  # of the font, in pixels
_ROW, _BAR = 26.0, 16.0  # the height of a row and of its bar
_MARGIN, _GAP = 16.0, 8.0
_LABELS = 300.0  # the widest column of names
_LENGTH = 340.0  # of the longest bar
_TITLE = 16.0
_COLOUR = "#2f6690"


def render(rows: Sequence[tuple[str, int]], title: str, note: str = "", *, name: str = "") -> str:
    """Return the chart of names and numbers as an SVG document; the note stands below it.

    ``name`` is that of a chart in a page, see ``svg.document``.
    """
    names = [svg.shortened(value, _LABELS, _SIZE) for value, _ in rows]
    column = max((svg.width_of(value, _SIZE) for value in names), default=0.0)
    longest = max((number for _, number in rows), default=0) or 1
    left, top = _MARGIN + column + _GAP, _MARGIN + _TITLE + _GAP
    drawn = [svg.lines([title], _MARGIN, _MARGIN - 4, _TITLE, {"font-weight": "bold"})]
    for place, (value, (_, number)) in enumerate(zip(names, rows, strict=True)):
        y = top + place * _ROW
        length = _LENGTH * number / longest
        drawn += [
            svg.lines([value], left - _GAP, y + 2, _SIZE, {"text-anchor": "end"}),
            svg.rectangle(
                left, y + (_ROW - _BAR) / 2 - 2, length, _BAR, fill=_COLOUR, class_="bar"
            ),
            svg.lines([f"{number:,}"], left + length + _GAP, y + 2, _SIZE),
        ]
    numbers = svg.width_of(f"{longest:,}", _SIZE)
    width = max(left + _LENGTH + _GAP + numbers, _MARGIN + svg.width_of(title, _TITLE) * 1.2)
    below = svg.wrapped(note, width - _MARGIN, _SIZE - 2) if note else []
    bottom = top + len(rows) * _ROW
    drawn.append(svg.lines(below, _MARGIN, bottom, _SIZE - 2))
    height = bottom + svg.height_of(len(below), _SIZE - 2) + _MARGIN
    said = "; ".join(f"{value}: {number:,}" for value, number in rows)
    return svg.document(
        width + _MARGIN, height, title, f"{said}. {note}".strip(), *drawn, name=name
    )
