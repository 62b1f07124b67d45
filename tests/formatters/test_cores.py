"""Long lists are shared out to processes, and print what one process prints."""

import os
import sys
import threading

import pytest

import abstool
from abstool.errors import UsageError
from abstool.formatters import _cores as cores

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks here")

FAMILIES = ("Zorn", "Ødegård", "van der Heide", "Émile", "Zorn", "al-Masri")


def work(number, **changed):
    family = FAMILIES[number % len(FAMILIES)]
    return {
        "type": "article-journal",
        "id": f"w{number}",
        "title": f"On tea, part {number}",
        "genre": "abstract" if number % 3 else "",
        "author": [{"family": family, "given": "Ann B"}, {"literal": "Tea Group"}],
        "issued": {"date-parts": [[2000 + number % 7]]},
        "container-title": "Tea",
        "volume": str(number),
    } | changed


WORKS = [work(number) for number in range(40)]


@pytest.fixture
def processes(monkeypatch):
    """Let four processes work, each on as few things as there are; return who forked whom."""
    monkeypatch.setattr(cores, "LEAST", 1)
    monkeypatch.setattr(cores, "processors", lambda: 4)
    started = []
    fork = os.fork

    def counted():
        process = fork()
        if process:
            started.append(process)
        return process

    monkeypatch.setattr(os, "fork", counted)
    return started


@pytest.mark.parametrize(
    ("style", "options"),
    [
        ("ama", {}),
        ("ama", {"number": True, "to": "html"}),
        ("apa", {}),
        ("apa", {"sort": "style", "locale": "de-DE"}),
        ("vancouver", {"number": True, "label": False}),
        ("modern-language-association", {"sort": "style"}),
    ],
)
def test_several_processes_print_what_one_prints(style, options, request):
    alone = abstool.cite(WORKS, style, **options)
    started = request.getfixturevalue("processes")
    assert abstool.cite(WORKS, style, **options) == alone
    assert len(started) >= 3


@pytest.mark.parametrize("bad", [0, 17, 39])
def test_the_first_item_that_fails_is_named_whichever_process_has_it(style, bad, processes):
    layout = '<choose><if type="book"><text macro="a"/></if><else><text variable="title"/></else>'
    path = style(f"{layout}</choose>")
    works = [work(n, type="book" if n >= bad else "article-journal") for n in range(40)]
    with pytest.raises(UsageError, match=f"fails on 'On tea, part {bad}': KeyError"):
        abstool.cite(works, path)
    assert len(processes) == 3


def test_a_process_that_dies_costs_nothing_but_time(processes):
    parent = os.getpid()

    def doubled(number):
        if number == 7 and os.getpid() != parent:
            os._exit(1)
        return 2 * number

    assert cores.spread(doubled, range(10), {}) == [2 * number for number in range(10)]


def test_without_more_processes_one_does_all(processes, monkeypatch):
    def refused():
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refused)
    assert cores.spread(str, range(10), {}) == [str(number) for number in range(10)]


def test_what_a_process_learns_holds_only_if_no_earlier_thing_taught_otherwise(processes):
    def first_seen(learnt):
        return lambda thing: learnt.setdefault(thing % 3, thing)

    one, several = {}, {}
    alone = [first_seen(one)(thing) for thing in range(10)]
    assert cores.spread(first_seen(several), range(10), several) == alone
    assert several == one


def test_no_process_is_left_behind(processes):
    def stopped(number):
        if not number:
            raise KeyboardInterrupt
        return number

    with pytest.raises(KeyboardInterrupt):
        cores.spread(stopped, range(10), {})
    for process in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_a_process_with_threads_does_not_fork():
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert cores.processors() == 1
    finally:
        done.set()
        thread.join()
