"""Cite and export records: the public functions ``cite`` and ``export``."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Unpack

from abstool.citing.targets import USE_EXPORT, resolve
from abstool.errors import UsageError
from abstool.mapping import RecordLike
from abstool.styles.catalog import formats
from abstool.styles.catalog import listing as styles
from abstool.styles.options import Keywords, Options

__all__ = ["cite", "export", "formats", "styles"]


def cite(
    records: Iterable[RecordLike],
    style: str | os.PathLike[str] = "ama",
    **options: Unpack[Keywords],
) -> list[str]:
    """Return one string per record, in the given order.

    Args:
        records: abstracts, their dictionaries, or CSL-JSON items.
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
        UsageError: the style or the value of an option is unknown, or the style is broken, binary
            or does not support an option.
        UnreadableInput: a record is neither a record nor a CSL-JSON item.
    """
    checked = Options(**options)
    if checked.bom:
        problem = "only files can start with a byte order mark"
        raise UsageError(problem=problem, next_step=USE_EXPORT, argument="bom")
    return resolve(style, checked).cite(records)


def export(
    records: Iterable[RecordLike], style: str | os.PathLike[str], **options: Unpack[Keywords]
) -> bytes:
    """Return records as one file in a citation style or export format.

    Text is UTF-8. The arguments are those of ``cite``; ``to`` may also be ``docx``, and
    ``bom=True`` starts a text file with a byte order mark, so that Excel reads it as UTF-8.

    Raises:
        UsageError, UnreadableInput: see ``cite``.
    """
    return resolve(style, Options(**options)).export(records)
