"""The citations of a book's entries, made in advance in the styles that a reader can choose."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Sequence

from msgspec import structs

from abstool.citing.targets import Target, resolve
from abstool.item import Item
from abstool.record import Abstract
from abstool.styles.options import Options

# The styles that a reader can choose besides the printed one, with their names.
STYLES = {"vancouver": "Vancouver", "apa": "APA", "bibtex": "BibTeX", "ris": "RIS"}
_LISTS = frozenset({"bibtex", "ris"})  # their keys must differ


def printed(
    records: Sequence[Abstract], style: str, failed: Callable[[int, Exception], None]
) -> list[str]:
    """Return the citation of each record in a style, each on its own; ``""`` for one that fails."""
    return _cited(records, style, failed, [])


def packed(records: Sequence[Abstract], ids: Sequence[str]) -> str:
    """Return the citations in all of ``STYLES``, without the abstracts.

    This is base64 of JSON that zlib compressed: by id, the citations in the order of the styles.
    Those of one record stand together, since they repeat each other.
    """
    items: list[Item] = []  # the same for all styles
    columns = [_cited(records, style, _ignore, items) for style in STYLES]
    data = dict(zip(ids, zip(*columns, strict=True), strict=True))
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()


def _ignore(position: int, error: Exception) -> None:
    """Leave out a citation; the printed one of the same record has been reported."""
    del position, error


def _cited(
    records: Sequence[Abstract],
    style: str,
    failed: Callable[[int, Exception], None],
    contents: list[Item],
) -> list[str]:
    """Return the citations of records; their items are those in ``contents``, or added to it."""
    target = resolve(style, Options())
    contents += [] if contents else [_prepared(target, record) for record in records]
    if style in _LISTS:
        missing: set[int] = set()
        entries = iter(list(target.entries(contents, lambda n, _: missing.add(n))))
        return ["" if n in missing else next(entries).strip() for n in range(len(records))]
    citations = []
    for position, content in enumerate(contents):
        try:  # alone, since letters after years depend on the list that is cited
            citations.append(" ".join(target.entries([content])))
        except Exception as error:  # noqa: BLE001 - a bug must not cost the whole book
            failed(position, error)
            citations.append("")
    return citations


def _prepared(target: Target[Item], record: Abstract) -> Item:
    """Return the item of a record, without text, affiliations and today's date."""
    item = target.prepare(structs.replace(record, sections=[], affiliations=[]), record.title)
    if not record.accessed:  # the same records make the same book on every day
        item.pop("accessed", None)
    return item
