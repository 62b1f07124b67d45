"""Write the man pages: ``abstool.1``, and ``abstool-cite.1`` and so on for the commands.

``python -m manual.man FOLDER`` writes them all. The pages have no date: the same version always
makes the same files.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from abstool._version import __version__
from manual.commands import PROGRAM, CommandPage, Overview, Row, overview, pages
from manual.roff import bold, escaped, lines, paragraph, prose, section, tagged, typed, verbatim
from manual.settings import FILES, FILES_ELSEWHERE, variables

_SEPARATELY = "Each command has a page of its own, such as {}."
_OTHER_CODES = "0 if all went well. {} lists the other exit codes."


def man_pages() -> dict[str, str]:
    """Return the text of each page by the name of its file."""
    commands = pages()
    names = [page.name for page in commands]
    texts = {_title(page.name): _command(page, names) for page in commands}
    texts[PROGRAM] = _program(overview(), names)
    return {f"{title}.1": "".join(f"{line}\n" for line in text) for title, text in texts.items()}


def write(folder: Path) -> list[Path]:
    """Write all pages to a folder, which is made if need be, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{PROGRAM}*.1"):  # of a command that is no more
        old.unlink()
    paths = []
    for name, text in man_pages().items():
        paths.append(folder / name)
        paths[-1].write_text(text, "ascii")
    return paths


def _command(page: CommandPage, names: list[str]) -> Iterator[str]:
    title = _title(page.name)
    yield from _start(title, page.usage, page.summary)
    description = (paragraph(prose(text)) for text in (page.summary, *page.description))
    yield from section("DESCRIPTION", *description)
    yield from section("ARGUMENTS", _rows(page.arguments))
    yield from section("OPTIONS", _rows(page.options))
    yield from section("EXAMPLES", verbatim(page.examples))
    yield from section("EXIT STATUS", paragraph(_OTHER_CODES.format(_reference(PROGRAM))))
    others = [PROGRAM, *(_title(name) for name in names if name in _mentioned(page))]
    yield from section("SEE ALSO", paragraph(", ".join(map(_reference, others))))


def _program(page: Overview, names: list[str]) -> Iterator[str]:
    yield from _start(page.name, page.usage, page.summary)
    separately = _SEPARATELY.format(_reference(_title(names[0])))
    yield from section("DESCRIPTION", paragraph(prose(page.summary)), paragraph(separately))
    yield ".SH COMMANDS"
    for heading, rows in page.sections:
        yield f".SS {escaped(heading)}"
        yield from _rows(rows)
    yield from section("OPTIONS", _rows(page.options))
    yield from section("EXAMPLES", verbatim(page.examples))
    codes = ((str(code), meaning) for code, meaning in page.exit_codes)
    yield from section("EXIT STATUS", _rows(codes), paragraph(prose(page.exit_code_of_all)))
    yield from section("ENVIRONMENT", _named(variables()))
    yield from section("FILES", _named(FILES), paragraph(prose(FILES_ELSEWHERE)))
    titles = map(_title, names)
    yield from section("SEE ALSO", paragraph(", ".join(map(_reference, titles))))


def _start(title: str, usage: str, summary: str) -> Iterator[str]:
    """Yield the head of a page, its name with a summary for whatis, and its usage."""
    version = f"{PROGRAM} {__version__}"
    yield f'.TH {escaped(title.upper())} 1 "" "{escaped(version)}" "{escaped(PROGRAM)} manual"'
    # No words are broken, no gaps are stretched, and a sentence ends with one space.
    yield from (".nh", ".ad l", ".ss 12 0")
    short = summary.removesuffix(".")
    if short[1:2].islower():  # not EPUB
        short = short[0].lower() + short[1:]
    yield from section("NAME", lines(f"{escaped(title)} \\- {escaped(short)}"))
    yield from section("SYNOPSIS", lines(typed(usage)))


def _rows(rows: Iterable[Row]) -> Iterator[str]:
    for name, meaning in rows:
        yield from tagged(typed(name), prose(meaning))


def _named(rows: Iterable[Row]) -> Iterator[str]:
    for name, meaning in rows:
        yield from tagged(bold(name), prose(meaning))


def _title(name: str) -> str:
    return f"{PROGRAM}-{name}"


def _reference(title: str) -> str:
    return f"{bold(title)}(1)"


def _mentioned(page: CommandPage) -> set[str]:
    """Return the other commands that a page has in its text or examples."""
    texts = [page.summary, *page.description, *page.examples]
    texts += [meaning for _, meaning in (*page.arguments, *page.options)]
    return set(re.findall(rf"\b{PROGRAM} ([a-z]+)", "\n".join(texts))) - {page.name}


if __name__ == "__main__":
    write(Path(sys.argv[1]))
