"""Our lines on standard error: one JSON object each, with the time in UTC; the times of others in UTC too."""

from __future__ import annotations

import json
import logging
import time
from datetime import UTC, datetime
from typing import Final

from xsector.web.wordless import Wordless

OURS: Final = "xsector"


class JsonLine(logging.Formatter):
    """Writes a record as one JSON object; a class because logging wants one."""

    def format(self, record: logging.LogRecord) -> str:
        """When, how bad, where from, what, and the places of a trace if there is one."""
        moment = datetime.fromtimestamp(record.created, tz=UTC)
        line = {
            "at": f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z",
            "level": record.levelname.lower(),
            "from": record.name,
            "message": record.getMessage(),
        }
        if record.exc_text:
            line["trace"] = record.exc_text
        return json.dumps(line, ensure_ascii=False)


def write_lines_for_machines() -> None:
    """From now on our lines are JSON, and every line has its time in UTC."""
    # Streamlit and the server beneath it write the local time of the machine otherwise.
    logging.Formatter.converter = time.gmtime
    logger = logging.getLogger(OURS)
    for handler in [one for one in logger.handlers if isinstance(one.formatter, JsonLine)]:
        logger.removeHandler(handler)
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLine())
    handler.addFilter(Wordless())
    logger.addHandler(handler)
    logger.propagate = False
