"""What may matter for a problem: versions, settings, files, terminal and network."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from abstool.cli.output import terminal_width
from abstool.errors import AbstoolError, masked, printable

SITE = "https://acrabstracts.org/"
_EXTRA = re.compile(r"^([\w.-]+)[^;]*;\s*extra == [\"']([\w-]+)[\"']")
NETWORK = (
    *(f"{scheme}_PROXY" for scheme in ("HTTP", "HTTPS", "ALL", "NO")),
    *("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"),
)
TERMINAL = ("TERM", "COLUMNS", "NO_COLOR", "FORCE_COLOR", "PAGER", "LANG", "LC_ALL")


class Fact(NamedTuple):
    """One line: its name and value, and whether it may be the problem."""

    name: str
    value: str
    is_problem: bool = False


def sections_of(*, online: bool) -> dict[str, list[Fact]]:
    """Return the facts by section; only ``online`` is a site asked.

    Home folders are ``~``, and for contacts, proxies and certificates the facts say only whether
    they are set, so that a person can show them to anybody.
    """
    return {
        "versions": list(_versions()),
        "extras": list(_extras()),
        "settings": list(_guarded("settings", _settings)),
        "cache": list(_guarded("cache", _cache)),
        "library": list(_guarded("library", _library)),
        "terminal": list(_terminal()),
        "network": [*_network(), *(_guarded("site", _reach) if online else ())],
    }


def _guarded(name: str, facts: Callable[[], Iterator[Fact]]) -> Iterator[Fact]:
    """Yield facts; an error that keeps them from being read is one of them."""
    try:
        yield from facts()
    except (AbstoolError, OSError) as error:  # OSError: a name too long, a folder without access
        yield Fact(name, _shareable(printable(str(error))), is_problem=True)


def _versions() -> Iterator[Fact]:
    from abstool._version import __version__
    from abstool.sqlite import VERSION

    yield Fact("abstool", __version__)
    yield Fact("Python", f"{platform.python_version()} ({platform.python_implementation()})")
    yield Fact("system", f"{platform.system()} {platform.release()} {platform.machine()}")
    yield Fact("SQLite", VERSION)


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
    from abstool.config import SETTINGS, config_file, is_there, load

    file = config_file()
    yield Fact("file", _shareable(str(file)) + ("" if is_there(file) else " (not found)"))
    settings = load()
    for name in SETTINGS:
        value = getattr(settings, name)
        shown = ("set" if value else "not set") if name == "contact" else _shareable(str(value))
        yield Fact(name, f"{shown} ({_shareable(settings.origins[name])})")


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
    yield from (Fact("problem", _shareable(note), is_problem=True) for note in notes)


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
    yield from (Fact(name, os.environ[name]) for name in TERMINAL if name in os.environ)


def _network() -> Iterator[Fact]:
    named = (name for name in NETWORK if os.environ.get(name) or os.environ.get(name.lower()))
    found = [Fact(name, "set") for name in named]
    yield from found or [Fact("proxy and certificates", "not set")]


def _reach() -> Iterator[Fact]:
    from abstool.web.crawler import CacheOptions, Crawler

    with Crawler(many=False, caching=CacheOptions(refresh=True)) as crawler:
        crawler.get(SITE)
    yield Fact("site", f"{SITE} answers")


def _shareable(text: str) -> str:
    """Return text with the home folder as ``~``, often the name of a person, without passwords."""
    home = str(Path("~").expanduser())
    return masked(text.replace(home, "~") if len(home) > 1 else text)
