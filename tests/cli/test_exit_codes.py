"""Every exit code, and the line on stderr that explains it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from abstool.cli import main
from abstool.cli.app import app
from abstool.errors import FetchError
from abstool.inputs import pages


@pytest.fixture
def offline(monkeypatch):
    def fetch(url, *_):
        raise FetchError(url, "its host was not found", "check the address")

    monkeypatch.setattr("abstool.fetching.fetch", fetch)


CASES = [
    # arguments, exit code, stderr
    ("parse page.txt", 0, []),
    ("parse page.txt other.txt", 0, []),
    ("parse page.txt letter.txt", 1, ["letter.txt: "]),
    ("parse nosuch.txt page.txt letter.txt", 1, ["nosuch.txt: ", "letter.txt: "]),
    ("parse nosuch.txt letter.txt", 1, ["nosuch.txt: ", "letter.txt: "]),
    ("fetch https://a.invalid/ https://b.invalid/", 3, ["https://a", "https://b"]),
    ("fetch https://a.invalid/", 3, ["https://a.invalid/: its host was not found; check"]),
    ("cite https://a.invalid/", 3, ["https://a.invalid/: its host was not found; check"]),
    ("parse letter.txt", 4, ["letter.txt: no abstract found; check that it is the page of"]),
    ("cite letter.txt -s json", 4, ["letter.txt: no abstract found"]),
    ("parse letter.txt letter.txt", 4, ["letter.txt: ", "letter.txt: "]),
    ("parse image.jpg", 5, ["image.jpg: this is a JPEG image"]),
    ("cite image.jpg -s json", 5, ["image.jpg: this is a JPEG image"]),
    ("parse empty.html", 5, ["empty.html: the input is empty"]),
    ("parse nosuch.txt", 5, ["nosuch.txt: cannot be read (No such file or directory)"]),
    ("parse no*.txt", 5, ["no*.txt: no matching files; check the name"]),
    ("parse --jobs 0 page.txt", 2, ["--jobs: '0' is not a whole number from 1 to 1024"]),
    ("diff letter.txt number.json", 4, ["letter.txt: no abstract found"]),
    ("diff --values --table page.txt page.txt", 2, ["--values: cannot be combined with --table"]),
    ("parse number.json", 5, ["number.json: this is JSON, not a page; use 'abstool cite'"]),
    ("parse", 5, ["standard input: the input is empty"]),
    ("cite -s json", 5, ["standard input: the input is empty"]),
    ("cite -s json number.json", 5, ["number.json, record 1: expected a record but found a"]),
    ("cite -s json number.json page.txt", 1, ["number.json, record 1: "]),
    ("nosuch", 2, ["no such command 'nosuch'; see 'abstool --help'"]),
    ("cit", 2, ["no such command 'cit'; did you mean 'cite'?"]),
    ("--nosuch", 2, ["no such option: --nosuch; see 'abstool --help'"]),
    ("fetch", 2, ["fetch: missing argument 'URL'; see 'abstool fetch --help'"]),
    ("cite --nosuch", 2, ["cite: no such option: --nosuch; see 'abstool cite --help'"]),
    ("cite --style", 2, ["cite: option '--style' requires an argument"]),
    ("cite --style nosuch", 2, ["--style 'nosuch': not found"]),
    ("cite --accessed 2026-13-01", 2, ["--accessed: '2026-13-01' is not a date"]),
    ("cite --accessed 20261123", 2, ["--accessed: '20261123' is not a date"]),
    ("cite --accessed yesterday", 2, ["--accessed: 'yesterday' is not a date"]),
    ("cite - -", 2, ["-: standard input can be read only once"]),
    ("parse - page.txt -", 2, ["-: standard input can be read only once"]),
    ("parse --lines --indent 2 page.txt", 2, ["--lines: cannot be combined with --indent"]),
    ("parse --indent two page.txt", 2, ["--indent: 'two' is not a whole number from 0"]),
    ("parse --indent 99 page.txt", 2, ["--indent: '99' is not a whole number from 0 to 16"]),
    ("parse page.txt -o no/such/folder", 2, ["--output no/such/folder: cannot be written"]),
    ("parse page.txt -o .", 2, ["--output .: cannot be written (Is a directory); choose an"]),
    ("styles nosuchword", 2, ["nosuchword: no matching style"]),
]  # fmt: skip


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize(("arguments", "code", "messages"), CASES, ids=[c[0] for c in CASES])
def test_each_outcome_has_its_code_and_one_line_for_each_error(run, arguments, code, messages):
    outcome = run(*arguments.split())
    assert (outcome.code, len(outcome.lines)) == (code, len(messages)), outcome.err
    for line, message in zip(outcome.lines, messages, strict=True):
        assert line.startswith(f"abstool: {message}")
    assert bool(outcome.out) == (code in (0, 1) and "page.txt" in arguments)


def test_no_command_shows_the_help_as_an_error(run):
    outcome = run()
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("Usage: abstool")


def test_a_bug_costs_one_input_and_no_traceback(run, monkeypatch):
    parse = pages._parse

    def buggy(text, page, title):
        return {}[page.subject] if page.subject == "page.txt" else parse(text, page, title)

    monkeypatch.setattr(pages, "_parse", buggy)
    for command in (["parse"], ["cite", "-s", "json"]):
        outcome = run(*command, "page.txt")
        assert (outcome.code, outcome.out) == (70, "")
        (line,) = outcome.lines
        assert line.startswith("abstool: page.txt: internal error: KeyError: 'page.txt'; ")
        outcome = run(*command, "page.txt", "other.txt")
        assert outcome.code == 1
        assert "Moonlight" in outcome.out


def test_a_bug_elsewhere_shows_a_traceback_only_on_request(run, monkeypatch):
    def buggy():
        raise ValueError("seven\x1b[31m")

    monkeypatch.setattr("abstool.record.json_schema", buggy)
    outcome = run("schema")
    assert outcome.code == 70
    assert outcome.err.startswith("abstool: internal error: ValueError: seven [31m; please report")
    assert "Traceback" not in outcome.err
    monkeypatch.setenv("ABSTOOL_DEBUG", "1")
    assert "Traceback" in run("schema").err


def test_input_nested_too_deeply_is_unreadable_input_not_a_bug(run):
    for deep in (
        b'{"title":' * 100_000,
        b'{"title": "T", "x": ' + b"[" * 5000 + b"]" * 5000 + b"}",
    ):
        outcome = run("cite", "-s", "json", stdin=deep)
        assert outcome.code == 5
        assert "nested too deeply" in outcome.err


def test_an_interrupt_before_the_start_shows_no_traceback(monkeypatch):
    def interrupted():
        raise KeyboardInterrupt

    monkeypatch.setattr("abstool.cli.app.group", interrupted)
    assert main(["--help"]) == 130


@settings(max_examples=60, deadline=None)
@given(
    command=st.sampled_from([["parse"], ["cite", "-s", "json"]]),
    stdin=st.binary() | st.text().map(str.encode) | st.text('{}[]":,1 \n').map(str.encode),
)
def test_any_input_ends_with_a_documented_exit_code(command, stdin):
    result = CliRunner().invoke(app, command, input=stdin)
    assert isinstance(result.exception, SystemExit | None)
    assert result.exit_code in (4, 5)
    assert result.stdout_bytes == b""
    assert all(line.startswith("abstool: standard input") for line in result.stderr.splitlines())


def test_no_message_carries_a_terminal_escape(run, folder):
    name = "evil\x1b]0;title\x07.txt"
    (folder / name).write_text("{} \x1b[2J", "utf-8")
    for arguments in (["parse", name], ["parse", f"x{name}"], ["cite", "-s", name], [name]):
        outcome = run(*arguments)
        assert outcome.code != 0
        assert "\x1b" not in outcome.err
        assert "\x07" not in outcome.err
