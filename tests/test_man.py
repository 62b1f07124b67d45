"""The man pages say what the help says, and man, groff and mandoc read them without a complaint."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from abstool import config
from abstool.cli.app import EXIT_CODES, group
from manual import man, roff, settings
from manual.commands import overview, pages
from test_house import PACKAGE, ROOT

pytestmark = pytest.mark.one_python

COMMANDS = list(group().commands)
PAGES = man.man_pages()
PARAMETERS = {name: command.params for name, command in group().commands.items()}
PARAMETERS[None] = group().params
ESCAPES = {
    r"\-": "-", r"\(aq": "'", r"\(dq": '"', r"\(ga": "`", r"\(ha": "^", r"\(ti": "~", r"\e": "\\",
}  # fmt: skip


def page_of(command):
    return PAGES[f"abstool-{command}.1" if command else "abstool.1"]


def plain(page):
    """Return what a page says, on one line, without roff."""
    text = re.sub(r"^\.(?!SH|SS).*\n", "", page, flags=re.MULTILINE)
    text = re.sub(r"\\f[BIR]|\\&", "", text)
    text = re.sub(r"\\-|\\\(..|\\e", lambda match: ESCAPES[match[0]], text)
    return " ".join(text.split())


def program(name):
    path = shutil.which(name)
    if not path:
        pytest.skip(f"{name} is not installed")
    return path


def output_of(*command, **variables):
    """Return what a program prints, with its complaints."""
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", check=False, env=os.environ | variables
    )
    return done.stdout + done.stderr


def rendered(page, width=200):
    """Return a page as man prints it, without bold and underlines."""
    command = [program("groff"), "-ww", "-man", "-Tutf8", "-P-cbou", f"-rLL={width}n"]
    done = subprocess.run(command, input=page, capture_output=True, encoding="utf-8", check=False)
    assert done.stderr == ""
    return done.stdout


# --- what the pages say -------------------------------------------------------------------------


def test_every_command_has_a_page():
    assert sorted(PAGES) == sorted(["abstool.1", *(f"abstool-{name}.1" for name in COMMANDS)])
    assert [page.name for page in pages()] == COMMANDS


@pytest.mark.parametrize("command", PARAMETERS)
def test_a_page_has_every_option_and_argument_of_the_command(command):
    page = plain(page_of(command))
    options = page.partition("SH OPTIONS")[2].partition(".SH ")[0]
    for parameter in PARAMETERS[command]:
        if parameter.param_type_name == "option":
            for name in (*parameter.opts, *parameter.secondary_opts):
                assert re.search(rf"(?<!\S){re.escape(name)}(?![\w-])", options), name
        else:
            assert f" {parameter.metavar.strip('[]{}.')} " in page.partition("SH ARGUMENTS")[2]
    assert " -h, --help " in options


@pytest.mark.parametrize("command", PARAMETERS)
def test_a_page_says_all_that_the_help_says(capsys, command):
    page = plain(page_of(command))
    group().run([*filter(None, [command]), "--help"])
    help_page = capsys.readouterr().out
    usage, *paragraphs = help_page.partition("\n\nExamples:")[0].split("\n\n")
    assert " ".join(usage.split()).removeprefix("Usage: ") in page
    rows = "\n".join(paragraphs)
    sentences = [" ".join(one.split()) for one in re.split(r"\n(?=  \S)", rows)]
    sentences = [re.sub(r"\s*\n?\S[\w ]+:$", "", one) for one in sentences]  # a heading below it
    assert len(sentences) > 3
    assert [one for one in sentences if one not in page] == []


@pytest.mark.parametrize("command", PARAMETERS)
def test_a_page_has_the_examples_line_by_line(command):
    lines = [line.replace("\\-", "-") for line in page_of(command).splitlines()]
    source = group().commands[command] if command else group()
    for example in source.epilog.strip().splitlines():
        assert roff.escaped(example).replace("\\-", "-") in lines


def test_the_page_of_abstool_has_all_commands_and_exit_codes():
    page = plain(page_of(None))
    assert [name for name in COMMANDS if f"abstool-{name}(1)" not in page] == []
    for code, meaning in EXIT_CODES.items():
        assert f" {int(code)} {meaning} " in page


@pytest.mark.parametrize("name", PAGES)
def test_the_name_of_a_page_has_the_form_that_whatis_reads(name):
    page = PAGES[name]
    title = name.removesuffix(".1")
    found = re.search(r"^\.SH NAME\n((?:[^.].*\n)+)\.SH SYNOPSIS\n", page, re.MULTILINE)[1]
    found = " ".join(found.split())
    assert found.startswith(f"{roff.escaped(title)} \\- ")
    assert not found.endswith(".")


def test_pages_name_the_pages_of_the_commands_they_mention():
    assert "abstool-styles(1)" in plain(page_of("cite")).partition("SEE ALSO")[2]
    for name, page in PAGES.items():
        named = set(re.findall(r"(abstool[\w-]*)\(1\)", plain(page).partition("SEE ALSO")[2]))
        assert named <= {one.removesuffix(".1") for one in PAGES} - {name.removesuffix(".1")}


def test_pages_depend_neither_on_the_terminal_nor_on_the_day(monkeypatch):
    for columns in ("40", "200"):
        monkeypatch.setenv("COLUMNS", columns)
        assert man.man_pages() == PAGES
    assert {page.split("\n")[0].split('"')[1] for page in PAGES.values()} == {""}  # no date
    assert all(page.isascii() for page in PAGES.values())


def test_the_overview_has_the_summaries_of_the_pages():
    rows = [row for _, rows in overview().sections for row in rows]
    assert rows == [(page.name, page.summary) for page in pages()]


# --- settings, variables and files --------------------------------------------------------------


def test_the_defaults_of_the_settings_are_those_of_abstool(monkeypatch):
    for name in os.environ:
        if name.startswith(("ABSTOOL_", "XDG_")):
            monkeypatch.delenv(name)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("HOME", "/home/muster")
    current = config.load()
    for setting in settings.settings():
        value = getattr(current, setting.name)
        default = setting.default.replace("~", "/home/muster")
        assert f"{value:g}" if isinstance(value, float) else str(value) == default
        assert setting.variable == config.variable(setting.name)
    files = [path.replace("~", "/home/muster").rstrip("/") for path, _ in settings.FILES]
    assert files == [str(config.config_file()), str(current.cache), str(current.library)]


def test_the_page_names_every_variable_that_abstool_reads():
    source = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    read = set(re.findall(r"environ(?:\.get\(|\[)\"(\w+)\"", source))
    read -= {"TERM", "COMP_WORDS", "COMP_CWORD"}  # set by terminals and shells
    read |= {config.variable(name) for name in config.SETTINGS}
    assert len(read) > 8
    named = {name for names, _ in settings.variables() for name in names.split(", ")}
    assert read - named == set()


# --- roff ---------------------------------------------------------------------------------------

HOSTILE = [
    ".so /etc/passwd",
    "'br",
    r"\fBbold\fP \n(yr \*(xx \\ \e",
    "say \"no\" and 'no'",
    "-- --option -o a-b",
    "^caret ~tilde `grave",
    ".",
    "\\",
    "\\&.TH",
    "Müller-Łukasiewicz 5 µg ≥ β",
    "e\u0301clat",
    "ends with \\",
    "two\nlines\n.SH INJECTED",
    "bell \a escape \x1b[31m tab\tend",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_cannot_start_a_request_or_an_escape(text):
    for written in (
        [*roff.paragraph(roff.prose(text))],
        [*roff.verbatim([text])],
        [*roff.tagged(roff.typed(text), roff.prose(text))],
    ):
        requests = [line for line in written if line.startswith((".", "'"))]
        assert {line.split()[0] for line in requests} <= {".PP", ".nf", ".fi", ".RS", ".RE", ".TP"}
        for line in written:
            assert line.isascii()
            assert line.isprintable()
            assert re.sub(r"\\(?:[-e&]|\(..|f[BIR]|\[u[0-9A-F]{4}\])", "", line).count("\\") == 0


@pytest.mark.parametrize("text", HOSTILE)
def test_groff_prints_hostile_text_as_it_was(text):
    head = ['.TH T 1 "" a b', ".nh", ".ad l", ".ss 12 0", ".SH A"]
    written = [*head, *roff.paragraph(roff.prose(text)), *roff.verbatim([text])]
    body = rendered("\n".join(written) + "\n").partition("A\n")[2].splitlines()[:-1]
    wanted = re.sub(r"[\x00-\x1f ]+", " ", text).replace("e\u0301", "é").strip()
    assert [line.strip() for line in body if line.strip()] == [wanted, wanted]


def test_a_long_word_is_not_broken():
    word = "https://example.org/" + "a-b." * 40
    (line,) = roff.lines(roff.prose(word))
    assert line.replace("\\-", "-") == word


@pytest.mark.parametrize("name", PAGES)
def test_groff_has_nothing_to_complain_of(name):
    text = rendered(PAGES[name])
    assert " ".join(text.split()).startswith(name.removesuffix(".1").upper())


@pytest.mark.parametrize("name", PAGES)
def test_man_has_nothing_to_complain_of_and_prints_what_can_be_copied(name, tmp_path):
    (tmp_path / name).write_text(PAGES[name], "ascii")
    text = output_of(
        program("man"), "--warnings", "-l", str(tmp_path / name),
        LC_ALL="C.UTF-8", MANWIDTH="120", MAN_KEEP_FORMATTING="", MANOPT="", MANPAGER="cat",
    )  # fmt: skip
    lines = [line.strip() for line in text.splitlines()]
    command = name.removesuffix(".1").removeprefix("abstool").removeprefix("-")
    source = group().commands[command] if command else group()
    assert [one for one in source.epilog.strip().splitlines() if one not in lines] == []
    assert "warning" not in text.split("NAME")[0]


@pytest.mark.parametrize("name", PAGES)
def test_mandoc_has_nothing_to_complain_of(name, tmp_path):
    (tmp_path / name).write_text(PAGES[name], "ascii")
    complaints = output_of(program("mandoc"), "-T", "lint", str(tmp_path / name)).splitlines()
    # A date would be that of the build.
    assert [one for one in complaints if "missing date" not in one] == []


# --- the build ----------------------------------------------------------------------------------


def test_writing_the_pages_removes_those_of_commands_that_are_gone(tmp_path):
    (tmp_path / "abstool-gone.1").write_text("", "ascii")
    paths = man.write(tmp_path)
    assert sorted(paths) == sorted(tmp_path.iterdir())
    assert {path.name: path.read_text("ascii") for path in paths} == PAGES


def test_the_pages_need_no_library_but_typer():
    script = (
        "import sys, manual.man; manual.man.man_pages();"
        "print(*{n.split('.')[0] for n, m in sys.modules.items()"
        " if 'site-packages' in (getattr(m, '__file__', None) or '')})"
    )
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    before = output_of(sys.executable, "-c", "import sys; print(*sys.modules)")
    loaded = output_of(sys.executable, "-c", script, PYTHONPATH=paths).split()
    assert set(loaded) - set(before.split()) <= {"typer", "annotated_doc", "shellingham"}
    assert "typer" in loaded
