"""The charts of a book, each with the table of its numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from abstool.book.contents import Book, BookGroup
from abstool.charts import bars, timeline
from abstool.charts.timeline import TimeSpan
from abstool.errors import UsageError
from abstool.facets import FacetCounts, count
from abstool.record import Session

_SHOWN = 15  # values of a chart; the table has the same
_FACETS = {
    "day": "Abstracts by day",
    "type": "Abstracts by type of session",
    "keyword": "Abstracts by keyword",
    "country": "Abstracts by country",
}


class BookPicture(NamedTuple):
    """A chart: its heading, the SVG, the table behind it, and what the reader should know."""

    heading: str
    svg: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    note: str = ""


def pictures_of(book: Book) -> Iterator[BookPicture]:
    """Yield the charts that the records have data for."""
    for facet, heading in _FACETS.items():
        try:
            counts = count(book.records, facet)
        except UsageError:  # countries need a library that may be missing
            continue
        if len(counts.values) > 1:
            yield _bars(counts, facet, heading)
    yield from _timelines(book)


def _bars(counts: FacetCounts, facet: str, heading: str) -> BookPicture:
    shown = counts.values[:_SHOWN]
    note = ""
    if rest := len(counts.values) - len(shown):
        note = f"{rest:,} more are not shown."
    if counts.unknown:
        note = f"{note} {counts.unknown:,} affiliations name no country.".strip()
    rows = [(value, f"{records:,}") for value, records in shown]
    chart = bars.render(shown, heading, name=f"{facet}-")
    return BookPicture(heading, chart, (facet.capitalize(), "Abstracts"), rows, note)


def _timelines(book: Book) -> Iterator[BookPicture]:
    """Yield the timeline of each day on which sessions have times."""
    if book.options.order != "session":
        return
    for number, chapter in enumerate(book.chapters, 1):
        spans = [span for group in chapter.groups if (span := _span(group))]
        if not spans:
            continue
        heading = f"Sessions of {chapter.heading}"
        chart = timeline.render(spans, heading, name=f"sessions{number}-")
        rows = [(one.name, _time(one.start), _time(one.end)) for one in spans]
        yield BookPicture(heading, chart, ("Session", "Begins", "Ends"), rows)


def _span(group: BookGroup) -> TimeSpan | None:
    session = group.entries[0].record.session or Session()
    start, end = _minutes(session.start), _minutes(session.end)
    if start is None or end is None or end <= start or session.start[:10] != session.end[:10]:
        return None
    return TimeSpan(group.heading, start, end)


def _minutes(time: str) -> int | None:
    hours, minutes = time[11:13], time[14:16]
    if not (hours.isdecimal() and minutes.isdecimal()):
        return None
    return int(hours) * 60 + int(minutes)


def _time(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"
