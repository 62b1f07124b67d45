"""Write what a check found: as a report to read, or into a copy of the manuscript.

``targets`` decides by the ending of the file, ``checked`` has what all reports say, and a module
per form writes it.
"""

from __future__ import annotations

from importlib import import_module

from abstool.checking.reports.checked import CheckedManuscript, Copied
from abstool.checking.reports.targets import COPIES, entry_format, target_of

__all__ = ["CheckedManuscript", "Copied", "entry_format", "target_of", "written"]


def written(checked: CheckedManuscript, form: str) -> Copied:
    """Return the content of a file in a form that ``target_of`` returns, and notes about it.

    Raises UnreadableInput if the manuscript cannot be copied.
    """
    module = import_module(f"{__name__}.{COPIES.get(form, form)}")
    if form in COPIES:
        copied: Copied = module.copied(checked)
        return copied
    text: str = module.render(checked)
    return Copied(text.encode("utf-8", "replace"))
