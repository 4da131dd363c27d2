"""What time it is, and how a person says it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import streamlit as st


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def told(moment: datetime) -> str:
    """*moment* on the clock of the person who looks: “14:02”, with the date when it isn't today."""
    zone = _zone()
    local = moment.astimezone(zone)
    if local.date() == now().astimezone(zone).date():
        return f"{local:%H:%M}"
    return f"{local.day} {local:%B %Y, %H:%M}"


def _zone() -> ZoneInfo:
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ValueError, LookupError):  # a browser may name a zone that this server doesn't know
        return ZoneInfo("UTC")
