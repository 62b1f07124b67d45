"""Find the style or format that a name stands for, and list all names.

A name is what a user types: ``AMA``, ``vancouver``, ``json``, a style's Zotero URL, a path. It is
looked up in this order: formats (the modules of ``abstool.formats``), abstool's own styles,
aliases, the styles of the CSL project, files. No style is parsed and no format is imported.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from abstool.errors import UsageError, require
from abstool.styles import archive
from abstool.styles.search import normal, ranked

Kind = Literal["own style", "format", "alias", "CSL style"]

_LARGEST = 5_000_000  # bytes of a style; the largest one of the CSL project has 0.2 million
_OWN = Path(__file__).parent
_FORMATS = Path(__file__).parent.parent / "formats"

# Names that people type; the CSL project adds the former names of its styles. A program's name is
# the format that it imports best: docs/reference/formats.md has the reasons.
_ALIASES = {
    "acs": "american-chemical-society",
    "ama-10th-edition": "ama-10",
    "ama-11th-edition": "ama-11",
    "ama10": "ama-10",
    "ama11": "ama-11",
    "apa-7": "apa",
    "apa-7th-edition": "apa",
    "apa7": "apa",
    "arthritis-and-rheumatology": "arthritis-and-rheumatism",  # its name since 2014
    "ard": "annals-of-the-rheumatic-diseases",
    "asa": "american-sociological-association",
    "asreview": "csv",
    "bib": "bibtex",
    "bib-latex": "biblatex",
    "chicago": "chicago-author-date",
    "covidence": "ris",
    "cse": "taylor-and-francis-council-of-science-editors-numeric",
    "csl": "csljson",
    "csl-json": "csljson",
    "endnote": "ris",
    "eppi": "ris",
    "eppi-reviewer": "ris",
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
    "rayyan": "csv",
    "zotero": "ris",
}

# Patterns are compiled on first use; most styles are found by their names.
_ZOTERO = r"(?i)^https?://(?:www\.)?zotero\.org/styles/"
_PARENT = rb"<link\b[^<>]*\brel=\"independent-parent\"[^<>]*>"
_STYLE_NAME = rb"\bhref=\"[^\"]*/([^/\"]+)\""
_LOCALE = rb"\bdefault-locale=\"([A-Za-z-]+)\""
_TITLE = rb"(?s)<title>(.*?)</title>"


class CatalogRow(NamedTuple):
    """A line of ``abstool styles``; the title of an alias is the name it stands for."""

    name: str
    kind: Kind
    title: str = ""


class ExportFormat(NamedTuple):
    """An export format: the name of its module."""

    name: str


class StyleFile(NamedTuple):
    """A citation style: its name and its rules.

    Attributes:
        source: a file, or the XML from the archive.
        own: whether it is one of abstool's own styles.
        locale: the language of a dependent style, or "".
    """

    name: str
    source: Path | bytes
    own: bool = False
    locale: str = ""


@cache
def formats() -> tuple[str, ...]:
    """Return the names of the formats: the modules of ``abstool.formats``."""
    return tuple(sorted(path.stem for path in _FORMATS.glob("[!_]*.py")))


def find(style: str | os.PathLike[str]) -> StyleFile | ExportFormat:
    """Return the style or format with this name or path; raise UsageError if it is unknown."""
    require("style", style, (str, os.PathLike), "the name of a style or a path")
    style = os.fspath(style)
    name = _normal(style)
    if found := _built_in(name):
        return found
    name = _ALIASES.get(name, name)
    if found := _built_in(name) or _archived(name):
        return found
    next_step = "use the name of a style or a .csl file"
    try:
        path = Path(style).expanduser()
    except RuntimeError:
        raise UsageError(style, "unknown user", "give the full path", argument="style") from None
    if path.suffix.lower() == ".csl" or len(path.parts) > 1:
        if not _is_file(path):
            raise UsageError(style, "file not found", next_step, argument="style")
        return _from_file(path)
    raise UsageError(
        f"style {style!r}",
        "not found",
        _suggestion(name),
        argument="style",
        page="reference/styles",
    )


def _built_in(name: str) -> StyleFile | ExportFormat | None:
    """Return the format or own style with this name, if there is one."""
    if name in formats():
        return ExportFormat(name)
    path = _own_styles().get(name)
    return StyleFile(name, path, own=True) if path else None


def listing(word: str = "") -> list[CatalogRow]:
    """Return all names that ``find`` accepts, or those that ``word`` finds, the nearest first.

    ``word`` can be several words, each the beginning of one in a name or title. The titles of CSL
    styles are shown only if there is a word.
    """
    word = word.strip()
    rows = [CatalogRow(name, "format") for name in formats()]
    rows += [CatalogRow(name, "own style", _title(path)) for name, path in _own_styles().items()]
    rows += _of_csl(with_titles=bool(word))
    return ranked(rows, word) if word else rows


def _of_csl(*, with_titles: bool) -> list[CatalogRow]:
    """Return the aliases and the styles of the CSL project."""
    rows = [CatalogRow(name, "alias", target) for name, target in sorted(_aliases().items())]
    titles = ((one.name, one.title if with_titles else "") for one in _styles())
    return [*rows, *(CatalogRow(name, "CSL style", title) for name, title in titles)]


def _normal(style: str) -> str:
    name = style.strip()
    if "/" in name:
        name = re.sub(_ZOTERO, "", name)
    return normal(name)


@cache
def _own_styles() -> dict[str, Path]:
    return {path.stem: path for path in sorted(_OWN.glob("*.csl"))}


@cache
def _aliases() -> dict[str, str]:
    former = {row.name: row.target for row in archive.rows() if row.kind == "renamed"}
    found = former | _ALIASES
    return {name: found[name] for name in found if name not in (*formats(), *_own_styles())}


def _styles() -> list[archive.Row]:
    return [row for row in archive.rows() if row.kind != "renamed"]


def _archived(name: str) -> StyleFile | None:
    """Return the style of the CSL project with this name, if there is one."""
    if not (row := archive.row(name)):
        return None
    if row.kind == "style":
        return StyleFile(row.name, archive.rules(row))
    return _dependent(row.name, row.target, row.locale, f"style {row.name!r}")


def _from_file(path: Path) -> StyleFile:
    """Return the style in a file, which may be a dependent one."""
    name = path.stem.lower()
    try:
        with path.open("rb") as file:
            text = file.read(_LARGEST + 1)
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise UsageError(str(path), problem, "check the file", argument="style") from None
    if len(text) > _LARGEST:
        problem = f"larger than {_LARGEST / 1e6:g} MB"
        raise UsageError(str(path), problem, "use a CSL style", argument="style")
    if not (link := re.search(_PARENT, text)):
        return StyleFile(name, path)
    parent, locale = re.search(_STYLE_NAME, link[0]), re.search(_LOCALE, text)
    target = parent[1].decode("utf-8", "replace") if parent else ""
    return _dependent(name, target, locale[1].decode() if locale else "", str(path))


def _dependent(name: str, parent: str, locale: str, subject: str) -> StyleFile:
    """Return a style with the rules of its parent and a language of its own."""
    rules = archive.row(_ALIASES.get(parent, parent))
    if rules and rules.kind == "style":
        return StyleFile(name, archive.rules(rules), locale=locale)
    problem = f"depends on the style {parent!r}, which is unknown"
    raise UsageError(subject, problem, argument="style")


def _is_file(path: Path) -> bool:
    """Return whether a path is that of a file; False for one that no file can have."""
    return os.path.isfile(path)  # noqa: PTH113 - a Path raises an error if the name is too long


def _title(path: Path) -> str:
    from html import unescape  # noqa: PLC0415 - used for lists only

    with path.open("rb") as file:
        title = re.search(_TITLE, file.read(2048))
    return " ".join(unescape(title[1].decode("utf-8", "replace")).split()) if title else ""


def _suggestion(name: str) -> str:
    """Return advice for an unknown name, with the most similar known names."""
    from difflib import get_close_matches  # noqa: PLC0415 - used for unknown names only

    rows = [CatalogRow(one, "own style") for one in (*formats(), *_own_styles())]
    rows += _of_csl(with_titles=True)
    near = [row.name for row in ranked(rows, name, within_words=False)][:3]
    near = near or get_close_matches(name, [row.name for row in rows], n=3, cutoff=0.75)
    meant = f"did you mean {', '.join(near)}? " if near else ""
    return f"{meant}search with 'abstool styles WORD'"
