"""Records to citations: one string a record, in a citation style or an exchange format.

In: ``Abstract`` objects, their dictionaries, or CSL-JSON items. Every one becomes a CSL-JSON
item, and a style or format turns items into text. A format is a module of this package
with ``render(items)`` and ``document(entries)``; it is found by its file name, and imported only
when it is asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

from abstool.errors import UnreadableInput, UsageError
from abstool.formatters._catalog import Listed, find, formats
from abstool.formatters._catalog import listing as styles
from abstool.formatters._keys import key_of, unique
from abstool.formatters.csljson import TYPES, Item, clean, to_date, to_item
from abstool.record import Abstract

__all__ = ["Item", "Listed", "cite", "document", "formats", "item_of", "styles"]

DateLike = str | dt.date


def cite(
    records: Iterable[Abstract | dict[str, Any]],
    style: str = "ama",
    *,
    accessed: DateLike | None = None,
) -> list[str]:
    """Return one string a record, in the order given.

    Args:
        records: abstracts, their dictionaries, or CSL-JSON items.
        style: a style's or format's name, or the path of a ``.csl`` file.
        accessed: date of access for all that have an address, ISO or ``date``; see ``item_of``.

    Raises:
        UsageError: the style is unknown or broken, or the date is none.
        UnreadableInput: a record is neither a record nor a CSL-JSON item.
    """
    target = find(style)
    items = [
        item_of(record, accessed=accessed, subject=f"record {number}")
        for number, record in enumerate(records, 1)
    ]
    keys = unique(str(item.get("id") or key_of(item)) for item in items)
    items = [{"id": key} | item | {"id": key} for key, item in zip(keys, items, strict=True)]
    if target.path is None:
        entries: list[str] = _format(target.name).render(items)
        return entries
    from abstool.formatters import csl  # noqa: PLC0415 - citeproc is loaded for styles only

    renderer = csl.load(target.path, target.name, own=target.own, locale=target.locale)
    return [renderer.render(item) for item in items]


def document(entries: Sequence[str], style: str = "ama") -> str:
    """Return entries that ``cite`` gave as one text, ending with a newline if there is any text.

    Citations stand one a line, BibTeX entries a blank line apart, CSL-JSON items in an array.
    """
    target = find(style)
    if target.path is None:
        text: str = _format(target.name).document(entries)
        return text
    return "".join(f"{entry}\n" for entry in entries)


def item_of(
    record: Abstract | dict[str, Any],
    *,
    accessed: DateLike | None = None,
    subject: str = "record",
) -> Item:
    """Return the CSL-JSON item of a record, or a CSL-JSON item cleaned.

    The date of access is ``accessed``, else the record's own, else, for a record of abstool's
    with an address, today; an item of another tool gets none that it or the caller does not name.
    Raises UnreadableInput, naming ``subject``.
    """
    ours = isinstance(record, Abstract) or _is_record(record, subject)
    if isinstance(record, Abstract):
        item = to_item(record)
    else:
        item = to_item(Abstract.from_dict(record, subject)) if ours else clean(record)
    date = _date(accessed)
    if "URL" in item and (date or (ours and "accessed" not in item)):
        item["accessed"] = to_date((date or _today()).isoformat())
    return item


def _is_record(data: Any, subject: str) -> bool:
    """Tell a record from a CSL-JSON item; raise UnreadableInput for what is neither."""
    if isinstance(data, dict) and str(data.get("schema", "")).startswith("abstool/"):
        return True
    if isinstance(data, dict) and "type" in data:
        if data["type"] in TYPES:
            return False
        raise UnreadableInput(subject, f"its type {data['type']!r} is none of CSL-JSON's")
    if isinstance(data, dict) and "title" in data:
        return True
    raise UnreadableInput(
        subject, "neither an abstool record nor a CSL-JSON item", "see 'abstool schema'"
    )


def _date(value: DateLike | None) -> dt.date | None:
    if not isinstance(value, str):
        return value
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"date {value!r}", "not a date", "give one as YYYY-MM-DD") from None


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


def _format(name: str) -> Any:
    return import_module(f"abstool.formatters.{name}")
