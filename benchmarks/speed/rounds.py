"""Measure the tools of a task in turn, round by round: A B C, A B C."""

from __future__ import annotations

import shlex
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from datasets import Datasets
from entries import BadOutputError, check
from measure import Run, errors_of, run
from peers import Tool
from tasks import GROWING, Task

# (largest size, number of rounds up to that size)
OFTEN = ((100, 7), (1_000, 5), (2_725, 3), (10_000, 2))
WATCHED = 1_000  # the smallest size at which the memory of several processes is added up


@dataclass
class Cell:
    """The results of one tool at one size."""

    runs: list[Run] = field(default_factory=list)
    note: str = ""  # why there are no runs
    together: float = 0.0  # MB of all processes together, if there are several

    def median(self, of: str = "seconds") -> float:
        """Return the median of one figure over all runs."""
        return statistics.median(getattr(run, of) for run in self.runs)


@dataclass(frozen=True)
class Pace:
    """How long and how often to measure."""

    limit: float  # seconds a run may take
    budget: float  # seconds a tool may take at one size, over all rounds
    rounds: int = 0  # instead of those of OFTEN

    def rounds_of(self, size: int) -> int:
        """Return the maximum number of rounds for a size."""
        return self.rounds or next((often for top, often in OFTEN if size <= top), 2)


class Bench:
    """Runs the tools of tasks."""

    def __init__(
        self, datasets: Datasets, places: dict[str, str], pace: Pace, say: Callable[[str], None]
    ) -> None:
        self.datasets = datasets
        self.places = places
        self.pace = pace
        self.say = say

    def measure(
        self, task: Task, tools: Sequence[Tool], sizes: Sequence[int]
    ) -> dict[str, dict[int, Cell]]:
        """Return a cell for each tool and size of a task."""
        cells: dict[str, dict[int, Cell]] = {tool.name: {} for tool in tools}
        for size in sizes:
            places = self._places(task, size)
            for tool in tools:
                note = self._hopeless(cells[tool.name], tool, size)
                cells[tool.name][size] = Cell(note=note)
            able = [tool for tool in tools if not cells[tool.name][size].note]
            if size == sizes[0]:  # not counted: the first run compiles and reads from disk
                for tool in able:
                    self._once(tool, places, task, size, cells[tool.name][size])
            self._rounds(task, able, cells, size, places)
            for tool in able:
                cell = cells[tool.name][size]
                if tool.several and size >= WATCHED and cell.runs:
                    watched = self._once(tool, places, task, size, cell, sample=True)
                    cell.together = watched.together if watched else 0.0
        return cells

    def _rounds(
        self,
        task: Task,
        tools: Sequence[Tool],
        cells: dict[str, dict[int, Cell]],
        size: int,
        places: dict[str, str],
    ) -> None:
        for number in range(self.pace.rounds_of(size)):
            for tool in tools:
                cell = cells[tool.name][size]
                spent = sum(run.seconds for run in cell.runs)
                if cell.note or (spent and spent + cell.runs[-1].seconds > self.pace.budget):
                    continue
                if took := self._once(tool, places, task, size, cell):
                    cell.runs.append(took)
                    self.say(f"  {size:,} round {number + 1}: {tool.name} {took.seconds:.3f} s")

    def _once(
        self,
        tool: Tool,
        places: dict[str, str],
        task: Task,
        size: int,
        cell: Cell,
        *,
        sample: bool = False,
    ) -> Run | None:
        """Run a tool; note in its cell if it fails, is stopped or prints too little."""
        try:
            return self._checked(tool, places, task, size, sample=sample)
        except BadOutputError as error:
            cell.note, cell.runs = str(error), []
            self.say(f"  {size:,}: {tool.name}: {error}")
            return None

    def _checked(
        self, tool: Tool, places: dict[str, str], task: Task, size: int, *, sample: bool
    ) -> Run:
        out = self.datasets.folder / "output"
        written = out.with_suffix(".html") if "{output}" in tool.command else out
        for path in {out, written}:
            path.unlink(missing_ok=True)
        command = [word.format_map(places) for word in shlex.split(tool.command)]
        env = {
            "PYTHONDONTWRITEBYTECODE": "",  # compile an installed program once, not on each run
            "NODE_PATH": self.places["modules"],
            # manubot looks for pandoc on the PATH
            "PATH": f"{Path(self.places['pandoc']).parent}:{self.places['path']}"
            if tool.name == "manubot"
            else self.places["path"],
        }
        took = run(
            command, out=out, limit=self.pace.limit, env=env, sample=sample, one_cpu=task.one_cpu
        )
        if took.late:
            raise BadOutputError(f"over {self.pace.limit:.0f} s")
        if took.code:
            last = errors_of(out).read_text("utf-8", "replace").strip().split("\n")[-1]
            raise BadOutputError(f"failed ({took.code}): {last[:120]}")
        check(written, tool.count, GROWING if task.kind.startswith("page ") else size)
        return took

    def _places(self, task: Task, size: int) -> dict[str, str]:
        self.say(f"  writing datasets: {size:,}{task.unit}")
        style = {"csl": f"{self.places['styles']}/{task.style}.csl"} if task.style else {}
        output = str(self.datasets.folder / "output")
        made = {**self.places, **style, **self.datasets.places(task.kind, size), "output": output}
        if "yml" in made and style:  # typst reads only files beside its document
            copy = Path(made["yml"]).with_name(f"{task.style}.csl")
            copy.write_bytes(Path(style["csl"]).read_bytes())
        return made

    def _hopeless(self, sizes: dict[int, Cell], tool: Tool, size: int) -> str:
        """Return why a tool is not run at this size, or ""."""
        if size > tool.largest:
            return "not run"
        if not sizes:
            return ""
        before, cell = list(sizes.items())[-1]
        if not cell.runs:
            return cell.note if cell.note.startswith(("over", "failed")) else "not run"
        start = next(iter(sizes.values())).median()
        expected = start + (cell.median() - start) * size / before
        return f"over {self.pace.limit:.0f} s" if expected > 1.5 * self.pace.limit else ""
