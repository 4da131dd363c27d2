import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats

from xsector.analysis.certainty import benjamini_hochberg, nominal_share_adj_jackknife, share_adj_jackknife
from xsector.analysis.choices import nominal_divergence
from xsector.analysis.divergence import decompose
from xsector.analysis.students_t import chi_squared_tail, t_quantile

quick = settings(derandomize=True, max_examples=40, deadline=None)
tables = arrays.arrays(np.int64, st.tuples(st.integers(1, 4), st.integers(2, 5)), elements=st.integers(0, 5))


def long_way(table, measure):
    """Leave out each person in turn, without counting who is alike."""
    shares = []
    for group, position in np.argwhere(table > 0):
        for _ in range(table[group, position]):
            left = table.copy()
            left[group, position] -= 1
            shares.append(float(measure(left).share_adj_unclipped))
    shares = np.array(shares)
    return np.sqrt((len(shares) - 1) / len(shares) * ((shares - shares.mean()) ** 2).sum())


@quick
@given(tables)
def test_jackknife_equals_leaving_out_each_person(table):
    found = share_adj_jackknife(table)

    if not np.isnan(found.se):
        left = [decompose(table - np.eye(table.size)[i].reshape(table.shape)) for i in np.flatnonzero(table)]
        if not any(np.isnan(one.share_adj_unclipped) for one in left):
            assert found.se == pytest.approx(long_way(table, decompose), abs=1e-9)
        assert 0 <= found.low <= found.high <= 1


def test_jackknife_of_options_equals_leaving_out_each_person():
    table = np.array([[3, 1, 0], [0, 2, 2], [1, 1, 3]])

    assert nominal_share_adj_jackknife(table).se == pytest.approx(long_way(table, nominal_divergence))


def test_jackknife_is_undefined_where_all_agree_or_nobody_answered():
    assert np.isnan(share_adj_jackknife([[3, 0], [2, 0]]).low)
    assert np.isnan(share_adj_jackknife([[0, 0], [0, 0]]).low)
    assert np.isnan(share_adj_jackknife([[1, 0], [0, 1]]).low)


def test_jackknife_of_a_million_people_takes_cases_not_people():
    found = share_adj_jackknife(np.array([[300_000, 100_000, 100_000], [100_000, 100_000, 300_000]]))

    assert found.high - found.low < 0.01


def test_arguments_stay_untouched():
    table, p = np.array([[2, 1, 0], [0, 1, 2]]), np.array([0.04, 0.01, np.nan])

    share_adj_jackknife(table)
    nominal_share_adj_jackknife(table)
    benjamini_hochberg(p)

    assert table.tolist() == [[2, 1, 0], [0, 1, 2]]
    assert p.tolist()[:2] == [0.04, 0.01]


def test_benjamini_hochberg_leaves_undefined_out_of_the_count():
    assert benjamini_hochberg([0.04, np.nan, 0.01]).tolist() == pytest.approx([0.04, np.nan, 0.02], nan_ok=True)


@pytest.mark.parametrize("df", [1, 2, 3, 5, 8, 30, 61, 250, 999, 1000, 1001, 20_000, 1_000_000])
@pytest.mark.parametrize("p", [0.025, 0.5, 0.6, 0.9, 0.95, 0.975, 0.995])
def test_quantile_of_students_t_is_scipys(p, df):
    assert t_quantile(p, df=df) == pytest.approx(stats.t.ppf(p, df), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("df", [1, 2, 3, 4, 7, 10, 31, 200])
@pytest.mark.parametrize("value", [0, 0.01, 1.5, 6.3, 30.8, 240])
def test_tail_of_chi_squared_is_scipys(value, df):
    assert chi_squared_tail(value, df=df) == pytest.approx(stats.chi2.sf(value, df), rel=1e-9, abs=1e-300)


def test_a_quantile_needs_a_probability_and_degrees_of_freedom():
    with pytest.raises(ValueError, match="0 < p < 1"):
        t_quantile(1, df=3)
    with pytest.raises(ValueError, match="df of at least 1"):
        t_quantile(0.9, df=0)
