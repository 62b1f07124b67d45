"""Keep requests to a host apart: one at a time, and with a pause between them.

Every request takes a ``turn``, which begins when the pause after the host's previous request is
over. With a folder, the time of that request is kept in a file there. All processes of a user
therefore share one pace, even after one of them was killed.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from abstool.address import authority
from abstool.web.failure import NETWORKS, HaltError

if TYPE_CHECKING:
    from filelock import BaseFileLock

JITTER = 0.25  # a pause is longer than the delay by up to this share, to avoid a fixed rhythm
_POLL = 0.05  # seconds between two looks at the lock of another process
_LONG_PAUSE = 10.0  # seconds; a longer one is reported to the user
_LONGEST_DELAY = 3600.0  # seconds between two requests; a longer one is refused
_YEAR = 365 * 86400.0  # seconds; of a longer pause, the end is not kept
_FARTHEST = timedelta(days=367)  # longer than any pause that is asked for


def local_time() -> datetime:
    """Return the current time with its time zone."""
    return datetime.now(UTC).astimezone()


def zoned(text: str) -> datetime:
    """Return a time with its zone. Raises ValueError if it has none."""
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError(text)
    return time


_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class _HostState:
    """When a host's last request ended, until when the host asked us to wait, and why."""

    last: datetime = _NEVER
    until: datetime = _NEVER
    why: str = ""


class Pace:
    """Grants turns to requests. ``sleep`` and ``now`` (an aware datetime) are the clock."""

    def __init__(
        self,
        delay: float = 0.0,
        *,
        folder: Path | None = None,
        longest: float = 120.0,
        every: bool = True,
        note: Callable[[str], None] = lambda _: None,
        chance: Callable[[], float] = random.random,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime] = local_time,
    ) -> None:
        """Keep ``delay`` seconds between requests.

        Pauses that a site asks for are waited for up to ``longest`` seconds. With ``every`` False,
        which is for a single page that a person waits for, only the first request to a host waits
        for the delay: robots.txt, redirects and the page are one visit.
        """
        self.now = now
        self._delay = delay
        self._crawl_delays: dict[str, float] = {}
        self._folder = folder
        self._longest = longest
        self._every = every
        self._note = note
        self._chance = chance
        self._sleep = sleep
        self._states: dict[str, _HostState] = {}
        self._visited: set[str] = set()

    def delay(self, url: str) -> float:
        """Return the minimum number of seconds between two requests to a URL's host."""
        return max(self._delay, self._crawl_delays.get(authority(url), 0.0))

    def slow_down(self, url: str, seconds: float) -> None:
        """Wait at least this long between requests to a URL's host.

        Raises HaltError if it is too long to wait for.
        """
        host = authority(url)
        if seconds > _LONGEST_DELAY:
            hours = f"{seconds / 3600:,.1f}" if seconds < 366 * 86400 else "more than 8,784"
            raise HaltError(
                url,
                f"robots.txt asks for {hours} hours between requests",
                "open it in a browser",
                page=NETWORKS,
            )
        if seconds > max(_LONG_PAUSE, self._delay) and self._crawl_delays.get(host) != seconds:
            self._note(f"{host}: waiting {seconds:g} s between requests, as robots.txt asks")
        self._crawl_delays[host] = seconds

    @contextmanager
    def turn(self, url: str) -> Iterator[None]:
        """Wait until a request may begin; the request is made in the ``with`` block.

        Raises HaltError if the site asked for a pause that is too long to wait for.
        """
        host = authority(url)
        pause = self.delay(url) * (1 + JITTER * self._chance())
        if host in self._visited and not self._every:
            pause = 0.0
        while True:
            with self._lock(host):
                state = self._read(host)
                if state.last > self.now():  # the clock has been set back
                    state = replace(state, last=self.now())
                    self._write(host, state)
                wait = self._wait(url, state, pause)
                if wait <= 0:
                    self._write(host, replace(state, last=self.now()))
                    self._visited.add(host)
                    try:
                        yield
                    finally:
                        self._write(host, replace(state, last=self.now()))
                    return
            if wait > max(_LONG_PAUSE, 2 * pause):
                self._note(f"{host}: waiting {wait:.0f} s, as the site asked ({state.why})")
            self._sleep(wait)

    def hold(self, url: str, seconds: float, why: str, *, asked: bool) -> None:
        """Block requests to the host for a number of seconds.

        If the site ``asked`` for the pause, other processes wait, too. Raises HaltError if it is
        too long to wait for.
        """
        host = authority(url)
        until = self.now() + timedelta(seconds=seconds)
        with self._lock(host):
            state = replace(self._read(host), until=until, why=why)
            self._states[host] = state
            if asked:
                self._write(host, state)
        self._wait(url, state, 0.0)

    def _wait(self, url: str, state: _HostState, pause: float) -> float:
        """Return how many seconds a request still has to wait."""
        now = self.now()
        asked = (state.until - now).total_seconds()
        if asked > self._longest:
            end = f"after {state.until.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"
            raise HaltError(
                url,
                f"the site asks us to wait ({state.why})",
                f"try again {'in more than a year' if asked > _YEAR else end}",
                page=NETWORKS,
            )
        return max((state.last + timedelta(seconds=pause) - now).total_seconds(), asked)

    # --- shared with other processes --------------------------------------------------------------

    def _lock(self, host: str) -> AbstractContextManager[None]:
        """Return the acquired lock of a host, or a null context if it cannot have a lock file."""
        if self._folder is None:
            return nullcontext()
        from filelock import FileLock, Timeout  # noqa: PLC0415 - slow to import

        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._file(self._folder, host, ".lock"))
            while True:
                try:
                    lock.acquire(blocking=False)
                    break
                except Timeout:
                    self._sleep(_POLL)
        except (OSError, NotImplementedError):
            return nullcontext()
        return _released(lock)

    @staticmethod
    def _file(folder: Path, host: str, suffix: str) -> Path:
        return folder / (quote(host, safe="") + suffix)

    def _read(self, host: str) -> _HostState:
        own = self._states.get(host, _HostState())
        if self._folder is None:
            return own
        try:
            path = self._file(self._folder, host, ".json")
            data = json.loads(path.read_bytes() if path.is_file() else b"")  # no pipe, which waits
            last, until = (zoned(data[name]) for name in ("last", "until"))
            if until - self.now() > _FARTHEST:
                until = _NEVER
            if until > own.until:
                own = replace(own, until=until, why=str(data["why"]))
            return replace(own, last=max(last, own.last))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):  # not there, or damaged
            return own

    def _write(self, host: str, state: _HostState) -> None:
        self._states[host] = state
        if self._folder is not None:
            data = {
                "last": state.last.isoformat(),
                "until": state.until.isoformat(),
                "why": state.why,
            }
            path = self._file(self._folder, host, ".json")
            with suppress(OSError):
                if path.is_file() or not path.exists():
                    path.write_text(json.dumps(data), "utf-8")


@contextmanager
def _released(lock: BaseFileLock) -> Iterator[None]:
    try:
        yield
    finally:
        lock.release()
