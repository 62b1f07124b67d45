"""The session that requests go through, with connections that can be cut.

TLS is always verified; proxies and certificates are taken from the environment, as requests does.
"""

from __future__ import annotations

import ipaddress
import socket
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakSet

import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies, select_proxy


class Session(requests.Session):
    """Leaves redirects to the fetcher: requests would read the body of each one whole."""

    def __init__(self) -> None:
        """Open a session without any connection yet."""
        super().__init__()
        self._connections = _Connections()
        self.mount("https://", self._connections)
        self.mount("http://", self._connections)

    def get_redirect_target(self, resp: requests.Response) -> None:  # noqa: ARG002
        """Say that there is none."""
        return

    def cut(self) -> None:
        """End all connections at once, also one that a request still waits for."""
        self._connections.cut()


class _Connections(HTTPAdapter):
    """The connections of a session, which can be cut while a request is under way."""

    def __init__(self) -> None:
        self._sockets: WeakSet[socket.socket] = WeakSet()
        super().__init__()

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        """Return a pool whose connections are known from their beginning."""
        pool: Any = super().get_connection_with_tls_context(*args, **kwargs)
        if "ConnectionCls" not in vars(pool):
            pool.ConnectionCls = _remembered(pool.ConnectionCls, self._sockets)
        return pool

    def cut(self) -> None:
        """End all connections, whatever they wait for."""
        for connection in list(self._sockets):
            with suppress(OSError):  # closed already
                socket.socket.shutdown(connection, socket.SHUT_RDWR)


def _remembered(connection: Any, sockets: WeakSet[socket.socket]) -> Any:
    class Connection(connection):  # type: ignore[misc]
        def connect(self) -> None:
            super().connect()
            sockets.add(self.sock)

    return Connection


def ends_here(address: str) -> bool:
    """Say whether a request for an address stays on this machine: its host, or its proxy, is here.

    Raises nothing: what cannot be found is elsewhere.
    """
    proxy = select_proxy(address, get_environ_proxies(address, no_proxy=None))
    try:
        host = urlsplit(proxy or address).hostname
        places = {info[4][0] for info in socket.getaddrinfo(host, None)}
        return all(ipaddress.ip_address(place).is_loopback for place in places)
    except (OSError, ValueError):
        return False
