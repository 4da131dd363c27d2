"""The road and the guesses with ordinary and with awkward data, by a name that says what is awkward."""

from dataclasses import replace
from functools import partial

from tests.charts import samples
from tests.said_in_modules import ALL_DONE, JUMPED, STAGE, road
from xsector.charts.theme import Theme
from xsector.export.module_pictures import PICTURES
from xsector.model.instrument import Kind
from xsector.model.modules.kinds import Module, Modules
from xsector.model.released import Hidden, Missing, ReleasedItem
from xsector.model.sector import Sector

LIGHT, DARK = Theme(), Theme(dark=True)
LARGE, PAPER = Theme(width=1920, height=1080), Theme(width=1120, height=560)
STUCK = {**ALL_DONE, "Z04": 0.9, "Z06": 0.1}
QUIET = {"Z01": 0.9, "Z05": 0.1, "Z12": 0.2}
NASTY_STAGE = replace(STAGE, pictures=(samples.NASTY, "$y$ & co", "<i>3</i>", "Plain"))
LONG_PICTURES = (
    "Getting to know each other and each other's organisations",
    "Airing our differences, also the ones that hurt",
    "Settling how we work, in writing",
    "Getting results together that none of us could get alone",
)


def picture(view, release, *, theme=LIGHT):
    return PICTURES[view](release, theme=theme)


def walked(titles, shares):
    """The release of the last of several rounds."""
    past = []
    for number, (title, share) in enumerate(zip(titles, shares, strict=True), start=1):
        past.append(road(share, title=title, number=number, past=tuple(past)))
    return past[-1]


def chosen(names=samples.NAMES, *, sizes=samples.SIZES, hidden=(), chance=0.03, levels=STAGE.pictures):
    """Pictures by group in turned shapes; *levels* are what the partnership calls them."""
    release = samples.release(names, sizes=sizes, hidden=hidden)
    item = samples.item("Z13", groups=release.blocks, levels=levels, kind=Kind.CHOICE, text="Which picture fits us?")
    item = replace(item, module=Module.STAGE.value, parts=("picture",), chance=chance)
    statement = replace(samples.item("Z03", groups=release.blocks), module=Module.STAGE.value, parts=("form", "work"))
    stage = replace(STAGE, pictures=tuple(levels))
    return replace(release, asked=(statement, item), modules=Modules(stage=stage))


def guessed(names=samples.NAMES, *, sizes=samples.SIZES, statements=samples.STATEMENTS[:3], of=(0, 2, 4), hidden=(),
            levels=samples.LEVELS[5], combined=()):  # fmt: skip
    """Each statement guessed of the sectors at the places *of*; groups at the places *combined* hold two sectors."""
    release = samples.release(names, sizes=sizes, statements=statements, hidden=hidden, levels=levels)
    blocks = tuple(
        replace(block, sectors=(*block.sectors, f"more{place}")) if place in combined else block
        for place, block in enumerate(release.blocks)
    )
    asked = [
        _guess(item, sector=f"sector{sector}", turn=3 * sector + number, blocks=blocks)
        for number, item in enumerate(release.items)
        for sector in of
    ]
    sectors = tuple(Sector(code=f"sector{place}", label=name, look=place) for place, name in enumerate(names))
    return replace(release, blocks=blocks, asked=tuple(asked), sectors=sectors)


def _guess(item, *, sector, turn, blocks):
    counts = tuple(
        samples.spread(block.n, shape=samples.SHAPES[(place + turn) % 7], levels=len(item.levels))
        for place, block in enumerate(blocks)
    )
    return ReleasedItem(
        code=f"{item.code}_of_{sector}", text=item.text, short=item.short, kind=item.kind, theme="",
        levels=item.levels, ordered=True, context=False, reverse=False, counts=counts,
        missing=tuple(Missing() for _ in blocks), chance=None, module=Module.GUESSES.value, parts=(item.code, sector),
    )  # fmt: skip


def with_hidden(release):
    """The same with two sectors that aren't shown."""
    gone = tuple(Hidden(sector=name.lower(), label=name, reason="fewer than 5 people answered.")
                 for name in ("Tribal nations", "Media"))  # fmt: skip
    return replace(release, hidden=gone)


def known(release):
    """The same where everybody guesses what is."""
    items = {item.code: item for item in release.items}
    right = [replace(one, counts=tuple(items[one.parts[0]].counts[int(one.parts[1][-1])] for _ in one.counts))
             for one in release.asked]  # fmt: skip
    return replace(release, asked=tuple(right))


ODD_SIZES = (31, 5, 12, 260, 7, 5, 1340)
JUMP = road(JUMPED)
ROUNDS = ("Spring check-up", "Autumn check-up", "After the new members came", "Second spring", "Second autumn",
          "A round with a title that is far too long to stand on one line of the wall", "Third spring")  # fmt: skip
THREE_ROUNDS = walked(ROUNDS[:3], ({"Z03": 1}, {"Z03": 1, "Z06": 1, "Z08": 0.5, "Z09": 0.5}, {"Z03": 0.5}))
MANY_ROUNDS = walked(ROUNDS, ({}, {"Z03": 1}, {"Z03": 0.5, "Z06": 0.5}, {"Z03": 1, "Z06": 1}, ALL_DONE, {"Z03": 1}, {}))
LONG_ROAD = replace(MANY_ROUNDS, modules=Modules(stage=replace(STAGE, pictures=LONG_PICTURES)))
NASTY_ROAD = replace(JUMP, modules=Modules(stage=NASTY_STAGE), title=samples.NASTY)
SEVEN = {"sizes": ODD_SIZES, "statements": tuple(f"{place} {samples.LONG_STATEMENT}" for place in range(3))}
NASTY_GUESS = guessed((samples.NASTY, "$y$ & co", "Plain"), statements=("Short", "Other"), of=(0, 1))

ROADS = {
    "stage_jump": partial(picture, "stage", JUMP),
    "stage_jump_dark": partial(picture, "stage", JUMP, theme=DARK),
    "stage_jump_large": partial(picture, "stage", JUMP, theme=LARGE),
    "stage_jump_paper": partial(picture, "stage", JUMP, theme=PAPER),
    "stage_jump_full": partial(picture, "stage", road({"Z03": 1, "Z12": 1, "Z01": 1, "Z02": 1, "Z10": 1, "Z11": 1})),
    "stage_stuck": partial(picture, "stage", with_hidden(road(STUCK))),
    "stage_quiet_dark": partial(picture, "stage", road(QUIET), theme=DARK),
    "stage_done": partial(picture, "stage", road(ALL_DONE)),
    "stage_few": partial(picture, "stage", road(JUMPED, sizes=(1, 1))),
    "stage_parts": partial(picture, "stage", replace(JUMP, asked=JUMP.asked[3:5])),
    "stage_long": partial(picture, "stage", LONG_ROAD),
    "stage_long_large": partial(picture, "stage", LONG_ROAD, theme=Theme(width=1920, height=1080, dark=True)),
    "choices": partial(picture, "stage_choices", chosen()),
    "choices_dark": partial(picture, "stage_choices", chosen(chance=0.6), theme=DARK),
    "choices_three": partial(picture, "stage_choices", chosen(samples.NAMES[:3])),
    "choices_large": partial(picture, "stage_choices", chosen(), theme=LARGE),
    "choices_hidden": partial(picture, "stage_choices", chosen(samples.NAMES[:5], hidden=("education", "media"))),
    "choices_seven": partial(
        picture, "stage_choices", chosen(samples.LONG_NAMES, sizes=ODD_SIZES, levels=LONG_PICTURES)
    ),
    "choices_not_asked": partial(picture, "stage_choices", JUMP),
    "cycle_first": partial(picture, "stage_cycle", JUMP),
    "cycle": partial(picture, "stage_cycle", THREE_ROUNDS),
    "cycle_dark": partial(picture, "stage_cycle", with_hidden(THREE_ROUNDS), theme=DARK),
    "cycle_large": partial(picture, "stage_cycle", THREE_ROUNDS, theme=LARGE),
    "cycle_many": partial(picture, "stage_cycle", LONG_ROAD),
    "cycle_many_dark": partial(picture, "stage_cycle", MANY_ROUNDS, theme=Theme(width=1920, height=1080, dark=True)),
    "cycle_nowhere": partial(picture, "stage_cycle", road(JUMPED, sizes=(1, 1))),
    "stage_nasty": partial(picture, "stage", NASTY_ROAD),
    "cycle_nasty": partial(picture, "stage_cycle", NASTY_ROAD),
    "guesses": partial(picture, "guesses", guessed()),
    "guesses_dark": partial(picture, "guesses", guessed(), theme=DARK),
    "guesses_large": partial(picture, "guesses", guessed(), theme=Theme(width=1920, height=1080, dark=True)),
    "guesses_paper": partial(picture, "guesses", guessed(), theme=PAPER),
    "guesses_three": partial(picture, "guesses", guessed(samples.NAMES[:3], of=(1,))),
    "guesses_one": partial(picture, "guesses", guessed(of=(4,), statements=samples.STATEMENTS[:1])),
    "guesses_known": partial(picture, "guesses", known(guessed())),
    "guesses_seven": partial(picture, "guesses", guessed(samples.LONG_NAMES, of=(0, 2, 4, 6), **SEVEN)),
    "guesses_seven_large": partial(
        picture, "guesses", guessed(samples.LONG_NAMES, of=(0, 2, 4, 6), **SEVEN), theme=LARGE
    ),
    "guesses_hidden": partial(picture, "guesses", with_hidden(guessed(combined=(2, 4)))),
    "guesses_none": partial(picture, "guesses", guessed(combined=(0, 2, 4))),
    **{f"guesses_{k}": partial(picture, "guesses", guessed(levels=samples.LEVELS[k])) for k in (2, 3, 4, 7, 10)},
    "guesses_nasty": partial(picture, "guesses", NASTY_GUESS),
}
