"""References between entries by biblatex's xdata, and the journal commands of astronomers."""

import pytest

from abstool.inputs import references

DATA = (
    "@xdata{d-1, author = {Moss, Ida and Leaf, Ann}, publisher = {Tea Press}, "
    "location = {Bonn and Rome}}\n"
)


def read(text):
    return [*references.read(text.encode(), "bibtex", "x.bib")]


@pytest.mark.parametrize(
    ("fields", "variable", "value"),
    [
        ("author = {xdata=d-1-author-2}", "author", ["Leaf"]),
        ("author = {Poe, Cy and xdata=d-1-author}", "author", ["Poe", "Moss", "Leaf"]),
        ("editor = {XDATA = d-1-author-1 and Poe, Cy}", "editor", ["Moss", "Poe"]),
        ("publisher = {xdata=D-1-publisher}", "publisher", "Tea Press"),
        ("location = {xdata=d-1-location-2}", "publisher-place", "Rome"),
    ],
)
def test_a_reference_to_xdata_stands_for_what_it_names(fields, variable, value):
    (found,) = read(f"{DATA}@book{{x, title = {{T}}, {fields}}}")
    got = found.value[variable]
    assert ([name["family"] for name in got] if isinstance(got, list) else got) == value
    assert not found.warnings


@pytest.mark.parametrize("data", ["", DATA])
@pytest.mark.parametrize("text", ["xdata=d-9-author-1", "xdata=d-1-author-7"])
def test_a_reference_to_nothing_is_said(text, data):
    found = read(f"{data}@book{{x, title = {{T}}, author = {{Poe, Cy and {text}}}}}")[-1]
    assert [name["family"] for name in found.value["author"]] == ["Poe"]
    assert text.removeprefix("xdata=") in " ".join(found.warnings)


@pytest.mark.parametrize(
    ("latex", "title"),
    [
        (r"\apj", "The Astrophysical Journal"),
        (r"{\MNRAS}", "Monthly Notices of the Royal Astronomical Society"),
        (r"{{\aap}}", "Astronomy & Astrophysics"),
        (r"{\apj} Letters", "The Astrophysical Journal Letters"),
        (r"\apj\ Letters", "The Astrophysical Journal Letters"),
        (r"{\TeX} Journal", "TeX Journal"),
        (r"Tea \& Milk", "Tea & Milk"),
    ],
)
def test_a_journal_may_be_a_command(latex, title):
    (found,) = read(f"@article{{x, title = {{T}}, journal = {{{latex}}}}}")
    assert found.value["container-title"] == title
    assert not found.warnings


def test_an_unknown_command_for_a_journal_is_its_name():
    (found,) = read(r"@article{x, title = {T}, journal = {\teajournal}}")
    assert found.value["container-title"] == "teajournal"
    assert "teajournal" in " ".join(found.warnings)


@pytest.mark.parametrize(
    ("fields", "keys"),
    [
        ("crossref = {Tea20}", ["crossref"]),
        ("xdata = {Tea20}", ["xdata"]),
        ("xdata = {d-1, Tea20}, crossref = {D-1}", ["xdata"]),
    ],
)
def test_a_parent_that_is_not_in_the_file_is_named(fields, keys):
    text = f"@inbook{{x, title = {{T}}, {fields}}}\n@xdata{{d-1, publisher = {{P}}}}"
    (found,) = references.read(text.encode(), "bibtex", "x.bib")
    assert found.warnings == tuple(f"'Tea20' of {name} is not in the file" for name in keys)


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ("xdata = {d-7, d-8}", ["d-7", "d-8"]),
        ("editor = {xdata=d-7-editor-1 and xdata=d-8-editor}", ["d-7-editor-1", "d-8-editor"]),
    ],
)
def test_what_is_missing_in_xdata_is_said_at_the_entry_that_uses_it(fields, missing):
    text = f"@xdata{{d-2, {fields}}}\n@book{{x, title = {{T}}, xdata = {{d-2}}}}"
    (found,) = references.read(text.encode(), "bibtex", "x.bib")
    said = [one for one in found.warnings if one.endswith("of xdata is not in the file")]
    assert said == [f"{name!r} of xdata is not in the file" for name in missing]
