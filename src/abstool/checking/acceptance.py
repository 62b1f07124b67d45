"""References that a person has judged: their findings do not count any more.

A line is a reference as it is printed, or the JSON of an earlier check. Of the latter, only the
findings in it are accepted, so that an error that comes later is still found.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from abstool.checking.printed import without_list_number
from abstool.checking.verdict import CODES, Verdict
from abstool.errors import UsageError
from abstool.matching.spelling import folded

Accepted = Mapping[str, frozenset[str]]  # the codes that are accepted, by the key of a reference

_ALL = frozenset(CODES)
_FORM = "write one reference per line, or the JSON lines of an earlier check"


def key_of(text: str) -> str:
    """Return the form in which a reference is compared with those that a person has judged."""
    return folded(without_list_number(text))


def read(lines: Iterable[str], subject: str) -> Accepted:
    """Return what the lines of a file accept. Empty lines and those with ``#`` are skipped.

    Raises UsageError about a line that is neither.
    """
    accepted: dict[str, frozenset[str]] = {}
    for number, line in enumerate(lines, 1):
        line = line.removeprefix("\ufeff").strip()  # noqa: PLW2901 - without its ends
        if not line or line.startswith("#"):
            continue
        text, codes = _judged(line, f"{subject}, line {number}")
        key = key_of(text)
        accepted[key] = accepted.get(key, frozenset()) | codes
    return accepted


def unmatched(accepted: Accepted, verdicts: Iterable[Verdict]) -> int:
    """Return how many of the accepted references are not among those that were checked."""
    return len(accepted.keys() - {key_of(verdict.text) for verdict in verdicts})


def _judged(line: str, subject: str) -> tuple[str, frozenset[str]]:
    """Return the text of a reference, and the codes that are accepted of it."""
    if not line.startswith("{"):
        return line, _ALL
    try:
        verdict = json.loads(line)
        text = verdict["text"]
        codes = frozenset(str(finding["code"]) for finding in verdict["findings"])
    except (ValueError, RecursionError, KeyError, TypeError):
        text, codes = "", frozenset()
    if not isinstance(text, str) or not key_of(text):
        raise UsageError(subject, "this is not a reference", _FORM, argument="accept")
    return text, codes
