"""Recognize the language of other databases, whose signs are searched as words here.

Without a note, a strategy that comes from Ovid, Embase or PubMed would find nothing for no reason
that its author can see.
"""

from __future__ import annotations

import re

_OVID = "ab|au|hw|kf|kw|mp|nm|ot|pt|sh|ti|tw|tx"
_SIGNS = {
    "tag": r".*\]",
    "field of Ovid": rf".*\.(?:{_OVID})(?:,(?:{_OVID}))*\.",
    "field before": r"(?:ab|ak|au|ti|ts|tw|tiab|title)=.*|title-abs(?:-key)?",
    "field after": r".*:(?:ab|au|kw|ti)(?:,(?:ab|au|kw|ti))*",
    "heading": r"(?!.*://).*[^\W\d_](?:/|/exp|/de|/mj)",
    "wildcard": r".*[^\W\d_][?#]+[^\W\d_].*|.*[^\W\d_]{3}\$\d?",
    "distance": r"adj\d+|(?:near|next|w|pre)/\d+",
    "lines": r"(?:and|or)/\d+-\d+",
}
_PATTERNS = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _SIGNS.items()}
_NOTES = {
    "tag": "tags such as [ti] are searched as words; write title: in front",
    "field of Ovid": "fields such as .ti,ab. are searched as words; write title: in front",
    "field before": "fields such as TI= are searched as words; write title: in front",
    "field after": "fields such as :ti,ab are searched as words; write title: in front",
    "heading": "headings such as lupus/ and lupus/exp are searched as words; there are none here",
    "wildcard": "wildcards such as ? and $ are not known; an asterisk stands for the end of a word",
    "distance": "operators such as adj3 are searched as words; write NEAR(one other, 3)",
    "lines": "lines such as or/1-3 are searched as words; write #1 OR #2 OR #3",
}
_LONGEST = 200  # characters of a word that are looked at


def notes_of(word: str) -> list[str]:
    """Return what to tell about a word, as typed, that another database would read otherwise."""
    if word.isalnum() and not word[-1:].isdigit():  # most are
        return []
    end = word[-_LONGEST:]
    kind = next((kind for kind, pattern in _PATTERNS.items() if pattern.fullmatch(end)), "")
    return [_NOTES[kind]] if kind else []
