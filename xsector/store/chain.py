"""Rows that each vouch for the one before: they must be written one after the other."""

from __future__ import annotations

import zlib
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

FIRST: Final = "0" * 64
"""What stands for the row before the first one."""


def alone(session: Session, chain: str) -> None:
    """Let others who add to *chain* wait until the transaction ends; SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(zlib.crc32(chain.encode()))))
