"""The pictures of trust with ordinary and with awkward data."""

from dataclasses import replace
from functools import partial

from tests.charts import samples
from xsector.analysis import trust as analysed
from xsector.analysis.banded import Interval
from xsector.analysis.trust import OneSided, Trusted
from xsector.charts.theme import Theme
from xsector.charts.trust import Summed, trust_matrix
from xsector.charts.trust_dimensions import dimension_bars
from xsector.model.poles import NO_ANSWER
from xsector.model.released import WITHHELD
from xsector.model.sector import Sector

FIVE = ("Not at all", "A little", "Partly", "Mostly", "Fully")
HEADLINE = "Government trusts Non-profit more than Non-profit trusts Government"
SUBTITLE = "Read across: how far each group relies on each sector. Two numbers are the lowest and the highest mean"
NOTE = "39 of 48 people answered. Business is counted in the combined group."
LIGHT, DARK = Theme(), Theme(dark=True)


def made_up(row, column):
    """A mean, or its two ends, or nothing: each in its turn."""
    low = 1 + (row * 7 + column * 5) % 17 / 5
    width = (0.0, 0.6, 1.4, 0.0, 1.0)[(row + 2 * column) % 5]
    return Interval(low=low, high=min(5.0, low + width))


def cells_of(sample, *, rated, holes):
    found = {}
    for row, _ in enumerate(sample.blocks):
        for column in rated:
            mean = None if holes and (row + column) % 3 == 1 else made_up(row, column)
            why = "" if mean else (WITHHELD if row % 2 else NO_ANSWER)
            found[row, f"sector{column}"] = Trusted(
                block=row, sector=f"sector{column}", means={}, mean=mean, sides={}, why=why
            )
    return found


def matrix(names=samples.NAMES, *, rated=None, holes=False, theme=LIGHT, headline=HEADLINE, note=NOTE, outlined=True):
    sample = samples.release(names)
    sectors = tuple(Sector(code=f"sector{place}", label=name, look=place) for place, name in enumerate(names))
    sample = replace(sample, sectors=sectors)
    cells = cells_of(sample, rated=range(len(names)) if rated is None else rated, holes=holes)
    codes = dict.fromkeys(sector for _, sector in cells)
    summed = Summed(
        given={
            place: analysed.given(cells, block=place, own=block.sectors) for place, block in enumerate(sample.blocks)
        },
        received={
            one: analysed.average(cell.mean for (_, sector), cell in cells.items() if sector == one) for one in codes
        },
    )
    some = Interval(low=3, high=3)
    pair = OneSided(high="sector0", low="sector1", given=some, returned=some, surely=1, clear=True, opposite=())
    return trust_matrix(
        cells, summed=summed, pair=pair if outlined else None, release=sample, levels=FIVE, headline=headline,
        subtitle=SUBTITLE, note=note, theme=theme,
    )  # fmt: skip


def dimensions(*, theme=LIGHT, headline="Many doubt that we would last when things get hard", holes=False):
    rows = {
        "Reliability": (Interval(low=2.9, high=3.6), Interval(low=2.6, high=3.4)),
        "Truth": (Interval(low=3.2, high=3.2), None if holes else Interval(low=2.6, high=3.2)),
        "Ability": (Interval(low=1.0, high=5.0), Interval(low=4.8, high=5.0)),
        "Strength": (None if holes else Interval(low=1.0, high=1.0), Interval(low=2.7, high=2.9)),
    }
    return dimension_bars(
        rows, levels=samples.LEVELS[5], release=samples.release(), headline=headline,
        subtitle="Mean of all who are shown; a bar reaches from the lowest to the highest mean", note=NOTE, theme=theme,
    )  # fmt: skip


TRUST_GALLERY = {
    "trust": matrix,
    "trust_dark": partial(matrix, theme=DARK),
    "trust_three": partial(matrix, samples.NAMES[:3]),
    "trust_two_rated": partial(matrix, rated=(0, 1), holes=True),
    "trust_hidden": partial(matrix, holes=True, outlined=False, note=""),
    "trust_seven": partial(matrix, samples.LONG_NAMES, holes=True, headline=samples.LONG_STATEMENT),
    "trust_seven_dark": partial(matrix, samples.LONG_NAMES, theme=DARK),
    "trust_nasty": partial(matrix, (samples.NASTY, "$y$ & co", "Plain"), headline=samples.NASTY, note=samples.NASTY),
    "dimensions": dimensions,
    "dimensions_dark": partial(dimensions, theme=DARK, holes=True),
}
