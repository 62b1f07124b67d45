"""The ``check`` command: compare the references of a manuscript with records."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from abstool.cli.options import OutputFile, Quiet
from abstool.cli.output import opened
from abstool.cli.report import Report
from abstool.errors import ExitCode, UnreadableInput, printable, reason_of

if TYPE_CHECKING:
    from abstool.checking import Library, Verdict
    from abstool.manuscripts import Manuscript

EXAMPLES = """\
abstool check manuscript.docx --records meeting.jsonl
abstool check refs.ris --records meeting.jsonl --json | jq .findings
abstool check manuscript.md --records meeting.jsonl --ignore address-missing
"""

_STATUS = {
    "agrees": "agrees",
    "differs": "differs",
    "unsure": "could be one of several",
    "not-checked": "not checked: no such record",
}


Manuscripts = Annotated[
    str,
    typer.Argument(
        metavar="MANUSCRIPT",
        help="Word, OpenDocument, Markdown, LaTeX, HTML, PDF or text file, or references; - is"
        " standard input.",
    ),
]
Records = Annotated[
    list[str],
    typer.Option(
        "--records",
        metavar="FILE",
        help="Records to compare with: a harvest, saved pages or a sheet. Can be repeated.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON Lines, one per reference.")]
CorrectedStyle = Annotated[
    str,
    typer.Option(
        "--style",
        metavar="STYLE",
        help="Style of the corrected references. [default: the nearest to what is printed]",
        show_default=False,
    ),
]
Ignored = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="CODE", help="A finding to leave out. Can be repeated."),
]
ExitsWithOne = Annotated[
    bool, typer.Option("--exit-code", help="Exit with status 1 if a reference differs.")
]


def check(
    manuscript: Manuscripts,
    *,
    records: Records,
    as_json: AsJson = False,
    style: CorrectedStyle = "",
    ignore: Ignored = None,
    exit_code: ExitsWithOne = False,
    output: OutputFile = "-",
    quiet: Quiet = False,
) -> int:
    """Find the references of a manuscript that differ from the abstracts they cite.

    References to conference abstracts are compared with the records, part by part; for each that
    differs, the findings and the corrected reference are printed. Other references are only
    counted. A reference without a record is not checked, which does not mean that it is wrong.
    """
    from abstool.checking import CheckOptions
    from abstool.checking import check as check_references
    from abstool.styles.catalog import find

    if style:
        find(style)
    options = CheckOptions(style=style, ignore=frozenset(ignore or ()))
    report = Report(quiet=quiet)
    whole = _manuscript(manuscript)
    library = _library(records, report)
    verdicts = list(check_references(whole.references, library, options))
    with opened(output) as out:
        for one in verdicts:
            if as_json:
                out.write_json(one.to_dict())
            elif one.status in _STATUS:
                out.write("".join(f"{line}\n" for line in _lines(one)))
            report.success()
    for note in (*whole.notes, *_pairing(whole)):
        report.note(note)
    report.note(_summary(verdicts))
    if exit_code and any(one.status == "differs" for one in verdicts):
        return max(report.exit_code, ExitCode.SOME_FAILED)
    return report.exit_code


def _manuscript(name: str) -> "Manuscript":
    """Read the manuscript in a file or from standard input. Raises UnreadableInput."""
    from abstool.inputs.sources import STDIN, open_stdin
    from abstool.manuscripts import read
    from abstool.manuscripts.kinds import LARGEST

    most = LARGEST + 1  # which the reader refuses; a manuscript that was cut would look whole
    if name == STDIN:
        return read(open_stdin().read(most), "standard input")
    try:
        with open(name, "rb") as file:  # noqa: PTH123 - a Path refuses some names
            data = file.read(most)
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        reason = reason_of(error)
        raise UnreadableInput(
            name or '""', f"cannot be read ({reason})", "check the name"
        ) from None
    return read(data, name)


def _library(names: list[str], report: Report) -> "Library":
    """Return the library of the records in files."""
    from abstool.checking import Library
    from abstool.cli.records.reading import records_in

    return Library.of(records_in(names, report))


def _lines(verdict: "Verdict") -> Iterator[str]:
    """Yield the lines about a reference for a reader."""
    place = f" ({verdict.url})" if verdict.url else ""
    yield f"{printable(verdict.reference)}: {_STATUS[verdict.status]}{place}"
    for finding in verdict.findings:
        data = finding.to_dict()
        sides = f"printed {data['printed']!r}, record {data['record']!r}"
        yield f"    {data['severity']} {data['code']}: {printable(sides)}"
    for title, url in verdict.candidates:
        yield f"    perhaps {printable(title)} {printable(url)}"
    if verdict.findings and verdict.corrected:
        yield f"    corrected: {printable(verdict.corrected, 2000)}"


def _pairing(manuscript: "Manuscript") -> Iterator[str]:
    """Yield a note for references that are only in the text, or only in the list."""
    if manuscript.unlisted:
        yield f"cited but not listed: {', '.join(manuscript.unlisted)}"
    if manuscript.uncited:
        yield f"listed but not cited: {', '.join(manuscript.uncited)}"


def _summary(verdicts: "list[Verdict]") -> str:
    """Return how many references have which status, in one line."""
    counts = dict.fromkeys(("agrees", "differs", "unsure", "not-checked", "other"), 0)
    for one in verdicts:
        counts[one.status] += 1
    return (
        f"{len(verdicts):,} references: {counts['agrees']:,} agree, {counts['differs']:,} differ, "
        f"{counts['unsure']:,} unsure, {counts['not-checked']:,} not checked, "
        f"{counts['other']:,} to other works"
    )
