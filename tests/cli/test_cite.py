"""The ``cite`` command: all kinds of sources, and messages about them."""

import json
from pathlib import Path
from pkgutil import resolve_name

import pytest

from abstool.errors import ExitCode
from abstool.parser import parse
from abstool.styles.catalog import find

CSL_ITEM = (
    b'{"id": "x", "type": "article-journal", "title": "Imagined", "URL": "https://a.invalid/"}'
)
OTHER_ITEM = CSL_ITEM.replace(b"Imagined", b"Other")


def cited(outcome):
    assert outcome.code == 0, outcome.err
    return [item["title"] for item in json.loads(outcome.out)]


def test_pages_records_and_items_are_cited_in_the_order_given(run, folder):
    (folder / "records.jsonl").write_text(run("parse", "other.txt", "page.txt").out, "utf-8")
    (folder / "items.json").write_bytes(b"[" + CSL_ITEM + b"]")
    titles = cited(run("cite", "-s", "json", "items.json", "page.txt", "records.jsonl"))
    assert [title.split()[-1 if title == "Imagined" else 2] for title in titles] == [
        "Imagined",
        "Sunlight",
        "Moonlight",
    ]  # fmt: skip - the record of page.txt is given twice


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

    def fetch(url, *_):
        name = "page.txt" if "a.invalid" in url else "other.txt"
        return parse((folder / name).read_bytes(), url)

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
        (b'{"schema": "abstool/1"}', "not an abstool record: Object missing required field"),
        (b'{"schema": "abstool/9", "title": "T"}', "its schema is 'abstool/9', not 'abstool/1'"),
        (b'{"title": ["T"]}', "not an abstool record: Expected `str`, got `array` - at `$.title`"),
        (b'{"type": "poem", "title": "T"}', "unknown CSL-JSON type 'poem'"),
    ],
)
def test_what_is_no_record_is_named_by_its_place_and_costs_no_other(run, record, problem):
    outcome = run("cite", "-s", "json", stdin=record)
    assert outcome.code == 5
    assert outcome.err.startswith(f"abstool: standard input, record 1: {problem}")
    outcome = run("cite", "-s", "json", stdin=CSL_ITEM + record + OTHER_ITEM)
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


def like_csl_item(id_, title, **changed):
    url = f"https://{id_}.invalid/"
    item = json.loads(CSL_ITEM) | {"id": id_, "title": title, "URL": url} | changed
    return json.dumps(item).encode()


ONE, BROKEN, TWO = (like_csl_item(title.lower(), title) for title in ("One", "Break", "Two"))


@pytest.mark.parametrize(
    ("options", "home", "name"),
    [
        ("-s bibtex", "abstool.formats.bibtex", "render"),
        ("-s biblatex", "abstool.formats.biblatex", "key"),
        ("-s ris --key {word}", "abstool.citing.targets", "key_of"),
        ("-s csv", "abstool.formats.csv", "render"),
        ("-s xlsx", "abstool.formats.xlsx", "row"),
        ("-s parquet", "abstool.formats.parquet", "row"),
        ("-s apa --sort style --to html", "abstool.csl.text.output", "ENTRY"),
    ],
)
def test_a_bug_costs_only_its_record_wherever_it_is(run, monkeypatch, options, home, name):
    if name == "row":
        pytest.importorskip("pyarrow")

    def fragile(function):
        def call(argument, *others):
            if "Break" in str(argument):
                raise ZeroDivisionError
            return function(argument, *others)

        return call

    arguments = ("cite", "--accessed", "2026-01-05", *options.split())
    expected = run(*arguments, "-o", "expected", stdin=ONE + TWO)
    assert expected.code == 0
    owner = resolve_name(home)
    if name == "ENTRY":
        monkeypatch.setitem(owner.ENTRY, "html", fragile(owner.ENTRY["html"]))
    else:
        monkeypatch.setattr(owner, name, fragile(getattr(owner, name)))
    outcome = run(*arguments, "-o", "out", stdin=ONE + BROKEN + TWO)
    assert outcome.code == ExitCode.SOME_FAILED
    (line,) = outcome.lines
    assert line.startswith("abstool: standard input, record 2: internal error: ZeroDivisionError")
    assert name == "row" or Path("out").read_bytes() == Path("expected").read_bytes()


@pytest.mark.parametrize("options", ["--number", "--number --sort style --to rtf"])
def test_a_record_that_a_style_prints_nothing_for_leaves_no_gap(run, folder, options):
    (folder / "mine.csl").write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info/>'
        '<citation><layout><text variable="title"/></layout></citation><bibliography>'
        '<sort><key variable="title"/></sort><layout><choose><if type="article-journal">'
        '<text variable="citation-number"/><text variable="title" prefix=" "/></if></choose>'
        "</layout></bibliography></style>",
        "utf-8",
    )
    arguments = ("cite", "-s", "mine.csl", *options.split(), "-o")
    book = like_csl_item("book", "", type="book")
    outcome = run(*arguments, "out", stdin=ONE + book + TWO)
    assert outcome.code == ExitCode.SOME_FAILED
    assert "style 'mine': prints nothing for 'an item'" in outcome.err
    run(*arguments, "expected", stdin=ONE + TWO)
    assert Path("out").read_bytes() == Path("expected").read_bytes()


def test_a_year_that_is_no_year_is_left_out(run):
    parquet = pytest.importorskip("pyarrow.parquet")
    huge = like_csl_item("huge", "Huge", issued={"date-parts": [[99999999999]]})
    assert run("cite", "-s", "parquet", "-o", "out", stdin=ONE + huge + TWO).code == 0
    assert parquet.read_table("out")["year"][1].as_py() is None


def test_a_style_is_looked_up_once(run, monkeypatch):
    names = []

    def counted(name):
        names.append(name)
        return find(name)

    monkeypatch.setattr("abstool.citing.targets.find", counted)
    assert run("cite", "-s", "apa", stdin=ONE).code == 0
    assert names == ["apa"]


def test_an_unknown_style_is_reported_before_anything_is_read(start):
    process = start("cite", "--style", "nosuch")  # and nobody writes to its standard input
    assert process.wait(timeout=120) == 2


def test_styles_are_lines_of_tab_separated_fields(run):
    rows = [line.split("\t") for line in run("styles", "vancouver").out.splitlines()]
    assert ["vancouver", "CSL style"] in [row[:2] for row in rows] or [
        "vancouver", "alias",
    ] in [row[:2] for row in rows]  # fmt: skip
    assert all(2 <= len(row) <= 3 and all(row) for row in rows)
    assert len(run("styles").out.splitlines()) > 1000


@pytest.mark.parametrize("style", ["xlsx", "parquet"])
def test_a_record_that_fails_uses_up_no_key_of_a_binary_file(run, monkeypatch, style):
    module = pytest.importorskip(f"abstool.formats.{style}")
    pytest.importorskip("openpyxl" if style == "xlsx" else "pyarrow")
    row, written = module.row, []

    def fragile(item):
        if item["title"] == "Break":
            raise ZeroDivisionError
        return row(item)

    monkeypatch.setattr(module, "row", fragile)
    monkeypatch.setattr(module, "write", lambda rows: written.extend(rows) or b"x")
    items = [like_csl_item("same", title) for title in ("Break", "One", "Two")]
    outcome = run("cite", "-s", style, "-o", "out.bin", stdin=b"\n".join(items))
    assert (outcome.code, len(outcome.lines)) == (1, 1)
    ids = [next(iter(cells.values() if isinstance(cells, dict) else cells)) for cells in written]
    assert ids == ["same", "samea"]
