"""The session that sends requests, with connections that can be aborted.

TLS certificates are always verified. Proxies and additional certificates are taken from the
environment, as requests does.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Mapping
from contextlib import suppress
from typing import TypeVar
from urllib.parse import urlsplit
from weakref import WeakSet

import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies, select_proxy
from urllib3.connectionpool import ConnectionPool, HTTPConnectionPool

ConnectionClass = TypeVar("ConnectionClass", bound=type)


class AbortableSession(requests.Session):
    """A session that can be aborted, and that leaves redirects to the fetcher."""

    def __init__(self) -> None:
        """Create a session without any connection yet."""
        super().__init__()
        self._connections = _Connections()
        self.mount("https://", self._connections)
        self.mount("http://", self._connections)

    def get_redirect_target(self, resp: requests.Response) -> None:  # noqa: ARG002
        """Return None: requests would read the whole body of each redirect."""
        return

    def abort(self) -> None:
        """Shut down all connections at once, even while a request waits for one."""
        self._connections.abort()


class _Connections(HTTPAdapter):
    """The connections of a session, and their sockets."""

    def __init__(self) -> None:
        self._sockets: WeakSet[socket.socket] = WeakSet()
        super().__init__()

    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,
        verify: bool | str | None,
        proxies: Mapping[str, str] | None = None,
        cert: tuple[str, str] | str | None = None,
    ) -> ConnectionPool:
        """Return a pool whose connections register their sockets."""
        pool = super().get_connection_with_tls_context(request, verify, proxies, cert)
        if isinstance(pool, HTTPConnectionPool) and "ConnectionCls" not in vars(pool):
            pool.ConnectionCls = _registering(pool.ConnectionCls, self._sockets)
        return pool

    def abort(self) -> None:
        """Shut down all connections, whatever they are waiting for."""
        for connection in list(self._sockets):
            with suppress(OSError):  # closed already
                socket.socket.shutdown(connection, socket.SHUT_RDWR)


def _registering(connection: ConnectionClass, sockets: WeakSet[socket.socket]) -> ConnectionClass:
    class Connection(connection):  # type: ignore[misc, valid-type]
        def connect(self) -> None:
            super().connect()
            sockets.add(self.sock)

    return Connection  # type: ignore[return-value]


def is_local(url: str) -> bool:
    """Return whether a request for a URL stays on this machine: its host, or its proxy, is here.

    A host that cannot be resolved is not. Raises nothing.
    """
    proxy = select_proxy(url, get_environ_proxies(url, no_proxy=None))
    try:
        host = urlsplit(proxy or url).hostname
        addresses = {info[4][0] for info in socket.getaddrinfo(host, None)}
        return all(ipaddress.ip_address(address).is_loopback for address in addresses)
    except (OSError, ValueError):
        return False
