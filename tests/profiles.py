"""Releases with a felt statement and profile answers: pure functions, no randomness."""

from dataclasses import replace
from functools import lru_cache

from tests.charts import samples
from xsector.model.instrument_file import load_form, read_taxonomy
from xsector.model.policy import Policy
from xsector.model.profile import FELT, PROFILE
from xsector.model.released import Hidden, Missing, Release, ReleasedItem
from xsector.model.round import State
from xsector.settings import INSTRUMENTS

ALIKE, APART, CAMPS = (0, 1, 8, 1), (3, 3, 2, 2), (5, 0, 0, 5)
YES, NO, HALF = (0, 0, 2, 4, 4), (3, 3, 2, 1, 1), (0, 2, 2, 3, 3)
"""Ten people's answers, lowest level first."""


@lru_cache(maxsize=1)
def questions():
    """The shipped questions by code."""
    return {item.code: item for item in load_form(INSTRUMENTS, "standard").items()}


def target(code):
    """One of the shipped target profiles."""
    known = read_taxonomy(INSTRUMENTS / "taxonomy.yaml").target_profiles
    return next(one for one in known if one.code == code)


def asked(code, counts, **more):
    """The shipped question *code* with people by level for each block."""
    item = questions()[code]
    facts = {name: getattr(item, name) for name in ("code", "text", "short", "kind", "theme", "levels", "ordered")}
    facts |= {"context": item.context, "reverse": item.reverse, "chance": 0.6}
    missing = tuple(Missing() for _ in counts)
    return ReleasedItem(**{**facts, "missing": missing, "counts": tuple(tuple(row) for row in counts), **more})


def shown(*items, sizes=(10,), names=("Government",), invited=None, held=(), banded=(), hidden=()):
    """A revealed round of these items."""
    return Release(
        round_id=1, partnership="Harbour Town", title="Spring check-up", state=State.REVEALED, policy=Policy(),
        invited=sum(sizes) if invited is None else invited, answered=sum(sizes),
        blocks=samples.blocks(names, sizes=sizes), held=tuple(held), banded=tuple(banded), items=tuple(items),
        hidden=tuple(Hidden(sector=one.lower(), label=one, reason="fewer than 5 people") for one in hidden),
        themes={},
    )  # fmt: skip


def one_group(felt=YES, *, apart=4, **more):
    """Ten people of one group: the statement, and six profile answers of which *apart* lie apart."""
    rows = [CAMPS if place == 0 else APART if place < apart else ALIKE for place in range(6)]
    if not apart:
        rows[0] = ALIKE
    profile = [asked(code, [fitted(row, code)]) for code, row in zip(PROFILE, rows, strict=True)]
    return shown(asked(FELT, [felt]), *profile, **more)


def fitted(row, code):
    """*row* of four levels for a question that may have three."""
    return row if len(questions()[code].levels) == 4 else (row[0], row[1], row[2] + row[3])


def groups(names=samples.NAMES, *, sizes=samples.SIZES, left_out=(), hidden=(), shorts=""):
    """Several groups whose answers to the profile wander, all of whom feel that they agree."""
    blocks = samples.blocks(names, sizes=sizes)
    items = [asked(FELT, [samples.spread(one.n, shape=(0, 0.2, 1, 4, 4), levels=5) for one in blocks])]
    for turn, code in enumerate(PROFILE):
        levels = len(questions()[code].levels)
        calm = turn in {3, 5}
        shapes = [(0, 1, 8, 1, 0) if calm else samples.SHAPES[(place + turn) % 7] for place in range(len(blocks))]
        counts = [samples.spread(one.n, shape=shape, levels=levels) for one, shape in zip(blocks, shapes, strict=True)]
        items.append(asked(code, counts))
    kept = [replace(item, short=shorts or item.short) for item in items if item.code not in left_out]
    return shown(*kept, sizes=[one.n for one in blocks], names=names, held=left_out, hidden=hidden,
                 invited=sum(one.n for one in blocks) + 4)  # fmt: skip
