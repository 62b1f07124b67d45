"""The command line where there is no fork, few signals, and open files cannot be replaced.

The programs run on this system, with a Python that resembles that of Windows.
"""

import json
import os
from pathlib import Path

import pytest

from meeting_site import Meeting, faults

SIMULATION = Path(__file__).with_name("other_system")
HARVEST = ("harvest", "--yes", "--output", "meeting.jsonl")
IN_USE = "close the programs that have it open"

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs Linux's /proc")


@pytest.fixture
def elsewhere(finish, monkeypatch):
    """Return a function that runs a command on the other system."""
    paths = [str(SIMULATION), os.environ.get("PYTHONPATH", "")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, paths)))
    return finish


@pytest.fixture
def meeting(monkeypatch):
    monkeypatch.setenv("ABSTOOL_DELAY", "0.01")
    with Meeting(abstracts=20) as running:
        yield running


def numbers():
    return [json.loads(line)["number"] for line in Path("meeting.jsonl").read_bytes().splitlines()]


def drafts():
    return list(Path().glob(".abstool-*"))


def test_pages_are_parsed_in_several_processes(elsewhere, finish, folder):
    for number in range(50):
        page = (folder / "page.txt").read_text("utf-8").replace("0848", f"{number:04}")
        (folder / f"page-{number:02}.txt").write_text(page, "utf-8")
    outcome = elsewhere("parse", "page-*.txt", "--jobs", "2")
    assert (outcome.code, outcome.err) == (0, "")
    found = [json.loads(line)["number"] for line in outcome.out.splitlines()]
    assert found == [f"{number:04}" for number in range(50)]


def test_a_file_is_replaced(elsewhere, folder):
    (folder / "out.txt").write_text("old", "utf-8")
    outcome = elsewhere("cite", "page.txt", "--output", "out.txt")
    assert (outcome.code, outcome.err.count("Traceback")) == (0, 0)
    assert "Imagined Patients" in (folder / "out.txt").read_text("utf-8")
    assert drafts() == []


def test_a_file_that_another_program_has_open_stays_as_it_was(elsewhere, folder):
    (folder / "out.txt").write_text("old", "utf-8")
    env = {"IN_USE": str(folder / "out.txt")}
    outcome = elsewhere("cite", "page.txt", "--output", "out.txt", env=env)
    assert outcome.code == 74
    assert outcome.lines[-1] == (
        f"abstool: out.txt: writing failed (Permission denied); {IN_USE} and run the command again"
    )
    assert (folder / "out.txt").read_text("utf-8") == "old"
    assert drafts() == []


@pytest.mark.usefixtures("folder")
def test_a_harvest_is_put_in_order_and_resumed(elsewhere, meeting):
    first = f"/abstract/{meeting.slug(meeting.order()[0])}/"
    meeting.faults = {first: [faults(meeting.root)["login"]] * 20}
    assert elsewhere(*HARVEST, meeting.listing).code == 1
    assert len(numbers()) == 19
    with Path("meeting.jsonl").open("ab") as file:
        file.write(b'{"url": "https://acrabstracts.org/torn')
    meeting.faults = {}
    outcome = elsewhere(*HARVEST, meeting.listing)
    assert outcome.code == 0, outcome.err
    assert numbers() == [f"{number:04}" for number in meeting.order()]
    assert drafts() == []


@pytest.mark.parametrize("name", ["meeting.jsonl", "meeting.manifest.json"])
def test_a_harvest_loses_nothing_if_another_program_has_its_file_open(
    elsewhere, meeting, folder, name
):
    first = f"/abstract/{meeting.slug(meeting.order()[0])}/"
    meeting.faults = {first: [faults(meeting.root)["login"]] * 20}
    elsewhere(*HARVEST, meeting.listing)
    meeting.faults = {}
    outcome = elsewhere(*HARVEST, meeting.listing, env={"IN_USE": str(folder / name)})
    assert outcome.code == 74
    assert f"{name}: writing failed (Permission denied); {IN_USE} and run" in outcome.err
    assert "Traceback" not in outcome.err
    assert sorted(numbers()) >= [f"{number:04}" for number in range(1, 20)]
    assert elsewhere(*HARVEST, meeting.listing).code == 0
    assert numbers() == [f"{number:04}" for number in meeting.order()]
    assert drafts() == []
