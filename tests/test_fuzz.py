"""The pieces of ``make fuzz`` work: each target reads its seeds, and finds are recognised."""

from random import Random

import fuzz_all
import mutations
import pytest
import targets

from abstool.errors import UnreadableInput
from abstool.inputs.outcome import Outcome


@pytest.mark.parametrize("name", targets.TARGETS)
def test_a_target_reads_its_seeds_and_they_are_what_it_is_for(name):
    target = targets.TARGETS[name]
    seeds = target.seeds()
    assert len(seeds) >= 3
    for seed in seeds[:5]:
        target.read(seed)
    data = fuzz_all.made(name, seeds, 1, 7)
    assert data == fuzz_all.made(name, seeds, 1, 7)
    assert fuzz_all.tried(name, data)[0] == ""


@pytest.mark.parametrize("change", mutations.CHANGES, ids=lambda change: change.__name__)
def test_every_change_takes_any_input(change):
    seeds = [b"", b"1", b"line 1\nline 2\r\n\xff"]
    changed = {
        change(seed, seeds, Random(f"{seed}{number}")) for seed in seeds for number in range(50)
    }
    assert changed - {*seeds}


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (UnreadableInput("page", "damaged"), ""),
        (KeyError("x"), "KeyError in test_fuzz.py"),
        (MemoryError(), "MemoryError in test_fuzz.py"),
    ],
)
def test_only_an_error_of_another_kind_is_a_find(monkeypatch, error, problem):
    def read(_):
        raise error

    monkeypatch.setitem(targets.TARGETS, "page", targets.Target(list, read))
    assert fuzz_all.tried("page", b"")[0].partition(":")[0] == problem


def test_a_target_of_references_counts_the_entries():
    table = b"Authors,Title,Year\n" + b"Roe A,Tea,2021\n" * 3
    assert fuzz_all.tried("csv", table) == ("", 3)


def test_an_outcome_with_another_error_is_a_find():
    errors = [UnreadableInput("page", "damaged"), ZeroDivisionError()]
    with pytest.raises(ZeroDivisionError):
        targets.check_all(Outcome("page", error=error) for error in errors)
