"""``--strict``: warnings and skipped records or pages count in the exit code."""

import json
import os
from pathlib import Path

import pytest

from abstool.errors import ExitCode

CLEAN = {"schema": "abstool/1", "title": "T", "url": "https://x.org/a/"}
WARNED = CLEAN | {"warnings": ["Odd."], "url": "https://x.org/b/"}


def lines(*records):
    return "".join(json.dumps(record) + "\n" for record in records)


@pytest.mark.parametrize(
    ("stdin", "code"),
    [
        (lines(CLEAN), 0),
        (lines(CLEAN, WARNED), ExitCode.SOME_FAILED),
        (lines(CLEAN, CLEAN), ExitCode.SOME_FAILED),  # the second is skipped
        (lines({"type": "x"}), ExitCode.UNREADABLE),  # a failure keeps its own code
    ],
)
@pytest.mark.parametrize("quiet", [[], ["--quiet"]])
def test_cite_is_strict_with_warnings_and_repeats(run, stdin, code, quiet):
    plain = run("cite", *quiet, stdin=stdin)
    strict = run("cite", "--strict", *quiet, stdin=stdin)
    assert (strict.code, strict.out, strict.err) == (code, plain.out, plain.err)
    assert plain.code == (0 if code == ExitCode.SOME_FAILED else code)


def test_parse_is_strict_with_warnings_and_skipped_pages(run):
    assert run("parse", "--strict", "page.txt").code == 0
    Path("warned.txt").write_text(
        Path("page.txt").read_text("utf-8").replace("Muster2", "Muster3"), "utf-8"
    )
    for arguments in (["warned.txt"], ["*.txt"], ["--jobs", "2", *["warned.txt"] * 30]):
        plain, strict = run("parse", *arguments), run("parse", "--strict", *arguments)
        assert (plain.code, strict.code) == (0, ExitCode.SOME_FAILED)
        assert (plain.out, plain.err) == (strict.out, strict.err)


@pytest.mark.parametrize("command", ["cite", "parse"])
def test_what_is_no_file_in_a_folder_is_skipped_and_counts(run, folder, command):
    (folder / "d").mkdir()
    (folder / "page.txt").rename(folder / "d" / "page.txt")
    (folder / "d" / "broken.html").symlink_to("nowhere")
    (folder / "d" / "zeros.html").symlink_to("/dev/zero")
    os.mkfifo(folder / "d" / "pipe.html")
    plain, strict = run(command, "d"), run(command, "--strict", "d")
    assert (plain.code, strict.code) == (0, ExitCode.SOME_FAILED)
    assert plain.out == strict.out != ""
    assert plain.err == strict.err
    assert plain.lines[0].startswith("abstool: skipped 3 ")


@pytest.mark.parametrize("command", ["cite", "parse", "fetch"])
def test_the_help_page_explains_strict(run, command):
    assert "--strict" in run(command, "--help").out


def test_fetch_is_strict_with_warnings(run, monkeypatch):
    from abstool.record import Abstract

    monkeypatch.setattr("abstool.fetching.fetch", lambda *_: Abstract.from_dict(WARNED))
    assert run("fetch", "https://x.org/b/").code == 0
    assert run("fetch", "--strict", "https://x.org/b/").code == ExitCode.SOME_FAILED
