"""The ``doctor`` command."""

import json
import re

import pytest

from site_server import page


def test_the_parts_are_listed_and_nothing_private(run, folder, monkeypatch):
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("ABSTOOL_CONTACT", "me@example.org")
    monkeypatch.setenv("HTTPS_PROXY", "http://user:secret@proxy.example.org:8080")
    monkeypatch.setenv("ABSTOOL_LIBRARY", str(folder / "library.sqlite"))
    outcome = run("doctor")
    assert (outcome.code, outcome.err) == (0, "")
    for private in ("me@example.org", "secret", "proxy.example.org", str(folder)):
        assert private not in outcome.out
    assert "  contact  set (ABSTOOL_CONTACT)\n" in outcome.out
    assert re.search(r"^  HTTPS_PROXY +set$", outcome.out, re.MULTILINE)
    assert "  library  ~/library.sqlite (ABSTOOL_LIBRARY)\n" in outcome.out
    assert "  records  no library\n" in outcome.out


def test_the_json_has_the_same(run):
    data = json.loads(run("doctor", "--json").out)
    assert list(data) == [
        "versions",
        "extras",
        "settings",
        "cache",
        "library",
        "terminal",
        "network",
    ]
    assert data["versions"]["SQLite"]
    assert "pyarrow" in data["extras"]["parquet"]


def test_a_library_is_counted(run, folder, monkeypatch):
    monkeypatch.setenv("ABSTOOL_LIBRARY", str(folder / "library.sqlite"))
    run("library", "add", "page.txt")
    data = json.loads(run("doctor", "--json").out)
    assert data["library"]["records"].startswith("1, ")
    assert data["library"]["health"] == "ok"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ABSTOOL_LIBRARY", "letter.txt"),
        ("ABSTOOL_LIBRARY", "x" * 5000),
        ("ABSTOOL_DELAY", "soon"),
    ],
)
def test_what_is_wrong_is_said_and_costs_no_other_part(run, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    outcome = run("doctor")
    assert outcome.code == 1
    assert len(outcome.lines) >= 1
    assert outcome.lines[0].startswith("abstool: ")
    assert "network:" in outcome.out


def test_the_site_is_asked_only_online(run, site, monkeypatch):
    monkeypatch.setattr("abstool.cli.diagnosis.SITE", f"{site.root}/")
    site.serve(page(), path="/")
    run("doctor")
    assert site.paths() == []
    outcome = run("doctor", "--online")
    assert f"{site.root}/ answers" in outcome.out
    assert site.paths() == ["/robots.txt", "/"]


def test_a_site_that_does_not_answer_is_a_problem(run, site, monkeypatch):
    monkeypatch.setattr("abstool.cli.diagnosis.SITE", f"{site.root}/")
    site.serve(page(status=403), path="/")
    outcome = run("doctor", "--online")
    assert (outcome.code, len(outcome.lines)) == (1, 1)
    assert outcome.lines[0].startswith("abstool: site: ")
