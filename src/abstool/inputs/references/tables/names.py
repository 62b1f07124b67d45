"""The names of people in a cell of a table, as programs list them."""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import Iterable, Iterator

from abstool.inputs.references.entry import Fields
from abstool.inputs.references.people import group
from abstool.inputs.references.people.marks import REMOVED, without_marks
from abstool.inputs.references.people.person import FAMILY_FIRST, without_suffix
from abstool.inputs.references.people.words import is_surely_group
from abstool.item import ItemName
from abstool.names import PARTICLES
from abstool.text import tidy

_IDENTIFIER = re.compile(r"\s*\(\d{6,}\)")  # after a name of Scopus
_AND = re.compile(r"\sand\s")
_OF_OPENALEX = "https://openalex.org/W"  # which every row of OpenAlex has as its number
LENS, EPPI = "lens", "eppi"  # the programs that have their own forms of names


def authors(fields: Fields, names_of: str) -> list[ItemName]:
    """Return the authors, then the groups, which Web of Science has in a column of their own."""
    names = people(fields, "authors", names_of)
    if "groups" in fields:
        names += group("\n".join(fields.take_raw("groups")).split(";"))
    return names


def people(fields: Fields, role: str, names_of: str = "") -> list[ItemName]:
    """Return names; Rayyan joins them with "and", and in Scopus a number follows each."""
    listed = "\n".join(fields.take_raw(role)).strip()
    if not listed:
        return []
    if names_of == EPPI and listed.endswith(";"):
        return fields.people(filter(None, map(_of_eppi, listed.split(";"))))
    given_first = names_of == LENS or (
        fields.peek("ID id").startswith(_OF_OPENALEX)
        and not any(map(FAMILY_FIRST.fullmatch, map(str.strip, re.split("[;|]", listed))))
    )
    if listed.startswith("[") and listed.endswith("]") and (names := _of_program(listed)):
        return fields.people(names)
    if "|" in listed or ("\n" in listed and ";" not in listed):
        names = [name for one in re.split(r"\||\n", listed) if (name := one.strip())]
        return fields.people(_in_order(fields, names) if given_first else names)
    text = _IDENTIFIER.sub("", tidy(listed))
    if given_first and "," not in text:
        return fields.people(_in_order(fields, text.split(";")))
    if re.search("[A-Z]{2}\\.$", text):  # PubMed ends its list with a period
        text = text[:-1]
    names = _AND.split(text)
    is_list = ";" not in text and any(name.count(",") == 1 for name in names)
    return fields.people(names if is_list else [text])


def _of_program(text: str) -> list[str]:
    """Return the names in a list of Python or JSON, as programs write it into a cell."""
    try:
        parts = literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return []
    names = parts if isinstance(parts, list) else []
    return [name for name in names if isinstance(name, str) and name.strip()]


def _of_eppi(text: str) -> str:
    """Return a name of EPPI-Reviewer, which has a blank also before a given name that is empty.

    ``Roe Ann`` has one blank behind it and is Roe, Ann; a group has two. ``Roe Ann B`` has none;
    of more words, which may be of either part, the name stays as it is, like that of a group.
    """
    words = text.split()
    missing = len(text) - len(text.rstrip(" "))
    if "," in text or len(words) < 2 or missing > 2:
        return text.strip()
    if missing == 1:
        return f"{' '.join(words[:-1])}, {words[-1]}"
    if missing == 0 and len(words) == 3 and words[0] not in PARTICLES:
        return f"{words[0]}, {words[1]} {words[2]}"
    return " ".join(words) if len(words) == 2 and not missing else f"{' '.join(words)},"


def _in_order(fields: Fields, names: Iterable[str]) -> Iterator[str]:
    """Yield names whose given name is first with the family name first."""
    for name in names:
        bare = without_marks(name.strip())
        if bare != name.strip():
            fields.once.append(REMOVED)
        yield _inverted(bare)


def _inverted(name: str) -> str:
    """Return ``Ann van Roe Jr``, as Lens writes names, as ``van Roe, Ann, Jr``.

    The name of a group stays as it is. ``null Roe`` has no given name.
    """
    if name.startswith("null "):
        return name.removeprefix("null ")
    bare, suffix = without_suffix(name)
    words = bare.split()
    if "," in name or is_surely_group(bare):
        return name
    inner = (n for n, word in enumerate(words) if n and word in PARTICLES)
    start = next(inner, len(words) - 1)
    if start <= 0:
        return name
    return ", ".join(filter(None, (" ".join(words[start:]), " ".join(words[:start]), suffix)))
