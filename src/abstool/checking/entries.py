"""The text of an entry of a reference file, so that it is compared like a printed reference."""

from __future__ import annotations

import re

from abstool.item import Item, ItemDate, ItemName, ends_of, iso_date, number_of
from abstool.text import plain, tidy


def composed(item: Item) -> str:
    """Return the data of an item on one line, with all authors."""
    names = ", ".join(filter(None, map(_name, item.get("author") or [])))
    number = number_of(item)
    year = next((str(end[0]) for end in ends_of(item.get("issued")) if end), "")
    volume = tidy(item.get("volume") or "")
    issue = tidy(item.get("issue") or "")
    journal = item.get("container-title") or item.get("container-title-short") or ""
    pieces = [
        names,
        plain(tidy(item.get("title") or "")).rstrip("."),
        "[abstract]" if "abstract" in tidy(item.get("genre") or "").casefold() else "",
        tidy(journal),
        f"{year}; {volume}".strip("; ") + (f" ({issue})" if issue else ""),
        f"Abstract {number}" if number else tidy(item.get("page") or ""),
        tidy(item.get("event-title") or item.get("event") or "") if not journal else "",
        tidy(item.get("URL") or ""),
        _accessed(item.get("accessed")),
    ]
    return ". ".join(piece for piece in pieces if piece)


def _name(name: ItemName) -> str:
    family = tidy(name.get("family") or "")
    if not family:
        return tidy(name.get("literal") or "")
    particles = [tidy(name.get(f"{kind}dropping-particle") or "") for kind in ("", "non-")]
    given = re.split(r"[\s.\-‐‑]+", tidy(name.get("given") or ""))
    initials = "".join(word[0] for word in given if word)
    return " ".join(filter(None, [*particles, family, initials, tidy(name.get("suffix") or "")]))


def _accessed(date: ItemDate | None) -> str:
    if ends := ends_of(date):
        return f"Accessed {iso_date(ends[0])}"
    return ""
