"""The ``cite`` command: how citations are printed, and the clipboard."""

import json

import pyperclip
import pytest

ITEMS = [
    {
        "type": "book",
        "id": family,
        "title": f"On {family}",
        "author": [{"family": family}],
        "issued": {"date-parts": [[2020]]},
        "URL": f"https://example.org/{family}",
    }
    for family in ("Zorn", "Abel")
]
STDIN = json.dumps(ITEMS).encode()


@pytest.mark.parametrize(
    ("options", "start"),
    [
        ("--sort style", "Abel"),
        ("--sort input", "Zorn"),
        ("--in-text", "(Abel, 2020; Zorn, 2020)\n"),
        ("--to html", "<!DOCTYPE html>"),
        ("--to rtf", r"{\rtf1"),
        ("--to markdown", "Zorn. (2020). *On Zorn*."),
    ],
)
def test_options_of_lists_and_forms_are_obeyed(run, options, start):
    outcome = run("cite", "-s", "apa", *options.split(), stdin=STDIN)
    assert outcome.code == 0
    assert outcome.out.startswith(start)


def test_numbers_are_printed_on_request(run):
    assert run("cite", "-s", "vancouver", "--number", stdin=STDIN).out.startswith("1. Zorn.")
    assert run("cite", "-s", "vancouver", "--no-number", stdin=STDIN).out.startswith("Zorn.")


@pytest.mark.parametrize(
    "url", ["https://example.org/Zorn/", "http://www.example.org/Zorn?utm_source=mail#top"]
)
def test_of_two_records_with_one_url_the_first_is_cited_with_a_note(run, url):
    twice = json.dumps([*ITEMS, ITEMS[0] | {"id": "again", "URL": url}])
    outcome = run("cite", "-s", "apa", stdin=twice.encode())
    assert (outcome.code, outcome.out.count("On Zorn")) == (0, 1)
    assert outcome.err == "abstool: skipped 1 entry that was given before; see 'abstool dedupe'\n"
    exported = run("cite", "-s", "json", stdin=twice.encode())
    assert len(json.loads(exported.out)) == 3
    assert exported.err == (
        "abstool: kept 1 entry that repeats another work; see 'abstool dedupe'\n"
    )


@pytest.mark.parametrize("style", ["ama", "json", "csv", "ris", "bibtex"])
def test_what_is_given_twice_is_written_once_and_one_note_counts_it(run, style):
    book = {"type": "book", "title": "Tea", "author": [{"family": "Roe"}], "issued": "2020"}
    items = [book, book, book | {"publisher": "Tea Press"}, book, book | {"title": "Milk"}]
    outcome = run("cite", "-s", style, stdin=json.dumps(items).encode())
    assert outcome.code == 0
    (note,) = outcome.lines
    assert note == (
        "abstool: skipped 2 entries that were given before, kept 1 entry that repeats another work;"
        " see 'abstool dedupe'"
    )
    assert outcome.out.count("Tea Press") == 1
    assert outcome.out.replace("Tea Press", "").count("Tea") == 2
    assert outcome.out.count("Milk") == 1


def test_a_record_given_twice_is_exported_once(run, folder):
    records = run("parse", "page.txt", "other.txt").out
    (folder / "records.jsonl").write_text(records, "utf-8")
    outcome = run("cite", "-s", "jsonl", "records.jsonl", "page.txt", "records.jsonl")
    assert (outcome.code, outcome.out) == (0, records)
    assert outcome.lines[0].startswith("abstool: skipped 3 entries that were given before;")
    assert run("cite", "-s", "jsonl", "--strict", "records.jsonl", "page.txt").code == 1


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ("--to pdf", "--to: unknown value 'pdf'; use text, markdown, html, rtf, docx"),
        ("--sort up", "--sort: unknown value 'up'; use input, style"),
        ("--locale tlh", "--locale: 'tlh' is not a known language; write it like de-DE"),
        ("--to html -s bibtex", "--to: not supported by bibtex; leave it out"),
        (
            "--clipboard --to docx",
            "--clipboard: cannot be combined with --output or a binary format",
        ),
    ],
)
def test_what_does_not_go_together_is_refused(run, options, problem):
    outcome = run("cite", *options.split(), stdin=STDIN)
    assert (outcome.code, outcome.out) == (2, "")
    assert problem in outcome.err


def test_the_clipboard_takes_the_text_instead_of_standard_output(run, monkeypatch):
    copied = []
    monkeypatch.setattr(pyperclip, "copy", copied.append)
    outcome = run("cite", "-s", "apa", "--clipboard", stdin=STDIN)
    assert (outcome.code, outcome.out, len(copied)) == (0, "", 1)
    assert copied[0].startswith("Zorn. (2020)")


def test_a_missing_clipboard_is_reported(run, monkeypatch):
    def fails(_text):
        raise pyperclip.PyperclipException

    monkeypatch.setattr(pyperclip, "copy", fails)
    outcome = run("cite", "-s", "apa", "--clipboard", stdin=STDIN)
    assert outcome.code == 2
    assert "--clipboard: no clipboard found; install xclip" in outcome.err


@pytest.mark.parametrize(
    ("other", "kept"),
    [
        ({}, False),
        ({"number": "0848"}, False),
        ({"number": "0849"}, True),
        ({"title": "Another title"}, True),
    ],
)
def test_records_with_one_url_are_one_abstract_only_if_title_and_number_agree(run, other, kept):
    record = {"schema": "abstool/1", "title": "A title", "url": "https://a.org/abstract/x/"}
    first = record | {"number": "0848"}
    outcome = run("cite", "--style", "ama", stdin=json.dumps([first, record | other]).encode())
    assert outcome.code == 0
    assert len(outcome.out.splitlines()) == 1 + kept
    assert ("but another abstract; check the URLs" in outcome.err) == kept


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ("crossref = {BK}", 0),
        ("crossref = {c}, url = {https://example.org/cups}", 1),
    ],
)
def test_parts_of_a_book_that_inherit_its_url_have_no_note(run, folder, fields, count):
    parts = "".join(
        f"@incollection{{{key}, author = {{Roe, Ann}}, title = {{{title}}}, {fields}}}\n"
        for key, title in (("a", "Leaf"), ("b", "Milk"))
    )
    book = "title = {Cups}, editor = {Poe, Cy}, year = 2020, url = {https://example.org/cups}"
    others = f"@book{{bk, {book}}}\n@book{{c, title = {{Pots}}}}\n"
    (folder / "a.bib").write_text(f"{parts}{others}", "utf-8")
    outcome = run("cite", "a.bib", "-s", "ama")
    assert (outcome.code, outcome.err.count("same URL")) == (0, count)


def test_saved_pages_that_give_one_url_are_both_cited_without_it(run, folder):
    text = (folder / "other.txt").read_text("utf-8")
    url = "effects-of-sunlight-on-knees-of-imagined-patients/"
    (folder / "other.txt").write_text(
        text.replace("effects-of-moon-on", "effects-of-sunlight-on"), "utf-8"
    )
    outcome = run("cite", "page.txt", "other.txt", "--style", "ama")
    assert (outcome.code, len(outcome.out.splitlines()), outcome.out.count(url)) == (0, 2, 0)
    advice = "but another abstract; check the URLs (using none)"
    assert outcome.lines == [
        f"abstool: page.txt: same URL as other.txt, {advice}",
        f"abstool: other.txt: same URL as page.txt, {advice}",
    ]
    assert url not in run("cite", "page.txt", "other.txt", "--style", "ris").out
    assert run("cite", "--strict", "page.txt", "other.txt").code == 1


def test_items_keep_a_url_that_they_share(run):
    shared = "https://example.org/volume/"
    items = json.dumps([item | {"URL": shared} for item in ITEMS])
    outcome = run("cite", "-s", "apa", stdin=items.encode())
    assert outcome.out.count(shared) == len(ITEMS)
    assert len(outcome.lines) == len(ITEMS) - 1
    assert run("cite", "-s", "csv", stdin=items.encode()).err == ""
