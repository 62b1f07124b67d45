"""The reference has every warning, note and exit code, and every setting, of the source.

``source_warnings`` says how warnings are found. A new one fails here until ``warnings.md`` has it.
"""

import ast
import json
import re
from functools import cache
from gzip import BadGzipFile
from importlib.metadata import PackageNotFoundError
from itertools import chain
from pathlib import Path
from socket import gaierror
from ssl import SSLCertVerificationError

import pytest
from urllib3.exceptions import ProxyError

from abstool import config
from abstool.cli import diagnosis, main
from abstool.cli.app import EXIT_CODES
from abstool.errors import ExitCode, UsageError
from abstool.record import concerns
from abstool.web.failure import PrivateAddressError, failure_of, status_failure
from manual import settings as man
from source_warnings import HOLE, sinks
from test_documents import in_code, rows
from test_house import NODES, PACKAGE, ROOT

pytestmark = pytest.mark.one_python

REFERENCE = ROOT / "docs" / "reference"
WARNINGS = (REFERENCE / "warnings.md").read_text("utf-8")

# Lines that are put together from parts when abstool runs: the file and function that gives them to
# the user, the file that has the words, and the text. HOLE is written as …
BUILT = {
    ("cli/commands/dedupe.py", "dedupe"): (
        "matching/selection.py",
        "…: skipped, repeats … (…)",
    ),
    ("cli/commands/diff.py", "diff"): (
        "cli/commands/diff.py",
        "… new, … gone, … changed",
    ),
    ("cli/commands/stats.py", "stats"): (
        "cli/commands/stats.py",
        "… records, … values (… not shown), … records without a value,"  # noqa: ISC004
        " … affiliations without a known country",
    ),
    ("cli/records/comparing.py", "note"): (
        "matching/selection.py",
        "skipped … entries that were given before,"  # noqa: ISC004
        " kept … entries that repeat other works; see 'abstool dedupe'",
    ),
}
# Functions that pass on lines which are found elsewhere, or are none of these.
PASSING = {
    ("cli/commands/doctor.py", "doctor"): "the problems among the facts that it printed",
    ("cli/records/warnings.py", "print"): "the warnings of records",
    ("manuscripts/data.py", "_manuscript"): "the errors of single entries",
}
SINKS = sinks()


def shown(text):
    return re.sub(f"{HOLE}+", "…", text)


def found_in_source():
    """Return the texts of all warnings and notes, each with a place that gives it."""
    found = {}
    for sink in SINKS:
        built = BUILT.get((sink.file, sink.function), ())[1:]
        for text in (*sink.texts, *built):
            found.setdefault(shown(text), f"src/abstool/{sink.file}:{sink.line}")
    return found


def entries():
    """Return the texts in the first column of the tables of the page, with their lines."""
    found = {}
    for number, line in enumerate(WARNINGS.splitlines(), 1):
        if line.startswith("| `"):
            first = re.match(r"\| ((?:`[^`]+` ?)+)\|", line)
            assert first, f"line {number} has no text in code in its first cell"
            for text in re.findall(r"`([^`]+)`", first[1]):
                assert text not in found, f"line {number} repeats line {found[text]}"
                found[text] = number
    return found


def pattern_of(text):
    """Return the pattern of an entry for a text of the source: with a word for each hole."""
    return re.compile(r"[A-Z]+".join(map(re.escape, text.split("…"))))


TEXTS = found_in_source()
ENTRIES = entries()
PATTERNS = {text: pattern_of(text) for text in TEXTS}
PAIRS = [
    (entry, text)
    for text, pattern in PATTERNS.items()
    for entry in ENTRIES
    if pattern.fullmatch(entry)
]


# --- warnings -------------------------------------------------------------------------------------


def test_the_texts_of_every_warning_can_be_found_in_the_source():
    lost = {
        f"src/abstool/{sink.file}:{sink.line} ({sink.function})"
        for sink in SINKS
        if not sink.is_known and (sink.file, sink.function) not in BUILT.keys() | PASSING.keys()
    }
    advice = (
        "write the text of the warning where it is given, as an f-string; or add the function to"
        " BUILT in tests/test_reference.py, with its text"
    )
    assert lost == set(), advice


@pytest.mark.parametrize("place", [*BUILT, *PASSING], ids="-".join)
def test_what_is_put_together_is_given_by_a_function_that_exists(place):
    assert place in {(sink.file, sink.function) for sink in SINKS if not sink.is_known}


@pytest.mark.parametrize("place", BUILT, ids="-".join)
def test_what_is_put_together_has_words_of_its_source(place):
    file, text = BUILT[place]
    source = (PACKAGE / file).read_text("utf-8")
    words = {word.rstrip("s") for word in re.findall(r"[a-z]+", text)}
    assert {word for word in words if word not in source} == set()


def test_every_warning_has_its_place_in_the_reference():
    documented = {text for _, text in PAIRS}
    missing = [f"{place}: {text}" for text, place in TEXTS.items() if text not in documented]
    assert missing == [], (
        "docs/reference/warnings.md does not have these warnings. Add a row to the table of their"
        " topic: | `the text` | what it means, and what to do |, with a word in capitals, such as"
        " NAME, for each …"
    )


def test_the_reference_has_no_warning_that_is_gone():
    known = {entry for entry, _ in PAIRS}
    gone = [f"line {line}: {entry}" for entry, line in ENTRIES.items() if entry not in known]
    assert gone == [], (
        "no warning of the source reads like these of docs/reference/warnings.md; correct or"
        " remove the rows"
    )


def test_every_row_of_the_reference_says_what_a_warning_means():
    rows = [line for line in WARNINGS.splitlines() if line.startswith("| `")]
    assert [line for line in rows if len(line.strip("|").rpartition(" | ")[2].strip()) < 5] == []


@pytest.mark.parametrize("wording", concerns.WORDINGS)
def test_what_a_warning_is_about_is_known_by_a_wording_of_the_source(wording):
    assert wording in {text.replace("'…'", "…") for text in TEXTS}


def test_the_warnings_of_the_fixtures_are_in_the_reference():
    patterns = [re.compile(".+".join(map(re.escape, text.split("…")))) for text in TEXTS]
    files = [*ROOT.glob("fixtures/*/record.json")]
    records = [json.loads(file.read_text("utf-8")) for file in files]
    warnings = {warning for record in records for warning in record.get("warnings", ())}
    assert len(warnings) > 10
    assert [one for one in warnings if not any(p.fullmatch(one) for p in patterns)] == []


# What the finder must see: a module, and the texts in it.
MODULES = {
    "report.note(f'{name}: gone')": {"…: gone"},
    "report.warn('gone' if one else f'{n:,} gone')": {"gone", "… gone"},
    "note(('all ' if one else '') + line)": {None},
    "said = 'it is gone'\nreport.note(said)": {"it is gone"},
    "record.warnings.append(f'The {one!r} is new.')": {"The '…' is new."},
    "warnings += ['one is new', 'two are new']": {"one is new", "two are new"},
    "record.warnings += checks(record)\ndef checks(record):\n    yield 'it is new'": {"it is new"},
    "text, warnings = read(x)\ndef read(x):\n    return x, ['it is new']": {"it is new"},
    "Reading(item, ('it is new',))\nclass Reading:\n    item: str\n    warnings: tuple": {
        "it is new"
    },
    "f(item, ['it is new'])\ndef f(item, warnings): ...": {"it is new"},
    "record.warnings += unknown(record)": {None},
    "report.note(', '.join(words))": {None},
    "report.note(line)": {None},
    "report.note(f'{one}: {other}')": {None},
    "for one in record.warnings:\n    report.note(f'{name}: warning: {one}')": set(),
}


@pytest.mark.parametrize("module", MODULES)
def test_a_warning_is_found_however_it_is_given(module):
    found = sinks({"some/module.py": ast.parse(module)})
    texts = {shown(text) for sink in found for text in sink.texts}
    lost = {None for sink in found if not sink.is_known}
    assert texts | lost == MODULES[module]


# --- exit codes -----------------------------------------------------------------------------------


EXIT_CODES_PAGE = (REFERENCE / "exit-codes.md").read_text("utf-8")
CODES = rows(EXIT_CODES_PAGE, "code")


def test_the_reference_has_every_exit_code_in_the_words_of_the_help():
    assert {int(code): meaning for code, meaning, _ in CODES} == EXIT_CODES
    assert [int(code) for code, _, _ in CODES] == sorted(ExitCode), (
        "docs/reference/exit-codes.md needs a row for each code of errors.ExitCode, and what a"
        " script should do"
    )


def test_the_reference_says_what_a_script_should_do_with_every_exit_code():
    table = EXIT_CODES_PAGE.partition("## What a script should do")[2]
    advice = [code for codes, _ in rows(table, "code") for code in codes.split(", ")]
    assert [int(code) for code in advice] == sorted(ExitCode)


EXAMPLES = [
    (command, int(code))
    for code, _, example in CODES
    for command in re.findall(r"`abstool ([^`>]+)`", example)
]


@pytest.mark.parametrize(("command", "code"), EXAMPLES)
def test_the_examples_of_exit_codes_have_them(command, code, monkeypatch, tmp_path, capfdbinary):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("ABSTOOL_CACHE", str(tmp_path))
    assert main(command.split()) == code
    assert bool(capfdbinary.readouterr().out) == (code in (0, 1))


def test_five_exit_codes_have_an_example_that_is_run():
    assert [code for _, code in EXAMPLES] == [0, 1, 2, 3, 4, 5]


def test_the_errors_that_people_meet_most_are_errors_of_the_source():
    table = EXIT_CODES_PAGE.partition("## The errors that people meet most")[2]
    named = [text for error, _ in rows(table, "error") for text in in_code(error)]
    source = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    source = re.sub(r"[\"']\s*\n\s*f?[\"']", "", source)  # texts on several lines
    between = re.compile(r"NUMBER|NAME|'|…|\(.*?\)|this is an EndNote library")
    parts = {part.strip(" :") for text in named for part in between.split(text)}
    assert len(named) > 12
    assert {part for part in parts if part not in source} == set()


# --- settings -------------------------------------------------------------------------------------


SETTINGS_PAGE = (REFERENCE / "settings.md").read_text("utf-8")


def test_the_reference_has_every_setting_with_its_variable_and_default(monkeypatch, tmp_path):
    monkeypatch.setenv("ABSTOOL_CONFIG", str(tmp_path / "abstool.toml"))
    (tmp_path / "abstool.toml").write_text("", "utf-8")
    for name in config.SETTINGS:
        monkeypatch.delenv(config.variable(name), raising=False)
    loaded = config.load()
    table = rows(SETTINGS_PAGE, "setting")
    assert [name.strip("`") for name, *_ in table] == [*config.SETTINGS]
    for name, variable, default, _ in table:
        value = getattr(loaded, name.strip("`"))
        assert variable == f"`{config.variable(name.strip('`'))}`"
        if not isinstance(value, Path):
            shown = f"{value:g}" if isinstance(value, float) else f"`{value}`" if value else ""
            assert default == (shown or "nothing")


def test_the_file_of_the_reference_has_every_setting_and_can_be_read(monkeypatch, tmp_path):
    (example,) = re.findall(r"```toml\n(.*?)```", SETTINGS_PAGE, re.DOTALL)
    file = tmp_path / "abstool.toml"
    file.write_text(example, "utf-8")
    monkeypatch.setenv("ABSTOOL_CONFIG", str(file))
    for name in config.SETTINGS:
        monkeypatch.delenv(config.variable(name), raising=False)
    assert set(config.load().origins.values()) == {f"{file}: {name}" for name in config.SETTINGS}


def variables_in_source():
    """Return the environment variables that a module reads by name."""
    found = set()
    for node in chain.from_iterable(NODES.values()):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "os.environ.get":
            found.add(getattr(node.args[0], "value", None))
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            found.add(getattr(node.slice, "value", None))
    return {name for name in found if isinstance(name, str)}


def test_the_reference_has_every_environment_variable_that_is_read():
    documented = set(re.findall(r"`([A-Z]+(?:_[A-Z]+)*)`", SETTINGS_PAGE))
    in_man_pages = {name for names, _ in man.variables() for name in names.split(", ")}
    assert in_man_pages - documented == set()
    read = variables_in_source() | {config.variable(name) for name in config.SETTINGS}
    by_libraries = {*diagnosis.NETWORK, *diagnosis.TERMINAL, "TMPDIR"}
    assert read - documented == set(), "docs/reference/settings.md needs a row for each of these"
    assert documented - read - by_libraries == set()


# --- errors and their pages -----------------------------------------------------------------------


PAGE = re.compile(r"(?:how-to|reference|explanation|tutorials|project)/[\w-]+")


@cache
def pages_in_source():
    """Return the pages that errors name, each with its places."""
    found = {}
    for file, nodes in NODES.items():
        named = {one.value for one in nodes if is_page_of_error(one)}
        for node in nodes:
            text = node.value if isinstance(node, ast.Constant) else None
            if isinstance(text, str) and (node in named or PAGE.fullmatch(text)) and text:
                found.setdefault(text, []).append(f"{file}:{node.lineno}")
    return found


def is_page_of_error(node):
    """Return whether a node is the argument for the page of an error, and not a page to parse."""
    return (
        isinstance(node, ast.keyword)
        and node.arg == "page"
        and not isinstance(node.value, ast.Call)
    )


@pytest.mark.parametrize("page", sorted(pages_in_source()))
def test_the_pages_that_errors_name_exist(page):
    assert (ROOT / "docs" / f"{page}.md").is_file(), pages_in_source()[page]


def test_an_error_names_its_page_as_a_text_or_a_constant():
    odd = [
        f"{file}:{node.value.lineno}: {ast.unparse(node.value)}"
        for file, nodes in NODES.items()
        for node in nodes
        if is_page_of_error(node)
        and not re.fullmatch(r"'.*'|[\w.]*page|_?[A-Z]+|.* if .* else ''", ast.unparse(node.value))
    ]
    assert odd == []
    assert len(pages_in_source()) > 5


LOST_STYLE = ["cite", "--style", "nosuch", "fixtures/acr-2012-two-authors/page.html"]


@pytest.mark.parametrize(
    ("addresses", "place"),
    [
        (None, "docs/reference/styles.md"),
        (["Repository, https://git.example.org/abstool"], "docs/reference/styles.md"),
        (
            ["Repository, https://git.example.org/", "Documentation, https://abstool.example.org/"],
            "https://abstool.example.org/reference/styles.html",
        ),
        (["Documentation, https://example.org/en"], "https://example.org/en/reference/styles.html"),
    ],
)
def test_an_error_ends_with_the_place_of_its_page(addresses, place, monkeypatch, capsys):
    class Metadata:
        def get_all(self, name):
            assert name == "Project-URL"
            return addresses

    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("importlib.metadata.metadata", lambda _: Metadata())
    assert main(LOST_STYLE) == ExitCode.USAGE
    line = capsys.readouterr().err
    advice = f"search with 'abstool styles WORD' (see {place})"
    assert line == f"abstool: --style 'nosuch': not found; {advice}\n"


def test_the_pages_of_the_site_are_html_files_as_the_errors_say():
    # The plugin, with which the site works from a disk, turns off addresses that end with a slash.
    assert "\n  - offline\n" in (ROOT / "mkdocs.yml").read_text("utf-8")


def test_a_page_is_named_by_the_first_of_several_errors(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("ABSTOOL_CACHE", str(tmp_path))
    urls = [f"https://abstracts.invalid/abstract/{name}/" for name in ("one", "two", "three")]
    assert main(["fetch", "--offline", *urls]) == ExitCode.NOT_FETCHED
    first, *others = capsys.readouterr().err.splitlines()
    assert re.search(r"not in the cache; .* \(see .*how-to/networks\b.*\)$", first)
    assert [re.sub(r".*not in the cache; ", "", one) for one in others] == [
        "turn off offline mode to fetch it"
    ] * 2


def test_an_error_of_a_checkout_names_the_file(monkeypatch, capsys):
    def metadata(name):
        raise PackageNotFoundError(name)

    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("importlib.metadata.metadata", metadata)
    main(LOST_STYLE)
    assert capsys.readouterr().err.endswith(" (see docs/reference/styles.md)\n")


def test_an_error_without_a_page_ends_with_what_to_do(capsys):
    main(["parse", "nosuch.html"])
    assert capsys.readouterr().err.endswith("; check the name; - is standard input\n")


def test_the_message_of_an_error_in_python_has_no_page():
    error = UsageError("abstool.toml", "wrong", "fix it", page="reference/settings")
    assert (str(error), error.page) == ("abstool.toml: wrong; fix it", "reference/settings")


ERRORS = [
    (SSLCertVerificationError(), "how-to/networks"),
    (ProxyError("Cannot connect to proxy.", OSError()), "how-to/networks"),
    (gaierror(), "how-to/networks"),
    (TimeoutError(), "how-to/networks"),
    (PrivateAddressError("10.0.0.1"), "how-to/networks"),
    (BadGzipFile(), ""),
]


@pytest.mark.parametrize(("error", "page"), ERRORS, ids=lambda one: type(one).__name__)
def test_an_error_of_the_network_names_a_page_if_a_line_is_not_enough(error, page):
    assert failure_of(error).as_error("https://example.org/", 1).page == page


@pytest.mark.parametrize(
    ("status", "page"),
    [(401, "how-to/networks"), (403, "how-to/networks"), (429, "how-to/networks"), (404, "")],
)
def test_a_site_that_refuses_requests_is_explained_on_a_page(status, page):
    assert status_failure(status, 0).as_error("https://example.org/", 1).page == page
