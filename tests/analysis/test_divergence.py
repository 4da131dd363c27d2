from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from xsector.analysis.divergence import (
    decompose,
    decompose_by_sector,
    disco,
    divergence,
    divergence_bounds,
    divergence_comparable,
    divergence_max_attainable,
    divergence_posterior_mean,
    divergence_unbiased,
    theme_share,
)

quick = settings(derandomize=True, max_examples=60, deadline=None)
scales = st.lists(st.integers(0, 30), min_size=2, max_size=9).filter(any)
tables = arrays.arrays(np.int64, st.tuples(st.integers(1, 5), st.integers(2, 7)), elements=st.integers(0, 9)).filter(
    lambda table: table.any()
)


def people_of(table):
    return [(g, k) for g, row in enumerate(table) for k, n in enumerate(row) for _ in range(n)]


def mean_distance(positions, *, steps):
    return float(np.abs(np.subtract.outer(positions, positions)).mean()) * 2 / steps


def brute_parts(table):
    people = people_of(table)
    steps = len(table[0]) - 1
    total = mean_distance([k for _, k in people], steps=steps)
    groups = {g for g, _ in people}
    own = {g: [k for h, k in people if h == g] for g in groups}
    within = sum(len(own[g]) / len(people) * mean_distance(own[g], steps=steps) for g in groups)
    n = len(people)
    defined = total > 0 and n > len(groups)
    share_adj = 1 - (within / total) * (n - 1) / (n - len(groups)) if defined else np.nan
    return total, within, total - within, share_adj


def test_value_of_the_published_example_of_five_positions():
    assert divergence([103, 57, 21, 148, 171]) == pytest.approx(0.837156)


def test_one_answer_is_nothing_and_half_and_half_at_the_ends_is_everything():
    assert divergence([0, 4, 0, 0]) == 0
    assert divergence([3, 0, 0, 3]) == 1


def test_nobody_is_undefined():
    assert np.isnan(divergence([0, 0, 0]))
    assert np.isnan(divergence_unbiased([0, 1, 0]))
    assert np.isnan(decompose([[0, 0], [0, 0]]).between)


def test_a_scale_of_one_position_and_negative_counts_are_refused():
    with pytest.raises(ValueError, match="at least two positions"):
        divergence([3])
    with pytest.raises(ValueError, match="0 or more"):
        divergence([3, -1])


@quick
@given(scales, st.integers(2, 9))
def test_bounded_and_unchanged_by_reversal_and_by_doubling_everybody(counts, factor):
    found = float(divergence(counts))

    assert 0 <= found <= 1
    assert divergence(counts[::-1]) == pytest.approx(found, abs=1e-12)
    assert divergence([factor * n for n in counts]) == pytest.approx(found, abs=1e-12)


@quick
@given(tables)
def test_within_and_between_add_up_and_equal_the_long_way(table):
    found = decompose(table)
    total, within, between, share_adj = brute_parts(table.tolist())

    assert found.within + found.between == pytest.approx(float(found.total), abs=1e-12)
    assert [found.total, found.within, found.between] == pytest.approx([total, within, between], abs=1e-12)
    assert float(found.share_adj_unclipped) == pytest.approx(share_adj, abs=1e-9, nan_ok=True)
    assert found.between >= 0


@quick
@given(tables)
def test_unbiased_between_is_the_adjusted_share_of_unbiased_divergence(table):
    found = decompose(table)

    if not np.isnan(found.share_adj_unclipped):
        expected = 1 - (1 - found.share) * (table.sum() - 1) / (table.sum() - (table.sum(axis=1) > 0).sum())
        assert found.share_adj_unclipped == pytest.approx(float(expected), abs=1e-9)
        assert found.between_unbiased == pytest.approx(float(found.total_unbiased * expected), abs=1e-9)


def test_unbiased_between_is_nought_on_average_when_answers_are_dealt_at_random():
    generator = np.random.default_rng(4)
    positions = np.repeat([0, 1, 2, 3, 4], [3, 1, 2, 4, 2])
    groups = np.repeat([0, 1, 2], [5, 4, 3])
    dealt = np.zeros((20_000, 3, 5))
    for table in dealt:
        np.add.at(table, (groups, generator.permutation(positions)), 1)

    assert decompose(dealt).between_unbiased.mean() == pytest.approx(0, abs=0.004)


def test_leading_axes_are_computed_at_once():
    table = np.random.default_rng(1).integers(0, 6, size=(3, 4, 5, 6))

    found = decompose(table).share_adj_unclipped

    assert found.shape == (3, 4)
    assert found[2, 1] == pytest.approx(float(decompose(table[2, 1]).share_adj_unclipped))


@quick
@given(tables)
def test_one_voice_for_each_sector_equals_everyone_once_when_sectors_are_equal(table):
    ratio = np.lcm.reduce(table.sum(axis=1)[table.sum(axis=1) > 0])
    sizes = table.sum(axis=1)
    equal = np.array([row * (ratio // n) if n else row for row, n in zip(table, sizes, strict=True)])

    found, voices = decompose(equal), decompose_by_sector(table)

    assert [voices.total, voices.within, voices.between] == pytest.approx(
        [float(found.total), float(found.within), float(found.between)], abs=1e-9
    )


@quick
@given(st.lists(st.integers(0, 4), min_size=2, max_size=5), st.integers(0, 5))
def test_bounds_are_those_of_every_completion(counts, missing):
    positions = range(len(counts))
    every = [
        np.array(counts) + np.bincount(np.array(given, dtype=int), minlength=len(counts))
        for given in combinations_with_replacement(positions, missing)
    ]
    expected = [float(divergence(filled)) for filled in every]

    lowest, highest = divergence_bounds(counts, missing=missing)

    assert float(lowest) == pytest.approx(min(expected), abs=1e-12, nan_ok=True)
    assert float(highest) == pytest.approx(max(expected), abs=1e-12, nan_ok=True)


def test_bounds_of_many_items_at_once():
    counts = np.array([[1, 3, 2, 0, 0], [0, 0, 4, 0, 0]])

    lowest, highest = divergence_bounds(counts, missing=[2, 3])

    assert lowest == pytest.approx([0.296875, 0])
    assert highest == pytest.approx([0.734375, 0.6530612244897959])


def test_the_most_that_people_can_reach():
    assert divergence_max_attainable([1, 2, 3, 4]) == pytest.approx([0, 1, 8 / 9, 1])
    assert np.isnan(divergence_max_attainable(0))


def test_comparable_divergence_stops_at_one():
    assert divergence_comparable([3, 0, 0, 0, 3]) == 1
    assert divergence_unbiased([3, 0, 0, 0, 3]) == pytest.approx(1.2)


def test_posterior_mean_lies_between_the_prior_and_the_answers():
    assert divergence([0, 0, 3, 0, 0]) < divergence_posterior_mean([0, 0, 3, 0, 0]) < 8 / 15


def test_disco_of_two_equal_groups_has_no_between():
    found = disco([[1, 2, 3, 2, 1], [2, 4, 6, 4, 2]])

    assert [float(found.between), float(found.f)] == pytest.approx([0, 0], abs=1e-12)


def test_theme_is_a_share_of_sums_and_leaves_out_what_is_undefined():
    assert theme_share([0.1, 0.3, np.nan], total=[0.5, 0.5, 0.9]) == pytest.approx(0.4)
    assert np.isnan(theme_share([], total=[]))


def test_arguments_stay_untouched():
    table = np.array([[2, 1, 0], [0, 1, 2]])
    before = table.copy()

    decompose(table)
    decompose_by_sector(table)
    disco(table)
    divergence_bounds(table[0], missing=2)
    divergence_posterior_mean(table)

    assert (table == before).all()
