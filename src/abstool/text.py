"""Text of pages and of CSL-JSON made fit for one line of output.

In: strings as typed by authors, with line breaks, control characters or CSL's inline tags. Out:
the same words on one line, without anything that could steer a terminal or break a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

# C0 and C1 controls, lone surrogates, bidirectional overrides, noncharacters.
_UNFIT = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]"
)
# The inline markup CSL-JSON knows. Only whole pairs count: "a <b> c" and "<5%" are text.
_TAGGED = re.compile(
    r"<(?:(i|b|sc|sup|sub)|span\s+(?:class|style)=\"[^\"<>]*\")>"
    r"((?:(?!<(?:i|b|sc|sup|sub)>|<span\s).)*?)</(?(1)\1|span)>"
)

SUPERSCRIPTS = dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
SUBSCRIPTS = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))


def tidy(text: object) -> str:
    """Return a value as one line of text without control characters or double spaces."""
    text = str(text)
    # Most texts are fit but for line breaks: that is seen much faster than all of it is mended.
    line = text
    if not text.isprintable():
        line = " ".join(filter(None, text.splitlines()))
        if not line.isprintable():
            return " ".join(_UNFIT.sub(" ", text).split())
    # Of long texts Python looks through the last faster than for the first of two signs.
    return line if line.rfind("  ") < 0 and line.strip() == line else " ".join(line.split())


def joined_if_tidy(texts: Iterable[str]) -> str:
    """Return texts put together if all of them are as ``tidy`` leaves them, else ``""``.

    Most are, and that is seen much faster of all together than of each.
    """
    joined = f"|{'|'.join(texts)}|"
    apart = "  " in joined or "| " in joined or " |" in joined
    return joined if joined.isprintable() and not apart else ""


def tidy_names(names: Iterable[dict[str, Any]] | None, without: str = "") -> list[dict[str, str]]:
    """Return names with each part ``tidy`` and ``without`` a sign: most of them as they came."""
    names = list(names or ())
    try:
        joined = joined_if_tidy(chain.from_iterable(map(dict.values, names)))
    except TypeError:  # a part that is no text
        joined = ""
    if joined and not (without and without in joined):
        return names
    return [{part: tidy(name[part]).replace(without, "") for part in name} for name in names]


def tidy_texts(item: dict[str, Any]) -> dict[str, Any]:
    """Return an item, the texts of its variables ``plain`` and ``tidy``, but for its abstract.

    An abstract has paragraphs, which is for each format to mind.
    """
    texts = {
        name: value for name, value in item.items() if isinstance(value, str) and name != "abstract"
    }
    if (joined := joined_if_tidy(texts.values())) and "<" not in joined:
        return item
    return item | {name: plain(tidy(text)) for name, text in texts.items()}


def paragraphs(text: object) -> str:
    """Return a value as ``tidy`` does, line by line: its line breaks stay."""
    return "\n".join(tidy(line) for line in str(text).strip().splitlines())


def with_particles(parts: dict[str, str], family: str | None) -> str:
    """Return the family name of a name's parts with its particles in front."""
    if "dropping-particle" not in parts and "non-dropping-particle" not in parts:
        return family or ""
    particles = (parts.get("dropping-particle"), parts.get("non-dropping-particle"))
    return " ".join(filter(None, (*particles, family)))


def between(entries: Iterable[str], separator: str) -> Iterator[str]:
    """Yield entries with a separator between them, as ``separator.join`` puts it."""
    for number, entry in enumerate(entries):
        if number:
            yield separator
        yield entry


def plain(text: str) -> str:
    """Return text with CSL's inline tags resolved: ``CD19<sup>+</sup>`` becomes ``CD19⁺``.

    Super- and subscripts that Unicode lacks, and all other tags, leave their plain content.
    """
    while "<" in text and "</" in text and (resolved := _TAGGED.sub(_content, text)) != text:
        text = resolved
    return text


def _content(match: re.Match[str]) -> str:
    tag, content = match.groups()
    raised = {"sup": SUPERSCRIPTS, "sub": SUBSCRIPTS}.get(tag, {})
    return "".join(raised[sign] for sign in content) if set(content) <= raised.keys() else content
