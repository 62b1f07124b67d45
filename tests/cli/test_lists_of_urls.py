"""Lists of URLs and DOIs: with ``--from``, or as a source that is recognized."""

import json
from pathlib import Path

import pytest

from abstool.cli.output import Output
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


@pytest.mark.parametrize("command", ["fetch", "cite -s jsonl", "harvest --yes -o m.jsonl"])
@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("http://[bad/abstract/1", "http://[bad/abstract/1: the URL is malformed"),
        ("https://a.org:99999/x", "https://a.org:99999/x: the URL is malformed"),
        ("ftp://a.org/x", "ftp://a.org/x: ftp: URLs are not web pages"),
        ('{"url": "https://ann:hush@a.org/x"}', "https://…@a.org/x: the URL contains a user name"),
        ("no URL here", "no URL found"),
    ],
)
def test_a_line_without_a_usable_url_is_named_and_the_others_are_read(
    run, listed, command, line, problem
):
    text = Path(listed).read_text("utf-8").replace("no URL here", line)
    Path(listed).write_text(text, "utf-8")
    name = [listed] if "harvest" in command else ["--from", listed]
    outcome = run(*command.split(), *name)
    harvested = Path("m.jsonl").read_text("utf-8") if "harvest" in command else outcome.out
    assert outcome.code == 1
    assert [json.loads(one)["number"] for one in harvested.splitlines()] == ["0848", "0849"]
    assert outcome.err.count(f"abstool: {listed}, line 4: {problem}") == 1
    assert "hush" not in outcome.err
    if "harvest" in command:
        assert f"{listed}: 1 line without a usable URL" in outcome.err
        runs = json.loads(Path("m.manifest.json").read_text("utf-8"))["runs"]
        assert runs[-1]["outcome"].startswith("incomplete: ")


@pytest.mark.parametrize(
    ("lines", "limit", "outcome"),
    [
        ("{0} {1}", 1, "complete up to the limit of 1 abstract"),
        ("{0} {1}", 2, "complete up to the limit of 2 abstracts"),
        ("{0} {1}", 3, "complete"),
        (
            "{0} {1} mailto:x",
            1,
            "incomplete: {path}: 1 line without",
        ),
        (
            "{0} mailto:x {1}",
            2,
            "incomplete: {path}: 1 line without",
        ),
        (
            "ftp://a {0} {1} {1}",
            2,
            "incomplete: {path}: 1 line without",
        ),
    ],
)
def test_the_manifest_says_how_far_a_limited_harvest_is_complete(
    run, listed, lines, limit, outcome
):
    urls = [line for line in Path(listed).read_text("utf-8").splitlines() if "://" in line]
    Path(listed).write_text(lines.format(*urls).replace(" ", "\n"), "utf-8")
    code = run("harvest", "--yes", "-o", "m.jsonl", listed, "--limit", str(limit)).code
    facts = json.loads(Path("m.manifest.json").read_text("utf-8"))
    said = facts["runs"][-1]["outcome"]
    assert said.removesuffix(" a usable URL; correct the list") == outcome.format(path=listed)
    assert facts["counts"]["parsed"] == min(limit, 2)
    assert ("finished" in facts) == (outcome == "complete")
    assert code == (1 if "incomplete" in outcome else 0)


@pytest.mark.parametrize(
    "form",
    [
        (encoding, end)
        for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig")
        for end in ("\n", "\r\n", "\r")
    ],
)
@pytest.mark.parametrize(
    ("command", "given"),
    [
        ("fetch", "--from {}"),
        ("fetch", "{}"),
        ("cite -s jsonl", "{}"),
        ("cite -s jsonl", "-"),
        ("harvest --yes -o m.jsonl", "{}"),
    ],
)
def test_a_list_is_read_in_the_form_that_it_shows(run, listed, form, command, given):
    encoding, end = form
    text = Path(listed).read_text("utf-8").replace("\n", end)
    Path(listed).write_bytes(text.encode(encoding))
    stdin = Path(listed).read_bytes() if given == "-" else b""
    outcome = run(*command.split(), *given.format(listed).split(), stdin=stdin)
    harvested = Path("m.jsonl").read_text("utf-8") if "harvest" in command else outcome.out
    assert [json.loads(one)["number"] for one in harvested.splitlines()] == ["0848", "0849"]
    assert outcome.code == 1
    assert "line 4: no URL found" in outcome.err


@pytest.mark.parametrize("begin", ["\n", "\r\n", "\r", " \n", "\n\r\n\n", "#\n", "#\n\n# A\n"])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_a_list_may_begin_with_a_short_line_in_every_form(run, listed, begin, encoding):
    text = begin + Path(listed).read_text("utf-8")
    Path(listed).write_bytes(text.encode(encoding))
    outcome = run("fetch", listed)
    assert (outcome.code, numbers(outcome)) == (1, ["0848", "0849"])
    number = 4 + len(begin.splitlines())
    assert f"line {number}: no URL found" in outcome.err


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


URL = "https://acrabstracts.org/abstract/effects-of-{}-on-knees-of-imagined-patients/"


@pytest.fixture
def written(listed, folder, site, monkeypatch):
    """What is written, with the pages that were requested by then; two without a URL of theirs."""
    for path, name, word in (("/1", "page.txt", "sunlight"), ("/2", "other.txt", "moon")):
        text = (folder / name).read_text("utf-8").replace(URL.format(word), "")
        site.serve(page(text.encode(), content_type="text/plain; charset=utf-8"), path=path)
    written, write = [], Output.write

    def noted(output, data):
        pages = [path for path in site.paths() if path != "/robots.txt"]
        written.append((bytes(data, "utf-8") if isinstance(data, str) else data, pages))
        write(output, data)

    monkeypatch.setattr(Output, "write", noted)
    return written


@pytest.mark.parametrize(
    "command",
    [
        "cite",
        "cite -s vancouver --number",
        "cite -s ama-11 --to markdown",
        "cite -s ris",
        "cite -s bibtex",
        "cite -s csv --bom",
        "cite -s json",
        "cite -s jsonl",
        "cite -s ris --output out.ris",
        "fetch",
        "show",
    ],
)
def test_each_result_is_written_before_the_next_page_is_requested(run, listed, written, command):
    assert run(*command.split(), "--from", listed, "--quiet").code == 1  # for the bad line
    first, second, *_ = written
    assert (first[1], second[1]) == (["/1"], ["/1", "/2"])
    assert b"Sunlight" in first[0]
    assert b"Moonlight" in second[0]


@pytest.mark.parametrize(
    "options",
    ["-s apa", "--to html", "--to rtf", "--sort style", "-s apa --in-text", "-s xlsx -o x.xlsx"],
)
def test_what_depends_on_the_whole_list_is_written_at_its_end(run, listed, written, options):
    assert run("cite", *options.split(), "--from", listed, "--quiet").code == 1
    ((_, pages),) = written
    assert pages == ["/1", "/2"]


def test_a_record_waits_if_a_later_page_may_have_its_url(run, listed, written, folder, site):
    text = (
        (folder / "page.txt").read_text("utf-8").replace(URL.format("sunlight"), site.root + "/2")
    )
    site.serve(page(text.encode(), content_type="text/plain; charset=utf-8"), path="/1")
    outcome = run("cite", "--from", listed, "--accessed", "2026-11-28")
    assert [pages for _, pages in written] == [["/1", "/2"]] * 2
    assert outcome.out.count(f"{site.root}/2") == 1
    assert f"{site.root}/1: same URL as {site.root}/2, but another abstract" in outcome.err


@pytest.mark.parametrize("failing", [["/1"], ["/2"], ["/1", "/2"]])
def test_pages_that_fail_leave_a_whole_file(run, listed, written, site, failing):
    for path in failing:
        site.serve(page(b"", status=404), path=path)
    outcome = run("cite", "-s", "json", "--from", listed, "--quiet")
    assert (outcome.code, bool(written)) == (1, len(failing) == 1)
    if written:
        (item,) = json.loads(outcome.out)
        assert ("Sunlight" in item["title"]) == (failing == ["/2"])
