"""Read the locale files of citeproc-py, the only part of it that abstool uses."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree as ET

from abstool.csl.source import CSL, content_of, parsed
from abstool.errors import UsageError

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def is_known(language: str) -> bool:
    """Return whether there is a locale for a language, or for another dialect of it."""
    dialects, languages = _index()
    return _primary(language) in dialects or language in languages


def locales_of(style: ET.Element, language: str) -> list[ET.Element]:
    """Return the locales of a language in CSL's order: those inside the style, then the files."""
    inside = {locale.get(_LANG): locale for locale in style.iterfind(f"{CSL}locale")}
    locales = [inside[name] for name in (language, _primary(language), None) if name in inside]
    dialects, known = _index()
    names = (language, dialects.get(_primary(language)), "en-US")
    return locales + [_locale(name) for name in dict.fromkeys(names) if name in known]


def _primary(language: str) -> str:
    return language.split("-", maxsplit=1)[0]


@lru_cache(maxsize=4)
def _locale(name: str) -> ET.Element:
    path = _folder() / f"locales-{name}.xml"
    return parsed(path, content_of(path), str(path))


@cache
def _index() -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return the main dialect of each language, and the names of the languages with a file."""
    found = json.loads((_folder() / "locales.json").read_text("utf-8"))
    return found["primary-dialects"], found["language-names"]


@cache
def _folder() -> Path:
    spec = find_spec("citeproc")
    if spec is None or not spec.submodule_search_locations:
        raise UsageError("citeproc-py", "not installed", "reinstall abstool")
    return Path(spec.submodule_search_locations[0]) / "data" / "locales"
