import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.budgets import drawn, pair_codes, release_of, rows, top_three
from xsector.analysis.budgets import budget_divergence
from xsector.analysis.priorities import spread_item, views_of
from xsector.analysis.rankings import (
    borda,
    kemeny,
    kendall_w,
    kendall_w_from_pairs,
    ranking_divergence,
    tie_term_bounds,
)
from xsector.model.modules.kinds import NO_MODULES, Mode, Pass

A, B, C = [60, 30, 10], [10, 60, 30], [0, 50, 50]


def should(groups, **facts):
    """What should come first, as the release tells it."""
    return views_of(release_of({"should": groups}, **facts))[Pass.SHOULD]


def test_means_ranks_and_quarters_are_those_of_the_people():
    view = should({"North": rows(A, B, C), "South": rows(B, times=3)})

    first = view.option("Q1")
    assert [round(group.mean, 6) for group in first.groups] == [pytest.approx(70 / 3), 10]
    assert first.everybody.value == pytest.approx(100 / 6)
    assert [option.everybody.rank for option in view.options] == [3, 1, 2]
    assert [option.groups[1].rank for option in view.options] == [3, 1, 2]
    assert (first.everybody.low, first.everybody.high) == (10, 10)
    assert [group.nothing for group in first.groups] == [1, 0]
    assert [option.code for option in view.ranked()] == ["Q2", "Q3", "Q1"]


def test_level_options_share_a_rank():
    view = should({"North": rows([40, 40, 20], times=3)})

    assert [option.everybody.rank for option in view.options] == [1, 1, 3]


def test_one_voice_for_each_group_is_the_mean_of_the_groups():
    view = should({"Large": rows(A, times=9), "Small": rows(B, times=3)})

    assert [option.voices for option in view.options] == [35, 45, 20]
    assert [option.everybody.mean for option in view.options] == [47.5, 37.5, 15]
    assert [option.voices_rank for option in view.options] == [2, 1, 3]
    assert [option.everybody.rank for option in view.options] == [1, 2, 3]


def test_the_error_of_a_mean_is_that_of_the_textbook():
    view = should({"North": rows(A, B, C)})

    points = np.array([60, 10, 0])
    assert view.option("Q1").everybody.error == pytest.approx(points.std(ddof=1) / math.sqrt(3))


def test_with_first_three_the_value_is_the_share_that_chose_it():
    view = should({"North": rows([3, 2, 1, 0], times=4) + rows([0, 3, 2, 1])}, mode=Mode.TOP)

    first = view.option("Q1").everybody
    assert (first.mean, first.value, first.nothing) == (pytest.approx(12 / 5), 80, 1)
    assert view.mode is Mode.TOP


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(2, 4), st.integers(3, 8), st.integers(0, 10**6), st.sampled_from(list(Mode)))
def test_the_counts_of_a_release_tell_what_the_whole_lists_tell(groups, options, seed, mode):
    generator = np.random.default_rng(seed)
    given_ = {f"G{place}": drawn(generator, np.full(options, 100 / options), people=int(generator.integers(3, 9)))
              for place in range(groups)}  # fmt: skip
    if mode is Mode.TOP:
        given_ = {name: top_three(some) for name, some in given_.items()}
    people = [budget for some in given_.values() for budget in some]
    labels = [place for place, some in enumerate(given_.values()) for _ in some]
    ranks = -np.array(people)

    view = should(given_, mode=mode, draws=99)

    assert view.orders.borda_points == pytest.approx(borda(_mean_ranks(people)))
    assert set(view.orders.kemeny) == set(kemeny(ranks).orders)
    low, high = view.orders.concordance
    exact = kendall_w(ranks).w
    assert low - 1e-9 <= exact <= high + 1e-9
    by_pairs = ranking_divergence(ranks, groups=labels)
    assert float(view.orders.apart.total) == pytest.approx(float(by_pairs.total))
    assert float(view.orders.apart.between) == pytest.approx(float(by_pairs.between))
    if mode is Mode.POINTS:
        whole = budget_divergence(people, groups=labels)
        assert float(view.apart.total) == pytest.approx(whole.total)
        assert float(view.apart.within) == pytest.approx(whole.within)
    else:
        assert low == high == pytest.approx(exact)
        assert view.apart is view.orders.apart


def _mean_ranks(people):
    given_ = np.array(people)
    above = (given_[:, None, :] > given_[:, :, None]).sum(axis=-1)
    level = (given_[:, None, :] == given_[:, :, None]).sum(axis=-1)
    return above + (level + 1) / 2


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=1, max_size=9))
def test_the_tie_term_lies_between_its_bounds(people):
    given_ = np.array(people)
    ties = np.array([[(given_[:, i] == given_[:, j]).sum() for j in range(4)] for i in range(4)])
    sizes = [count for row in people for count in np.unique(row, return_counts=True)[1]]
    exact = sum(size**3 - size for size in sizes)

    low, high = tie_term_bounds(ties, people=len(people))

    assert low <= exact <= high


def test_one_person_who_ties_three_has_a_known_tie_term():
    assert tie_term_bounds([[0, 1, 1, 0], [1, 0, 1, 0], [1, 1, 0, 0], [0, 0, 0, 0]], people=1) == (24, 24)


def test_the_printed_w_of_kendall_comes_from_pairs():
    # Siegel & Castellan (1988), p. 264: three executives rank six applicants, W = .162.
    ranks = np.array([[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]])
    wins = np.array([[(ranks[:, i] < ranks[:, j]).sum() for j in range(6)] for i in range(6)])

    assert kendall_w_from_pairs(wins, ties=np.zeros((6, 6)), tie_term=0).w == pytest.approx(0.162, abs=5e-4)


def test_more_than_eight_options_have_no_order_of_kemeny():
    view = should({"North": rows([20, 10, 10, 10, 10, 10, 10, 10, 10], times=3)})

    assert view.orders.kemeny == ()
    assert len(view.orders.borda) == 9


def test_a_point_of_view_with_a_question_held_back_is_left_out():
    given_ = {"should": {"North": rows(A, times=4)}, "now": {"North": rows(B, times=4)}}

    assert set(views_of(release_of(given_, held=("Q2_now",)))) == {Pass.SHOULD}


def test_without_its_pairs_a_point_of_view_has_no_orders():
    view = should({"North": rows(A, times=4)}, held=pair_codes(3, point="should")[:1])

    assert view.orders is None
    assert float(view.apart.total) == 0


def test_a_group_of_which_too_few_answered_is_counted_and_not_compared():
    release = release_of({"should": {"North": rows(A, times=5), "South": rows(B, times=2)}})

    view = views_of(release)[Pass.SHOULD]

    assert ([block.name for block in view.groups], view.answered) == (["North"], 7)


def test_a_round_without_the_module_or_without_answers_has_nothing():
    release = release_of({"should": {"North": rows(A, times=2)}})

    assert views_of(release) == {}
    assert views_of(replace(release, modules=NO_MODULES)) == {}


def test_points_are_put_into_bands_and_nobody_is_lost():
    release = release_of({"should": {"North": [[0, 50, 50], [5, 10, 85], [15, 25, 60], [30, 45, 25]]}})

    assert [spread_item(release, code=code).counts for code in ("Q1", "Q2", "Q3")] == [
        ((1, 1, 1, 1, 0),), ((0, 1, 1, 1, 1),), ((0, 0, 1, 0, 3),),
    ]  # fmt: skip
    assert spread_item(release, code="Q9") is None


def test_places_stay_as_they_are():
    release = release_of({"should": {"North": rows([3, 2, 1], times=3)}}, mode=Mode.TOP)

    assert spread_item(release, code="Q1").counts == ((0, 0, 0, 3),)
