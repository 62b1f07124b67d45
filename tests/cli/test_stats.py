"""The ``stats`` command."""

import csv
import io
import json

import jsonschema
import pytest
from lxml import etree


@pytest.fixture
def records(folder):
    places = ["Boston, MA", "Berlin, Germany", "Berlin, Germany"]
    lines = [
        {
            "schema": "abstool/1",
            "title": f"Title {number}",
            "affiliations": [{"label": "1", "name": f"University of Tea, {place}"}],
            "keywords": ["=1+1"] if number else ["<b>tea</b>\x1b[31m"],
        }
        for number, place in enumerate(places)
    ]
    (folder / "m.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")


@pytest.mark.usefixtures("records")
def test_the_table_has_bars(run):
    outcome = run("stats", "m.jsonl", "--by", "country")
    bar = "█" * (80 - len("United States") - 1 - 4)
    assert outcome.out.splitlines() == [
        f"Germany        2  {bar}",
        f"United States  1  {'█' * 31}",
    ]
    assert outcome.lines == ["abstool: 3 records, 2 values"]


@pytest.mark.usefixtures("records")
def test_a_record_that_is_there_again_is_counted_once(run):
    once = run("stats", "m.jsonl", "--by", "country", "--json")
    twice = run("stats", "m.jsonl", "m.jsonl", "--by", "country", "--json")
    assert once.out == twice.out
    assert twice.lines == [
        "abstool: 3 records repeat another one; each is counted once",
        "abstool: 3 records, 2 values",
    ]


@pytest.mark.usefixtures("records")
def test_the_forms_say_the_same(run, folder):
    data = json.loads(run("stats", "m.jsonl", "--by", "country", "--json").out)
    assert data == {
        "by": "country",
        "records": 3,
        "without": 0,
        "unknown": 0,
        "values": [{"value": "Germany", "records": 2}, {"value": "United States", "records": 1}],
    }
    jsonschema.validate(data, json.loads(run("schema", "stats").out))
    rows = list(csv.reader(io.StringIO(run("stats", "m.jsonl", "--by", "country", "--csv").out)))
    assert rows == [["country", "records"], ["Germany", "2"], ["United States", "1"]]
    assert run("stats", "m.jsonl", "--by", "country", "-o", "c.svg").code == 0
    root = etree.parse(folder / "c.svg").getroot()
    assert root.findtext("{*}desc").startswith("Germany: 2; United States: 1. 3 records")
    widths = [float(bar.get("width")) for bar in root.iterfind("{*}rect[@fill='#2f6690']")]
    assert widths[0] == 2 * widths[1]


@pytest.mark.usefixtures("records")
def test_what_is_not_shown_is_counted(run):
    outcome = run("stats", "m.jsonl", "--by", "country", "--limit", "1", "--csv")
    assert outcome.out == "country,records\r\nGermany,2\r\n"
    assert outcome.lines == ["abstool: 3 records, 2 values (1 not shown)"]


@pytest.mark.usefixtures("records")
def test_hostile_values_are_text_in_every_form(run):
    for form in ("table", "csv", "svg", "json"):
        out = run("stats", "m.jsonl", "--by", "keyword", "--to", form).out
        assert "\x1b" not in out
        assert form != "csv" or "\r\n'=1+1," in out
        assert form != "svg" or "<b>" not in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--by", "colour"], "--by colour: unknown; use session"),
        (["--by", "day", "--to", "pdf"], "--to pdf: unknown"),
        (["--by", "day", "--json", "--csv"], "--json, --csv and --to: cannot be combined"),
        (["--by", "day", "--json", "-o", "x.svg"], "--output x.svg: files with the ending .svg"),
    ],
)
@pytest.mark.usefixtures("records")
def test_wrong_options_are_refused(run, arguments, message):
    outcome = run("stats", "m.jsonl", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.lines[0].startswith(f"abstool: {message}")
