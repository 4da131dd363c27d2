"""How often somebody may try before they must wait; kept in memory, by no address."""

from __future__ import annotations

import contextlib
import math
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from xsector.errors.access import TooManyTriesError


class Budget:
    """At most *tries* failures in *minutes* for each key; a class because it remembers them."""

    def __init__(self, *, tries: int, minutes: float) -> None:
        self._tries = tries
        self._span = timedelta(minutes=minutes)
        self._failures: dict[str, list[datetime]] = {}
        self._swept = datetime.min.replace(tzinfo=UTC)
        self._lock = threading.Lock()

    def check(self, key: str, *, now: datetime) -> None:
        """Raise TooManyTriesError while *key* has used up its tries."""
        with self._lock:
            failures = self._recent(key, now=now)
            if len(failures) >= self._tries:
                wait = failures[0] + self._span - now
                raise TooManyTriesError(max(1, round(wait.total_seconds())))

    def fail(self, key: str, *, now: datetime) -> None:
        """Note one failure."""
        with self._lock:
            self._forget_old(now)
            self._failures[key] = [*self._recent(key, now=now), now]

    def clear(self, key: str) -> None:
        """Forget the failures of *key* after a success."""
        with self._lock:
            self._failures.pop(key, None)

    def _recent(self, key: str, *, now: datetime) -> list[datetime]:
        return [moment for moment in self._failures.get(key, ()) if moment > now - self._span]

    def _forget_old(self, now: datetime) -> None:
        """Keep no key longer than its failures count, so that guessing under new names fills no memory."""
        if now - self._swept >= self._span:
            self._swept = now
            self._failures = {key: recent for key in self._failures if (recent := self._recent(key, now=now))}


class Gate:
    """At most *tries* failures for each key, then a pause of *minutes* that doubles up to *longest* minutes.

    A class because it remembers them. After a quiet time as long as the last pause, pauses begin anew.
    """

    def __init__(self, *, tries: int, minutes: float, longest: float) -> None:
        self._tries = tries
        self._first = timedelta(minutes=minutes)
        self._longest = timedelta(minutes=longest)
        self._kept: dict[str, _Kept] = {}
        self._swept = datetime.min.replace(tzinfo=UTC)
        self._lock = threading.Lock()

    def wait_seconds(self, key: str, *, now: datetime) -> int:
        """How long *key* has to wait before its next try; 0 if it need not."""
        with self._lock:
            kept = self._kept.get(key)
        return 0 if kept is None or kept.until <= now else max(1, math.ceil((kept.until - now).total_seconds()))

    def fail(self, key: str, *, now: datetime) -> None:
        """Note one failure; the last of those that are free begins the pause."""
        with self._lock:
            self._forget_old(now)
            before = self._kept.get(key)
            if before is None or not before.counts(now, span=self._first):
                before = _Kept(until=now, pause=timedelta(0), failures=())
            failures = (*(one for one in before.failures if one > now - self._first), now)
            pause, until = before.pause, before.until
            if len(failures) >= self._tries:
                pause = min(pause * 2 or self._first, self._longest)
                until, failures = now + pause, ()
            self._kept[key] = _Kept(until=until, pause=pause, failures=failures)

    def _forget_old(self, now: datetime) -> None:
        if now - self._swept >= self._first:
            self._swept = now
            self._kept = {key: kept for key, kept in self._kept.items() if kept.counts(now, span=self._first)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    until: datetime
    pause: timedelta
    failures: tuple[datetime, ...]

    def counts(self, now: datetime, *, span: timedelta) -> bool:
        """Whether anything of this still makes somebody wait."""
        return now < self.until + self.pause or any(one > now - span for one in self.failures)


class Line:
    """One after the other, at most *longest* at a time; a class because it remembers who waits."""

    def __init__(self, *, longest: int) -> None:
        self._places = threading.Semaphore(longest)
        self._turn = threading.Lock()

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for the others, then go; TooManyTriesError where the line is full."""
        if not self._places.acquire(blocking=False):
            raise TooManyTriesError(1)
        try:
            with self._turn:
                yield
        finally:
            self._places.release()
