"""Describe the settings, the environment variables and the files of abstool, as data."""

from __future__ import annotations

from dataclasses import dataclass

from abstool.config import FILE, LIBRARY_FILE, SETTINGS, variable

Row = tuple[str, str]  # a variable or path, and what it means


@dataclass(frozen=True)
class Setting:
    """One setting: its name in the configuration file, its variable, its meaning and default.

    ``default`` is a value, or the path on Linux.
    """

    name: str
    variable: str
    meaning: str
    default: str


_LIBRARY = f"~/.local/share/abstool/{LIBRARY_FILE}"
_MEANINGS = {
    "contact": ("E-mail address or URL that is sent to the sites.", ""),
    "delay": ("Seconds between two requests to a site, at least 1.", "1"),
    "timeout": ("Seconds to wait for a response.", "30"),
    "cache": ("Folder of the fetched pages.", "~/.cache/abstool"),
    "library": ("File of the library.", _LIBRARY),
    "style": ("Style of 'abstool cite' if no --style is given.", "ama"),
}

_CONFIGURATION = (
    'Configuration file, in TOML. Each line is a setting, such as contact = "me@example.org". A'
    " setting has the name of its variable, in lower case and without ABSTOOL_."
)
FILES: tuple[Row, ...] = (
    (f"~/.config/abstool/{FILE}", _CONFIGURATION),
    ("~/.cache/abstool/", "Cache of fetched pages, and of the indexes of large files."),
    (_LIBRARY, "The library."),
)
FILES_ELSEWHERE = (
    "These are the paths on Linux; XDG_CONFIG_HOME, XDG_CACHE_HOME and XDG_DATA_HOME move them."
    " 'abstool config' prints those in use."
)

_OTHER_VARIABLES: tuple[Row, ...] = (
    ("ABSTOOL_CONFIG", "Path of the configuration file."),
    ("ABSTOOL_DEBUG", "If set, each error is followed by a traceback, for a bug report."),
    ("HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY", "Proxies, and hosts that need none."),
    ("REQUESTS_CA_BUNDLE", "File of certificates to trust, such as that of a proxy."),
    ("NO_COLOR", "If set, output is never coloured."),
    ("FORCE_COLOR", "If set, output is coloured even if it does not go to a terminal."),
    ("PAGER", "Pager of 'abstool show'; none if it is empty. [default: less]"),
)


def settings() -> list[Setting]:
    """Return all settings, in the order in which 'abstool config' prints them."""
    return [Setting(name, variable(name), *_MEANINGS[name]) for name in SETTINGS]


def variables() -> list[Row]:
    """Return all environment variables that abstool reads."""
    own = [
        (one.variable, f"{one.meaning} [default: {one.default}]" if one.default else one.meaning)
        for one in settings()
    ]
    return [*own, *_OTHER_VARIABLES]
