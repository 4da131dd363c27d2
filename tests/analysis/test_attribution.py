import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from xsector.analysis.attribution import fleiss_kappa, gwet_ac1

quick = settings(derandomize=True, max_examples=60, deadline=None)
tables = arrays.arrays(np.int64, st.tuples(st.integers(1, 6), st.integers(2, 5)), elements=st.integers(0, 6))


def test_two_things_settled_and_two_split_two_to_one_by_hand():
    table = [[3, 0], [0, 3], [2, 1], [1, 2]]

    assert fleiss_kappa(table) == pytest.approx(1 / 3)


@quick
@given(tables)
def test_observed_agreement_is_that_of_pairs_of_people(table):
    people = [np.repeat(np.arange(table.shape[1]), row) for row in table]
    alike = [
        np.mean([a == b for i, a in enumerate(row) for j, b in enumerate(row) if i != j])
        for row in people
        if len(row) > 1
    ]
    shares = np.array([row / row.sum() for row in table if row.sum()]).reshape(-1, table.shape[1])

    if not alike:
        assert math.isnan(gwet_ac1(table))
        assert math.isnan(fleiss_kappa(table))
        return
    common = shares.mean(axis=0)
    by_chance = (common * (1 - common)).sum() / (table.shape[1] - 1)
    assert gwet_ac1(table) == pytest.approx((np.mean(alike) - by_chance) / (1 - by_chance))
    if common.max() < 1 - 1e-9:
        by_chance = (common**2).sum()
        assert fleiss_kappa(table) == pytest.approx((np.mean(alike) - by_chance) / (1 - by_chance))


@quick
@given(tables)
def test_agreement_is_at_most_one_and_does_not_see_the_order_of_things_or_categories(table):
    found = gwet_ac1(table)

    assert math.isnan(found) or found <= 1 + 1e-12
    assert gwet_ac1(table[::-1, ::-1]) == pytest.approx(found, nan_ok=True)


def test_one_category_for_everything_is_full_agreement_for_gwet_and_undefined_for_fleiss():
    table = [[5, 0], [5, 0]]

    assert gwet_ac1(table) == 1
    assert math.isnan(fleiss_kappa(table))


def test_things_that_nobody_judged_drop_out():
    assert gwet_ac1([[4, 1], [0, 0], [1, 4]]) == gwet_ac1([[4, 1], [1, 4]])


def test_a_single_thing_without_a_table_is_refused():
    with pytest.raises(ValueError, match="groups and positions"):
        gwet_ac1([3, 2])
    with pytest.raises(ValueError, match="things and categories"):
        fleiss_kappa(np.ones((2, 2, 2)))


def test_arguments_stay_untouched():
    table = np.array([[3, 1], [2, 2]])

    gwet_ac1(table)
    fleiss_kappa(table)

    assert table.tolist() == [[3, 1], [2, 2]]
