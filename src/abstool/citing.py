"""Records to citations: one string a record, in a citation style or an exchange format.

In: ``Abstract`` objects, their dictionaries, or CSL-JSON items. Every one becomes a CSL-JSON
item, and a style or format turns items into text. A format is a module of this package, found by
its file name and imported only when it is asked for. A text format has ``render(items)`` and
``document(entries)``, a binary one ``write(items)``; one that says ``OF_RECORDS`` takes the
records themselves.
"""

from __future__ import annotations

import codecs
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from msgspec import structs

from abstool.citekeys import TEMPLATE, check, key_of, unique
from abstool.errors import UnreadableInput, UsageError
from abstool.item import TYPES, Item, clean, to_date
from abstool.mapping import to_item
from abstool.record import Abstract
from abstool.styles.catalog import Listed, Style, find, formats
from abstool.styles.catalog import listing as styles
from abstool.styles.options import Printing

if TYPE_CHECKING:
    from abstool.styles.citation import CitationStyle

__all__ = [
    "Item",
    "Listed",
    "Printing",
    "cite",
    "document",
    "export",
    "export_prepared",
    "formats",
    "is_binary",
    "is_citation_style",
    "item_of",
    "preparing",
    "styles",
]

DateLike = str | dt.date


def cite(
    records: Iterable[Abstract | dict[str, Any]],
    style: str = "ama",
    *,
    accessed: DateLike | None = None,
    key: str = "",
    locale: str = "",
    label: bool = True,
    number: bool = False,
    sort: str = "input",
    to: str = "text",
) -> list[str]:
    """Return one string a record, in the order given.

    Args:
        records: abstracts, their dictionaries, or CSL-JSON items.
        style: a style's or format's name, or the path of a ``.csl`` file.
        accessed: date of access for all that have an address, ISO or ``date``; see ``item_of``.
        key: template of all citation keys, ``{family}{year}{word}``; without one, items keep
            their ids and records get keys of this form.
        locale: language of citations, ``de-DE``; without one, the style's own.
        label: whether citations say that an abstract is one.
        number: whether citations bear their number, in styles that number.
        sort: ``input``, or ``style`` for the order that the style sorts citations in.
        to: form of citations: ``text``, ``markdown``, ``html`` or ``rtf``; for ``docx``, which is
            a file and not a string a record, see ``export``.

    Raises:
        UsageError: the style is unknown, broken or binary, or the date or template is none.
        UnreadableInput: a record is neither a record nor a CSL-JSON item.
    """
    target = find(style)
    contents = _identified(_contents(records, style, accessed), key)
    if target.path is None and is_binary(style):
        problem = "a file of its own kind, not a text for each record"
        raise UsageError(target.name, problem, "write it with export()")
    printing = Printing(locale=locale, label=label, number=number, sort=sort, to=to)
    if target.path is not None and to == "docx":
        raise UsageError(to, "not a string for each record", "write it with export()")
    return list(_cited(target, contents, printing))


def export(
    records: Iterable[Abstract | dict[str, Any]],
    style: str,
    *,
    accessed: DateLike | None = None,
    key: str = "",
    bom: bool = False,
    printing: Printing | None = None,
) -> bytes:
    """Return records as one file in a style or format; the arguments are those of ``cite``.

    ``bom`` puts a byte order mark before a text, which is always UTF-8: Excel asks for one;
    ``printing`` holds what citations need besides. Raises as ``cite`` does.
    """
    contents = _contents(records, style, accessed)
    return export_prepared(contents, style, key=key, bom=bom, printing=printing)


def export_prepared(
    contents: Iterable[Abstract | Item],
    style: str,
    *,
    key: str = "",
    bom: bool = False,
    printing: Printing | None = None,
) -> bytes:
    """Return as one file what the function of ``preparing`` made of records; see ``export``."""
    printing = printing or Printing()
    target = find(style)
    if target.path is None and printing != Printing():
        raise UsageError(target.name, "a format, not a style", f"leave out {printing.options}")
    if is_binary(style):
        if bom:
            raise UsageError("--bom", f"{style} is no text", "leave it out")
        data: bytes = _format(target.name).write(_identified(contents, key))
        return data
    if printing.in_text or printing.to == "docx":
        return _citation_or_docx(target, _identified(contents, key), printing)
    entries = _cited(target, _identified(contents, key), printing)
    # Each is encoded at once: as texts, all of them would take several times their file's size.
    pieces = [piece.encode("utf-8", "replace") for piece in _pieces(target, entries, printing.to)]
    return b"".join([codecs.BOM_UTF8, *pieces] if bom else pieces)


def _cited(target: Style, contents: list[Any], printing: Printing) -> Iterable[str]:
    """Return the entry of each content in a style or text format, the latter as they are made."""
    if target.path is None:
        entries: Iterator[str] = _format(target.name).render(contents)
        return entries
    from abstool.csl import output  # noqa: PLC0415 - citeproc is loaded for styles only

    return [output.ENTRY[printing.to](entry) for entry in _entries(target, contents, printing)]


def _entries(target: Style, items: list[Item], printing: Printing) -> list[str]:
    """Return the entries of items as text with marks."""
    style = _citation_style(target, printing.locale)
    by_style, number, label = printing.sort == "style", printing.number, printing.label
    return style.bibliography(items, sort=by_style, number=number, label=label)


def _citation_style(target: Style, locale: str) -> CitationStyle:
    from abstool.styles.citation import CitationStyle  # noqa: PLC0415

    if target.path is None:
        raise UsageError(target.name, "a format, not a style", "name a style")
    return CitationStyle(target.path, target.name, own=target.own, locale=locale or target.locale)


def _citation_or_docx(target: Style, items: list[Item], printing: Printing) -> bytes:
    """Return the citation of all items in a text, or their list as a Word document."""
    from abstool.csl import output  # noqa: PLC0415

    if printing.in_text and items:
        entries = [_citation_style(target, printing.locale).in_text(items)]
    else:
        entries = _entries(target, items, printing)
    if printing.to == "docx":
        return output.docx(entries)
    made = [output.ENTRY[printing.to](entry) for entry in entries]
    return output.document(made, printing.to).encode("utf-8", "replace")


def is_citation_style(style: str) -> bool:
    """Tell a citation style from a format of files."""
    return find(style).path is not None


def is_binary(style: str) -> bool:
    """Tell whether a style is a format whose files are no text."""
    target = find(style)
    return target.path is None and hasattr(_format(target.name), "write")


def document(entries: Sequence[str], style: str = "ama", to: str = "text") -> str:
    """Return entries that ``cite`` gave as one text, ending with a newline if there is any text.

    Citations stand one a line, or in a document of the form they are in; BibTeX entries a blank
    line apart, CSL-JSON items in an array.
    """
    return "".join(_pieces(find(style), entries, to))


def _pieces(target: Style, entries: Iterable[str], to: str) -> Iterator[str]:
    """Yield a document piece by piece, each entry as it comes where the format allows."""
    if target.path is None:
        yield from _format(target.name).document(entries)
        return
    from abstool.csl import output  # noqa: PLC0415

    yield output.document(list(entries), to)


def preparing(
    style: str, accessed: DateLike | None = None
) -> Callable[[Abstract | dict[str, Any], str], Abstract | Item]:
    """Return the function that makes of a record what a style takes: an item, or a record.

    It takes the record and how messages shall name it, and raises UnreadableInput. An item's date
    of access is that of ``item_of``; a record gets the date that is given here and no other.
    """
    target = find(style)
    of_records = target.path is None and getattr(_format(target.name), "OF_RECORDS", False)

    def prepare(record: Abstract | dict[str, Any], subject: str) -> Abstract | Item:
        if not of_records:
            return item_of(record, accessed=accessed, subject=subject)
        if isinstance(record, dict) and not _is_record(record, subject):
            problem = f"it is no record of abstool's, and {target.name} is made from these"
            raise UnreadableInput(subject, problem, "fetch or parse its page")
        whole = record if isinstance(record, Abstract) else Abstract.from_dict(record, subject)
        date = _date(accessed)
        return structs.replace(whole, accessed=date.isoformat()) if date and whole.url else whole

    return prepare


def _contents(
    records: Iterable[Abstract | dict[str, Any]], style: str, accessed: DateLike | None
) -> Iterator[Abstract | Item]:
    """Yield what a style takes of all records."""
    prepare = preparing(style, accessed)
    for number, record in enumerate(records, 1):
        yield prepare(record, f"record {number}")


def _identified(contents: Iterable[Abstract | Item], template: str) -> list[Any]:
    """Return contents; items get ids that are unique among them."""
    check(template or TEMPLATE)
    contents = list(contents)
    if any(isinstance(content, Abstract) for content in contents):
        return contents
    items = [content for content in contents if isinstance(content, dict)]
    if template:
        ids = unique(key_of(item, template) for item in items)
    else:
        ids = unique(str(item.get("id") or key_of(item)) for item in items)
    return [
        item if next(iter(item.items()), None) == ("id", one) else {"id": one} | item | {"id": one}
        for one, item in zip(ids, items, strict=True)
    ]


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
    return import_module(f"abstool.formats.{name}")
