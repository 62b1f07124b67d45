"""What all tests share: no network but this machine's own, a clock that never sleeps, --refresh."""

import ipaddress
import os
import socket
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings

from site_server import Site

settings.register_profile("shared-machine", deadline=None)
settings.load_profile("shared-machine")


class NetworkUsedError(Exception):
    """A test reached for the internet; no OSError, so that no code under test takes it for one."""


def _is_local(host):
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def no_network():
    """Let sockets reach the loopback interface only."""
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
    """Take away what a developer's machine sets: proxies, certificates, colours, widths, paths."""
    names = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NO_COLOR", "FORCE_COLOR", "COLUMNS")
    with pytest.MonkeyPatch.context() as patch:
        for name in [*names, *(name for name in os.environ if name.lower().endswith("_proxy"))]:
            patch.delenv(name, raising=False)
        patch.setenv("NETRC", os.devnull)
        # "python" and "abstool" are those under test, also where the environment is not activated.
        bin_folder = str(Path(sys.executable).parent)
        patch.setenv("PATH", os.pathsep.join([bin_folder, os.environ["PATH"]]))
        yield


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory, monkeypatch):
    """Give each test a cache of its own, no configuration file, and no pause between requests."""
    for name in ("CONTACT", "TIMEOUT", "STYLE"):
        monkeypatch.delenv(f"ABSTOOL_{name}", raising=False)
    monkeypatch.setenv("ABSTOOL_CACHE", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.setenv("ABSTOOL_CONFIG", os.devnull)
    monkeypatch.setenv("ABSTOOL_DELAY", "0")


@pytest.fixture
def site():
    """Return a running local site that has no pages yet."""
    with Site() as running:
        yield running


class Clock:
    """Time that passes only by sleeping; it begins at noon UTC on 23 November 2026."""

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
        help="write the expected files of fixtures/ anew instead of comparing with them",
    )


@pytest.fixture
def refresh(request):
    """Return whether the expected files are to be written anew; look at the change they make."""
    return request.config.getoption("--refresh")
