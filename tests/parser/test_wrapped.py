"""Texts that a program has wrapped at a fixed width give the same records."""

import textwrap
from pathlib import Path

import pytest

import abstool
from abstool import page
from abstool.parser.wrapped import unwrapped

TEXTS = {
    path.parent.name: path.read_text("utf-8")
    for path in Path(__file__).parent.parent.parent.glob("fixtures/*/page.txt")
}


@pytest.mark.parametrize("width", [66, 72, 80])
@pytest.mark.parametrize("name", TEXTS)
def test_a_wrapped_text_gives_the_same_record(name, width):
    lines = []
    for line in TEXTS[name].splitlines():
        lines += textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]
    assert abstool.parse("\n".join(lines)).to_dict() == abstool.parse(TEXTS[name]).to_dict()


def test_a_url_that_is_cut_at_the_width_is_whole_again():
    url = "https://acrabstracts.org/abstract/a-title-of-an-imagined-study-of-tea-and-coffee/"
    text = "\n".join(
        [
            "Abstract Number: 1\n\nA Title\n\nAnn Lee\n\nMeeting: ACR Convergence 2025\n",
            "Methods: We drank the tea in an order that was chosen by a coin, and the",
            "coffee in the other order, and wrote down in the evening what had become",
            "of the tea, of the coffee, of the coin and of the paper that we wrote it",
            "down on.\n\nACR Meeting Abstracts -",
            url[:72],
            url[72:],
        ]
    )
    assert abstool.parse(text).url == url


# lines with the number of lines that they are
KEPT = {
    "no line is long": (["Ann Lee", "Bob Ray", "", "Cy Poe"], 3),
    "lines that end early": (["word " * 14, "word " * 3, "Methods: x", "word " * 14], 4),
    "labels": (["word " * 14, "Methods: " + "word " * 12, *["word " * 14] * 4], 2),
    "items": (["- " + "word " * 13] * 5, 5),
}


@pytest.mark.parametrize("name", KEPT)
def test_a_line_with_room_for_the_next_word_ends_there(name):
    lines, count = KEPT[name]
    assert len(unwrapped(page.read("\n".join(lines)).blocks)) == count
