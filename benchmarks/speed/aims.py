"""The performance aims, and how a run's results meet them.

An aim that a partial run did not cover is reported as "not measured".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from measure import Spread, ratios

MEETING = 2_725
SIZES = (1_000, 10_000)  # growth is judged between these
LINEAR = 1.15  # the most that the time per item may grow from the smaller size to the larger

EXPORTS = {"bibtex": "BibTeX", "ris": "RIS", "csv": "CSV", "json": "CSL-JSON"}  # by task

Results = Any  # by task, tool and size: rounds.Cell


class NotMeasuredError(Exception):
    """The run did not measure what an aim is about."""


@dataclass(frozen=True)
class Aim:
    """An aim, and the function that judges it."""

    text: str
    judge: Callable[[Results], tuple[bool, str]]


def table(results: Results) -> str:
    """Return the aims as a table, each with its figure and whether it was met."""
    lines = ["| aim | figure | |", "|---|---|---|"]
    for aim in AIMS:
        try:
            met, figure = aim.judge(results)
            lines.append(f"| {aim.text} | {figure} | {'met' if met else '**not met**'} |")
        except NotMeasuredError as error:
            lines.append(f"| {aim.text} | {error} | not measured |")
    return "\n".join(lines)


def _cell(results: Results, task: str, tool: str, size: int) -> Any:
    cell = results.get(task, {}).get(tool, {}).get(size)
    if cell is None or not cell.runs:
        raise NotMeasuredError((cell and cell.note) or "not run")
    return cell


def _first(results: Results, task: str) -> str:
    if task not in results:
        raise NotMeasuredError("not run")
    return next(iter(results[task]))


def _times(results: Results, task: str, tool: str, size: int) -> Spread:
    """Return the time of a tool relative to abstool's."""
    ours = _cell(results, task, _first(results, task), size)
    return ratios(_cell(results, task, tool, size).runs, ours.runs)


def _shown(found: Spread) -> str:
    if found.count == 1:
        return f"{found.median:.2f} times, one pair"
    return f"{found.median:.2f} times [{found.low:.2f}–{found.high:.2f}]"


def at_least(times: float, task: str, tool: str, size: int) -> Callable[[Results], Any]:
    """Aim: a tool takes at least ``times`` as long as abstool."""

    def judge(results: Results) -> tuple[bool, str]:
        try:
            found = _times(results, task, tool, size)
        except NotMeasuredError as error:
            if not str(error).startswith("over"):
                raise
            seconds = float(str(error).split()[1])
            ours = _cell(results, task, _first(results, task), size).median()
            return seconds / ours > times, f"over {seconds / ours:.1f} times"
        return found.median > times, _shown(found)

    return judge


def at_most(times: float, task: str, tool: str, size: int) -> Callable[[Results], Any]:
    """Aim: abstool takes at most ``times`` as long as a tool."""

    def judge(results: Results) -> tuple[bool, str]:
        ours = _cell(results, task, _first(results, task), size)
        found = ratios(ours.runs, _cell(results, task, tool, size).runs)
        return found.median <= times, _shown(found)

    return judge


def within(times: float, task: str) -> Callable[[Results], Any]:
    """Aim: abstool takes at most ``times`` as long as the fastest other tool of a task."""

    def judge(results: Results) -> tuple[bool, str]:
        ours = _first(results, task)
        rows = results[task]
        theirs = [n for n in rows if n != ours and MEETING in rows[n] and rows[n][MEETING].runs]
        if not theirs:
            raise NotMeasuredError("no peer was run")
        cell = _cell(results, task, ours, MEETING)
        found = {name: ratios(cell.runs, rows[name][MEETING].runs) for name in theirs}
        name = max(found, key=lambda peer: found[peer].median)
        return found[name].median <= times, f"{name}: {_shown(found[name])}"

    return judge


def memory_at_most(megabytes: float, task: str) -> Callable[[Results], Any]:
    """Aim: abstool needs at most so much memory for a task."""

    def judge(results: Results) -> tuple[bool, str]:
        ours = _cell(results, task, _first(results, task), MEETING).median("largest")
        return ours <= megabytes, f"{ours:.0f} MB"

    return judge


def linear(task: str, tool: str = "abstool") -> Callable[[Results], Any]:
    """Aim: ten times as many items take ten times as long, not counting start-up."""

    def judge(results: Results) -> tuple[bool, str]:
        small, large = SIZES
        start = _cell(results, task, tool, 1).median()
        low, high = (_cell(results, task, tool, size).median() - start for size in SIZES)
        growth = high / low / (large / small)
        return growth <= LINEAR, f"{growth:.2f} times the time per reference at {small:,}"

    return judge


def linear_pages(task: str) -> Callable[[Results], Any]:
    """Aim: the time per added KB or author does not grow with the page."""

    def judge(results: Results) -> tuple[bool, str]:
        cells = results[task]["abstool"] if task in results else {}
        if len(cells) < 3:
            raise NotMeasuredError("not run")
        sizes = list(cells)
        times = [_cell(results, task, "abstool", size).median() for size in sizes]
        first = (times[1] - times[0]) / (sizes[1] - sizes[0])
        last = (times[-1] - times[-2]) / (sizes[-1] - sizes[-2])
        growth = last / first
        steps = f"from {sizes[-2]} to {sizes[-1]}, relative to {sizes[0]} to {sizes[1]}"
        text = f"{growth:.2f} times the time per unit {steps}"
        return growth <= 1.3, text

    return judge


def memory_below(task: str, tool: str, size: int = MEETING) -> Callable[[Results], Any]:
    """Aim: all abstool processes together use less memory than a tool."""

    def judge(results: Results) -> tuple[bool, str]:
        cell = _cell(results, task, _first(results, task), size)
        ours = max(cell.together, cell.median("largest"))
        theirs = _cell(results, task, tool, size).median("largest")
        return ours < theirs, f"{ours:.0f} MB, {tool} {theirs:.0f} MB"

    return judge


def memory_bounded(task: str) -> Callable[[Results], Any]:
    """Aim: ten times as many pages use at most a tenth more memory."""

    def judge(results: Results) -> tuple[bool, str]:
        cells = [_cell(results, task, "abstool", size) for size in SIZES]
        low, high = (max(cell.together, cell.median("largest")) for cell in cells)
        return high <= 1.1 * low, f"{low:.0f} MB at {SIZES[0]:,}, {high:.0f} MB at {SIZES[1]:,}"

    return judge


AIMS = (
    Aim("One AMA reference, cold: faster than citeproc-js", at_least(1, "ama", "citeproc-js", 1)),
    Aim(
        "One AMA reference, cold: at most 1.7 times the time of a bare citeproc-py script",
        at_most(1.7, "ama", "citeproc-py", 1),
    ),
    Aim(
        "`abstool --version`: at most 2.5 times the time of starting Python and importing typer",
        at_most(2.5, "start", "python -c 'import typer'", 1),
    ),
    Aim("2,725 AMA references: faster than pandoc", at_least(1, "ama", "pandoc", MEETING)),
    Aim(
        "2,725 AMA references: faster than the system pandoc",
        at_least(1, "ama", "system pandoc", MEETING),
    ),
    Aim(
        "2,725 APA references: at least 3 times faster than citeproc-js",
        at_least(3, "apa", "citeproc-js", MEETING),
    ),
    Aim("AMA references: linear to 10,000", linear("ama")),
    Aim("APA references: linear to 10,000", linear("apa")),
    Aim("2,725 AMA references: less memory than citeproc-js", memory_below("ama", "citeproc-js")),
    Aim("2,725 APA references: less memory than citeproc-js", memory_below("apa", "citeproc-js")),
    Aim(
        "Pages, all cores: 3 times as fast as bs4+lxml building its tree",
        at_least(3, "parse", "bs4+lxml", MEETING),
    ),
    Aim(
        "Pages, one core: 3 times as fast as bs4+lxml building its tree",
        at_least(3, "parse-one", "bs4+lxml", 1_000),
    ),
    Aim("Pages: linear in their size", linear_pages("page-size")),
    Aim("Pages: linear in the number of authors", linear_pages("page-authors")),
    Aim("Pages: memory bounded, from 1,000 to 10,000", memory_bounded("parse")),
    *(
        Aim(f"2,725 to {name}: at most twice the time of the fastest peer", within(2, task))
        for task, name in EXPORTS.items()
    ),
    *(
        Aim(f"2,725 to {name}: at most 100 MB of memory", memory_at_most(100, task))
        for task, name in EXPORTS.items()
    ),
)
