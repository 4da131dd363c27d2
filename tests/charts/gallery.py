"""Every chart with ordinary and with awkward data, by a name that says what is awkward."""

from functools import partial
from itertools import cycle, islice

import numpy as np
import plotly.graph_objects as go

from tests import profiles
from tests.budgets import drawn, release_of, rows, top_three
from tests.charts import samples
from tests.charts.roads import ROADS
from tests.charts.trust_gallery import TRUST_GALLERY
from xsector.agenda import felt_words, target_words
from xsector.analysis.felt import felt_and_real
from xsector.analysis.target import from_target
from xsector.charts.diverging import answer_bars
from xsector.charts.heat import heat_map
from xsector.charts.options import option_bars
from xsector.charts.overview import gap_dots
from xsector.charts.people import person_dots
from xsector.charts.spoken import word_cards
from xsector.charts.theme import Theme
from xsector.charts.waiting import Arrived, waiting_wall
from xsector.charts.within import within_bars
from xsector.export import module_pictures, pictures
from xsector.model.instrument import Kind
from xsector.model.modules.kinds import Mode
from xsector.model.released import WITHHELD, Band, BandedItem, Missing, Release

LIGHT = Theme()
DARK = Theme(dark=True)
HEADLINE = "Business and Government are furthest apart: “it is clear who decides what”"
LONG_HEADLINE = (
    f"Combined: Philanthropy, Business and Education and Community are furthest apart: “{samples.LONG_STATEMENT}”"
)
LONG = tuple(f"{place} {samples.LONG_STATEMENT}" for place in range(8))
ODD_SIZES = (31, 5, 12, 260, 7, 5, 1340)
OPTIONS = ("Affordable housing", "Early childhood", "Jobs and skills", "Safe streets", "Public transport",
           "Mental health of young people between twelve and twenty-five", "Clean air", "Something else")  # fmt: skip


def overview(sample: Release, *, theme: Theme = LIGHT, headline: str = HEADLINE) -> go.Figure:
    return gap_dots(
        samples.means(sample), samples.gaps(sample, noisy=("q1", "q3")), release=sample, headline=headline,
        subtitle="Average answer of each sector. The longer the bar, the more differently we see it", theme=theme,
    )  # fmt: skip


def diverging(sample: Release, *, theme: Theme = LIGHT, headline: str = HEADLINE, note: str = "") -> go.Figure:
    return answer_bars(
        sample.items[0], release=sample, headline=headline, note=note, theme=theme,
        subtitle="Share of each sector that disagrees (left) and agrees (right)",
    )  # fmt: skip


def within(sample: Release, *, theme: Theme = LIGHT, headline: str = HEADLINE, note: str = "") -> go.Figure:
    return within_bars(
        sample.items[0], release=sample, headline=headline, note=note, theme=theme,
        subtitle=f"How each sector answered, in %, from 1 {sample.items[0].levels[0]} to "
        f"{len(sample.items[0].levels)} {sample.items[0].levels[-1]}",
    )  # fmt: skip


def heat(
    sample: Release, *, theme: Theme = LIGHT, headline: str = HEADLINE, rows: int | None = 7, holes: bool = False
) -> go.Figure:
    means = samples.means(sample)
    if holes:
        means.iloc[1, 0] = float("nan")
        means.iloc[4, 2] = float("nan")
    return heat_map(
        means, samples.gaps(sample), release=sample, headline=headline, theme=theme, rows=rows,
        subtitle="Average answer of each sector, most divided statements first",
    )  # fmt: skip


def people(sample: Release, *, theme: Theme = LIGHT, headline: str = "20 of 39 agree, 13 disagree") -> go.Figure:
    return person_dots(
        sample.items[0], release=sample, headline=headline, subtitle="No names and no sectors.", theme=theme
    )


def options(
    sample: Release,
    *,
    theme: Theme = LIGHT,
    levels: tuple[str, ...] = OPTIONS,
    headline: str = "Housing first, says everyone",
) -> go.Figure:
    item = samples.item("choice", groups=sample.blocks, levels=levels, kind=Kind.CHOICES, ordered=False)
    return option_bars(
        item, release=sample, headline=headline, subtitle="Share of each sector that ticked it, up to three each",
        note="", theme=theme,
    )  # fmt: skip


def budgets(
    names: tuple[str, ...] = samples.NAMES, *, options: tuple[str, ...] = OPTIONS, mode: Mode = Mode.POINTS,
    sizes: tuple[int, ...] = (9, 7, 6, 5, 8, 5, 31), hidden: tuple[str, ...] = (), looks: tuple[int, ...] | None = None,
) -> Release:  # fmt: skip
    """Groups that weigh the options in different orders, and do what they say less and less."""
    generator = np.random.default_rng(7)
    given: dict[str, dict[str, list[list[int]]]] = {"should": {}, "now": {}}
    for place, name in enumerate(names):
        means = np.roll(np.arange(len(options)) ** 2 + 1, 2 * place)
        for point, weights in (("should", means), ("now", means[::-1])):
            rows = drawn(generator, 100 * weights / weights.sum(), people=sizes[place % len(sizes)])
            given[point][name] = top_three(rows) if mode is Mode.TOP else rows
    return release_of(given, mode=mode, names=options, hidden=hidden, looks=looks, draws=99)


def priorities(sample: Release, *, theme: Theme = LIGHT, headline: str | None = None) -> go.Figure:
    return module_pictures.priority_picture(sample, theme=theme, headline=headline)


def effort(sample: Release, *, theme: Theme = LIGHT, headline: str | None = None) -> go.Figure:
    return module_pictures.effort_picture(sample, theme=theme, headline=headline)


def spread(sample: Release, *, theme: Theme = LIGHT) -> go.Figure:
    return module_pictures.spread_picture(sample, code="Q1", theme=theme)


KEPT = ("high", None, "low", "middle", "none", WITHHELD)
TRUSTING = ("high", "high", None, "high", "high")


def banded(
    sample: Release, *, theme: Theme = LIGHT, headline: str = "“Partners do what they say”", note: str = "",
    kept: tuple[str | None, ...] = KEPT,
) -> go.Figure:  # fmt: skip
    """Each block kept in turn as a band in a pole, counted or withheld; an even scale has no middle."""
    asked = sample.items[0]
    kinds = [pole for pole in kept if pole != "middle" or len(asked.levels) % 2]
    bands = [
        pole and Band(pole=pole, at_least=0 if pole == WITHHELD else block.n - 2, people=block.n)
        for block, pole in zip(sample.blocks, islice(cycle(kinds), len(sample.blocks)), strict=True)
    ]
    item = BandedItem(
        code="T1", text="Partners do what they say.", short="Do what they say", theme="trust", levels=asked.levels,
        ordered=True, reverse=False, bands=tuple(bands),
        counts=tuple(None if band else counts for band, counts in zip(bands, asked.counts, strict=True)),
        missing=tuple(None if band else Missing(skipped=2) for band in bands),
    )  # fmt: skip
    return pictures.banded(item, release=sample, headline=headline, note=note, theme=theme)


def waiting(names: tuple[str, ...], *, theme: Theme = LIGHT, answered: int = 12, invited: int = 17) -> go.Figure:
    sectors = [Arrived(label=name, look=place, answered=place * 2) for place, name in enumerate(names)]
    return waiting_wall("Spring round of the Harbour Alliance", answered=answered, invited=invited, sectors=sectors,
                        subtitle="Answers stay closed until the facilitator opens them.", theme=theme)  # fmt: skip


def felt(sample: Release, *, theme: Theme = LIGHT, headline: str = "", note: str = "") -> go.Figure:
    found = felt_and_real(sample)
    return pictures.felt(
        found, release=sample, headline=headline or felt_words.headline(found), in_short=felt_words.in_short(found),
        note=note, theme=theme,
    )  # fmt: skip


def target(
    sample: Release, *, wish: str = "collective_impact", theme: Theme = LIGHT, headline: str = "", note: str = ""
) -> go.Figure:
    found = from_target(sample, target=profiles.target(wish))
    return pictures.target(
        found, release=sample, headline=headline or target_words.headline(found), note=note, theme=theme
    )


COMMENTS = (
    "We meet, and then everybody does what they did before.",
    "The county sends somebody new each time, so we start again.",
    "I'd like to see the budget before the meeting, not after it.",
    "Good people. Too many meetings.",
    "Nobody has asked the families. We say “community” and mean ourselves.",
    "Since spring it has become easier to say no.",
    "Who decides when we disagree? I don't know, and I've been here two years.",
    "Keep the minutes short and send them the same day.",
    "The foundation wants numbers that the schools don't have.",
)


def comments(
    texts: tuple[str, ...], *, question: str = "It is clear who decides what.", page: int = 0, theme: Theme = LIGHT
) -> go.Figure:
    return word_cards(question, texts=texts, page=page, answered="39 of 48 invited people answered", theme=theme)


PLAIN = samples.release()
THREE = samples.release(samples.NAMES[:3])
TWO = samples.release(samples.NAMES[:2])
SEVEN = samples.release(samples.LONG_NAMES, sizes=ODD_SIZES, statements=LONG)
CROWD = samples.release((*samples.NAMES, "Combined: Faith and Media"), sizes=ODD_SIZES)
HIDDEN = samples.release(samples.NAMES[:5], hidden=("education", "tribal_nations"))
NASTY = samples.release(
    (samples.NASTY, "$y$ & co", "Plain"), levels=("<i>1</i>", "2 &amp; 3", "$z$"), statements=(samples.NASTY,) * 3
)
SCALES = {levels: samples.release(levels=labels) for levels, labels in samples.LEVELS.items()}
DESCRIBED = profiles.groups()
DESCRIBED_THREE = profiles.groups(samples.NAMES[:3])
DESCRIBED_SEVEN = profiles.groups(samples.LONG_NAMES, sizes=ODD_SIZES)
DESCRIBED_HIDDEN = profiles.groups(samples.NAMES[:4], left_out=("P02", "P05"), hidden=("Education", "Community"))
DESCRIBED_NASTY = profiles.groups((samples.NASTY, "$y$ & co", "Plain"), shorts=samples.NASTY)
TWELVE = (*OPTIONS, "Sharing data and tracking results", "Changing rules and policies", "Getting better at working",
          "An option nobody can say in fewer words")  # fmt: skip
BUDGETS = {
    "six": budgets(),
    "three": budgets(samples.NAMES[:3]),
    "one": budgets(("Combined: all sectors",), looks=(6,)),
    "seven": budgets(samples.LONG_NAMES, sizes=ODD_SIZES),
    "seven_twelve": budgets(samples.LONG_NAMES, options=TWELVE),
    "twelve": budgets(samples.NAMES, options=TWELVE),
    "few_options": budgets(samples.NAMES[:3], options=OPTIONS[:3]),
    "hidden": budgets((*samples.NAMES[:3], "Combined: Philanthropy and Education"), hidden=("community", "media")),
    "top": budgets(mode=Mode.TOP),
    "top_seven": budgets(samples.LONG_NAMES, mode=Mode.TOP, options=TWELVE),
    "wide_letters": budgets((*samples.NAMES[:4], "長" * 30), options=("長" * 40, "Plain", "É" * 60, "W" * 60)),
    "nasty": budgets((samples.NASTY, "$y$ & co", "Plain"), options=(samples.NASTY, "$z$", "<i>1</i>", "Plain")),
}
NOTE = "Question asked of everyone; 3 people could not judge and 2 skipped it."

GALLERY = {
    "overview": partial(overview, PLAIN),
    "overview_dark": partial(overview, PLAIN, theme=DARK),
    "overview_three": partial(overview, THREE),
    "overview_two": partial(overview, TWO),
    "overview_crowd": partial(overview, CROWD),
    "overview_seven": partial(overview, SEVEN, headline=LONG_HEADLINE),
    "overview_nasty": partial(overview, NASTY, headline=samples.NASTY),
    **{f"overview_{k}": partial(overview, SCALES[k]) for k in (2, 4, 7, 10)},
    "diverging": partial(diverging, PLAIN, note=NOTE),
    "diverging_dark": partial(diverging, PLAIN, theme=DARK),
    "diverging_three": partial(diverging, THREE),
    "diverging_hidden": partial(diverging, HIDDEN, note=NOTE),
    "diverging_crowd": partial(diverging, CROWD, theme=DARK, note=NOTE),
    "diverging_seven": partial(diverging, SEVEN, headline=LONG_HEADLINE, note=NOTE),
    "diverging_nasty": partial(diverging, NASTY, headline=samples.NASTY, note=samples.NASTY),
    **{f"diverging_{k}": partial(diverging, SCALES[k]) for k in samples.LEVELS},
    "diverging_10_dark": partial(diverging, SCALES[10], theme=DARK),
    "within": partial(within, PLAIN, note=NOTE),
    "within_dark": partial(within, PLAIN, theme=DARK),
    "within_three": partial(within, THREE),
    "within_seven": partial(within, SEVEN, headline=LONG_HEADLINE, note=NOTE),
    "within_nasty": partial(within, NASTY, headline=samples.NASTY),
    **{f"within_{k}": partial(within, SCALES[k]) for k in (2, 4, 6, 10)},
    "banded": partial(banded, PLAIN, note=NOTE),
    "banded_dark": partial(banded, PLAIN, theme=DARK),
    "banded_two": partial(banded, TWO),
    "banded_seven": partial(banded, SEVEN, headline=LONG_HEADLINE, note=NOTE),
    "banded_nasty": partial(banded, NASTY, headline=samples.NASTY, note=samples.NASTY),
    "banded_trusting": partial(banded, CROWD, note=NOTE, kept=TRUSTING),
    "banded_trusting_dark": partial(banded, SEVEN, headline=LONG_HEADLINE, note=NOTE, theme=DARK, kept=TRUSTING),
    **{f"banded_{k}": partial(banded, SCALES[k]) for k in samples.LEVELS},
    "felt": partial(felt, DESCRIBED, note=NOTE),
    "felt_dark": partial(felt, DESCRIBED, theme=DARK),
    "felt_three": partial(felt, DESCRIBED_THREE),
    "felt_seven": partial(felt, DESCRIBED_SEVEN, headline=LONG_HEADLINE, note=NOTE),
    "felt_hidden": partial(felt, DESCRIBED_HIDDEN, note=NOTE),
    "felt_unread": partial(felt, profiles.groups(left_out=("K04", "P01"))),
    "felt_nothing": partial(felt, profiles.shown()),
    "felt_nasty": partial(felt, DESCRIBED_NASTY, headline=samples.NASTY, note=samples.NASTY),
    "target": partial(target, DESCRIBED, note=NOTE),
    "target_dark": partial(target, DESCRIBED, theme=DARK, wish="joint_project"),
    "target_three": partial(target, DESCRIBED_THREE, wish="advisory_group"),
    "target_seven": partial(target, DESCRIBED_SEVEN, headline=LONG_HEADLINE, note=NOTE),
    "target_hidden": partial(target, DESCRIBED_HIDDEN, note=NOTE, wish="aligned_network"),
    "target_one": partial(target, profiles.one_group(apart=0)),
    "target_nothing": partial(target, profiles.shown()),
    "target_nasty": partial(target, DESCRIBED_NASTY, headline=samples.NASTY, note=samples.NASTY),
    **{f"priorities_{name}": partial(priorities, sample) for name, sample in BUDGETS.items()},
    "priorities_dark": partial(priorities, BUDGETS["six"], theme=DARK),
    "priorities_long_headline": partial(priorities, BUDGETS["seven_twelve"], headline=LONG_HEADLINE, theme=DARK),
    **{f"effort_{name}": partial(effort, sample) for name, sample in BUDGETS.items()},
    "effort_dark": partial(effort, BUDGETS["six"], theme=DARK),
    "effort_long_headline": partial(effort, BUDGETS["seven_twelve"], headline=LONG_HEADLINE, theme=DARK),
    "priorities_nothing": partial(priorities, release_of({"own": {"North": rows([50, 30, 20], times=2)}})),
    "effort_nothing": partial(effort, release_of({"should": {"North": rows([50, 30, 20], times=6)}})),
    **{f"spread_{name}": partial(spread, sample) for name, sample in BUDGETS.items()},
    "heat": partial(heat, PLAIN),
    "heat_dark": partial(heat, PLAIN, theme=DARK, holes=True),
    "heat_three": partial(heat, THREE),
    "heat_seven": partial(heat, SEVEN, headline=LONG_HEADLINE),
    "heat_paper": partial(heat, SEVEN, rows=None, holes=True),
    "heat_nasty": partial(heat, NASTY, headline=samples.NASTY),
    "heat_10": partial(heat, SCALES[10]),
    "people": partial(people, PLAIN),
    "people_dark": partial(people, PLAIN, theme=DARK),
    "people_crowd": partial(people, SEVEN, headline=LONG_HEADLINE),
    "people_nasty": partial(people, NASTY, headline=samples.NASTY),
    **{f"people_{k}": partial(people, SCALES[k]) for k in (2, 6, 10)},
    "options": partial(options, PLAIN),
    "options_dark": partial(options, PLAIN, theme=DARK),
    "options_three": partial(options, THREE),
    "options_seven": partial(options, SEVEN, headline=LONG_HEADLINE),
    "options_many": partial(options, PLAIN, levels=tuple(f"Option number {place}" for place in range(14))),
    "options_nasty": partial(options, NASTY, levels=("<i>1</i>", samples.NASTY, "$z$")),
    "comments": partial(comments, COMMENTS),
    "comments_dark": partial(comments, COMMENTS, theme=DARK),
    "comments_next": partial(comments, COMMENTS * 2, page=1),
    "comments_long": partial(comments, ("Much to say. " * 38,) * 3, question=LONG_HEADLINE),
    "comments_wide": partial(comments, ("長" * 200, "Short")),
    "comments_nasty": partial(comments, (samples.NASTY, "$y$ & co <b>"), question=samples.NASTY),
    "waiting": partial(waiting, samples.NAMES),
    "waiting_dark": partial(waiting, samples.NAMES, theme=DARK),
    "waiting_alone": partial(waiting, ()),
    "waiting_long": partial(waiting, samples.LONG_NAMES, answered=1340, invited=2100),
    "waiting_start": partial(waiting, (), answered=0),
    **ROADS,
    **TRUST_GALLERY,
}
