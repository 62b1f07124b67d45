"""An error that is about an option names that option as the user knows it; the library does not."""

import ast
import re
import shlex
from pathlib import Path

import pytest

import abstool
from abstool.cli.app import group
from abstool.cli.report import Report
from abstool.errors import UsageError

SOURCE = Path(abstool.__file__).parent
COMMANDS = group().commands

# How each option of each command can be wrong. Of a pair that cannot be combined, either is wrong.
OUTPUT = {"--output": "-o no/such/folder"}
LAYOUT = {"--lines": "--lines --indent 2", "--indent": "--indent two"}
NETWORK = {
    "--delay": "--delay soon",
    "--refresh": "--refresh --offline",
    "--offline": "--refresh --offline",
}
LISTING = {"--limit": "--limit 0 x", "--site": "--site 'two words' x", "--search": "--search ' '"}
NETWORK_OF_LISTING = {option: f"{arguments} x" for option, arguments in NETWORK.items()}
FORMAT = {
    "--number": "-s bibtex --number",
    "--in-text": "-s bibtex --in-text",
    "--no-label": "-s bibtex --no-label",
}
GIVEN = {"--set": "--set nosuch=1", "--like": "--like nosuch.json"}
READING = {
    "--host": "--host https://",
    "--set": "--set nosuch=1",
    "--like": "--like nosuch.json",
    "--column": "--column nosuch=x",
    "--pad-numbers": "--pad-numbers 99",
}
FILTERS = {"--library": "--library ~nosuch-user/x.db", "--year": "--year soon"}
WRONG = {
    "fetch https://a.invalid/": NETWORK | OUTPUT | LAYOUT | GIVEN,
    "parse page.txt": OUTPUT | LAYOUT | READING | {"--jobs": "-j 0"},
    "list": LISTING | NETWORK_OF_LISTING | {"--output": "-o no/such/folder x"},
    "harvest -o x.jsonl --yes": LISTING
    | NETWORK_OF_LISTING
    | {"--output": "-o no/such/x.jsonl x", "--library": "--library ~nosuch-user/x.db x"}
    | {option: f"{arguments} x" for option, arguments in GIVEN.items()},
    "show page.txt": OUTPUT | READING | {"--width": "--width 5"},
    "cite page.txt": OUTPUT
    | FORMAT
    | READING
    | {
        "--warnings": "--warnings some",
        "--style": "--style nosuch",
        "--accessed": "--accessed yesterday",
        "--key": "-s bibtex --key {nosuch}",
        "--bom": "--bom --style xlsx -o list.xlsx",
        "--to": "--to pdf",
        "--sort": "--sort title",
        "--locale": "--locale xx-XX",
        "--clipboard": "--clipboard -o list.txt",
        "--journals": "--journals nosuch.csv",
    },
    "check page.txt --records page.txt": OUTPUT
    | READING
    | {
        "--style": "--style nosuch",
        "--ignore": "--ignore nosuch",
        "--accept": "--accept nosuch.txt",
    },
    "dedupe page.txt": OUTPUT
    | READING
    | {
        "--style": "--style nosuch",
        "--report": "--report -",
    },
    "diff page.txt page.txt": OUTPUT
    | READING
    | {"--values": "--values --table", "--table": "--values --table"},
    "book page.txt -o b.html": {
        "--output": "-o b.pdf x",
        "--by": "--by colour",
        "--style": "--style nosuch",
    },
    "decisions page.txt --records page.txt": OUTPUT
    | {
        "--stage": "--stage third",
        "--column": "--column x --all maybe",
        "--all": "--all perhaps",
        "--only": "--only some",
        "--report": "--report -",
    },
    "encores page.txt": OUTPUT,
    "prisma --set included=1": {
        "--output": "-o x.svg --json",
        "--set": "--set x=1",
        "--json": "--json --to svg",
        "--to": "--to pdf",
    },
    "stats page.txt --by day": OUTPUT
    | {
        "--by": "--by colour",
        "--json": "--json --csv",
        "--csv": "--csv --json",
        "--to": "--to pdf",
        "--limit": "--limit 0",
    },
    "search x page.txt": OUTPUT
    | FILTERS
    | {
        "--limit": "--limit 0",
        "--sort": "--sort nosuch",
        "--lines": "--lines --count",
        "--count": "--lines --count",
    },
    "library export": OUTPUT | FILTERS,
    "styles": OUTPUT,
    "schema": OUTPUT,
    "cache info": OUTPUT,
    "config": OUTPUT,
    "doctor": OUTPUT,
}
# Flags that can be combined with everything.
NEVER_WRONG = {
    "--from",
    "--strategy",  # a file that cannot be read is not a usage error
    "--meeting",
    "--session",
    "--trial",
    "--number",
    "--exact",
    "--former",
    "--records",
    "--json",
    "--show-columns",
    "--against",
    "--quiet",
    "--urls",
    "--strict",
    "--exit-code",
    "--online",
    "--yes",
    "--title",
    "--without-text",
    "--reviewer",
    "--dedupe",
    "--decisions",
    "--manifest",
}


def options(command):
    """Return the names of a command's options; the second one of an on/off flag."""
    for param in COMMANDS[command].params:
        if param.param_type_name == "option":
            yield max(param.opts, key=len), *param.secondary_opts


@pytest.mark.parametrize("command", list(COMMANDS))
def test_every_option_that_can_be_wrong_is_tested(command):
    (wrong,) = (wrong for start, wrong in WRONG.items() if start.split()[0] == command)
    tested = NEVER_WRONG | wrong.keys()
    assert [names for names in options(command) if not tested & set(names)] == []


@pytest.mark.parametrize(
    ("command", "option"),
    [(f"{start} {end}", option) for start, wrong in WRONG.items() for option, end in wrong.items()],
)
def test_an_error_names_the_option_that_is_wrong(run, command, option):
    outcome = run(*shlex.split(command))
    assert (outcome.code, outcome.out, len(outcome.lines)) == (2, "", 1), outcome.err
    assert re.search(rf"(?<!\S){option}(?![\w-])", outcome.err), outcome.err


def test_an_option_that_was_not_given_is_not_named(run, monkeypatch):
    monkeypatch.setenv("ABSTOOL_DELAY", "soon")
    assert run("fetch", "https://a.invalid/").err.startswith(
        "abstool: ABSTOOL_DELAY: 'soon' is not"
    )
    monkeypatch.setenv("ABSTOOL_STYLE", "nosuch")
    monkeypatch.delenv("ABSTOOL_DELAY")
    assert "--style" not in run("cite", "page.txt").err


@pytest.mark.parametrize(
    ("arguments", "error", "line"),
    [
        ("cite --in-text", UsageError(problem="P", argument="in_text"), "--in-text: P"),
        ("cite --no-label", UsageError(problem="P", argument="label"), "--no-label: P"),
        ("cite --label", UsageError(problem="P", argument="label"), "--label: P"),
        ("cite -s x", UsageError(problem="P", argument="style"), "--style: P"),
        ("cite", UsageError(problem="P", argument="style"), "style: P"),
        ("cite -s x", UsageError("x", "P", argument="style"), "--style x: P"),
        ("cite -s x", UsageError("style 'x'", "P", argument="style"), "--style 'x': P"),
        ("cite", UsageError("style 'x'", "P", argument="style"), "style 'x': P"),
        ("cite -s x", UsageError("y", "P", "N", argument="style"), "y: P; N"),
        ("cite x", UsageError(problem="P", argument="sources"), "SOURCE: P"),
        ("cite x", UsageError("x", "P", argument="sources"), "x: P"),
        ("cite x", UsageError(problem="P", argument="of_the_library"), "of_the_library: P"),
        ("cite x", UsageError("x", "P"), "x: P"),
    ],
)
def test_an_argument_of_the_library_is_shown_as_the_option(capsys, arguments, error, line):
    command, *rest = arguments.split()
    with COMMANDS[command].make_context(command, rest):
        Report().failure("", error)
    assert capsys.readouterr().err == f"abstool: {line}\n"


def test_the_library_shows_an_argument_by_its_own_name():
    assert str(UsageError(problem="P", argument="in_text")) == "in_text: P"


def test_no_text_of_the_library_mentions_an_option():
    every = {name for command in COMMANDS for names in options(command) for name in names}
    assert "--in-text" in every
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        if path.is_relative_to(SOURCE / "cli"):
            continue
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.JoinedStr):  # f"--{name}"
                mentions = getattr(node.values[0], "value", "") == "--"
            else:
                text = node.value if isinstance(node, ast.Constant) else ""
                words = re.findall(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*", str(text))
                mentions = not every.isdisjoint(words)
            if mentions:
                found.append(f"{path.relative_to(SOURCE)}:{node.lineno}")
    assert found == []
