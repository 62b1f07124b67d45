"""Turn the inline tags and quotation marks of CSL-JSON text into marks."""

from __future__ import annotations

import re

from abstool.csl.text import marks

# Patterns are compiled on first use, since few texts have what they find.
_TAG = r"(?i)<(/?)(?:(i|b|sc|sup|sub)|span(?:\s+(?:class|style)=\"([^\"<>]*)\")?)>"
_MARK_OF = {
    "i": marks.DATA_ITALIC,
    "b": marks.DATA_BOLD,
    "sc": marks.SMALL_CAPS,
    "sup": marks.SUPERSCRIPT,
    "sub": marks.SUBSCRIPT,
    "nocase": marks.NOCASE,
    "nodecor": marks.NORMAL,
}
_BEFORE, _AFTER = r"(?<![^\s(\[/“‘\"'\ufdd0-\ufdef–—-])", r"(?!\w)"
# By opening sign, because looking for a sign is much faster than a search that fails.
_STRAIGHT = {
    '"': rf'{_BEFORE}"(?=\S)([^"]*[^"\s])"{_AFTER}',
    "'": rf"{_BEFORE}'(?=\S)((?:[^']|(?<=\w)'(?=\w))*[^'\s])'{_AFTER}",
}
_TYPOGRAPHIC = {
    "“": r"(“[^“”]+”)",
    "‘": rf"{_BEFORE}(‘(?:[^‘’]|(?<=\w)’(?=\w))+’){_AFTER}",
}


def marked(text: str, *, typographic: bool) -> str:
    """Return text with marks for CSL's inline tags and for typographic quotations.

    If ``typographic``, also mark quotations in straight marks and curl apostrophes.
    """
    text = tagged(text)
    for sign, pattern in _TYPOGRAPHIC.items():
        if sign in text:
            text = re.sub(pattern, rf"{marks.PRINTED}\1{marks.END_OF_PRINTED}", text)
    if not typographic:
        return text
    for sign, pattern in _STRAIGHT.items():
        if sign in text:
            text = re.sub(pattern, rf"{marks.QUOTE}\1{marks.END_OF_QUOTE}", text)
    return text.replace("'", "’")


def tagged(text: str) -> str:
    """Replace matching pairs of tags with marks; a tag without its partner stays text."""
    if "<" not in text or "</" not in text:
        return text
    result: list[str] = []
    opened: list[tuple[int, str, str]] = []  # index in the result, tag, mark
    position = 0
    for tag in re.finditer(_TAG, text):
        result.append(text[position : tag.start()])
        position = tag.end()
        closing, name, attribute = tag.groups()
        name = (name or "span").lower()
        if not closing and (name != "span" or attribute):
            kind = "sc" if "small-caps" in (attribute or "") else attribute or name
            opened.append((len(result), name, _MARK_OF.get(kind, "")))
            result.append(tag[0])
        elif closing and any(name == one[1] for one in opened):
            while opened:
                index, opened_name, mark = opened.pop()
                if opened_name == name:
                    break
            result[index] = mark
            result.append(chr(ord(mark) + 1) if mark else "")
        else:
            result.append(tag[0])
    return "".join((*result, text[position:]))
