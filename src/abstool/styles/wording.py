"""What an item must say for the style that prints it: AMA, NLM and APA differ in wording.

In: a CSL-JSON item, in the one mapping abstool exports. Out: the item to render. This is the home
of the rules on the supplement's capital, the designation of an abstract and the title's last stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Literal, cast

from abstool.item import NAMES, Item, number_on_page

Family = Literal["own", "ama", "nlm", "apa", "other"]

# How a family writes "suppl 9" (AMA, and the society itself), where it has a rule.
_SUPPLEMENT = {"own": "suppl", "ama": "suppl", "nlm": "Suppl", "apa": "Suppl."}
_FAMILIES: tuple[tuple[str, Family], ...] = (
    (r"ama|jama|american-medical-association", "ama"),
    (r"nlm|vancouver|national-library-of-medicine|icmje", "nlm"),
    (r"apa|american-psychological-association", "apa"),
)
_SUPPL = re.compile(r"\bsuppl(?:ement)?\b\.?\s*", re.IGNORECASE)
_SHORT_WORD = re.compile(r"(?<![\w.-])[^\W\d_]{2,3}(?![\w.-])")
_LABEL = re.compile(r"\s*\[(?:meeting )?abstract\]\s*\.?$", re.IGNORECASE)
# A full stop that ends a title, not an abbreviation ("U.S.") or an ellipsis.
_FINAL_STOP = re.compile(r"(?<=[^\W_]{2})\.$|(?<=[)\]”’\"'%])\.$")


def family_of(name: str, templates: Iterable[str] = ()) -> Family:
    """Return the family of a style by its name, else by the styles it was made from."""
    for text in (name, *templates):
        for pattern, family in _FAMILIES:
            if re.search(rf"(?<![a-z])(?:{pattern})(?![a-z])", text):
                return family
    return "other"


def adapt(item: Item, family: Family, *, label: bool = True) -> Item:
    """Return the item as the family prints it; without a ``label``, not named an abstract."""
    adapted: dict[str, Any] = {
        name: _people(value) if name in NAMES else value for name, value in item.items()
    }
    if title := str(item.get("title", "")).rstrip():
        stops = title.endswith(".") and not re.search(r"\.\S*\.$", title)
        adapted["title"] = _FINAL_STOP.sub("", title) if stops else title
    if (word := _SUPPLEMENT.get(family)) and "issue" in item:
        adapted["issue"] = _SUPPL.sub(f"{word} ", str(item["issue"])).strip()
    if item.get("type") == "article-journal":
        adapted.pop("event-title", None)  # it would stand beside the journal in 133 styles
    elif event := item.get("event-title") or item.get("event"):
        adapted |= {"event": event, "event-title": event}  # styles know one or the other name
    if is_labelled(adapted):
        adapted["title"] = _LABEL.sub("", str(adapted.get("title", "")))
        if not label:
            del adapted["genre"]
    if family == "own":
        adapted |= _designation(adapted) if label else {}
        if "author" in item:
            adapted["author"] = [_without_small_words(person) for person in adapted["author"]]
        if "number" in adapted and number_on_page(item.get("page")):
            del adapted["page"]
    return cast("Item", adapted)


def is_labelled(item: Mapping[str, object]) -> bool:
    """Tell whether an item says that it is an abstract."""
    return str(item.get("genre", "")).strip().casefold() in ("abstract", "meeting abstract")


def labelled(item: Item) -> Item:
    """Return an item that says so in its title, for styles that do not print a genre."""
    return item | {"title": f"{item.get('title', '')} [abstract]".lstrip()}


def _people(people: Any) -> Any:
    """Write initials that are joined (``CP``) apart: ``C. P.``, as style languages expect."""
    if not isinstance(people, list):
        return people
    spaced = []
    for person in people:
        given = person.get("given") if isinstance(person, dict) else None
        apart = given and _spaced_initials(str(given), str(person.get("family", "")).isupper())
        spaced.append(person if apart == given else person | {"given": apart})
    return spaced


@lru_cache(maxsize=8192)  # many authors share a given name
def _spaced_initials(given: str, beside_capitals: bool) -> str:
    """Write initials apart.

    Two capitals are initials, and three without a vowel; where the family name is in capitals
    as well, two with a vowel may be a name (``LI WANG``) and stay.
    """

    def apart(match: re.Match[str]) -> str:
        word = match[0]
        maybe_name = re.search(r"[AEIOUY]", word) and (len(word) == 3 or beside_capitals)
        initials = word.isupper() and not maybe_name
        return " ".join(f"{letter}." for letter in word) if initials else word

    return _SHORT_WORD.sub(apart, given)


def _without_small_words(person: dict[str, Any]) -> dict[str, Any]:
    """Drop words in lower case between given names: ``Maria del Carmen`` gives MC in AMA."""
    first, *rest = str(person.get("given", "")).split() or [""]
    if not rest:
        return person
    kept = [word for word in rest[:-1] if not word.islower()] + rest[-1:]
    return person | {"given": " ".join([first, *kept])} if not first.islower() else person


def _designation(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return what our own styles print of an abstract: genre, number and, as authority, society.

    What passed through a tool that drops ``genre`` and ``custom`` is known by its page.
    """
    custom = item.get("custom")
    custom = custom if isinstance(custom, dict) else {}
    number = custom.get("abstract_number") or number_on_page(item.get("page"))
    if not number and "abstract" not in str(item.get("genre", "")).casefold():
        return {}
    found = {"genre": "abstract", "number": number, "authority": custom.get("society")}
    return {name: value for name, value in found.items() if value}
