"""The cache of pages: what it keeps, and that it never makes a command fail."""

import multiprocessing
import random
import sqlite3
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from abstool.matching.index_files import IndexFiles, Kept
from abstool.web.cache import FILE, PageCache
from abstool.web.fetcher import Retrieved

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ADDRESS = "https://acrabstracts.org/abstract/x/"
PAGE = Retrieved(ADDRESS, b"<p>page", "utf-8", NOON, '"tag"', "Mon, 23 Nov 2026 12:00:00 GMT")


@pytest.fixture
def notes():
    return []


@pytest.fixture
def opened(tmp_path, notes):
    """Open the cache, again and again."""
    made = []

    def opened(folder=tmp_path):
        made.append(PageCache(folder, notes.append))
        return made[-1]

    yield opened
    for cache in made:
        cache.close()


def test_a_page_is_kept_whole_for_the_next_run(opened, notes):
    opened().store(ADDRESS, PAGE)
    cache = opened()
    assert cache.find(ADDRESS) == PAGE
    assert cache.time(ADDRESS) == NOON
    assert cache.find("https://acrabstracts.org/") is cache.time("x") is None
    assert notes == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(body=st.binary(max_size=2000), url=st.text(st.characters(codec="utf-8")))
def test_any_page_comes_back_unchanged(opened, body, url):
    page = Retrieved(ADDRESS, body, "", NOON)
    cache = opened()
    cache.store(url, page)
    assert cache.find(url) == page
    cache.close()


def test_a_newer_copy_takes_the_place_of_an_older_one(opened):
    cache = opened()
    cache.store(ADDRESS, PAGE)
    newer = Retrieved(ADDRESS, b"new", "", NOON.replace(hour=13))
    cache.store(ADDRESS, newer)
    assert cache.find(ADDRESS) == newer
    assert cache.info().pages == 1


def test_a_forgotten_page_is_gone(opened):
    cache = opened()
    cache.store(ADDRESS, PAGE)
    cache.forget(ADDRESS)
    assert cache.find(ADDRESS) is None


def test_bodies_are_packed(opened, tmp_path):
    cache = opened()
    cache.store(ADDRESS, Retrieved(ADDRESS, b"the same words " * 100_000, "", NOON))
    assert cache.info().size < 300_000


def test_an_emptied_cache_takes_no_room(opened):
    cache = opened()
    for number in range(20):
        body = number.to_bytes(2, "big") + bytes(range(256)) * 400
        cache.store(f"{ADDRESS}{number}", Retrieved(ADDRESS, body, "", NOON))
    before = cache.info()
    assert (before.pages, before.oldest, before.newest) == (20, NOON.isoformat(), NOON.isoformat())
    assert cache.clear() == 20
    assert cache.info().pages == 0
    assert cache.info().size <= before.size
    assert cache.find(ADDRESS) is None


@pytest.mark.parametrize(
    "damage", [b"no database at all" * 100, b"SQLite format 3\0" + b"\7" * 9000]
)
def test_a_damaged_cache_is_moved_away_with_a_note(opened, notes, tmp_path, damage):
    (tmp_path / FILE).write_bytes(damage)
    cache = opened()
    cache.store(ADDRESS, PAGE)
    assert cache.find(ADDRESS) == PAGE
    (aside,) = tmp_path.glob(f"damaged-*-{FILE}")
    assert aside.read_bytes() == damage
    (note,) = notes
    assert "the cache is corrupt; moved to damaged-" in note


def test_a_cache_damaged_while_in_use_is_moved_away(opened, notes, tmp_path):
    cache = opened()
    for number in range(50):
        cache.store(f"{ADDRESS}{number}", PAGE)
    cache.close()
    file = tmp_path / FILE
    content = file.read_bytes()
    file.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    cache = opened()
    cache.find(ADDRESS)
    cache.store(ADDRESS, PAGE)
    assert cache.find(ADDRESS) == PAGE
    assert len(notes) == 1


def test_a_damaged_body_counts_as_no_page(opened, tmp_path):
    cache = opened()
    cache.store(ADDRESS, PAGE)
    with sqlite3.connect(tmp_path / FILE) as database:
        database.execute("UPDATE pages SET body = x'00'")
    database.close()
    assert cache.find(ADDRESS) is None
    assert cache.info().pages == 0


@pytest.mark.parametrize("known", ["hash", "''"])
def test_a_time_without_a_zone_is_damage(opened, notes, tmp_path, known):
    cache = opened()
    cache.store(ADDRESS, PAGE)
    with sqlite3.connect(tmp_path / FILE) as database:
        database.execute(f"UPDATE pages SET time = '2026-11-30T10:00', hash = {known}")
    database.close()
    assert cache.time(ADDRESS) is None
    assert cache.find(ADDRESS) is None
    assert notes == [f"{ADDRESS}: the copy in the cache is corrupt; dropping it"]


def test_a_damaged_row_is_dropped_with_one_line(opened, notes, tmp_path):
    cache = opened()
    other = Retrieved(f"{ADDRESS}?2", b"<p>other", "utf-8", NOON)
    for column in ("url", "charset", "time", "etag", "modified", "body", "hash"):
        cache.store(ADDRESS, PAGE)
        cache.store(other.url, other)
        with sqlite3.connect(tmp_path / FILE) as database:
            database.execute(
                f"UPDATE pages SET {column} ="
                f" (SELECT {column} || 'x' FROM pages WHERE address = ?) WHERE address = ?",
                (other.url, ADDRESS),
            )
        database.close()
        assert cache.find(ADDRESS) is None
        assert cache.find(other.url) == other
        assert notes == [f"{ADDRESS}: the copy in the cache is corrupt; dropping it"]
        notes.clear()


def test_no_flipped_byte_gives_another_page(tmp_path):
    pages = [
        Retrieved(f"{ADDRESS}{number}/", b"<p>page %d" % number * 30, "utf-8", NOON, f'"{number}"')
        for number in range(20)
    ]
    cache = PageCache(tmp_path / "sound")
    for page in pages:
        cache.store(page.url, page)
    cache.close()
    sound = (tmp_path / "sound" / FILE).read_bytes()
    chance = random.Random(1)
    for case in range(60):
        damaged = bytearray(sound)
        for _ in range(3):
            damaged[chance.randrange(100, len(sound))] = chance.randrange(256)
        folder = tmp_path / str(case)
        folder.mkdir()
        (folder / FILE).write_bytes(damaged)
        cache = PageCache(folder)
        for page in pages:
            assert cache.find(page.url) in (None, page)
        cache.close()


def test_every_connection_is_closed_also_of_a_file_that_was_corrupt_or_seemed_so(
    tmp_path, monkeypatch
):
    made = []
    connect = sqlite3.connect

    def noted(*args, **options):
        made.append(connect(*args, **options))
        return made[-1]

    monkeypatch.setattr(sqlite3, "connect", noted)
    PageCache(tmp_path).close()
    cache = PageCache(tmp_path)
    cache._recover(UnicodeDecodeError("utf-8", b"x", 0, 1, "not so"))  # but the file is sound
    cache.store(ADDRESS, PAGE)
    assert cache.find(ADDRESS) == PAGE
    cache.close()
    (tmp_path / FILE).write_bytes(b"not a database" * 1000)
    PageCache(tmp_path).close()
    assert len(made) >= 5
    for one in made:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            one.total_changes  # noqa: B018


OLD_SCHEMA = """
CREATE TABLE pages (address TEXT PRIMARY KEY, url TEXT NOT NULL, charset TEXT NOT NULL,
    time TEXT NOT NULL, etag TEXT NOT NULL, modified TEXT NOT NULL, body BLOB NOT NULL);
PRAGMA user_version = 1;
"""


def test_a_cache_without_hashes_is_read_and_gets_them(opened, notes, tmp_path):
    row = (ADDRESS, PAGE.url, PAGE.charset, PAGE.time.isoformat(), PAGE.etag, PAGE.modified)
    with sqlite3.connect(tmp_path / FILE) as database:
        database.executescript(OLD_SCHEMA)
        database.execute(
            "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?)", (*row, zlib.compress(PAGE.body))
        )
    database.close()
    cache = opened()
    assert cache.find(ADDRESS) == PAGE
    cache.store(ADDRESS, PAGE)
    assert opened().find(ADDRESS) == PAGE
    assert notes == []


def test_a_file_that_abstool_wrote_before_there_were_hashes_is_read(opened, notes, tmp_path):
    old = Path(__file__).with_name("pages-without-hashes.sqlite")
    (tmp_path / FILE).write_bytes(old.read_bytes())
    page = opened().find(ADDRESS)
    assert b"Counting Knees, Part 3" in page.body
    assert notes == []


def test_a_cache_of_another_version_is_moved_away(opened, notes, tmp_path):
    with sqlite3.connect(tmp_path / FILE) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    cache = opened()
    cache.store(ADDRESS, PAGE)
    assert cache.find(ADDRESS) == PAGE


def test_if_there_can_be_no_file_nothing_is_cached(opened, notes, tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    cache = opened(tmp_path / "file" / "cache")
    cache.store(ADDRESS, PAGE)
    assert cache.find(ADDRESS) is None
    assert cache.info().pages == cache.clear() == 0
    (note,) = notes
    assert "cache unavailable (Not a directory); continuing without it" in note


def _fill(folder, name):
    cache = PageCache(folder)
    for number in range(40):
        cache.store(f"{name}{number}", PAGE)
        assert cache.find(f"{name}{number}") == PAGE
    cache.close()


def test_several_abstools_use_one_cache_at_once(opened, notes, tmp_path):
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_fill, args=(tmp_path, name)) for name in "abc"]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    assert opened().info().pages == 120
    assert notes == []


@pytest.mark.parametrize("length", [300, 5_000])
def test_a_folder_with_a_name_too_long_holds_nothing(opened, notes, tmp_path, length):
    folder = tmp_path / ("x" * length)
    cache = opened(folder)
    cache.store(ADDRESS, PAGE)
    assert cache.find(ADDRESS) is None
    assert (cache.clear(), cache.info().size) == (0, 0)
    assert IndexFiles(folder).info() == Kept(0, 0)
    assert IndexFiles(folder).clear() == 0
    (note,) = notes
    assert "cache unavailable (File name too long)" in note
