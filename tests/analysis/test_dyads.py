import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats

from xsector.analysis.dyads import dyad_gap, rating_reciprocity

quick = settings(derandomize=True, max_examples=60, deadline=None)
ratings_of = st.integers(2, 7).flatmap(
    lambda size: arrays.arrays(np.float64, (size, size), elements=st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, math.nan]))
)


def pairs_of(ratings):
    size = len(ratings)
    both = [(ratings[i, j], ratings[j, i]) for i in range(size) for j in range(i)]
    return [(there, back) for there, back in both if not math.isnan(there + back)]


def test_the_most_one_sided_pair_names_who_gives_more_first():
    found = dyad_gap([[None, 2, 5], [5, None, 4], [4, None, None]])

    assert (found.pairs, found.mean_abs_gap) == (2, 2.0)
    assert found.most_one_sided == (1, 0)
    assert (found.givers.tolist(), found.receivers.tolist(), found.gaps.tolist()) == ([1, 0], [0, 2], [3.0, 1.0])


def test_pairs_that_agree_are_not_one_sided():
    assert dyad_gap(np.full((4, 4), 3)).most_one_sided is None


def test_nobody_rated_back_has_no_gap():
    found = dyad_gap([[None, 4], [None, None]])

    assert (found.pairs, found.most_one_sided) == (0, None)
    assert math.isnan(found.mean_abs_gap)


@quick
@given(ratings_of)
def test_gaps_are_those_of_the_pairs_and_do_not_see_who_stands_in_the_row(ratings):
    expected = sorted((abs(there - back) for there, back in pairs_of(ratings)), reverse=True)

    found, turned = dyad_gap(ratings), dyad_gap(ratings.T)

    assert found.gaps.tolist() == turned.gaps.tolist() == expected
    assert found.pairs == len(expected)
    given, returned = ratings[found.givers, found.receivers], ratings[found.receivers, found.givers]
    assert (given - returned).tolist() == expected


@quick
@given(ratings_of)
def test_reciprocity_is_the_correlation_with_each_pair_both_ways(ratings):
    both = [*pairs_of(ratings), *((back, there) for there, back in pairs_of(ratings))]

    found = rating_reciprocity(ratings)

    if len(both) < 4 or len({there for there, _ in both}) == 1:
        assert math.isnan(found)
    else:
        assert found == pytest.approx(stats.pearsonr(*np.transpose(both)).statistic, abs=1e-9)


def test_ratings_that_are_no_square_are_refused():
    with pytest.raises(ValueError, match="a row and a column"):
        dyad_gap([[1, 2, 3], [1, 2, 3]])


def test_arguments_stay_untouched():
    ratings = np.array([[1.0, 2.0], [3.0, 4.0]])

    dyad_gap(ratings)
    rating_reciprocity(ratings)

    assert ratings.tolist() == [[1.0, 2.0], [3.0, 4.0]]
