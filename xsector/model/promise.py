"""What partners are told before the first question: who will see what."""

from __future__ import annotations

from typing import Final

from xsector.model.policy import Policy, Tier
from xsector.model.words import FEWEST_WORDS

VERSION: Final = "2026-11-26b"
FEWEST_RATERS: Final = 5
SMALL: Final = 5
"""Groups below this are small: everybody is told."""


def promise(policy: Policy, *, records_notice: bool, live: bool, by_name: bool = False, rates: bool = False) -> str:
    """The promise in plain paragraphs, divided by blank lines.

    *by_name*: the round asks what part one's own organisation has, which is shown under its name. *rates*: it asks
    how far partners rely on each other organisation.
    """
    paragraphs = [
        "Your answers are confidential. Who has answered is not secret; what you answered is. Answers are stored "
        "under a key that only your link can make, never with your name. Nobody can open them without your link: "
        "not the convener, not the facilitator.",
        _groups(policy, live=live),
        "If everybody in your group answers alike, others will see that. Questions about trust are different: where "
        "nearly everybody in a group answers in one way, only “at least 4 of 6” is kept, so that nobody can work out "
        "what you said. Only questions that are marked as being about trust are treated so.",
        f"Of comments nobody reads any before the results are shown, nor where fewer than {FEWEST_WORDS} people wrote "
        "about a question. Then the facilitator reads them first, and the room sees yours only if you agree at the "
        "box. They stand without names, in an order that says nothing. They appear with the answers they belong to: "
        "those of answers that are counted later are seen to be new when these are added. Your own words can give you "
        "away, so write what you would say in the room.",
        "Your link is your key. Whoever made it for you could have kept a copy; a link that you make yourself with the "
        "room code only you have. Keep it to yourself: with it you can come back and change your answers until "
        "they are counted, take a copy of them, or erase yourself. What was shown of a group stays as it is, and so do "
        "comments that were opened, unless you ask for yours to go.",
    ]
    if by_name:
        paragraphs.append(
            "One thing is not confidential, and says so where it is asked: what your organisation’s own part is in "
            "each job. You say that for your organisation, and it is shown under its name. Skip it if you would "
            "rather not speak for it."
        )
    if rates:
        paragraphs.append(
            "You are asked how far you rely on other organisations. What you say of one organisation by itself stands "
            "in no table that anybody sees. Of a sector with at least three organisations we keep the mean of what you "
            "say of them, counted with your group. What is marked “alone” goes to the rated organisation’s people who "
            f"took part, added to what all others say, and only from {max(policy.k, FEWEST_RATERS)} answers on. Who "
            "has contact with whom is often known, so we count only those who rated, and where nearly all of them "
            "answer in one way, only “at least 4 of 6” is kept. No organisation is ever ranked."
        )
    if records_notice:
        paragraphs.append(
            "Public bodies take part here. Records law may oblige them to hand over what they hold, which can "
            "include results and notes."
        )
    return "\n\n".join(paragraphs)


def vote_promise(policy: Policy) -> str:
    """What is told beside a vote in a meeting."""
    return (
        "Nobody sees your vote: it is counted with those of others, and shown for groups of at least "
        f"{policy.k} people from several organisations. Until it is shown you can change it."
    )


def _groups(policy: Policy, *, live: bool) -> str:
    """Which groups are shown, and when."""
    first = (
        "This round is live: a group is counted and shown as soon as enough of it have finished, and from then on "
        f"those answers can't be changed. Counts are shown for sectors with at least {policy.k} people from at least "
        f"{policy.m} organisations."
        if live
        else "Until the reveal nothing is shown but how many have answered. Then counts are shown for sectors with at "
        f"least {policy.k} people from at least {policy.m} organisations."
    )
    sentences = [first, "Smaller sectors are joined to others or not shown."]
    if policy.tier is Tier.BY_ORGANISATION:
        sentences.append(
            f"Organisations of which at least {policy.k} people answered are shown under their own name, but only if "
            "everybody who answers agrees to that. You are asked below, before the first question. One no is enough: "
            "then only sectors are shown, and nobody is told whose no it was."
        )
    if policy.tier is not Tier.CONFIDENTIAL and policy.k < SMALL:
        sentences.append(
            f"Groups may be as small as {policy.k}. If that feels too small, say so to your convener before you begin, "
            "or skip what you would not want guessed."
        )
    sentences.append(
        "Until your answers are counted, your sector and organisation stand beside them, so that groups can be "
        "formed; then both are removed."
    )
    return " ".join(sentences)
