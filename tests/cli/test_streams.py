"""Streams and signals of real processes."""

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest


def test_a_closed_pipe_ends_quietly_with_0(start):
    for arguments in (["parse", *["page.txt"] * 200], ["styles"], ["schema"], ["--help"]):
        reader, writer = os.pipe()
        process = start(*arguments, stdout=writer)
        os.close(writer)
        if arguments[0] == "parse":
            assert os.read(reader, 1) == b"{"
        os.close(reader)
        _, err = process.communicate(timeout=120)
        assert (process.returncode, err) == (0, b""), arguments


def test_an_interrupt_ends_with_130_and_keeps_what_was_printed(start):
    process = start("parse", "page.txt", "-")
    record = process.stdout.readline()  # now it waits for standard input
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert (process.returncode, out, err) == (130, b"", b"abstool: interrupted\n")
    assert json.loads(record)["number"] == "0848"


def test_a_record_is_printed_before_the_next_page_is_read(start, folder):
    os.mkfifo(folder / "later.txt")
    process = start("parse", "page.txt", "later.txt")
    assert json.loads(process.stdout.readline())["number"] == "0848"
    Path("later.txt").write_bytes(Path("other.txt").read_bytes())
    assert json.loads(process.stdout.readline())["number"] == "0849"


@pytest.mark.parametrize(
    "env",
    [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "utf-16"},
     {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}],
    ids=lambda env: "+".join(f"{name}={value}" for name, value in env.items()),
)  # fmt: skip
def test_output_is_utf_8_in_every_locale(finish, folder, env):
    for arguments in (["parse", "page.txt"], ["cite", "-s", "json", "page.txt"]):
        expected = finish(*arguments).out
        assert "Björn" in expected
        assert finish(*arguments, env=env).out == expected


def test_a_full_disk_at_standard_output_is_reported_once(finish):
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        for arguments in (["parse", "page.txt"], ["--help"], ["--version"]):
            outcome = finish(*arguments, stdout=full)
            message = "abstool: standard output: "
            assert (outcome.code, len(outcome.lines)) == (74, 1), outcome
            assert outcome.err.startswith(message)
            assert "No space left on device" in outcome.err


def test_closed_streams_are_reported(folder):
    def run(redirection):
        command = f"python -m abstool parse page.txt {redirection}"
        result = subprocess.run(command, shell=True, capture_output=True, check=False)
        return result.returncode, result.stderr.decode()

    code, err = run(">&-")
    assert (code, err) == (
        74,
        "abstool: standard output: it is closed; write to a file with --output\n",
    )
    for option in ("--help", "--version"):
        command = f"python -m abstool {option} >&-"
        result = subprocess.run(command, shell=True, capture_output=True, check=False)
        assert result.returncode == 74
        assert result.stderr == b"abstool: standard output: it is closed\n"
    code, err = run("- <&-")
    assert code == 1
    assert err.startswith("abstool: standard input: it is closed; ")
    assert run("nosuch.txt 2>&-") == (1, "")


@pytest.mark.parametrize(
    "arguments", ["parse", "show", "cite -s json", "fetch -", "diff - page.txt"]
)
def test_a_closed_standard_input_is_unreadable_input(folder, arguments):
    command = f"python -m abstool {arguments} <&-"
    result = subprocess.run(command, shell=True, capture_output=True, check=False)
    err = result.stderr.decode()
    assert (result.returncode, err.count("\n"), result.stdout) == (5, 1, b"")
    assert err.startswith("abstool: standard input: it is closed; ")


def test_standard_input_that_cannot_be_read_is_unreadable_input(folder):
    for arguments in ("parse", "fetch -"):
        command = f"python -m abstool {arguments} 0>sink"
        result = subprocess.run(command, shell=True, capture_output=True, check=False)
        err = result.stderr.decode()
        assert (result.returncode, err.count("\n"), result.stdout) == (5, 1, b""), err
        assert err.startswith("abstool: standard input: cannot be read (Bad file descriptor); ")


def test_a_note_tells_a_person_at_a_terminal_that_input_is_expected(start):
    person, terminal = os.openpty()
    process = start("parse", stdin=terminal)
    note = process.stderr.readline()
    os.write(person, b"\x04")
    process.wait(timeout=120)
    os.close(person)
    os.close(terminal)
    assert note.startswith(b"abstool: reading from the terminal; press Ctrl-D")
    assert process.returncode == 5


def test_output_is_the_same_on_a_terminal(start, finish):
    person, terminal = os.openpty()
    process = start("schema", stdout=terminal)
    os.close(terminal)
    shown = b""
    try:
        while chunk := os.read(person, 65536):
            shown += chunk
    except OSError:  # this is how Linux reports the end of a terminal
        pass
    process.wait(timeout=120)
    os.close(person)
    assert shown.decode().replace("\r\n", "\n") == finish("schema").out


def test_the_module_runs_as_the_command_does(finish):
    script = subprocess.run(["abstool", "--version"], capture_output=True, timeout=120, check=True)
    assert script.stdout.decode() == finish("--version").out
