r"""Read the commands that astronomers write for journals: ``\apj``, ``{\mnras}``.

The commands and titles in ``journals.txt`` are those of the Astrophysics Data System (ADS), which
AAS, A&A and MNRAS define in their LaTeX classes.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from abstool.inputs.references.bibtex.commands import COMMANDS, DECLARATIONS, symbol

_COMMAND = re.compile(r"\\([A-Za-z]+)(?:\{\}|\s+|(?=\\ ))?")
_ALONE = re.compile(r"[{\s]*\\([A-Za-z]+)[{}\s]*")


def titled(latex: str) -> tuple[str, str]:
    """Return the LaTeX of a journal with the titles that commands stand for, and a warning.

    A command that nobody knows is replaced by its name if the field has nothing else.
    """
    titles = _titles()
    text = _COMMAND.sub(
        lambda found: f"{titles[name]} " if (name := found[1].lower()) in titles else found[0],
        latex,
    ).strip()
    if not (alone := _ALONE.fullmatch(text)) or _is_known(alone[1]):
        return text, ""
    return alone[1], f"the journal is the unknown LaTeX command \\{alone[1]}; its name is used"


def _is_known(name: str) -> bool:
    return name in COMMANDS or name in DECLARATIONS or symbol(name) is not None


@cache
def _titles() -> dict[str, str]:
    text = files(__package__).joinpath("journals.txt").read_text("utf-8").replace("&", "\\&")
    rows = (line.partition(" ") for line in text.splitlines())
    return {name: title for name, _, title in rows}
