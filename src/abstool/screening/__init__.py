"""What reviewers decided about records, read from the files of screening tools.

``labels`` reads the decisions in an entry, ``joining`` finds its record, ``agreement`` compares
reviewers, and ``flow`` counts the boxes of a PRISMA 2020 diagram.
"""

from abstool.screening.agreement import Agreement, agreements
from abstool.screening.decision import Decision, Outcome, Stage, decisions_in, outcome_of
from abstool.screening.joining import ScreenedRecords
from abstool.screening.labels import Labels, labels_of

__all__ = [
    "Agreement",
    "Decision",
    "Labels",
    "Outcome",
    "ScreenedRecords",
    "Stage",
    "agreements",
    "decisions_in",
    "labels_of",
    "outcome_of",
]
