"""The session that sends requests, with connections that can be aborted.

TLS certificates are always verified. Proxies, with their user and password, and additional
certificates are taken from the environment, as requests does. No site gets a password or a cookie.
Only a URL of a private host leads to private addresses: a redirect must not reach what the user's
machine can reach and the site cannot. Behind a proxy, only the names of hosts can be checked.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Mapping
from contextlib import suppress
from http.cookiejar import DefaultCookiePolicy
from typing import TypeVar
from urllib.parse import urlsplit
from weakref import WeakSet

import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies, select_proxy
from urllib3.connectionpool import ConnectionPool, HTTPConnectionPool
from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from abstool.address import is_private_address, is_private_host
from abstool.web.failure import PrivateAddressError

ConnectionClass = TypeVar("ConnectionClass", bound=type)


class AbortableSession(requests.Session):
    """A session that can be aborted, and that leaves redirects to the fetcher."""

    def __init__(self) -> None:
        """Create a session without any connection yet."""
        super().__init__()
        self._connections = _Connections()
        self.mount("https://", self._connections)
        self.mount("http://", self._connections)
        self.auth = _without_password
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    def get_redirect_target(self, resp: requests.Response) -> None:  # noqa: ARG002
        """Return None: requests would read the whole body of each redirect."""
        return

    def may_reach(self, url: str, origin: str) -> bool:
        """Return whether a request that ``origin`` led to may go to the host of a URL.

        It may not go from a public host to a private one. Connections to ``url`` are checked
        likewise from now on. Both URLs are requestable.
        """
        return self._connections.may_reach(_host(url), _host(origin))

    def abort(self) -> None:
        """Shut down all connections at once, even while a request waits for one."""
        self._connections.abort()


def _without_password(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Return the request; without an ``auth`` of its own, a session looks into ``.netrc``."""
    return request


def _host(url: str) -> str:
    """Return the host of a URL as its connection has it: in lower case, IDNA encoded."""
    try:
        host = parse_url(url).host or ""
    except LocationParseError:
        host = urlsplit(url).hostname or ""
    return host.strip("[]").rstrip(".").lower()


class _Connections(HTTPAdapter):
    """The connections of a session, and their sockets."""

    def __init__(self) -> None:
        self.sockets: WeakSet[socket.socket] = WeakSet()
        self._origin = ""
        self._private: dict[str, bool] = {}  # whether a host was reached at a private address
        super().__init__()

    def may_reach(self, host: str, origin: str) -> bool:
        self._origin = origin
        return host == origin or self._is_private(origin) or not self._is_private(host)

    def _is_private(self, host: str) -> bool:
        return is_private_host(host) or self._private.get(host, False)

    def check(self, host: str, address: str) -> None:
        """Raise PrivateAddressError if a host must not be reached at an IP address.

        A host that was once reached at a public address must not move to a private one.
        """
        is_private = is_private_address(address)
        is_origin = host == self._origin and self._private.get(host, True)
        if is_private and not is_origin and not self._is_private(self._origin):
            raise PrivateAddressError(address)

    def check_peer(self, host: str, peer: socket.socket) -> None:
        """Check the address of a connected socket, and remember it as the host's."""
        address = str(peer.getpeername()[0])
        self.check(host, address)
        self._private[host] = is_private_address(address)

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
            pool.ConnectionCls = _registering(pool.ConnectionCls, self)
            if not select_proxy(request.url or "", proxies):
                pool.ConnectionCls = _checking(pool.ConnectionCls, self)
        return pool

    def abort(self) -> None:
        """Shut down all connections, whatever they are waiting for."""
        for connection in list(self.sockets):
            with suppress(OSError):  # closed already
                socket.socket.shutdown(connection, socket.SHUT_RDWR)


def _registering(connection: ConnectionClass, connections: _Connections) -> ConnectionClass:
    class Connection(connection):  # type: ignore[misc, valid-type]
        def connect(self) -> None:
            super().connect()
            connections.sockets.add(self.sock)

    return Connection  # type: ignore[return-value]


def _checking(connection: ConnectionClass, connections: _Connections) -> ConnectionClass:
    """Return a class of connections that send nothing to an address they must not reach.

    The host is resolved before connecting, so that a private address is not even contacted. As the
    second resolution may give another address, the socket is checked, too.
    """

    class Checked(connection):  # type: ignore[misc, valid-type]
        def _new_conn(self) -> socket.socket:
            with suppress(OSError, UnicodeError):  # explained when connecting
                for info in socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM):
                    connections.check(self.host.lower(), str(info[4][0]))
            connected: socket.socket = super()._new_conn()
            try:
                connections.check_peer(self.host.lower(), connected)
            except (PrivateAddressError, OSError):
                connected.close()
                raise
            return connected

    return Checked  # type: ignore[return-value]


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
