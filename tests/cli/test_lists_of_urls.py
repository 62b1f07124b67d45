"""Lists of URLs and DOIs: with ``--from``, or as a source that is recognized."""

import json
from pathlib import Path

import pytest

from site_server import page


@pytest.fixture
def listed(site, folder):
    """A list of two pages, with a comment, blank lines and a line without a URL."""
    first, last = (
        page((folder / name).read_bytes(), content_type="text/plain; charset=utf-8")
        for name in ("page.txt", "other.txt")
    )
    urls = [site.serve(first, path="/1"), site.serve(last, path="/2")]
    path = folder / "urls.txt"
    path.write_text(f"# two pages\n{urls[0]}\n\nno URL here\n{urls[1]}\n", encoding="utf-8")
    return str(path)


def numbers(outcome):
    return [json.loads(line)["number"] for line in outcome.out.splitlines()]


@pytest.mark.parametrize("command", ["fetch", "cite -s jsonl"])
@pytest.mark.parametrize("given", ["--from {}", "{}", "--from -", "-"])
def test_the_pages_of_a_list_are_read_and_its_bad_lines_are_named(run, listed, command, given):
    stdin = Path(listed).read_bytes() if "-" in given.split() else b""
    outcome = run(*command.split(), *given.format(listed).split(), stdin=stdin)
    assert (outcome.code, numbers(outcome)) == (1, ["0848", "0849"])
    (line,) = outcome.lines
    name = "standard input" if stdin else listed
    assert line.startswith(f"abstool: {name}, line 4: no URL found; ")


@pytest.mark.parametrize("given", ["--from {}", "{}"])
def test_show_reads_lists_too(run, listed, given):
    outcome = run("show", *given.format(listed).split())
    assert outcome.code == 1
    assert "0848" in outcome.out
    assert "0849" in outcome.out


def test_sources_come_before_a_list(run, listed, folder):
    other = json.dumps({"schema": "abstool/1", "title": "T", "number": "7"})
    (folder / "one.json").write_text(other, encoding="utf-8")
    outcome = run("cite", "-s", "jsonl", "--from", listed, str(folder / "one.json"), "--quiet")
    assert numbers(outcome) == ["7", "0848", "0849"]


def test_a_list_names_no_files(run, folder):
    (folder / "list.txt").write_text(f"{folder}/page.txt\n", encoding="utf-8")
    outcome = run("cite", "--from", str(folder / "list.txt"), "--quiet")
    assert outcome.out == ""
    assert outcome.code == 3


def test_a_text_page_that_begins_with_its_url_is_a_page(run, folder):
    text = (folder / "page.txt").read_bytes()
    (folder / "with-url.txt").write_bytes(b"https://acrabstracts.org/abstract/x/\n" + text)
    assert run("cite", str(folder / "with-url.txt")).code == 0


def test_a_list_in_a_folder_is_skipped(run, folder, site):
    (folder / "saved").mkdir()
    (folder / "saved/urls.txt").write_text(site.root + "/1\n", encoding="utf-8")
    (folder / "saved/page.txt").write_bytes((folder / "page.txt").read_bytes())
    assert run("cite", str(folder / "saved")).code == 0
    assert site.requests == []


def test_a_missing_list_is_an_error(run):
    for command in ("fetch", "cite", "show"):
        outcome = run(command, "--from", "missing.txt")
        assert (outcome.code, len(outcome.lines)) == (5, 1)
        assert outcome.err.startswith("abstool: missing.txt: cannot be read")
