"""Pages that give the same URL are one abstract only if number and title agree; none is lost."""

import json
from itertools import permutations

import pytest

from abstool.harvesting.claims import TYPES, Claims
from abstool.harvesting.ledger import Ledger
from abstool.record import Abstract, Section

A, B, C, D = (f"https://a.org/abstract/{name}/" for name in "abcd")


class Files:
    """The two files of a harvest, and pages that are added to them."""

    def __init__(self, folder):
        self.folder = folder
        self.begin()

    def begin(self):
        self.records = Ledger(self.folder / "m.jsonl", "url")
        self.journal = Ledger(
            self.folder / "m.journal.jsonl", "address", final="record", types=TYPES
        )
        self.claims = Claims(self.records, self.journal)

    def close(self):
        self.records.close()
        self.journal.close()

    def reopen(self):
        self.close()
        self.begin()

    def add(self, address, url, number="", title="T", text=""):
        sections = [Section(text=text)] if text else []
        record = Abstract(title=title, url=url, number=number, sections=sections)
        self.journal.add(self.claims.add(address, record))

    def finish(self):
        self.records.sort([], without=self.claims.replaced())
        return {entry["address"]: self.records.get(entry["record"]) for entry in self.journal}

    def urls(self):
        return [record["url"] for record in self.records]


@pytest.fixture
def files(tmp_path):
    opened = Files(tmp_path)
    yield opened
    opened.close()


# The address of a page, the URL that it gives, and its number.
CASES = {
    "one URL on every page": [(A, D, "1"), (B, D, "2"), (C, D, "3")],
    "a mistyped citation": [(A, A, "1"), (B, A, "2"), (C, C, "3")],
    "two that name each other": [(A, B, "1"), (B, A, "2")],
    "each names the next": [(A, B, "1"), (B, C, "2"), (C, D, "3"), (D, B, "4")],
    "in a circle": [(A, B, "1"), (B, C, "2"), (C, A, "3")],
    "one names a page that names none of them": [(A, B, "1"), (B, D, "2")],
    "all name one of them": [(A, A, "1"), (B, A, "2"), (C, A, "3")],
    "in pairs": [(A, C, "1"), (B, C, "2"), (C, A, "3"), (D, A, "4")],
}


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("case", CASES)
def test_no_abstract_is_lost_in_any_order(tmp_path, case, restarted):
    for number, pages in enumerate(permutations(CASES[case])):
        folder = tmp_path / str(number)
        folder.mkdir()
        files = Files(folder)
        for page in pages:
            files.add(*page)
            if restarted:
                files.reopen()
        found = files.finish()
        numbers = {address: record["number"] for address, record in found.items()}
        assert numbers == {address: number for address, _, number in pages}
        assert len(files.urls()) == len(pages)
        for address, url, _ in pages:
            record = found[address]
            has_page_of_its_own = url in numbers
            assert record["url"] in ((address,) if has_page_of_its_own else (address, url))
            warned = any(f"gives the URL {url}, but so" in w for w in record.get("warnings", []))
            assert warned == (record["url"] != url)
        files.close()


def test_each_is_kept_under_the_url_it_was_fetched_from_and_the_owner_has_its_own(files):
    for page in [(B, A, "2"), (A, A, "1"), (C, A, "3")]:
        files.add(*page)
    found = files.finish()
    assert {address: record["url"] for address, record in found.items()} == {A: A, B: B, C: C}
    assert "warnings" not in found[A]
    assert found[B]["site"] == "a.org"
    (dispute,) = files.claims.disputes()
    assert str(dispute).startswith(f"{A}: 2 pages give this URL but are different abs")
    assert dispute.exit_code == 1


@pytest.mark.parametrize(
    ("number", "title", "same"),
    [
        ("1", "T", True),
        ("", "T", True),
        ("1", "<i>T</i>.", True),
        ("2", "T", False),
        ("1", "U", False),
        ("", "U", False),
    ],
)
def test_number_and_title_decide(files, number, title, same):
    files.add(A, D, "1")
    files.add(B, D, number, title)
    files.finish()
    assert files.urls() == ([D] if same else [A, B])
    assert len(files.claims.disputes()) == (not same)


@pytest.mark.parametrize(
    ("texts", "kept"),
    [
        (("Milk.", "Sugar."), [A, B]),
        (("Milk.", "Milk."), [D]),
        (("Milk.", ""), [A, B]),
        (("Milk.", "Sugar.", "Milk.", "Sugar."), [A, B]),
        (("Milk.", "Milk.", "Sugar."), [A, C]),
    ],
)
def test_without_number_and_authors_the_content_decides(files, texts, kept):
    for address, text in zip((A, B, C, "https://a.org/abstract/e/"), texts, strict=False):
        files.add(address, D, text=text)
    found = files.finish()
    assert files.urls() == kept
    assert len(files.claims.disputes()) == (kept != [D])
    texts_kept = [files.records.get(url).get("sections") for url in kept]
    assert len(found) == len(texts)
    assert len({json.dumps(one) for one in texts_kept}) == len(set(texts)) == len(kept)


def test_a_page_without_number_and_authors_that_changed_replaces_its_own_record(files):
    for text in ("Milk.", "More milk."):
        files.add(A, D, text=text)
    assert files.finish()[A]["sections"] == [{"text": "More milk."}]
    assert (files.urls(), files.claims.disputes()) == ([D], [])


def test_a_third_page_of_an_abstract_that_was_moved_is_no_record_of_its_own(files):
    for page in [(A, D, "1"), (B, D, "2"), (C, D, "1")]:
        files.add(*page)
    assert files.finish()[C]["url"] == A
    assert files.urls() == [A, B]


def test_duplicates_move_together(files):
    for page in [(A, D, "1"), (B, D, "1"), (C, D, "2")]:
        files.add(*page)
    found = files.finish()
    assert [found[address]["url"] for address in (A, B, C)] == [A, A, C]
    assert files.urls() == [A, C]


def test_a_page_that_changed_replaces_its_own_record(files):
    files.add(A, D, "1")
    files.add(A, D, "1", "Corrected")
    assert files.finish()[A]["title"] == "Corrected"
    assert files.claims.disputes() == []


def old(files, *pages):
    """Write what an older version kept of pages: the first record of each URL."""
    for address, url, number in pages:
        if url not in files.records:
            files.records.add(Abstract(title="T", url=url, number=number).to_dict())
        files.journal.add({"address": address, "record": url, "fetched": True})
    files.reopen()


def test_what_an_older_version_merged_is_fetched_again_and_repaired(files):
    pages = [(A, D, "1"), (B, D, "2"), (C, C, "3")]
    old(files, *pages)
    assert files.claims.unchecked() == {A.rstrip("/"), B.rstrip("/")}
    for page in pages[:2]:
        files.add(*page)
    files.reopen()
    assert files.claims.unchecked() == set()
    assert {a: record["number"] for a, record in files.finish().items()} == {A: "1", B: "2", C: "3"}


def test_what_an_older_version_did_not_merge_is_not_fetched_again(files):
    old(files, (A, A, "1"), (B, "https://www.a.org/abstract/b", "2"), (C, D, "3"))
    assert files.claims.unchecked() == set()


def test_duplicates_of_an_older_version_are_checked_once(files):
    pages = [(A, A, "1"), (B, A, "1")]
    old(files, *pages)
    assert len(files.claims.unchecked()) == 2
    for page in pages:
        files.add(*page)
    assert files.claims.unchecked() == set()
    files.finish()
    assert files.urls() == [A]


def test_a_run_killed_between_any_two_lines_loses_nothing(files, tmp_path):
    pages = [(A, B, "1"), (B, C, "2"), (C, D, "3"), (D, B, "4")]
    for page in pages[:3]:
        files.add(*page)
    files.close()
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    for limit in range(20):
        for path, content in before.items():
            path.write_bytes(content)
        files.begin()
        left = iter(range(limit))
        for ledger in (files.records, files.journal):
            ledger.add = killed_after(left, ledger.add)
        try:
            files.add(*pages[3])
        except KeyboardInterrupt:
            files.reopen()
            files.add(*pages[3])
        files.reopen()
        found = files.finish()
        numbers = {address: record["number"] for address, record in found.items()}
        assert numbers == {A: "1", B: "2", C: "3", D: "4"}, limit
        assert sorted(record["number"] for record in files.records) == [*"1234"]
        files.close()
    files.begin()


def killed_after(left, add):
    def limited(data):
        if next(left, None) is None:
            raise KeyboardInterrupt
        add(data)

    return limited


def test_values_of_a_wrong_type_cost_only_their_line(files):
    lines = [{"record": 3}, {"reason": [1]}, {"claimed": {}, "record": A}, {"fetched": "yes"}]
    with (files.folder / "m.journal.jsonl").open("a", encoding="utf-8") as file:
        file.writelines(
            json.dumps({"address": f"https://x{n}", **line}) + "\n" for n, line in enumerate(lines)
        )
    files.reopen()
    assert list(files.journal) == []
    files.add(A, A, "1")
    assert files.urls() == [A]
