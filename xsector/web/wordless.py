"""Traces of our mistakes in the log: what kind and where, without the words, which may be somebody's answer."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from typing import Final

LOGGERS: Final = ("streamlit.error_util", "uvicorn.error", "asyncio", "xsector")
"""Who writes down what a page or a door has raised."""


class Wordless(logging.Filter):
    """Takes the words out of a trace before it is written; a class because logging wants one."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the record through, with its trace as kinds and places only."""
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = "\n".join(_told(record.exc_info[1]))
            record.exc_info = None
        return True


def keep_words_out_of_logs() -> None:
    """From now on no trace holds what an exception said."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(one, Wordless) for one in logger.filters):
            logger.addFilter(Wordless())


def _told(problem: BaseException) -> Iterator[str]:
    """The problem's kind and places, oldest first, after those of the problem it came from."""
    earlier = problem.__cause__ or (None if problem.__suppress_context__ else problem.__context__)
    if earlier is not None:
        yield from _told(earlier)
        yield "which led to"
    for frame in traceback.extract_tb(problem.__traceback__):
        yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
    yield type(problem).__name__
