"""The options of citations and exports: names, defaults, allowed values and checks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from itertools import chain
from typing import Self, TypedDict, Unpack

from abstool import citekeys
from abstool.errors import UsageError, require

DateLike = str | dt.date

FORMS = ("text", "markdown", "html", "rtf", "docx")
ORDERS = ("input", "style")
# What the values of options are, besides those with choices and dates.
_KINDS: dict[type | tuple[type, ...], tuple[str, tuple[str, ...]]] = {
    str: ("a text", ("key", "locale")),
    bool: ("True or False", ("label", "number", "in_text", "bom")),
    (Mapping, type(None)): ("a mapping", ("journals",)),
}
# The options of citations, which export formats do not support.
OF_CITATIONS = ("locale", "label", "number", "sort", "to", "in_text", "journals")


class Keywords(TypedDict, total=False):
    """The fields of ``Options`` as keyword arguments, for type checkers."""

    accessed: DateLike | None
    key: str
    locale: str
    label: bool
    number: bool
    sort: str
    to: str
    in_text: bool
    bom: bool
    journals: Mapping[str, str] | None


@dataclass(frozen=True, kw_only=True)
class Options:
    """How records are cited or exported. Raises UsageError for a value that is not allowed.

    Attributes:
        accessed: access date of all records that have a URL, as ``YYYY-MM-DD`` or a ``date``.
            By default, that of the record, or today.
        key: template of citation keys, such as ``{family}{year}{word}``. By default, items keep
            their ids, and records get keys of this form.
        locale: language of citations, such as ``de-DE``. By default, that of the style.
        label: whether to add the label "[abstract]".
        number: whether to number the citations if the style does.
        sort: ``input``, or ``style`` for the order of the style.
        to: output form of citations: one of ``FORMS``.
        in_text: whether to print one in-text citation for all records instead of a list.
        bom: whether a text file starts with a byte order mark.
        journals: abbreviations by the full titles of journals, for items that have only those.
    """

    accessed: DateLike | None = None
    key: str = ""
    locale: str = ""
    label: bool = True
    number: bool = False
    sort: str = "input"
    to: str = "text"
    in_text: bool = False
    bom: bool = False
    journals: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        """Check the values."""
        for kinds, (wanted, names) in _KINDS.items():
            for name in names:
                require(name, getattr(self, name), kinds, wanted)
        for text in chain.from_iterable((self.journals or {}).items()):
            require("journals", text, str, "a text")
        _check_choice("to", self.to, FORMS)
        _check_choice("sort", self.sort, ORDERS)
        citekeys.check(self.key or citekeys.TEMPLATE)
        object.__setattr__(self, "accessed", self.access_date)  # parsed once

    @classmethod
    def of(cls, **keywords: Unpack[Keywords]) -> Self:
        """Return the options in keyword arguments; raise UsageError for a name that is unknown."""
        known = [field.name for field in fields(cls)]
        for name in keywords:
            if name not in known:
                next_step = f"use {', '.join(known)}"
                raise UsageError(problem="unknown option", next_step=next_step, argument=name)
        return cls(**keywords)

    @property
    def access_date(self) -> dt.date | None:
        """The access date as a ``date``, or None."""
        if isinstance(self.accessed, dt.datetime):  # a date, too
            return self.accessed.date()
        if self.accessed is None or isinstance(self.accessed, dt.date):
            return self.accessed
        try:
            date = dt.date.fromisoformat(self.accessed)
        except (TypeError, ValueError):
            date = None
        if date is None or date.isoformat() != self.accessed:  # ISO also has 2026-W47-1
            problem = f"{self.accessed!r} is not a date"
            raise UsageError(problem=problem, next_step="use YYYY-MM-DD", argument="accessed")
        return date

    def refuse(self, names: Iterable[str], target: str) -> None:
        """Raise UsageError if one of these options, which a target does not support, is set."""
        for name in names:
            if getattr(self, name) != getattr(Options, name):
                problem = f"not supported by {target}"
                raise UsageError(problem=problem, next_step="leave it out", argument=name)


def _check_choice(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        next_step = f"use {', '.join(choices)}"
        raise UsageError(problem=f"unknown value {value!r}", next_step=next_step, argument=name)
