from itertools import combinations_with_replacement, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from xsector.analysis.choices import nominal_bounds, nominal_divergence, ticked_bounds, ticked_divergence
from xsector.analysis.divergence import decompose

quick = settings(derandomize=True, max_examples=40, deadline=None)
counts = st.lists(st.integers(0, 5), min_size=2, max_size=4)
tables = arrays.arrays(np.int64, st.tuples(st.integers(1, 4), st.integers(2, 5)), elements=st.integers(0, 6)).filter(
    lambda table: table.any()
)


def test_two_options_are_the_ordered_scale_of_two_positions():
    table = [[3, 1], [0, 4]]

    assert nominal_divergence(table).between == pytest.approx(float(decompose(table).between))


def test_ticked_options_are_the_mean_of_yes_and_no_items():
    ticks, people = np.array([[3, 1, 0], [2, 4, 4]]), np.array([4, 5])
    each = [decompose(np.stack([people - ticks[:, c], ticks[:, c]], axis=1)) for c in range(3)]

    found = ticked_divergence(ticks, people=people)

    assert found.total == pytest.approx(np.mean([float(one.total) for one in each]))
    assert found.within == pytest.approx(np.mean([float(one.within) for one in each]))
    assert found.between == pytest.approx(np.mean([float(one.between) for one in each]))


def test_more_ticks_than_people_are_refused():
    with pytest.raises(ValueError, match="ticked by fewer than 0 people or by more"):
        ticked_divergence([[5, 1]], people=[4])


@quick
@given(tables)
def test_nominal_divergence_is_bounded_and_does_not_see_the_order_of_options(table):
    found, turned = nominal_divergence(table), nominal_divergence(table[:, ::-1])

    assert 0 <= found.total <= 1 + 1e-12
    assert turned.between == pytest.approx(float(found.between), abs=1e-12)
    assert found.within + found.between == pytest.approx(float(found.total), abs=1e-12)


@quick
@given(counts, st.integers(0, 5))
def test_nominal_bounds_are_those_of_every_completion(here, missing):
    every = [
        np.array(here) + np.bincount(np.array(given, dtype=int), minlength=len(here))
        for given in combinations_with_replacement(range(len(here)), missing)
    ]
    expected = [float(nominal_divergence([filled]).total) for filled in every]

    assert nominal_bounds(here, missing=missing) == pytest.approx((min(expected), max(expected)), abs=1e-9, nan_ok=True)


@quick
@given(st.lists(st.integers(0, 3), min_size=1, max_size=3), st.integers(3, 5), st.integers(0, 4))
def test_ticked_bounds_are_those_of_every_completion(ticks, people, missing):
    more = product(range(missing + 1), repeat=len(ticks))
    expected = [float(ticked_divergence([np.add(ticks, extra)], people=[people + missing]).total) for extra in more]

    found = ticked_bounds(ticks, people=people, missing=missing)

    assert found == pytest.approx((min(expected), max(expected)), abs=1e-9)


def test_arguments_stay_untouched():
    table, people = np.array([[3, 1, 0], [0, 2, 2]]), np.array([4, 4])
    before = table.copy()

    nominal_divergence(table)
    ticked_divergence(table, people=people)
    nominal_bounds(table[0], missing=2)
    ticked_bounds(table[0], people=4, missing=2)

    assert (table == before).all()
    assert (people == 4).all()
