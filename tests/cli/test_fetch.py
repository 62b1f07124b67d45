"""``abstool fetch`` against a real server on this machine."""

import json
from datetime import UTC, datetime

import pytest

from site_server import page


@pytest.fixture
def served(site, folder):
    """The URLs of two pages, and one without a page between them."""
    first, last = (
        page((folder / name).read_bytes(), content_type="text/plain; charset=utf-8")
        for name in ("page.txt", "other.txt")
    )
    return [site.serve(first, path="/1"), f"{site.root}/none", site.serve(last, path="/2")]


def test_one_url_gives_one_indented_record_dated_today(run, served):
    outcome = run("fetch", served[0])
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith('{\n  "schema": "abstool/1"')
    age = (
        datetime.now(UTC).date()
        - datetime.fromisoformat(json.loads(outcome.out)["accessed"]).date()
    )
    assert abs(age.days) <= 1


def test_several_urls_give_json_lines_and_a_line_for_each_failure(run, served):
    outcome = run("fetch", *served)
    numbers = [json.loads(line)["number"] for line in outcome.out.splitlines()]
    assert (outcome.code, numbers) == (1, ["0848", "0849"])
    (line,) = outcome.lines
    assert line.startswith(f"abstool: {served[1]}: ")
    assert "404" in line


def test_citing_a_url_and_piping_its_record_print_the_same(run, served):
    record = run("fetch", served[0]).out.encode()
    assert run("cite", served[0]).out == run("cite", stdin=record).out != ""


def test_nothing_is_fetched_for_a_request_that_makes_no_sense(run, served, site):
    for options in (["-s", "nosuch"], ["--accessed", "soon"], ["-o", "no/such/folder"]):
        assert run("cite", served[0], *options).code == 2
    assert site.requests == []


def test_urls_are_read_from_standard_input_and_a_line_without_one_is_an_error(run, served):
    lines = f"# two pages\n{served[0]}\n\n{{}}\n{served[2]}\n".encode()
    outcome = run("fetch", "-", stdin=lines)
    assert outcome.code == 1
    assert [json.loads(line)["number"] for line in outcome.out.splitlines()] == ["0848", "0849"]
    (line,) = outcome.lines
    assert line.startswith("abstool: standard input, line 4: ")


@pytest.mark.parametrize("name", ["page.html", "records.jsonl", "acrabstracts.org"])
def test_a_file_is_not_taken_for_a_host(run, folder, name):
    (folder / name).write_text("<p>x</p>", "utf-8")
    outcome = run("fetch", name)
    assert outcome.code == 5
    (line,) = outcome.lines
    assert line.startswith(f"abstool: {name}: this is a file, not a URL; read pages with")
