"""How far reviewers agree."""

import pytest

from abstool.screening import Decision, agreements, outcome_of


def decided(**verdicts):
    return [Decision("screening", name, verdict) for name, verdict in verdicts.items()]


def test_kappa_is_that_of_the_textbook():
    # Cohen's example with 50 cases: 20 and 15 agree, 5 and 10 differ; kappa is 0.4.
    cells = {("included", "included"): 20, ("included", "excluded"): 5}
    cells |= {("excluded", "included"): 10, ("excluded", "excluded"): 15}
    records = [decided(a=one, b=other) for (one, other), n in cells.items() for _ in range(n)]
    [found] = agreements(records)
    assert (found.both, found.agreed, found.reviewers) == (50, 35, ("a", "b"))
    assert found.kappa == pytest.approx(0.4)


def test_without_two_decisions_there_is_no_agreement():
    assert agreements([decided(a="included"), decided(b="included"), []]) == []


def test_kappa_is_not_defined_for_one_and_the_same_decision():
    [found] = agreements([decided(a="included", b="included")] * 3)
    assert (found.agreed, found.kappa, found.to_dict()["kappa"]) == (3, None, None)


def test_each_two_of_three_reviewers_are_compared_by_stage():
    later = Decision("full-text", "a", "excluded"), Decision("full-text", "b", "included")
    found = agreements([[*decided(a="included", b="excluded", c="included"), *later]])
    assert [(one.stage, one.reviewers, one.agreed) for one in found] == [
        ("screening", ("a", "b"), 0),
        ("screening", ("a", "c"), 1),
        ("screening", ("b", "c"), 0),
        ("full-text", ("a", "b"), 0),
    ]


@pytest.mark.parametrize(
    ("verdicts", "outcome"),
    [
        ({}, None),
        ({"a": "maybe"}, "maybe"),
        ({"a": "included", "b": "included"}, "included"),
        ({"a": "included", "b": "maybe"}, "conflict"),
    ],
)
def test_the_outcome_is_what_all_decided(verdicts, outcome):
    assert outcome_of(decided(**verdicts), "screening") == outcome
    assert outcome_of(decided(**verdicts), "full-text") is None
