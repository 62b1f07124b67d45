"""Word CSL-JSON items as each family of styles prints them.

AMA, NLM and APA differ in how they write a supplement, mark an abstract and end a title. The items
that abstool exports have one wording; these rules change it for the style that prints an item.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal

from abstool.item import NAMES, number_on_page

Family = Literal["own", "ama", "nlm", "apa", "other"]

# How a family writes "suppl 9", if it has a rule. Our own styles write it like AMA.
_SUPPLEMENT = {"own": "suppl", "ama": "suppl", "nlm": "Suppl", "apa": "Suppl."}
_FAMILIES: tuple[tuple[str, Family], ...] = (
    (r"ama|jama|american-medical-association", "ama"),
    (r"nlm|vancouver|national-library-of-medicine|icmje", "nlm"),
    (r"apa|american-psychological-association", "apa"),
)
# Journals write 15_suppl, 4_Supplement_2 and 4 (Suppl 2) as well.
_SUPPL = re.compile(
    r"(?:(?<=[^\W_])[\s_,]+|(?<![^\W_]))supp(?:l(?:ements?)?)?(?![^\W_])\.?[_\s]*", re.IGNORECASE
)
_SUPPL_IN_BRACKETS = r"(?i)(\w+)\s*\((supp[^()]*)\)"
_SHORT_WORD = re.compile(r"(?<![\w.-])(?:[^\W\d_]{2,3}|[^\W\d_]{1,3}-[^\W\d_]{1,3})(?![\w.-])")
_AFTER_MARK = re.compile(r"(?<=[?!]):(?=\s)")  # "Does Tea Help?: A Trial", which AMA writes without
_JOURNAL = ("container-title", "container-title-short", "journalAbbreviation")
_JOINED = re.compile(r"[A-Z](?=[^\s]*[a-z])(?:[A-Za-z]{0,20}\.){2,}[A-Za-z]{0,20}")
# These patterns are compiled on first use, since few items have what they find.
_LABEL = r"(?i)\[(?:meeting )?abstract\]\s*\.?$"
# A full stop that ends a title, not an abbreviation ("U.S.") or an ellipsis.
_FINAL_STOP = r"(?<=[^\W_]{2})\.$|(?<=[)\]”’\"'%])\.$"
_EDITION = r"(?i)\b(?:edition|edn|ed)\b\.?$|(?<=\d)\.\s?aufl(?:age|\.)?$"
_ORDINALS = {
    word: str(number)
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1
    )
}


def family_of(name: str, templates: Iterable[str] = ()) -> Family:
    """Return the family of a style, from its name or else from the styles it was made from."""
    for text in (name, *templates):
        for pattern, family in _FAMILIES:
            if re.search(rf"(?<![a-z])(?:{pattern})(?![a-z])", text):
                return family
    return "other"


def adapt(item: Mapping[str, object], family: Family, *, label: bool = True) -> dict[str, object]:
    """Return the item in the wording of a family.

    If ``label`` is false, the result does not say that it is an abstract.
    """
    adapted = {name: _people(value) if name in NAMES else value for name, value in item.items()}
    if title := str(item.get("title", "")).rstrip():
        is_sentence = title.endswith(".") and not re.search(r"\.\S*\.$", title)
        adapted["title"] = re.sub(_FINAL_STOP, "", title) if is_sentence else title
    for name in _JOURNAL:
        text = item.get(name)
        if isinstance(text, str) and "." in text and _JOINED.fullmatch(text):
            adapted[name] = text.replace(".", ". ").strip()  # J.Am.Chem.Soc. as J. Am. Chem. Soc.
    if (word := _SUPPLEMENT.get(family)) and "issue" in item:
        adapted["issue"] = _with_supplement(str(item["issue"]), word)
    if item.get("type") == "article-journal":
        adapted.pop("event-title", None)  # 133 styles would print it next to the journal
        if "publisher" in item:  # Chicago prints a journal's own place, not its publisher's
            adapted.pop("publisher-place", None)
    elif event := item.get("event-title") or item.get("event"):
        adapted |= {"event": event, "event-title": event}  # a style reads one name or the other
    if is_labelled(adapted):
        title = str(adapted.get("title", ""))
        adapted["title"] = re.sub(_LABEL, "", title).rstrip() if "[" in title else title
        if not label:
            del adapted["genre"]
    if family == "own":
        if "?:" in title or "!:" in title:
            adapted["title"] = _AFTER_MARK.sub("", str(adapted["title"]))
        edition = str(item.get("edition") or "")
        if edition and (edition := re.sub(_EDITION, "", edition).strip()):
            adapted["edition"] = _ORDINALS.get(edition.casefold(), edition)
        adapted |= _designation(adapted) if label else {}
        if isinstance(authors := adapted.get("author"), list):
            adapted["author"] = [_without_small_words(person) for person in authors]
        if "number" in adapted and number_on_page(item.get("page")):
            del adapted["page"]
    return adapted


def _with_supplement(issue: str, word: str) -> str:
    """Return an issue with the word of a family for its supplement: ``15 suppl``, ``4 suppl 2``."""
    if issue.isdecimal() or "supp" not in issue.lower():
        return issue
    bare = re.sub(_SUPPL_IN_BRACKETS, r"\1 \2", issue) if "(" in issue else issue
    return _SUPPL.sub(f" {word} ", bare).strip()


def is_labelled(item: Mapping[str, object]) -> bool:
    """Return whether the genre of an item says that it is an abstract."""
    return str(item.get("genre", "")).strip().casefold() in ("abstract", "meeting abstract")


def labelled(item: dict[str, object]) -> dict[str, object]:
    """Return an item with the label "[abstract]" in its title, for styles that print no genre."""
    return item | {"title": f"{item.get('title', '')} [abstract]".lstrip()}


def _people(people: object) -> object:
    """Return names with joined initials (``CP``) written apart (``C. P.``), as CSL expects."""
    if not isinstance(people, list):
        return people
    spaced: list[object] = []
    for person in people:
        given = person.get("given") if isinstance(person, dict) else None
        if given and not str(given).istitle():  # "Ann B." has no joined initials
            apart = _spaced_initials(str(given), str(person.get("family", "")).isupper())
            spaced.append(person | {"given": apart})
        else:
            spaced.append(person)
    return spaced


@lru_cache(maxsize=8192)  # many authors share a given name
def _spaced_initials(given: str, beside_capitals: bool) -> str:
    """Return given names with joined initials written apart.

    Two capitals are initials, and so are three without a vowel. If the family name is in capitals
    as well, two capitals with a vowel may be a name (``LI WANG``) and are not changed. Those with a
    hyphen are initials if a part has no vowel: ``AB-C``.
    """

    def apart(match: re.Match[str]) -> str:
        word = match[0]
        has_vowels = all(re.search(r"[AEIOUY]", part) for part in word.split("-"))
        maybe_name = has_vowels and (len(word) > 2 or beside_capitals)
        initials = word.isupper() and not maybe_name
        parts = word.split("-") if initials else ()
        return "-".join(" ".join(f"{letter}." for letter in part) for part in parts) or word

    return _SHORT_WORD.sub(apart, given)


def _without_small_words(person: object) -> object:
    """Drop lower-case words between given names: ``Maria del Carmen`` becomes MC in AMA.

    Those behind them are particles of the family name: ``Jan van den`` of van den Berg.
    """
    if not isinstance(person, dict):
        return person
    given = str(person.get("given", ""))
    first, *rest = given.split() or [""]
    if not rest or given.istitle():
        return person
    end = next((n for n in range(len(rest), 0, -1) if not rest[n - 1].islower()), 0)
    kept = [word for word in rest[:end] if not word.islower()] + rest[end:]
    return person | {"given": " ".join([first, *kept])} if not first.islower() else person


def _designation(item: Mapping[str, object]) -> dict[str, object]:
    """Return what our own styles print: genre, number and the society, as ``authority``.

    An item that lost ``genre`` and ``custom`` in another tool is recognised by its page.
    """
    custom = item.get("custom")
    custom = custom if isinstance(custom, dict) else {}
    number = custom.get("abstract_number") or number_on_page(item.get("page"))
    if not number and "abstract" not in str(item.get("genre", "")).casefold():
        return {}
    found = {"genre": "abstract", "number": number, "authority": custom.get("society")}
    return {name: value for name, value in found.items() if value}
