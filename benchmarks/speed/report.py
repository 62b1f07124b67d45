"""Write the generated part of docs/explanation/performance.md.

It describes the machine and the versions, compares the aims with their figures, and has tables of
seconds, ratios, CPU time and memory. It also lists where a peer is ahead.
"""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import aims
from measure import Spread, ratios, spread
from peers import Installed, versions
from rounds import Cell, Pace
from tasks import GROWING, Task

Results = dict[str, dict[str, dict[int, Cell]]]  # by task, tool and size
BEGIN, END = "<!-- figures: make bench -->\n", "<!-- end -->"


def write(page: Path, text: str) -> None:
    """Replace the text between the page's markers."""
    before, begin, rest = page.read_text("utf-8").partition(BEGIN)
    if not begin or END not in rest:
        raise SystemExit(f"{page.name}: the markers are missing; restore them")
    page.write_text(before + begin + text + END + rest.partition(END)[2], "utf-8")


def markdown(machine: str, tasks: Mapping[str, Task], results: Results) -> str:
    """Return the generated part as Markdown."""
    parts = [
        machine,
        "## The aims",
        aims.table(results),
        "## Where a peer is ahead",
        _ahead(tasks, results),
    ]
    for name, task in tasks.items():
        parts += [f"## {task.title}", task.about, *_tables(task, results[name])]
    return "\n" + "\n\n".join(parts) + "\n\n"


# --- the machine ----------------------------------------------------------------------------------


def machine(installed: Installed, tasks: Iterable[Task], pace: Pace, commit: str) -> str:
    """Return a paragraph about the machine and one about the versions."""
    tools = [tool for task in tasks for tool in task.tools]
    found = versions(installed, tools)
    there = ", ".join(f"{name} {version}" for name, version in found.items() if version)
    missing = ", ".join(name for name, version in found.items() if not version)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    lines = [
        (
            f"Measured on {datetime.now(UTC):%Y-%m-%d}, abstool at {commit or 'unknown'}, "
            f"Python {platform.python_version()}, {len(os.sched_getaffinity(0))} cores "
            f"({_processor()}), {memory:.0f} GB, {platform.system()} {platform.machine()}. "
            "All tools ran on one CPU, except for pages on all cores. "
            f"Runs were stopped after {pace.limit:.0f} s. No further round was started if it would "
            f"have taken a tool past {pace.budget:.0f} s."
        ),
        f"Peers: {there}.",
    ]
    if missing:
        lines.append(f"Not installed, so not measured: {missing}.")
    return "\n\n".join(lines)


def _processor() -> str:
    try:
        cpuinfo = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        cpuinfo = ""
    model = re.search(r"^model name\s*:\s*(.+)$", cpuinfo, re.MULTILINE)
    return model[1].strip() if model else platform.processor() or "unknown"


# --- tables ---------------------------------------------------------------------------------------


def _tables(task: Task, rows: dict[str, dict[int, Cell]]) -> list[str]:
    """Return a task's tables: seconds, time relative to abstool, CPU time and memory."""
    ours, *theirs = rows
    parts = ["Seconds: median [fastest–slowest].", _table(task, rows, _seconds)]
    if task.kind.startswith("page"):
        per_second = _per_second(task)
        parts += ["Pages per second:", _table(task, rows, per_second)]
    if theirs:
        parts.append("Time relative to abstool, pair by pair: median [lowest–highest].")
        others = {name: rows[name] for name in theirs}
        parts.append(_table(task, others, lambda cell, size: _ratio(cell, rows[ours].get(size))))
    parts.append(
        "CPU seconds · peak memory of the largest process in MB (of all together, if several)."
    )
    parts.append(_table(task, rows, _cost))
    return parts


def _table(task: Task, rows: dict[str, dict[int, Cell]], shown: Callable[[Cell, int], str]) -> str:
    sizes = list(next(iter(rows.values())))
    head = ["", *(f"{size:,}{task.unit}" for size in sizes)]
    lines = [head, ["---", *["--:"] * len(sizes)]]
    for name, cells in rows.items():
        lines.append([name, *(shown(cells[size], size) for size in sizes)])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _seconds(cell: Cell, _: int) -> str:
    if not cell.runs:
        return cell.note
    return bracketed(spread(run.seconds for run in cell.runs))


def _per_second(task: Task) -> Callable[[Cell, int], str]:
    def shown(cell: Cell, size: int) -> str:
        count = size if task.kind == "pages" else GROWING
        return f"{count / cell.median():,.0f}" if cell.runs else "–"

    return shown


def _ratio(cell: Cell, ours: Cell | None) -> str:
    if not cell.runs or not ours or not ours.runs:
        return "–"
    return bracketed(ratios(cell.runs, ours.runs))


def _cost(cell: Cell, _: int) -> str:
    if not cell.runs:
        return "–"
    together = f" ({cell.together:.0f})" if cell.together else ""
    return f"{figure(cell.median('cpu'))} · {cell.median('largest'):.0f}{together}"


def bracketed(found: Spread) -> str:
    """Return a spread as text."""
    if found.count == 1:
        return figure(found.median)
    return f"{figure(found.median)} [{figure(found.low)}–{figure(found.high)}]"


def figure(value: float) -> str:
    """Return a number with three significant digits and at most three decimals."""
    return f"{value:,.{3 if value < 1 else 2 if value < 10 else 1 if value < 100 else 0}f}"


def _ahead(tasks: Mapping[str, Task], results: Results) -> str:
    """Return one line per task in which a peer was faster than abstool."""
    lines = []
    for name, rows in results.items():
        ours, *theirs = rows
        for peer in theirs:
            if name == "start" or peer.startswith("abstool"):
                continue
            found = {
                size: ratios(cell.runs, rows[ours][size].runs)
                for size, cell in rows[peer].items()
                if cell.runs and rows[ours][size].runs
            }
            behind = [
                f"{size:,} ({figure(1 / ratio.median)} times)"
                for size, ratio in found.items()
                if ratio.median < 1
            ]
            if behind:
                lines.append(f"- {tasks[name].title}: {peer} is faster at {', '.join(behind)}.")
    return "\n".join(lines) or "Nowhere in this run."
