"""Read the tagged format of EndNote and Google Scholar (.enw), which began as Unix's refer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from abstool.inputs.references.endnote import common
from abstool.inputs.references.entry import Fields
from abstool.inputs.references.fields import Entry, Reading
from abstool.inputs.references.tagged.lines import Pairs, TaggedLayout, split

_FIRST_TAG = re.compile(r"(?:[^%\n][^\n]*+\n|\n)*+\ufeff?%0")
_TAG = re.compile(r"\ufeff?%(\S)(?:\s+(.*)|$)")


def entries(text: str) -> Iterator[Entry]:
    """Yield the line number of each entry with what reads it."""
    # Abstracts may have blank lines, so these count only where entries do not begin with a type.
    is_typed = _FIRST_TAG.match(text)
    starts = frozenset({"0"}) if is_typed else frozenset()
    layout = TaggedLayout(_TAG, starts, blank=not is_typed, separator="\n")
    for line, pairs in split(text, layout):
        yield line, partial(_read, pairs)


def _read(pairs: Pairs) -> Reading:
    fields = Fields(pairs)
    name = fields.take("0") or ("Journal Article" if "J" in fields else "")
    return common("enw", fields, name)
