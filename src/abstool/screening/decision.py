"""A reviewer's decision about a record, and what several of them amount to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args

from abstool.text import tidy

Verdict = Literal["included", "excluded", "maybe", "not-retrieved"]
Outcome = Literal["included", "excluded", "maybe", "not-retrieved", "conflict"]
Stage = Literal["screening", "full-text"]

STAGES: tuple[Stage, ...] = get_args(Stage)
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True)
class Decision:
    """What one reviewer decided about one record at one stage.

    ``reviewer`` is the name in the file, or that of the file if it names nobody. ``source`` says
    where the decision stands: the file, and the line or row.
    """

    stage: Stage
    reviewer: str
    decision: Verdict
    reasons: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    note: str = ""
    source: str = ""

    def to_dict(self) -> dict[str, object]:
        """Return the decision as JSON data, without what is empty."""
        data: dict[str, object] = {
            "stage": self.stage,
            "reviewer": self.reviewer,
            "decision": self.decision,
            "reasons": list(self.reasons),
            "labels": list(self.labels),
            "note": self.note,
            "source": self.source,
        }
        return {name: value for name, value in data.items() if value}


def json_schema() -> dict[str, object]:
    """Return the JSON Schema of what ``decisions`` adds to each record."""
    text = {"type": "string", "minLength": 1}
    texts = {"type": "array", "items": text, "minItems": 1}
    decision = {
        "type": "object",
        "properties": {
            "stage": {"enum": list(STAGES)},
            "reviewer": text,
            "decision": {"enum": list(VERDICTS)},
            "reasons": texts,
            "labels": texts,
            "note": text,
            "source": {**text, "description": "file, and line or row"},
        },
        "required": ["stage", "decision"],
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "abstool/decisions/1",
        "description": "a record (see 'abstool schema') or a CSL-JSON item, with the decisions",
        "type": "object",
        "properties": {
            "decision": {
                "enum": [*VERDICTS, "conflict"],
                "description": "of all reviewers at the stage; absent if nobody decided",
            },
            "decisions": {"type": "array", "items": decision, "minItems": 1},
        },
        "anyOf": [{"required": ["schema", "title"]}, {"required": ["type"]}],
    }


def decisions_in(record: Mapping[str, object]) -> list[Decision]:
    """Return the decisions in the JSON of a record; what has another form is left out."""
    found = record.get("decisions")
    entries = found if isinstance(found, list) else []
    return [decision for entry in entries if (decision := _decision(entry))]


def outcome_of(decisions: Iterable[Decision], stage: Stage) -> Outcome | None:
    """Return what the decisions at a stage amount to; None if there are none.

    It is a conflict if two reviewers decided differently.
    """
    found = {one.decision for one in decisions if one.stage == stage}
    if not found:
        return None
    return found.pop() if len(found) == 1 else "conflict"


def _decision(entry: object) -> Decision | None:
    if not isinstance(entry, dict):
        return None
    stage, decision = entry.get("stage"), entry.get("decision")
    if stage not in STAGES or decision not in VERDICTS:
        return None
    return Decision(
        cast("Stage", stage),
        tidy(entry.get("reviewer") or ""),
        cast("Verdict", decision),
        reasons=_texts(entry.get("reasons")),
        labels=_texts(entry.get("labels")),
        note=tidy(entry.get("note") or ""),
        source=tidy(entry.get("source") or ""),
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(tidy, value)) if isinstance(value, list) else ()
