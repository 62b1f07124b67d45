"""Write what was prepared for a target, each piece as soon as it is known."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from abstool.cli.records.losses import note_losses
from abstool.cli.records.prepared import Prepared
from abstool.cli.report import Report

if TYPE_CHECKING:
    from abstool.citing.targets import Target
    from abstool.item import Item
    from abstool.record import Abstract


def write_all(
    items: Iterable[Prepared],
    target: "Target[Any]",
    write: Callable[[bytes], object],
    report: Report,
) -> None:
    """Write the items as they come, unless all fail; say what the target has no place for."""
    subjects: list[str] = []  # by position
    losses: Counter[str] = Counter()
    failures = 0
    pieces: list[bytes] = []  # not written yet

    def failed(index: int, error: Exception) -> None:
        nonlocal failures
        failures += 1
        report.failure(subjects[index], error)

    def contents() -> Iterator["Abstract | Item"]:
        for one in items:
            subjects.append(one.subject)
            yield one.content
            if one.is_item and (names := target.lost(one.content)):
                losses.update(names)
            flush()

    def flush() -> None:
        if pieces and failures < len(subjects):
            write(b"".join(pieces))
            pieces.clear()

    for piece in target.pieces(contents(), failed):
        pieces.append(piece)  # noqa: PERF402 - contents() empties the list
    flush()
    if failures < len(subjects):
        note_losses(target.name, losses, report)
        report.success()
