"""A reference in which a few marks are repeated takes time in proportion to its length."""

import pytest

from abstool.checking.anatomy import taken_apart
from abstool.csl.text.particles import split_particles
from abstool.record import Abstract, Author
from proportion import assert_at_most

TITLE = "Tea and the invented knee of readers"
RECORD = Abstract(title=TITLE, authors=[Author(name="Ann Lee", family="Lee", given="Ann")])
SHORT, TIMES = 2_000, 8  # of a text that is cut off beyond 20,000 characters


@pytest.mark.parametrize("mark", ["(", "a ", "( a", ", ", ": ", " - ", ". .", "et al ", "1(suppl"])
@pytest.mark.parametrize("form", ["{}Z {}. J. 2020;1:2.", "Lee A. {1}{0}Z. J.", "Lee A. {1}. {0}!"])
def test_a_reference_is_taken_apart_in_linear_time(form, mark):
    short, long = (form.format(mark * (size // len(mark)), TITLE) for size in (SHORT, 8 * SHORT))
    assert taken_apart(long, RECORD).title
    assert_at_most(3 * TIMES, lambda: taken_apart(short, RECORD), lambda: taken_apart(long, RECORD))


@pytest.mark.parametrize(
    "parts",
    [
        lambda text: {"family": "Lee", "given": f"A {text}van1"},
        lambda text: {"family": "Lee", "given": f"A {text}"},
        lambda text: {"family": f"{text}Lee", "given": "A"},
    ],
)
def test_particles_are_found_in_linear_time(parts):
    short, long = (parts("van " * count) for count in (1_000, TIMES * 1_000))
    assert_at_most(3 * TIMES, lambda: split_particles(short), lambda: split_particles(long))
