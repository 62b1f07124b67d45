"""``abstool cite``: records, pages or addresses in, citations out."""

from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import chain
from typing import Annotated

import typer

from abstool.cli.options import OutputFile, Quiet
from abstool.cli.output import opened
from abstool.cli.report import Report
from abstool.errors import UsageError
from abstool.sources import STDIN, Citable, check_stdin, fetching, read_citables

EXAMPLES = """\
abstool cite https://acrabstracts.org/abstract/some-title/
abstool parse page.html | abstool cite --accessed 2026-11-23
abstool cite --style bibtex --output refs.bib records.jsonl page.html
"""


def _style_names(incomplete: str) -> list[str]:
    from abstool.formatters import styles

    return [style.name for style in styles() if style.name.startswith(incomplete)]


def cite(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE",
            help="File of JSON, saved page, or address; standard input if - or none.",
            show_default=False,
        ),
    ] = None,
    *,
    style: Annotated[
        str,
        typer.Option(
            "--style",
            "-s",
            metavar="STYLE",
            help="Style or format, see 'abstool styles'; or a .csl file.",
            autocompletion=_style_names,
        ),
    ] = "ama",
    accessed: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="Date of access to print, like 2026-11-23; otherwise the record's, else today.",
            show_default=False,
        ),
    ] = None,
    output: OutputFile = "-",
    quiet: Quiet = False,
) -> int:
    """Print citations of abstracts, in any style.

    JSON may be one object, an array, JSON Lines, or objects one after the other: records of
    abstool, or CSL-JSON items. What a record warns of is noted on standard error.
    """
    from abstool.formatters import cite as render
    from abstool.formatters import document

    names = sources or [STDIN]
    day = _date(accessed) if accessed is not None else None
    render([], style)  # an unknown style is said before anything is read
    report = Report(quiet=quiet)
    check_stdin(names, report.note)
    with opened(output) as out, fetching() as fetch:
        found = chain.from_iterable(read_citables(name, fetch) for name in names)
        items = list(report.results(found, partial(_item, accessed=day, note=report.note)))
        entries = _render(items, style, report)
        if entries:
            out.write(document(entries, style))
            report.success()
    return report.exit_code


def _item(citable: Citable, accessed: date | None, note: Callable[[str], None]) -> Citable:
    """Return the CSL-JSON item of a record in the record's place; note what the record warns of."""
    from abstool.formatters import item_of

    place, content = citable
    if isinstance(content, Exception):
        raise content
    item = item_of(content, accessed=accessed, subject=place)
    warnings = content.get("warnings") if isinstance(content, dict) else content.warnings
    for warning in warnings if isinstance(warnings, list) else ():
        note(f"{place}: warning: {warning}")
    return Citable(place, item)


def _render(items: list[Citable], style: str, report: Report) -> list[str]:
    """Render all items at once; where that fails, leave out those that cannot be rendered."""
    from abstool.formatters import cite as render

    def rendered(some: list[Citable]) -> list[str]:
        return render([item.content for item in some if isinstance(item.content, dict)], style)

    def proven(item: Citable) -> Citable:
        rendered([item])
        return item

    try:
        return rendered(items)
    except Exception:
        sound = list(report.results(items, proven))
        if len(sound) == len(items):
            raise
        return rendered(sound)


def _date(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:  # ISO has other forms, like 2026-W47-1
        raise UsageError("--accessed", f"{text!r} is no date", "write it like 2026-11-23")
    return day
