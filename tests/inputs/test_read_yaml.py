"""Pandoc's YAML of references."""

from pathlib import Path

import pytest

from abstool.inputs import references

YAML = (Path(__file__).parents[2] / "fixtures/references/pandoc.yaml").read_text("utf-8")


def read(text):
    data = text.encode()
    assert references.form_of(data) == "pandoc_yaml"
    return [*references.read(data, "pandoc_yaml", "refs.yaml")]


def test_the_references_are_read_as_items():
    first, second = read(YAML)
    assert first.value == {
        "id": "roe2020",
        "type": "article-journal",
        "title": "Effects of <i>Camellia</i> on CD19<sup>+</sup> cells in "
        '<span class="nocase">DNA</span>',
        "author": [{"family": "Roe", "given": "Ann"}],
        "issued": {"date-parts": [[2020, 5]]},
        "container-title": "J Tea",
        "PMID": "12345678",
        "note": "- a list in a note",
    }
    assert second.subject == "refs.yaml, line 16"
    assert second.value["issued"] == {"date-parts": [[2019, 7], [2020, 1]]}
    assert second.value["author"] == [{"family": "Doe", "given": "Bob"}]


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        ('  title: "not closed', "invalid YAML ("),
        ("  title: &a [x, x]\n  note: *a", "anchors and aliases"),
        ("  title: " + "[" * 200, "nested too deeply"),
        ("  title: " + "[" * 100_000, "nest"),
        ("  title: \x01", "invalid YAML ("),
    ],
    ids=["quote", "anchor", "deep", "deeper", "control"],
)
def test_a_damaged_entry_does_not_stop_the_others(damage, problem):
    before, broken, after = read(
        f"references:\n- type: book\n  title: Tea\n- id: x\n{damage}\n- type: book\n  title: Tea\n"
    )
    assert before.value == after.value == {"type": "book", "title": "Tea"}
    assert str(broken.error).startswith("refs.yaml, line 4: ")
    assert problem in str(broken.error)


@pytest.mark.parametrize(
    ("parts", "person"),
    [
        ("family: Moss\n    given: [Ida, B.]", {"family": "Moss", "given": "Ida B."}),
        ("family: [Moss, Leaf]\n    given: Ida", {"family": "Moss Leaf", "given": "Ida"}),
    ],
)
def test_a_part_of_a_name_may_be_a_list(parts, person):
    text = f"references:\n- id: a\n  title: Tea\n  author:\n  - {parts}\n"
    assert read(text)[0].value["author"] == [person]


def test_an_author_may_be_one_text():
    (one,) = read("---\nreferences:\n- id: a\n  type: book\n  title: T\n  author: Ann Roe\n")
    assert one.error is None
    assert one.value["author"] == [{"literal": "Ann Roe"}]


def test_identifiers_may_be_in_lower_case_and_titles_have_formulas():
    title = r"TNF-$\alpha$ and $x^2$ for US$5 or US$10"
    numbers = "doi: 10.1000/a\n  pmid: 12345"
    (found,) = read(f"references:\n- title: {title}\n  {numbers}\n  type: book\n")
    assert found.value["title"] == "TNF-α and x² for US$5 or US$10"
    assert (found.value["DOI"], found.value["PMID"]) == ("10.1000/a", "12345")
