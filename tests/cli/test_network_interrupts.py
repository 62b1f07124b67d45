"""A signal ends ``list``, ``fetch``, ``cite`` and ``show`` between two pages, and is never lost."""

import os
import signal
import weakref

import pytest

from abstool import interrupts
from abstool.web.crawler import Crawler
from meeting_site import Meeting
from site_server import page

SIGNALS = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


class Anything:
    """What can have a weak reference."""


def in_a_callback(number):
    """Raise a signal where Python swallows the exception of a handler."""
    thing = Anything()
    reference = weakref.ref(thing, lambda _: signal.raise_signal(number))
    del thing
    assert reference() is None


@pytest.fixture
def urls(site, folder):
    data = (folder / "page.txt").read_bytes()
    return [site.serve(page(data, content_type="text/plain"), path=f"/{n}") for n in range(3)]


@pytest.fixture
def interrupted(monkeypatch):
    """Return a function that makes a signal come when the first page was retrieved.

    It returns the list of what is retrieved.
    """

    def at_the_first(number, error=None):
        retrieve, retrieved = Crawler.get, []

        def get(crawler, url):
            found = retrieve(crawler, url)
            retrieved.append(url)
            if len(retrieved) == 1:
                in_a_callback(number)
                if error:
                    raise error
            return found

        monkeypatch.setattr(Crawler, "get", get)
        return retrieved

    return at_the_first


CASES = [(name, error) for name in SIGNALS for error in (None, ZeroDivisionError())]


@pytest.mark.parametrize(("name", "error"), CASES)
@pytest.mark.parametrize("command", ["fetch", "fetch -", "cite", "show"])
def test_no_page_is_fetched_after_a_signal(run, urls, interrupted, command, name, error):  # noqa: PLR0917 - fixtures
    number = getattr(signal, name)
    retrieved = interrupted(number, error)
    stdin = "\n".join(urls).encode() if "-" in command else b""
    outcome = run(*command.split(), *([] if stdin else urls), stdin=stdin)
    assert (outcome.code, outcome.out) == (128 + number, "")
    assert retrieved == urls[:1]


@pytest.mark.parametrize(("name", "error"), CASES)
def test_no_listing_is_read_after_a_signal(run, interrupted, name, error):
    with Meeting() as meeting:
        retrieved = interrupted(getattr(signal, name), error)
        outcome = run("list", "-o", "list.jsonl", meeting.listing, meeting.listing)
    assert (outcome.code, len(retrieved)) == (128 + getattr(signal, name), 1)
    assert not [file for file in os.listdir() if "list" in file]  # noqa: PTH208


@pytest.mark.parametrize("command", [["list"], ["fetch", "https://a.invalid/"]])
def test_a_signal_in_a_pause_ends_it(run, monkeypatch, command):
    def get(crawler, _):
        signal.raise_signal(signal.SIGINT)
        crawler.pace._sleep(10**6)  # as in the pause before a request

    monkeypatch.setattr(Crawler, "get", get)
    assert run(*command, "https://b.invalid/").code == 130


@pytest.mark.parametrize("command", [["list"], ["fetch", "https://a.invalid/"]])
def test_a_second_signal_ends_at_once(run, monkeypatch, command):
    ended = []

    def get(*_):
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGTERM)
        raise ZeroDivisionError

    monkeypatch.setattr(interrupts.os, "_exit", ended.append)
    monkeypatch.setattr(Crawler, "get", get)
    run(*command, "https://b.invalid/")
    assert ended == [143]
