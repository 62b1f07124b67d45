"""Count how many of the CSL project's processor tests an engine passes.

    python benchmarks/conformance/conformance.py SUITE [--names FILE] [-v] [--engine NAME]

Prints passed and failed fixtures by category and mode; with -v also a line for each that fails.
Ends with 1 if abstool fails a fixture listed in passing.txt; ``--write`` rewrites that file.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import engines
from suite import Entry, Fixture, entries_of, fixtures, seen

PASSING = HERE / "passing.txt"


def main() -> None:
    """Run the fixtures and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("suite", type=Path, help="the folder with the fixtures")
    parser.add_argument("--names", type=Path, help="a file with the names of fixtures to run")
    parser.add_argument("-v", "--verbose", action="store_true", help="show what fails")
    parser.add_argument(
        "--engine", default="abstool", choices=["abstool", "citeproc-py", "citeproc-js"]
    )
    parser.add_argument("--node-modules", type=Path, help="the folder that has citeproc-js")
    parser.add_argument("--write", action="store_true", help="rewrite the list of what passes")
    options = parser.parse_args()
    if not options.suite.is_dir():
        sys.stdout.write(f"conformance: skipped, {options.suite} is not there\n")
        return
    names = None
    if options.names:
        listed = options.names.read_text("utf-8").split()
        names = {name.removesuffix(".txt") for name in listed}
    tests = fixtures(options.suite, names)
    if not tests:
        parser.exit(2, f"{options.suite}: no fixtures\n")
    found = _engine(parser, options)(tests)
    failures = {
        test.name: reason
        for test, result in zip(tests, found, strict=True)
        if (reason := _difference(test, result))
    }
    _print_table(tests, failures)
    if options.verbose:
        for name, reason in failures.items():
            sys.stdout.write(f"{name}: {reason}\n")
    if options.engine == "abstool":
        _check(tests, failures, write=options.write)


def _engine(parser: argparse.ArgumentParser, options: argparse.Namespace) -> engines.Engine:
    if options.engine == "citeproc-js":
        if not options.node_modules:
            parser.error("citeproc-js needs --node-modules")
        return engines.citeproc_js(options.node_modules)
    return engines.citeproc_py if options.engine == "citeproc-py" else engines.abstool


def _difference(test: Fixture, result: list[str] | str) -> str:
    """Return how a result differs from what is expected, as one line; "" if it does not."""
    if isinstance(result, str):
        return result
    expected = test.expected()
    if test.mode == "bibliography":
        printed = [entry for text in result for entry in _entries(text)]
    else:
        printed = [seen(text) for text in result]
    if printed == expected:
        return ""
    for ours, theirs in zip(printed, expected, strict=False):
        if ours != theirs:
            return f"printed {_line(ours, theirs)} for {_line(theirs, ours)}"
    return f"printed {len(printed)} entries for {len(expected)}"


def _entries(text: str) -> list[Entry]:
    """Return the entries of a text that may have the wrappers or not."""
    return entries_of(text) if "csl-entry" in text else [seen(text)]


def _line(entry: Entry, other: Entry) -> str:
    """Return an entry, with its formatting where only that differs from the other."""
    if [sign for sign, _ in entry] != [sign for sign, _ in other]:
        return repr("".join(sign for sign, _ in entry))
    text, before = "", frozenset[str]()
    for sign, formats in entry:
        if formats != before and sign != " ":
            text += f"{{{','.join(sorted(formats))}}}"
            before = formats
        text += sign
    return repr(text)


def _print_table(tests: list[Fixture], failures: dict[str, str]) -> None:
    for mode in ("bibliography", "citation"):
        of_mode = [test for test in tests if test.mode == mode]
        total = Counter(test.category for test in of_mode)
        failed = Counter(test.category for test in of_mode if test.name in failures)
        for category, count in sorted(total.items()):
            passed = count - failed[category]
            sys.stdout.write(f"{mode:13} {category:14} {passed:4} of {count:4}\n")
        _print_share(mode, sum(total.values()), sum(failed.values()))
    _print_share("all", len(tests), len(failures))


def _print_share(name: str, total: int, failed: int) -> None:
    if total:
        passed = total - failed
        sys.stdout.write(
            f"{name:28} {passed:4} of {total:4} passed {100 * passed / total:5.1f} %\n"
        )


def _check(tests: list[Fixture], failures: dict[str, str], *, write: bool) -> None:
    """End with 1 if a fixture fails that passed before; the list only grows."""
    known = set(PASSING.read_text("utf-8").split()) if PASSING.exists() else set()
    if write:
        run = {test.name for test in tests}
        passing = sorted((known - run) | (run - failures.keys()))
        PASSING.write_text("".join(f"{name}\n" for name in passing), "utf-8")
    elif lost := sorted(known & failures.keys()):
        for name in lost:
            sys.stdout.write(f"passed before: {name}: {failures[name]}\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
