"""Moments as the database gives them back."""

from __future__ import annotations

from datetime import UTC, datetime


def in_utc(moment: datetime) -> datetime:
    """*moment* in UTC: SQLite gives ours back without a zone, PostgreSQL in the server's own."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
