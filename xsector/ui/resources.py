"""What all sessions and doors share: the engine, the settings, the signing key, finished figures."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from xsector.settings import Settings
from xsector.store import facts
from xsector.store.engine import Engine, writing

Built = TypeVar("Built")
KEPT_AT_MOST: Final = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Everything that exists once in this process."""

    engine: Engine
    settings: Settings
    signing_key: bytes


_SHARED: list[Shared] = []
_LOCK: Final = threading.Lock()
# Any: figures, pictures and papers of all kinds; only their key knows which.
_KEPT: Final[OrderedDict[Hashable, Future[Any]]] = OrderedDict()


def provide(engine: Engine, settings: Settings) -> None:
    """Hand over the engine and the settings; the start of the server does, and so do tests."""
    with writing(engine) as session:
        key = facts.signing_key(session)
    with _LOCK:
        _SHARED[:] = [Shared(engine=engine, settings=settings, signing_key=key)]
        _KEPT.clear()


def withdraw() -> None:
    """Forget what was provided and all that was kept."""
    with _LOCK:
        _SHARED.clear()
        _KEPT.clear()


def engine() -> Engine:
    """The one engine."""
    return _shared().engine


def settings() -> Settings:
    """The settings this server was started with."""
    return _shared().settings


def signing_key() -> bytes:
    """The key that signs partners' cookies."""
    return _shared().signing_key


def kept(key: Hashable, build: Callable[[], Built]) -> Built:
    """What *build* made for *key* before, or makes now; the least used go first.

    Shared by all sessions, so only for what is released to everybody; the key names round and
    revision. Two sessions that ask at the same time wait for one build.
    """
    with _LOCK:
        found = _KEPT.get(key)
        mine: Future[Any] = Future()
        if found is None:
            _KEPT[key] = mine
            while len(_KEPT) > KEPT_AT_MOST:
                _KEPT.popitem(last=False)
        else:
            _KEPT.move_to_end(key)
    if found is not None:
        result: Built = found.result()
        return result
    return _built(mine, key=key, build=build)


def _built(place: Future[Any], *, key: Hashable, build: Callable[[], Built]) -> Built:
    try:
        made = build()
    except BaseException as problem:
        with _LOCK:
            if _KEPT.get(key) is place:
                del _KEPT[key]
        place.set_exception(problem)
        raise
    place.set_result(made)
    return made


def _shared() -> Shared:
    if not _SHARED:
        raise LookupError("resources.provide(engine, settings) has not been called yet")
    return _SHARED[0]
