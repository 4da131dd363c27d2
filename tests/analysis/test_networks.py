import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from xsector.analysis.networks import network, sector_blocks

quick = settings(derandomize=True, max_examples=60, deadline=None)
networks_of = st.integers(1, 7).flatmap(
    lambda size: arrays.arrays(np.float64, (size, size), elements=st.sampled_from([0.0, 1.0, math.nan]))
)


def test_a_small_network_by_hand():
    found = network([[0, 1, 1, 0], [1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]])

    assert found.density == pytest.approx(3 / 12)
    assert found.arc_reciprocity == pytest.approx(2 / 3)
    assert (found.mutual, found.one_way, found.apart) == (1, 1, 4)
    assert found.names.tolist() == [2, 1, 0, 0]
    assert found.named_by.tolist() == [1, 1, 1, 0]
    assert found.alone == (3,)


def test_ties_that_are_not_known_are_left_out():
    found = network([[0, 1, 1], [None, 0, None], [1, None, 0]])

    assert found.density == pytest.approx(1)
    assert found.arc_reciprocity == pytest.approx(1)
    assert (found.mutual, found.one_way, found.apart) == (1, 0, 0)


def test_without_a_known_tie_nothing_is_said():
    found = network(np.full((3, 3), np.nan))

    assert math.isnan(found.density)
    assert math.isnan(found.arc_reciprocity)


@quick
@given(networks_of, st.randoms(use_true_random=False))
def test_a_network_does_not_see_the_order_of_organisations_or_the_direction(ties, random):
    order = list(range(len(ties)))
    random.shuffle(order)

    found, shuffled, turned = network(ties), network(ties[np.ix_(order, order)]), network(ties.T)

    for other in (shuffled, turned):
        assert other.density == pytest.approx(found.density, nan_ok=True)
        assert other.arc_reciprocity == pytest.approx(found.arc_reciprocity, nan_ok=True)
        assert (other.mutual, other.one_way, other.apart) == (found.mutual, found.one_way, found.apart)
    assert shuffled.names.tolist() == found.names[order].tolist()
    assert turned.named_by.tolist() == found.names.tolist()
    assert math.isnan(found.density) or 0 <= found.density <= 1


def test_blocks_leave_out_the_organisations_themselves():
    found = sector_blocks([[9, 4, 2], [5, 9, None], [1, 3, 9]], groups=[0, 0, 1])

    assert found.numbers.tolist() == [[2, 1], [2, 0]]
    assert found.means[0].tolist() == [4.5, 2.0]
    assert found.means[1, 0] == pytest.approx(2)
    assert math.isnan(found.means[1, 1])


@quick
@given(networks_of, st.data())
def test_blocks_together_are_the_whole(ties, data):
    groups = data.draw(st.lists(st.integers(0, 2), min_size=len(ties), max_size=len(ties)))

    found = sector_blocks(ties, groups=groups)

    away = ties[~np.eye(len(ties), dtype=bool)]
    assert found.numbers.sum() == (~np.isnan(away)).sum()
    assert np.nansum(found.means * found.numbers) == pytest.approx(np.nansum(away))


def test_half_a_tie_and_groups_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="a tie is there"):
        network([[0, 0.5], [1, 0]])
    with pytest.raises(ValueError, match="a group each"):
        sector_blocks(np.ones((3, 3)), groups=[0, 1])
    with pytest.raises(ValueError, match="numbered from 0"):
        sector_blocks(np.ones((2, 2)), groups=[-1, 0])


def test_arguments_stay_untouched():
    ties, groups = np.ones((3, 3)), np.array([0, 1, 1])

    network(ties)
    sector_blocks(ties, groups=groups)

    assert ties.tolist() == np.ones((3, 3)).tolist()
    assert groups.tolist() == [0, 1, 1]
