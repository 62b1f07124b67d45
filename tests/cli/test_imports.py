"""A command imports only what it uses, so that it starts at once."""

import subprocess
import sys

import pytest

PROBE = """
import sys
from abstool.cli import main
code = main(sys.argv[1:])
print(code, *sys.modules, file=sys.stderr)
"""
HEAVY = {"bs4", "citeproc", "lxml", "pydantic", "requests", "rich"}
RECORD = b'{"schema": "abstool/1", "title": "T"}'


@pytest.mark.parametrize(
    ("arguments", "used"),
    [
        ("--version", set()),
        ("--help", set()),
        ("cite --help", set()),
        ("fetch --help", set()),
        ("nosuch", set()),
        ("styles vancouver", set()),
        ("schema", set()),
        ("cite --style json", set()),
        ("cite --style bibtex", set()),
        ("cite", {"citeproc", "lxml"}),
        ("parse page.txt --indent 4", {"bs4", "lxml"}),
    ],
)
def test_what_is_not_used_is_not_imported(folder, arguments, used):
    result = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments.split()],
        input=RECORD,
        capture_output=True,
        check=False,
    )
    code, *modules = result.stderr.decode().splitlines()[-1].split()
    assert code == ("2" if arguments == "nosuch" else "0")
    assert HEAVY & set(modules) <= used
