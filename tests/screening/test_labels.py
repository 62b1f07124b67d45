"""Decisions in the entries of screening tools' exports."""

import pytest

from abstool.screening import labels_of
from abstool.screening.labels import Question, verdict_of

TEA = {"type": "article-journal", "title": "Imagined Effects of Tea"}


def columns(**values):
    """Return an item with columns that no variable has, as the readers of tables keep them."""
    kept = {name: [value] for name, value in values.items()}
    return TEA | {"custom": {"fields": {"format": "csv", "values": kept}}}


def read(content, **question):
    labels = labels_of(content, "file, line 2", Question(**question))
    return [(one.reviewer, one.decision, one.reasons) for one in labels.decisions], labels.unknown


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ('RAYYAN-INCLUSION: {"Ana"=>"Included"}', [("Ana", "included", ())]),
        (
            (
                'Presented at: X | RAYYAN-INCLUSION: {"Ana"=>"Included", "B. Ó"=>"Excluded"}'
                " | RAYYAN-LABELS: tea,milk | RAYYAN-EXCLUSION-REASONS: wrong population,too old"
            ),
            [("Ana", "included", ()), ("B. Ó", "excluded", ("wrong population", "too old"))],
        ),
        (r"RAYYAN-INCLUSION: {\"Ana\"=>\"Maybe\"}", [("Ana", "maybe", ())]),
        ('RAYYAN-INCLUSION: {"Ana"=&gt;"Excluded"}', [("Ana", "excluded", ())]),
        (
            (
                'RAYYAN-INCLUSION: {"A"=>"Excluded"}; RAYYAN-EXCLUSION-REASONS: a | USER-NOTES: '
                '{"A"=>["see, p. 3", "or 4"]}'
            ),
            [("A", "excluded", ("a",))],
        ),
        ("RAYYAN-LABELS: tea", []),
        ("ASReview_relevant; asreview_time: 2025", [("", "included", ())]),
        ("ASReview_irrelevant", [("", "excluded", ())]),
        ("ASReview_not_seen", []),
        ("It was included in the ASReview study", []),
        ("", []),
    ],
)
def test_a_note_of_rayyan_or_asreview_holds_decisions(note, expected):
    assert read(TEA | {"note": note}) == (expected, ())


def test_a_note_that_is_also_in_an_address_is_read_from_the_note():
    address = 'https://example.org/1%20|%20RAYYAN-INCLUSION:%20"Ana"=>"Excluded"'
    note = 'https://example.org/1 | RAYYAN-INCLUSION: "Ana"=>"Excluded"'
    assert read(TEA | {"URL": address, "note": note}) == ([("Ana", "excluded", ())], ())


def test_columns_of_rayyan_are_read_as_its_notes():
    content = columns(
        **{
            "RAYYAN-INCLUSION": '{"Ana"=>"Excluded", "Ben"=>"Maybe"}',
            "Rayyan-Exclusion-Reasons": "too old,wrong design",
        }
    )
    expected = [("Ana", "excluded", ("too old", "wrong design")), ("Ben", "maybe", ())]
    assert read(content) == (expected, ())


def test_labels_and_notes_of_rayyan_are_kept():
    note = (
        'RAYYAN-INCLUSION: {"A"=>"Maybe"} | RAYYAN-LABELS: tea, milk | USER-NOTES: {"A"=>["x","y"]}'
    )
    [one] = labels_of(TEA | {"note": note}, "f", Question()).decisions
    assert (one.labels, one.note, one.source) == (("tea", "milk"), "x; y", "f")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (columns(asreview_label="1", asreview_time="2025"), [("", "included", ())]),
        (columns(asreview_label="0.0"), [("", "excluded", ())]),
        (columns(asreview_label=""), []),
        (columns(asreview_label="-1"), []),
        (columns(final_included="1", label="0"), [("", "included", ())]),
        (columns(Decision="Exclude", Reviewer="Ana"), [("Ana", "excluded", ())]),
        (
            columns(**{"Decision": "no", "Exclusion reason": "wrong design; too old"}),
            [("", "excluded", ("wrong design", "too old"))],
        ),
        (columns(Inclusion="YES", Reason="not a reason"), [("", "included", ())]),
        (TEA | {"asreview_label": "1"}, [("", "included", ())]),
        (TEA, []),
    ],
)
def test_a_column_holds_a_decision(content, expected):
    assert read(content) == (expected, ())


def test_a_word_that_is_no_decision_is_named_and_not_guessed():
    assert read(columns(decision="see Ana")) == ([], ("see Ana",))


def test_named_columns_are_those_of_reviewers():
    content = columns(Ana="include", Ben="exclude", decision="maybe")
    assert read(content, columns=("ana", "Ben"))[0] == [
        ("ana", "included", ()),
        ("Ben", "excluded", ()),
    ]
    assert read(content, columns=("Ben",))[0] == [("", "excluded", ())]
    assert read(content, columns=("Ben",), reviewer="B")[0] == [("B", "excluded", ())]


def test_a_file_of_one_decision_needs_no_column():
    content = TEA | {"note": "Exclusion reason: Wrong population; "}
    assert read(content, verdict="excluded")[0] == [("", "excluded", ("Wrong population",))]
    assert read(content, verdict="included")[0] == [("", "included", ())]


@pytest.mark.parametrize(
    ("word", "verdict"),
    [
        ("Included", "included"),
        ("relevant", "included"),
        ("1.0", "included"),
        ("TRUE", "included"),
        ("Ｙｅｓ", "included"),
        ("irrelevant", "excluded"),
        ("not_retrieved", "not-retrieved"),
        ("2", None),
        ("", None),
    ],
)
def test_words_of_many_tools_are_known(word, verdict):
    assert verdict_of(word) == verdict


@pytest.mark.parametrize(
    "custom",
    ["x", [1], {"fields": "x"}, {"fields": {"values": 3}}, {"fields": {"values": {"a": 1}}}],
)
def test_data_of_another_shape_hold_no_decision(custom):
    assert read(TEA | {"custom": custom}) == ([], ())
