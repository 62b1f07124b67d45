"""What a library contains, as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import NotRequired, TypedDict

import msgspec

from abstool.library.contents import LibraryFile

SCHEMA = "abstool-library/1"


class MeetingCount(TypedDict):
    """How many abstracts of a meeting were harvested on a date."""

    meeting: NotRequired[str]
    harvested: NotRequired[str]
    abstracts: int


class LibraryReport(TypedDict):
    """What a library contains; ``version`` is that of its tables, ``bytes`` its size on disk."""

    schema: str
    file: str
    version: int
    bytes: int
    abstracts: int
    former_versions: int
    meetings: list[MeetingCount]


def library_report(library: LibraryFile, clean: Callable[[str], str] = str) -> LibraryReport:
    """Return what a library contains; ``clean`` is applied to the names in it."""
    meetings: list[MeetingCount] = []
    for one in library.meetings():
        count: MeetingCount = {"abstracts": one.abstracts}
        if one.meeting:
            count["meeting"] = clean(one.meeting)
        if one.harvested:
            count["harvested"] = clean(one.harvested)
        meetings.append(count)
    path = library.path
    return {
        "schema": SCHEMA,
        "file": str(path),
        "version": library.version(),
        "bytes": sum(
            one.stat().st_size for one in path.parent.glob(f"{path.name}*") if one.is_file()
        ),
        "abstracts": library.count(),
        "former_versions": library.former(),
        "meetings": meetings,
    }


def json_schema() -> dict[str, object]:
    """Return the JSON Schema (draft 2020-12) of the report."""
    schema = msgspec.json.schema(LibraryReport)
    definitions = schema["$defs"]
    report = definitions.pop("LibraryReport")
    report["properties"]["schema"] = {"const": SCHEMA}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        **report,
        "$defs": definitions,
    }
