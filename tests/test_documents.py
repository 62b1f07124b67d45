"""The documents agree with the source: layers, paths, limits and options."""

import ast
import re
from importlib import import_module

import pytest

from abstool.cli.app import group
from test_house import GROUND, LAYERS, PACKAGE, ROOT

pytestmark = pytest.mark.one_python

ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
SECURITY = (ROOT / "docs" / "explanation" / "security.md").read_text("utf-8")
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
MERMAID = re.search(r"^```mermaid\n(.*?)^```", ARCHITECTURE, re.DOTALL | re.MULTILINE)[1]
PLACEHOLDERS = re.compile("SLUG|NAME")  # in the paths of files to add
PATH = re.compile(r"[\w.*/-]+/[\w.*-]*|[\w*-]+\.(?:py|md|toml|csl|txt)")


def rows(text, header):
    """Return the cells of the rows of a table, found by its first header."""
    table = re.search(rf"^\| {header} \|.*\n\|[-|]+\n((?:\|.*\n)+)", text, re.MULTILINE)[1]
    return [[cell.strip() for cell in line.strip("|\n").split("|")] for line in table.splitlines()]


def in_code(text):
    return re.findall(r"`([^`\n]+)`", text)


def exists(name, *folders):
    """Return whether a path, or a module without its ending, is in one of the folders."""
    pattern = PLACEHOLDERS.sub("*", name).rstrip("/")
    found = [
        path
        for folder in folders
        for ending in ("", ".py")
        for path in folder.glob(pattern + ending)
    ]
    return any(path.is_dir() for path in found) if name.endswith("/") else bool(found)


MODULES = rows(ARCHITECTURE, "module")


def test_the_table_of_layers_is_the_one_that_the_tests_enforce():
    ground = " ".join(f"`{name}`" for name in GROUND.split())
    documented = {
        in_code(module)[0].rstrip("/"): {
            name.rstrip("/") for name in in_code(allowed.replace("base", ground))
        }
        for module, _, allowed in MODULES
    }
    assert documented == {name: set(allowed.split()) for name, allowed in LAYERS.items()}
    assert [*documented][:3] == GROUND.split()


@pytest.mark.parametrize("row", MODULES, ids=[row[0].strip("`") for row in MODULES])
def test_the_modules_of_the_table_exist_where_it_says(row):
    module, contents, allowed = row
    (name,) = in_code(module)
    assert exists(name, PACKAGE)
    assert [one for one in in_code(allowed) if not exists(one, PACKAGE)] == []
    if name.endswith("/"):
        names = [one for one in in_code(contents) if not one.startswith(".")]
        assert [one for one in names if not exists(one, PACKAGE / name)] == []


@pytest.mark.parametrize("document", ["ARCHITECTURE", "CONTRIBUTING"])
def test_the_paths_that_a_document_names_exist(document):
    text = (ROOT / f"{document}.md").read_text("utf-8")
    prose = re.sub(r"^(```.*?^```|    .*?$)", "", text, flags=re.DOTALL | re.MULTILINE)
    paths = [one for one in in_code(prose) if PATH.fullmatch(one) and one != ".venv/"]
    assert len(paths) > 10
    inner = [path for path in [*PACKAGE.iterdir(), *ROOT.glob("fixtures/*")] if path.is_dir()]
    assert [one for one in paths if not exists(one, ROOT, PACKAGE, ROOT / "tests", *inner)] == []


@pytest.mark.parametrize("row", rows(ARCHITECTURE, "to change"), ids=lambda row: row[0][:40])
def test_the_rules_are_in_the_files_that_the_table_names(row):
    _, files = row
    named = [name for name in in_code(files) if PATH.fullmatch(name)]
    assert named
    folders = {name: ROOT if name.startswith("manual/") else PACKAGE for name in named}
    assert [name for name, folder in folders.items() if not exists(name, folder)] == []
    for module, name in re.findall(r"`(\w[\w/]*\.py)` \(`(\w+)`\)", files):
        tree = ast.parse((PACKAGE / module).read_bytes())
        assert name in {getattr(node, "name", "") for node in tree.body}


def test_the_page_on_security_names_tests_and_modules_that_exist():
    paths = [one for one in in_code(SECURITY) if re.fullmatch(r"[\w/]+\.py", one)]
    assert len(paths) > 30
    assert [one for one in paths if not exists(one, ROOT, PACKAGE)] == []


@pytest.mark.parametrize(
    ("module", "constant", "text"),
    [
        ("abstool.page.limits", "TAGS", "| {:,} |"),
        ("abstool.page.limits", "ATTRIBUTES", "| {:,} |"),
        ("abstool.page.limits", "DEPTH", "| {:,} |"),
        ("abstool.page.limits", "TEXT", "| {:,} characters |"),
        ("abstool.inputs.archives.mhtml", "_MOST_PARTS", " {:,} parts,"),
        ("abstool.inputs.archives.mhtml", "_MOST_LEVELS", " {:,} levels"),
        ("abstool.inputs.archives.saved", "_RATIO", " {:,} times its packed size"),
        ("abstool.csl.elements.context", "_MOST_CALLS", "| {:,} calls"),
        ("abstool.csl.elements.context", "_MOST_CHARACTERS", " {:,} characters | `csl"),
        ("abstool.inputs.pool", "_PATIENCE", "| {:.0f} seconds, then"),
        ("abstool.harvesting.listings", "MOST_PAGES", "| {:,} pages |"),
    ],
)
def test_the_page_on_security_has_the_limits_of_the_source(module, constant, text):
    assert text.format(getattr(import_module(module), constant)) in SECURITY


@pytest.mark.parametrize(
    ("module", "constant", "unit", "text"),
    [
        ("abstool.inputs.archives.saved", "LIMIT", 10**6, "fetched | {} MB |"),
        ("abstool.inputs.archives.saved", "ENVELOPE_LIMIT", 10**6, "| {} MB, 10,000 parts"),
        ("abstool.inputs.archives.saved", "_LEAST", 10**9, "| {} GB, or"),
        ("abstool.inputs.archives.saved", "PIPED_LIMIT", 10**9, "temporary file | {} GB |"),
        ("abstool.inputs.archives.zipped", "_DIRECTORY_LIMIT", 10**6, "| {} MB; no entries"),
        ("abstool.inputs.archives.warc", "_HEADER_LIMIT", 10**6, "record | {} MB |"),
        ("abstool.web.robots", "_MAX_SIZE", 1024, "| {} KB are read |"),
    ],
)
def test_the_page_on_security_has_the_sizes_of_the_source(module, constant, unit, text):
    assert text.format(getattr(import_module(module), constant) // unit) in SECURITY


def test_the_picture_has_every_package():
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert {name for name in packages if f"{name}/" not in MERMAID} == set()
    pictured = re.findall(r'\["([\w/]+)<br>', MERMAID)
    assert [name for name in pictured if not exists(name, PACKAGE)] == []


def test_the_documents_have_no_notes_to_their_writers():
    assert [
        path.name
        for path in DOCUMENTS
        if re.search(r"<!--\s*(?:verify|todo)", path.read_text("utf-8"))
    ] == []


def test_the_commands_in_the_documents_have_the_options_that_they_use():
    missing = []
    for path in DOCUMENTS:
        text = path.read_text("utf-8")
        for name, rest in re.findall(r"\babstool (?:(\w+)\b)?([^\n`|;]*)", text):
            command = group().commands.get(name, group())
            options = (one.opts + one.secondary_opts for one in command.params)
            known = {"--help"}.union(*options)
            used = re.findall(r"(?<!\S)--?[a-z][\w-]*", rest)
            missing += [f"{path.name}: {name} {option}" for option in used if option not in known]
    assert missing == []
