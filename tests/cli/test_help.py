"""What a user is told about the command line."""

import re

import pytest

import abstool
from abstool.cli.app import group

COMMANDS = list(group().commands)


def test_the_commands_of_the_main_path_are_there():
    assert {"fetch", "parse", "cite", "styles", "schema"} <= set(COMMANDS)


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_every_help_has_an_example(run, command):
    outcome = run(*command, "--help")
    assert (outcome.code, outcome.err) == (0, "")
    assert re.search(rf"Examples:\n +abstool {' '.join(command)}", outcome.out)
    assert run(*command, "-h") == outcome


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_help_is_plain_text_of_80_columns(run, command):
    help_text = run(*command, "--help").out
    assert help_text.isascii()
    assert max(map(len, help_text.splitlines())) <= 80


@pytest.mark.parametrize("command", COMMANDS)
def test_examples_use_only_options_that_exist(run, command):
    help_text = run(command, "--help").out
    _, examples = help_text.split("Examples:")
    every_help = "".join(run(name, "--help").out.split("Examples:")[0] for name in COMMANDS)
    for option in re.findall(r"--[a-z]+", examples):
        assert f"{option} " in every_help


def test_the_help_lists_every_exit_code(run):
    listed = re.findall(r"^ {4}(\d+) ", run("--help").out, re.MULTILINE)
    assert listed == ["0", "1", "2", "3", "4", "5", "70", "74", "130"]


def test_the_version_is_the_packages(run):
    assert run("--version").out == f"abstool {abstool.__version__}\n"


def test_a_shell_gets_its_completion_script(finish):
    outcome = finish("--show-completion", env={"SHELL": "/bin/bash"})
    script = finish(env={"_ABSTOOL_COMPLETE": "source_bash"})
    assert (script.code, script.err) == (0, "")
    assert "complete -o default -F _abstool_completion abstool" in script.out
    assert outcome.code == 0 or "not supported" in outcome.err


@pytest.mark.parametrize(
    ("words", "completion"),
    [("abstool ci", "cite"), ("abstool cite --sty", "--style"), ("abstool cite -s bibt", "bibtex")],
)
def test_a_shell_completes_commands_options_and_styles(finish, words, completion):
    count = str(len(words.split()) - 1)
    env = {"_ABSTOOL_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": count}
    outcome = finish(env=env)
    assert completion in outcome.out.split()
    assert outcome.err == ""
