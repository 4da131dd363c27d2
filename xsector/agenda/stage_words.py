"""What is said about the partnership's road: what was found, whom that rests on, and how sure it is."""

from __future__ import annotations

import math
from typing import Final

from xsector.agenda.certainty import CLOSE, chance_sentence, few_sentence
from xsector.agenda.document import Row
from xsector.agenda.wording import block_name
from xsector.analysis.stage import (
    ARGUING,
    CAREFUL,
    HARD_TALK,
    SAID_HERE,
    Agreed,
    Found,
    Place,
    Said,
    StageFinding,
    StageView,
    step_of,
)
from xsector.model.modules.kinds import Road
from xsector.model.released import Block, Release

READ: Final = "How many of us see the signs of each stage, and how many say that its work is done"
READ_PICTURES: Final = "Share of each sector that chose each picture, in percent"
SIDES: Final = ("Early on the road", "Further along")
READ_CYCLE: Final = "Each round stands at the first stage whose work is still to be done. Going round again is normal."
SHARES: Final = (
    "Shares are of those who gave an answer; who can’t judge is left out. “Agree” is the upper side of the scale."
)
NORMAL: Final = "That is normal after new people, new money or a new goal: the cycle is run again."
USUAL: Final = {
    Road.FORM: "Getting to know each other",
    Road.STORM: "Airing our differences",
    Road.NORM: "Settling how we work",
    Road.PERFORM: "Getting results together",
}


def stage_names(release: Release) -> dict[Road, str]:
    """What the partnership calls each stage."""
    stage = release.modules.stage
    return dict(zip(Road, stage.pictures, strict=True)) if stage else USUAL


def ordered(view: StageView) -> list[Found]:
    """What was found, clear findings first, then what needs talk most."""
    return sorted(view.findings, key=lambda one: (not one.clear, list(StageFinding).index(one.kind)))


def headline(view: StageView, *, release: Release) -> str:
    """What the signs and the work say, in one line."""
    found = ordered(view)
    return hedged(found[0], view=view, release=release) if found else place_sentence(view.place, release=release)


def hedged(found: Found, *, view: StageView, release: Release) -> str:
    """One finding in one line, said with care where it may be the few who answered."""
    told = title(found, view=view, release=release)
    if found.clear:
        return told
    return f"It may be that {told[0].lower() if told.startswith('We ') else told[0]}{told[1:]}"


def choices_headline(view: StageView, *, release: Release) -> str:
    """How far apart the chosen pictures are, or which one most of us chose."""
    split = next((one for one in view.findings if one.kind is StageFinding.SPLIT_VIEW), None)
    if split is not None:
        return hedged(split, view=view, release=release)
    if view.pictures is None:
        return place_sentence(view.place, release=release)
    item = view.pictures.item
    everyone = [sum(column) for column in zip(*item.counts, strict=True)]
    most = max(range(len(everyone)), key=everyone.__getitem__)
    return f"{everyone[most]:,} of {sum(everyone):,} of us chose “{item.levels[most]}”"


def title(found: Found, *, view: StageView, release: Release) -> str:
    """One finding in one line."""
    if found.kind is StageFinding.SPLIT_VIEW:
        early, late = (release.blocks[place] for place in found.about)
        return (
            f"{block_name(early)} leans to “{_picked(view, found.about[0], release)}”, "
            f"{block_name(late)} to “{_picked(view, found.about[1], release)}”"
        )
    return _TITLES[found.kind]


_TITLES: Final = {
    StageFinding.FAST_START: "We work together already, and have skipped hard talks and ground rules",
    StageFinding.STUCK_STORM: "We argue, and have not talked through our hardest disagreement",
    StageFinding.TOO_QUIET: "We are careful with each other, and worries stay outside the room",
    StageFinding.BACK_ROUND: "We have gone back a step since last time, and that is normal",
}


def place_sentence(place: Place | None, *, release: Release) -> str:
    """Where the work that is done puts the partnership."""
    names = stage_names(release)
    if place is None:
        return "Too few answers to say where we are on the road"
    if place.is_certain:
        return f"By the work that is done we stand at “{names[place.first]}”"
    return f"By the work that is done we stand somewhere from “{names[place.first]}” to “{names[place.last]}”"


def cycle_headline(view: StageView, *, release: Release) -> str:
    """Where we stand, and that a step back is normal where there was one."""
    back = next((one for one in view.findings if one.kind is StageFinding.BACK_ROUND), None)
    return hedged(back, view=view, release=release) if back else place_sentence(view.place, release=release)


def about(found: Found, *, view: StageView, release: Release) -> str:
    """What one finding rests on, in numbers."""
    sentence = {
        StageFinding.FAST_START: _fast_start,
        StageFinding.STUCK_STORM: _stuck,
        StageFinding.TOO_QUIET: _quiet,
        StageFinding.SPLIT_VIEW: _split,
        StageFinding.BACK_ROUND: _back,
    }[found.kind]
    return sentence(found, view, release)


def how_sure(found: Found, *, view: StageView) -> str:
    """How far one finding can be relied on."""
    sentences = [few_sentence(_fewest(found, view=view)), "" if found.clear else CLOSE]
    if found.kind is StageFinding.SPLIT_VIEW and view.pictures is not None:
        chance = view.pictures.item.chance
        sentences.insert(0, chance_sentence(math.nan if chance is None else chance))
    return " ".join(one for one in sentences if one)


def sure_in_short(view: StageView) -> str:
    """How sure the headline is."""
    found = ordered(view)
    return how_sure(found[0], view=view) if found else ""


def choices_sure(view: StageView) -> str:
    """How sure it is that sectors chose apart; nothing where they didn't."""
    split = next((one for one in view.findings if one.kind is StageFinding.SPLIT_VIEW), None)
    return how_sure(split, view=view) if split else ""


def size(found: Found, *, view: StageView) -> float:
    """How far the two figures of a finding lie apart, as a share of the people or of the road."""
    if found.kind is StageFinding.FAST_START:
        before = [view.station(stage).work for stage in (Road.STORM, Road.NORM)]
        done = view.station(Road.PERFORM).work
        return (done.share if done else 0.0) - min((work.share for work in before if work), default=0.0)
    if found.kind is StageFinding.SPLIT_VIEW and view.pictures is not None:
        early, late = (view.pictures.picks[place] for place in found.about)
        return (step_of(late) - step_of(early)) / (len(Road) - 1) if early and late else 0.0
    pair = {StageFinding.STUCK_STORM: (ARGUING, HARD_TALK), StageFinding.TOO_QUIET: (CAREFUL, SAID_HERE)}
    shares = [said.whole.share for said in map(view.said, pair.get(found.kind, ())) if said]
    # A step back is normal: it comes last.
    return max(shares) - min(shares) if shares else 0.0


def _fewest(found: Found, *, view: StageView) -> int:
    """The fewest people that one of the finding's figures rests on."""
    if found.kind is StageFinding.SPLIT_VIEW and view.pictures is not None:
        return sum(sum(counts) for counts in view.pictures.item.counts)
    return min((round(one.whole.answered) for one in view.statements), default=0)


def _fast_start(_found: Found, view: StageView, release: Release) -> str:
    names, done = stage_names(release), view.station(Road.PERFORM).work
    storm, norm = view.station(Road.STORM).work, view.station(Road.NORM).work
    earlier = [f"“{names[stage]}” {percent(work)}" for stage, work in ((Road.STORM, storm), (Road.NORM, norm)) if work]
    return (
        f"{percent(done)} say that we already do things together. How many say that the work before it is done: "
        f"{', '.join(earlier)}. Groups like that often slow down later."
    )


def _stuck(_found: Found, view: StageView, _release: Release) -> str:
    return f"{_quoted(view.said(ARGUING))}. {_quoted(view.said(HARD_TALK))}."


def _quiet(_found: Found, view: StageView, _release: Release) -> str:
    return f"{_quoted(view.said(CAREFUL))}. {_quoted(view.said(SAID_HERE))}."


def _split(found: Found, view: StageView, release: Release) -> str:
    if view.pictures is None:
        return ""
    parts = []
    for place in found.about:
        counts = view.pictures.item.counts[place]
        pick = view.pictures.picks[place]
        chosen = counts[step_of(pick)] if pick else 0
        name = block_name(release.blocks[place])
        parts.append(f"{name}: {chosen:,} of {sum(counts):,} chose “{_picked(view, place, release)}”")
    return f"{'. '.join(parts)}."


def _back(_found: Found, view: StageView, release: Release) -> str:
    before, now = view.standings[-2:]
    return f"“{before.title}”: {_at(before.place, release)}. Now: {_at(now.place, release)}. {NORMAL}"


def _at(place: Place, release: Release) -> str:
    names = stage_names(release)
    if place.is_certain:
        return f"at “{names[place.first]}”"
    return f"from “{names[place.first]}” to “{names[place.last]}”"


def _quoted(said: Said | None) -> str:
    return (
        ""
        if said is None
        else f"“{said.text.rstrip('.')}”: {said.whole.agree:,.0f} of {said.whole.answered:,.0f} agree"
    )


def _picked(view: StageView, place: int, release: Release) -> str:
    pick = view.pictures.picks[place] if view.pictures else None
    return stage_names(release)[pick] if pick else ""


def percent(agreed: Agreed | None) -> str:
    """A share as it is said; a dash where nothing is released."""
    return "–" if agreed is None or not agreed.answered else f"{agreed.share:.0%}"


def stations_table(view: StageView, *, release: Release) -> tuple[Row, ...]:
    """Signs seen and work done at each stage, heads first: the twin of the picture."""
    names = stage_names(release)
    rows = ((names[one.stage], percent(one.signs), percent(one.work)) for one in view.stations)
    return (("Stage", "See its signs", "Say its work is done"), *rows)


def statements_table(view: StageView, *, release: Release) -> tuple[Row, ...]:
    """Every statement: who agrees, group by group, and how far apart we are; heads first."""
    names = stage_names(release)
    heads = ("Statement", "Stage", "Sign or work", "Agree", *(block.name for block in release.blocks),
             "Can’t judge", "How far apart")  # fmt: skip
    return (
        heads,
        *(
            (
                one.text,
                names[one.stage],
                "Work" if one.is_work else "Sign",
                f"{percent(one.whole)} of {one.whole.answered:,.0f}",
                *(percent(part) for part in one.by_block),
                f"{one.unsure:,}",
                _apart(one.divergence),
            )
            for one in view.statements
        ),
    )


def pictures_table(view: StageView, *, release: Release) -> tuple[Row, ...]:
    """How many of each group chose each picture, and how far apart it is inside; heads first, nothing if not asked."""
    if view.pictures is None:
        return ()
    item = view.pictures.item
    everyone = tuple(sum(column) for column in zip(*item.counts, strict=True))
    rows = [("Everyone", everyone, view.pictures.divergence)]
    rows += [
        (_name(block), counts, apart)
        for block, counts, apart in zip(release.blocks, item.counts, view.pictures.divergences, strict=True)
    ]
    body = tuple((name, *(f"{count:,}" for count in counts), _apart(apart)) for name, counts, apart in rows)
    return (("Group", *item.levels, "How far apart"), *body)


def _name(block: Block) -> str:
    return block.name


def _apart(divergence: float) -> str:
    return "–" if math.isnan(divergence) else f"{divergence:.0%}"
