"""The files that names, folders and patterns stand for, and their order."""

import os
from pathlib import Path

import pytest

from abstool.errors import UnreadableInput
from abstool.inputs.files import File, find


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("b.html", "a/2.html", "a/10.txt", "a/c/1.html", ".hidden.html", "a/.h/3.html", "[1].txt"):  # fmt: skip # noqa: E501
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(name, "utf-8")
    return tmp_path


def found(name):
    return [file.name for file in find(name) if file.is_readable]


def unreadable(name):
    return [file.name for file in find(name) if not file.is_readable]


ALL = ["[1].txt", "a/10.txt", "a/2.html", "a/c/1.html", "b.html"]


def test_a_folder_is_read_recursively_in_the_order_of_names_without_hidden_files():
    assert found(".") == ALL
    assert found("a") == found("a/") == ["a/10.txt", "a/2.html", "a/c/1.html"]
    assert all(file.collected for file in find("a"))


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("*.html", ["b.html"]),
        ("a/*", ["a/10.txt", "a/2.html", "a/c/1.html"]),
        ("**/*.html", ["a/2.html", "a/c/1.html", "b.html"]),
        ("./a/**", ["a/10.txt", "a/2.html", "a/c/1.html"]),
        ("a/?.html", ["a/2.html"]),
        ("a/[0-9]*.txt", ["a/10.txt"]),
        ("*/*/1.html", ["a/c/1.html"]),
    ],
)
def test_a_pattern_stands_for_the_files_that_match(pattern, names):
    assert found(pattern) == names
    assert found(os.path.abspath(pattern)) == [os.path.abspath(name) for name in names]  # noqa: PTH100


def test_a_file_named_like_a_pattern_is_itself():
    assert list(find("[1].txt")) == [File("[1].txt")]


def test_a_named_file_is_not_collected_and_may_be_hidden():
    assert list(find(".hidden.html")) == [File(".hidden.html")]
    assert list(find("nosuch.html")) == [File("nosuch.html")]


def test_links_lead_to_files_but_never_in_a_circle(folder):
    Path("a/circle").symlink_to(folder, target_is_directory=True)
    Path("a/broken.html").symlink_to(folder / "nosuch")
    Path("a/linked.html").symlink_to(folder / "b.html")
    os.mkfifo("a/pipe.html")
    expected = ["a/10.txt", "a/2.html", "a/c/1.html", "a/linked.html"]
    for name in ("a", "a/**/*", "a/**"):
        assert found(name) == expected
        assert unreadable(name) == ["a/broken.html", "a/pipe.html"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("*.pdf", "*.pdf: no matching files; check the name"),
        ("empty", "empty: the folder has no files; check the name"),
        ("**.html", "**.html: "),
    ],
)
def test_a_name_without_files_is_an_error(name, message):
    Path("empty").mkdir()
    if name == "**.html":
        Path("b.html").unlink()  # newer versions of Python read it as *.html
    with pytest.raises(UnreadableInput) as caught:
        found(name)
    assert str(caught.value).startswith(message)


def test_a_loop_of_links_costs_no_other_file(folder):
    (folder / "a" / "1.html").symlink_to("3.html")
    (folder / "a" / "3.html").symlink_to("1.html")
    assert found("a") == ["a/10.txt", "a/2.html", "a/c/1.html"]
    assert unreadable("a") == ["a/1.html", "a/3.html"]


def test_a_folder_that_cannot_be_read_costs_no_other(monkeypatch):
    scan = os.scandir

    def refusing(path):
        if path == "a/c":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr("os.scandir", refusing)
    files = list(find("a"))
    assert [file.name for file in files[:2]] == ["a/10.txt", "a/2.html"]
    assert str(files[2]).startswith("a/c: cannot be read (Permission denied)")


def test_folders_may_be_nested_deeper_than_calls(folder, monkeypatch):
    monkeypatch.chdir(folder / "a")
    names = []
    for _ in range(400):
        Path("d").mkdir()
        monkeypatch.chdir(Path("d"))
    Path("x.html").write_text("x", "utf-8")
    monkeypatch.chdir(folder)
    names = found("a/d")
    assert names == ["/".join(["a", *["d"] * 400, "x.html"])]
