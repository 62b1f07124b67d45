"""Completion in shells: what bash, zsh and fish are told, asked in the shells that are there."""

import os
import shutil
import subprocess
import sys

import pytest

from abstool.checking import CODES
from abstool.cli.completion import joined_words
from abstool.screening.flow import BOXES

pytestmark = pytest.mark.one_python

# Bash calls the function with the program, the word and the word before it, and has the words of
# the line in COMP_WORDS. It completes names of files itself if the function finds nothing.
ASK_BASH = """
eval "$(abstool --show-completion 2> /dev/null || _ABSTOOL_COMPLETE=source_bash abstool)"
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_abstool_completion abstool "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
printf '%s\\n' "${COMPREPLY[@]}"
complete -p abstool >&2
"""


@pytest.fixture
def ask(tmp_path):
    """Run a shell in which ``abstool`` is the one that is tested; return what it prints."""
    program = tmp_path / "bin" / "abstool"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\nexec '{sys.executable}' -m abstool \"$@\"\n", "utf-8")
    program.chmod(0o755)
    work = tmp_path / "work"
    work.mkdir()
    (work / "records one.jsonl").touch()
    (work / "refs.bib").touch()

    def run(shell, *arguments, **variables):
        path = shutil.which(shell)
        if not path:
            pytest.skip(f"{shell} is not installed")
        paths = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
        variables |= {"PATH": paths, "HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
        variables |= {"LC_ALL": "C", "PYTHONUTF8": "1"}  # the shells print in any language
        return subprocess.run(
            [path, *arguments],
            stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False,
            cwd=work, env=os.environ | variables,
        )  # fmt: skip

    return run


VANCOUVER = {"vancouver", "vancouver-brackets", "vancouver-superscript"}


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["ci"], {"cite"}),
        (["c"], {"cite", "check", "cache", "config"}),
        (["cite", "--sty"], {"--style"}),
        (["cite", "--style", "vanc"], VANCOUVER),
        (["cite", "--style", "=", "vanc"], VANCOUVER),  # as bash splits --style=vanc
        (["cite", "page one.html", "-s", "vanc"], VANCOUVER),
        (["cite", "it's", "-s", "bibt"], {"bibtex"}),
        (["cite", "--to", ""], {"text", "markdown", "html", "rtf", "docx"}),
        (["cite", "--set", "publication.v"], {"publication.volume="}),
        (["parse", "--column", "tit"], {"title="}),
        (["library", ""], {"add", "info", "remove", "export"}),
        (["check", "--style", "nejm-like-no-style"], set()),
        (["check", "--ignore", "author-m"], {"author-missing", "author-misspelled"}),
        (["prisma", "--set", "inc"], {f"{box}=" for box in BOXES if box.startswith("inc")}),
        (["stats", "--by", "co"], {"country"}),
    ],
    ids=lambda words: " ".join(sorted(words)) if isinstance(words, set) else " ".join(words),
)
def test_bash_completes_commands_options_and_values(ask, words, wanted):
    quoted = [f"'{word}'" if " " in word else word.replace("'", r"\'") for word in words]
    done = ask("bash", "--norc", "-c", ASK_BASH, "bash", "abstool", *quoted)
    found = set(done.stdout.split())
    assert wanted <= found if wanted == VANCOUVER else wanted == found
    assert all(name.startswith("vancouver") for name in found if wanted == VANCOUVER)


@pytest.mark.parametrize(
    "words",
    [["cite", "--output", "re"], ["cite", "-o", ""], ["cite", "re"], ["parse", "--like", "re"]],
    ids=" ".join,
)
def test_bash_completes_names_of_files_itself(ask, words):
    done = ask("bash", "--norc", "-c", ASK_BASH, "bash", "abstool", *words)
    assert done.stdout.split() == []
    assert done.stderr == "complete -o default -F _abstool_completion abstool\n"


@pytest.mark.parametrize("command", ["check", "book"])
def test_a_style_that_must_be_one_of_citations_is_no_format(ask, command):
    done = ask("bash", "--norc", "-c", ASK_BASH, "bash", "abstool", command, "--style", "bibt")
    assert done.stdout.split() == []


def test_every_code_can_be_completed(ask):
    done = ask("bash", "--norc", "-c", ASK_BASH, "bash", "abstool", "check", "--ignore", "")
    assert done.stdout.split() == list(CODES)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("abstool ci", ["cite"]),
        ("abstool cite --sty", ["--style"]),
        ("abstool cite --style vancouver-fr", ["vancouver-fr-ca"]),
        ("abstool cite --output re", ["records one.jsonl", "refs.bib"]),
        ("abstool library ex", ["export"]),
    ],
)
def test_fish_completes_commands_options_values_and_files(ask, line, wanted):
    script = "_ABSTOOL_COMPLETE=source_fish abstool | source; complete -C $argv"
    done = ask("fish", "--no-config", "-c", script, line)
    assert [row.split("\t")[0] for row in done.stdout.splitlines()] == wanted


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("abstool ci", '"cite"'),
        ("abstool cite --sty", '"--style"'),
        ("abstool cite --style vancouver-fr", '"vancouver-fr-ca"'),
        ("abstool cite --output re", "_files"),
    ],
)
def test_zsh_is_told_what_to_complete(ask, line, wanted):
    script = """
    compdef() { }
    _arguments() { print -r -- "$@" }
    _files() { print _files }
    source <(_ABSTOOL_COMPLETE=source_zsh abstool)
    words=(${(s: :)1}) CURRENT=$#words
    _abstool_completion
    """
    done = ask("zsh", "-f", "-c", script, "zsh", line)
    assert done.stderr == ""
    assert wanted in done.stdout


def test_zsh_completes_at_the_first_attempt_after_an_installation(ask, tmp_path):
    for _ in range(2):
        done = ask("zsh", "-f", "-c", "abstool --install-completion; exit $?")
        if done.returncode:
            pytest.skip(f"the shell was not found: {done.stderr}")
    text = (tmp_path / ".zfunc" / "_abstool").read_text("utf-8")
    assert text.startswith("#compdef abstool\n")
    assert text.count("loadautofunc") == 1
    script = """
    compdef() { }
    _arguments() { print -r -- "$@" }
    fpath=(~/.zfunc $fpath)
    autoload -Uz _abstool
    words=(abstool cite --sty) CURRENT=3
    _abstool
    """
    done = ask("zsh", "-f", "-c", script)
    assert done.stderr == ""
    assert '"--style":' in done.stdout


def test_bash_keeps_completion_after_a_second_installation(ask, tmp_path):
    (tmp_path / ".bashrc").write_text("alias ll='ls -l'\n", "utf-8")
    for _ in range(2):
        done = ask("bash", "--norc", "-c", "abstool --install-completion; exit $?")
        if done.returncode:
            pytest.skip(f"the shell was not found: {done.stderr}")
    text = (tmp_path / ".bashrc").read_text("utf-8")
    assert text.startswith("alias ll='ls -l'\n")
    assert text.count("abstool.sh") == 1
    done = ask("bash", "--rcfile", str(tmp_path / ".bashrc"), "-i", "-c", "complete -p abstool")
    assert done.stdout == "complete -o default -F _abstool_completion abstool\n"


@pytest.mark.parametrize("damage", ["not UTF-8", "not a folder"])
def test_a_start_up_file_that_cannot_be_changed_is_named_on_one_line(ask, tmp_path, damage):
    (tmp_path / ".bashrc").write_bytes(b"caf\xe9\n" if damage == "not UTF-8" else b"")
    if damage == "not a folder":
        (tmp_path / ".bash_completions").touch()
    done = ask("bash", "--norc", "-c", "abstool --install-completion; exit $?")
    if "is not supported" in done.stdout:
        pytest.skip("the shell was not found")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("abstool: --install-completion: ")
    assert done.stderr.endswith("; install it by hand: see --show-completion\n")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "current", "wanted", "at"),
    [
        ("abstool cite --style = vanc", 4, "abstool cite --style vanc", 3),
        ("abstool cite --style = vanc --to = t", 7, "abstool cite --style vanc --to t", 5),
        ("abstool cite --style =", 3, "abstool cite --style =", 3),  # nothing is typed yet
        ("abstool cite --set publication.volume = 7", 5, None, 5),
        ("abstool cite = x", 3, None, 3),
        ("abstool", 9, None, 9),
    ],
)
def test_options_and_values_with_an_equals_sign_are_joined(words, current, wanted, at):
    environ = {"COMP_WORDS": words.replace(" ", "\n"), "COMP_CWORD": str(current)}
    joined = {"COMP_WORDS": (wanted or words).replace(" ", "\n"), "COMP_CWORD": str(at)}
    assert joined_words(environ) == joined


@pytest.mark.parametrize("environ", [{}, {"COMP_WORDS": "abstool"}, {"COMP_CWORD": "x"}])
def test_other_shells_hand_over_no_words(environ):
    assert joined_words(environ) == {}
