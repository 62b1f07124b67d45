"""The ``cite`` command: all kinds of sources, and messages about them."""

import json

import pytest

from abstool.parser import parse

CSL_ITEM = (
    b'{"id": "x", "type": "article-journal", "title": "Imagined", "URL": "https://a.invalid/"}'
)


def cited(outcome):
    assert outcome.code == 0, outcome.err
    return [item["title"] for item in json.loads(outcome.out)]


def test_pages_records_and_items_are_cited_in_the_order_given(run, folder):
    (folder / "records.jsonl").write_text(run("parse", "other.txt", "page.txt").out)
    (folder / "items.json").write_bytes(b"[" + CSL_ITEM + b"]")
    titles = cited(run("cite", "-s", "json", "items.json", "page.txt", "records.jsonl"))
    assert [title.split()[-1 if title == "Imagined" else 2] for title in titles] == [
        "Imagined", "Sunlight", "Moonlight", "Sunlight",
    ]  # fmt: skip


def test_a_record_and_its_page_give_the_same_citation(run):
    arguments = ("cite", "-s", "bibtex", "--accessed", "2026-11-23")
    record = run("parse", "page.txt").out.encode()
    assert run(*arguments, stdin=record).out == run(*arguments, "page.txt").out != ""


def test_the_pages_own_citation_is_printed_by_default(run):
    outcome = run("cite", "page.txt", "--accessed", "2026-11-23")
    assert outcome.out == (
        "Example A, van der Muster B. Effects of Sunlight on Knees of Imagined Patients [abstract]."
        " Arthritis Rheumatol. 2025; 77 (suppl 9)."
        " https://acrabstracts.org/abstract/effects-of-sunlight-on-knees-of-imagined-patients/."
        " Accessed November 23, 2026.\n"
    )


def test_an_address_is_fetched_and_cited(run, folder, monkeypatch):
    page = (folder / "page.txt").read_bytes()

    def fetch(url, fetcher):
        return parse(page, url)

    monkeypatch.setattr("abstool.fetching.fetch", fetch)
    assert len(cited(run("cite", "-s", "json", "https://a.invalid/", "HTTP://b.invalid/"))) == 2


def test_the_date_of_access_may_be_given_even_ahead(run):
    outcome = run("cite", "-s", "json", "--accessed", "2999-12-31", stdin=CSL_ITEM)
    assert json.loads(outcome.out)[0]["accessed"] == {"date-parts": [[2999, 12, 31]]}


def test_unknown_keys_of_a_record_survive(run):
    record = json.loads(run("parse", "page.txt").out) | {"tags": ["knee"]}
    assert "tags" in run("cite", "-s", "json", stdin=json.dumps(record).encode()).out


def test_each_warning_of_a_record_is_a_note_unless_quiet(run):
    record = b'{"title": "T", "warnings": ["the split is a guess", "odd\\u001b[2J"]}'
    outcome = run("cite", "-s", "json", stdin=record)
    assert outcome.code == 0
    assert outcome.lines == [
        "abstool: standard input, record 1: warning: the split is a guess",
        "abstool: standard input, record 1: warning: odd [2J",
    ]
    quiet = run("cite", "-s", "json", "--quiet", stdin=record)
    assert (quiet.out, quiet.err) == (outcome.out, "")


def test_quiet_does_not_silence_errors(run):
    assert run("cite", "-q", "-s", "json", "letter.txt").err != ""


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        (b'{"name": "no title"}', "neither an abstool record nor a CSL-JSON item"),
        (b'{"schema": "abstool/1"}', "no abstool record: Object missing required field `title`"),
        (b'{"schema": "abstool/9", "title": "T"}', "its schema is 'abstool/9', not 'abstool/1'"),
        (b'{"title": ["T"]}', "no abstool record: Expected `str`, got `array` - at `$.title`"),
        (b'{"type": "poem", "title": "T"}', "unknown CSL-JSON type 'poem'"),
    ],
)
def test_what_is_no_record_is_named_by_its_place_and_costs_no_other(run, record, problem):
    outcome = run("cite", "-s", "json", stdin=record)
    assert outcome.code == 5
    assert outcome.err.startswith(f"abstool: standard input, record 1: {problem}")
    outcome = run("cite", "-s", "json", stdin=CSL_ITEM + record + CSL_ITEM)
    assert outcome.code == 1
    assert outcome.err.startswith(f"abstool: standard input, record 2: {problem}")
    assert len(json.loads(outcome.out)) == 2


def test_a_record_that_a_style_cannot_render_costs_no_other(run, monkeypatch):
    from abstool.formats import csljson

    render = csljson.render

    def fragile(item):
        if item["title"] == "Break":
            raise ZeroDivisionError
        return render(item)

    monkeypatch.setattr(csljson, "render", fragile)
    broken = CSL_ITEM.replace(b"Imagined", b"Break")
    outcome = run("cite", "-s", "json", stdin=CSL_ITEM + broken)
    assert outcome.code == 1
    assert outcome.err.startswith("abstool: standard input, record 2: internal error: ZeroDiv")
    assert len(json.loads(outcome.out)) == 1
    assert run("cite", "-s", "json", stdin=broken).code == 70


def test_an_unknown_style_is_reported_before_anything_is_read(start):
    process = start("cite", "--style", "nosuch")  # and nobody writes to its standard input
    assert process.wait(timeout=60) == 2


def test_styles_are_lines_of_tab_separated_fields(run):
    rows = [line.split("\t") for line in run("styles", "vancouver").out.splitlines()]
    assert ["vancouver", "CSL style"] in [row[:2] for row in rows] or [
        "vancouver", "alias",
    ] in [row[:2] for row in rows]  # fmt: skip
    assert all(2 <= len(row) <= 3 and all(row) for row in rows)
    assert len(run("styles").out.splitlines()) > 1000
