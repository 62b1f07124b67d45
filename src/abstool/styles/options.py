"""How citations in a style are printed: the options that formats of files have no use for.

In: options as users give them. Out: the same, checked.
"""

from __future__ import annotations

from msgspec import Struct, structs

from abstool.errors import UsageError

FORMS = ("text", "markdown", "html", "rtf", "docx")
ORDERS = ("input", "style")


class Printing(Struct, frozen=True):
    """How citations in a style are printed; each field is an argument of ``cite``.

    ``in_text`` asks for the citation of all records together, as it stands in a text.
    """

    locale: str = ""
    label: bool = True
    number: bool = False
    sort: str = "input"
    to: str = "text"
    in_text: bool = False

    def __post_init__(self) -> None:
        """Refuse a form or an order that is none."""
        for name, value, known in (("to", self.to, FORMS), ("sort", self.sort, ORDERS)):
            if value not in known:
                raise UsageError(f"--{name}", f"{value!r} is none", f"use {', '.join(known)}")

    @property
    def options(self) -> str:
        """The options of the command that differ from what goes without saying."""
        names = {"label": "no-label", "in_text": "in-text"}
        return ", ".join(
            f"--{names.get(name, name)}"
            for name, value in structs.asdict(self).items()
            if value != getattr(Printing(), name)
        )
