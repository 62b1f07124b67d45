"""A local HTTP(S) server that stands in for an abstract site, faults included.

``Site.answers`` maps a path to its successive answers (the last one is repeated), and
``Site.requests`` has the requests. An answer is its bytes on the wire, and what the server does
after them.
"""

import select
import struct
import threading
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SO_LINGER, SOL_SOCKET


@dataclass(frozen=True)
class Answer:
    """Bytes to send, and then: keep (the connection), close, reset, stall, trickle or flood."""

    wire: bytes
    then: str = "keep"


def page(
    body=b"<title>An abstract</title>",
    status=200,
    content_type="text/html; charset=utf-8",
    then="keep",
    **headers,
):
    """Return a well-formed answer; ``Retry_After=5`` sets a header, None removes one."""
    fields = {"Content-Type": content_type, "Content-Length": len(body)}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    phrase = HTTPStatus(status).phrase if status in list(HTTPStatus) else ""
    head = f"HTTP/1.1 {status} {phrase}\r\n" + "".join(
        f"{name}: {value}\r\n" for name, value in fields.items() if value is not None
    )
    return Answer(head.encode() + b"\r\n" + body, then)


def redirect(location, status=302):
    return page(b"elsewhere", status=status, Location=location)


@dataclass
class Visit:
    """When a request came, and when its answer was sent or the client hung up."""

    path: str
    start: float
    end: float = float("inf")
    connection: object = None

    def has_hung_up(self):
        """Return whether the client has closed its side of the connection."""
        try:
            return bool(select.select([self.connection], [], [], 0)[0])
        except (OSError, ValueError):  # and this side noticed it
            return True


@dataclass
class Site:
    """A running server; a context manager."""

    tls: object = None  # an ssl.SSLContext, or None for plain HTTP
    answers: dict = field(default_factory=dict)
    requests: list = field(default_factory=list)  # (path, headers)
    visits: list = field(default_factory=list)

    def __enter__(self):
        self.closing = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.site = self
        if self.tls:
            self._server.socket = self.tls.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.005,))
        self._thread.start()
        return self

    def __exit__(self, *_):
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self):
        return self._server.server_port

    @property
    def root(self):
        scheme = "https" if self.tls else "http"
        return f"{scheme}://127.0.0.1:{self.port}"

    def serve(self, *answers, path="/abstract/x/"):
        """Serve these answers in turn at ``path``; return its URL."""
        self.answers[path] = list(answers)
        return self.root + path

    def answer(self, path, headers):  # noqa: ARG002 - subclasses use them
        """Return the answer to a request."""
        answers = self.answers.get(path, [page(b"no such page", status=404)])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def paths(self):
        return [path for path, _ in self.requests]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request, client_address):
        """Print nothing: clients hang up in many tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        site = self.server.site
        site.requests.append((self.path, self.headers))
        visit = Visit(self.path, time.monotonic(), connection=self.connection)
        site.visits.append(visit)
        answer = site.answer(self.path, self.headers)
        if answer.then not in ("stall", "trickle"):
            visit.end = time.monotonic()
        self.wfile.write(answer.wire)
        self.close_connection = answer.then != "keep"
        if answer.then == "reset":
            self.connection.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        while answer.then == "stall" and not site.closing.is_set():
            if select.select([self.connection], [], [], 0.02)[0]:  # the client hangs up
                visit.end = time.monotonic()
                return
        if answer.then == "flood":
            for _ in range(200):
                self.wfile.write(b"x" * 1_000_000)
        try:
            while answer.then == "trickle" and not site.closing.wait(0.005):
                self.wfile.write(b"x")
        except OSError:  # the client hung up
            visit.end = time.monotonic()

    def log_message(self, format, *args):  # noqa: A002 - the name of the standard library
        """Keep stderr clean."""
