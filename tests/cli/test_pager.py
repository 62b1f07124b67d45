"""Several records on a terminal go through the pager; anything else does not."""

import json
import os
import pty
import signal
import subprocess
import sys

import pytest

from conftest import RECORD

# A pager that copies its input to a file, and prints a line so that it is known to have run.
KEEPER = """\
import sys
print("the pager")
sys.stdout.flush()
data = sys.stdin.buffer.read()
open("paged", "wb").write(data)
sys.exit(7)
"""
# One that reads a line and leaves.
LEAVER = """\
import sys
sys.stdin.buffer.readline()
open("left", "w").close()
"""


def start(folder, *arguments, pager=KEEPER, **environment):
    """Return a process of ``abstool show`` on a terminal, and our end of the terminal."""
    (folder / "pager.py").write_text(pager, "utf-8")
    command = f"'{sys.executable}' pager.py"
    environment = {"PAGER": command, "TERM": "xterm", "COLUMNS": "60"} | environment
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "abstool", "show", *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        env=os.environ | environment,
    )
    os.close(theirs)
    return process, ours


def ended(process, ours):
    """Return the exit code of a process and what was on the terminal."""
    out = b""
    try:
        while chunk := os.read(ours, 65536):
            out += chunk
    except OSError:  # how Linux says that nobody writes any more
        pass
    os.close(ours)
    return process.wait(timeout=120), out.decode().replace("\r\n", "\n")


@pytest.fixture
def many(folder):
    """Return a folder with one record, three, and three with a damaged one."""
    line = json.dumps(RECORD)
    (folder / "one.jsonl").write_text(f"{line}\n", "utf-8")
    (folder / "three.jsonl").write_text(f"{line}\n" * 3, "utf-8")
    (folder / "bad.jsonl").write_text(f'{line}\n{{"title": 5}}\n{line}\n', "utf-8")
    return folder


@pytest.mark.parametrize(
    ("arguments", "environment", "count", "is_paged"),
    [
        (["three.jsonl"], {}, 3, True),
        (["one.jsonl", "one.jsonl"], {}, 2, True),
        (["one.jsonl"], {}, 1, False),
        (["three.jsonl"], {"PAGER": ""}, 3, False),
        (["three.jsonl"], {"PAGER": " "}, 3, False),
        (["three.jsonl"], {"PAGER": "cat"}, 3, False),
        (["three.jsonl"], {"PAGER": "/bin/cat -v"}, 3, False),
        (["three.jsonl"], {"PAGER": "no-such-pager -x"}, 3, False),
        (["three.jsonl"], {"PAGER": "'unpaired"}, 3, False),
        (["three.jsonl"], {"PAGER": "."}, 3, False),
        (["three.jsonl"], {"TERM": "dumb"}, 3, False),
    ],
)
def test_what_goes_through_the_pager(many, arguments, environment, count, is_paged):
    code, out = ended(*start(many, *arguments, **environment))
    assert code == 0
    assert ("the pager" in out) == is_paged
    text = (many / "paged").read_text("utf-8") if is_paged else out
    assert text.count("Citation") == count
    assert text.count("─" * 60) == count - 1


def test_the_pager_gets_text_that_is_safe(many):
    hostile = RECORD | {"title": "A \x1b]0;title\x07 \x9b31m title"}
    (many / "hostile.jsonl").write_text(f"{json.dumps(hostile)}\n" * 2, "utf-8")
    ended(*start(many, "hostile.jsonl", NO_COLOR="1"))
    text = (many / "paged").read_text("utf-8")
    assert "title" in text
    assert not {"\x1b", "\x07", "\x9b"} & set(text)


def test_a_pager_that_is_left_early_ends_the_command_quietly(many):
    (many / "long.jsonl").write_text(f"{json.dumps(RECORD)}\n" * 300, "utf-8")
    code, out = ended(*start(many, "long.jsonl", pager=LEAVER))
    assert (many / "left").exists()
    assert (code, out) == (0, "")


def test_messages_come_after_the_pager(many):
    code, out = ended(*start(many, "bad.jsonl", "nowhere.jsonl"))
    assert code == 1
    first, *others = out.splitlines()
    assert first == "the pager"
    assert [line.split(":")[1].strip() for line in others] == [
        "bad.jsonl, record 2",
        "nowhere.jsonl",
    ]


def test_an_output_file_is_not_paged(many):
    code, out = ended(*start(many, "three.jsonl", "--output", "shown.txt"))
    assert code == 0
    assert "the pager" not in out
    assert (many / "shown.txt").read_text("utf-8").count("Citation") == 3


# One that has read all when it says so, and waits for a byte.
WAITER = """\
import os, sys
sys.stdin.buffer.read()
print("pager", os.getpid())
sys.stdout.flush()
open("go", "rb").read(1)
"""


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 143)])
def test_a_signal_while_the_text_is_read(many, number, code):
    """Ctrl-C is the pager's, as in less; a request to end ends both."""
    os.mkfifo(many / "go")
    process, ours = start(many, "three.jsonl", pager=WAITER)
    said = b""
    while b"\n" not in said:
        said += os.read(ours, 100)
    process.send_signal(number)
    if number == signal.SIGINT:
        process.send_signal(number)
        (many / "go").write_bytes(b"x")
    found, out = ended(process, ours)
    assert found == code
    assert "Traceback" not in out
    with pytest.raises(ProcessLookupError):
        os.kill(int(said.split()[-1]), 0)
