"""Read the numbers of volumes, issues and pages, without labels and words for none."""

from __future__ import annotations

import re

from abstool.item import hyphenated_range

_HYPHEN = re.compile(r"(?<=\w)\s*[‐‑]\s*(?=\w)")
# HighWire writes LP, "last page", before the hyphen.
_DASH = re.compile(r"(?<=\w)\s*(?:(?<=\s)LP\s*-+|-{2,}|[–—−])\s*(?=\w)")
_PAGES_LABEL = re.compile(
    r"^(?:pp?\.\s*|pp(?=\d[\d\W]*$)|pp\s+|pages?\s+|UNSP\s+|ARTN\s+|pii:?\s+(?=[a-z]?\d{1,8}$)"
    r"|(?:art\.?|article)(?:\s?(?:n[or]\.?|number|id):?|:)?\s+)(?=\w*\d)",
    re.IGNORECASE,
)
_LABEL_BEHIND = re.compile(r"(?<=\d)(?: \(\d{1,4} (?:pages|pp?\.?)\)| ?pp\.?| pages| p\.?|p\.)$")
_ABSTRACT_LABEL = re.compile(
    r"^abstract\s*(?:(?:no|nr|number)\b|[#:])[.:]{0,2}\s*(?=\w*\d)", re.IGNORECASE
)
_LAST_PAGE = re.compile(r"-(?=\D{0,200}$|n/a)")
_LETTERED = re.compile(r"([A-Za-z])([1-9]\d{0,8})-(\d{1,9})")  # not e00903-21
_NONE = (
    r"n\.?/?a\.?|nan|none|null|unknown|undefined|no[ -](?:pagination|pages?)(?:[ -]specified)?"
    r"|n\. ?p(?:ag)?\.?|unpaginated|unpaged|not?[ -](?:specified|paginated|available)|[-–—+&?]+"
)
_AHEAD = (  # what stands for a volume or issue that an article has not yet
    r"(?:(?:e?pub(?:lish(?:ed)?)?|online)[ -])?ahead[ -]of[ -](?:print|issue)"
    r"|online[ -](?:first|early)|(?:article[ -])?in[ -]press|first[ -]online"
    r"|early[ -](?:access|view|online)"
    r"|just[ -]accepted|ja|forthcoming|to (?:appear|be (?:assigned|determined|published))|asap"
    r"|accepted(?:[ -](?:article|manuscript|for publication))?|(?:e|pre)[ -]?pub(?:lication)?"
    r"|advance(?:d)?[ -](?:access|article|online(?:[ -](?:access|publication))?|publication)"
)
_UNKNOWN = re.compile(_NONE, re.IGNORECASE)
_AHEAD_OF_PRINT = re.compile(_AHEAD, re.IGNORECASE)
_ADDRESS_OF_EMBASE = re.compile(r"\([^()\d]{2,60} [^\W\d_]\.[^()]{0,99}\) [^\W\d_][^,;]{0,300}[,;]")
_NO_PAGE = re.compile(f"{_NONE}|{_AHEAD}", re.IGNORECASE)
_NUMBER_LABEL = re.compile(
    r"^(?i:(?:vol(?:ume)?|bd|band|tome|tomo)[.:]?\s*(?=\d|[IVXLC]+$)"
    r"|(?:v(?=[. ])|no|nr|number|issue|iss|n[°º]|№|jg|jahrgang|heft|h(?=\.))[.:]?\s*(?=\d))"
)
_VOLUME_OF_YEAR = re.compile(r"(?i)volume (\d{1,5})(?: -|,) (?:19|20)\d\d")  # Annual Reviews


def pages(first: str, last: str = "") -> str:
    """Return pages with a hyphen in ranges, as in CSL.

    ``first`` may be a whole range. An unknown last page (``809-+``, ``n/a``) and one that is the
    same as the first are left out, and so are zeros for none and labels: ``pp. 37-64``. Words for
    no pages may be in two: ``No`` and ``Specified``.
    """
    if not f"{first}{last}".strip("0- ") or (
        first.isalpha() and last.isalpha() and _NO_PAGE.fullmatch(f"{first} {last}")
    ):
        return ""
    first, last = _page(first), _page(last)
    if "-" in first and "-" in last and "–" not in first and first != last:
        return f"{first}–{last}"  # 45-1 to 45-9
    if not first or not last or first == last or "-" in first:
        start, dash, end = (first or last).partition("-")
        # A range of one page, or one with an unknown end; "S1-S12-S1" stays as it is.
        is_single = (
            bool(dash) and "-" not in end and (end == start or bool(_NO_PAGE.fullmatch(end)))
        )
        whole = _LABEL_BEHIND.sub("", first or last) if dash else first or last
        return start if is_single else _with_letter(whole)
    last = _LABEL_BEHIND.sub("", last)
    return last if last.startswith(f"{first}-") else _with_letter(f"{first}-{last}")


def _with_letter(range_: str) -> str:
    """Return a range with the letter of its first page before the last: ``S12-5`` is S12-S15.

    A small p is a label in a range (``p12-15``), but in front of one number may belong to it.
    """
    if not (found := _LETTERED.fullmatch(range_)):
        return range_
    letter, first, last = found.groups()
    if letter == "p":
        return f"{first}-{last}"
    last = first[: -len(last)] + last
    is_after = len(last) <= len(first) + 1 and int(last) > int(first)
    return f"{letter}{first}-{letter}{last}" if is_after else range_


def known(text: str) -> str:
    """Return a number, but "" for a zero or a word that stands for none: ``n/a``, ``-``."""
    if text.isdecimal():
        return text if text.strip("0") else ""
    return "" if _UNKNOWN.fullmatch(text.strip()) else text


def is_no_number(text: str) -> bool:
    """Return whether a volume or issue only says that the article has none yet: ``In press``.

    Programs that read M1 as an issue have there the addresses that Embase writes into M1.
    """
    is_none = _AHEAD_OF_PRINT.fullmatch, _ADDRESS_OF_EMBASE.match
    return not text.isdecimal() and any(match(text) for match in is_none)


def known_number(text: str) -> str:
    """Return a number, but "" for what stands for none, or for one to come: ``In press``."""
    return "" if is_no_number(text.strip()) else known(text)


def unlabelled(text: str) -> str:
    """Return the number of a volume or issue without its label: ``Vol. 12``, ``No. 4``."""
    if of_year := _VOLUME_OF_YEAR.fullmatch(text):
        return of_year[1]
    bare = _NUMBER_LABEL.sub("", known_number(text))
    return bare[:-1] if bare.endswith(".") and bare[:-1].isdecimal() else bare


def without_volume(issue: str, volume: str) -> str:
    """Return an issue, but "" if it is only the volume: ``Volume 49, 2020``."""
    found = _VOLUME_OF_YEAR.fullmatch(issue)
    return "" if found and found[1] == volume else issue


def _page(text: str) -> str:
    if _NO_PAGE.fullmatch(text):
        return ""
    if text.isalnum():
        return text
    text = _PAGES_LABEL.sub("", text.strip()).removesuffix(" LP").rstrip("‐‑‒–—− ")
    if text[:1] in "Aa":
        text = _ABSTRACT_LABEL.sub("Abstract ", text)
    ends = _DASH.split(_HYPHEN.sub("-", text))
    own = hyphenated_range("–".join(ends))
    text = "–".join(own) if own else "-".join(ends)
    halves = [*filter(None, map(str.strip, _LAST_PAGE.split(text, maxsplit=1)))]
    return "" if all(map(_NO_PAGE.fullmatch, halves)) else text.rstrip("- ")
