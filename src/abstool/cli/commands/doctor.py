"""The ``doctor`` command: show what may matter for a problem, without anything private."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from abstool.cli.options import OutputFile
from abstool.cli.output import opened, terminal_width
from abstool.cli.report import Report
from abstool.errors import AbstoolError, ExitCode, printable

EXAMPLES = """\
abstool doctor
abstool doctor --json | jq .extras
abstool doctor --online
"""

_SITE = "https://acrabstracts.org/"
_EXTRA = re.compile(r"^([\w.-]+)[^;]*;\s*extra == [\"']([\w-]+)[\"']")
_NETWORK = (
    *(f"{scheme}_PROXY" for scheme in ("HTTP", "HTTPS", "ALL", "NO")),
    *("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"),
)
_TERMINAL = ("TERM", "COLUMNS", "NO_COLOR", "FORCE_COLOR", "PAGER", "LANG", "LC_ALL")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Online = Annotated[
    bool,
    typer.Option("--online", help=f"Also ask for {_SITE}, to see if it answers."),
]


class Fact(NamedTuple):
    """One line: its name and value, and whether it may be the problem."""

    name: str
    value: str
    is_problem: bool = False


def doctor(*, as_json: AsJson = False, online: Online = False, output: OutputFile = "-") -> int:
    """Show versions, extras, settings, cache, library, terminal and network, for a bug report.

    Nothing private is printed: home folders are ~, and of contacts, proxies and certificates only
    whether they are set. Nothing is requested without --online. The exit code is 1 if something is
    wrong, such as a damaged library.
    """
    sections = {
        "versions": list(_versions()),
        "extras": list(_extras()),
        "settings": list(_guarded("settings", _settings)),
        "cache": list(_guarded("cache", _cache)),
        "library": list(_guarded("library", _library)),
        "terminal": list(_terminal()),
        "network": [*_network(), *(_guarded("site", _reach) if online else ())],
    }
    report = Report()
    with opened(output) as out:
        if as_json:
            out.write_json(
                {name: {one.name: one.value for one in facts} for name, facts in sections.items()},
                indent=2,
            )
        else:
            blocks = (_block(name, facts) for name, facts in sections.items())
            out.write("\n".join(blocks))
    problems = [one for facts in sections.values() for one in facts if one.is_problem]
    for one in problems:
        report.note(f"{one.name}: {one.value}")
    return ExitCode.SOME_FAILED if problems else ExitCode.OK


def _block(name: str, facts: list[Fact]) -> str:
    width = max((len(one.name) for one in facts), default=0)
    lines = (f"  {one.name:<{width}}  {printable(one.value)}".rstrip() for one in facts)
    return "".join(f"{line}\n" for line in (f"{name}:", *lines))


def _guarded(name: str, facts: Callable[[], Iterator[Fact]]) -> Iterator[Fact]:
    """Yield facts; an error that keeps them from being read is one of them."""
    try:
        yield from facts()
    except AbstoolError as error:
        yield Fact(name, _without_home(str(error)), is_problem=True)


def _versions() -> Iterator[Fact]:
    import sqlite3

    from abstool._version import __version__

    yield Fact("abstool", __version__)
    yield Fact("Python", f"{platform.python_version()} ({platform.python_implementation()})")
    yield Fact("system", f"{platform.system()} {platform.release()} {platform.machine()}")
    yield Fact("SQLite", sqlite3.sqlite_version)


def _extras() -> Iterator[Fact]:
    """Yield each extra with the versions of its libraries, as pyproject.toml lists them."""
    extras: dict[str, list[str]] = {}
    try:
        required = metadata.requires("abstool") or []
    except metadata.PackageNotFoundError:  # run from a checkout
        required = []
    for line in required:
        if found := _EXTRA.match(line):
            extras.setdefault(found[2], []).append(found[1])
    for extra, names in sorted(extras.items()):
        yield Fact(extra, ", ".join(f"{name} {_version(name)}" for name in names))
    if not extras:
        yield Fact("extras", "unknown, since abstool is not installed")


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "missing"


def _settings() -> Iterator[Fact]:
    from abstool.config import SETTINGS, config_file, load

    file = config_file()
    yield Fact("file", _without_home(str(file)) + ("" if file.exists() else " (not found)"))
    settings = load()
    for name in SETTINGS:
        value = getattr(settings, name)
        shown = ("set" if value else "not set") if name == "contact" else _without_home(str(value))
        yield Fact(name, f"{shown} ({_without_home(settings.origins[name])})")


def _cache() -> Iterator[Fact]:
    from abstool.config import load
    from abstool.matching.index_files import IndexFiles
    from abstool.web.cache import PageCache

    folder, notes = load().cache, list[str]()
    pages = PageCache(folder, notes.append)
    try:
        found = pages.info()
    finally:
        pages.close()
    yield Fact("pages", f"{found.pages:,}, {found.size:,} bytes")
    kept = IndexFiles(folder).info()
    yield Fact("indexes", f"{kept.indexes:,}, {kept.size:,} bytes")
    yield from (Fact("problem", _without_home(note), is_problem=True) for note in notes)


def _library() -> Iterator[Fact]:
    from abstool.config import load
    from abstool.library import reading

    path = load().library
    if not path.exists():
        yield Fact("records", "no library")
        return
    with reading(path) as library:
        health = str(library.database.execute("PRAGMA quick_check(1)").fetchone()[0])
        yield Fact("records", f"{library.count():,}, {path.stat().st_size:,} bytes")
        yield Fact("health", health, is_problem=health != "ok")


def _terminal() -> Iterator[Fact]:
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        kind = "closed" if stream is None else "terminal" if stream.isatty() else "not a terminal"
        yield Fact(name, f"{kind}, {getattr(stream, 'encoding', '')}")
    yield Fact("width", str(terminal_width()))
    yield from (Fact(name, os.environ[name]) for name in _TERMINAL if name in os.environ)


def _network() -> Iterator[Fact]:
    named = (name for name in _NETWORK if os.environ.get(name) or os.environ.get(name.lower()))
    found = [Fact(name, "set") for name in named]
    yield from found or [Fact("proxy and certificates", "not set")]


def _reach() -> Iterator[Fact]:
    from abstool.web.crawler import CacheOptions, Crawler

    with Crawler(many=False, caching=CacheOptions(refresh=True)) as crawler:
        crawler.get(_SITE)
    yield Fact("site", f"{_SITE} answers")


def _without_home(text: str) -> str:
    """Return text with the home folder as ``~``, whose name is often that of a person."""
    home = str(Path("~").expanduser())
    return text.replace(home, "~") if len(home) > 1 else text
