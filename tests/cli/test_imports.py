"""A command imports only what it uses, so that it starts quickly."""

import os
import subprocess
import sys

import pytest

from archive_files import page

pytestmark = pytest.mark.one_python

PROBE = """
import sys
from abstool.cli import main
code = main(sys.argv[1:])
print(code, *sys.modules, file=sys.stderr)
"""
# Libraries and standard modules that take long to import, and the modules of abstool that use them.
NOTABLE = set(
    "abstool.parser abstool.inputs.references abstool.inputs.sources abstool.web.crawler asyncio "
    "bibtexparser bs4 citeproc concurrent.futures docx email.message gzip html http lxml msgspec "
    "multiprocessing openpyxl platformdirs pyarrow pydantic pylatexenc pyperclip requests rich "
    "rispy sqlite3 ssl tempfile tomllib urllib.request warcio xml zipfile".split()
)
RECORDS = {"abstool.inputs.sources", "msgspec"}
SETTINGS = {"platformdirs", "tempfile"}
STYLE = RECORDS | {"xml"}
WORKBOOK = RECORDS | {"gzip", "lxml", "openpyxl", "tempfile", "xml", "zipfile"}
LXML = {"gzip", "lxml"}
PAGES = RECORDS | {"abstool.parser"}
# What reads the address of the documentation from the installed package.
METADATA = {"email.message", "importlib.metadata", "tempfile", "zipfile"}
RECORD = b'{"schema": "abstool/1", "url": "https://acrabstracts.org/abstract/t/", "title": "T"}'


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        ("--version", set()),
        ("--help", set()),
        ("nosuch", set()),
        *((f"{command} --help", set()) for command in ("cite", "diff", "show", "fetch", "harvest")),
        *((f"{command} --help", set()) for command in ("list", "styles", "schema", "cache")),
        *((f"{command} --help", set()) for command in ("search", "library")),
        ("search T records.json", RECORDS | {"sqlite3"}),
        ("schema search", {"msgspec", "sqlite3"}),
        ("config", SETTINGS),
        ("schema", {"msgspec"}),
        ("styles", {"html"}),
        ("styles vancouver", {"html"}),
        ("cite --style nosuch", RECORDS | METADATA),  # its error names a page of the documentation
        *((f"cite --style {name}", RECORDS) for name in ("bibtex", "biblatex", "ris", "csv")),
        *((f"cite --style {name}", RECORDS) for name in ("json", "jsonl", "markdown")),
        ("cite --style xlsx --output list.xlsx", WORKBOOK),
        ("cite --style ama", STYLE),
        ("cite", STYLE | SETTINGS),
        ("show", STYLE | {"rich"}),
        ("diff records.json records.json", RECORDS),
        ("parse page.txt", PAGES),
        ("parse page.html", PAGES | LXML),
        ("cite page.html", PAGES | LXML | STYLE | SETTINGS | {"abstool.inputs.references"}),
    ],
)
def test_what_is_not_used_is_not_imported(folder, arguments, allowed):
    (folder / "records.json").write_bytes(RECORD)
    (folder / "page.html").write_bytes(page("77"))
    environment = os.environ | {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    del environment["ABSTOOL_CONFIG"]
    result = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments.split()],
        input=RECORD,
        capture_output=True,
        check=False,
        env=environment,
    )
    code, *modules = result.stderr.decode().splitlines()[-1].split()
    assert code == ("2" if "nosuch" in arguments else "0")
    assert sorted((NOTABLE - allowed) & set(modules)) == []
