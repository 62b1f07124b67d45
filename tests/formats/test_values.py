"""Names and texts of an item are tidied as if one by one."""

from hypothesis import given
from hypothesis import strategies as st

from abstool.formats.shared.values import (
    affiliations_of,
    full_family,
    keywords_of,
    notes_of,
    tidy_names,
    tidy_texts,
)
from abstool.text import plain, tidy
from hostile import PIECES

MARKUP = ["<i>", "</i>", "<sup>2</sup>", " ", "  ", ",", "\u00a0", "\ud800"]
texts = st.lists(st.sampled_from([*PIECES, *MARKUP, "a"]), max_size=3).map("".join)
parts = st.dictionaries(st.sampled_from(["family", "given", "suffix"]), texts | st.booleans())


@given(st.lists(parts, max_size=3), st.sampled_from(["", ","]))
def test_names_are_tidy_and_without_a_character(names, without):
    assert tidy_names(names, without) == [
        {part: tidy(text).replace(without, "") for part, text in name.items()} for name in names
    ]


def test_tidy_names_are_returned_as_they_are():
    names = [{"family": "Lee, Ann"}]
    assert tidy_names(names)[0] is names[0]
    assert tidy_names(names, ",") == [{"family": "Lee Ann"}]
    assert tidy_names(None) == []


@given(st.dictionaries(st.sampled_from(["title", "page", "issue"]), texts | st.integers()))
def test_texts_of_an_item_are_tidy_and_plain(item):
    assert tidy_texts(item) == {
        name: plain(tidy(value)) if isinstance(value, str) else value
        for name, value in item.items()
    }


def test_an_abstract_keeps_its_paragraphs():
    item = {"title": "On  tea", "abstract": "Tea.\n\nAnd <i>tea</i>."}
    assert tidy_texts(item) == item | {"title": "On tea"}


def test_a_family_name_is_printed_after_its_particles():
    name = {"family": "Gogh", "dropping-particle": "de", "non-dropping-particle": "van"}
    assert full_family(name, name["family"]) == "de van Gogh"
    assert full_family({"family": "van Gogh"}, "van Gogh") == "van Gogh"


def test_keywords_notes_and_affiliations_are_plain():
    item = {
        "id": "x",
        "note": "On <i>Camellia</i>",
        "event-title": "Tea<sup>2</sup>",
        "keyword": "<i>Camellia</i>, milk",
        "custom": {"affiliations": [{"name": "<b>Tea</b> House"}]},
    }
    assert notes_of(item) == ["On Camellia", "Presented at: Tea²"]
    assert keywords_of(item) == ["Camellia", "milk"]
    assert affiliations_of(item) == ["Tea House"]
