"""What a BibTeX file has is in the file that is written from it."""

import pytest

from abstool.citing import export
from abstool.formats import bibtex
from abstool.inputs import references


def items(text):
    return [found.value for found in references.read(text.encode(), "bibtex", "x.bib")]


def again(text, form="bibtex"):
    """Return the first item of a file, and as it is after writing and reading."""
    first = items(text)[0]
    return first, items(export([first], form).decode())[0]


@pytest.mark.parametrize(
    "entry",
    [
        "@article{x, title = {T}, author = {Moss}}",
        "@article{x, title = {T}, author = {van Moss and {Tea Group}}}",
        "@article{x, title = {T}, editor = {ida moss and {More}}}",
        "@article{x, title = {T}, author = {{Moss I}, Ann}}",
        "@article{x, title = {T}, date = {2020-05-03}}",
        "@article{x, title = {T}, date = {2020-05-03/2020-05-06}}",
        "@article{x, title = {T}, date = {2020-21}}",
        "@article{x, title = {T}, year = {2020-05-03}}",
        "@article{x, title = {T}, year = 2020, month = {24-26 May}}",
        "@patent{x, title = {T}, number = {EU123}}",
        "@online{x, title = {T}, url = {https://example.org}}",
        "@misc{x, title = {T}, number = {arXiv:2001.01236}, eprint = {2001.01236}}",
        "@book{x, title = {T}, volume = {Suppl. 2}}",
        "@inproceedings{x, title = {T}, booktitle = {B}, journal = {J}}",
        "@inproceedings{x, title = {T}, booktitle = {B}, number = {5}, issue = {3}}",
        "@inbook{x, title = {T}, journal = {J}}",
        "@software{x, subtitle = {S}, year = 2020}",
        "@book{x, title = {T}, address = {Bonn}, location = {Rome}}",
        (
            "@book{x, title = {xdata=y-title}, location = {Rome and xdata=y-location-2}}\n"
            "@xdata{y, title = {T: {DNA}}, location = {Bonn and Kyoto}}"
        ),
    ],
)
def test_an_entry_has_the_same_data_after_writing(entry):
    first, second = again(entry)
    assert second | {"custom": None} == first | {"custom": None}


@pytest.mark.parametrize("form", ["bibtex", "biblatex"])
@pytest.mark.parametrize(
    ("xdata", "names", "missing"),
    [
        ("y", "title publisher pagetotal note", ""),
        ("z, y", "title publisher pagetotal note series", ""),
        ("y, milk", "title publisher pagetotal note xdata", "milk"),
        ("v", "title series pagetotal xdata", "leaf"),
    ],
)
def test_the_fields_of_an_xdata_entry_are_written_in_those_that_use_it(xdata, names, missing, form):
    text = (
        f"@book{{x, title = {{{{DNA}} tea}}, xdata = {{{xdata}}}}}\n"
        "@xdata{y, publisher = {Tea {P}}, pagetotal = {300}, note = {N}}\n"
        "@xdata{z, series = {S}}\n@xdata{v, xdata = {z, leaf}, pagetotal = {4}}"
    )
    written = export(items(text), form).decode()
    lines = dict(line.strip(" ,").split(" = ") for line in written.splitlines()[1:-1])
    assert lines.keys() == {*names.split()}
    assert lines.get("xdata", "{}") == f"{{{missing}}}"
    assert lines.get("publisher", "{Tea {P}}") == "{Tea {P}}"
    assert export(items(written), form).decode() == written


def test_a_chapter_inherits_its_book_and_is_written_once():
    text = (
        "@inbook{x, title = {Tea}, subtitle = {Milk}, chapter = {12}, crossref = {b}}\n"
        "@book{b, title = {Drinks}}"
    )
    first, second = again(text)
    assert first["title"] == second["title"] == "Tea: Milk"
    assert first["chapter-number"] == second["chapter-number"] == "12"


@pytest.mark.parametrize("form", ["bibtex", "biblatex"])
@pytest.mark.parametrize(
    "fields",
    [
        r"howpublished = {\url{https://e.org/x}}, publisher = {G}",
        r"howpublished = {\url{https://e.org/x}}, publisher = {G}, url = {https://e.org/x}",
        r"howpublished = {\url{https://e.org/x}}, publisher = {G}, url = {https://e.org/y}",
        r"howpublished = {Blog, \url{https://e.org/x}}, organization = {G}, urldate = {2020-01-02}",
        r"note = {[Online; accessed 2-January-2020]}, url = {https://e.org/x}",
        r"note = {[Online; accessed 2-Jan-2020]}, url = {https://e.org/x}, urldate = {2020-01-02}",
        r"note = {Milk. Accessed: 2020-01-02}, url = {https://e.org/x}, urldate = {2020-01-02}",
        r"note = {Accessed 2019-01-02}, url = {https://e.org/x}, urldate = {2020-01-02}",
        "isbn = {2049-3630}",
        "eissn = {2049-3630}, isbn = {978-3-16-148410-0}",
        "issn = {978-3-16-148410-0}, isbn = {2049-3630}",
        "issn = {978-3-16-148410-0, 2049-3630}",
        r"note = {Acesso em: 2 de janeiro de 2020}, url = {https://e.org/x}",
    ],
)
def test_no_field_is_written_twice_or_changed_by_a_second_run(fields, form):
    first = export(items(f"@misc{{x, title = {{T}}, year = 2020, {fields}}}"), form).decode()
    names = [line.partition(" = ")[0] for line in first.splitlines()]
    assert len(names) == len({*names})
    assert all(f"  {field}}},\n" in first for field in fields.removesuffix("}").split("}, "))
    assert export(items(first), form).decode() == first


@pytest.mark.parametrize("kind", ["comment", "string", "preamble", "xdata"])
def test_no_kind_hides_the_entry(kind):
    item = items("@misc{x, title = {T}}")[0]
    item["custom"]["fields"]["type"] = kind
    assert export([item], "bibtex").startswith(b"@misc{x")


@pytest.mark.parametrize(
    ("month", "written"),
    [
        ("sep", "sep"),
        ('"12~" # mar', "{12~} # mar"),
        ('jun # "--" # jul', "jun # {--} # jul"),
        ("{Mar.}", "{Mar.}"),
        ("{mars}", "{mars}"),
        (r"{d\'ec}", r"{d\'ec}"),
    ],
)
def test_months_are_written_as_macros(month, written):
    item = items(f"@article{{x, title = {{T}}, year = 2020, month = {month}}}")[0]
    assert f"  month = {written},\n" in export([item], "bibtex").decode()


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ("@phdthesis{x, title = {T}, type = {PhD thesis}}", "type = {PhD thesis}"),
        ("@techreport{x, title = {T}, type = {Draft}}", "type = {Draft}"),
        ("@patent{x, title = {T}, type = {US Patent}}", "type = {US Patent}"),
        ("@online{x, title = {T}, type = {Blog post}}", "type = {Blog post}"),
        ("@mastersthesis{x, title = {T}}", ""),
        ("@phdthesis{x, title = {T}}", ""),
    ],
)
def test_a_genre_is_written_once(entry, field):
    item = items(entry)[0]
    for form in ("bibtex", "biblatex"):
        lines = export([item], form).decode().splitlines()[1:-1]
        assert [line for line in lines if "title = " not in line] == [f"  {field},"] * bool(field)


@pytest.mark.parametrize(
    ("kind", "genre", "bibtex", "biblatex"),
    [
        ("thesis", "Habilitation", "type = {Habilitation}", "type = {Habilitation}"),
        ("thesis", "PhD Thesis", "title = {{T}}", "type = {PhD Thesis}"),
        ("report", "Working Paper", "type = {Working Paper}", "type = {Working Paper}"),
        ("webpage", "Atlas", "title = {{T} [Atlas]}", "titleaddon = {[Atlas]}"),
    ],
)
def test_a_genre_is_in_the_type_of_entries_that_have_one(kind, genre, bibtex, biblatex):
    item = {"id": "x", "type": kind, "title": "T", "genre": genre}
    for form, field in (("bibtex", bibtex), ("biblatex", biblatex)):
        assert export([item], form).decode().rstrip("}\n ,").endswith(field.rstrip("}"))


@pytest.mark.parametrize(("kind", "lost"), [("book", ["genre"]), ("report", []), ("dataset", [])])
def test_a_genre_without_a_place_is_counted(kind, lost):
    item = {"id": "x", "type": kind, "title": "T", "genre": "Atlas"}
    assert [*bibtex.lost(item)] == lost


@pytest.mark.parametrize("key", ["DBLP:journals/tea/Roe20", "10.1000/tea.5", "a:b"])
def test_ids_that_bibtex_can_read_are_kept(key):
    assert bibtex.key({"id": key, "type": "book", "title": "Tea"}) == key


@pytest.mark.parametrize("key", ["https://example.org/a", "a b", "a,b", "/a"])
def test_other_ids_become_keys(key):
    assert bibtex.key({"id": key, "type": "book", "title": "Tea"}) == "anontea"


def test_a_chapter_inherits_the_title_of_its_volume_and_is_written_alike():
    text = (
        "@inbook{x, title = {Tea}, crossref = {b}}\n"
        "@book{b, title = {Leaf}, volume = 2, crossref = {w}}\n@mvbook{w, title = {All Teas}}"
    )
    first, second = again(text)
    for item in (first, second):
        assert item["container-title"] == "Leaf"
        assert "maintitle = {All Teas}" in export([item], "bibtex").decode()


@pytest.mark.parametrize("name", ["__markedentry", "citeulike-article-id", "größe", "bdsk-url-1"])
def test_a_field_of_any_name_is_written_again(name):
    first, second = again(f"@article{{x, title = {{T}}, {name} = {{tea}}}}")
    assert first["custom"]["fields"]["values"] == {name: ["tea"]}
    assert second["custom"] == first["custom"]


def test_a_field_whose_name_is_not_allowed_is_counted():
    (item,) = items("@article{x, title = {T}, 2nd = {tea}, cup = {milk}}")
    assert "cup = {milk}" in bibtex.render(item)
    assert [*bibtex.lost(item)] == ["2nd"]
