"""The file of a library: what is new, changed and the same, and what is refused."""

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from abstool.errors import AbstoolError, OutputError, UnreadableInput, UsageError
from abstool.library import create, files, reading, schema
from abstool.library.filters import Filters
from abstool.library.rows import searched
from abstool.record import Abstract
from abstool.searching import Search, SearchQuery
from abstool.text import fold


def record(title="Tea", number="1", url="https://example.org/abstract/tea/", **more):
    data = {"title": title, "number": number, "url": url, "meeting": "Tea 2025"} | more
    return Abstract.from_dict({key: value for key, value in data.items() if value})


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "library.sqlite"


def added(path, *records):
    with create(path) as library:
        return str(library.add(records))


def count(path, typed, *, exact=False):
    with reading(path) as library:
        search = Search(library, Filters(), is_exact=exact)
        return search.run(SearchQuery.read(typed, is_exact=exact)).count


def records(path):
    with reading(path) as library:
        return [json.loads(library.record(one)) for one in library.positions(Filters())]


@pytest.mark.parametrize(
    ("old", "new", "outcome"),
    [
        ({}, {}, "0 new, 0 changed, 1 the same"),
        ({}, {"accessed": "2026-01-02", "warnings": ["odd"]}, "0 new, 0 changed, 1 the same"),
        ({}, {"url": "http://www.example.org/abstract/tea"}, "0 new, 1 changed, 0 the same"),
        ({}, {"title": "Coffee"}, "0 new, 1 changed, 0 the same"),
        ({}, {"number": "2"}, "0 new, 1 changed, 0 the same"),
        ({}, {"title": "Coffee", "number": "2"}, "0 new, 1 changed, 0 the same"),
        (
            {},
            {"url": "https://example.org/abstract/coffee/", "title": "X"},
            "1 new, 0 changed, 0 the same",
        ),
        ({}, {"url": ""}, "0 new, 1 changed, 0 the same"),
        ({"url": ""}, {}, "0 new, 1 changed, 0 the same"),
        (
            {"url": ""},
            {"url": "", "number": "01", "title": "Coffee"},
            "0 new, 1 changed, 0 the same",
        ),
        ({"url": ""}, {"url": "", "meeting": "Tea 2024"}, "1 new, 0 changed, 0 the same"),
        ({"url": "", "number": ""}, {"url": "", "number": ""}, "0 new, 0 changed, 1 the same"),
        (
            {"url": "", "number": ""},
            {"url": "", "number": "", "title": "X"},
            "1 new, 0 changed, 0 the same",
        ),
    ],
)
def test_a_record_is_matched_by_address_or_else_by_meeting_and_number(path, old, new, outcome):
    added(path, record(**old))
    assert added(path, record(**new)) == outcome


def test_different_abstracts_of_one_run_with_one_address_are_all_kept(path):
    one, other = record(), record(title="Coffee", number="2")
    assert added(path, one, other, one) == "2 new, 0 changed, 1 the same"
    assert added(path, one, other) == "0 new, 0 changed, 2 the same"
    assert sorted(one["title"] for one in records(path)) == ["Coffee", "Tea"]


def test_without_a_number_the_first_author_tells_abstracts_of_one_address_apart(path):
    one, other = (record(number="", authors=[{"name": f"{name} Roe"}]) for name in ("Ann", "Bob"))
    assert added(path, one, other, one) == "2 new, 0 changed, 1 the same"
    assert added(path, other, one) == "0 new, 0 changed, 2 the same"


@pytest.mark.parametrize("url", ["https://example.org/abstract/withdrawn/", ""])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"sections": [{"text": "Milk."}]}, {"sections": [{"text": "Sugar."}]}),
        ({"sections": [{"text": "Milk."}]}, {}),
        ({"session": {"title": "Monday"}}, {"session": {"title": "Tuesday"}}),
        ({"doi": "10.1000/1"}, {"doi": "10.1000/2"}),
    ],
)
def test_with_neither_number_nor_authors_the_content_tells_abstracts_apart(path, url, one, other):
    pair = [record("Withdrawn", number="", url=url, **more) for more in (one, other)]
    assert added(path, *pair, pair[0]) == "2 new, 0 changed, 1 the same"
    assert added(path, *reversed(pair)) == "0 new, 0 changed, 2 the same"
    newer = record("Withdrawn", number="", url=url, sections=[{"text": "Lemon."}])
    assert added(path, pair[1], newer) == "0 new, 1 changed, 1 the same"
    assert {*map(str, records(path))} == {str(each.to_dict()) for each in (pair[1], newer)}


def test_a_changed_record_keeps_its_former_version_and_is_found_by_its_new_words(path):
    added(path, record(keywords=["Łódź"], trials=[{"registry": "R", "id": "NCT01234567"}]))
    assert added(path, record(keywords=["Coffee"])) == "0 new, 1 changed, 0 the same"
    assert [count(path, typed) for typed in ("lodz", "lodz*", "coffee", "coffe*")] == [0, 0, 1, 1]
    with reading(path) as library:
        (position,) = library.positions(Filters())
        (former,) = library.former_versions(position)
        assert json.loads(former)["keywords"] == ["Łódź"]
        assert (library.count(), library.former()) == (1, 1)
        assert library.positions(Filters(trial=("NCT01234567",))) == []


def test_a_record_comes_out_as_it_went_in(path):
    strange = record(title="\x9b31m T\ud800\u202e <i>x</i>", extra_key={"a": [1]})
    added(path, strange)
    assert records(path) == [json.loads(strange.to_json())]


def test_removed_abstracts_are_no_longer_found(path):
    added(path, record(), record(title="Coffee", url="https://example.org/abstract/coffee/"))
    with create(path) as library:
        assert library.remove(library.positions(Filters(url=("example.org/abstract/tea",)))) == 1
    assert (count(path, "tea"), count(path, "te*"), count(path, "coffee")) == (0, 0, 1)


def test_sqlite_and_datasette_can_search_the_file_as_it_is(path):
    added(path, record(title="Sjögren's tea"))
    with sqlite3.connect(path) as database:
        found = database.execute(
            "SELECT title FROM abstracts WHERE id IN"
            " (SELECT rowid FROM abstracts_fts WHERE abstracts_fts MATCH 'sjogren')"
        ).fetchall()
        sql = (
            "SELECT name FROM sqlite_master WHERE sql LIKE '%VIRTUAL TABLE%content=\"abstracts\"%'"
        )
        assert found == [("Sjögren's tea",)]
        assert database.execute(sql).fetchall() == [("abstracts_fts",)]
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    database.close()


def foreign(path):
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE pages (id)")
    database.close()


def newer(path):
    added(path, record())
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (foreign, "an SQLite file, but not a library of abstool"),
        (lambda path: path.write_text("Dear reader, " * 100, "utf-8"), "not an SQLite file"),
        (newer, "a library of version 99; this abstool knows 1; use a newer version"),
        (lambda path: path.mkdir(), "not a file"),
    ],
)
def test_other_files_are_refused_and_not_changed(tmp_path, make, message):
    path = tmp_path / "x.sqlite"
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    for use in (create, reading):
        with pytest.raises(UsageError, match=message), use(path) as library:
            library.count()
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_file_of_an_older_version_is_brought_up_to_date(path, monkeypatch):
    added(path, record())
    step = "ALTER TABLE versions ADD COLUMN reason TEXT NOT NULL DEFAULT '';\nSELECT 1;\n"
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, step))
    with reading(path) as library:
        assert (library.version(), library.count()) == (2, 1)
        assert library.database.execute("SELECT count(reason) FROM versions").fetchone() == (0,)


def test_a_step_that_fails_leaves_the_file_as_it_was(path, monkeypatch):
    added(path, record())
    step = "ALTER TABLE versions ADD COLUMN reason TEXT;\nALTER TABLE nosuch ADD COLUMN x;\n"
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, step))
        with pytest.raises(UnreadableInput), reading(path):
            pass
    with reading(path) as library:
        assert (library.version(), library.count()) == (1, 1)


def test_a_second_writer_waits_and_then_says_so(path, monkeypatch):
    monkeypatch.setattr(files, "_PATIENCE", 0.0)
    with create(path) as library:
        library.add([record()])
        library.database.execute("BEGIN IMMEDIATE")
        assert count(path, "tea") == 1  # readers do not wait
        with pytest.raises(OutputError, match="another program is writing to it"):
            added(path, record(title="Coffee"))
        library.database.execute("COMMIT")
    assert added(path, record(title="Coffee")) == "0 new, 1 changed, 0 the same"


def test_an_sqlite_without_full_text_search_is_named(path, monkeypatch):
    statements = {name: sql.replace("fts5(", "fts5x(") for name, sql in schema.INDEXES.items()}
    monkeypatch.setattr(schema, "MIGRATIONS", (schema.TABLES + "".join(statements.values()),))
    with pytest.raises(UsageError, match=r"^SQLite .*: built without full-text search \(FTS5\)"):
        added(path, record())


def test_what_is_no_file_is_no_library(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path, tmp_path / "pipe", Path(os.devnull)):
        for opened in (create, reading):
            with (
                pytest.raises(UsageError, match=r": not a file; choose another one$"),
                opened(place),
            ):
                pass


KILLED = """
import os, sys
from pathlib import Path
from abstool.library import create, writing
from abstool.record import Abstract
writing._AT_ONCE = 10
calls = 0
index = writing.Writer._index_waiting
def dying(self):
    global calls
    calls += 1
    index(self)
    if calls == 3:
        os._exit(9)
writing.Writer._index_waiting = dying
with create(Path(sys.argv[1])) as library:
    library.add(
        Abstract(title=f"Tea {n}", url=f"https://example.org/abstract/{n}/") for n in range(40)
    )
"""


def test_a_library_is_sound_after_a_kill_and_complete_after_another_run(path):
    assert subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False).returncode == 9
    assert count(path, "tea") == len(records(path)) == 20
    all_records = [
        record(title=f"Tea {n}", number="", url=f"https://example.org/abstract/{n}/", meeting="")
        for n in range(40)
    ]
    assert added(path, *all_records) == "20 new, 0 changed, 20 the same"
    assert count(path, "tea") == count(path, "te*") == 40


def test_a_record_that_changes_within_a_run_is_found_by_its_last_form_only(path):
    forms = (record(title="T", sections=[{"text": text}]) for text in ("Tea", "Coffee", "Cocoa"))
    assert added(path, *forms) == "1 new, 2 changed, 0 the same"
    assert [count(path, word) for word in ("tea", "coffee", "cocoa")] == [0, 0, 1]


@pytest.mark.parametrize(
    "sign", ["Ǣ æ", "æ Ǣ", "𝚨Α", "Łoś ßµ ﬁ ½ ² ± – ≥ 中 한 é", "e\u0301", "ᴭÆ ﾊﾟ"]
)
def test_the_text_of_an_index_is_folded_letter_by_letter(sign):
    letters = [fold(one) if one.isalnum() and not one.isascii() else one for one in sign]
    assert searched(sign, "", "", "")[0] == "".join(letters)


def test_a_damaged_library_is_one_line(path):
    added(path, *(record(title=f"T{n}", url=f"https://example.org/{n}") for n in range(200)))
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(UnreadableInput, match="damaged"):
        count(path, "t1")


@pytest.mark.parametrize("value", [b"\xff\x00", "words", 1e300])
def test_what_another_program_puts_into_a_column_is_no_internal_error(path, tmp_path, value):
    added(path, record())
    with contextlib.closing(sqlite3.connect(path)) as database:
        columns = [one[1] for one in database.execute("PRAGMA table_info(abstracts)")]
    for column in set(columns) - {"id"}:
        copy = tmp_path / f"{column}.sqlite"
        shutil.copy(path, copy)
        with contextlib.closing(sqlite3.connect(copy)) as database, database:
            database.execute(f"UPDATE abstracts SET {column} = ?", (value,))
        with contextlib.suppress(AbstoolError):
            added(copy, record(sections=[{"text": "New."}]), record(title="Milk"))
        with contextlib.suppress(AbstoolError):
            records(copy)
