"""``abstool show``: all that a record says, in lines that fit, and nothing a page could smuggle."""

import json
import os
import pty
import re
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from abstool.cli.records.display import render
from abstool.record import Abstract

RECORD = {
    "schema": "abstool/1",
    "url": "https://acrabstracts.org/abstract/sunlight-on-knees/",
    "site": "acrabstracts.org",
    "number": "0848",
    "title": "Sunlight on Knees",
    "authors": [
        {"name": "Ada Example", "family": "Example", "given": "Ada", "affiliations": ["1", "12"]},
        {"name": "Björn Muster", "family": "Muster", "given": "Björn", "affiliations": ["b"]},
        {"literal": "the Knee Group"},
    ],
    "affiliations": [
        {"label": "1", "name": "Example University"},
        {"label": "12", "name": "Sample Hospital"},
        {"label": "b", "name": "Muster-Klinik"},
    ],
    "meeting": "ACR Convergence 2025",
    "first_published": "2025-09-18",
    "keywords": ["knee", "light, solar"],
    "session": {
        "title": "Invented Poster I",
        "abstract_range": ["0830", "0860"],
        "type": "Poster Session B",
        "date": "2025-10-27",
        "start": "2025-10-27T10:30",
        "end": "2025-10-27T12:30",
    },
    "sections": [
        {"text": "A word ahead."},
        {"label": "Methods", "text": "First paragraph.\n\nSecond paragraph."},
    ],
    "tables": [
        {
            "section": "Methods",
            "caption": "Table 1. Light",
            "header": ["Group", "Lux"],
            "rows": [["Sunny", "10"], ["Shady", ""]],
        },
        {"section": "Results", "rows": [["Lone", "cell"]]},
    ],
    "figures": [
        {"section": "Methods", "caption": "Figure 1. Sun", "alt": "a sun", "url": "https://i.x/s"}
    ],
    "trials": [{"registry": "ISRCTN", "id": "ISRCTN123"}],
    "disclosures": [
        {
            "name": "A. Example",
            "text": "Lamp Ltd, 2, 12, lends lamps, Bulb Inc, 3",
            "interests": [
                {"entity": "Lamp Ltd", "codes": [2, 12], "note": "lends lamps"},
                {"entity": "Bulb Inc", "codes": [3]},
            ],
        },
        {"name": "B. Muster", "text": "None", "interests": []},
        {"text": "The group was paid in kind."},
    ],
    "publication": {"abbreviation": "Arthritis Rheumatol", "year": 2025, "volume": "77"},
    "warnings": ["One thing is odd."],
    "accessed": "2026-11-23",
}

SHOWN = """\
Sunlight on Knees

Abstract 0848 · ACR Convergence 2025

Ada Example¹,¹², Björn Muster[b], the Knee Group

¹    Example University
¹²   Sample Hospital
[b]  Muster-Klinik

Session    Invented Poster I
           Poster Session B · abstracts 0830–0860
           Monday, October 27, 2025, 10:30–12:30
Published  Thursday, September 18, 2025
Keywords   knee; light, solar
Trials     ISRCTN ISRCTN123

  A word ahead.

Methods
  First paragraph.

  Second paragraph.

  Table 1. Light
  Group  Lux
 ────────────
  Sunny  10
  Shady

  Figure 1. Sun
  a sun
  https://i.x/s

Results
  Table
  Lone  cell

Disclosures
  A. Example: Lamp Ltd (2, 12: lends lamps); Bulb Inc (3)
  The group was paid in kind.
  None: B. Muster

Warnings
  - One thing is odd.

Citation
  Example A, Muster B, the Knee Group. Sunlight on Knees [abstract]. Arthritis
  Rheumatol. 2025; 77. https://acrabstracts.org/abstract/sunlight-on-knees/.
  Accessed November 23, 2026.
"""

HOSTILE = (
    "[bold red]x[/] [link=https://evil.invalid]y[/link] :smile: \x1b[31mred\x1b]0;owned\x07 \x9b2J"
    " \u202egnp.exe\u2066 a\rb\bc\x00 \ud800 \u200fd\u00ade"
)
HARMLESS = (
    "[bold red]x[/] [link=https://evil.invalid]y[/link] :smile: [31mred ]0;owned 2J"
    " gnp.exe a b c de"
)


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch):
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)


def shown(run, record, *arguments):
    data = record if isinstance(record, bytes) else json.dumps(record).encode()
    outcome = run("show", *arguments, stdin=data)
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out


def words(text):
    return " ".join(text.split())


def widest(text):
    return max(map(cell_len, text.splitlines()))


def everywhere(text):
    """A record that holds a text in all fields that take one."""

    def replaced(value, key=""):
        if isinstance(value, dict):
            return {name: replaced(part, name) for name, part in value.items()}
        if isinstance(value, list):
            return [replaced(part, key) for part in value]
        kept = {"schema", "date", "start", "end", "first_published", "accessed"}
        return text if isinstance(value, str) and key not in kept else value

    return replaced(RECORD)


def test_all_that_a_record_says_is_shown_in_its_place(run):
    lines = [line.rstrip() for line in shown(run, RECORD).splitlines()]
    table = lines.index("  Table 1. Light")
    assert re.fullmatch(r" *[─ ]+", lines[table + 2])  # how rich draws it is rich's business
    lines[table + 2] = " ────────────"
    assert "\n".join(lines) + "\n" == SHOWN


def test_what_is_absent_leaves_no_trace(run):
    out = shown(run, {"title": "T", "url": "https://a.invalid/", "accessed": "2026-11-23"})
    assert out == (
        "T\n\nCitation\n  T [abstract]. https://a.invalid/. Accessed November 23, 2026.\n"
    )


def test_pages_records_and_standard_input_are_shown_alike(run, folder):
    record = run("parse", "page.txt").out
    (folder / "record.json").write_text(record, "utf-8")
    page = run("show", "page.txt").out
    assert "Effects of Sunlight on Knees" in page
    assert page == run("show", "record.json").out == shown(run, record.encode())


def test_several_records_are_separated_by_a_rule(run):
    one, other = ({"title": title} for title in ("One", "Other"))
    parts = shown(run, [one, other], "--width", "40").split(f"\n{'─' * 40}\n\n")
    assert parts == [shown(run, one), shown(run, other)]


def test_a_csl_json_item_is_refused_by_name_and_costs_no_other(run):
    item = {"type": "article-journal", "title": "Imagined"}
    outcome = run("show", stdin=json.dumps([item, RECORD]).encode())
    assert outcome.code == 1
    (line,) = outcome.lines
    assert line == (
        "abstool: standard input, record 1: this is a reference, not a record;"
        " use 'abstool cite' for references"
    )
    assert outcome.out.startswith("Sunlight on Knees\n")
    assert run("show", stdin=json.dumps(item).encode()).code == 5


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ("show letter.txt", 4, "letter.txt: no abstract found"),
        ("show image.jpg", 5, "image.jpg: this is a JPEG image"),
        ("show number.json", 5, "number.json, record 1: expected a record but found a number"),
        ("show", 5, "standard input: the input is empty"),
        ("show page.txt letter.txt", 1, "letter.txt: no abstract found"),
        ("show --width 19 page.txt", 2, "--width: '19' is not a whole number from 20 to 1000"),
        ("show - -", 2, "-: standard input can be read only once"),
    ],
)
def test_errors_are_those_of_all_commands(run, arguments, code, message):
    outcome = run(*arguments.split())
    assert outcome.code == code
    (line,) = outcome.lines
    assert line.startswith(f"abstool: {message}")


def test_a_record_without_a_title_is_no_record(run):
    outcome = run("show", stdin=b'{"name": "no title"}')
    assert outcome.code == 5
    assert "not an abstool record: Object missing required field `title`" in outcome.err


# --- width and colour -------------------------------------------------------------------------


@pytest.mark.parametrize("width", [20, 33, 80, 100, 250])
def test_no_line_is_longer_than_the_width_asked_for(run, width):
    record = everywhere("a somewhat longer text of wide 表示幅 and ordinary words " * 5)
    out = shown(run, record, "--width", str(width))
    assert width - 15 < widest(out) <= width


def test_a_pipe_has_80_columns_and_no_escape_sequences(run):
    out = shown(run, everywhere("many words " * 50))
    assert 70 < widest(out) <= 80
    assert "\x1b" not in out


def test_columns_is_the_width_up_to_what_is_readable(run, monkeypatch):
    record = everywhere("many words " * 50)
    monkeypatch.setenv("COLUMNS", "40")
    assert 30 < widest(shown(run, record)) <= 40
    monkeypatch.setenv("COLUMNS", "500")
    assert 90 < widest(shown(run, record)) <= 100


def test_force_color_adds_escape_sequences_around_the_same_text(run, monkeypatch):
    plain = shown(run, RECORD)
    monkeypatch.setenv("FORCE_COLOR", "1")
    styled = shown(run, RECORD)
    assert "\x1b[1mSunlight on Knees\x1b[0m" in styled
    assert words(re.sub(r"\x1b\[[\d;]*m", "", styled)) == words(plain)


def test_no_color_wins(run, monkeypatch):
    plain = shown(run, RECORD)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    assert shown(run, RECORD) == plain


@pytest.mark.parametrize(
    ("env", "styled"),
    [({"TERM": "xterm"}, True), ({"TERM": "dumb"}, False), ({"NO_COLOR": "1"}, False)],
)
def test_a_terminal_shows_colours_where_it_may(folder, env, styled):
    (folder / "record.json").write_text(json.dumps(RECORD), "utf-8")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "abstool", "show", "record.json"],
        stdout=theirs,
        env=os.environ | {"COLUMNS": "60"} | env,
    )
    os.close(theirs)
    out = b""
    try:
        while chunk := os.read(ours, 65536):
            out += chunk
    except OSError:  # how Linux says that nobody writes any more
        pass
    os.close(ours)
    assert process.wait(timeout=120) == 0
    assert "Sunlight on Knees" in out.decode()
    assert ("\x1b[" in out.decode()) == styled


def test_a_file_is_plain(run, folder):
    assert shown(run, RECORD, "--output", "shown.txt") == ""
    assert (folder / "shown.txt").read_text("utf-8") == shown(run, RECORD)


# --- hostile records --------------------------------------------------------------------------


def test_markup_and_escapes_of_a_page_are_shown_as_harmless_text_everywhere(run):
    out = shown(run, everywhere(HOSTILE), "--width", "1000")
    assert not [c for c in out if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs")]
    own, _, _ = out.partition("\nCitation\n")  # which may put its own marks between
    assert words(own).count(HARMLESS) == own.count("gnp") > 40


def test_no_escape_sequence_of_a_page_hides_among_our_own(run, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    out = shown(run, everywhere(HOSTILE))
    assert set(re.findall(r"\x1b.{0,5}?m", out)) <= {"\x1b[0m", "\x1b[1m", "\x1b[36m", "\x1b[1;33m"}
    assert out.count("\x1b") == len(re.findall(r"\x1b\[[\d;]*m", out))


@pytest.mark.parametrize(
    "text",
    ["表" * 200, "e\u0301" * 200, "سلام دنیا " * 40, "αβγδ" * 99, "👩\u200d⚕️" * 99, "x" * 9999],
    ids=["wide", "combining", "right-to-left", "Greek", "emoji", "one word"],
)
def test_no_script_breaks_the_layout_or_loses_a_character(run, text):
    out = shown(run, {"title": text, "sections": [{"label": text, "text": text}]})
    assert widest(out) <= 80
    start, _, _ = out.partition("\nCitation")
    assert "".join(start.split()) == "".join((text * 3).split())


TABLES = {
    "ragged": {"header": ["a"], "rows": [["1", "2", "3"], [], ["4"]]},
    "no cells": {"rows": [[]]},
    "empty cells": {"header": ["", ""], "rows": [["", ""], ["", "x"]]},
    "1000 columns": {"header": list("h" * 1000), "rows": [[str(n) for n in range(1000)]] * 3},
    "1000 columns, no header": {"rows": [[str(n) for n in range(1000)]] * 3},
    "1000 rows": {"rows": [["c"] * 3] * 1000},
    "long words": {"header": ["h" * 300] * 4, "rows": [["w" * 300] * 4]},
    "hostile": {"header": [HOSTILE] * 2, "rows": [[HOSTILE] * 2]},
}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("width", [20, 80])
def test_no_table_breaks_the_layout_or_loses_a_cell(run, name, width):
    table = TABLES[name]
    out = shown(run, {"title": "T", "tables": [table]}, "--width", str(width))
    assert widest(out) <= width
    assert "\x1b" not in out
    if name != "hostile":
        cells = "".join(cell for row in (table.get("header", []), *table["rows"]) for cell in row)
        assert not [c for c in set(cells) if out.count(c) < cells.count(c)]


def test_a_table_of_too_many_columns_is_shown_row_by_row(run):
    header = [f"column {number}" for number in range(20)]
    rows = [[f"{row}.{number}" for number in range(20)] for row in range(2)]
    out = shown(run, {"title": "T", "tables": [{"header": header, "rows": rows}]})
    assert "  column 0: 0.0\n  column 1: 0.1\n" in out
    assert "  column 19: 0.19\n\n  column 0: 1.0\n" in out


def test_a_day_that_is_none_and_a_session_over_midnight_are_shown_as_they_are(run):
    late = {"date": "2025-02-30", "start": "2025-02-30T23:00", "end": "2025-03-01T01:00"}
    assert "2025-02-30, 23:00–2025-03-01 01:00" in shown(run, {"title": "T", "session": late})


any_text = st.text(st.characters(), min_size=1, max_size=40)


@settings(max_examples=60, deadline=None)
@given(any_text, st.integers(20, 120), st.booleans())
def test_any_text_is_rendered_within_the_width_and_without_controls(text, width, styled):
    record = Abstract.from_dict(everywhere(text))
    out = render(record, text, width=width, styled=styled)
    out = re.sub(r"\x1b\[[\d;]*m", "", out) if styled else out
    assert widest(out) <= width
    assert not [c for c in out if c != "\n" and unicodedata.category(c) in ("Cc", "Cs")]


def test_showing_needs_no_parser_of_pages_and_no_network_code():
    script = (
        "import sys; from abstool.cli import main; code = main(['show']);"
        "print(code, *sys.modules, file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], input=b'{"title": "T"}', capture_output=True, check=True
    )
    code, *modules = result.stderr.decode().split()
    assert code == "0"
    assert not {"bs4", "requests", "pydantic"} & set(modules)
