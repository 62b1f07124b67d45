"""A proxy that connects clients to a local server, whatever host they ask for.

It supports only CONNECT, which clients use for https.
"""

import socket
import threading
from base64 import b64encode
from dataclasses import dataclass, field


@dataclass
class Tunnel:
    """A running proxy to a local port; a context manager."""

    port: int
    password: str = ""  # "user:password" that clients have to send, if any
    hosts: list = field(default_factory=list)  # what clients asked for: "acrabstracts.org:443"

    def __enter__(self):
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    @property
    def address(self):
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._connect, args=(client,), daemon=True).start()

    def _connect(self, client):
        request = b""
        with client:
            while b"\r\n\r\n" not in request:
                if not (part := client.recv(1024)):
                    return
                request += part
            secret = b"Basic " + b64encode(self.password.encode())
            if self.password and secret not in request:
                client.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
                return
            self.hosts.append(request.split()[1].decode())
            client.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
            with socket.create_connection(("127.0.0.1", self.port)) as server:
                back = threading.Thread(target=_pass_on, args=(server, client), daemon=True)
                back.start()
                _pass_on(client, server)
                back.join()


def _pass_on(source, target):
    try:
        while part := source.recv(65536):
            target.sendall(part)
        target.shutdown(socket.SHUT_WR)
    except OSError:  # one of them hung up
        pass
