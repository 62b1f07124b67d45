"""Read pandoc's YAML: the list under ``references``, in a file of its own or above a document.

The entries of the list are loaded one by one, so that a damaged one does not stop the others.
Anchors are refused, since a few bytes of them can stand for gigabytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import yaml

from abstool.errors import printable
from abstool.inputs.references.bibtex.latex import decoded
from abstool.inputs.references.csl_json import adapted
from abstool.inputs.references.fields import Entry, InvalidEntryError, Reading
from abstool.item import clean

_KEY = re.compile(r"^references:[ \t]*(?:#.*)?$", re.MULTILINE)
_ITEM = re.compile(r"( *)- ?")
_DEPTH = 50
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every value is a text
_SPAN = re.compile(r"\[([^\[\]]*)\]\{\.(nocase|smallcaps)\}")
_MARKS = ((r"\*\*", "b"), (r"\*", "i"), (r"\^", "sup"), ("~", "sub"))
_MARKED = [
    (re.compile(rf"(?<!\\){mark}(?=\S)([^*^~\n]+?)(?<=[^\s\\]){mark}"), tag) for mark, tag in _MARKS
]
# As pandoc has it, no digit follows a formula: $5 and US$10 are prices.
_FORMULA = re.compile(r"(?<![\\$])\$(?=[^\s$])[^$\n]{1,300}(?<=[^\s\\])\$(?!\d)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_FORMATTED = ("title", "container-title", "abstract", "note", "title-short", "collection-title")


def entries(text: str) -> Iterator[Entry]:
    """Yield the line number of each entry with what reads it."""
    found = _KEY.search(text)
    if not found:
        return
    number = text.count("\n", 0, found.end()) + 1
    indent, start, lines = None, 0, list[str]()
    for number, line in enumerate(text[found.end() :].split("\n")[1:], number + 1):  # noqa: B020
        item = _ITEM.match(line)
        if item and (indent is None or len(item[1]) == indent):
            if lines:
                yield start, partial(_read, lines)
            indent, start, lines = len(item[1]), number, [line]
        elif indent is None and line.strip() and not line.lstrip().startswith("#"):
            return
        elif line.strip() and len(line) - len(line.lstrip()) <= (indent or 0):
            break
        else:
            lines.append(line)
    if lines:
        yield start, partial(_read, lines)


def _read(lines: list[str]) -> Reading:
    text = "\n".join(lines)
    try:
        _check(text)
        value = yaml.load(text, Loader=_LOADER)  # noqa: S506 - it makes texts, lists and dicts
    except yaml.YAMLError as error:
        problem = getattr(error, "problem", "") or "an invalid character"
        raise InvalidEntryError(f"invalid YAML ({printable(problem)})") from None
    item = value[0] if isinstance(value, list) and value else None
    if not isinstance(item, dict):
        raise InvalidEntryError("the entry has no fields")
    formatted = {
        str(name): _formatted(field) if name in _FORMATTED and isinstance(field, str) else field
        for name, field in item.items()
    }
    reading = adapted(formatted)
    item = clean({"type": "document", **reading.item})
    if not item.keys() - {"id", "type"}:
        raise InvalidEntryError("the entry is empty")
    return reading._replace(item=item)


def _check(text: str) -> None:
    """Raise InvalidEntryError for anchors and for deep nesting, which take memory or the stack."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise InvalidEntryError("anchors and aliases of YAML are not read")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEPTH:
                raise InvalidEntryError("nested too deeply")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _formatted(text: str) -> str:
    """Return pandoc's Markdown with CSL's tags."""
    text = _FORMULA.sub(lambda formula: decoded(formula[0]), _SPAN.sub(_span, text))
    for pattern, tag in _MARKED:
        text = pattern.sub(rf"<{tag}>\1</{tag}>", text)
    return _ESCAPED.sub(r"\1", text)


def _span(match: re.Match[str]) -> str:
    if match[2] == "smallcaps":
        return f"<sc>{match[1]}</sc>"
    return f'<span class="nocase">{match[1]}</span>'
