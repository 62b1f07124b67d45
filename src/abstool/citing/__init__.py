"""Cite and export records: the public functions ``cite``, ``export`` and ``rows``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Unpack

from abstool.citing.targets import USE_EXPORT, TextTarget, reraise, resolve
from abstool.errors import UsageError, require
from abstool.mapping import RecordLike
from abstool.record import Abstract
from abstool.styles.catalog import formats
from abstool.styles.catalog import listing as styles
from abstool.styles.options import Keywords, Options

if TYPE_CHECKING:
    from abstool.formats.shared.table import FlatRow

__all__ = ["cite", "export", "formats", "rows", "styles"]


def cite(
    records: RecordLike | Iterable[RecordLike],
    style: str | os.PathLike[str] = "ama",
    **options: Unpack[Keywords],
) -> list[str]:
    """Return one string per record, in the given order; for one record, a list of one string.

    Args:
        records: abstracts, their dictionaries, or CSL-JSON items; or one of these.
        style: name of a citation style or export format, or path of a ``.csl`` file.
        options: ``accessed``, the access date of all records that have a URL;
            ``key``, a template of citation keys, such as ``{family}{year}{word}``;
            ``locale``, the language of citations, such as ``de-DE``;
            ``label=False``, to leave out the label "[abstract]";
            ``number=True``, to number the citations if the style does;
            ``sort="style"``, to sort the citations as the style does;
            ``to``, the form of citations: ``text``, ``markdown``, ``html`` or ``rtf``;
            ``journals``, abbreviations by the full titles of journals;
            ``in_text=True``, to get one in-text citation for all records.
            See ``abstool.styles.options.Options`` for the defaults.

    Raises:
        UsageError: an argument is of the wrong type, the style, an option or its value is unknown,
            or the style is broken, binary or does not support an option.
        UnreadableInput: a record is neither a record nor a CSL-JSON item.
    """
    checked = Options.of(**options)
    if checked.bom:
        problem = "only files can start with a byte order mark"
        raise UsageError(problem=problem, next_step=USE_EXPORT, argument="bom")
    return resolve(style, checked).cite(_listed(records))


def export(
    records: RecordLike | Iterable[RecordLike],
    style: str | os.PathLike[str],
    **options: Unpack[Keywords],
) -> bytes:
    """Return records as one file in a citation style or export format.

    Text is UTF-8. The arguments are those of ``cite``; ``to`` may also be ``docx``, and
    ``bom=True`` starts a text file with a byte order mark, so that Excel reads it as UTF-8.

    Raises:
        UsageError, UnreadableInput: see ``cite``.
    """
    return resolve(style, Options.of(**options)).export(_listed(records))


def rows(records: RecordLike | Iterable[RecordLike], **options: Unpack[Keywords]) -> list[FlatRow]:
    """Return one flat dictionary per record, for a table of pandas or polars.

    The columns are those of the format ``csv``; a cell is a text, a whole number or None. Of the
    options of ``cite``, ``accessed`` and ``key`` apply.

    Raises:
        UsageError, UnreadableInput: see ``cite``.
    """
    from abstool.formats import csv  # noqa: PLC0415 - citing needs neither
    from abstool.formats.shared import table  # noqa: PLC0415

    target = TextTarget("csv", csv, Options.of(**options))
    items = target.prepare_all(_listed(records))
    return [table.flat(table.row(item)) for _, item in target.identified(enumerate(items), reraise)]


def _listed(records: RecordLike | Iterable[RecordLike]) -> Iterable[RecordLike]:
    """Return records, or the only one as a list. Raises UsageError for anything else."""
    if isinstance(records, Abstract | Mapping):
        return [records]
    if isinstance(records, str | bytes | os.PathLike):
        problem = f"{type(records).__name__} is not a record"
        raise UsageError(problem=problem, next_step="use abstool.read()", argument="records")
    require("records", records, Iterable, "a record or a list of records")
    return records
