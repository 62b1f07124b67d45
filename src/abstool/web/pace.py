"""The pace of requests to a host: one at a time, and none too soon.

Every request takes a ``turn``, which begins when the pause since the host's last request is over.
With a folder, the time of that request is kept in a file there, so that all abstools of a user,
one killed a moment ago included, are one polite visitor to a site and not several.
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
from urllib.parse import quote

from abstool.address import authority
from abstool.web.failure import HaltError

JITTER = 0.25  # a pause is up to so much longer than the delay, so that no rhythm builds up
_WORTH_TELLING = 10.0  # seconds


def local_time() -> datetime:
    """Return the time of day with its zone."""
    return datetime.now(UTC).astimezone()


_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class _Known:
    """What is known of a host: when its last request ended, and the pause it asked for."""

    last: datetime = _NEVER
    until: datetime = _NEVER
    why: str = ""


class Pace:
    """Grants turns. ``sleep`` and ``now`` (an aware datetime) are the clock."""

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

        Pauses that a site asks for are kept if they are not longer than ``longest`` seconds.
        ``every`` False is for one page that a person waits for: its robots.txt, its redirects and
        itself are one visit, and only the first of these requests waits for the delay.
        """
        self.now = now
        self._delay = delay
        self._slower: dict[str, float] = {}
        self._folder = folder
        self._longest = longest
        self._every = every
        self._note = note
        self._chance = chance
        self._sleep = sleep
        self._known: dict[str, _Known] = {}
        self._visited: set[str] = set()

    def delay(self, address: str) -> float:
        """Return the least number of seconds between two requests to an address's host."""
        return max(self._delay, self._slower.get(authority(address), 0.0))

    def slow_down(self, address: str, seconds: float) -> None:
        """Keep at least so many seconds between requests to an address's host."""
        self._slower[authority(address)] = seconds

    @contextmanager
    def turn(self, address: str) -> Iterator[None]:
        """Wait until a request may begin; the block is the time it takes.

        Raises HaltError where the site asked for a pause that is too long to wait for.
        """
        host = authority(address)
        pause = self.delay(address) * (1 + JITTER * self._chance())
        if host in self._visited and not self._every:
            pause = 0.0
        while True:
            with self._alone(host):
                known = self._read(host)
                if known.last > self.now():  # the clock was set back
                    known = replace(known, last=self.now())
                    self._write(host, known)
                wait = self._wait(address, known, pause)
                if wait <= 0:
                    self._write(host, replace(known, last=self.now()))
                    self._visited.add(host)
                    try:
                        yield
                    finally:
                        self._write(host, replace(known, last=self.now()))
                    return
            if wait > max(_WORTH_TELLING, 2 * pause):
                self._note(f"{host}: pausing for {wait:.0f} s, as the site asks ({known.why})")
            self._sleep(wait)

    def hold(self, address: str, seconds: float, why: str, *, asked: bool) -> None:
        """Let no request to the host begin for so many seconds.

        ``asked`` by the site, the pause holds for other abstools, too. Raises HaltError where it
        is too long to wait for.
        """
        host = authority(address)
        until = self.now() + timedelta(seconds=seconds)
        with self._alone(host):
            known = replace(self._read(host), until=until, why=why)
            self._known[host] = known
            if asked:
                self._write(host, known)
        self._wait(address, known, 0.0)

    def _wait(self, address: str, known: _Known, pause: float) -> float:
        """Return for how many seconds a request has to wait still."""
        now = self.now()
        asked = (known.until - now).total_seconds()
        if asked > self._longest:
            raise HaltError(
                address,
                f"the site asks for a pause ({known.why})",
                f"try again after {known.until.astimezone(now.tzinfo):%Y-%m-%d %H:%M}",
            )
        return max((known.last + timedelta(seconds=pause) - now).total_seconds(), asked)

    # --- what other abstools know -----------------------------------------------------------------

    def _alone(self, host: str) -> AbstractContextManager[object]:
        """Return the lock of a host's requests; none where there can be no file for it."""
        if self._folder is None:
            return nullcontext()
        from filelock import FileLock  # noqa: PLC0415 - slow to import

        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._file(host, ".lock"))
            lock.acquire()
        except (OSError, NotImplementedError):
            return nullcontext()
        return _released(lock)

    def _file(self, host: str, suffix: str) -> Path:
        assert self._folder
        return self._folder / (quote(host, safe="") + suffix)

    def _read(self, host: str) -> _Known:
        own = self._known.get(host, _Known())
        if self._folder is None:
            return own
        try:
            data = json.loads(self._file(host, ".json").read_bytes())
            last, until = (datetime.fromisoformat(data[name]) for name in ("last", "until"))
            if last.tzinfo and until.tzinfo and until > own.until:
                own = replace(own, until=until, why=str(data["why"]))
            return replace(own, last=max(last, own.last))
        except (
            OSError,
            ValueError,
            KeyError,
            TypeError,
        ):  # none yet, or half written by one killed
            return own

    def _write(self, host: str, known: _Known) -> None:
        self._known[host] = known
        if self._folder is not None:
            data = {
                "last": known.last.isoformat(),
                "until": known.until.isoformat(),
                "why": known.why,
            }
            with suppress(OSError):
                self._file(host, ".json").write_text(json.dumps(data), "utf-8")


@contextmanager
def _released(lock: object) -> Iterator[None]:
    try:
        yield
    finally:
        lock.release()  # type: ignore[attr-defined]
