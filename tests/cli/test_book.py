"""The ``book`` command."""

import pytest


@pytest.fixture
def records(run, folder):
    run("parse", "page.txt", "other.txt", "-o", "m.jsonl")


@pytest.mark.usefixtures("records")
def test_a_book_is_written_in_the_form_of_its_ending(run, folder):
    outcome = run("book", "m.jsonl", "-o", "book.html")
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.lines == ["abstool: book.html: 2 abstracts"]
    text = (folder / "book.html").read_text("utf-8")
    assert "<title>ACR Convergence 2025</title>" in text
    assert run("book", "m.jsonl", "-o", "book.epub", "--title", "Knees", "-q").code == 0
    assert (folder / "book.epub").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "book.pdf"], "--output book.pdf: not a book; use a name that ends with .html or"),
        (["-o", "b.html", "--by", "colour"], "--by colour: unknown; use session, number, keyword"),
        (["-o", "b.html", "--style", "no-style"], "--style 'no-style'"),
    ],
)
@pytest.mark.usefixtures("records")
def test_wrong_options_are_refused(run, folder, arguments, message):
    outcome = run("book", "m.jsonl", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.lines[0].startswith(f"abstool: {message}")
    assert not (folder / "b.html").exists()


def test_nothing_to_read_makes_no_book(run, folder):
    outcome = run("book", "letter.txt", "-o", "b.html")
    assert outcome.code == 4
    assert not (folder / "b.html").exists()
