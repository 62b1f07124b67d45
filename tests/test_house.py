"""The rules of the source that a machine can check: imports, layers, sizes, names and wording."""

import ast
import io
import re
import subprocess
import sys
import tokenize
from collections import defaultdict
from pathlib import Path

import pytest

import abstool

pytestmark = pytest.mark.one_python

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "abstool"
TEXTS = {path.relative_to(PACKAGE).as_posix(): path.read_bytes() for path in PACKAGE.rglob("*.py")}
TREES = {name: ast.parse(text) for name, text in sorted(TEXTS.items())}
NODES = {name: [*ast.walk(tree)] for name, tree in TREES.items()}  # walking takes long
DOCUMENTS = sorted(
    path for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")] if path.name != "CHANGELOG.md"
)

# library: the modules that may import it, as patterns of the path below src/abstool
FENCES = {
    "requests": r"web/(fetcher|connection|failure)\.py",
    "urllib3": r"web/(connection|failure)\.py",
    "protego": r"web/robots\.py",
    "platformdirs": r"config\.py",
    "filelock": r"web/(pace|cache)\.py|harvesting/harvest\.py",
    "sqlite3": r"sqlite\.py|web/cache\.py|matching/(?:search|index_files)\.py|checking/library\.py"
    r"|(?:library|searching)/.*\.py",
    "rapidfuzz": r"(?:matching|checking|encores)/.*\.py",
    "bs4": r"page/pager\.py",
    "lxml": r"page/(?:markup|head)\.py|csl/.*\.py|inputs/references/endnote_xml\.py"
    r"|manuscripts/(?:package|docx|docx_parts|odt)\.py",
    "citeproc": r"csl/locales\.py",
    "docx": r"csl/.*\.py",
    "warcio": r"inputs/archives/(?:digest|warc)\.py",
    "brotli": r"inputs/archives/warc\.py",
    "openpyxl": r"formats/xlsx\.py|inputs/references/tables/(?:workbook|xlsx)\.py",
    "pycountry": r"facets/countries\.py",
    "pylatexenc": r"inputs/references/bibtex/commands\.py",
    "yaml": r"inputs/references/pandoc_yaml\.py",
    "pyarrow": r"formats/parquet\.py",
    "jinja2": r"book/rendering\.py",
    "markupsafe": r"book/(?:html|rendering)\.py",
    "pypdf": r"manuscripts/pdf_pages\.py",
    "pyperclip": r"cli/.*\.py",
    "typer": r"cli/.*\.py",
    "click": r"cli/.*\.py",
    "rich": r"cli/.*\.py",
}

# package or module below src/abstool: what it may import, besides itself, from the lines above it
GROUND = "_version errors interrupts"
LAYERS = {
    "_version": "",
    "errors": "",
    "interrupts": "",
    "text": GROUND,
    "dates": GROUND,
    "ris_roles": "",
    "names": f"{GROUND} text",
    "address": f"{GROUND} text",
    "atomic": GROUND,
    "encoding": GROUND,
    "sqlite": GROUND,
    "config": f"{GROUND} text",
    "item": f"{GROUND} text dates",
    "matching": f"{GROUND} text address item",
    "sites": f"{GROUND} text address",
    "record": f"{GROUND} text sites",
    "citekeys": f"{GROUND} text item",
    "encores": f"{GROUND} text address record matching",
    "charts": f"{GROUND} text",
    "facets": f"{GROUND} text record",
    "screening": f"{GROUND} text item citekeys matching charts",
    "mapping": f"{GROUND} text item record sites citekeys",
    "library": f"{GROUND} text address sqlite matching record",
    "searching": f"{GROUND} text sqlite record library",
    "page": f"{GROUND} text dates encoding",
    "parser": f"{GROUND} text dates names address record sites page",
    "csl": f"{GROUND} text item",
    "styles": f"{GROUND} text item citekeys csl",
    "formats": f"{GROUND} text dates names ris_roles item record citekeys",
    "citing": f"{GROUND} text address item record sites citekeys mapping csl styles formats",
    "web": f"{GROUND} address atomic encoding config",
    "inputs": f"{GROUND} text dates names ris_roles address encoding item record sites parser",
    "manuscripts": f"{GROUND} text address names encoding item page inputs",
    "checking": f"{GROUND} text dates names address encoding sqlite item record sites citekeys"
    " mapping matching csl styles citing inputs manuscripts",
    "book": f"{GROUND} text dates address item record charts facets csl styles citing",
    "fetching": f"{GROUND} address config record parser web",
    "reading": f"{GROUND} item record mapping inputs web fetching",
    "harvesting": f"{GROUND} text address atomic config record matching sites parser web fetching",
    "cli": f"{GROUND} text dates address atomic encoding config sqlite item record matching"
    " mapping library searching parser styles citing web checking manuscripts inputs fetching"
    " harvesting facets encores screening charts formats book",
    "__main__": "cli",
    "__init__": "_version errors record parser citing fetching reading searching",
}

# Phrases that a native writer would not use for what is meant: "it is no text". ("There is no text"
# is fine.)
SLIPS = re.compile(
    r"(?:(?<!there )\b(?:is|are) no(?! (?:longer|more|less|fewer)\b)|\bthere (?:is|are) no such"
    r"|\bthere is none|\banew|\bmend(?:s|ed|ing)?"
    r"|\b(?:go|goes|going|gone) on with|\bgoes on|\bpassed over|\b(?:say|tell) whether|\bshall"
    r"|\bas it stands|\blooks to|\bwants? no|\blets? (?:no|nobody|none)|\bin vain|\ball what"
    r"|\btakes? no(?! (?:arguments?|options?|parameters?|time|longer|more)\b)"
    r"|\bwhat (?:is|are) \w+ and what not|\bof its own kind|\bas the style says?"
    r"|\ballows? to|\bdepends? of|\bbug,? (?:too, )?costs?|\b(?:is|are) of one|\bmakes? of"
    r"|\b(?:tells?|told) (?:of|from)|\bunheard|\bto be had|\bso far as|\bif need be"
    r"|\bin the making|\bwritten whole|\bwhole or not|\bwhose every|\bone a line|\bthere can be no"
    r"|\bsuch an? one|\bthe own|\binformations|\badvices|\btherewith|\bthereof|\bhereby)\b",
    re.IGNORECASE,
)
# Where such a phrase is correct English: the path from the root, and the words around it.
CORRECT: dict[str, list[str]] = {}


def imports(nodes):
    """Yield the full names of all that a module imports, at its top or in a function."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            function = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if function in ("find_spec", "import_module"):
                yield node.args[0].value


def dotted(name):
    """Return the name by which the module of a file is imported."""
    return ".".join(("abstool", *Path(name).with_suffix("").parts)).removesuffix(".__init__")


LIBRARIES = {
    name: {target.split(".")[0] for target in imports(nodes)} for name, nodes in NODES.items()
}
FILES = {dotted(name): name for name in TREES}


def imported_modules(name):
    """Return the modules of abstool that the module of a file imports, at run time or for types."""
    found = set()
    for target in imports(NODES[name]):
        module = target if target in FILES else target.rpartition(".")[0]
        if module in FILES:
            found.add(module)
    return found


GRAPH = {module: imported_modules(name) for module, name in FILES.items()}


def reached(graph, start):
    """Return all that can be reached from a node of a graph in one step or more."""
    found, waiting = set(), [*graph[start]]
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += graph[node]
    return found


def package(module):
    """Return the first name below abstool of a module."""
    return [*module.split("."), "__init__"][1]


def package_graph():
    """Return for each package the others that it imports, with the modules that do."""
    graph = {package(module): defaultdict(list) for module in GRAPH}
    for module, targets in GRAPH.items():
        for target in targets:
            if package(target) != package(module):
                graph[package(module)][package(target)].append(FILES[module])
    return graph


def names_of_abstool(nodes):
    """Return the names by which a module knows other modules of abstool."""
    return {
        name.asname or name.name
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module.split(".")[0] == "abstool"
        for name in node.names
        if f"{node.module}.{name.name}" in FILES
    }


def is_private(name):
    return name.startswith("_") and not name.endswith("__")


def prose(path):
    """Yield the texts of a file that people read, each with its line."""
    text = path.read_text("utf-8")
    if path.suffix == ".md":
        for match in re.finditer(r"(?:.+\n?)+", text):
            yield text.count("\n", 0, match.start()) + 1, match[0]
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
    previous, start, block = 0, 0, ""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            if token.start[0] != previous + 1:
                yield start, block
                start, block = token.start[0], ""
            block += token.string.lstrip("#")
            previous = token.start[0]
    yield start, block


# --- imports ----------------------------------------------------------------------------------


@pytest.mark.parametrize("library", FENCES)
def test_a_library_is_imported_only_by_the_module_that_fences_it(library):
    importers = [name for name, libraries in LIBRARIES.items() if library in libraries]
    assert [name for name in importers if not re.fullmatch(FENCES[library], name)] == []


def test_importing_abstool_alone_loads_none_of_its_libraries():
    script = "import abstool, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, encoding="utf-8"
    ).stdout.split()
    assert "abstool" in loaded
    assert sorted({*FENCES, "msgspec"} & set(loaded)) == []


def test_no_modules_import_each_other():
    assert [FILES[module] for module in GRAPH if module in reached(GRAPH, module)] == []


def test_no_packages_import_each_other():
    graph = package_graph()
    in_cycles = {name for name in graph if name in reached(graph, name)}
    assert {
        f"{name} -> {target}": graph[name][target]
        for name in in_cycles
        for target in in_cycles & graph[name].keys()
    } == {}


def test_every_package_has_a_layer_above_those_it_may_import():
    assert {package(module) for module in GRAPH} - LAYERS.keys() == set()
    above = set()
    for name, allowed in LAYERS.items():
        assert set(allowed.split()) <= above | {name} | set(GROUND.split()), name
        above.add(name)


def test_a_package_imports_only_from_the_layers_it_may():
    assert {
        f"{name} -> {target}": modules
        for name, targets in package_graph().items()
        for target, modules in targets.items()
        if target not in LAYERS[name].split()
    } == {}


def test_a_private_name_is_used_only_in_its_module():
    found = []
    for name, nodes in NODES.items():
        modules = names_of_abstool(nodes)
        for node in nodes:
            if isinstance(node, ast.ImportFrom) and node.module.split(".")[0] == "abstool":
                found += [f"{name}: {one.name}" for one in node.names if is_private(one.name)]
            if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") in modules:
                found += [f"{name}: {node.attr}"] if is_private(node.attr) else []
    assert found == []


# --- sizes --------------------------------------------------------------------------------------


def test_no_module_is_longer_than_350_lines():
    lengths = {name: len(text.splitlines()) for name, text in TEXTS.items()}
    assert {name: length for name, length in lengths.items() if length > 350} == {}


def test_no_function_is_longer_than_60_lines():
    lengths = {
        f"{name}:{node.name}": node.end_lineno - node.lineno + 1
        for name, nodes in NODES.items()
        for node in nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: length for name, length in lengths.items() if length > 60} == {}


def test_no_folder_has_more_than_2700_lines_of_its_own():
    lengths = defaultdict(int)
    for name, text in TEXTS.items():
        lengths[Path(name).parent.as_posix()] += len(text.splitlines())
    assert {folder: length for folder, length in lengths.items() if length > 2700} == {}


# --- names and types ----------------------------------------------------------------------------


def test_no_module_has_a_name_that_says_nothing():
    vague = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
    assert [name for name in TREES if vague & set(re.split(r"[/._]", name))] == []


def test_no_module_but_the_version_has_a_private_name():
    assert {Path(name).stem for name in TREES if is_private(Path(name).stem)} <= {"_version"}


def test_no_two_packages_have_a_class_of_the_same_name():
    places = defaultdict(set)
    for name, nodes in NODES.items():
        for node in nodes:
            if isinstance(node, ast.ClassDef):
                places[node.name.lstrip("_")].add(name)
    assert {
        name: sorted(files)
        for name, files in places.items()
        if len({Path(file).parts[0] for file in files}) > 1
    } == {}


def test_the_formats_and_the_style_engine_have_few_untyped_lines():
    lines = {
        f"{name}:{token.start[0]}"
        for name, text in TEXTS.items()
        if re.match(r"(formats|csl|styles|citing)\b", name)
        for token in tokenize.tokenize(io.BytesIO(text).readline)
        if token.type == tokenize.NAME and token.string == "Any"
    }
    assert len(lines) < 20, sorted(lines)


# --- words --------------------------------------------------------------------------------------


def test_every_module_says_what_it_is_for():
    assert [name for name, tree in TREES.items() if not ast.get_docstring(tree)] == []


def test_the_english_has_none_of_the_commonest_slips():
    found = []
    for path in [*(PACKAGE / name for name in TREES), *DOCUMENTS]:
        name = path.relative_to(ROOT).as_posix()
        for line, text in prose(path):
            words = " ".join(text.split())
            for correct in CORRECT.get(name, ()):
                words = words.replace(correct, "")
            for slip in SLIPS.finditer(words):
                shown = words[max(0, slip.start() - 30) : slip.end() + 30]
                found.append(f"{name}:{line}: {shown}")
    assert found == []


def test_the_changelog_names_the_version_of_the_package():
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    newest = re.search(r"^## \[(.+?)\]", changelog, re.MULTILINE)
    assert newest.group(1) in {"Unreleased", abstool.__version__}


def names_no_encoding(call):
    """Return whether a call opens a text file, or reads or writes one, as the locale says."""
    name = getattr(call.func, "attr", None) or getattr(call.func, "id", None)
    keywords = {keyword.arg for keyword in call.keywords}
    if "encoding" in keywords:
        return False
    if name in ("read_text", "write_text"):
        return len(call.args) < (1 if name == "read_text" else 2)
    if name in ("run", "Popen"):
        return "text" in keywords and ast.unparse(call.func).startswith("subprocess.")
    if name in ("open", "fdopen"):
        return opens_text(call)
    return name == "TextIOWrapper" and len(call.args) < 2


def opens_text(call):
    """Return whether a call of a function or method ``open`` opens a text file."""
    values = [*call.args, *(one.value for one in call.keywords if one.arg == "mode")]
    modes = [one.value for one in values if isinstance(one, ast.Constant)]
    mode = next((one for one in modes if re.fullmatch(r"[rwxabt+]{1,4}", str(one))), None)
    is_method = isinstance(call.func, ast.Attribute)
    # A method that takes something but no mode opens something else, such as an archive's entry.
    return "b" not in mode if mode else not (is_method and (call.args or call.keywords))


FOLDERS = ("benchmarks", "fuzz", "manual", "tests")
PROGRAMS = [
    *(path for name in FOLDERS for path in (ROOT / name).rglob("*.py")),
    *(path for path in (ROOT / ".ci").iterdir() if b"python" in path.read_bytes()[:30]),
    ROOT / "hatch_build.py",
]


@pytest.mark.parametrize("path", sorted(PROGRAMS), ids=lambda path: path.stem)
def test_tests_and_tools_name_the_encoding_of_each_text(path):
    calls = [one for one in ast.walk(ast.parse(path.read_bytes())) if isinstance(one, ast.Call)]
    assert [f"line {one.lineno}" for one in calls if names_no_encoding(one)] == []
