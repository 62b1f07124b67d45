"""The help pages, the version and shell completion."""

import re

import pytest

import abstool
from abstool.cli.app import group
from abstool.errors import ExitCode

COMMANDS = list(group().commands)
PAGES = pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])


def words(text):
    """Return text as one line."""
    return " ".join(text.split())


def test_the_commands_of_the_main_path_exist():
    assert {"fetch", "parse", "cite", "styles", "schema"} <= set(COMMANDS)


@PAGES
def test_every_help_page_has_an_example(run, command):
    outcome = run(*command, "--help")
    assert (outcome.code, outcome.err) == (0, "")
    assert re.search(rf"Examples:\n +abstool {' '.join(command)}", outcome.out)
    assert run(*command, "-h") == outcome


@PAGES
def test_help_is_plain_text(run, command):
    assert run(*command, "--help").out.isascii()


@PAGES
def test_help_has_80_columns_without_a_terminal(run, command):
    assert max(map(len, run(*command, "--help").out.splitlines())) <= 80


@PAGES
@pytest.mark.parametrize("columns", [60, 100, 160])
def test_help_uses_the_width_of_the_terminal_up_to_100_columns(run, monkeypatch, command, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    page, _, examples = run(*command, "--help").out.partition("Examples:")
    widest = max(map(len, page.splitlines()))
    assert widest <= min(columns, 100)
    if command in ([], ["cite"]):
        assert widest > min(columns, 100) - 15
    assert all(line.startswith("  ") for line in examples.splitlines()[1:3])


@PAGES
def test_help_of_any_width_has_the_same_words(run, monkeypatch, command):
    pages = set()
    for columns in (40, 80, 120):
        monkeypatch.setenv("COLUMNS", str(columns))
        pages.add(words(run(*command, "--help").out))
    assert len(pages) == 1
    assert "..." not in pages.pop().replace("]...", "").replace(" FILE... ", " ")


@pytest.mark.parametrize(
    ("command", "usage"),
    [
        ("check", "abstool check [OPTIONS] MANUSCRIPT"),
        ("diff", "abstool diff [OPTIONS] OLD NEW"),
        ("decisions", "abstool decisions [OPTIONS] FILE..."),
        ("cache", "abstool cache [OPTIONS] {info|clear}"),
        ("library", "abstool library [OPTIONS] {add|info|remove|export} [SOURCE]..."),
    ],
)
def test_braces_in_a_usage_line_are_for_a_choice(run, command, usage):
    assert run(command, "--help").out.startswith(f"Usage: {usage}\n")


def test_the_overview_lists_every_command_once_in_its_group(run):
    page = run("--help").out
    groups = re.findall(r"^(\w[\w ]*):\n((?:  [a-z].*\n(?: {11}.*\n)*)+)", page, re.MULTILINE)
    listed = {
        heading: re.findall(r"^  ([a-z]+) ", rows, re.MULTILINE) for heading, rows in groups[:5]
    }
    assert list(listed) == ["Get records", "Cite", "Collect", "Review", "Inspect"]
    assert [name for names in listed.values() for name in names] == COMMANDS


def test_the_overview_has_the_whole_summary_of_each_command(run):
    page = words(run("--help").out)
    for command in COMMANDS:
        _, summary, *_ = run(command, "--help").out.split("\n\n")
        assert words(summary) in page


@pytest.mark.parametrize("command", COMMANDS)
def test_examples_use_only_options_that_exist(run, command):
    help_text = run(command, "--help").out
    _, examples = help_text.split("Examples:")
    every_help = "".join(run(name, "--help").out.split("Examples:")[0] for name in COMMANDS)
    for option in re.findall(r"--[a-z]+", examples):
        assert f"{option} " in every_help


def test_notes_on_a_parameter_are_in_one_bracket_and_in_words(run):
    page = run("parse", "--help").out
    assert re.search(r"--indent N .*\[0 to 16\]", words(page))
    assert "<=" not in page
    assert not re.search(r"\]\s+\[", page.partition("Options:")[2])


def test_the_help_explains_every_exit_code(run):
    listed = re.findall(r"^  (\d+) ", run("--help").out, re.MULTILINE)
    assert [int(code) for code in listed] == sorted(ExitCode)


def test_the_version_is_the_packages(run):
    assert run("--version").out == f"abstool {abstool.__version__}\n"


def test_a_shell_gets_its_completion_script(finish):
    outcome = finish("--show-completion", env={"SHELL": "/bin/bash"})
    script = finish(env={"_ABSTOOL_COMPLETE": "source_bash"})
    assert (script.code, script.err) == (0, "")
    assert "complete -o default -F _abstool_completion abstool" in script.out
    assert outcome.code == 0 or "not supported" in outcome.err


@pytest.mark.parametrize(
    ("line", "completions"),
    [
        ("abstool ci", {"cite"}),
        ("abstool cite --sty", {"--style"}),
        ("abstool cite -s bibt", {"bibtex"}),
        ("abstool cite --to ", {"text", "markdown", "html", "rtf", "docx"}),
        ("abstool cite --to r", {"rtf"}),
        ("abstool cite --sort ", {"input", "style"}),
        ("abstool cache ", {"info", "clear"}),
    ],
)
def test_a_shell_completes_commands_options_and_values(finish, line, completions):
    count = str(len(line.split(" ")) - 1)
    env = {"_ABSTOOL_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": count}
    outcome = finish(env=env)
    found = set(outcome.out.split())
    assert found == completions or (line.endswith("bibt") and completions <= found)
    assert outcome.err == ""


@pytest.mark.parametrize(
    ("option", "choices"),
    [("--to", ["text", "markdown", "html", "rtf", "docx"]), ("--sort", ["input", "style"])],
)
def test_help_lists_the_choices_of_an_option(run, option, choices):
    (row,) = re.findall(
        rf"^  {option} .*\n(?: {{20,}}.*\n)*", run("cite", "--help").out, re.MULTILINE
    )
    assert [word for word in re.findall(r"[a-z]+", row) if word in choices][
        : len(choices)
    ] == choices
