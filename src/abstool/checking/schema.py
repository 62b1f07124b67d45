"""The JSON Schema of what ``Verdict.to_dict`` returns."""

from __future__ import annotations

from typing import Any, get_args

from abstool.checking.verdict import CODES, Severity, Status

SCHEMA = "abstool-check/1"

_TEXT = {"type": "string"}


def _text(description: str) -> dict[str, str]:
    return {**_TEXT, "description": description}


def _if_status(status: Status, **then: object) -> dict[str, object]:
    return {
        "if": {"properties": {"status": {"const": status}}},
        "then": {"properties": then, "required": [*then]},
    }


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one verdict."""
    finding = {
        "code": {"enum": [*CODES]},
        "severity": {"enum": [*get_args(Severity)]},
        "printed": _text("what the reference prints, empty for what it lacks"),
        "record": _text("what the record has, empty for what should not be there"),
    }
    candidate = {"title": _TEXT, "url": _TEXT}
    verdict = {
        "reference": _text("number in the list, key of the entry, or position"),
        "text": _text("the reference on one line, without its number"),
        "status": {
            "enum": [*get_args(Status)],
            "description": "agrees: no findings; unsure: several records are likely;"
            " not-checked: no such record; other: not a conference abstract",
        },
        "url": _text("URL of the record, empty without one"),
        "number": _text("number of the abstract in the record, empty without one"),
        "findings": {"type": "array", "items": _object(finding)},
        "corrected": _text("the right reference, empty without a record"),
    }
    whole = _object(verdict)
    whole["properties"]["candidates"] = {
        "type": "array",
        "items": _object(candidate),
        "description": "the records that the reference may mean, if that is not sure",
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        "title": "What abstool check prints of one reference",
        **whole,
        "allOf": [
            _if_status("agrees", findings={"maxItems": 0}),
            _if_status("other", findings={"maxItems": 0}),
            _if_status("differs", findings={"minItems": 1}),
            _if_status("unsure", candidates={"minItems": 1}),
        ],
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": [*properties]}
