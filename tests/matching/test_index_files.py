"""The indexes that are kept in the cache: sound ones are used again, all others are made again."""

import multiprocessing
import os
import sqlite3

import pytest

from abstool.matching import index_files
from abstool.matching.index_files import IndexFiles


def fill(database):
    database.execute("CREATE TABLE words (word TEXT)")
    database.executemany("INSERT INTO words VALUES (?)", [(f"tea {i}",) for i in range(2000)])


def never(database):
    raise AssertionError(database)


def count(database):
    try:
        return database.execute("SELECT count(*), max(word) FROM words").fetchone()
    finally:
        database.close()


WHOLE = (2000, "tea 999")


@pytest.fixture
def kept(tmp_path):
    """Return the indexes of a cache that has one, and the path of that one."""
    files = IndexFiles(tmp_path)
    assert count(files.make("a", fill)) == WHOLE
    [path] = tmp_path.glob("*/*")
    return files, path


def test_an_index_is_used_again(kept):
    files, _ = kept
    assert count(files.find("a")) == WHOLE
    assert files.find("b") is None


def damaged(data):
    """Yield what can become of a file, by name."""
    yield "empty", b""
    yield "cut", data[: len(data) // 2]
    yield "longer", data + b"\0"
    yield "text", b"not a database"
    yield "zeros", bytes(len(data))
    for place in (0, 17, 30, 60, 100, 2000, len(data) // 2, len(data) - 1):
        yield f"byte {place}", data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :]


def test_a_damaged_index_is_never_used(kept):
    files, path = kept
    data = path.read_bytes()
    for name, other in damaged(data):
        path.write_bytes(other)
        assert files.find("a") is None, name
        assert not path.exists(), name
    assert count(files.make("a", fill)) == WHOLE


def test_an_index_of_another_program_is_not_used(kept):
    files, path = kept
    path.unlink()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE words (word TEXT)")
    other.close()
    assert files.find("a") is None


def test_a_folder_in_the_place_of_an_index_does_no_harm(kept):
    files, path = kept
    path.unlink()
    (path / "full").mkdir(parents=True)
    assert files.find("a") is None
    assert count(files.make("a", fill)) == WHOLE


def test_if_the_disk_is_full_the_index_is_in_memory(tmp_path):
    calls = []

    def filled(database):
        fill(database)
        calls.append(database)
        if len(calls) == 1:
            raise sqlite3.OperationalError("database or disk is full")

    files = IndexFiles(tmp_path)
    assert count(files.make("a", filled)) == WHOLE
    assert (len(calls), files.info().indexes) == (2, 0)


def test_an_error_of_what_is_indexed_leaves_nothing(tmp_path):
    with pytest.raises(AssertionError):
        IndexFiles(tmp_path).make("a", never)
    assert [*tmp_path.glob("*/*")] == []


def test_the_indexes_that_were_used_last_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(index_files, "MOST", 3)
    files = IndexFiles(tmp_path)
    for age, name in enumerate("abcd"):
        count(files.make(name, fill))
        os.utime(tmp_path / "indexes" / f"{name}.sqlite", (1000 + age, 1000 + age))
    count(files.find("b"))
    count(files.make("e", fill))
    assert {path.stem for path in tmp_path.glob("*/*")} == {"b", "d", "e"}


def test_an_index_that_is_too_large_alone_is_still_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(index_files, "LARGEST", 1)
    files = IndexFiles(tmp_path)
    count(files.make("a", fill))
    count(files.make("b", fill))
    assert {path.stem for path in tmp_path.glob("*/*")} == {"b"}


def test_what_a_killed_process_left_is_removed_in_the_end(kept):
    files, path = kept
    left, recent = path.with_name("left.new"), path.with_name("recent.new")
    left.write_bytes(b"half")
    recent.write_bytes(b"half")
    os.utime(left, (1000, 1000))
    count(files.make("b", fill))
    assert (left.exists(), recent.exists()) == (False, True)
    assert files.clear() == 3
    assert files.info() == index_files.Kept(0, 0)


def _make(folder, times):
    files = IndexFiles(folder)
    for _ in range(times):
        database = files.find("a") or files.make("a", fill)
        assert count(database) == WHOLE
        files.forget("a")


def test_several_processes_may_make_and_remove_one_index(tmp_path):
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_make, args=(tmp_path, 20)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
