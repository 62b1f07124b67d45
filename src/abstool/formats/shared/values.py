"""The values of an item as the formats print them: names, texts and data from ``custom``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import cast

from abstool.formats.shared.losses import fields_of
from abstool.item import PRESENTED, Item, ItemName, custom_of, split_keywords
from abstool.text import joined_if_tidy, plain, tidy

RETRACTED = "Retracted Publication"  # as PubMed says it, and programs find it
REGISTERED = "Trial registration: "


def tidy_names(names: Iterable[ItemName] | None, without: str = "") -> list[ItemName]:
    """Return names with each part ``tidy`` and ``without`` a character; most need no change."""
    found = list(names or ())
    parts = cast("list[dict[str, str]]", found)
    try:
        joined = joined_if_tidy(chain.from_iterable(map(dict.values, parts)))
    except TypeError:  # a part that is not text
        joined = ""
    if joined and not (without and without in joined):
        return found
    tidied = [{part: tidy(name[part]).replace(without, "") for part in name} for name in parts]
    return cast("list[ItemName]", tidied)


def tidy_texts(item: Item) -> Item:
    """Return an item with its texts ``plain`` and ``tidy``; an abstract keeps its paragraphs."""
    texts = {
        name: value for name, value in item.items() if isinstance(value, str) and name != "abstract"
    }
    if (joined := joined_if_tidy(texts.values())) and "<" not in joined:
        return item
    return cast("Item", item | {name: plain(tidy(text)) for name, text in texts.items()})


def full_family(name: ItemName, family: str | None) -> str:
    """Return the family name of a name with its particles."""
    if "dropping-particle" not in name and "non-dropping-particle" not in name:
        return family or ""
    particles = (name.get("dropping-particle"), name.get("non-dropping-particle"))
    return " ".join(filter(None, (*particles, family)))


def keywords_of(item: Item) -> list[str]:
    """Return the keywords; ``custom`` has a list of them if the one text cannot be split safely."""
    listed: object = custom_of(item).get("keywords")
    if isinstance(listed, list) and listed:
        return [plain(tidy(word)) for word in listed]
    return split_keywords(plain(tidy(item.get("keyword") or "")))


def trials_of(item: Item) -> list[str]:
    """Return the ids of the trial registrations."""
    return list(_listed(custom_of(item).get("trials"), "id"))


def affiliations_of(item: Item) -> list[str]:
    """Return the names of the authors' affiliations, as printed."""
    return list(_listed(custom_of(item).get("affiliations"), "name"))


def _listed(parts: object, key: str) -> Iterator[str]:
    for part in parts if isinstance(parts, list) else ():
        if isinstance(part, dict) and part.get(key):
            yield plain(tidy(part[key]))


def session_of(item: Item) -> dict[str, str]:
    """Return the texts of the session: title, type, date, start, end."""
    session: object = custom_of(item).get("session")
    values = session.items() if isinstance(session, dict) else ()
    return {key: tidy(value) for key, value in values if isinstance(value, str)}


def notes_of(item: Item, form: str = "") -> list[str]:
    """Return the note, and meeting and trials for formats that have no field for them.

    A retraction is named unless the note does, or fields that are written as in a file of ``form``.
    """
    note, meeting = (
        plain(tidy(text or "")) for text in (item.get("note"), item.get("event-title"))
    )
    trials = ", ".join(trials_of(item))
    is_new = custom_of(item).get("retracted") is True and not (form and fields_of(item, form))
    is_new = is_new and RETRACTED.casefold() not in note.casefold()
    retracted = RETRACTED if is_new else ""
    notes = (note, meeting and f"{PRESENTED}{meeting}", trials and f"{REGISTERED}{trials}")
    return [*filter(None, (retracted, *notes))]
