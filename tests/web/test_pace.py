"""The pace of requests, on a clock that never sleeps."""

import os
from datetime import timedelta

import pytest

from abstool.web.failure import HaltError
from abstool.web.pace import JITTER, Pace

PAGE = "https://acrabstracts.org/abstract/x/"
OTHER = "https://mdsabstracts.org/abstract/x/"


@pytest.fixture
def pace(clock):
    def make(delay=1.0, chance=0.0, **options):
        return Pace(delay, chance=lambda: chance, sleep=clock.sleep, now=clock.now, **options)

    return make


def visit(pace, clock, seconds=0.0, url=PAGE):
    with pace.turn(url):
        began = clock.time
        clock.time += timedelta(seconds=seconds)
    return began


def test_the_first_request_waits_for_nothing(pace, clock):
    visit(pace(), clock)
    assert clock.pauses == []


def test_the_delay_counts_from_the_end_of_the_request_before(pace, clock):
    turns = pace()
    first = visit(turns, clock, seconds=5)
    assert visit(turns, clock) - first == timedelta(seconds=6)


def test_a_request_that_fails_counts_as_one(pace, clock):
    turns = pace()
    with pytest.raises(ValueError, match="broken"), turns.turn(PAGE):
        raise ValueError("broken")
    visit(turns, clock)
    assert clock.pauses == [1]


@pytest.mark.parametrize("chance", [0.0, 0.5, 1.0])
def test_jitter_only_lengthens_a_pause(pace, clock, chance):
    turns = pace(chance=chance)
    visit(turns, clock)
    visit(turns, clock)
    assert clock.pauses == [1 + JITTER * chance]


def test_time_that_passed_meanwhile_counts(pace, clock):
    turns = pace()
    visit(turns, clock)
    clock.time += timedelta(seconds=0.75)
    visit(turns, clock)
    clock.time += timedelta(days=1)
    visit(turns, clock)
    assert clock.pauses == [0.25]


def test_each_host_has_a_pace_of_its_own(pace, clock):
    turns = pace()
    visit(turns, clock)
    visit(turns, clock, url=OTHER)
    assert clock.pauses == []


def test_a_crawl_delay_can_only_slow_down(pace, clock):
    turns = pace()
    turns.slow_down(PAGE, 3)
    turns.slow_down(OTHER, 0.5)
    assert (turns.delay(PAGE), turns.delay(OTHER)) == (3, 1)
    for url in (PAGE, PAGE, OTHER, OTHER):
        visit(turns, clock, url=url)
    assert clock.pauses == [3, 1]


def test_a_clock_that_is_set_back_does_not_stop_the_run(pace, clock):
    turns = pace()
    visit(turns, clock)
    clock.time -= timedelta(days=1)
    visit(turns, clock)
    assert clock.pauses == [1]


def test_a_pause_that_a_site_asks_for_is_kept(pace, clock):
    notes = []
    turns = pace(note=notes.append)
    turns.hold(PAGE, 90, "429", asked=True)
    visit(turns, clock)
    assert clock.pauses == [90]
    assert notes == ["acrabstracts.org: waiting 90 s, as the site asked (429)"]


def test_a_pause_too_long_to_wait_for_ends_the_run_and_the_next_one(pace, clock, tmp_path):
    with pytest.raises(HaltError, match="try again after 2026-11-23 13:00"):
        pace(folder=tmp_path).hold(PAGE, 3600, "429", asked=True)
    again = pace(folder=tmp_path)
    with pytest.raises(HaltError, match="try again after 2026-11-23 13:00"):
        visit(again, clock)
    clock.time += timedelta(seconds=3599)
    visit(again, clock)
    assert clock.pauses == [1]


def test_a_visit_of_one_page_waits_only_before_its_first_request(pace, clock, tmp_path):
    visit(pace(folder=tmp_path), clock)
    turns = pace(folder=tmp_path, every=False)
    for _ in range(3):  # robots.txt, a redirect, the page
        visit(turns, clock)
    assert clock.pauses == [1]
    turns.hold(PAGE, 7, "429", asked=True)
    visit(turns, clock)
    assert clock.pauses == [1, 7]


def test_two_abstools_keep_one_pace(pace, clock, tmp_path):
    one, two = pace(folder=tmp_path), pace(folder=tmp_path)
    for turns in (one, two, two, one):
        visit(turns, clock)
    assert clock.pauses == [1, 1, 1]


def test_an_abstool_killed_in_a_request_is_kept_apart_from_the_next(pace, clock, tmp_path):
    killed = pace(folder=tmp_path).turn(PAGE)  # it writes nothing at its end
    killed.__enter__()
    (state,) = tmp_path.glob("*.json")
    text = state.read_text("utf-8")
    killed.gen.close()
    state.write_text(text, "utf-8")
    visit(pace(folder=tmp_path), clock)
    assert clock.pauses == [1]


@pytest.mark.parametrize(
    "rubbish", ["", "{", "[]", '{"last": "soon", "until": 3}', "\0\0", "[" * 100_000]
)
def test_a_damaged_state_of_a_host_is_none(pace, clock, tmp_path, rubbish):
    (tmp_path / "acrabstracts.org.json").write_text(rubbish, "utf-8")
    visit(pace(folder=tmp_path), clock)
    assert clock.pauses == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_no_state_of_a_host(pace, clock, tmp_path):
    os.mkfifo(tmp_path / "acrabstracts.org.json")
    visit(pace(folder=tmp_path), clock)
    assert clock.pauses == []


def test_a_folder_that_cannot_be_is_done_without(pace, clock, tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    turns = pace(folder=tmp_path / "file" / "pace")
    visit(turns, clock)
    visit(turns, clock)
    assert clock.pauses == [1]


@pytest.mark.parametrize(
    ("seconds", "hours"), [(3601, "1.0"), (86400, "24.0"), (1e10, "more than 8,784"), (1e300, "mo")]
)
def test_a_crawl_delay_of_more_than_an_hour_is_refused(pace, clock, seconds, hours):
    turns = pace()
    with pytest.raises(HaltError, match=rf"robots\.txt asks for {hours}.* hours between requests"):
        turns.slow_down(PAGE, seconds)
    visit(turns, clock)
    visit(turns, clock)
    assert clock.pauses == [1]


def test_a_long_crawl_delay_is_said_once_before_it_is_waited_for(pace):
    notes = []
    turns = pace(note=notes.append)
    turns.slow_down(OTHER, 10)
    for _ in range(2):
        turns.slow_down(PAGE, 3600)
    assert notes == ["acrabstracts.org: waiting 3600 s between requests, as robots.txt asks"]


def test_a_state_from_beyond_all_pauses_is_none(pace, clock, tmp_path):
    far = '{"last": "2026-11-23T11:00:00+00:00", "until": "9999-12-31T23:59:59+00:00", "why": ""}'
    (tmp_path / "acrabstracts.org.json").write_text(far, "utf-8")
    visit(pace(folder=tmp_path), clock)
    assert clock.pauses == []
