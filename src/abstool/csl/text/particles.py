"""Find and join the particles of family names: ``van der Heijde``, ``al-Masri``, ``d'Angelo``.

People write particles as part of the family name, but CSL's rules for particles need them as
separate parts.
"""

from __future__ import annotations

import re

from abstool.csl.text.marks import CLOSING

_CLOSING = "".join(CLOSING)
_PARTICLE = r"((?:[^\W\d_]+(?:\s+|-|['’]\s?)|['’][^\W\d_]+\s+))(?=\S)"
_WORD = r"[^\W\d_]+['’]?"


def split_particles(parts: dict[str, str]) -> dict[str, str]:
    """Return a name with the leading lower-case words of the family name as its particle.

    They become the non-dropping particle; lower-case words at the end of the given names (``Ludwig
    van``) become the dropping particle. A family name in double quotation marks is not split, as
    in other tools.
    """
    family = parts["family"]
    if family[:1] == family[-1:] == '"' and len(family) > 2:
        return parts | {"family": family[1:-1]}
    found = parts
    if "non-dropping-particle" not in parts and not family[:1].isupper():
        at, pattern = 0, re.compile(_PARTICLE)
        while (match := pattern.match(family, at)) and match[1].lstrip("'’")[0].islower():
            at = match.end()
        if at:
            particle = _ended(family[:at])
            found = found | {"family": family[at:], "non-dropping-particle": particle}
    given = parts.get("given", "")
    if (
        "dropping-particle" not in parts
        and not given.rpartition(" ")[2][:1].isupper()
        and any(letter.isupper() for letter in given)
        and (dropping := _lower_at_end(given))
    ):
        given = given[: -len(dropping)].rstrip()
        found = found | {"given": given, "dropping-particle": dropping}
    return found


def _lower_at_end(given: str) -> str:
    """Return the lower-case words at the end of given names; the first word is never one."""
    words = given.split()
    start = len(words) if given == given.rstrip() else 0
    while start > 1 and words[start - 1].islower() and re.fullmatch(_WORD, words[start - 1]):
        start -= 1
    return " ".join(words[start:]) if start else ""


def _ended(particle: str) -> str:
    """Return a particle without the space after it, unless only the space tells: ``de’ Medici``."""
    bare = particle.rstrip()
    return f"{bare} " if bare != particle and bare[-1] in "’'" else bare


def split_suffix(parts: dict[str, str]) -> dict[str, str]:
    """Return a name with what stands after a comma in the given names as its suffix.

    ``John, Jr.`` has a suffix, and ``John,! Jr.`` one that is always printed after a comma.
    """
    given, comma, suffix = parts.get("given", "").partition(",")
    if not comma or not given.strip() or "suffix" in parts:
        return parts
    found = parts | {"given": given.strip(), "suffix": suffix.removeprefix("!").strip()}
    if suffix.startswith("!"):
        found["comma-suffix"] = "true"
    return found


def joined(*parts: str | None) -> str:
    """Join parts of a name with spaces, except after a hyphen or an apostrophe: ``d’Angelo``."""
    text = ""
    for part in parts:
        if part:
            last = text.rstrip(_CLOSING)[-1:]
            text += part if not last or last in "-’' " else f" {part}"
    return text
