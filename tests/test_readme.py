"""The README and the documents show what the commands print: each example is run."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.one_python

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
SEED_PAGE = ROOT / "fixtures" / "acr-2025-from-session-on" / "page.txt"
DOCUMENTS = [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "docs").glob("[!t]*/*.md")]
EXAMPLES = [
    pytest.param(command, output, id=f"{path.stem}: {command[:40]}")
    for path in DOCUMENTS
    for transcript in re.findall(
        r"^```console\n(.*?)^```", path.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", transcript, re.MULTILINE)
]


@pytest.mark.parametrize(("command", "output"), EXAMPLES)
def test_a_command_prints_what_a_document_shows(command, output):
    if "jq" in command and not shutil.which("jq"):
        pytest.skip("jq is not installed")
    # A page that has not been fetched in this test is read from its fixture.
    command = re.sub(r"abstool fetch https://\S+", f"abstool parse {SEED_PAGE}", command)
    command = re.sub(r"https://acrabstracts\.org/abstract/blina\S+", str(SEED_PAGE), command)
    bin_folder = Path(sys.executable).parent
    result = subprocess.run(
        ["/bin/bash", "-o", "pipefail", "-c", f"{command} 2>&1"],
        cwd=ROOT,
        env=os.environ | {"PATH": f"{bin_folder}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    found = result.stdout
    if result.returncode:
        found += f"[exit code {result.returncode}]\n"
    assert found == output


def test_there_are_examples_to_run():
    assert len(EXAMPLES) >= 6


def test_the_python_example_runs(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    (code,) = re.findall(r"^```python\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    exec(compile(code, "README.md", "exec"), {})
    printed = capsys.readouterr().out.splitlines()
    expected = re.findall(r"# (.+)$", code, re.MULTILINE)
    assert printed[: len(expected)] == expected
    assert printed[-1].startswith("Cush JJ, Keenan RT. The Diagnosis")


def test_every_command_is_in_the_readme():
    from abstool.cli.app import group

    assert [name for name in group().commands if f"abstool {name}" not in README] == []
