"""Releases to plan an agenda from: pure functions, no randomness."""

from xsector.model.instrument import Kind
from xsector.model.policy import Policy
from xsector.model.released import Block, Hidden, Missing, Release, ReleasedItem
from xsector.model.round import State

AGREE = ("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree")
OFTEN = ("Never", "Rarely", "Sometimes", "Often", "Always")
SECTORS = ("Government", "Non-profit", "Business")


def rating(code, counts, *, text=None, levels=AGREE, chance=0.01, cannot_judge=None, **more):
    """One rating; *counts* per block, *cannot_judge* people per block."""
    unsure = cannot_judge or [0] * len(counts)
    facts = {
        "short": f"Short {code}", "kind": Kind.RATING, "theme": "", "ordered": True, "context": False, "reverse": False,
    }  # fmt: skip
    return ReleasedItem(
        code=code,
        text=text or f"Statement {code}.",
        levels=levels,
        counts=tuple(tuple(row) for row in counts),
        missing=tuple(Missing(cannot_judge=number) for number in unsure),
        chance=chance,
        **(facts | more),
    )


def release(*items, sizes=(8, 8, 8), names=SECTORS, invited=None, hidden=(), held=()):
    """A revealed round of these items; *sizes* are people per block."""
    return Release(
        round_id=1,
        partnership="Harbour Town",
        title="Spring check-up",
        state=State.REVEALED,
        policy=Policy(),
        invited=sum(sizes) if invited is None else invited,
        answered=sum(sizes),
        blocks=tuple(
            Block(name=name, sectors=(name,), n=size, look=look)
            for look, (name, size) in enumerate(zip(names, sizes, strict=True))
        ),
        hidden=tuple(Hidden(sector=label.lower(), label=label, reason=reason) for label, reason in hidden),
        held=tuple(held),
        banded=(),
        items=tuple(items),
        themes={},
    )


def wide_gap(code="K01", text="It is clear who decides what.", **more):
    """Government says yes, Business says no."""
    return rating(code, [(0, 0, 0, 2, 6), (0, 3, 3, 2, 0), (5, 3, 0, 0, 0)], text=text, **more)


def shared_yes(code="F01", text="Our goal matters to my organisation.", **more):
    """Everybody agrees."""
    return rating(code, [(0, 0, 0, 3, 5), (0, 0, 0, 4, 4), (0, 0, 1, 3, 4)], text=text, chance=0.9, **more)


def split_inside(code="W01", text="Meetings are worth their time.", **more):
    """Non-profit is split, the others stand in the middle."""
    return rating(code, [(0, 1, 6, 1, 0), (4, 0, 0, 0, 4), (0, 1, 6, 1, 0)], text=text, chance=0.8, **more)


def many_in_the_dark(code="D01", text="The money is well kept.", **more):
    """Half of all can't judge, most of them in Business."""
    return rating(
        code, [(0, 0, 4, 2, 0), (0, 0, 3, 1, 0), (0, 0, 2, 0, 0)], text=text, cannot_judge=[2, 4, 6], chance=0.7, **more
    )


def even(code="E01", **more):
    """Nothing to talk about: the middle, everywhere alike."""
    return rating(code, [(0, 3, 3, 2, 0)] * 3, chance=0.95, **more)


def talkative():
    """A release in which every rule speaks, three gaps among them."""
    return release(
        wide_gap(),
        wide_gap("K02", "Residents shape what we talk about."),
        wide_gap("K03", "Partners share their data.", chance=0.04),
        shared_yes(),
        shared_yes("F02", "I trust what partners tell me."),
        split_inside(),
        many_in_the_dark(),
        even(),
        sizes=(8, 8, 8),
        invited=27,
        hidden=[("Philanthropy", "fewer than 5 people")],
    )


def quiet():
    """A release in which nothing stands out."""
    return release(even("E01"), even("E02"))
