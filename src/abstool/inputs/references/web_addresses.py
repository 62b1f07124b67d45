"""Find URLs in a text, and the date of a visit that stands beside them or in a note."""

from __future__ import annotations

import re

_ONLY_ADDRESS = re.compile(r"https?://[^\s|,;<>\"]+")
_ADDRESS = re.compile(r"(?:https?|ftp)://\S|www\.\S", re.IGNORECASE)
_MARKUP = re.compile(r"\"|'>|</[a-z]", re.IGNORECASE)  # <a href="https://example.org">page</a>
_BLANKS = re.compile(r"\s{2,}")
_BETWEEN_ADDRESSES = re.compile(
    r"\s*[\n;]\s*(?=[^\s:]{1,100}:)|(?:\s*[|,]\s*|\s+)(?:(?:and|or|&)\s+)?(?=(?:https?|ftp|file)://|www\.)",
    re.IGNORECASE,
)
# What does not belong to a URL: signs at its end, and remarks such as "(accessed May 2020)".
_AFTER_ADDRESS = re.compile(
    r"(?:(?<!\s)\s+(?:[(\[<]|accessed\b|last\b|retrieved\b|visited\b).*|(?<![\s|,;])[\s|,;]+)\Z",
    re.DOTALL | re.IGNORECASE,
)
WEEKDAY = r"(?:[^\W\d_]{2,10}(?:\.?,\s+|day\s+))?"
_MONTH = r"[^\W\d_]{3,9}\.?"
# What is said of a visit, by a part that each of these words has.
_VISITED = {
    **{
        word: f"(?:last )?{word}(?: date)?"
        for word in "retrieved visited viewed checked cited".split()
    },
    "access": r"(?:last |date )?accessed(?: date)?|access date|date of access|accesso",
    "gerufen": "(?:zu|ab)gerufen",
    "zugriff": "(?:letzter )?zugriff",
    "consult": "consult(?:[ée]e?|ad[oa]|at[oa])",
    "acess": "acess(?:o|ado)",
    "geraadpleegd": "geraadpleegd",
    "bezocht": "bezocht",
}
_PART = re.compile("|".join(_VISITED))
_BEFORE, _BEHIND = 20, 100  # characters of a visit around such a part
VISIT = re.compile(
    rf"\b(?:{'|'.join(_VISITED.values())})"
    r"(?: (?:on|at|am|el|le|em|il|op))?:?\s+(?:on:?\s+)?"
    rf"{WEEKDAY}(\d{{4}}-\d\d-\d\d|\d{{4}}/\d\d?/\d\d?|\d{{4}} {_MONTH} \d{{1,2}}(?!\d)"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[. -]{{1,2}}(?:of |de )?{_MONTH}[ ,-]{{1,2}}(?:de )?\d{{4}}"
    rf"|\d{{1,2}}([./-])\d{{1,2}}\2\d{{4}}|{_MONTH} \d{{4}})",
    re.IGNORECASE,
)


def addresses(text: str) -> list[str]:
    """Return the URLs in a text without other text; signs, "and" or blanks may stand between them.

    A blank inside a URL becomes ``%20``.
    """
    if _ONLY_ADDRESS.fullmatch(text):
        return [text]
    found: list[str] = []
    # A pattern would try each part of a long row of blanks.
    text = _BLANKS.sub(lambda blanks: "\n" if "\n" in blanks[0] else " ", text.strip())
    for part in _BETWEEN_ADDRESSES.split(text):
        if match := _ADDRESS.search(part):
            before = part[: match.start()]
            if "://" in before:  # a URL in the query of another
                continue
            bare = _MARKUP.split(part[match.start() :], maxsplit=1)[0]
            bare = _AFTER_ADDRESS.sub("", bare).strip(" <>")
            if "(" in before and bare.endswith(")") and bare.count(")") > bare.count("("):
                bare = bare[:-1]
            found.append(re.sub(r"\s+", "%20", bare))
    return found


def remark(text: str) -> str:
    """Return what stands in brackets after a URL, or as words about the visit, or ``""``."""
    if _ONLY_ADDRESS.fullmatch(text) or not _ADDRESS.match(text):
        return ""
    found = _AFTER_ADDRESS.search(text)
    return found[0].strip(" |,;") if found else ""


def accessed_in(note: str) -> str:
    """Return the date in a note that says when a page was accessed, or ``""``."""
    # The whole pattern takes long, so that it is tried only around its words.
    for part in _PART.finditer(note.replace("İ", "I").lower()):  # the only letter that gets longer
        if found := VISIT.search(note, max(part.start() - _BEFORE, 0), part.start() + _BEHIND):
            return found[1]
    return ""
