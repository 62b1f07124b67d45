"""``--set`` and ``--like``: what the user gives for what a page lacks, on each command."""

import json

import pytest

from site_server import page


@pytest.fixture
def url(site, folder):
    return site.serve(
        page((folder / "page.txt").read_bytes(), content_type="text/plain; charset=utf-8")
    )


@pytest.mark.parametrize(
    "command", ["parse page.txt", "fetch URL", "cite -s jsonl page.txt", "cite -s jsonl URL"]
)
def test_a_value_replaces_what_a_page_says_and_the_record_says_so(
    run, folder, url, command, monkeypatch
):
    monkeypatch.chdir(folder)
    words = command.replace("URL", url).split()
    outcome = run(*words, "--set", "publication.volume=999")
    record = json.loads(outcome.out)
    assert record["publication"]["volume"] == "999"
    assert any("given by the user" in warning for warning in record["warnings"])


def test_show_prints_what_is_given(run, folder):
    assert "999" in run("show", str(folder / "page.txt"), "--set", "publication.volume=999").out


def test_records_and_items_stay_as_they_are(run, folder):
    record = run("parse", str(folder / "page.txt")).out
    item = run("cite", str(folder / "page.txt"), "-s", "csl-json").out
    for data in (record, item):
        plain = run("cite", "-s", "ris", stdin=data.encode())
        changed = run("cite", "-s", "ris", "--set", "title=Another", stdin=data.encode())
        assert plain.out == changed.out != ""


def test_a_record_of_the_same_meeting_fills_what_a_page_lacks(run, folder):
    (folder / "like.json").write_text(
        json.dumps({"title": "T", "meeting": "M", "publisher": "P"}),
        encoding="utf-8",
    )
    record = run("parse", str(folder / "page.txt"), "--like", str(folder / "like.json"))
    assert json.loads(record.out)["publisher"] == "P"


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (["--set", "volume=7"], "--set: no field 'volume'; use one of"),
        (["--set", "title"], "--set title: not a field with a value"),
        (["--like", "missing.json"], "--like missing.json: cannot be read"),
    ],
)
def test_what_cannot_be_used_is_a_usage_error(run, folder, options, line):
    for command in ("parse", "cite", "show", "fetch"):
        source = "https://a.invalid/" if command == "fetch" else str(folder / "page.txt")
        outcome = run(command, source, *options)
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.startswith(f"abstool: {line}")


def test_a_page_that_begins_below_its_title_needs_only_a_title(run, folder, site):
    text = (
        b"Meeting: ACR Convergence 2025\nAbstract Number: 0848\nKeywords: tea\n\n"
        b"Background/Purpose: Why.\nMethods: How.\nResults: What.\nConclusion: So.\n"
    )
    (folder / "cut.txt").write_bytes(text)
    url = site.serve(page(text, content_type="text/plain; charset=utf-8"))
    for command in (f"parse {folder}/cut.txt", f"fetch {url}", f"cite -s jsonl {folder}/cut.txt"):
        outcome = run(*command.split())
        assert outcome.code == 4
        assert outcome.err.rstrip().endswith("give it with --set title=TITLE")
        outcome = run(*command.split(), "--set", "title=Given")
        assert json.loads(outcome.out)["title"] == "Given"


def test_a_harvest_fills_in_what_is_given(run, folder, url):
    (folder / "urls.txt").write_text(f"{url}\n", encoding="utf-8")
    arguments = (str(folder / "urls.txt"), "-o", str(folder / "out.jsonl"), "--yes")
    assert run("harvest", *arguments, "--set", "publication.volume=999").code == 0
    record = json.loads((folder / "out.jsonl").read_text(encoding="utf-8"))
    assert record["publication"]["volume"] == "999"
