"""Time long files of references, from start to exit, by turns with another checkout.

    python benchmarks/references/long.py [FILE…] [--against TREE] [--rounds N] [--style NAME]

Each file is cited by this checkout and by TREE, such as a worktree of an older commit, one after
the other, N times. Printed are the median of the seconds with the lowest and the highest, and the
highest memory of the largest process. Without a file, these are made:

- ``latex.bib``: 10,000 entries with LaTeX in names, titles and abstracts;
- ``half.bib``: the first half of them, which shows whether the memory is linear;
- ``short.ris``: 12,000 entries without abstracts;
- ``abstracts.ris``: 20,000 entries with abstracts of 250 words.

Times are true only if nothing else runs.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

TREE = Path(__file__).parents[2]
_WORDS = "tea leaf cup milk trial dose arm pain score week visit group joint mean risk".split()
_LATEX = (
    *(r"$\alpha$", r"p\,$<$\,0.05", r"caf\'{e}", r"{\"u}ber", r"\textgreater{}", r"50\,\%"),
    *(rf"\textit{{{word}}}" for word in _WORDS[:3]),
)
_FAMILIES = ("Müller", "Roe", "Leaf", "van der Bog", "O’Moss", "Lövenborg", "Kowalczenko", "Wu")


def main() -> None:
    """Time all files."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        for path in options.files or _made(Path(folder)):
            trees = [TREE, *options.against]
            runs: dict[Path, list[tuple[float, float]]] = {tree: [] for tree in trees}
            for _ in range(options.rounds):
                for tree in trees:
                    runs[tree].append(_run(tree, path, options.style))
            for tree in trees:
                seconds = sorted(run[0] for run in runs[tree])
                memory = max(run[1] for run in runs[tree])
                print(
                    f"{path.name}, {tree.name}: {statistics.median(seconds):.1f} s "
                    f"({seconds[0]:.1f} to {seconds[-1]:.1f}), {memory:.0f} MB",
                    flush=True,
                )


def _run(tree: Path, path: Path, style: str) -> tuple[float, float]:
    """Return the seconds of one process, and the memory of it or its largest child in MB."""
    command = [sys.executable, "-m", "abstool", "cite", "--style", style, str(path)]
    environment = os.environ | {"PYTHONPATH": str(tree / "src")}
    start = time.perf_counter()
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{tree.name}: exit code {process.returncode} for {path}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def _made(folder: Path) -> Iterator[Path]:
    """Yield the files that are made, each when it is needed."""
    for name, entries in (
        ("latex.bib", _bibtex(10_000)),
        ("half.bib", _bibtex(5_000)),
        ("short.ris", _ris(12_000, words=0)),
        ("abstracts.ris", _ris(20_000, words=250)),
    ):
        path = folder / name
        path.write_text("\n".join(entries), encoding="utf-8")
        yield path


def _bibtex(number: int) -> Iterator[str]:
    choice = random.Random(5).choice
    for n in range(number):
        abstract = " ".join(choice((choice(_WORDS), choice(_LATEX))) for _ in range(40))
        yield (
            f"@article{{k{n},\n"
            "  author = {M{\\\"u}ller, Ann B. and O'Neil, Cy and {Tea Study Group}},\n"
            f"  title = {{Trial {n} of {{DNA}} in caf\\'e {choice(_WORDS)}}},\n"
            f"  journal = {{Journal of Tea {n % 50}}},\n  year = {{{1990 + n % 30}}},\n"
            f"  volume = {{{n % 90}}},\n  number = {{{n % 12}}},\n  pages = {{{n}--{n + 7}}},\n"
            f"  doi = {{10.1000/tea.{n}}},\n  abstract = {{{abstract}}},\n}}\n"
        )


def _name(choice: Callable[[Sequence[str]], str]) -> str:
    return f"{choice(_FAMILIES)}, {choice('ABCDE')}. {choice('FGHIJ')}."


def _ris(number: int, words: int) -> Iterator[str]:
    choice = random.Random(7).choice
    for n in range(number):
        people = [f"AU  - {_name(choice)}" for _ in range(4)]
        abstract = " ".join(choice(_WORDS) for _ in range(words))
        yield "\n".join(
            (
                "TY  - JOUR",
                *people,
                f"TI  - Trial {n} of {choice(_WORDS)} and {choice(_WORDS)} in a {choice(_WORDS)}",
                f"T2  - Journal of Tea {n % 50}",
                f"PY  - {1990 + n % 30}",
                f"VL  - {n % 90}",
                f"IS  - {n % 12 + 1}",
                f"SP  - {n + 1}",
                f"EP  - {n + 8}",
                f"DO  - 10.1000/tea.{n}",
                *([f"AB  - {abstract}"] if words else []),
                "ER  - \n",
            )
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--against", type=Path, action="append", default=[], metavar="TREE")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--style", default="ama")
    return parser.parse_args()


if __name__ == "__main__":
    main()
