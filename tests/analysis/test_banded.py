from itertools import combinations_with_replacement, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xsector.analysis.banded import Interval, kept_of, reach_by_block, reach_of_everybody
from xsector.analysis.choices import nominal_divergence
from xsector.analysis.divergence import divergence, divergence_bounds
from xsector.model.poles import NO_ANSWER, poles
from xsector.model.released import WITHHELD, Band, BandedItem, Missing

quick = settings(derandomize=True, max_examples=150, deadline=None)


def band(pole, *, at_least, people):
    return Band(pole=pole, at_least=at_least, people=people)


def question(*kept, levels=5, ordered=True):
    """A banded item: each block kept as a band or as counts."""
    return BandedItem(
        code="T1", text="Partners do what they say.", short="Do what they say", theme="trust",
        levels=tuple(str(place) for place in range(levels)), ordered=ordered, reverse=False,
        counts=tuple(None if isinstance(one, Band) else tuple(one) for one in kept),
        missing=tuple(None if isinstance(one, Band) else Missing() for one in kept),
        bands=tuple(one if isinstance(one, Band) else None for one in kept),
    )  # fmt: skip


@st.composite
def questions(draw, *, ordered=True, most_people=5, most_blocks=2, most_levels=5):
    """Bands of all kinds and counts, small enough to go through every table."""
    levels = draw(st.integers(2, most_levels))
    names = [pole for pole, marks in poles(levels, ordered=ordered).items() if marks]
    kept = []
    for _ in range(draw(st.integers(1, most_blocks))):
        people = draw(st.integers(1, most_people))
        kind = draw(st.sampled_from([*names, WITHHELD, "counts"]))
        if kind == "counts":
            kept.append(draw(st.lists(st.integers(0, 3), min_size=levels, max_size=levels)))
        else:
            at_least = 0 if kind == WITHHELD else draw(st.integers(0, people))
            kept.append(band(kind, at_least=at_least, people=people))
    return question(*kept, levels=levels, ordered=ordered)


def tables_of_block(item, place):
    """Every table of one block that what is kept allows: people by level, those without an answer left out."""
    levels, kept = len(item.levels), item.bands[place]
    if kept is None:
        return {item.counts[place]}
    marks = poles(levels, ordered=item.ordered)
    pole = {} if kept.pole == WITHHELD else {level for level in marks[kept.pole] if level < levels}
    found = set()
    for said in combinations_with_replacement(range(levels + 1), kept.people):
        silent = said.count(levels)
        in_pole = silent if kept.pole == NO_ANSWER else sum(level in pole for level in said)
        if in_pole >= kept.at_least:
            found.add(tuple(said.count(level) for level in range(levels)))
    return found


def tables(item, places):
    """Every table of these blocks together."""
    blocks = [tables_of_block(item, place) for place in places]
    return np.array(sorted({tuple(np.sum(parts, axis=0)) for parts in product(*blocks)}))


def ends(values):
    known = values[~np.isnan(values)]
    return (known.min(), known.max()) if known.size else None


def pair(interval):
    return None if interval is None else (interval.low, interval.high)


def means(counts):
    return np.array([row @ np.arange(1, len(row) + 1) / row.sum() if row.sum() else np.nan for row in counts])


def parts_of(item):
    """Each reach with the places of the blocks it speaks of."""
    places = range(len(item.bands))
    yield reach_of_everybody(item), places
    yield from zip(reach_by_block(item), ([place] for place in places), strict=True)


@quick
@given(questions())
def test_no_table_that_fits_what_is_kept_lies_outside_and_some_lie_at_both_ends(item):
    for reach, places in parts_of(item):
        counts = tables(item, places)

        assert pair(reach.divergence) == pytest.approx(ends(divergence(counts)), abs=1e-12)
        assert pair(reach.mean) == pytest.approx(ends(means(counts)), abs=1e-12)


@settings(derandomize=True, max_examples=25, deadline=None)
@given(questions(most_people=3, most_blocks=3, most_levels=7))
def test_the_ends_are_reached_on_long_scales_too(item):
    counts = tables(item, range(len(item.bands)))

    assert pair(reach_of_everybody(item).divergence) == pytest.approx(ends(divergence(counts)), abs=1e-12)


@quick
@given(questions(ordered=False))
def test_options_without_an_order_have_a_divergence_and_no_mean(item):
    for reach, places in parts_of(item):
        counts = tables(item, places)

        assert pair(reach.divergence) == pytest.approx(ends(nominal_divergence(counts[:, None, :]).total), abs=1e-12)
        assert reach.mean is None


@quick
@given(st.lists(st.integers(0, 9), min_size=2, max_size=9).filter(any), st.integers(0, 9))
def test_people_who_may_also_be_silent_allow_at_least_what_people_who_answer_allow(counts, people):
    item = question(counts, band(WITHHELD, at_least=0, people=people), levels=len(counts))

    found = reach_of_everybody(item).divergence

    lowest, highest = divergence_bounds(counts, missing=people)
    assert found.low <= lowest + 1e-12
    assert found.high >= highest - 1e-12


@quick
@given(questions())
def test_turning_the_scale_round_changes_no_divergence(item):
    other = {"low": "high", "high": "low"}
    turned = question(
        *(
            counts[::-1] if kept is None else band(other.get(kept.pole, kept.pole), at_least=kept.at_least,
                                                   people=kept.people)
            for counts, kept in zip(item.counts, item.bands, strict=True)
        ),
        levels=len(item.levels),
    )  # fmt: skip

    assert pair(reach_of_everybody(turned).divergence) == pytest.approx(
        pair(reach_of_everybody(item).divergence), abs=1e-12
    )


def test_ten_of_twelve_on_the_high_side_are_furthest_apart_with_two_at_the_low_end_and_half_at_the_high_one():
    [reach] = reach_by_block(question(band("high", at_least=10, people=12)))

    assert reach.divergence == Interval(low=0, high=pytest.approx(divergence([2, 0, 0, 4, 6])))
    assert reach.mean == Interval(low=pytest.approx((10 * 4 + 2) / 12), high=5)


def test_the_middle_is_one_level():
    [reach] = reach_by_block(question(band("middle", at_least=4, people=6)))

    assert reach.mean == Interval(low=pytest.approx(14 / 6), high=pytest.approx(22 / 6))


def test_sides_that_must_hold_many_cannot_come_together():
    item = question(band("low", at_least=10, people=12), band("high", at_least=10, people=12), levels=4)

    found = reach_of_everybody(item).divergence

    assert found.low > 0.3
    assert found.high == 1


def test_nobody_on_the_scale_leaves_nothing_to_say():
    [reach] = reach_by_block(question(band(NO_ANSWER, at_least=5, people=5)))

    assert (reach.divergence, reach.mean) == (None, None)


def test_a_block_of_which_nothing_is_kept_may_be_anything():
    [reach] = reach_by_block(question(band(WITHHELD, at_least=0, people=7)))

    assert (reach.divergence, reach.mean) == (Interval(low=0, high=1), Interval(low=1, high=5))


def test_counts_alone_have_one_value():
    reach = reach_by_block(question((3, 0, 2, 0, 2), band(WITHHELD, at_least=0, people=7)))[0]

    assert reach.divergence.low == pytest.approx(reach.divergence.high) == pytest.approx(divergence([3, 0, 2, 0, 2]))


def test_a_pole_that_the_scale_has_not_is_an_error():
    with pytest.raises(ValueError, match="'T1' has no pole 'middle'"):
        reach_of_everybody(question(band("middle", at_least=4, people=6), levels=4))


def test_nothing_that_is_kept_is_changed():
    item = question((3, 0, 2, 0, 2), band("high", at_least=4, people=6))
    kept = kept_of(item, blocks=(0, 1))
    before = kept.fixed.copy()

    reach_of_everybody(item)

    assert item == question((3, 0, 2, 0, 2), band("high", at_least=4, people=6))
    assert kept.fixed.tolist() == before.tolist()


@pytest.mark.parametrize("levels", [5, 30])
def test_thousands_of_people_have_both_ends_too(levels):
    withheld = [band(WITHHELD, at_least=0, people=5000)] * 7
    item = question(*withheld, band("high", at_least=4998, people=5000), levels=levels)

    found = reach_of_everybody(item).divergence

    assert (found.low, found.high) == (0, pytest.approx(1, abs=1e-6))
