"""The check command: a manuscript, records, and what comes out."""

import json
from pathlib import Path

import jsonschema
import pytest

import abstool
from abstool import mapping
from abstool.record import Abstract, Author, Publication

RECORDS = [
    Abstract(
        title=f"Imagined effects of {drink} on joints",
        number=f"{number:04}",
        url=f"https://acrabstracts.org/abstract/{drink}/",
        site="acrabstracts.org",
        meeting="ACR Convergence 2025",
        authors=[Author(name=f"{given} Doe{number}", family="Doe", given=given) for given in names],
        publication=Publication(
            journal="Arthritis & Rheumatology",
            abbreviation="Arthritis Rheumatol",
            year=2025,
            volume="77",
            supplement="9",
        ),
        accessed="2026-01-05",
    )
    for number, (drink, names) in enumerate(
        {"tea": ["Ann", "Bob"], "milk": ["Cy", "Dan"], "water": ["Eve", "Fay"]}.items(), 1
    )
]
OTHER = "Roe A. Tea and health. J Tea. 2020;3(2):1-5. doi:10.1000/xyz."


@pytest.fixture
def files(tmp_path):
    """Return a manuscript with a right, a wrong and another reference, and records."""
    right, wrong, _ = abstool.cite(RECORDS)
    lines = [right, wrong.replace("2025; 77", "2024; 77"), OTHER]
    text = "Tea matters [1-3].\n\nReferences\n\n" + "".join(
        f"{number}. {line}\n" for number, line in enumerate(lines, 1)
    )
    manuscript, records = tmp_path / "paper.txt", tmp_path / "meeting.jsonl"
    manuscript.write_text(text, "utf-8")
    lines = (json.dumps(one.to_dict()) + "\n" for one in RECORDS)
    records.write_text("".join(lines), "utf-8")
    return str(manuscript), str(records)


def test_each_reference_gets_a_verdict_in_order(run, files):
    manuscript, records = files
    outcome = run("check", manuscript, "--records", records, "--json")
    found = [json.loads(line) for line in outcome.out.splitlines()]
    assert outcome.code == 0
    assert [(one["reference"], one["status"]) for one in found] == [
        ("1", "agrees"),
        ("2", "differs"),
        ("3", "other"),
    ]
    assert [one["code"] for one in found[1]["findings"]] == ["year"]
    assert found[1]["corrected"] == abstool.cite(RECORDS)[1]
    assert "3 references: 1 agree, 1 differ" in outcome.err


def test_a_reader_sees_what_differs_and_the_right_line(run, files):
    outcome = run("check", files[0], "--records", files[1], "--exit-code")
    assert outcome.code == 1
    assert "2: differs from abstract 0002\n" in outcome.out
    assert "  another year (major, year)\n    printed  2024\n                ^\n" in outcome.out
    assert abstool.cite(RECORDS)[1] in outcome.out
    assert "Tea and health" not in outcome.out


def test_an_ignored_finding_does_not_count(run, files):
    outcome = run(
        "check", files[0], "--records", files[1], "--ignore", "year", "--exit-code", "--json"
    )
    statuses = [json.loads(line)["status"] for line in outcome.out.splitlines()]
    assert (outcome.code, statuses) == (0, ["agrees", "agrees", "other"])


def test_a_manuscript_that_cannot_be_read_is_one_line(run, files, tmp_path):
    outcome = run("check", str(tmp_path / "nosuch.docx"), "--records", files[1])
    assert (outcome.code, outcome.out, len(outcome.lines)) == (5, "", 1)


def test_a_manuscript_that_is_too_large_is_refused_and_not_cut(run, files, monkeypatch):
    monkeypatch.setattr("abstool.manuscripts.kinds.LARGEST", 100)
    outcome = run("check", files[0], "--records", files[1])
    assert (outcome.code, outcome.out) == (5, "")
    assert "larger than" in outcome.err


def findings_of(outcome):
    verdicts = map(json.loads, outcome.out.splitlines())
    return [[finding["code"] for finding in one["findings"]] for one in verdicts]


@pytest.fixture
def wrong(run, files):
    """Return what --json prints of the wrong reference of the manuscript."""
    return run("check", files[0], "--records", files[1], "--json").out.splitlines()[1]


def test_a_reference_that_a_person_has_judged_is_left_alone(run, files, folder, wrong):
    text = json.loads(wrong)["text"]
    for line in (text, f"2. {text}", f"  [2]  {text.replace(' ', '  ')}", wrong):
        (folder / "judged.txt").write_text(f"\ufeff# judged by J. D.\n\n{line}\r\n", "utf-8")
        options = ("--records", files[1], "--accept", "judged.txt", "--exit-code")
        outcome = run("check", files[0], *options, "--json")
        assert (outcome.code, findings_of(outcome)) == (0, [[], [], []]), line
        assert "judged.txt" not in outcome.err


def test_of_an_earlier_check_only_its_findings_are_accepted(run, files, folder, wrong):
    data = json.loads(wrong)
    data["findings"] = [{"code": "volume"}]
    (folder / "judged.jsonl").write_text(json.dumps(data), "utf-8")
    outcome = run("check", files[0], "--records", files[1], "--accept", "judged.jsonl", "--json")
    assert findings_of(outcome) == [[], ["year"], []]


def test_what_is_accepted_but_not_there_is_told(run, files, folder):
    (folder / "judged.txt").write_text("Doe A. Another one. J Tea. 2020;1:1.\n", "utf-8")
    outcome = run("check", files[0], "--records", files[1], "--accept", "judged.txt")
    assert "judged.txt: 1 of its references are not in the manuscript" in outcome.err


@pytest.mark.parametrize("line", ["{", '{"text": 1, "findings": []}', '{"text": "x"}', "{}", "12."])
def test_a_line_that_is_not_a_reference_is_named(run, files, folder, line):
    (folder / "judged.txt").write_text(f"Doe A. Tea.\n{line}\n", "utf-8")
    outcome = run("check", files[0], "--records", files[1], "--accept", "judged.txt")
    expected = 0 if line == "12." else 2
    assert outcome.code == expected
    assert ("judged.txt, line 2" in outcome.err) == bool(expected)


def test_a_file_of_judged_references_that_is_missing_is_a_usage_error(run, files):
    outcome = run("check", files[0], "--records", files[1], "--accept", "nosuch.txt")
    assert (outcome.code, outcome.out) == (2, "")
    assert "--accept nosuch.txt: cannot be read" in outcome.err


FIXTURE = Path(__file__).parents[2] / "fixtures" / "manuscript"


@pytest.mark.parametrize("name", ["manuscript.docx", "manuscript.md"])
def test_the_json_keeps_to_the_schema_that_schema_check_prints(run, name):
    schema = json.loads(run("schema", "check").out)
    records = str(FIXTURE / "meeting.jsonl")
    outcome = run("check", str(FIXTURE / name), "--records", records, "--json")
    verdicts = [json.loads(line) for line in outcome.out.splitlines()]
    assert len(verdicts) == 30
    for verdict in verdicts:
        jsonschema.validate(verdict, schema)


def test_a_schema_of_something_else_is_a_usage_error(run):
    outcome = run("schema", "nosuch")
    assert (outcome.code, outcome.out) == (2, "")
    assert "use one of: record, check, " in outcome.err


@pytest.fixture
def large(run, files, monkeypatch):
    """Return the options for a file of records whose index is kept."""
    monkeypatch.setattr("abstool.cli.records.library._LARGE", 1)
    return ("--records", files[1], "--json")


def test_the_index_of_a_large_file_is_used_again(run, files, large, monkeypatch):
    first = run("check", files[0], *large)
    assert "indexes\t1" in run("cache", "info").out

    def never(*_, **__):
        raise AssertionError("the records were read again")

    monkeypatch.setattr("abstool.inputs.sources.read_source", never)
    assert run("check", files[0], *large).out == first.out
    assert "removed 1 index" in run("cache", "clear").err
    assert "index" not in run("cache", "info").out


def test_a_file_that_changed_has_a_new_index(run, files, large):
    run("check", files[0], *large)
    path = Path(files[1])
    path.write_text(path.read_text("utf-8").replace('"year": 2025', '"year": 2024'), "utf-8")
    assert findings_of(run("check", files[0], *large))[0] == ["year"]


def test_what_cannot_be_read_is_reported_each_time(run, files, large):
    with Path(files[1]).open("a", encoding="utf-8") as records:
        records.write('{"schema": "abstool/1"}\n')
    outcomes = [run("check", files[0], *large) for _ in range(2)]
    assert [one.code for one in outcomes] == [1, 1]
    assert outcomes[0].err == outcomes[1].err
    assert "record 4" in outcomes[0].err


def test_two_files_of_records_are_one_library(run, files, large, folder):
    lines = Path(files[1]).read_text("utf-8").splitlines(keepends=True)
    for number, line in enumerate(lines):
        (folder / f"{number}.jsonl").write_text(line, "utf-8")
    options = [part for number in range(3) for part in ("--records", f"{number}.jsonl")]
    assert findings_of(run("check", files[0], *options, "--json")) == [[], ["year"], []]


@pytest.mark.parametrize(
    ("ending", "wanted"),
    [
        (".txt", "2: differs from abstract 0002"),
        (".md", "## `2`: differs from abstract `0002`"),
        (".html", "<h2>2: differs from abstract 0002</h2>"),
        (".jsonl", '"code": "year"'),
    ],
)
def test_the_ending_of_the_file_decides_its_form(run, files, tmp_path, ending, wanted):
    path = tmp_path / f"report{ending}"
    outcome = run("check", files[0], "--records", files[1], "--output", str(path))
    assert (outcome.code, outcome.out) == (0, "")
    assert wanted in path.read_text("utf-8")
    assert "1 differ" in outcome.err


@pytest.mark.parametrize("name", ["x.docx", "x.bib", "x.ris", "x.pdf", "x.csv", "x.odt"])
def test_another_ending_is_one_error_and_writes_nothing(run, files, tmp_path, name):
    path = tmp_path / name
    outcome = run("check", files[0], "--records", files[1], "--output", str(path))
    assert (outcome.code, outcome.out, len(outcome.lines)) == (2, "", 1)
    assert outcome.err.startswith(f"abstool: --output {path}: ")
    assert not path.exists()


@pytest.mark.parametrize("number", [0, 1])
def test_neither_the_manuscript_nor_the_records_are_replaced(run, files, tmp_path, number):
    link = tmp_path / "link.txt"
    link.symlink_to(files[number])
    before = link.read_bytes()
    for name in (files[number], str(link)):
        outcome = run("check", files[0], "--records", files[1], "--output", name)
        assert (outcome.code, len(outcome.lines)) == (2, 1)
    assert link.read_bytes() == before


def test_a_file_of_references_is_corrected(run, files, tmp_path):
    items = [mapping.to_item(one) | {"id": f"key{n}"} for n, one in enumerate(RECORDS)]
    for style, ending in (("bibtex", "bib"), ("ris", "ris")):
        right = "\n\n".join(abstool.cite(items, style)) + "\n"
        wrong = right.replace("0002", "0020")
        path, fixed = tmp_path / f"refs.{ending}", tmp_path / f"fixed.{ending}"
        path.write_bytes(wrong.encode())
        outcome = run("check", str(path), "--records", files[1], "--output", str(fixed))
        assert outcome.code == 0, outcome.err
        assert fixed.read_bytes() == right.encode()
        options = ("--json", "--ignore", "access-date-missing")
        found = run("check", str(path), "--records", files[1], *options)
        verdicts = [json.loads(line) for line in found.out.splitlines()]
        [corrected] = [one["corrected"] for one in verdicts if one["status"] == "differs"]
        assert corrected.strip() in right


def test_a_terminal_gets_colours_and_no_marks_below(run, files, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    outcome = run("check", files[0], "--records", files[1])
    assert "202\x1b[1;4;31m4" in outcome.out
    assert "^" not in outcome.out
    assert f"\n{abstool.cite(RECORDS)[1]}\n" in outcome.out
