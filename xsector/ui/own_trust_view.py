"""How others rate one's own organisation, on the partner's own page: each statement with what is kept of it."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from xsector.model.own_trust import OwnRating, OwnTrust, Surprise
from xsector.model.phrases import counted
from xsector.model.poles import NO_ANSWER, in_words
from xsector.model.released import WITHHELD, Band
from xsector.ui.parts import part
from xsector.ui.text import plain

FOR_WHOM: Final = (
    "Only those of you who took part see this, each with their own link. Neither the convener nor anybody else does: "
    "whether you share it is up to you."
)
SAID: Final = {
    Surprise.BLIND_SPOT: "You guessed at least a step higher than the others rate you: worth asking what they miss.",
    Surprise.PLEASANT: "The others rate you at least a step higher than you guessed.",
}


def show(trust: OwnTrust) -> None:
    """What all other organisations' people say together."""
    st.subheader(plain(f"How others see {trust.organisation}"), anchor=False)
    st.caption(FOR_WHOM)
    part("mirror")(key="own-trust", data={"questions": [_question(one) for one in trust.ratings]})


def _question(one: OwnRating) -> dict[str, Any]:  # Any: whatever JSON holds
    guessed = "" if one.guess is None else f"You guessed: {one.levels[one.guess]}"
    said = f". {SAID[one.surprise]}" if one.surprise else ""
    return {
        "text": one.text,
        "you": guessed + said,
        "note": "",
        "scale": True,
        "levels": list(one.levels),
        "own": [] if one.guess is None else [one.guess],
        "rows": [_row(one)],
    }


def _row(one: OwnRating) -> dict[str, Any]:  # Any: whatever JSON holds
    if one.counts is not None:
        people = sum(one.counts)
        words = f"{counted(people, 'person', 'people')} of other organisations"
        return {"name": "The others", "words": words, "short": str(people), "counts": list(one.counts),
                "people": people}  # fmt: skip
    words = in_plain_words(one.band, levels=one.levels) if one.band else ""
    return {"name": "The others", "words": words, "finding": True, "counts": [], "people": 0}


def in_plain_words(band: Band, *, levels: tuple[str, ...]) -> str:
    """What a band says of those who rated."""
    if band.pole == NO_ANSWER:
        return "not shown: too few rated you, or from too few organisations"
    if band.pole == WITHHELD:
        return "not shown: groups that answered at different times say different things"
    return f"at least {band.at_least} of {band.people} say {in_words(band.pole, levels=levels, ordered=True)}"
