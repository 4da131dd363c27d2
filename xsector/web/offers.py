"""The buttons that lead to a provider; none where secrets.toml names no provider."""

from __future__ import annotations

from xsector.ui import providers
from xsector.web import papers
from xsector.web.journeys import Door

SET_OFF = "/sign-in/elsewhere"


def offers(door: Door, *, token: str = "", lead: str = "") -> str:
    """A button for each provider, under *lead*; what a link gives is carried along by its *token*."""
    found = providers.providers()
    buttons = [
        papers.form(
            papers.hidden("provider", value=one.key),
            papers.hidden("door", value=door),
            papers.hidden("token", value=token),
            button=f"Sign in with {one.label}",
            action=SET_OFF,
        )
        for one in found
    ]
    return (papers.words(lead) if lead and found else "") + "".join(buttons)
