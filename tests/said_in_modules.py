"""Releases of the modules stage and guesses from the facts that matter: pure functions, no randomness."""

from dataclasses import replace

from tests.agenda import releases
from xsector.model.instrument import Kind
from xsector.model.instrument_file import TAXONOMY_FILE, read_taxonomy
from xsector.model.modules.guesses import code_of
from xsector.model.modules.kinds import Guesses, Module, Modules
from xsector.model.modules.starting import read_starting
from xsector.model.sector import Sector
from xsector.settings import INSTRUMENTS, MODULES

STAGE = read_starting(MODULES, taxonomy=read_taxonomy(INSTRUMENTS / TAXONOMY_FILE)).stage
ALL_DONE = {one.code: 1.0 for one in STAGE.statements if one.is_work}
JUMPED = {"Z03": 0.8, "Z12": 0.9, "Z06": 0.1, "Z08": 0.1, "Z09": 0.1}
"""Shares that agree: the first and the last work is done, what lies between is not."""


def agreeing(share, people):
    """*people* of whom a share agrees and the rest disagrees."""
    agree = round(share * people)
    return (0, people - agree, 0, agree, 0)


def road(shares, *, sizes=(10, 10), names=releases.SECTORS, pictures=None, chance=0.01, asked_before=False, past=(),
         title="Spring check-up", number=1):  # fmt: skip
    """A release of the stage module: *shares* agree with a statement in every group, nobody where none is named.

    *pictures* are people by group and picture; *asked_before*, the questionnaire asked for them.
    """
    asked = [
        releases.rating(
            one.code, [agreeing(shares.get(one.code, 0), people) for people in sizes], text=one.text, short=one.short,
            module=Module.STAGE.value, parts=(one.stage.value, "work" if one.is_work else "sign"),
        )
        for one in STAGE.statements
    ]  # fmt: skip
    items = []
    if pictures is not None:
        facts = {"kind": Kind.CHOICE, "levels": STAGE.pictures, "text": "Which picture fits us best today?"}
        module = {} if asked_before else {"module": Module.STAGE.value, "parts": ("picture",)}
        picture = releases.rating("G01" if asked_before else "Z13", pictures, chance=chance, **facts, **module)
        (items if asked_before else asked).append(picture)
    made = releases.release(*items, sizes=sizes, names=names[: len(sizes)])
    return replace(made, asked=tuple(asked), modules=Modules(stage=STAGE), past=tuple(past), title=title,
                   round_id=number)  # fmt: skip


def at(*levels):
    """Counts of people who gave these answers of five, from 1."""
    return tuple(levels.count(level) for level in range(1, 6))


def same(level, people):
    """Counts of *people* who all gave the same answer."""
    return at(*[level] * people)


def guessing(answers, guesses, *, names=releases.SECTORS, together=(), levels=releases.AGREE, no_idea=0):
    """A release of the guesses module.

    *answers* are counts of each group by question, *guesses* those by question and sector guessed about; groups are
    named as their sectors, those at the places *together* hold two sectors each. *no_idea* people of each group
    can't guess.
    """
    sizes = [max(sum(counts[place]) for counts in answers.values()) for place in range(len(names))]
    made = releases.release(
        *(releases.rating(code, counts, levels=levels) for code, counts in answers.items()), sizes=sizes, names=names
    )
    asked = [
        releases.rating(
            code_of(item, sector), counts, text=f"Statement {item}.", levels=levels, module=Module.GUESSES.value,
            parts=(item, sector), cannot_judge=[no_idea] * len(names),
        )
        for (item, sector), counts in guesses.items()
    ]  # fmt: skip
    blocks = [
        replace(block, sectors=(block.name, f"{block.name} too"), name=f"Combined: {block.name} and more")
        if place in together
        else block
        for place, block in enumerate(made.blocks)
    ]
    sectors = tuple(Sector(code=name, label=name, look=place) for place, name in enumerate(names))
    chosen = Guesses(items=tuple(answers), sectors=tuple(dict.fromkeys(sector for _, sector in guesses)))
    return replace(made, asked=tuple(asked), blocks=tuple(blocks), sectors=sectors, modules=Modules(guesses=chosen))
