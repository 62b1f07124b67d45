"""Read the references of a manuscript.

``read`` detects the kind of file by its content. A module per kind returns a ``ManuscriptText``,
in which ``lists`` finds the references; ``assembly`` puts the ``Manuscript`` together.
"""

from __future__ import annotations

from abstool.manuscripts.manuscript import Manuscript
from abstool.manuscripts.reference import Reference

__all__ = ["Manuscript", "Reference", "read"]


def read(data: bytes, subject: str) -> Manuscript:
    """Return the references of a manuscript in the bytes of a file or of pasted text.

    Raises UnreadableInput if it cannot be read or has no references.
    """
    from abstool.manuscripts import kinds  # noqa: PLC0415 - the types alone need no reader

    return kinds.read(data, subject)
