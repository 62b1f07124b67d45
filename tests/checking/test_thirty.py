"""The fixture manuscript of thirty references: one command finds the three wrong ones."""

import io
import json
import re

import pytest
from docx import Document
from typer.testing import CliRunner

from abstool import cite
from abstool.cli.app import app
from abstool.manuscripts import read
from manuscript_of_thirty import CODES, FOLDER, MISTAKES, RECORDS, markdown, references

MEETING = str(FOLDER / "meeting.jsonl")


def run(*args):
    result = CliRunner().invoke(app, ["check", *map(str, args), "--records", MEETING])
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize("name", ["manuscript.md", "manuscript.docx"])
def test_one_command_finds_just_the_three_wrong_references(name):
    found = [json.loads(line) for line in run(FOLDER / name, "--json").splitlines()]
    assert len(found) == 30
    wrong = {one["reference"]: one for one in found if one["status"] != "agrees"}
    others = [key for key, one in wrong.items() if one["status"] == "other"]
    assert others == ["11", "22", "30"]
    assert {
        key: [finding["code"] for finding in one["findings"]]
        for key, one in wrong.items()
        if key not in others
    } == {key: [code] for key, code in CODES.items()}
    right = cite(RECORDS, "ama-11")
    for number in MISTAKES:
        corrected = wrong[str(number)]["corrected"]
        assert corrected in right
        assert corrected != references()[number - 1]


def test_the_files_are_those_that_the_script_makes():
    assert (FOLDER / "manuscript.md").read_text("utf-8") == markdown()
    lines = (FOLDER / "meeting.jsonl").read_text("utf-8").splitlines()
    assert [*map(json.loads, lines)] == [record.to_dict() for record in RECORDS]
    in_word = read((FOLDER / "manuscript.docx").read_bytes(), "manuscript.docx")
    in_markdown = read(markdown().encode(), "manuscript.md")
    assert [one.text for one in in_word.references] == [one.text for one in in_markdown.references]


def test_the_report_begins_with_a_summary_and_has_the_right_references():
    report = run(FOLDER / "manuscript.md").splitlines()
    assert report[:2] == [
        "30 references: 24 agree, 3 differ, 0 unsure, 0 not checked, 3 to other works",
        "3 findings: 3 major",
    ]
    right = cite(RECORDS, "ama-11")
    assert len([line for line in report if line in right]) == 3
    headings = [line for line in report if re.match(r"\d+: ", line)]
    assert headings == [
        "7: differs from abstract 0323",
        "16: differs from abstract 0619",
        "23: differs from abstract 0841",
    ]


def test_the_word_file_gets_a_comment_on_each_wrong_reference(tmp_path):
    path = tmp_path / "checked.docx"
    run(FOLDER / "manuscript.docx", "--output", path)
    document = Document(io.BytesIO(path.read_bytes()))
    assert [one.author for one in document.comments] == ["abstool"] * 3
    commented = {
        paragraph.text.partition(".")[0]: paragraph._p.xpath(".//w:commentReference/@w:id")
        for paragraph in document.paragraphs
        if paragraph._p.xpath(".//w:commentReference")
    }
    assert commented == {"7": ["0"], "16": ["1"], "23": ["2"]}
