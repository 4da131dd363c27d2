"""The pictures of a vote in a meeting for a screen: while it goes on, and what came out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final, Protocol

import plotly.graph_objects as go

from xsector.agenda import movement_words
from xsector.agenda.certainty import hidden_sectors
from xsector.analysis.movement import Move, Way, movement_of, paired_blocks
from xsector.charts import moves, votes
from xsector.charts.ballots import Ballot, ballot_wall
from xsector.charts.theme import Theme
from xsector.model.instrument import Instrument, Kind
from xsector.model.kept import kept_words
from xsector.model.phrases import counted, listed
from xsector.model.released import BandedItem, Release, ReleasedItem
from xsector.model.round import State
from xsector.model.voting import AGREEMENT, CARRIED_FROM, Vote, VoteKind, dots_of

OVER: Final = {
    VoteKind.AGAIN: "We vote once more",
    VoteKind.MOVED: "Has our talk changed how you see it?",
    VoteKind.FIST: "How far do you stand behind this?",
    VoteKind.DOTS: "What matters most to you?",
    VoteKind.EXIT: "Before you go: how far do you agree?",
}
PRIVATE: Final = "On your own screen. Nobody sees who votes what."
COUNTING: Final = "Counting…"
EVERYBODY: Final = "Everybody"
_TICKED: Final = ("Chose it", "Did not choose it")
_ARROWS: Final = {
    Way.GATHERED: "►◄",
    Way.SCATTERED: "◄►",
    Way.TOWARD: "►◄",
    Way.AWAY: "◄►",
    Way.CROSSED: "↔",
    Way.UP: "►",
    Way.DOWN: "◄",
}


class VoteShown(Protocol):
    """A vote as everybody sees it."""

    @property
    def vote(self) -> Vote: ...
    @property
    def state(self) -> State: ...
    @property
    def instrument(self) -> Instrument: ...
    @property
    def invited(self) -> int: ...
    @property
    def voted(self) -> int: ...
    @property
    def release(self) -> Release | None: ...
    @property
    def before(self) -> Release | None: ...


def vote_figure(shown: VoteShown, *, theme: Theme) -> go.Figure:
    """The picture that fits how far the vote is."""
    if shown.release is None or shown.state is not State.REVEALED:
        return _open(shown, theme=theme)
    return _SHOWN[shown.vote.kind](shown, shown.release, theme)


def _open(shown: VoteShown, *, theme: Theme) -> go.Figure:
    items = list(shown.instrument.items())
    kind, first = shown.vote.kind, items[0]
    waiting = "" if shown.state is State.OPEN else COUNTING
    note = PRIVATE
    if kind is VoteKind.DOTS:
        note = (
            f"{counted(dots_of(shown.instrument), 'dot', 'dots')} each, on your own screen. Nobody sees who votes what."
        )
    if kind is VoteKind.EXIT:
        ballot = Ballot(over=OVER[kind], text="How was this meeting for you?", choices=tuple(one.text for one in items))
    else:
        scaled = first if kind is VoteKind.AGAIN else None
        ballot = Ballot(over=OVER[kind], text=first.text, choices=first.levels, item=scaled)
    return ballot_wall(ballot, voted=shown.voted, invited=shown.invited, waiting=waiting, note=note, theme=theme)


def _fist(shown: VoteShown, release: Release, theme: Theme) -> go.Figure:
    item = release.items[0]
    counts = _everybody(item)
    told = _told(shown, release, item=item, sentence=fist_sentence(counts, voted=shown.voted))
    return votes.fist_wall(_bars(item.levels, counts), told=told, carried_from=CARRIED_FROM, theme=theme)


def fist_sentence(counts: Sequence[int], *, voted: int) -> str:
    """Whether a proposal is carried; where not every vote may be shown, that is said of those that may."""
    people, below = sum(counts), sum(counts[:CARRIED_FROM])
    if not people:
        return "Nobody gave an answer."
    if below:
        are = "is" if below == 1 else "are"
        return f"{below} of {people} {are} below {CARRIED_FROM}. Ask: what would need to change?"
    if people < voted:
        return f"All {people} votes that can be shown are {CARRIED_FROM} or more. Ask if anybody stands in the way."
    return f"Carried: every vote is {CARRIED_FROM} or more."


def _dots(shown: VoteShown, release: Release, theme: Theme) -> go.Figure:
    item = release.items[0]
    counts = _everybody(item)
    order = sorted(range(len(counts)), key=lambda place: -counts[place])
    bars = [
        votes.Bar(label=item.levels[place], people=counts[place], place=_place(counts[place], counts))
        for place in order
    ]
    told = _told(shown, release, item=item, sentence=dots_sentence(item.levels, counts))
    return votes.dots_wall(bars, told=told, theme=theme)


def dots_sentence(options: Sequence[str], counts: Sequence[int]) -> str:
    """Which choice got the most dots, or which are level."""
    most = max(counts)
    if not most:
        return "Nobody placed a dot."
    top = [option for option, count in zip(options, counts, strict=True) if count == most]
    dots = counted(most, "dot", "dots")
    if len(top) == 1:
        return f"Most dots: “{top[0].rstrip('.')}”, with {most}."
    if len(top) == len(options):
        return f"All are level, with {dots} each."
    if len(top) == 2:
        names = listed([f"“{one.rstrip('.')}”" for one in top])
        return f"Level on top, with {dots} each: {names}."
    return f"{len(top)} choices are level on top, with {dots} each."


def _place(count: int, counts: Sequence[int]) -> str:
    place = 1 + sum(other > count for other in counts)
    return f"{place} =" if list(counts).count(count) > 1 else f"{place}"


def _moved(shown: VoteShown, release: Release, theme: Theme) -> go.Figure:
    item = release.items[0]
    counts = _everybody(item)
    people = sum(counts)
    other = people - counts[0]
    sentence = f"{other} of {people} see it differently than before." if people else "Nobody gave an answer."
    if other == 1:
        sentence = f"1 of {people} sees it differently than before."
    groups = [votes.Group(label=block.name, counts=found)
              for block, found in zip(release.blocks, item.counts, strict=True)]  # fmt: skip
    told = replace(_told(shown, release, item=item, sentence=sentence), headline=item.text)
    return votes.moved_wall(_bars(item.levels, counts), groups=groups, told=told, theme=theme)


def _exit(shown: VoteShown, release: Release, theme: Theme) -> go.Figure:
    groups = []
    for item in release.items:
        counts = _everybody(item)
        agree = sum(counts[len(counts) // 2 + 1 :])
        groups.append(votes.Group(label=item.text, counts=counts, beside=f"{agree} of {sum(counts)} agree"))
    told = votes.Told(headline="How this meeting was for us", sentence="", took_part=took_part(shown, release),
                      note=hidden_sectors(release))  # fmt: skip
    return votes.exit_wall(groups, levels=AGREEMENT, told=told, theme=theme)


def _again(shown: VoteShown, release: Release, theme: Theme) -> go.Figure:
    asked = next(iter(shown.instrument.items()))
    now, first = _kept(release, asked.code), None if shown.before is None else _kept(shown.before, asked.code)
    quoted = f"“{asked.text.rstrip('.')}”"
    part = took_part(shown, release)
    if now is None or first is None or shown.before is None:
        told = votes.Told(headline=quoted, sentence="This can’t be compared with the first answers.", took_part=part,
                          note=hidden_sectors(release))  # fmt: skip
        return votes.dots_wall((), told=told, theme=theme)
    if isinstance(now, BandedItem) or isinstance(first, BandedItem):
        return _roughly(first, now, blocks=(shown.before, release), words=(quoted, part), theme=theme)
    if now.kind is Kind.CHOICES:
        rows = [
            moves.Twice(label=label, first=_of(was, release=shown.before), now=_of(count, release=release))
            for label, was, count in zip(now.levels, _everybody(first), _everybody(now), strict=True)
        ]
        headline, note = f"{quoted}: first and now", hidden_sectors(release)
        look = {"levels": _TICKED, "fills": (theme.colours[0], theme.grid)}
        return moves.again_wall(rows, headline=headline, subtitle=part, note=note, theme=theme, **look)
    return _compared(first, now, blocks=(shown.before, release), words=(quoted, part), theme=theme)


def _compared(
    first: ReleasedItem, now: ReleasedItem, *, blocks: tuple[Release, Release], words: tuple[str, str], theme: Theme
) -> go.Figure:
    before, release = blocks
    pairs = paired_blocks(before.blocks, release.blocks)
    tables = [first.counts[was] for was, _ in pairs], [now.counts[place] for _, place in pairs]
    everybody = _everybody(first), _everybody(now)
    rows = [moves.Twice(label=EVERYBODY, first=everybody[0], now=everybody[1])]
    headline, note = f"{words[0]}: first and now", ""
    if now.ordered:
        whole = movement_of([everybody[0]], [everybody[1]]).everybody
        rows = [_row(EVERYBODY, everybody, move=whole, levels=now.levels)]
        note = movement_words.CAUTION
    found = movement_of(*tables) if pairs and now.ordered else None
    if found is not None:
        headline = movement_words.headline(found, quoted=words[0])
    # One group that is everybody would stand there twice.
    alone = len(before.blocks) == len(release.blocks) == len(pairs) == 1
    for index, (was, place) in enumerate(() if alone else pairs):
        both = first.counts[was], now.counts[place]
        rows.append(
            _row(release.blocks[place].name, both, move=found.groups[index] if found else None, levels=now.levels)
        )
    looks = [theme.colours[level % len(theme.colours)] for level in range(len(now.levels))]
    fills = theme.answers(len(now.levels)) if now.ordered else looks
    small = f"{note} {_unmatched(before, release)} {hidden_sectors(release)}".strip()
    return moves.again_wall(rows, levels=now.levels, fills=fills, headline=headline, subtitle=words[1],
                            note=small, theme=theme)  # fmt: skip


def _row(
    label: str, both: tuple[Sequence[int], Sequence[int]], *, move: Move | None, levels: Sequence[str]
) -> moves.Twice:
    said = movement_words.said(move, levels=levels) if move else ""
    arrow = _ARROWS.get(move.way, "") if move else ""
    return moves.Twice(label=label, first=tuple(both[0]), now=tuple(both[1]), said=said, arrow=arrow)


def _roughly(
    first: ReleasedItem | BandedItem, now: ReleasedItem | BandedItem, *, blocks: tuple[Release, Release],
    words: tuple[str, str], theme: Theme,
) -> go.Figure:  # fmt: skip
    before, release = blocks
    rows = [
        moves.TwiceSaid(label=release.blocks[place].name, first=_in_words(first, was), now=_in_words(now, place))
        for was, place in paired_blocks(before.blocks, release.blocks)
    ]
    note = f"{movement_words.ROUGH} {_unmatched(before, release)} {hidden_sectors(release)}".strip()
    return moves.again_words(rows, headline=f"{words[0]}: first and now", subtitle=words[1], note=note, theme=theme)


def _in_words(item: ReleasedItem | BandedItem, place: int) -> str:
    if isinstance(item, ReleasedItem):
        item = BandedItem(
            code=item.code, text=item.text, short=item.short, theme=item.theme, levels=item.levels,
            ordered=item.ordered, reverse=item.reverse, counts=item.counts, missing=item.missing,
            bands=(None,) * len(item.counts),
        )  # fmt: skip
    return kept_words(item, place=place)


def _unmatched(before: Release, release: Release) -> str:
    pairs = paired_blocks(before.blocks, release.blocks)
    names = [block.name for place, block in enumerate(before.blocks) if place not in {was for was, _ in pairs}]
    names += [block.name for place, block in enumerate(release.blocks) if place not in {now for _, now in pairs}]
    return movement_words.once_only(list(dict.fromkeys(names)))


def took_part(shown: VoteShown, release: Release) -> str:
    """How many voted, how many of these on the shared device, and of how many nothing can be shown."""
    said = f"{shown.voted} of {shown.invited} voted"
    if shown.vote.shared:
        said += f", {shown.vote.shared} of them on the shared device"
    unseen = shown.voted - sum(block.n for block in release.blocks)
    return f"{said}. {counted(unseen, 'vote', 'votes')} can’t be shown." if unseen > 0 else f"{said}."


def _told(shown: VoteShown, release: Release, *, item: ReleasedItem, sentence: str) -> votes.Told:
    return votes.Told(headline=f"“{item.text.rstrip('.')}”", sentence=sentence, took_part=took_part(shown, release),
                      note=hidden_sectors(release))  # fmt: skip


def _everybody(item: ReleasedItem) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*item.counts, strict=True)) or (0,) * len(item.levels)


def _bars(levels: Sequence[str], counts: Sequence[int]) -> list[votes.Bar]:
    return [votes.Bar(label=label, people=count) for label, count in zip(levels, counts, strict=True)]


def _of(count: int, *, release: Release) -> tuple[int, int]:
    """Those who ticked an option, and the others."""
    people = sum(block.n for block in release.blocks)
    return count, max(people - count, 0)


def _kept(release: Release, code: str) -> ReleasedItem | BandedItem | None:
    kept: list[ReleasedItem | BandedItem] = [*release.items, *release.banded]
    return next((one for one in kept if one.code == code), None)


_SHOWN: Final[dict[VoteKind, Callable[[VoteShown, Release, Theme], go.Figure]]] = {
    VoteKind.AGAIN: _again,
    VoteKind.MOVED: _moved,
    VoteKind.FIST: _fist,
    VoteKind.DOTS: _dots,
    VoteKind.EXIT: _exit,
}
