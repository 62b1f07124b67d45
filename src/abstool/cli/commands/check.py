"""The ``check`` command: compare the references of a manuscript with records."""

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from abstool.cli.options import OutputFile, Quiet
from abstool.cli.options.cite import citation_style_names
from abstool.cli.options.reading import reads_inputs
from abstool.cli.options.sheets import ShowColumns, print_columns
from abstool.cli.output import opened
from abstool.cli.report import Report
from abstool.errors import ExitCode, UnreadableInput, reason_of

if TYPE_CHECKING:
    from abstool.checking.acceptance import Accepted
    from abstool.checking.reports import CheckedManuscript
    from abstool.inputs.options import ReadOptions

EXAMPLES = """\
abstool check manuscript.docx --records meeting.jsonl
abstool check refs.ris --records meeting.jsonl --json | jq .findings
abstool check manuscript.docx --records meeting.jsonl --output checked.docx
abstool check refs.bib --records meeting.jsonl --output fixed.bib
abstool check manuscript.md --online --style ama-11
"""


def _codes() -> list[str]:
    """Return the values of --ignore."""
    from abstool.checking import CODES

    return list(CODES)


Manuscripts = Annotated[
    str,
    typer.Argument(
        metavar="MANUSCRIPT",
        help="Word, OpenDocument, Markdown, LaTeX, HTML, PDF or text file, or references; - is"
        " standard input.",
    ),
]
Records = Annotated[
    list[str] | None,
    typer.Option(
        "--records",
        metavar="FILE",
        help="Records to compare with: a harvest, saved pages or a sheet. Can be repeated.",
    ),
]
Online = Annotated[
    bool,
    typer.Option("--online", help="Fetch the pages that references to abstracts cite."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON Lines, one per reference.")]
CorrectedStyle = Annotated[
    str,
    typer.Option(
        "--style",
        metavar="STYLE",
        help="Style of the corrected references. [default: the nearest to what is printed]",
        autocompletion=citation_style_names,
        show_default=False,
    ),
]
Ignored = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar="CODE",
        help="A finding to leave out. Can be repeated.",
        autocompletion=_codes,
    ),
]
Accept = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help="References that were judged, one per line as printed or as --json prints them:"
        " leave their findings out.",
        show_default=False,
    ),
]
ExitsWithOne = Annotated[
    bool, typer.Option("--exit-code", help="Exit with code 1 if a reference differs.")
]


@reads_inputs
def check(
    manuscript: Manuscripts,
    *,
    records: Records = None,
    online: Online = False,
    as_json: AsJson = False,
    style: CorrectedStyle = "",
    ignore: Ignored = None,
    accept: Accept = None,
    exit_code: ExitsWithOne = False,
    read: "ReadOptions",
    show_columns: ShowColumns = False,
    output: OutputFile = "-",
    quiet: Quiet = False,
) -> int:
    """Find the references of a manuscript that differ from the abstracts they cite.

    References to conference abstracts are compared with the records, part by part; for each that
    differs, the findings and the corrected reference are printed. Other references are only
    counted. A reference without a record is not checked, which does not mean that it is wrong.

    Records come from --records, from pages in the cache that references cite and, with --online,
    from their sites. Nothing is requested without --online.

    The ending of --output decides what is written: a report (.txt, .md, .html), JSON Lines
    (.jsonl), a copy of the Word file with comments (.docx), or a copy of a .bib or .ris file in
    which only the wrong fields change.
    """
    from abstool.checking import CheckOptions
    from abstool.checking import check as check_references
    from abstool.checking.acceptance import unmatched
    from abstool.checking.reports import entry_format
    from abstool.cli.records.library import library_of
    from abstool.cli.records.verdicts import not_an_input, target_of, write
    from abstool.inputs.sources import check_stdin
    from abstool.styles.catalog import find

    if style:
        find(style)
    not_an_input(output, [manuscript, *(records or ())])
    report = Report(quiet=quiet)
    if show_columns:
        return print_columns(records or [], read.sheets, output, report)
    check_stdin([manuscript, *(records or ())], report.note)
    paper = _manuscript(manuscript)
    target = target_of(output, paper, as_json=as_json)
    entries, accepted = entry_format(paper.manuscript, paper.data), _accepted(accept)
    references = paper.manuscript.references
    library, dead = library_of(records or [], references, read, report, online=online)
    codes = frozenset(ignore or ())
    options = CheckOptions(style=style, entries=entries, ignore=codes, accepted=accepted, dead=dead)
    with closing(library):
        checked = replace(paper, verdicts=tuple(check_references(references, library, options)))
    if unmet := unmatched(accepted, checked.verdicts):
        report.note(f"{accept}: {unmet:,} of its references are not in the manuscript")
    with opened(output, is_text=False) as out:
        write(checked, target, out, report)
    if exit_code and checked.having("differs"):
        return max(report.exit_code, ExitCode.SOME_FAILED)
    return report.exit_code


def _accepted(name: str | None) -> "Accepted":
    """Read the references that a person has judged. Raises UsageError."""
    from abstool.checking import acceptance
    from abstool.inputs.files import named_text

    if name is None:
        return {}
    return acceptance.read(named_text(name, "accept").splitlines(), name)


def _manuscript(name: str) -> "CheckedManuscript":
    """Read the manuscript in a file or from standard input. Raises UnreadableInput."""
    from abstool.checking.reports import CheckedManuscript
    from abstool.inputs.sources import STDIN, open_stdin
    from abstool.manuscripts import read
    from abstool.manuscripts.kinds import LARGEST

    most = LARGEST + 1  # which the reader refuses; a manuscript that was cut would look whole
    if name == STDIN:
        name, data = "standard input", open_stdin().read(most)
    else:
        try:
            with open(name, "rb") as file:  # noqa: PTH123 - a Path refuses some names
                data = file.read(most)
        except (OSError, ValueError) as error:  # ValueError: a null character in the name
            reason = reason_of(error)
            raise UnreadableInput(
                name or '""', f"cannot be read ({reason})", "check the name"
            ) from None
    return CheckedManuscript(name, data, read(data, name))
