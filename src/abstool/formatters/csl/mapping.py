"""What an item must say for the style that prints it: AMA, NLM and APA differ in wording.

In: a CSL-JSON item, in the one mapping abstool exports. Out: the item to render. This is the home
of the rules on the supplement's capital, the designation of an abstract and the title's last stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Literal

Family = Literal["own", "ama", "nlm", "apa", "other"]

# How a family writes "suppl 9" (AMA, and the society itself), where it has a rule.
_SUPPLEMENT = {"own": "suppl", "ama": "suppl", "nlm": "Suppl", "apa": "Suppl."}
_FAMILIES: tuple[tuple[str, Family], ...] = (
    (r"ama|jama|american-medical-association", "ama"),
    (r"nlm|vancouver|national-library-of-medicine|icmje", "nlm"),
    (r"apa|american-psychological-association", "apa"),
)
_SUPPL = re.compile(r"\bsuppl(?:ement)?\b\.?\s*", re.IGNORECASE)
_ABSTRACT_PAGE = re.compile(r"abstract\s+(\S+)", re.IGNORECASE)
# A full stop that ends a title, not an abbreviation ("U.S.") or an ellipsis.
_FINAL_STOP = re.compile(r"(?<=[^\W_]{2})\.$|(?<=[)\]”’\"'%])\.$")


def family_of(name: str, templates: Iterable[str] = ()) -> Family:
    """Return the family of a style by its name, else by the styles it was made from."""
    for text in (name, *templates):
        for pattern, family in _FAMILIES:
            if re.search(rf"(?<![a-z])(?:{pattern})(?![a-z])", text):
                return family
    return "other"


def adapt(item: dict[str, Any], family: Family) -> dict[str, Any]:
    """Return the item as the family prints it."""
    adapted = dict(item)
    if title := str(item.get("title", "")).rstrip():
        stem = title if re.search(r"\.\S*\.$", title) else _FINAL_STOP.sub("", title)
        adapted["title"] = stem
    if (word := _SUPPLEMENT.get(family)) and "issue" in item:
        adapted["issue"] = _SUPPL.sub(f"{word} ", str(item["issue"])).strip()
    if item.get("type") != "speech":
        adapted.pop("event-title", None)  # it would stand beside the journal in 133 styles
    if family == "own":
        adapted |= _designation(adapted)
        if "author" in item:
            adapted["author"] = [_without_small_words(person) for person in item["author"]]
        if "number" in adapted and _ABSTRACT_PAGE.fullmatch(str(item.get("page", ""))):
            del adapted["page"]
    return adapted


def _without_small_words(person: dict[str, Any]) -> dict[str, Any]:
    """Drop words in lower case between given names: ``Maria del Carmen`` gives MC in AMA."""
    first, *rest = str(person.get("given", "")).split() or [""]
    kept = [word for word in rest[:-1] if not word.islower()] + rest[-1:]
    return person | {"given": " ".join([first, *kept])} if rest and not first.islower() else person


def _designation(item: dict[str, Any]) -> dict[str, Any]:
    """Return what our own styles print of an abstract: genre, number and, as authority, society.

    What passed through a tool that drops ``genre`` and ``custom`` is known by its page.
    """
    custom = item.get("custom")
    custom = custom if isinstance(custom, dict) else {}
    page = _ABSTRACT_PAGE.fullmatch(str(item.get("page", "")).strip())
    number = custom.get("abstract_number") or (page[1] if page else "")
    if not number and "abstract" not in str(item.get("genre", "")).casefold():
        return {}
    found = {"genre": "abstract", "number": number, "authority": custom.get("society")}
    return {name: value for name, value in found.items() if value}
