"""Fixtures for all tests: no network access, a fake clock, and the option --refresh."""

import copy
import gc
import ipaddress
import os
import runpy
import signal
import socket
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings

from site_server import Site

ROOT = Path(__file__).parents[1]
if not (ROOT / "src/abstool/styles/csl-styles.zip").exists():  # a checkout that is not installed
    runpy.run_path(str(ROOT / "hatch_build.py"), run_name="__main__")

RECORD = {
    "schema": "abstool/1",
    "url": "https://acrabstracts.org/abstract/imagined-effects-of-tea/",
    "site": "acrabstracts.org",
    "number": "0848",
    "title": "Imagined Effects of Tea on Joints",
    "authors": [
        {"name": "Zoë Dörner", "family": "Dörner", "given": "Zoë"},
        {"name": "Michael von Bergen", "family": "von Bergen", "given": "Michael"},
    ],
    "meeting": "ACR Convergence 2025",
    "keywords": ["tea", "joints"],
    "session": {"title": "Drinks", "date": "2025-10-28"},
    "sections": [
        {"label": "Methods", "text": "We drank.\n\nWe waited."},
        {"text": "Nothing happened."},
    ],
    "publication": {
        "journal": "Arthritis & Rheumatology",
        "abbreviation": "Arthritis Rheumatol",
        "issn": "2326-5205",
        "year": 2025,
        "volume": "77",
        "supplement": "9",
    },
}

ARTICLE = {
    "id": "doe2024",
    "type": "article-journal",
    "title": "On tea",
    "author": [{"family": "Doe", "given": "Jane"}],
    "container-title": "Journal of Tea",
    "container-title-short": "J. Tea",
    "volume": "12",
    "issue": "3",
    "page": "123-9",
    "issued": {"date-parts": [[2024, 5, 6]]},
}

STYLE = """\
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" {attributes}>
  <info><title>t</title><id>t</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  {macros}
  <citation><layout><text variable="citation-number"/></layout></citation>
  <bibliography><layout>{layout}</layout></bibliography>
</style>
"""

settings.register_profile("shared-machine", deadline=None)
settings.register_profile("few", settings.get_profile("shared-machine"), max_examples=20)
settings.load_profile("shared-machine")


class NetworkUsedError(Exception):
    """A test used the internet. Not an OSError, which code under test might handle."""


def _is_local(host):
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def no_network():
    """Let sockets reach only the loopback interface."""
    real = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex")}
    real_getaddrinfo = socket.getaddrinfo

    def guarded(name):
        def connect(self, address):
            if isinstance(address, tuple) and not _is_local(address[0]):
                raise NetworkUsedError(address)
            return real[name](self, address)

        return connect

    def getaddrinfo(host, *args, **kwargs):
        if not _is_local(host):
            raise NetworkUsedError(host)
        return real_getaddrinfo(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        for name in real:
            patch.setattr(socket.socket, name, guarded(name))
        patch.setattr(socket, "getaddrinfo", getaddrinfo)
        yield


@pytest.fixture(scope="session", autouse=True)
def plain_environment():
    """Remove what a developer's machine may set: proxies, certificates, colours, widths, paths."""
    names = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NO_COLOR", "FORCE_COLOR", "COLUMNS")
    with pytest.MonkeyPatch.context() as patch:
        for name in [*names, *(name for name in os.environ if name.lower().endswith("_proxy"))]:
            patch.delenv(name, raising=False)
        patch.setenv("NETRC", os.devnull)
        # "python" and "abstool" are the ones under test even if the environment is not activated.
        bin_folder = str(Path(sys.executable).parent)
        patch.setenv("PATH", os.pathsep.join([bin_folder, os.environ["PATH"]]))
        yield


@pytest.fixture(scope="session", autouse=True)
def usual_signals():
    """Let signals act, here and in the processes that tests start.

    "make test &" in a script ignores SIGINT, and nohup ignores SIGHUP; processes inherit that.
    """
    usual = {"SIGINT": signal.default_int_handler, "SIGTERM": signal.SIG_DFL} | (
        {"SIGHUP": signal.SIG_DFL} if hasattr(signal, "SIGHUP") else {}
    )
    before = {name: signal.signal(getattr(signal, name), usual[name]) for name in usual}
    yield
    for name, handler in before.items():
        signal.signal(getattr(signal, name), handler)


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory, monkeypatch):
    """Give each test its own cache, no configuration file and no delay between requests."""
    for name in ("CONTACT", "TIMEOUT", "STYLE"):
        monkeypatch.delenv(f"ABSTOOL_{name}", raising=False)
    monkeypatch.setenv("ABSTOOL_CACHE", str(tmp_path_factory.mktemp("cache")))
    library = tmp_path_factory.mktemp("library") / "library.sqlite"
    monkeypatch.setenv("ABSTOOL_LIBRARY", str(library))
    monkeypatch.setenv("ABSTOOL_CONFIG", os.devnull)
    monkeypatch.setenv("ABSTOOL_DELAY", "0")


@pytest.fixture
def site():
    """Return a running local site without pages."""
    with Site() as running:
        yield running


class Clock:
    """A clock that advances only by sleeping, from noon UTC on 23 November 2026."""

    def __init__(self):
        self.time = datetime(2026, 11, 23, 12, tzinfo=UTC)
        self.pauses = []

    def now(self):
        return self.time

    def sleep(self, seconds):
        self.pauses.append(seconds)
        self.time += timedelta(seconds=seconds)


@pytest.fixture
def clock():
    return Clock()


def pytest_addoption(parser):
    parser.addoption(
        "--refresh",
        action="store_true",
        help="overwrite the expected files in fixtures/ and the output in docs/tutorials/ instead"
        " of comparing with them",
    )


def pytest_collection_finish():
    gc.freeze()  # the collector need not visit thousands of collected tests again and again


@pytest.fixture
def refresh(request):
    """Return whether to overwrite what is expected. Review the diff afterwards."""
    return request.config.getoption("--refresh")


@pytest.fixture
def record():
    """Return a function that returns the record without some keys and with others changed."""

    def made(*without, **changed):
        data = copy.deepcopy(RECORD) | changed
        for key in without:
            part, _, name = key.rpartition(".")
            del (data[part] if part else data)[name]
        return data

    return made


@pytest.fixture
def article():
    """Return a function that returns a plain article with some variables changed."""
    return lambda **changed: {
        key.replace("_", "-"): value for key, value in (ARTICLE | changed).items()
    }


@pytest.fixture
def style(tmp_path):
    """Return a function that writes a small style and returns its path."""

    def written(layout, macros="", attributes="", name="small.csl"):
        path = tmp_path / name
        text = STYLE.format(layout=layout, macros=macros, attributes=attributes)
        path.write_text(text, encoding="utf-8")
        return str(path)

    return written
