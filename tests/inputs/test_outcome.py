"""The outcome of an input: a value, an error, or neither, which commands unpack in one place."""

import pickle

from abstool.cli.report import Report
from abstool.errors import UnreadableInput
from abstool.inputs.outcome import Outcome

BROKEN = UnreadableInput("b.html", "cannot be read")
GOOD, FAILED, SKIPPED = Outcome("a", 1), Outcome("b.html", error=BROKEN), Outcome("c")


def test_a_function_takes_the_value_and_the_subject():
    assert GOOD.then(lambda value, subject: f"{subject}{value}") == Outcome("a", "a1")
    collected = Outcome("a", 1, collected=True)
    assert collected.then(lambda value, _: value + 1) == Outcome("a", 2, collected=True)


def test_what_a_function_raises_is_the_error():
    outcome = GOOD.then(lambda value, _: value / 0)
    assert (outcome.subject, outcome.value) == ("a", None)
    assert isinstance(outcome.error, ZeroDivisionError)


def test_an_error_or_a_skipped_page_stays_as_it_is():
    assert FAILED.then(lambda value, _: value / 0) == FAILED
    assert SKIPPED.then(lambda value, _: value / 0) == SKIPPED


def test_a_process_can_return_an_outcome():
    returned = pickle.loads(pickle.dumps(FAILED))
    assert (returned.subject, str(returned.error)) == ("b.html", "b.html: cannot be read")


def test_a_report_yields_values_reports_errors_and_counts_skipped_pages(capsys):
    report = Report()
    bug = Outcome("d", error=KeyError("x"))
    assert list(report.results([GOOD, FAILED, SKIPPED, bug])) == [("a", 1)]
    first, second = capsys.readouterr().err.splitlines()
    assert first == "abstool: b.html: cannot be read"
    assert second.startswith("abstool: d: internal error: KeyError: 'x'; ")
    assert (report.skipped, report.exit_code) == (1, 1)


def test_the_warnings_of_an_outcome_stay_and_are_printed(capsys):
    doubtful = Outcome("a", 1, warnings=("check it",))
    doubled = doubtful.then(lambda value, _: value * 2)
    assert doubled == Outcome("a", 2, warnings=("check it",))
    report = Report()
    assert list(report.results([doubled, doubtful.then(lambda value, _: value / 0)])) == [("a", 2)]
    assert capsys.readouterr().err.splitlines()[0] == "abstool: a: warning: check it"
    assert report.warnings == 2
