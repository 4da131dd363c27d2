"""How often somebody may try before they must wait; kept in memory, by no address."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from xsector.errors import TooManyTriesError


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
