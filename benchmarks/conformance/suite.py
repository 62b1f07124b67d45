"""Read the fixtures of the CSL project's processor tests, and compare what engines print with them.

An entry is compared as a reader sees it: a sequence of characters, each with its formatting. White
space is one space without formatting, and links count as their text.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, TypeAlias

_SECTION = re.compile(r">>=+ ([A-Z0-9-]+) =+>>\n(.*?)\n?<<=+ \1 =+<<", re.DOTALL)
_CLUSTER_NUMBER = re.compile(r"^(?:>>|\.\.)\[\d+\] ", re.MULTILINE)
_ENTRY = "csl-entry"
_WRAPPERS = ("csl-bib-body", _ENTRY)
_STYLE = re.compile(r"([a-z-]+)\s*:\s*([a-z-]+)")

Character: TypeAlias = tuple[str, frozenset[str]]  # with its formatting
Entry: TypeAlias = list[Character]

_BY_TAG = {
    "i": "italic",
    "em": "italic",
    "b": "bold",
    "strong": "bold",
    "sup": "raised",
    "sub": "lowered",
    "u": "underlined",
}
# The formatting that a CSS declaration adds, or, with a minus, takes away.
_BY_STYLE = {
    "font-style:italic": "italic",
    "font-style:oblique": "italic",
    "font-style:normal": "-italic",
    "font-weight:bold": "bold",
    "font-weight:normal": "-bold",
    "font-variant:small-caps": "small capitals",
    "font-variant:normal": "-small capitals",
    "text-decoration:underline": "underlined",
    "text-decoration:none": "-underlined",
    "vertical-align:super": "raised",
    "vertical-align:sub": "lowered",
}


@dataclass(frozen=True)
class Fixture:
    """A test: a style, items and what a processor must print for them."""

    name: str
    mode: str  # citation or bibliography
    style: str
    items: list[dict[str, Any]]
    clusters: list[dict[str, Any]] | None  # None: all items are one cluster
    is_document: bool  # whether the clusters are those of one document, in its order
    result: str

    @property
    def category(self) -> str:
        """The first word of the name."""
        return self.name.partition("_")[0]

    def expected(self) -> list[Entry]:
        """Return the entries that must come out."""
        if self.mode == "bibliography":
            return entries_of(self.result)
        return [seen(line) for line in self.lines()]

    def lines(self) -> list[str]:
        """Return the lines of the result of a citation, without their numbers."""
        if self.clusters is None:
            return [self.result]
        return _CLUSTER_NUMBER.sub("", self.result).splitlines()


def fixtures(folder: Path, names: set[str] | None = None) -> list[Fixture]:
    """Return the fixtures of a folder, in the order of their names, or only those named."""
    files = sorted(folder.glob("*_*.txt"))
    return [_fixture(file) for file in files if names is None or file.stem in names]


def _fixture(file: Path) -> Fixture:
    sections = dict(_SECTION.findall(file.read_text("utf-8").replace("\r\n", "\n")))
    items = [{"id": f"item {n}"} | item for n, item in enumerate(json.loads(sections["INPUT"]), 1)]
    if "BIBENTRIES" in sections:  # each list updates the bibliography; the last one counts
        wanted = json.loads(sections["BIBENTRIES"])[-1]
        by_id = {str(item["id"]): item for item in items}
        items = [by_id[str(one)] for one in wanted]
    return Fixture(
        name=file.stem,
        mode=sections["MODE"].strip(),
        style=sections["CSL"].strip(),
        items=items,
        clusters=_clusters(sections),
        is_document="CITATIONS" in sections,
        result=sections["RESULT"].strip(),
    )


def _clusters(sections: dict[str, str]) -> list[dict[str, Any]] | None:
    if "CITATIONS" in sections:
        return _final_state(json.loads(sections["CITATIONS"]))
    if "CITATION-ITEMS" in sections:
        listed = json.loads(sections["CITATION-ITEMS"])
        return [{"citationItems": cites, "properties": {"noteIndex": 0}} for cites in listed]
    return None


def _final_state(steps: list[Any]) -> list[dict[str, Any]]:
    """Return the clusters of a document after all edits, in its order, with their last notes."""
    known: dict[str, dict[str, Any]] = {}
    order: list[tuple[str, int]] = []
    for cluster, before, after in steps:
        note = cluster.get("properties", {}).get("noteIndex", 0)
        name = cluster.get("citationID") or f"cluster {len(known)}"
        known[name] = cluster
        order = [*map(tuple, before), (name, note), *map(tuple, after)]
    return [
        known[name] | {"properties": {**known[name].get("properties", {}), "noteIndex": note}}
        for name, note in order
    ]


def entries_of(bibliography: str) -> list[Entry]:
    """Return the entries of a bibliography in HTML."""
    reader = _Reader()
    reader.feed(bibliography)
    reader.close()
    return [_trimmed(entry) for entry in reader.entries]


def seen(text: str) -> Entry:
    """Return the characters of an HTML text without a wrapper."""
    reader = _Reader()
    reader.entries.append([])
    reader.feed(text)
    reader.close()
    return _trimmed([one for entry in reader.entries for one in entry])


class _Reader(HTMLParser):
    """Collects the characters of entries with their formatting."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.entries: list[Entry] = []
        self._open: list[tuple[str, frozenset[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        formats = set(self._formats)
        if tag in _BY_TAG:
            formats.add(_BY_TAG[tag])
        for name, value in _STYLE.findall(values.get("style", "").lower()):
            change = _BY_STYLE.get(f"{name}:{value}", "")
            formats.discard(change.removeprefix("-"))
            if change and not change.startswith("-"):
                formats.add(change)
        classes = values.get("class", "").split()
        if _ENTRY in classes:
            self.entries.append([])
        formats |= {one for one in classes if one.startswith("csl-")} - set(_WRAPPERS)
        if tag != "br":
            self._open.append((tag, frozenset(formats)))

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index][0] == tag:
                del self._open[index:]
                return

    def handle_data(self, data: str) -> None:
        if self.entries:
            self.entries[-1] += [(sign, self._formats) for sign in data]

    @property
    def _formats(self) -> frozenset[str]:
        return self._open[-1][1] if self._open else frozenset()


def _trimmed(entry: Entry) -> Entry:
    """Return an entry with single spaces without formatting, and none at its ends."""
    kept: Entry = []
    for sign, formats in entry:
        if not sign.isspace():
            kept.append((sign, formats))
        elif kept and kept[-1][0] != " ":
            kept.append((" ", frozenset()))
    if kept and kept[-1][0] == " ":
        kept.pop()
    return kept
