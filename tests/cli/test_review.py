"""The commands ``decisions`` and ``prisma``, from an export to the diagram."""

import csv
import io
import json
import re
import zipfile

import jsonschema
import pytest
from lxml import etree

RECORDS = [
    {
        "schema": "abstool/1",
        "url": f"https://acrabstracts.org/abstract/{slug}/",
        "number": number,
        "title": title,
        "authors": [{"family": "Roe"}],
        "meeting": "ACR Convergence 2025",
        "publication": {"year": 2025},
    }
    for slug, number, title in (
        ("tea", "0848", "Tea in the Knee: IL-6"),
        ("tea-2", "0849", "Tea in the Knee: IL-17"),
        ("milk", "0850", "Milk"),
    )
]
NOTES = [
    'RAYYAN-INCLUSION: {"Ana"=>"Included", "Ben"=>"Included"}',
    (
        'RAYYAN-INCLUSION: {"Ana"=>"Excluded", "Ben"=>"Excluded"}'
        " | RAYYAN-EXCLUSION-REASONS: wrong drug"
    ),
    'RAYYAN-INCLUSION: {"Ana"=>"Included", "Ben"=>"Excluded"}',
]

NOT_JOINED = "entries with a decision (--records takes several files, of records or references)"


@pytest.fixture(autouse=True)
def records(folder):
    (folder / "m.jsonl").write_text("\n".join(map(json.dumps, RECORDS)), "utf-8")


@pytest.fixture
def rayyan(run, folder):
    """Write what Rayyan would return: its own keys, and the decisions in the notes."""
    rows = list(csv.DictReader(io.StringIO(run("cite", "m.jsonl", "-s", "rayyan").out)))
    with (folder / "rayyan.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        for number, (row, note) in enumerate(zip(rows, NOTES, strict=True)):
            writer.writerow(row | {"key": f"rayyan-{number}", "notes": f"{row['notes']} | {note}"})


def lines(outcome):
    return [json.loads(line) for line in outcome.out.splitlines()]


@pytest.mark.usefixtures("rayyan")
def test_decisions_of_rayyan_come_back_to_the_records(run, folder):
    outcome = run("decisions", "rayyan.csv", "--records", "m.jsonl", "--report", "r.json")
    assert outcome.code == 0
    found = lines(outcome)
    schema = json.loads(run("schema", "decisions").out)
    for one in found:
        jsonschema.validate(one, schema)
    assert [one["decision"] for one in found] == ["included", "excluded", "conflict"]
    assert found[1]["decisions"][0] == {
        "stage": "screening",
        "reviewer": "Ana",
        "decision": "excluded",
        "reasons": ["wrong drug"],
        "source": "rayyan.csv, line 3",
    }
    assert outcome.lines == [
        "abstool: screening: Ana and Ben agree on 2 of 3 records, Cohen's kappa 0.40",
        "abstool: 3 records: 1 included, 1 excluded, 1 conflict",
    ]
    report = json.loads((folder / "r.json").read_text("utf-8"))
    assert report["agreement"] == [
        {"stage": "screening", "reviewers": ["Ana", "Ben"], "both": 3, "agreed": 2, "kappa": 0.4}
    ]
    assert [one["number"] for one in report["conflicts"]] == ["0850"]


@pytest.mark.parametrize("style", ["asreview", "ris", "xlsx"])
def test_an_export_with_labels_comes_back_to_the_records(run, folder, style):
    name = {"asreview": "a.csv", "ris": "a.ris", "xlsx": "a.xlsx"}[style]
    assert run("cite", "m.jsonl", "-s", style, "-o", name).code == 0
    path = folder / name
    if style == "ris":  # ASReview keeps the fields but not the addresses, and adds a note
        text = re.sub(r"UR  - .*\r\n", "", path.read_text("utf-8"))
        text = text.replace("ER  - ", "N1  - ASReview_relevant\r\nER  - ")
        path.write_bytes(text.encode())
        more = []
    elif style == "asreview":
        header, *rows = path.read_text("utf-8").splitlines()
        labelled = [f'{header},"asreview_label"', *(f"{row},1" for row in rows)]
        path.write_text("\n".join(labelled), "utf-8")
        more = []
    else:
        more = ["--all", "included"]
    outcome = run("decisions", name, "--records", "m.jsonl", *more)
    assert [one["decision"] for one in lines(outcome)] == ["included"] * 3
    assert outcome.lines == ["abstool: 3 records: 3 included"]


@pytest.mark.usefixtures("rayyan")
def test_a_second_stage_is_added_to_the_first(run, folder):
    run("decisions", "rayyan.csv", "--records", "m.jsonl", "-o", "decided.jsonl")
    (folder / "full.csv").write_text(
        "title,year,decision\nTea in the Knee: IL-6,2025,exclude\nMilk,2025,not retrieved\n",
        "utf-8",
    )
    arguments = ("full.csv", "--records", "decided.jsonl", "--stage", "full-text")
    found = lines(run("decisions", *arguments))
    assert [one.get("decision") for one in found] == ["excluded", None, "not-retrieved"]
    assert [len(one["decisions"]) for one in found] == [3, 2, 3]
    only = run("decisions", *arguments, "--only", "not-retrieved", "-q")
    assert [one["number"] for one in lines(only)] == ["0850"]


def test_what_cannot_be_joined_is_named(run, folder):
    (folder / "d.csv").write_text(
        "title,year,decision\nCoffee,2025,include\nMilk,2025,see Ana\nMilk,2024,include\n", "utf-8"
    )
    outcome = run("decisions", "d.csv", "--records", "m.jsonl", "--strict")
    assert outcome.code == 1
    assert outcome.lines == [
        "abstool: d.csv, line 2: warning: not joined, it has no record: Coffee",
        "abstool: d.csv, line 3: warning: 'see Ana' is not a decision",
        "abstool: d.csv, line 4: warning: not joined, it has no record: Milk",
        "abstool: d.csv: entries without a decision: 1",
        f"abstool: d.csv: not joined: 2 of 2 {NOT_JOINED}",
        "abstool: 3 records: 3 undecided",
    ]


REFERENCES = """\
TY  - JOUR
TI  - Coffee and the Knee
AU  - Roe, Ann
PY  - 2021
DO  - 10.1234/coffee
ER  -

TY  - JOUR
TI  - Cocoa and the Knee
AU  - Roe, Ben
PY  - 2022
AN  - 33333333
DB  - PubMed
ER  -
"""


def test_references_of_other_databases_are_screened_with_the_records(run, folder):
    (folder / "pubmed.ris").write_text(REFERENCES, "utf-8")
    (folder / "d.csv").write_text(
        "title,year,decision,reason,doi\n"
        "Milk,2025,include,,\n"
        "Coffee and the Knee,,exclude,wrong drug,10.1234/coffee\n"
        "Cocoa and the Knee,2022,include,,\n"
        "Water,2020,include,,\n",
        "utf-8",
    )
    sources = ("--records", "m.jsonl", "--records", "pubmed.ris", "--report", "r.json")
    outcome = run("decisions", "d.csv", *sources, "-o", "decided.jsonl")
    assert (outcome.code, outcome.lines) == (
        0,
        [
            "abstool: d.csv, line 5: warning: not joined, it has no record: Water",
            f"abstool: d.csv: not joined: 1 of 4 {NOT_JOINED}",
            "abstool: 5 records: 2 included, 1 excluded, 2 undecided",
        ],
    )
    text = (folder / "decided.jsonl").read_text("utf-8")
    decided = [json.loads(line) for line in text.splitlines()]
    schema = json.loads(run("schema", "decisions").out)
    for one in decided:
        jsonschema.validate(one, schema)
    outcomes = [one.get("decision") for one in decided]
    assert outcomes == [None, None, "included", "excluded", "included"]
    assert decided[3]["decisions"][0]["reasons"] == ["wrong drug"]
    assert json.loads((folder / "r.json").read_text("utf-8"))["not_joined"] == 1
    # They take part in all that follows: the second stage, the diagram and the citations.
    (folder / "full.csv").write_text(
        "title,year,decision\nMilk,2025,exclude\nCocoa and the Knee,2022,include\n", "utf-8"
    )
    again = ("decisions", "full.csv", "--records", "decided.jsonl", "--stage", "full-text")
    assert run(*again, "-o", "both.jsonl").code == 0
    flow = json.loads(run("prisma", "--decisions", "both.jsonl", "--json").out)
    boxes = ("screened", "excluded", "sought", "assessed", "not_eligible", "included")
    assert [flow[box] for box in boxes] == [3, 1, 2, 2, 1, 1]
    included = run(*again, "--only", "included", "-q").out
    (folder / "included.jsonl").write_text(included, "utf-8")
    assert "Cocoa and the Knee" in run("cite", "included.jsonl").out


def test_a_conflict_about_a_reference_is_reported_with_its_title(run, folder):
    (folder / "pubmed.ris").write_text(REFERENCES, "utf-8")
    (folder / "d.csv").write_text(
        "title,year,Ana,Ben\nCocoa and the Knee,2022,include,exclude\n", "utf-8"
    )
    columns = ("--column", "Ana", "--column", "Ben")
    run("decisions", "d.csv", "--records", "pubmed.ris", *columns, "--report", "r.json", "-q")
    assert json.loads((folder / "r.json").read_text("utf-8"))["conflicts"] == [
        {
            "url": "",
            "number": "",
            "title": "Cocoa and the Knee",
            "decisions": {"Ana": "included", "Ben": "excluded"},
        }
    ]


def test_two_columns_of_one_name_that_differ_hold_no_decision(run, folder):
    (folder / "d.csv").write_text(
        "title,year,decision,Decision\nMilk,2025,include,exclude\n"
        "Tea in the Knee: IL-6,2025,include,Included\nTea in the Knee: IL-17,2025,,exclude\n",
        "utf-8",
    )
    outcome = run("decisions", "d.csv", "--records", "m.jsonl")
    assert [one.get("decision") for one in lines(outcome)] == ["included", "excluded", None]
    assert outcome.lines == [
        "abstool: d.csv, line 2: warning: 'include / exclude' is not a decision",
        "abstool: d.csv: entries without a decision: 1",
        "abstool: 3 records: 1 included, 1 excluded, 1 undecided",
    ]


def test_a_column_that_is_not_there_is_named(run, folder):
    (folder / "d.csv").write_text("title,year,decision\nMilk,2025,include\n", "utf-8")
    outcome = run("decisions", "d.csv", "--records", "m.jsonl", "--column", "verdict of Ana")
    assert outcome.lines[0] == (
        "abstool: d.csv: warning: no decision was found in 'verdict of Ana'; check --column"
    )


def test_a_record_that_is_in_a_file_of_decisions_twice_is_counted_once(run, folder):
    (folder / "d.csv").write_text("title,year,decision\nMilk,2025,include\n", "utf-8")
    run("decisions", "d.csv", "--records", "m.jsonl", "-o", "decided.jsonl")
    text = (folder / "decided.jsonl").read_text("utf-8")
    (folder / "twice.jsonl").write_text(text * 2, "utf-8")
    once, twice = (
        run("prisma", "--decisions", name, "--json") for name in ("decided.jsonl", "twice.jsonl")
    )
    assert once.out == twice.out
    assert twice.lines[0] == (
        "abstool: twice.jsonl: warning: 3 records repeat another one; each is counted once"
    )


@pytest.mark.parametrize(
    "report",
    [
        {"counts": {}, "sources": []},
        {"counts": {"duplicates": -1}, "sources": []},
        {"counts": {"duplicates": True}, "sources": []},
        {"counts": {"duplicates": 1}, "sources": [{"name": "a", "entries": -10}]},
        {"counts": {"duplicates": 1}, "sources": [{"name": "a", "entries": True}]},
        {"counts": {"duplicates": 1}, "sources": [{"name": "a"}]},
        {"counts": {"duplicates": 1}, "sources": ["a"]},
        {"counts": {"duplicates": 1}},
        {"counts": 5, "sources": []},
    ],
)
def test_a_report_without_proper_counts_is_none(run, folder, report):
    (folder / "report.json").write_text(json.dumps(report), "utf-8")
    outcome = run("prisma", "--dedupe", "report.json")
    assert (outcome.code, outcome.out) == (5, "")
    assert "report.json: not a report of duplicates" in outcome.lines[0]


def test_a_manifest_whose_count_is_no_number_is_none(run, folder):
    (folder / "m.json").write_text('{"source": "x", "counts": {"parsed": true}}', "utf-8")
    assert run("prisma", "--manifest", "m.json").code == 5


def test_sources_that_are_counted_twice_are_named(run, folder):
    (folder / "m.json").write_text('{"source": "x", "counts": {"parsed": 5}}', "utf-8")
    outcome = run("prisma", "--manifest", "m.json", "--manifest", "m.json", "--json")
    assert json.loads(outcome.out)["identified"] == 10
    assert outcome.lines == [
        "abstool: warning: x: named by 2 manifests, and each of them is counted"
    ]


def test_a_source_that_is_in_a_report_twice_counts_twice(run, folder):
    source = {"name": "a", "entries": 3}
    report = {"counts": {"duplicates": 7}, "sources": [source, source]}
    (folder / "report.json").write_text(json.dumps(report), "utf-8")
    outcome = run("prisma", "--dedupe", "report.json", "--json")
    assert json.loads(outcome.out)["identified"] == 6
    assert outcome.lines == [
        "abstool: warning: Records identified: 7 duplicates is more than 6 identified"
    ]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (["included=1", "included=2"], "--set included=2: this box is set twice"),
        (["not-retrieved=1", "NOT_RETRIEVED=1"], "--set NOT_RETRIEVED=1: this box is set twice"),
        (["included=1000000000000"], "--set included=1000000000000: this number is too large"),
        (["included=-1"], "--set included=-1: not a box and its number"),
        (["included=1.5"], "--set included=1.5: not a box and its number"),
    ],
)
def test_a_box_is_set_once_and_to_a_number(run, settings, message):
    outcome = run("prisma", *(part for one in settings for part in ("--set", one)))
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.lines[0].startswith(f"abstool: {message}")


def test_a_reviewer_who_decides_twice_is_named(run, folder):
    (folder / "a.csv").write_text("title,year,decision,reviewer\nMilk,2025,include,Ana\n", "utf-8")
    (folder / "b.csv").write_text("title,year,decision,reviewer\nMilk,2025,exclude,Ana\n", "utf-8")
    outcome = run("decisions", "a.csv", "b.csv", "--records", "m.jsonl", "--only", "excluded")
    assert [one["number"] for one in lines(outcome)] == ["0850"]
    assert outcome.lines[0] == (
        "abstool: b.csv, line 2: warning: Ana decided 'included' before (a.csv, line 2); the later"
        " decision is kept"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--stage", "third"], "--stage third: unknown; use screening or full-text"),
        (["--all", "perhaps"], "--all perhaps: unknown"),
        (["--all", "maybe", "--column", "x"], "--all: cannot be combined with --column"),
        (["--only", "x"], "--only x: unknown"),
    ],
)
def test_options_are_checked_before_files_are_read(run, arguments, message):
    outcome = run("decisions", "no.csv", "--records", "m.jsonl", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.lines[0].startswith(f"abstool: {message}")


MANIFEST = {"source": "acr-2025", "output": "m.jsonl", "counts": {"found": 3, "parsed": 3}}
REPORT = {
    "sources": [{"name": "m.jsonl", "entries": 3}, {"name": "pubmed.ris", "entries": 2}],
    "duplicates": [],
    "counts": {"entries": 5, "duplicates": 2, "unique": 3},
}


@pytest.fixture
def review(run, folder, rayyan):
    del rayyan
    (folder / "m.manifest.json").write_text(json.dumps(MANIFEST), "utf-8")
    (folder / "dedupe.json").write_text(json.dumps(REPORT), "utf-8")
    run("decisions", "rayyan.csv", "--records", "m.jsonl", "-o", "decided.jsonl")
    files = ("--manifest", "m.manifest.json", "--dedupe", "dedupe.json")
    return ("prisma", *files, "--decisions", "decided.jsonl")


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("/home/ana/secret/urls.txt", "urls.txt"),
        ("acr-2025", "acr-2025"),
        (
            "https://acrabstracts.org/meetings/acr-2025/",
            "https://acrabstracts.org/meetings/acr-2025/",
        ),
    ],
)
def test_a_list_of_urls_is_named_without_its_folder(run, folder, source, named):
    manifest = json.dumps(MANIFEST | {"source": source})
    (folder / "m.manifest.json").write_text(manifest, "utf-8")
    found = json.loads(run("prisma", "--manifest", "m.manifest.json", "--json").out)
    assert found["sources"] == [{"name": named, "records": 3}]


def test_the_boxes_are_counted(run, review):
    outcome = run(*review, "--json")
    jsonschema.validate(json.loads(outcome.out), json.loads(run("schema", "prisma").out))
    assert json.loads(outcome.out) == {
        "sources": [{"name": "acr-2025", "records": 3}, {"name": "pubmed.ris", "records": 2}],
        "identified": 5,
        "duplicates": 2,
        "screened": 3,
        "excluded": 1,
        "excluded_reasons": {"wrong drug": 1},
        "included": 1,
    }
    assert outcome.lines == [
        "abstool: warning: records with a conflict, a maybe or no last decision: 1",
        "abstool: warning: Reports of included studies: 1 included is not 3 screened − 1 excluded",
    ]
    assert run(*review, "--strict").code == 1
    assert run(*review, "--set", "included=2", "--set", "studies=1", "--json").lines[1:] == []


def test_the_table_is_markdown(run, review):
    assert run(*review).out == (
        "| Phase | Records | n |\n"
        "| --- | --- | --: |\n"
        "| Identification | Records identified from acr-2025 | 3 |\n"
        "| Identification | Records identified from pubmed.ris | 2 |\n"
        "| Identification | Records identified | 5 |\n"
        "| Identification | Duplicate records removed | 2 |\n"
        "| Screening | Records screened | 3 |\n"
        "| Screening | Records excluded | 1 |\n"
        "| Screening | Records excluded: wrong drug | 1 |\n"
        "| Included | Reports of included studies | 1 |\n"
    )


def test_the_diagram_says_the_same_in_its_boxes_and_to_screen_readers(run, folder, review):
    assert run(*review, "-o", "flow.svg", "-q").code == 0
    root = etree.parse(folder / "flow.svg").getroot()
    names = {"svg": "http://www.w3.org/2000/svg"}
    boxes = [" ".join(text.itertext("{*}tspan")) for text in root.iterfind(".//svg:text", names)]
    assert "Records screened (n = 3)" in boxes
    assert "Records excluded (n = 1) wrong drug (n = 1)" in boxes
    assert root.get("role") == "img"
    spoken = root.findtext("svg:desc", namespaces=names)
    assert "Records identified (n = 5); acr-2025 (n = 3); pubmed.ris (n = 2)" in spoken
    assert root.findtext("svg:title", namespaces=names) == "PRISMA 2020 flow diagram"


def test_hostile_names_are_text_in_every_form(run, folder):
    evil = '<script>alert(1)</script>\x1b[31m| `x` & "q" ]]>'
    data = MANIFEST | {"source": evil}
    (folder / "evil.json").write_text(json.dumps(data), "utf-8")
    for form in ("svg", "markdown", "json"):
        out = run("prisma", "--manifest", "evil.json", "--to", form).out
        assert "<script>" not in out or form == "json"
        assert "\x1b" not in out
    etree.fromstring(run("prisma", "--manifest", "evil.json", "--to", "svg").out.encode())


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 2, "prisma: nothing to count"),
        (["--set", "x=1"], 2, "--set x=1: unknown box 'x'"),
        (["--set", "included=1", "--to", "pdf"], 2, "--to pdf: unknown"),
        (["--set", "included=1", "--json", "--to", "svg"], 2, "--json: cannot be combined"),
        (["--set", "included=1", "--json", "-o", "x.svg"], 2, "--output x.svg: files with the"),
        (["--manifest", "no.json"], 5, "no.json: cannot be read (No such file or directory)"),
        (["--manifest", "m.jsonl"], 5, "m.jsonl: cannot be read (it is not JSON)"),
        (["--dedupe", "empty.json"], 5, "empty.json: not a report of duplicates"),
        (["--manifest", "empty.json"], 5, "empty.json: not a manifest"),
        (["--decisions", "m.jsonl"], 5, "m.jsonl: no decisions found"),
    ],
)
def test_errors_say_what_to_do(run, folder, arguments, code, message):
    (folder / "empty.json").write_text("{}", "utf-8")
    outcome = run("prisma", *arguments)
    assert (outcome.code, outcome.out) == (code, "")
    assert outcome.lines[0].startswith(f"abstool: {message}")


def test_a_row_that_names_no_work_costs_no_other(run, folder):
    url = RECORDS[1]["url"]
    (folder / "d.csv").write_text(f"url,decision\n,include\n{url},exclude\n", "utf-8")
    outcome = run("decisions", "d.csv", "--records", "m.jsonl")
    problem = "the row names no work; give its title, URL, DOI, key or number"
    assert outcome.code == 1
    assert outcome.lines[0] == f"abstool: d.csv, line 2: {problem}"
    assert [one.get("decision") for one in lines(outcome)] == [None, "excluded", None]


@pytest.mark.parametrize("name", ["key", "id", "ID"])
def test_a_key_alone_names_a_work(run, folder, name):
    exported = csv.DictReader(io.StringIO(run("cite", "m.jsonl", "-s", "asreview").out))
    keys = [row["key"] for row in exported]
    (folder / "d.csv").write_text(f"{name},decision\n{keys[2]},include\nnone,include\n", "utf-8")
    outcome = run("decisions", "d.csv", "--records", "m.jsonl")
    assert [one.get("decision") for one in lines(outcome)] == [None, None, "included"]
    assert outcome.lines[0].startswith("abstool: d.csv, line 3: warning: not joined")


LOG = (
    "article_id,user_id,user_email,created_at,key,value\n"
    "7,1,ana@example.org,2026-01-01 09:00:00 UTC,included,1\n"
)


@pytest.mark.usefixtures("rayyan")
def test_the_archive_that_rayyan_exports_is_read_without_its_log(run, folder):
    with zipfile.ZipFile(folder / "export.zip", "w") as archive:
        archive.write(folder / "rayyan.csv", "articles.csv")
        archive.writestr("customizations_log.csv", LOG)
    outcome = run("decisions", "export.zip", "--records", "m.jsonl")
    assert outcome.code == 0
    assert [one["decision"] for one in lines(outcome)] == ["included", "excluded", "conflict"]


def test_the_log_of_rayyan_alone_is_refused_by_name(run, folder):
    (folder / "customizations_log.csv").write_text(LOG, "utf-8")
    outcome = run("decisions", "customizations_log.csv", "--records", "m.jsonl")
    assert outcome.code == 1
    problem = "this is Rayyan's log, which does not name the works"
    next_step = "use articles.csv of the same export"
    assert outcome.lines[0] == f"abstool: customizations_log.csv: {problem}; {next_step}"
