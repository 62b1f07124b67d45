"""How far two reviewers agree: the share of equal decisions, and Cohen's kappa."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from abstool.screening.decision import STAGES, Decision, Stage, Verdict


@dataclass(frozen=True, slots=True)
class Agreement:
    """The decisions of two reviewers about the same records.

    ``kappa`` is Cohen's kappa, None if both gave every record the same one decision, for which it
    is not defined.
    """

    stage: Stage
    reviewers: tuple[str, str]
    both: int
    agreed: int
    kappa: float | None

    def to_dict(self) -> dict[str, object]:
        """Return the agreement as JSON data."""
        return {
            "stage": self.stage,
            "reviewers": list(self.reviewers),
            "both": self.both,
            "agreed": self.agreed,
            "kappa": self.kappa if self.kappa is None else round(self.kappa, 4),
        }


def agreements(records: Iterable[Iterable[Decision]]) -> list[Agreement]:
    """Return the agreement of each two reviewers, from the decisions about each record."""
    pairs: dict[tuple[Stage, str, str], Counter[tuple[Verdict, Verdict]]] = {}
    for decisions in records:
        by_stage: dict[Stage, dict[str, Verdict]] = {}
        for one in decisions:
            by_stage.setdefault(one.stage, {})[one.reviewer] = one.decision
        for stage, verdicts in by_stage.items():
            for first, second in combinations(sorted(verdicts), 2):
                counts = pairs.setdefault((stage, first, second), Counter())
                counts[verdicts[first], verdicts[second]] += 1
    order = sorted(pairs, key=lambda pair: (STAGES.index(pair[0]), *pair[1:]))
    return [_agreement(stage, (a, b), pairs[stage, a, b]) for stage, a, b in order]


def _agreement(
    stage: Stage, reviewers: tuple[str, str], counts: Counter[tuple[Verdict, Verdict]]
) -> Agreement:
    both = counts.total()
    agreed = sum(number for (one, other), number in counts.items() if one == other)
    first, second = Counter[Verdict](), Counter[Verdict]()
    for (one, other), number in counts.items():
        first[one] += number
        second[other] += number
    by_chance = sum(number * second[word] for word, number in first.items())
    # In whole numbers, so that no rounding decides whether there is a kappa.
    rest = both * both - by_chance
    kappa = (agreed * both - by_chance) / rest if rest else None
    return Agreement(stage, reviewers, both, agreed, kappa)
