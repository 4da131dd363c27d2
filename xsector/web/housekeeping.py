"""What the server does by itself while it runs: writes down what was counted, deletes old backups and people."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Final

from starlette.concurrency import run_in_threadpool

from xsector.actions import keeping, notices
from xsector.errors.common import XsectorError
from xsector.settings import Settings
from xsector.store.engine import Engine
from xsector.web import clock

LOG: Final = logging.getLogger("xsector.web")
EVERY_SECONDS: Final = 60.0
OLD_EVERY: Final = timedelta(days=1)


class Housekeeping:
    """What is due; a class because it remembers when what is old was looked for."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self._engine = engine
        self._settings = settings
        self._looked: datetime | None = None

    def due(self, *, now: datetime) -> None:
        """Do what is due at this moment; a problem is logged, and tried again the next time."""
        try:
            notices.write_down(self._engine, now=now)
            if self._looked is None or now - self._looked >= OLD_EVERY:
                keeping.drop_old_backups(self._engine, self._settings, now=now)
                keeping.forget_old_people(self._engine, self._settings, now=now)
                self._looked = now
        except (XsectorError, OSError) as problem:
            LOG.error("Housekeeping: %s", type(problem).__name__)


@contextlib.asynccontextmanager
async def going_on(work: Housekeeping) -> AsyncIterator[None]:
    """Do what is due now, every minute until the block ends, and once more then."""
    await run_in_threadpool(work.due, now=clock.now())
    task = asyncio.create_task(_for_ever(work))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        await run_in_threadpool(work.due, now=clock.now())


async def _for_ever(work: Housekeeping) -> None:
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        await run_in_threadpool(work.due, now=clock.now())
