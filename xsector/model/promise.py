"""What partners are told before the first question: who will see what."""

from __future__ import annotations

from typing import Final

from xsector.model.policy import Policy, Tier

VERSION: Final = "2026-11-22"


def promise(policy: Policy, *, records_notice: bool) -> str:
    """The promise in plain paragraphs, divided by blank lines."""
    small = (
        f" This is a small partnership, so groups may be as small as {policy.k}. If that feels too small, say so to "
        "your convener before you begin, or skip what you would not want guessed."
        if policy.tier is Tier.SMALL
        else ""
    )
    paragraphs = [
        "Your answers are confidential. Who has answered is not secret; what you answered is. Answers are stored "
        "under a key that only your link can make, never with your name. Nobody can open them without your link: "
        "not the convener, not the facilitator.",
        f"Until the reveal nothing is shown but how many have answered. Then counts are shown for sectors with at "
        f"least {policy.k} people from at least {policy.m} organisations. Smaller sectors are joined to others or "
        f"not shown.{small} Until then your sector and organisation stand beside your answers, so that groups can "
        "be counted; at the reveal both are removed.",
        "If everybody in your group answers alike, others will see that. Questions about trust are different: where "
        "nearly everybody in a group answers in one way, only “at least 4 of 6” is kept, so that nobody can work out "
        "what you said.",
        "Comments go to the facilitator first and to the room only if you agree at the box. Your own words can give "
        "you away, so write what you would say in the room.",
        "Your link is your key. Whoever made it for you could have kept a copy; a link that you make yourself with the "
        "room code only you have. Keep it to yourself: with it you can come back and change your answers until the "
        "reveal. After the reveal what was shown stays as it is.",
    ]
    if records_notice:
        paragraphs.append(
            "Public bodies take part here. Records law may oblige them to hand over what they hold, which can "
            "include results and notes."
        )
    return "\n\n".join(paragraphs)
