"""The ``prisma`` command: the numbers of a PRISMA 2020 flow diagram, and the diagram."""

from __future__ import annotations

import json
import os
from pathlib import PurePath
from typing import Annotated

import typer

from abstool.cli.options import OutputFile, Quiet, Strict, completing
from abstool.cli.output import opened
from abstool.cli.report import Report
from abstool.errors import UnreadableInput, UsageError, reason_of

EXAMPLES = """\
abstool prisma --manifest acr.manifest.json --decisions decided.jsonl
abstool prisma --dedupe report.json --decisions decided.jsonl -o flow.svg
abstool prisma --decisions decided.jsonl --set identified=1200 --json
"""

_MARKDOWN, _JSON, _SVG = "markdown", "json", "svg"
_ENDINGS = {".json": _JSON, ".md": _MARKDOWN, ".svg": _SVG}
_LARGEST = 100_000_000  # bytes of a manifest or report


def _boxes() -> list[str]:
    """Return the beginnings of values of --set."""
    from abstool.screening.flow import BOXES

    return [f"{name}=" for name in BOXES]


Manifests = Annotated[
    list[str] | None,
    typer.Option(
        "--manifest",
        metavar="FILE",
        help="Manifest of a harvest. Can be repeated.",
        show_default=False,
    ),
]
DedupeReport = Annotated[
    str,
    typer.Option(
        "--dedupe", metavar="FILE", help="Report of 'abstool dedupe'.", show_default=False
    ),
]
DecisionsFile = Annotated[
    str,
    typer.Option(
        "--decisions",
        metavar="FILE",
        help="Records with decisions, as 'abstool decisions' prints them.",
        show_default=False,
    ),
]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="BOX=N",
        help="The number of a box, such as included=12, in place of the one that was counted."
        " Can be repeated.",
        autocompletion=_boxes,
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the numbers as JSON.")]
To = Annotated[
    str | None,
    typer.Option(
        metavar="FORM",
        help="Output form: markdown (a table), json, or svg (the diagram). [default: that of FILE's"
        " ending, or markdown]",
        autocompletion=completing(_MARKDOWN, _JSON, _SVG),
        show_default=False,
    ),
]


def prisma(
    *,
    manifest: Manifests = None,
    dedupe: DedupeReport = "",
    decisions: DecisionsFile = "",
    set_: Settings = None,
    as_json: AsJson = False,
    to: To = None,
    output: OutputFile = "-",
    quiet: Quiet = False,
    strict: Strict = False,
) -> int:
    """Print the numbers of a PRISMA 2020 flow diagram, or draw it.

    What was identified comes from manifests and the report of dedupe, what was screened and
    included from the decisions. Numbers that do not add up are reported, and none is invented: a
    box whose number is not known is left out of the table.
    """
    from abstool.cli.records.screened import decided_in
    from abstool.screening import diagram, flow

    form = _form(to, output, as_json=as_json)
    given = flow.boxes_in(set_ or [])
    if not (manifest or dedupe or decisions or given):
        problem = "nothing to count"
        raise UsageError("prisma", problem, "use --manifest, --dedupe, --decisions or --set")
    report = Report(quiet=quiet, strict=strict)
    found = flow.flow_of(
        [_harvest(name) for name in manifest or []],
        _dedupe_report(dedupe) if dedupe else None,
        decided_in(decisions, report) if decisions else None,
        given,
    )
    with opened(output) as out:
        if form == _JSON:
            out.write_json(found.to_dict(), indent=2)
        else:
            out.write(diagram.svg(found) if form == _SVG else diagram.markdown(found))
    report.success()
    for warning in found.warnings:
        report.warn(f"warning: {warning}")
    return report.exit_code


def _form(to: str | None, output: str, *, as_json: bool) -> str:
    forms = (_MARKDOWN, _JSON, _SVG)
    if to is not None and to not in forms:
        raise UsageError(to, "unknown", f"use {', '.join(forms)}", argument="to")
    if as_json and to not in (None, _JSON):
        raise UsageError("--json", "cannot be combined with --to", "use only one")
    by_ending = _ENDINGS.get(PurePath(output).suffix.lower(), "")
    form = _JSON if as_json else to or by_ending or _MARKDOWN
    if by_ending and form != by_ending:
        problem = f"files with the ending {PurePath(output).suffix} are {by_ending}, not {form}"
        raise UsageError(output, problem, "change the form or the ending", argument="output")
    return form


def _harvest(name: str) -> tuple[str, str, dict[str, int]]:
    """Return the name of the source in a manifest, that of its records, and its counts."""
    data = _json(name, "a manifest of a harvest")
    counts = data.get("counts")
    numbers = {
        key: number
        for key, number in (counts.items() if isinstance(counts, dict) else ())
        if _is_count(number)
    }
    if "parsed" not in numbers:
        raise UnreadableInput(
            name, "not a manifest of a harvest", "name a file of 'abstool harvest'"
        )
    source = str(data.get("source") or name)
    if os.path.isabs(source):  # noqa: PTH117 - a list of URLs, whose folder is private
        source = PurePath(source).name
    return source, str(data.get("output") or ""), numbers


def _dedupe_report(name: str) -> dict[str, object]:
    data = _json(name, "a report of duplicates")
    counts, sources = data.get("counts"), data.get("sources")
    numbers = [
        counts.get("duplicates") if isinstance(counts, dict) else None,
        *(
            one.get("entries") if isinstance(one, dict) else None
            for one in (sources if isinstance(sources, list) else [None])
        ),
    ]
    if not all(map(_is_count, numbers)):
        next_step = "write it with 'abstool dedupe --report'"
        raise UnreadableInput(name, "not a report of duplicates", next_step)
    return data


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _json(name: str, what: str) -> dict[str, object]:
    """Return the object in a JSON file. Raises UnreadableInput."""
    try:
        with open(name, "rb") as file:  # noqa: PTH123 - a Path refuses some names
            data = file.read(_LARGEST + 1)
        value = json.loads(data) if len(data) <= _LARGEST else None
    except (OSError, ValueError, RecursionError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "it is not JSON"
        raise UnreadableInput(
            name or '""', f"cannot be read ({reason})", "check the name"
        ) from None
    if not isinstance(value, dict):
        raise UnreadableInput(name, f"not {what}", "check the name")
    return value
