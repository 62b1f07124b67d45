"""Find what an item says of a retraction, whichever reader made it.

A work that was retracted has a warning; the notice of a retraction, or a work about retractions,
has none.
"""

from __future__ import annotations

import re

from abstool.item import Item, ItemCustom, custom_of

RETRACTED = "this work was retracted"
# The tags and columns in which readers leave types of publication, notes and states.
_KINDS = frozenset(
    "M3 PT DT 9 Publication_Type type document_type pubtype pubstate entrysubtype titleaddon "
    "N1 NO Z note notes annote annotation addendum extra Extra".split()
)
_FLAGS = frozenset(("is_retracted", "isRetracted", "Is Retracted"))  # of OpenAlex
_NOTICE = "RIN"  # where PubMed has the notice of a retracted work
_TELLING = _KINDS | _FLAGS | {_NOTICE}
_YES = frozenset(("true", "1", "yes"))
_STATES = ("genre", "status")
_TAG = re.compile(r"<[^<>]*+>")
_OTHERS = r"(?!\s(?:notices?|articles|papers|publications|studies|works)\b)"
_SAID = "(?:this (?:article|paper|publication|study|work) (?:has been|is|was) )?"
_NOT = r"(?!\s*[:=]\s*(?:no|not|none|false|0|n/?a)\b)"  # Retracted: no
_TITLE = re.compile(
    r"\W*(?:retracted(?: article| paper)?|withdrawn(?: article)?)\s*(?:[.:\])—–]|-\s)"
    r"|(?-i:\W*RETRACTED(?: ARTICLE| PAPER)?\W.*[a-z])"
    r"|.*[(\[](?:this article has been )?retracted(?: article| paper| publication)?[\s.:]*"
    r"(?:[)\]]|see\b)"
    r"|\W*retracted(?: article| paper| publication)?\W*\Z"
    r"|(?-i:.*\s[-–—]{1,3}\s?RETRACTED(?: ARTICLE| PAPER)?\W*\Z)",
    re.IGNORECASE,
)
_DONE = (
    r"(?:article|manuscript|paper|publication|study|work) (?:has been|was|is)(?: \w{3,9})? "
    r"(?:retracted|withdrawn)\b"
)
_SENTENCE = re.compile(
    r"(?:^|[\n;|\[]|[.:]\s)\W{0,5}"
    rf"{_SAID}retracted\b{_OTHERS}{_NOT}"
    r"|(?:^|[\n;|]|[.:,]\s)\W{0,5}retraction in\b"
    r"|,\s?retracted (?:article|paper|publication)\s*(?:$|[\n;|.:,)\]}])"
    # Signs before it may be lost: Export Date: 3 May 2020 This article has been retracted
    rf"|(?<!if )(?<!why )(?<!whether )\bthis {_DONE}|(?-i:\bThe {_DONE})"
    r"|(?-i:(?<!\b[Nn]ot)(?<!\b[Nn]o)\sRetracted(?: [Aa]rticle| [Pp]aper| [Pp]ublication)?\W*\Z)",
    re.IGNORECASE,
)
_LINE = re.compile(r"(?<!;)\n\s*(?=(?:Retract|RETRACT|Withdrawn|WITHDRAWN))")
_KEYWORD = re.compile(r"(?:^|[;,])\s*+retracted publication\s*(?:$|[;,])", re.IGNORECASE)


def retraction(item: Item) -> list[str]:
    """Return the warning about a work that was retracted, as any part of the item says.

    What no export writes is marked in ``custom``.
    """
    get = item.get
    is_said = has_word(f"{get('title')}\n{get('note')}\n{get('keyword')}") and _is_said(item)
    if is_said:
        return [RETRACTED]
    custom = custom_of(item)
    states = [str(item[name]) for name in _STATES if name in item]  # type: ignore[literal-required]
    if any(map(says_retracted, states)) or (custom and _is_kept(custom)):
        mark(item)
        return [RETRACTED]
    return []


def mark(item: Item) -> None:
    """Note in ``custom`` that a work was retracted, for the exports."""
    marked: dict[str, object] = {**custom_of(item), "retracted": True}
    item["custom"] = marked  # type: ignore[typeddict-item]


def with_sentences(note: str) -> str:
    """Return a note in which a line that begins with a word of retractions is a sentence.

    Elsewhere such a line may only continue the one above it.
    """
    return _LINE.sub("; ", note) if "\n" in note and has_word(note) else note


def says_retracted(text: str) -> bool:
    """Return whether a note, a state or a type of publication says that the work was retracted."""
    return has_word(text) and bool(_SENTENCE.search(_TAG.sub("", text)))


def has_word(text: str) -> bool:
    """Return whether a text has a word of retractions, which is much faster than the patterns."""
    folded = text.casefold()
    return "retract" in folded or "withdrawn" in folded


def _is_said(item: Item) -> bool:
    """Return whether title, note or keywords say so, which every export writes."""
    title, note, words = (str(item.get(name, "")) for name in ("title", "note", "keyword"))
    is_in_title = _TITLE.match(_TAG.sub("", title)) is not None
    return is_in_title or says_retracted(note) or _KEYWORD.search(words) is not None


def _is_kept(custom: ItemCustom) -> bool:
    """Return whether abstool has marked the work, or a field of the file without a variable has."""
    if custom.get("retracted") is True:
        return True
    fields: object = custom.get("fields")
    for part in ("values", "raw") if isinstance(fields, dict) else ():
        values: object = fields.get(part)  # type: ignore[attr-defined]
        if not isinstance(values, dict) or _TELLING.isdisjoint(values):
            continue
        flags = (text for name in _FLAGS.intersection(values) for text in _listed(values[name]))
        texts = ("\n".join(_listed(values[name])) for name in _KINDS.intersection(values))
        if _NOTICE in values or not _YES.isdisjoint(map(str.casefold, flags)):
            return True
        if any(map(says_retracted, texts)):
            return True
    return False


def _listed(value: object) -> list[str]:
    return [*map(str, value)] if isinstance(value, list) else [str(value)]
