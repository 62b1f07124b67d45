"""Read the decisions that an entry of a screening tool's export holds.

They are in the notes of Rayyan and of ASReview's RIS, in ASReview's columns, or in a plain column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from abstool.screening import rayyan
from abstool.screening.decision import Decision, Stage, Verdict
from abstool.text import fold, tidy

# Names of columns that hold a decision, the most telling first; ASReview reads these names, too.
_COLUMNS = (
    "asreviewlabel finallabel labelfinal decision finaldecision screeningdecision inclusion "
    "finalincluded includedfinal included include labelincluded includedlabel includedflag "
    "includedabstract finalinclusion label screening verdict"
)
_REASONS = "exclusionreason exclusionreasons reasonforexclusion reasonsforexclusion reason reasons"
_REVIEWERS = "reviewer screener rater assessor"
_NOTES = "asreviewnote comment comments remark remarks"
_LABELS = "labels tags asreviewtags"
_OTHERS = frozenset(f"{_REASONS} {_REVIEWERS} {_NOTES} {_LABELS}".split())
_WORDS: dict[str, Verdict] = {
    **dict.fromkeys(
        "included include include? in yes y 1 true relevant accept accepted".split(), "included"
    ),
    **dict.fromkeys(
        "excluded exclude out no n 0 false irrelevant reject rejected".split(), "excluded"
    ),
    **dict.fromkeys("maybe unsure unclear uncertain undecided ?".split(), "maybe"),
    **dict.fromkeys(("not retrieved", "notretrieved", "unavailable"), "not-retrieved"),
}
_UNSEEN = frozenset(("", "-1", "nan", "none", "null", "na", "n/a", "not seen", "unscreened"))
_ASREVIEW = re.compile(r"\bASReview_(?:validate_)?(relevant|irrelevant|not_seen)\b", re.IGNORECASE)
_EXCLUDED_BECAUSE = re.compile(r"\bExclusion reasons?:\s*([^;|\n]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """How to read decisions: the stage, and what a file does not say.

    ``columns`` are the names of the columns with decisions; with several, each is a reviewer's.
    ``verdict`` is that of all entries, for a file that holds only those with one decision.
    """

    stage: Stage = "screening"
    reviewer: str = ""
    columns: Sequence[str] = ()
    verdict: Verdict | None = None


class Labels(NamedTuple):
    """The decisions of an entry, and words in the place of a decision that are not one."""

    decisions: tuple[Decision, ...]
    unknown: tuple[str, ...] = ()


@dataclass
class _Rest:
    """What an entry holds besides its bibliographic data."""

    source: str
    columns: dict[str, str] = field(default_factory=dict)  # by folded name
    texts: list[str] = field(default_factory=list)

    def take(self, names: str) -> str:
        return next((self.columns[name] for name in names.split() if self.columns.get(name)), "")


def labels_of(content: Mapping[str, object], source: str, question: Question) -> Labels:
    """Return the decisions in an entry: the JSON of a record, or a CSL-JSON item."""
    entry = _entry(content, source)
    if question.verdict:
        return Labels((_decision(entry, question, question.reviewer, question.verdict),))
    if question.columns:
        return _of_columns(entry, question)
    if noted := [*filter(None, map(rayyan.read, entry.texts))]:
        # The same note can also be in an address, in which it cannot be read.
        notes = next((one for one in noted if one.words), noted[0])
        return _of_rayyan(notes, entry, question)
    if found := next(filter(None, map(_ASREVIEW.search, entry.texts)), None):
        word = found[1].lower().replace("_", " ")
        return _of_words({question.reviewer: word}, entry, question)
    name = next((name for name in _COLUMNS.split() if name in entry.columns), "")
    reviewer = question.reviewer or entry.take(_REVIEWERS)
    return _of_words({reviewer: entry.columns[name]}, entry, question) if name else Labels(())


def verdict_of(word: str) -> Verdict | None:
    """Return the verdict that a word of any tool stands for; None for another word."""
    return _WORDS.get(fold(tidy(word)).removesuffix(".0").replace("_", " "))


def _of_columns(entry: _Rest, question: Question) -> Labels:
    """Return the decisions in the columns that the user named."""
    wanted = {_comparable(name): name for name in question.columns}
    found = {name: entry.columns.get(key, "") for key, name in wanted.items()}
    if len(found) > 1:
        return _of_words(found, entry, question)
    reviewer = question.reviewer or entry.take(_REVIEWERS)
    return _of_words({reviewer: next(iter(found.values()))}, entry, question)


def _of_rayyan(notes: rayyan.Notes, entry: _Rest, question: Question) -> Labels:
    found = _of_words(notes.words, entry, question)
    decisions = (
        Decision(
            one.stage,
            one.reviewer,
            one.decision,
            notes.reasons if one.decision == "excluded" else (),
            notes.labels,
            notes.notes.get(one.reviewer, ""),
            one.source,
        )
        for one in found.decisions
    )
    return Labels(tuple(decisions), found.unknown)


def _of_words(words: Mapping[str, str], entry: _Rest, question: Question) -> Labels:
    decisions, unknown = [], []
    for reviewer, word in words.items():
        if verdict := verdict_of(word):
            decisions.append(_decision(entry, question, reviewer, verdict))
        elif fold(tidy(word)).replace("_", " ") not in _UNSEEN:
            unknown.append(tidy(word))
    return Labels(tuple(decisions), tuple(unknown))


def _decision(entry: _Rest, question: Question, reviewer: str, verdict: Verdict) -> Decision:
    reasons = entry.take(_REASONS) or "; ".join(
        reason for text in entry.texts for reason in _EXCLUDED_BECAUSE.findall(text)
    )
    return Decision(
        question.stage,
        tidy(reviewer),
        verdict,
        _listed(reasons) if verdict == "excluded" else (),
        _listed(entry.take(_LABELS)),
        tidy(entry.take(_NOTES)),
        entry.source,
    )


def _entry(content: Mapping[str, object], source: str) -> _Rest:
    """Return what an entry holds in places that have no bibliographic meaning."""
    entry = _Rest(source)
    for name, text in _texts(content):
        key, value = _comparable(name), tidy(text)
        former = entry.columns.setdefault(key, value)
        if key not in _OTHERS and verdict_of(former) != verdict_of(value):
            # Two columns of one name say two things: neither of them is a decision.
            entry.columns[key] = " / ".join(filter(None, (former, value)))
        entry.texts.append(text)
    # Some tools make columns of Rayyan's notes.
    columns = [
        f"{name.upper()}: {text}"
        for name, text in _texts(content)
        if name.upper().startswith("RAYYAN-")
    ]
    if columns:
        entry.texts.append(" | ".join(columns))
    return entry


def _texts(content: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in content.items():
        if name == "custom" and isinstance(value, Mapping):
            yield from _texts(value)
        elif name == "fields" and isinstance(value, Mapping):
            kept = value.get("values")
            for key, texts in kept.items() if isinstance(kept, Mapping) else ():
                yield from ((str(key), str(text)) for text in _listed_values(texts))
        elif isinstance(value, str | int | float) and name not in ("abstract", "title"):
            yield name, str(value)


def _listed_values(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _comparable(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(name))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part for piece in text.split(";") if (part := tidy(piece)))
