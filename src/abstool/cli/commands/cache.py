"""The ``cache`` command: show or clear the cache of fetched pages and of indexes."""

from typing import Annotated

import typer

from abstool.cli.options import OutputFile, Quiet, completing
from abstool.cli.output import opened
from abstool.cli.report import Report
from abstool.errors import UsageError
from abstool.text import count_of

EXAMPLES = """\
abstool cache info
abstool cache clear
"""


def cache(
    action: Annotated[
        str,
        typer.Argument(
            metavar="info|clear",
            help="Show a summary of the cache, or remove all its pages and indexes.",
            autocompletion=completing("info", "clear"),
        ),
    ],
    *,
    output: OutputFile = "-",
    quiet: Quiet = False,
) -> int:
    """Show or clear the cache of fetched pages.

    A cached page is used for one day. After that, abstool asks the site whether it has changed. The
    cache also has the indexes of large files of records, made by 'abstool check'.
    """
    if action not in ("info", "clear"):
        raise UsageError(action, "unknown action", "use info or clear")
    from abstool.config import load
    from abstool.matching.index_files import IndexFiles
    from abstool.web.cache import PageCache

    report = Report(quiet=quiet)
    folder = load().cache
    indexes = IndexFiles(folder)
    pages = PageCache(folder, report.note)
    try:
        if action == "clear":
            report.note(f"removed {count_of(pages.clear(), 'page')}")
            if count := indexes.clear():
                report.note(f"removed {count_of(count, 'index', 'indexes')}")
            return report.exit_code
        found, kept = pages.info(), indexes.info()
    finally:
        pages.close()
    facts = {
        "file": str(found.file),
        "pages": str(found.pages),
        "bytes": str(found.size),
        "oldest": found.oldest,
        "newest": found.newest,
    }
    if kept.indexes:
        facts |= {"indexes": str(kept.indexes), "bytes of indexes": str(kept.size)}
    with opened(output) as out:
        out.write("".join(f"{name}\t{value}\n" for name, value in facts.items() if value))
    return report.exit_code
