"""Write back the fields of a BibTeX file for which CSL has no variable, or that it would change.

The reader keeps them in ``custom["fields"]``: ``values`` are those without a variable, ``raw`` is
the LaTeX of the others (empty for a field that must not be written), and ``type`` is the kind of
the entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from abstool.formats.shared.latex import latex
from abstool.item import Item, custom_of
from abstool.text import tidy

Fields = Iterable[tuple[str, str]]

_NAME = re.compile(r"[^\W\d][\w.:+/*-]*")
_KIND = re.compile(r"[a-z][a-z-]*")
_YEAR = re.compile(r"\d{3}")  # or a decade
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
# Each field with others that hold the same, in other dialects or kinds of entries.
_GROUPS = (
    ("journal", "journaltitle", "booktitle", "maintitle", "howpublished"),
    ("address", "location"),
    ("publisher", "school", "institution", "organization", "howpublished"),
    ("number", "issue"),
    ("pages", "eid", "article-number", "article_number", "articlenumber", "art_number",
     "articleno", "elocation-id", "elocationid"),
    ("keywords", "keyword"),
    ("issn", "eissn"),
)  # fmt: skip
_SAME = {name: group for group in reversed(_GROUPS) for name in group}  # the first one counts
# The fields of a date that "date" says as well.
_DATES = frozenset(("year", "month", "day"))
# BibTeX and biblatex have their own names for these, and the values are the same.
_TRANSLATED = {"journal": "journaltitle", "address": "location"}
_TRANSLATED |= {new: old for old, new in _TRANSLATED.items()}
# Fields of biblatex that no style of classic BibTeX prints.
_OF_BIBLATEX = frozenset(("journaltitle", "shortjournal", "titleaddon", "eventtitle"))
_NO_ENTRIES = frozenset(("comment", "preamble", "set", "string", "xdata"))


def kept_of(item: Item) -> dict[str, object]:
    """Return what the reader of BibTeX kept, or an empty object."""
    kept: object = custom_of(item).get("fields")
    return kept if isinstance(kept, dict) and kept.get("format") == "bibtex" else {}


def is_biblatex(item: Item) -> bool:
    """Return whether an entry was read from a file of biblatex, as its fields tell."""
    kept = kept_of(item)
    names = {name for part in ("raw", "values") for name, text in _texts(kept.get(part)) if text}
    return not names.isdisjoint(_OF_BIBLATEX)


def kind_of(item: Item, default: str, known: frozenset[str] | None = None) -> str:
    """Return the kind of an entry as it was in the file, if the format knows it.

    Programs read a kind that they do not know like ``misc``, so one whose ``default`` this is
    remains.
    """
    kind = kept_of(item).get("type")
    if not isinstance(kind, str) or not _KIND.fullmatch(kind) or kind in _NO_ENTRIES:
        return default
    return kind if known is None or kind in known or default == "misc" else default


def has_type(item: Item, *, prints_type: bool) -> bool:
    """Return whether the genre goes into ``type``, from where it was read, or which is free."""
    kept = kept_of(item)
    raw, values = dict(_texts(kept.get("raw"))), dict(_texts(kept.get("values")))
    return "type" in raw or (prints_type and "type" not in values)


def with_kept(item: Item, fields: Fields) -> Iterator[tuple[str, str]]:
    """Yield fields as they were in the file where it had them, then those that only it had."""
    kept = kept_of(item)
    if not kept:
        yield from fields
        return
    raw = {name: text for name, text in _texts(kept.get("raw")) if _balances(text)}
    values = dict(_texts(kept.get("values")))
    written: set[str] = set()
    has_year = bool(_YEAR.search(raw.get("date", "2020")))
    for name, value in fields:
        if not value or name in written:
            continue
        if name == "number" and value.startswith("arXiv:") and "eprint" in raw.keys() - {name}:
            continue
        group = _SAME.get(name, (name,))
        same = {other: raw[other] for other in group if other in raw and other not in written}
        if name not in raw and name not in values and (old := _TRANSLATED.get(name)) in same:
            same = {name: same.pop(old), **same}
            written.add(old)
        elif not same:
            same = {name: value}
        yield from same.items()
        written |= same.keys()
    if "title" in written and "title" not in raw:  # it has the subtitle
        raw.pop("subtitle", None)
    for name, text in [*raw.items(), *values.items()]:
        if name not in written and not (name in _DATES and has_year and "date" in written):
            yield name, text if _balances(text) else latex(text)
            written.add(name)


def unwritable(item: Item) -> Iterator[str]:
    """Yield the names of kept fields that are not written, as BibTeX does not allow them."""
    kept = kept_of(item)
    for part in ("raw", "values"):
        fields = kept.get(part)
        names = fields if isinstance(fields, dict) else ()
        yield from (name for name in map(str, names) if not _NAME.fullmatch(name))


def _texts(fields: object) -> Iterator[tuple[str, str]]:
    for name, text in fields.items() if isinstance(fields, dict) else ():
        if isinstance(name, str) and _NAME.fullmatch(name):
            yield name, tidy("; ".join(map(str, text)) if isinstance(text, list) else text)


def _balances(text: str) -> bool:
    """Return whether braces balance, both if escaped ones count, as in BibTeX, and if not."""
    for counted in (re.findall(r"[{}]", text), [sign[0] for sign in _BRACE.finditer(text)]):
        depth = 0
        for sign in counted:
            depth += {"{": 1, "}": -1}.get(sign, 0)
            if depth < 0:
                return False
        if depth:
            return False
    return True
