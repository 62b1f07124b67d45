"""Say what an export format has no place for, in one line for all items."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from abstool.cli.report import Report

if TYPE_CHECKING:
    from abstool.citing.targets import Target

_MOST = 30  # names in the line


def note_losses(target: "Target[Any]", items: Iterable[Any], report: Report) -> None:
    """Print the data of items from other programs that are not written, with their counts."""
    losses = target.losses(items).most_common()
    if not losses:
        return
    named = ", ".join(f"{name} ({count})" for name, count in sorted(losses[:_MOST], key=_order))
    more = f" and {len(losses) - _MOST} more fields" if len(losses) > _MOST else ""
    report.note(f"{target.name} has no place for these fields, which were left out: {named}{more}")


def _order(loss: tuple[str, int]) -> tuple[int, str]:
    name, count = loss
    return -count, name
