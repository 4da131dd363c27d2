"""What the wall shows in a meeting, with ordinary and with awkward words, by a name that says what is awkward."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

from tests.charts import samples
from xsector.charts.meeting import (
    blank_wall,
    break_wall,
    lines_wall,
    lobby_wall,
    question_wall,
    thanks_wall,
    title_wall,
)
from xsector.charts.promises import promises_wall
from xsector.charts.theme import Theme
from xsector.export.meeting_boards import TALK
from xsector.export.vote_boards import vote_figure
from xsector.model.commitment import LONGEST_LINE, Commitment, Draft, Status
from xsector.model.instrument import Item, Kind
from xsector.model.released import WITHHELD, Band, BandedItem, Missing, ReleasedItem
from xsector.model.round import State
from xsector.model.voting import LONGEST_OPTION, Vote, VoteKind, again, dots, exit_check, fist, moved
from xsector.reports.in_the_room import VoteShown

LIGHT, DARK = Theme(), Theme(dark=True)
AT = datetime(2030, 5, 6, 9, tzinfo=UTC)
QUESTION = "It is clear who decides what."
RULES = (
    "Speak for yourself: “I”, not “we all”.",
    "Listen until the other person has finished.",
    "Ask before you judge.",
    "What is said here stays here; what is promised leaves the room.",
)
EIGHT_LONG = tuple((f"{place} " + "we say what we mean and we mean what we say " * 4)[:140] for place in range(8))
SHORT_PROMISES = (
    ("Amara Okafor", "sends everybody the list of who decides what", "Everybody has it in their mail"),
    ("Ben", "asks the county for one contact who stays", "A name on our page"),
    ("Carmen Diaz-Lopez", "invites four families to the meeting in June", "Four families sit at the table"),
)
OPTIONS = ("Who decides", "Money", "Time for meetings", "Trust", "Sharing data", "A room of our own")


def asked(text=QUESTION, *, levels=samples.LEVELS[5], kind=Kind.RATING, ordered=True, **facts):
    return Item(code="q", kind=kind, text=text, short="Clear", levels=tuple(levels), ordered=ordered, **facts)


def promises(many, *, words=SHORT_PROMISES, status=Status.OPEN):
    return [promise(place, *words[place % len(words)], status=status) for place in range(many)]


def promise(place, who, what, seen_by, *, status=Status.OPEN):
    draft = Draft(what=what, who=who, by_when=date(2030, 5, 20) + timedelta(days=7 * place), seen_by=seen_by)
    return Commitment(id=place, partnership_id=1, meeting_id=1, step="promises", draft=draft, status=status, remark="",
                      version=1)  # fmt: skip


LONG_PROMISES = (("Maximiliana Featherstonehaugh-Montgomery", ("does what was said " * 20)[:LONGEST_LINE],
                  ("others will see it in the minutes " * 20)[:LONGEST_LINE]),)  # fmt: skip
NASTY_PROMISES = ((samples.NASTY, samples.NASTY, samples.NASTY),)
WIDE_PROMISES = (("W" * 60, "長" * 80, "É" * 100),)


def lobby(title="How we decide together", *, here=5, listed=18, subtitle="Scan to come in, or type GKGD 72AP at "
          "partners.example/room, or use your personal link.", scan="Scan to come in", theme=LIGHT):  # fmt: skip
    return lobby_wall(title, subtitle=subtitle, here=here, listed=listed, room_code="GKGD 72AP" if scan else "",
                      scan=scan, theme=theme)  # fmt: skip


def title(heading="Where sectors see it differently", *, over="How we decide together", theme=LIGHT):
    return title_wall(heading, over=over, theme=theme)


def lines(heading="How we talk today", *, sentences=RULES, theme=LIGHT):
    return lines_wall(heading, sentences=sentences, theme=theme)


def question(item=None, *, talk="", theme=LIGHT):
    return question_wall(item or asked(), over="One question", talk=talk, theme=theme)


def thanks(*, theme=LIGHT, over="How we decide together", sentences=("We made 4 promises to each other.",
           "The next one is due on Monday, 20 May.")):  # fmt: skip
    return thanks_wall("Thank you.", over=over, sentences=sentences, theme=theme)


def shown(kind, instrument, *, state=State.OPEN, release=None, before=None, voted=14, invited=18, shared=0):
    vote = Vote(round_id=2, meeting_id=1, step="s", kind=kind, item="q", ends_at=AT, shared=shared)
    return VoteShown(vote=vote, state=state, instrument=instrument, invited=invited, voted=voted, release=release,
                     before=before)  # fmt: skip


def going_on(kind, instrument, *, theme=LIGHT, **facts):
    return vote_figure(shown(kind, instrument, **facts), theme=theme)


def counted(instrument, tables, *, names=samples.NAMES[:3], hidden=(), banded=()):
    """The release of a vote: people by group and level for each question."""
    items = [item for item in instrument.items() if item.code in tables]
    first = next(iter(tables.values()))
    sizes = [sum(row) for row in first] + [6] * len(names)
    empty = samples.release(names, sizes=sizes, hidden=hidden, statements=())
    groups = empty.blocks
    made = tuple(
        ReleasedItem(code=one.code, text=one.text, short=one.short, kind=one.kind, theme="", levels=one.levels,
                     ordered=one.ordered, context=False, reverse=False, counts=tuple(map(tuple, tables[one.code])),
                     missing=tuple(Missing() for _ in groups), chance=None)
        for one in items
    )  # fmt: skip
    return replace(empty, items=made, banded=tuple(banded))


def result(kind, instrument, tables, *, theme=LIGHT, before=None, voted=None, shared=0, **facts):
    release = counted(instrument, tables, **facts)
    people = sum(block.n for block in release.blocks)
    found = shown(kind, instrument, state=State.REVEALED, release=release, before=before, shared=shared,
                  voted=people if voted is None else voted, invited=people + 6)  # fmt: skip
    return vote_figure(found, theme=theme)


def spread(rows, levels, *, turn=0):
    """People by group and level, another shape for each group."""
    return [samples.spread(6 + place, shape=samples.SHAPES[(place + turn) % 7], levels=levels) for place in range(rows)]


def vote_again(*, text=QUESTION, levels=samples.LEVELS[5], names=samples.NAMES[:3], now=None, first=None, theme=LIGHT,
               kind=Kind.RATING, ordered=True, before_names=None, **facts):  # fmt: skip
    instrument = again(asked(text, levels=levels, kind=kind, ordered=ordered))
    first = first or spread(len(names), len(levels))
    before = counted(instrument, {"q": first}, names=before_names or names)
    return result(VoteKind.AGAIN, instrument, {"q": now or spread(len(names), len(levels), turn=1)}, before=before,
                  names=names, theme=theme, **facts)  # fmt: skip


MET = {"first": [(0, 0, 0, 1, 6), (0, 1, 3, 2, 0), (6, 1, 0, 0, 0)], "now": [(0, 0, 2, 4, 1), (0, 1, 3, 2, 0),
       (1, 3, 3, 0, 0)]}  # fmt: skip


def vote_again_roughly(*, names=samples.NAMES[:3], text=QUESTION, theme=LIGHT, levels=samples.LEVELS[5]):
    instrument = again(asked(text, levels=levels, sensitive=True))
    bands = [Band(pole="high", at_least=4, people=6), None, Band(pole=WITHHELD, at_least=0, people=7)]
    kept = [bands[place % 3] for place in range(len(names))]
    table = spread(len(names), len(levels))
    item = BandedItem(
        code="q", text=text, short="q", theme="", levels=tuple(levels), ordered=True, reverse=False, bands=tuple(kept),
        counts=tuple(None if band else counts for band, counts in zip(kept, table, strict=True)),
        missing=tuple(None if band else Missing(skipped=1) for band in kept),
    )  # fmt: skip
    rough = counted(instrument, {"other": table}, names=names, banded=(item,))
    return result(VoteKind.AGAIN, instrument, {"q": table}, names=names, before=rough, theme=theme)


def fist_result(counts=((0, 0, 1, 2, 2, 1), (0, 0, 0, 3, 2, 1), (0, 0, 1, 1, 3, 1)), *, text="We meet every month.",
                **facts):  # fmt: skip
    return result(VoteKind.FIST, fist(text), {"fist": counts}, **facts)


def dots_result(counts=((1, 4, 2, 3, 0, 3), (4, 1, 2, 3, 1, 0), (4, 3, 1, 2, 0, 1)), *, options=OPTIONS,
                text="What do we work on first?", **facts):  # fmt: skip
    return result(VoteKind.DOTS, dots(text, options=options), {"dots": counts}, **facts)


def moved_result(names=samples.NAMES[:3], *, text=QUESTION, **facts):
    return result(VoteKind.MOVED, moved(asked(text)), {"moved": spread(len(names), 3)}, names=names, **facts)


def exit_result(names=samples.NAMES[:3], **facts):
    tables = {one.code: spread(len(names), 5, turn=place + 5) for place, one in enumerate(exit_check().items())}
    return result(VoteKind.EXIT, exit_check(), tables, names=names, **facts)


TWELVE = tuple((f"{place} " + "a choice that takes many words to say " * 4)[:LONGEST_OPTION] for place in range(12))
WIDE_TWELVE = tuple(f"{place}".zfill(2) + "W" * (LONGEST_OPTION - 2) for place in range(12))
NASTY_LEVELS = ("<i>1</i>", samples.NASTY, "$z$")
SEVEN = samples.LONG_NAMES
LONG = samples.LONG_STATEMENT

ROOMS = {
    "lobby": lobby,
    "lobby_dark": partial(lobby, theme=DARK, here=0),
    "lobby_full": partial(lobby, here=1240, listed=1240, title=LONG),
    "lobby_no_code": partial(lobby, scan="", subtitle="Harbour Alliance"),
    "lobby_nasty": partial(lobby, title=samples.NASTY, subtitle=samples.NASTY),
    "title": title,
    "title_dark": partial(title, "Welcome", theme=DARK),
    "title_long": partial(title, LONG, over=LONG),
    "title_nasty": partial(title, samples.NASTY, over=samples.NASTY),
    "lines": lines,
    "lines_dark": partial(lines, theme=DARK, sentences=RULES[:2]),
    "lines_long": partial(lines, LONG, sentences=EIGHT_LONG),
    "lines_eight": partial(lines, sentences=RULES * 2),
    "lines_nasty": partial(lines, samples.NASTY, sentences=(samples.NASTY,) * 3),
    "question": question,
    "question_dark": partial(question, talk=TALK, theme=DARK),
    "question_talk": partial(question, talk=TALK),
    "question_long": partial(question, asked(LONG, levels=samples.LEVELS[7]), talk=TALK),
    "question_choice": partial(question, asked(levels=OPTIONS, kind=Kind.CHOICES, ordered=False), talk=TALK),
    "question_twelve": partial(question, asked(LONG, levels=TWELVE, kind=Kind.CHOICES, ordered=False), talk=TALK),
    "question_nasty": partial(question, asked(samples.NASTY, levels=NASTY_LEVELS), talk=TALK),
    **{f"question_{k}": partial(question, asked(levels=labels)) for k, labels in samples.LEVELS.items()},
    "break": partial(break_wall, "Break", under="We go on when the clock is at 0:00.", theme=LIGHT),
    "break_dark": partial(break_wall, "Break", under="We go on when the clock is at 0:00.", theme=DARK),
    "promises_none": partial(promises_wall, (), theme=LIGHT),
    "promises_none_dark": partial(promises_wall, (), theme=DARK),
    "promises_one": partial(promises_wall, promises(1), theme=LIGHT),
    "promises_five": partial(promises_wall, promises(5), theme=LIGHT),
    "promises_eight": partial(promises_wall, promises(8), theme=LIGHT),
    "promises_eight_dark": partial(promises_wall, promises(8), theme=DARK),
    "promises_twenty": partial(promises_wall, promises(20), theme=LIGHT),
    "promises_one_long": partial(promises_wall, promises(1, words=LONG_PROMISES), theme=LIGHT),
    "promises_long": partial(promises_wall, promises(8, words=LONG_PROMISES), theme=LIGHT),
    "promises_wide": partial(promises_wall, promises(2, words=WIDE_PROMISES), theme=DARK),
    "promises_nasty": partial(promises_wall, promises(8, words=NASTY_PROMISES), theme=LIGHT),
    "thanks": thanks,
    "thanks_dark": partial(thanks, theme=DARK, sentences=("We go without a promise today.",)),
    "thanks_nasty": partial(thanks, over=samples.NASTY),
    "vote_fist": partial(going_on, VoteKind.FIST, fist("We meet every month.")),
    "vote_fist_dark": partial(going_on, VoteKind.FIST, fist("We meet every month."), theme=DARK),
    "vote_fist_counting": partial(going_on, VoteKind.FIST, fist("We meet every month."), state=State.CLOSED),
    "vote_fist_long": partial(going_on, VoteKind.FIST, fist(("word " * 50)[:199] + "!"), voted=1234, invited=1540),
    "vote_fist_nasty": partial(going_on, VoteKind.FIST, fist(samples.NASTY)),
    "vote_again": partial(going_on, VoteKind.AGAIN, again(asked())),
    "vote_again_long": partial(going_on, VoteKind.AGAIN, again(asked(LONG, levels=samples.LEVELS[10])), theme=DARK),
    "vote_moved": partial(going_on, VoteKind.MOVED, moved(asked())),
    "vote_moved_long": partial(going_on, VoteKind.MOVED, moved(asked(LONG))),
    "vote_dots": partial(going_on, VoteKind.DOTS, dots("What do we work on first?", options=OPTIONS)),
    "vote_dots_two": partial(going_on, VoteKind.DOTS, dots("What first?", options=OPTIONS[:2]), theme=DARK),
    "vote_dots_twelve": partial(going_on, VoteKind.DOTS, dots(("word " * 50)[:199], options=TWELVE)),
    "vote_dots_wide": partial(going_on, VoteKind.DOTS, dots("What first?", options=WIDE_TWELVE), theme=DARK),
    "vote_exit": partial(going_on, VoteKind.EXIT, exit_check()),
    "fist": fist_result,
    "fist_dark": partial(fist_result, theme=DARK, shared=2),
    "fist_carried": partial(fist_result, ((0, 0, 0, 2, 2, 2), (0, 0, 0, 0, 6, 0)), names=samples.NAMES[:2]),
    "fist_hidden": partial(fist_result, ((0, 0, 0, 2, 2, 2),), names=samples.NAMES[:1], hidden=("business",), voted=9),
    "fist_long": partial(fist_result, text=("word " * 50)[:199] + "!", theme=DARK),
    "fist_nasty": partial(fist_result, text=samples.NASTY),
    "dots": dots_result,
    "dots_dark": partial(dots_result, theme=DARK),
    "dots_two": partial(dots_result, ((4, 2), (1, 3), (3, 3)), options=OPTIONS[:2]),
    "dots_none": partial(dots_result, ((0, 0), (0, 0)), options=OPTIONS[:2], names=samples.NAMES[:2]),
    "dots_twelve": partial(dots_result, (tuple(range(12)),), options=TWELVE, names=samples.NAMES[:1]),
    "dots_wide": partial(dots_result, (tuple(range(12)),), options=WIDE_TWELVE, names=samples.NAMES[:1], theme=DARK),
    "dots_nasty": partial(dots_result, ((2, 1, 0),), options=NASTY_LEVELS, names=samples.NAMES[:1], text=samples.NASTY),
    "moved": moved_result,
    "moved_dark": partial(moved_result, theme=DARK, shared=1),
    "moved_one": partial(moved_result, ("Combined: all sectors",)),
    "moved_seven": partial(moved_result, SEVEN, text=LONG, hidden=("business",)),
    "moved_nasty": partial(moved_result, (samples.NASTY, "$y$ & co"), text=samples.NASTY),
    "exit": exit_result,
    "exit_dark": partial(exit_result, theme=DARK),
    "exit_seven": partial(exit_result, SEVEN, hidden=("business", "media")),
    "again": partial(vote_again, **MET),
    "again_dark": partial(vote_again, **MET, theme=DARK, shared=2),
    "again_seven": partial(vote_again, names=SEVEN, text=LONG, hidden=("media",), levels=samples.LEVELS[7]),
    "again_seven_dark": partial(vote_again, names=SEVEN, theme=DARK),
    "again_one": partial(vote_again, names=("Combined: all sectors",)),
    "again_unmatched": partial(vote_again, names=("Government", "Media", "Faith"),
                               before_names=("Government", "Combined: Media and Faith", "Tribal nations")),
    "again_unordered": partial(vote_again, levels=("Red", "Green", "Blue"), kind=Kind.CHOICE, ordered=False),
    "again_choices": partial(vote_again, levels=OPTIONS, kind=Kind.CHOICES, ordered=False),
    "again_nasty": partial(vote_again, names=(samples.NASTY, "$y$ & co", "Plain"), text=samples.NASTY,
                           levels=NASTY_LEVELS),
    "again_roughly": vote_again_roughly,
    "again_roughly_dark": partial(vote_again_roughly, theme=DARK),
    "again_roughly_seven": partial(vote_again_roughly, names=SEVEN, text=LONG, levels=samples.LEVELS[7]),
    "again_roughly_nasty": partial(vote_again_roughly, names=(samples.NASTY, "Plain", "$y$"), levels=NASTY_LEVELS),
    **{f"again_{k}": partial(vote_again, levels=labels) for k, labels in samples.LEVELS.items()},
}  # fmt: skip
BLANK = {"blank": partial(blank_wall, "The screen is blank.", theme=LIGHT),
         "blank_dark": partial(blank_wall, "The screen is blank.", theme=DARK)}  # fmt: skip
