"""Recognize the language of other databases, whose signs are searched as words here.

Without a note, a strategy that comes from Ovid, Embase or PubMed would find nothing for no reason
that its author can see.
"""

from __future__ import annotations

import re

_FIELD = "write title: in front"
_OVID = "ab|au|hw|kf|kw|mp|nm|ot|pt|sh|ti|tw|tx"
_KINDS = (
    (r".*\]", f"tags such as [ti] are searched as words; {_FIELD}"),
    (
        rf".*\.(?:{_OVID})(?:,(?:{_OVID}))*\.",
        f"fields such as .ti,ab. are searched as words; {_FIELD}",
    ),
    (
        r"(?:ab|ak|au|ti|ts|tw|tiab|title)=.*|title-abs(?:-key)?",
        f"fields such as TI= are searched as words; {_FIELD}",
    ),
    (
        r".*:(?:ab|au|kw|ti)(?:,(?:ab|au|kw|ti))*",
        f"fields such as :ti,ab are searched as words; {_FIELD}",
    ),
    (
        r"(?!.*://).*[^\W\d_](?:/|/exp|/de|/mj)",
        "headings such as lupus/ and lupus/exp are searched as words; there are none here",
    ),
    (
        r".*[^\W\d_][?#]+[^\W\d_].*|.*[^\W\d_]{3}\$\d?",
        "wildcards such as ? and $ are not known; an asterisk stands for the end of a word",
    ),
    (
        r"adj\d+|(?:near|next|w|pre)/\d+",
        "operators such as adj3 are searched as words; write NEAR(one other, 3)",
    ),
    (r"(?:and|or)/\d+-\d+", "lines such as or/1-3 are searched as words; write #1 OR #2 OR #3"),
)
_NOTES = [(re.compile(pattern, re.IGNORECASE), note) for pattern, note in _KINDS]
_LONGEST = 200  # characters of a word that is looked at


def notes_of(word: str) -> list[str]:
    """Return what to tell about a word, as typed, that another database would read otherwise."""
    if word.isalnum() and not word[-1:].isdigit():  # most are
        return []
    return [note for pattern, note in _NOTES if pattern.fullmatch(word[-_LONGEST:])][:1]
