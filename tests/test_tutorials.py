"""Each tutorial is run from start to end, as its reader does, and prints what the page shows.

``pytest --refresh`` writes into the pages what the commands print. Review the diff afterwards.
"""

import os
import re
import shutil
import subprocess

import pytest

from conftest import ROOT
from manuscript_of_lesson import FOLDER, word
from sites_of_lessons import Sites

pytestmark = pytest.mark.one_python

PAGES = sorted(ROOT.glob("docs/tutorials/*.md"))
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
# A command goes on after a backslash at the end of its line.
STEP = re.compile(r"^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
# Programs that a reader may have and a machine for tests may lack, with what they need of TeX.
PROGRAMS = {"jq": "", "pdflatex": "biblatex.sty", "biber": ""}
# What a page says of the pause between two requests; only then need the test wait as readers do.
PAUSE = "one page every"


def steps(block):
    """Return the commands of a block, each with what it prints."""
    found = STEP.findall(block)
    assert "".join(f"$ {command}\n{output}" for command, output in found) == block
    return found


def is_there(program):
    """Return whether this machine has a program, and the TeX package that it needs."""
    if not shutil.which(program):
        return False
    lookup = ["kpsewhich", PROGRAMS[program]]
    return not lookup[1] or not subprocess.run(lookup, capture_output=True, check=False).returncode


def lacking(block):
    """Return the programs that a block uses and this machine lacks."""
    used = {
        name for command, _ in steps(block) for name in re.findall(r"(?:^|\| )([\w-]+)", command)
    }
    return {program for program in PROGRAMS.keys() & used if not is_there(program)}


class Reader:
    """Somebody at a terminal, in a folder with a clone of abstool."""

    def __init__(self, folder, environment):
        (folder / "abstool").symlink_to(ROOT)
        self._folder = folder
        self._place = folder.parent / "place"  # where the last command ended
        self._environment = environment | {"PLACE": str(self._place)}

    def types(self, command):
        """Return what a terminal shows after a command, which must not fail."""
        run = subprocess.run(
            ["/bin/bash", "-c", f"trap 'pwd >\"$PLACE\"' EXIT\n{command}"],
            cwd=self._folder,
            env=os.environ | self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        expected = int(command.startswith("diff "))  # 1: the files differ
        assert run.returncode == expected, f"$ {command}\n{run.stdout}"
        self._folder = self._place.read_text("utf-8").strip()
        return run.stdout


@pytest.fixture
def reader(tmp_path):
    folder = tmp_path / "home"
    folder.mkdir()
    with Sites() as sites:
        yield Reader(folder, sites.environment(tmp_path) | {"HOME": str(folder)})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_tutorial_prints_what_it_shows(page, reader, refresh, monkeypatch):
    text, missing = page.read_text("utf-8"), set()
    if PAUSE in text:
        monkeypatch.setenv("ABSTOOL_DELAY", "1")
    for block in BLOCK.findall(text):
        if programs := lacking(block):
            missing |= programs
            continue
        found = "".join(f"$ {command}\n{reader.types(command)}" for command, _ in steps(block))
        if refresh:
            text = text.replace(f"```console\n{block}```", f"```console\n{found}```", 1)
        else:
            assert found == block
    if refresh:
        page.write_text(text, "utf-8")
    if missing:
        pytest.skip(f"the blocks that need {' and '.join(sorted(missing))}; the others were run")


def test_there_is_a_lesson_for_each_role():
    assert [page.stem for page in PAGES] == "analysis latex library review word".split()


def test_the_manuscript_is_the_one_that_the_script_makes():
    assert (FOLDER / "manuscript.docx").read_bytes() == word()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_tutorial_leads_to_pages_and_pictures_that_exist(page):
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8"))
    assert len(targets) >= 3
    assert [target for target in targets if not (page.parent / target).is_file()] == []
