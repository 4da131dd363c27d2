"""What partners are told before the first question: who will see what."""

from __future__ import annotations

from typing import Final

from xsector.model.policy import Policy, Tier

VERSION: Final = "2026-11"


def promise(policy: Policy, *, records_notice: bool) -> str:
    """The promise in plain paragraphs, divided by blank lines."""
    small = (
        f" This is a small partnership, so groups may be as small as {policy.k}. If that feels too small, say so to "
        "your convener before you begin, or skip what you would not want guessed."
        if policy.tier is Tier.SMALL
        else ""
    )
    paragraphs = [
        "Your answers are confidential. Everyone on the list can see who has answered, and nobody can look up what "
        "you answered: not the convener, not the facilitator, not the people who run this server.",
        f"Until the reveal nothing is shown but how many have answered. Then counts are shown for sectors with at "
        f"least {policy.k} people from at least {policy.m} organisations. Smaller sectors are joined to others or "
        f"not shown.{small}",
        "If everybody in your group answers alike, others will see that. Questions about trust are held back: their "
        "counts are sealed and not shown to anybody.",
        "Comments are kept for the facilitator, who reads them first; they are read out only if you agree at the "
        "box. Your own words can give you away, so write what you would say in the room.",
        "Your link is your key. Keep it to yourself: with it you can come back and change your answers until the "
        "reveal. After the reveal what was shown stays as it is.",
    ]
    if records_notice:
        paragraphs.append(
            "Public bodies take part here. Records law may oblige them to hand over what they hold, which can "
            "include results and notes."
        )
    return "\n\n".join(paragraphs)
