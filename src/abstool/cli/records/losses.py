"""Say what an export format has no place for, in one line for all items."""

from collections import Counter

from abstool.cli.report import Report

_MOST = 30  # names in the line


def note_losses(target: str, counts: Counter[str], report: Report) -> None:
    """Print the data of items from other programs that a target has not written, with counts."""
    losses = counts.most_common()
    if not losses:
        return
    named = ", ".join(f"{name} ({count})" for name, count in sorted(losses[:_MOST], key=_order))
    more = f" and {len(losses) - _MOST} more fields" if len(losses) > _MOST else ""
    report.note(f"{target} has no place for these fields, which were left out: {named}{more}")


def _order(loss: tuple[str, int]) -> tuple[int, str]:
    name, count = loss
    return -count, name
