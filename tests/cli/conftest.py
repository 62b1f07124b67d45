"""Run the command line in tests: inside this process, or as a new process."""

import os
import subprocess
import sys
from dataclasses import dataclass

import pytest
from typer.testing import CliRunner

from abstool.cli.app import app

PAGE = """\
Abstract Number: 0848
Effects of Sunlight on Knees of Imagined Patients
Ada Example1 and Björn van der Muster2, 1Example University, Exampletown, NY, 2Muster-Klinik, Berlin
Meeting: ACR Convergence 2025
Session Information
Date: Monday, October 27, 2025
Title: (0830–0860) Invented Research Poster I
Session Type: Poster Session B
Session Time: 10:30AM-12:30PM
Background/Purpose: Nobody has yet imagined this.
Methods: We imagined it.
Results: It was imaginary.
Conclusion: More imagination is needed.
To cite this abstract in AMA style:
Example A, van der Muster B. Effects of Sunlight on Knees of Imagined Patients [abstract]. \
Arthritis Rheumatol. 2025; 77 (suppl 9). \
https://acrabstracts.org/abstract/effects-of-sunlight-on-knees-of-imagined-patients/. Accessed .
« Back to ACR Convergence 2025
"""
OTHER = PAGE.replace("0848", "0849").replace("Sunlight", "Moonlight").replace("sunlight", "moon")
LETTER = "Dear reader, this is a letter about knees.\n\nYours, Nobody\n"


@dataclass
class Outcome:
    """The result of a command."""

    code: int
    out: str
    err: str

    @property
    def lines(self):
        """The lines of stderr."""
        return self.err.splitlines()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return the working folder, which has two pages and a letter without an abstract."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    (tmp_path / "other.txt").write_text(OTHER, "utf-8")
    (tmp_path / "letter.txt").write_text(LETTER, "utf-8")
    (tmp_path / "image.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF")
    (tmp_path / "empty.html").write_bytes(b"")
    (tmp_path / "number.json").write_text("[1]", "utf-8")
    return tmp_path


@pytest.fixture
def run(folder):
    """Return a function that runs a command inside this process."""

    def run(*args, stdin=b""):
        result = CliRunner().invoke(app, list(args), input=stdin)
        assert isinstance(result.exception, SystemExit | None), result.exception
        return Outcome(result.exit_code, result.stdout_bytes.decode(), result.stderr)

    return run


@pytest.fixture
def start(folder):
    """Return a function that starts a command as a process."""
    started = []

    def start(*args, env=None, **streams):
        streams = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE) | streams
        process = subprocess.Popen(
            [sys.executable, "-m", "abstool", *args],
            env=os.environ | (env or {}),
            **streams,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def finish(start):
    """Return a function that runs a command as a process until it ends."""

    def finish(*args, stdin=b"", env=None, **streams):
        process = start(*args, env=env, **streams)
        out, err = process.communicate(stdin, timeout=120)
        return Outcome(process.returncode, (out or b"").decode(), err.decode())

    return finish
