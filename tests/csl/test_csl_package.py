"""The csl package by itself: what it imports, and how it is used without abstool's wording."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import abstool
from abstool import csl
from abstool.csl.text import output
from abstool.errors import UsageError
from abstool.styles.citation import CitationStyle

FOLDER = Path(csl.__file__).parent
STYLE = """<group delimiter=". "><names variable="author"/><text variable="title"/>
    <choose><if type="speech"><text variable="genre"/></if></choose></group>"""


def imported(path):
    """Return the names of the modules that a module imports, also for type checking."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_csl_imports_only_text_item_errors_and_itself():
    allowed = ("abstool.csl.", "abstool.errors.", "abstool.item.", "abstool.text.")
    names = {name for path in FOLDER.rglob("*.py") for name in imported(path)}
    ours = {name for name in names if name.startswith("abstool")}
    assert {name for name in ours if not f"{name}.".startswith(allowed)} == set()


def test_importing_csl_loads_no_library_that_it_may_not_need():
    script = "import abstool.csl, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, encoding="utf-8"
    ).stdout.split()
    unneeded = {"requests", "urllib3", "bs4", "lxml", "typer", "click", "rich", "docx", "citeproc"}
    assert unneeded & set(loaded) == set()


def test_the_modules_of_csl_do_not_import_each_other_in_a_cycle():
    modules = {path.stem for path in FOLDER.rglob("*.py")} - {"__init__"}
    imports = {
        path.stem: {
            part
            for name in imported(path)
            for part in name.split(".")[2:4]
            if name.startswith("abstool.csl.") and part in modules
        }
        for path in FOLDER.rglob("*.py")
        if path.stem != "__init__"
    }
    while free := {name for name, needed in imports.items() if not needed & imports.keys()}:
        imports = {name: needed for name, needed in imports.items() if name not in free}
    assert imports == {}


def test_csl_prints_items_in_the_wording_they_have(style, article):
    item = article(genre="abstract", title="On tea.", issue="suppl 9")
    read = csl.Style.read(Path(style(STYLE)))
    (entry,) = read.document([item]).bibliography()
    assert entry.text == "Jane Doe. On tea."
    (entry,) = CitationStyle(Path(style(STYLE)), "small").document([item]).bibliography()
    assert entry.text == "Jane Doe. On tea [abstract]"


def test_a_style_says_whether_it_prints_a_variable_for_an_item(style, article):
    read = csl.Style.read(Path(style(STYLE)))
    assert read.prints("genre", article(type="speech", genre="abstract"))
    assert not read.prints("genre", article(genre="abstract"))
    assert not read.prints("genre", article(type="speech"))


def test_a_list_sorts_by_one_wording_and_prints_another(tmp_path, article):
    path = tmp_path / "sorted.csl"
    path.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info/>'
        '<bibliography><sort><key variable="title"/></sort>'
        '<layout><text variable="title"/></layout></bibliography></style>',
        "utf-8",
    )
    items = [article(title="B"), article(title="A")]
    printed = [article(title="First of the input"), article(title="Second")]
    entries = csl.Style.read(path).document(items, printed=printed).bibliography()
    assert [entry.text for entry in entries] == ["Second", "First of the input"]
    assert [entry.position for entry in entries] == [1, 0]


def test_a_style_is_named_after_its_file_unless_it_gets_a_name(style, article):
    path = Path(style('<text variable="note"/>'))
    for name, expected in (("", path.stem), ("notes", "notes")):
        document = csl.Style.read(path, name=name).document([article()])
        assert document.bibliography() == []
        (warning,) = document.warnings
        assert str(warning.error).startswith(f"style '{expected}': prints nothing for 'On tea'")


def test_an_unknown_language_names_the_argument(style):
    with pytest.raises(UsageError) as caught:
        csl.Style.read(Path(style(STYLE)), "tlh")
    assert caught.value.argument == "locale"


def test_marked_text_becomes_the_same_entry_as_cite_prints(style, article):
    path = style('<text variable="title" font-style="italic"/>')
    (entry,) = csl.Style.read(Path(path)).document([article()]).bibliography("marked")
    assert (
        [output.as_html(entry.text)]
        == abstool.cite([article()], path, to="html")
        == ["<i>On tea</i>"]
    )
