"""Hostile values of arguments, files and settings: a clear error, and never an internal one."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from abstool.cli.app import group
from abstool.errors import ExitCode

pytestmark = pytest.mark.one_python

CASES = [
    (["cite", "page.txt", "--style", "x" * 5000], ExitCode.USAGE),
    (["cite", "page.txt", "--style", "x/" * 3000 + "y.csl"], ExitCode.USAGE),
    (["cite", "page.txt", "--style", "~nobody-of-this-name/x.csl"], ExitCode.USAGE),
    (["cite", "page.txt", "--style", "a\0b.csl"], ExitCode.USAGE),
    (["cite", "page.txt", "-o", "x" * 300], ExitCode.USAGE),
    (["fetch", "https://\udcff/"], ExitCode.NOT_FETCHED),
    (["harvest", "urls.txt", "--yes", "-o", "x" * 300], ExitCode.USAGE),
    (["list", "a-meeting", "--site", "http://["], ExitCode.USAGE),
    (["list", "--search", "\udcff"], ExitCode.USAGE),
]


@pytest.fixture
def unreachable(monkeypatch):
    """Let no name be resolved; ``no_network`` would take the attempt for a mistake of the test."""

    def fails(*_, **__):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fails)


@pytest.mark.parametrize(("arguments", "code"), CASES, ids=range(len(CASES)))
@pytest.mark.usefixtures("unreachable")
def test_an_argument_that_nothing_can_be_named_is_one_line(run, arguments, code):
    outcome = run(*arguments)
    assert (outcome.code, len(outcome.lines)) == (code, 1)
    assert "internal" not in outcome.err


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["parse", "page.txt", "-o", ""], "--output: the value is empty; name a file"),
        (["harvest", "m", "-y", "-o", ""], "--output: the value is empty; name a file"),
        (
            ["parse", ""],
            '"": cannot be read (the name is empty); check the name; - is standard input',
        ),
        (
            ["cite", ""],
            '"": cannot be read (the name is empty); check the name; - is standard input',
        ),
    ],
)
def test_an_empty_name_is_said_to_be_empty(run, arguments, line):
    assert run(*arguments).lines == [f"abstool: {line}"]


@pytest.mark.parametrize(
    "value", ["9" * 5000, "0x" + "F" * 6000, "[" * 5000, "1e999", "[1]", "{a = 1}", "true"]
)
@pytest.mark.parametrize("name", ["delay", "style", "cache"])
def test_a_value_of_the_wrong_type_in_the_settings_is_a_usage_error(run, monkeypatch, value, name):
    Path("abstool.toml").write_text(f"{name} = {value}\n", "utf-8")
    monkeypatch.setenv("ABSTOOL_CONFIG", "abstool.toml")
    monkeypatch.delenv(f"ABSTOOL_{name.upper()}", raising=False)
    outcome = run("config")
    assert (outcome.code, len(outcome.lines)) == (ExitCode.USAGE, 1)


@pytest.mark.parametrize("name", ["CONTACT", "STYLE", "CACHE", "LIBRARY", "CONFIG"])
@pytest.mark.parametrize("command", ["config", "doctor"])
@pytest.mark.parametrize("url", ["https://ann:hush@a.org/x", "//ann:hush@a.org", "http://hush@a"])
def test_settings_are_shown_without_passwords(run, monkeypatch, name, command, url):
    monkeypatch.setenv("ABSTOOL_CONFIG", "")
    monkeypatch.setenv(f"ABSTOOL_{name}", url)
    outcome = run(command)
    shown = outcome.out + outcome.err
    assert "hush" not in shown
    assert "…@a" in shown or (command, name) == ("doctor", "CONTACT")


@pytest.mark.parametrize("url", ["http://ann:hush@a.org:1", "//ann:hu/hush@b.org", "https:/hush@a"])
def test_a_traceback_shows_no_passwords(run, monkeypatch, url):
    def buggy():
        raise ValueError("no schema") from OSError(f"no proxy {url}")

    monkeypatch.setattr("abstool.record.json_schema", buggy)
    monkeypatch.setenv("ABSTOOL_DEBUG", "1")
    outcome = run("schema")
    assert "OSError: no proxy " in outcome.err
    assert "hush" not in outcome.err


def test_config_prints_no_control_characters(run, monkeypatch):
    monkeypatch.setenv("ABSTOOL_STYLE", "a\x1b[31m\x9bb")
    monkeypatch.setenv("ABSTOOL_CONFIG", "")
    out = run("config").out
    assert all(line.replace("\t", "").isprintable() for line in out.splitlines())


@pytest.mark.parametrize("kind", [["x"], {"a": 1}, [[]], 10**30, None])
def test_a_type_that_is_no_text_is_an_unknown_type(run, kind):
    outcome = run("cite", stdin=json.dumps({"type": kind, "title": "T"}))
    assert outcome.code == ExitCode.UNREADABLE
    assert "unknown CSL-JSON type" in outcome.err


def test_json_escapes_the_control_characters_that_steer_a_terminal(run):
    record = {"schema": "abstool/1", "title": "a\x9b\x7fb", "url": "https://x.org/"}
    Path("old.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
    Path("new.jsonl").write_text(json.dumps(record | {"number": "1\x9b"}) + "\n", "utf-8")
    for arguments in (
        ["diff", "--values", "old.jsonl", "new.jsonl"],
        ["cite", "-s", "jsonl", "old.jsonl"],
        ["cite", "-s", "csljson", "old.jsonl"],
    ):
        out = run(*arguments).out
        assert all(line.isprintable() for line in out.splitlines())
        assert "a\\u009b\\u007fb" in out


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")  # noqa: PTH110
@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["parse", "page.txt", "nosuch.txt"], 1), (["parse", "letter.txt"], 4), ([], 2)],
)
def test_an_error_that_cannot_be_printed_keeps_its_exit_code(folder, arguments, code):
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        command = [sys.executable, "-m", "abstool", *arguments]
        ended = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=full, check=False)
    assert ended.returncode == code


def test_a_full_temporary_folder_is_not_blamed_on_the_output(run, monkeypatch):
    pytest.importorskip("openpyxl")

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("abstool.formats.xlsx._workbook", full)
    outcome = run("cite", "-q", "-s", "xlsx", "-o", "out.xlsx", "page.txt")
    assert outcome.code == ExitCode.NOT_WRITTEN
    assert outcome.err.startswith("abstool: temporary folder: writing failed")
    assert not Path("out.xlsx").exists()


def test_a_temporary_folder_that_lxml_cannot_fill_is_named_too(run, monkeypatch):
    etree = pytest.importorskip("lxml.etree")

    def full(*_, **__):
        raise etree.SerialisationError("IO_ENOSPC")

    monkeypatch.setattr("abstool.formats.xlsx._workbook", full)
    outcome = run("cite", "-q", "-s", "xlsx", "-o", "out.xlsx", "page.txt")
    assert outcome.code == ExitCode.NOT_WRITTEN
    assert outcome.err.startswith("abstool: temporary folder: writing failed (IO_ENOSPC)")


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="there is no /dev/zero")  # noqa: PTH110
def test_an_endless_file_of_settings_is_refused(run, monkeypatch):
    monkeypatch.setenv("ABSTOOL_CONFIG", "/dev/zero")
    outcome = run("config")
    assert (outcome.code, outcome.err) == (
        2,
        "abstool: /dev/zero: larger than 1 MB; fix or remove it\n",
    )


@pytest.mark.parametrize("command", ["config", "doctor"])
def test_a_file_of_settings_whose_name_is_too_long_is_not_there(run, monkeypatch, command):
    monkeypatch.delenv("ABSTOOL_CONFIG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", "x" * 5000)
    outcome = run(command)
    assert outcome.code in (0, 1)
    assert "internal" not in outcome.err


def test_a_style_that_is_too_large_is_refused(run, monkeypatch):
    monkeypatch.setattr("abstool.styles.catalog._LARGEST", 10)
    Path("large.csl").write_text("<style>" * 10, "utf-8")
    outcome = run("cite", "page.txt", "--style", "large.csl")
    assert outcome.code == ExitCode.USAGE
    assert "large.csl: larger than 1e-05 MB; use a CSL style" in outcome.err


# --- every option and argument of every command ---------------------------------------------------

# What a command needs besides the value under test, by the name of its parameter.
NEEDED = {
    "urls": "https://a.invalid/",
    "listings": "a-meeting",
    "source": "a-meeting",
    "sources": "page.txt",
    "files": "page.txt",
    "old": "page.txt",
    "new": "page.txt",
}
HOSTILE = {
    "empty": "",
    "blank": " ",
    "300 characters": "x" * 300,
    "5,000 characters": "x" * 5000,
    "many dots": "a." * 2500,
    "null": "a\0b",
    "unknown user": "~nobody-of-this-name",
    "malformed URL": "http://[",
    "bad port": "https://a.invalid:99999999/",
    "control characters": "\x1b[31m\x07\r\n\x9b",
    "direction": "\u202ea",
    "undecodable bytes": "\udcff\udc80",
    "undecodable DOI": "10.1000/\udcff",
    "bad port of an address": "https://[::1]:99999999/",
    "word for a port": "http://a.invalid:b/",
    "folder": ".",
    "file below a file": "page.txt/x",
    "huge number": "9" * 30,
    "huger number": "9" * 5000,
    "negative": "-1",
    "not a number": "nan",
    "infinite": "1e999",
    "braces": "{" * 300,
    "pattern": "[" * 300 + "*" * 300,
    "foreign digits": "\u0663" * 30,
    "240 characters": "y" * 240,
}
if Path("/dev/full").exists():
    HOSTILE["device"] = "/dev/full"  # endless to read, and always full
COMMANDS = group().commands
PARAMETERS = [
    (name, param.name)
    for name in COMMANDS
    for param in COMMANDS[name].params
    if not getattr(param, "is_flag", False)
]


def line_of(name, tested, value):
    """Return the command line with a value for one parameter."""
    arguments, options = [], ["--yes"] if name == "harvest" else []
    for param in COMMANDS[name].params:
        is_argument = param.param_type_name == "argument"
        if param.name == tested:
            given = value
        elif is_argument and param.name in NEEDED:
            given = NEEDED[param.name]
        elif param.required:
            given = "m.jsonl"
        else:
            continue
        if is_argument:
            arguments.append(given)
        else:
            options.append(f"{max(param.opts, key=len)}={given}")
    if tested == "search":
        arguments = []
    return [name, *options, "--", *arguments]


def test_every_command_has_a_parameter_to_test():
    assert {name for name, _ in PARAMETERS} >= set(COMMANDS) - {"schema", "config"}


@pytest.mark.usefixtures("unreachable")
@pytest.mark.parametrize(("name", "tested"), PARAMETERS)
def test_no_value_of_any_parameter_is_an_internal_error(run, name, tested):
    failed = {}
    for kind, value in HOSTILE.items():
        outcome = run(*line_of(name, tested, value))
        is_clear = outcome.code in {*ExitCode} - {ExitCode.INTERNAL} and all(
            line.startswith("abstool: ") and line.isprintable() for line in outcome.lines
        )
        if not is_clear or (outcome.code and not outcome.err):
            failed[kind] = (outcome.code, outcome.err[-300:])
    assert failed == {}
