"""Draw a day's sessions as bars between the hours at which they begin and end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from abstool.charts import svg

_SIZE = 12.0  # of the font, in pixels
_ROW, _BAR = 22.0, 14.0  # the height of a row and of its bar
_MARGIN, _GAP, _TITLE = 16.0, 8.0, 16.0
_LABELS = 320.0  # the widest column of names
_LENGTH = 380.0  # of the whole time
_COLOUR, _RULE = "#2f6690", "#9aa5b1"
_HOUR = 60


class TimeSpan(NamedTuple):
    """A row: its name, and when it begins and ends, in minutes after midnight."""

    name: str
    start: int
    end: int


def render(spans: Sequence[TimeSpan], title: str, *, name: str = "") -> str:
    """Return the timeline as an SVG document; ``name`` is that in a page, see ``svg.document``."""
    first = min(span.start for span in spans) // _HOUR
    last = -(-max(span.end for span in spans) // _HOUR)
    scale = _LENGTH / max((last - first) * _HOUR, 1)
    names = [svg.shortened(span.name, _LABELS, _SIZE) for span in spans]
    left = _MARGIN + max(svg.width_of(one, _SIZE) for one in names) + _GAP
    top = _MARGIN + _TITLE + 2 * _ROW
    bottom = top + len(spans) * _ROW
    drawn = [svg.lines([title], _MARGIN, _MARGIN - 4, _TITLE, {"font-weight": "bold"})]
    step = 1 if last - first <= 8 else 2
    for hour in range(first, last + 1, step):
        x = left + (hour - first) * _HOUR * scale
        drawn.append(svg.rule(x, top - 4, x, bottom, _RULE))
        centre = {"text-anchor": "middle"}
        drawn.append(svg.lines([f"{hour % 24}:00"], x, top - _ROW + 2, _SIZE - 1, centre))
    for place, (label, span) in enumerate(zip(names, spans, strict=True)):
        y = top + place * _ROW
        x, length = left + (span.start - first * _HOUR) * scale, (span.end - span.start) * scale
        end = {"text-anchor": "end"}
        drawn.append(svg.lines([label], left - _GAP, y + 1, _SIZE, end))
        bar = (x, y + (_ROW - _BAR) / 2, max(length, 2), _BAR)
        drawn.append(svg.rectangle(*bar, fill=_COLOUR, class_="bar", rx=2))
    said = "; ".join(f"{one.name}, {_time(one.start)} to {_time(one.end)}" for one in spans)
    width = left + _LENGTH + 2 * _MARGIN
    return svg.document(width, bottom + _MARGIN, title, f"{said}.", *drawn, name=name)


def _time(minutes: int) -> str:
    return f"{minutes // _HOUR}:{minutes % _HOUR:02}"
