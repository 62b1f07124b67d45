"""The ``encores`` command."""

import json

import jsonschema
import pytest

AUTHORS = [{"family": name} for name in ("Roe", "Doe", "Leaf")]
TEXT = (
    "Of 123 patients 45.6% drank tea and 78.9 points (95% CI 12.3 to 99.1) were lost in 456 days."
)
ONE = {
    "schema": "abstool/1",
    "title": "Tea in knees with gout",
    "number": "0848",
    "meeting": "ACR 2025",
    "url": "https://example.org/a/",
    "authors": AUTHORS,
    "sections": [{"text": TEXT}],
}
OTHER = ONE | {
    "title": "Gout: tea in knees\x1b[31m",
    "number": "POS1",
    "meeting": "EULAR 2026",
    "url": "https://example.org/b/",
}


@pytest.fixture(autouse=True)
def records(folder):
    (folder / "a.jsonl").write_text(json.dumps(ONE), "utf-8")
    (folder / "b.jsonl").write_text(json.dumps(OTHER), "utf-8")


def test_a_pair_is_shown_with_its_reasons(run):
    outcome = run("encores", "a.jsonl", "b.jsonl")
    assert outcome.code == 0
    first, *records = outcome.out.splitlines()
    assert first.startswith("encore (0.9")
    assert "3 of 3 authors are the same" in first
    assert records == [
        "  ACR 2025 0848 · Tea in knees with gout · https://example.org/a/",
        "  EULAR 2026 POS1 · Gout: tea in knees [31m · https://example.org/b/",
    ]
    assert outcome.lines == ["abstool: 2 records: 1 encore, 0 siblings, 0 repeats"]


def test_the_json_has_a_schema(run):
    schema = json.loads(run("schema", "encores").out)
    (line,) = run("encores", "a.jsonl", "--against", "b.jsonl", "--json").out.splitlines()
    pair = json.loads(line)
    jsonschema.validate(pair, schema)
    assert (pair["first"]["number"], pair["second"]["number"]) == ("0848", "POS1")
    assert pair["kind"] == "encore"
    assert run("encores", "a.jsonl", "--json").out == ""


def test_a_record_given_twice_is_a_repeat(run):
    assert run("encores", "a.jsonl", "a.jsonl").out.startswith("repeat (1.00)")


def test_a_missing_library_is_one_message(run, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "rapidfuzz", None)
    outcome = run("encores", "a.jsonl", "b.jsonl")
    assert (outcome.code, outcome.out) == (2, "")
    (line,) = outcome.lines
    assert line.startswith("abstool: encores: needs rapidfuzz, which is not installed; install it")
    assert "pip install 'abstool[review]'" in line
