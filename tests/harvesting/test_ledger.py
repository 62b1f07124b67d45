"""Files that are appended to: nothing is there twice, in part, or lost."""

import errno
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abstool.errors import OutputError
from abstool.harvesting import ledger as module
from abstool.harvesting.ledger import Ledger

OPEN = []


def opened(path):
    OPEN.append(Ledger(path, "url"))
    return OPEN[-1]


@pytest.fixture(autouse=True)
def all_closed():
    yield
    while OPEN:
        OPEN.pop().close()


def read(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "file.jsonl"


@pytest.fixture
def filled(path):
    ledger = opened(path)
    for name in "abc":
        ledger.add({"url": name, "title": "ä" * 5})
    ledger.close()
    return path


def test_what_was_added_is_there_again(filled):
    ledger = opened(filled)
    assert "a" in ledger
    assert "d" not in ledger
    assert ledger.get("b") == {"url": "b", "title": "äääää"}
    assert ledger.get("d") is None


def test_a_file_cut_off_at_any_byte_has_the_lines_before_it_and_can_be_appended_to(filled):
    whole = filled.read_bytes()
    for end in range(len(whole)):
        filled.write_bytes(whole[:end])
        ledger = opened(filled)
        kept = whole[:end].count(b"\n")
        assert [name in ledger for name in "abc"] == [n < kept for n in range(3)]
        ledger.add({"url": "new"})
        ledger.close()
        assert [data["url"] for data in read(filled)] == [*"abc"[:kept], "new"]


@pytest.mark.parametrize(
    "hole", [b"\0" * 40 + b"\n", b"{}\n", b"[1]\n", b'{"url": 3}\n', b"\xff\n", b'{"url": "x"\n']
)
def test_a_hole_in_the_middle_costs_only_itself(filled, hole):
    lines = filled.read_bytes().splitlines(keepends=True)
    filled.write_bytes(b"".join([lines[0], hole, *lines[1:]]))
    ledger = opened(filled)
    ledger.add({"url": "d"})
    assert [data["url"] for data in read(filled)] == [*"abcd"]
    assert ledger.get("c") == {"url": "c", "title": "äääää"}


def test_the_newest_of_a_key_counts_and_sorting_leaves_only_it(filled):
    ledger = opened(filled)
    ledger.add({"url": "a", "title": "new"})
    assert ledger.get("a") == {"url": "a", "title": "new"}
    ledger.sort(["c", "a"])
    assert [data["url"] for data in read(filled)] == ["c", "a", "b"]
    assert ledger.get("a") == {"url": "a", "title": "new"}
    ledger.add({"url": "d"})
    assert [data["url"] for data in read(filled)] == ["c", "a", "b", "d"]


def test_spellings_of_a_url_are_one_key(filled):
    ledger = opened(filled)
    assert "https://www.a/#top" in ledger
    ledger.add({"url": "http://a/", "title": "new"})
    assert ledger.get("a") == {"url": "http://a/", "title": "new"}
    ledger.sort(["https://c/", "https://a"])
    assert [data["url"] for data in read(filled)] == ["c", "http://a/", "b"]


def test_an_object_that_is_not_final_replaces_a_final_one_of_the_same_spelling_only(path):
    lines = [
        {"url": "a", "done": 1}, {"url": "a/"},
        {"url": "b", "done": 1}, {"url": "b"},
        {"url": "c", "done": 1}, {"url": "c/", "done": 2},
    ]  # fmt: skip
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    OPEN.append(Ledger(path, "url", final="done"))
    assert OPEN[0].get("a") == {"url": "a", "done": 1}
    assert OPEN[0].get("b") == {"url": "b"}
    assert OPEN[0].get("c") == {"url": "c/", "done": 2}


@given(st.permutations("abcdef"), st.sets(st.sampled_from("abcdefgh")))
def test_sorting_is_complete_and_in_order(tmp_path_factory, keys, order):
    path = tmp_path_factory.mktemp("ledger") / "file.jsonl"
    ledger = opened(path)
    for key in keys:
        ledger.add({"url": key})
    wanted = sorted(order & set(keys))
    ledger.sort(wanted)
    rest = [key for key in keys if key not in wanted]
    assert [data["url"] for data in read(path)] == [*wanted, *rest]
    ledger.close()


def test_a_file_in_order_is_not_rewritten(filled):
    before = filled.stat().st_ino
    opened(filled).sort(["a", "b", "c"])
    assert filled.stat().st_ino == before


def test_a_full_disk_is_reported_and_leaves_no_half_line(filled, monkeypatch):
    ledger = opened(filled)
    before = filled.read_bytes()
    real = ledger._file

    class Full:
        room = 5

        def write(self, data):
            if not self.room:
                raise OSError(errno.ENOSPC, "No space left on device")
            written, self.room = real.write(data[: self.room]), 0
            return written

        def __getattr__(self, name):
            return getattr(real, name)

    ledger._file = Full()
    with pytest.raises(OutputError, match=r"writing failed \(No space left on device\); free some"):
        ledger.add({"url": "d"})
    assert filled.read_bytes() == before
    assert "d" not in ledger
    ledger._file = real
    ledger.add({"url": "d"})
    assert [data["url"] for data in read(filled)] == [*"abcd"]


def test_a_file_is_replaced_whole_or_not_at_all(filled):
    before = filled.read_bytes()

    def broken():
        yield b"half"
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OutputError, match="No space left"):
        module.replace_file(filled, broken())
    assert filled.read_bytes() == before
    assert list(filled.parent.iterdir()) == [filled]


def test_lines_are_on_the_disk_after_a_second(filled, monkeypatch):
    synced = []
    time = iter([0.0, 0.5, 1.25, 1.25, 1.5, 2.5, 2.5])
    monkeypatch.setattr(module.time, "monotonic", lambda: next(time))
    monkeypatch.setattr(module.os, "fsync", synced.append)
    ledger = opened(filled)
    ledger.add({"url": "d"})
    assert len(synced) == 0
    ledger.add({"url": "e"})
    assert len(synced) == 1
    ledger.add({"url": "f"})
    assert len(synced) == 1
    ledger.add({"url": "g"})
    assert len(synced) == 2
