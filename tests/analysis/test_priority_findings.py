import math
from dataclasses import replace

import pytest

from tests.budgets import pair_codes, release_of, rows
from xsector.analysis.priorities import views_of
from xsector.analysis.priority_findings import PriorityFinding, findings_of
from xsector.analysis.thresholds import PriorityLimits
from xsector.model.modules.kinds import Mode, Pass

SAME = [30, 25, 20, 15, 10]
LAST_FIRST = [10, 15, 20, 25, 30]


def found(given, kind=None, *, limits=None, **facts):
    """What is found, or only what is of one *kind*."""
    views = views_of(release_of(given, **facts))
    every = findings_of(views, limits=limits or PriorityLimits())
    return [one for one in every if kind is None or one.kind is kind]


def test_an_option_that_every_group_has_among_its_first_three_is_shared():
    both = {"North": rows(SAME, times=8), "South": rows([25, 30, 10, 20, 15], times=8)}

    shared = found({"should": both}, PriorityFinding.SHARED)

    assert [(one.option, one.clear) for one in shared] == [("Q1", True), ("Q2", True)]


def test_one_group_that_has_it_fourth_is_enough_to_share_nothing():
    groups = {"North": rows(SAME, times=8), "South": rows([15, 30, 20, 25, 10], times=8)}

    assert [one.option for one in found({"should": groups}, PriorityFinding.SHARED)] == ["Q2", "Q3"]


def test_a_gap_of_fifteen_points_splits_groups_and_one_below_it_does_not():
    def groups(high):
        return {"North": rows([high, 60 - high, 40], times=6), "South": rows([20, 40, 40], times=6)}

    (first, second) = found({"should": groups(35)}, PriorityFinding.SPLIT)
    assert [(one.option, one.more, one.less, one.groups) for one in (first, second)] == [
        ("Q1", 35, 20, (0, 1)),
        ("Q2", 40, 25, (1, 0)),
    ]
    assert first.clear
    assert found({"should": groups(30)}, PriorityFinding.SPLIT) == []


def test_a_split_that_re_deals_often_give_is_not_clear():
    wild = {"North": [[90, 5, 5], [0, 50, 50], [80, 10, 10]], "South": [[0, 10, 90], [60, 20, 20], [20, 40, 40]]}

    splits = found({"should": wild}, PriorityFinding.SPLIT)

    assert splits
    assert not any(one.clear for one in splits)


def test_an_option_that_one_group_alone_puts_first_is_quiet():
    groups = {name: rows(SAME, times=6) for name in ("North", "East", "West")} | {"South": rows(LAST_FIRST, times=6)}

    (quiet,) = found({"should": groups}, PriorityFinding.QUIET)

    assert (quiet.option, quiet.groups, quiet.more, quiet.less, quiet.clear) == ("Q5", (3,), 30, 15, True)


def test_an_option_that_two_groups_put_first_is_not_quiet():
    groups = {name: rows(SAME, times=9) for name in ("North", "East")}
    groups |= {name: rows(LAST_FIRST, times=3) for name in ("South", "West")}

    assert found({"should": groups}, PriorityFinding.QUIET) == []


def test_words_and_effort_that_lie_fifteen_points_apart_are_found():
    said, done = rows([50, 30, 20], times=8), rows([20, 30, 50], times=8)

    first, second = found({"should": {"North": said}, "now": {"North": done}}, PriorityFinding.SAY_DO)

    assert [(one.option, one.more, one.less, one.clear) for one in (first, second)] == [
        ("Q1", 50, 20, True),
        ("Q3", 20, 50, True),
    ]
    assert found({"should": {"North": said}, "now": {"North": rows([40, 30, 30], times=8)}}) == []


def test_a_gap_between_words_and_effort_that_few_could_change_is_not_clear():
    said = [[90, 5, 5], [10, 45, 45], [60, 20, 20], [40, 30, 30]]
    done = [[70, 15, 15], [0, 50, 50], [50, 25, 25], [15, 45, 40]]

    (gap,) = found({"should": {"North": said}, "now": {"North": done}}, PriorityFinding.SAY_DO)

    assert (gap.option, gap.more - gap.less, gap.clear) == ("Q1", 16.25, False)


def test_one_group_that_does_otherwise_than_it_says_is_found_where_all_of_us_do_not():
    even = rows([35, 35, 30], times=20)
    should = {"North": even, "South": rows([80, 10, 10], times=8)}
    now = {"North": even, "South": rows([10, 45, 45], times=8)}

    gaps = found({"should": should, "now": now}, PriorityFinding.SAY_DO)
    alone = [one for one in gaps if not one.everybody]

    assert {(one.option, one.groups) for one in alone} >= {("Q2", (1,))}
    assert [(one.option, one.groups) for one in gaps if one.everybody] == [("Q1", (1,))]


def test_what_organisations_want_for_themselves_is_held_against_what_all_should_do():
    should = {"North": rows([50, 30, 20], times=6), "South": rows([50, 30, 20], times=6)}
    own = {"North": rows([20, 20, 60], times=6), "South": rows([40, 20, 40], times=6)}

    (one,) = found({"should": should, "own": own}, PriorityFinding.OWN)

    assert (one.option, one.other, one.groups, one.clear) == ("Q3", "Q1", (0,), True)
    assert found({"should": should, "own": should}, PriorityFinding.OWN) == []


def test_in_the_mode_of_first_three_the_limit_is_forty_in_a_hundred():
    def groups(others):
        north = rows([3, 2, 1, 0], times=10)
        return {"North": north, "South": rows([3, 2, 1, 0], times=10 - others) + rows([0, 3, 2, 1], times=others)}

    first, second = found({"should": groups(4)}, PriorityFinding.SPLIT, mode=Mode.TOP)
    assert [(one.option, one.more, one.less) for one in (first, second)] == [("Q1", 100, 60), ("Q4", 40, 0)]
    assert found({"should": groups(3)}, PriorityFinding.SPLIT, mode=Mode.TOP) == []


@pytest.mark.parametrize("asked", [("now",), ("own",), ("now", "own")])
def test_without_what_should_come_first_nothing_is_found(asked):
    groups = {"North": rows(SAME, times=6), "South": rows(LAST_FIRST, times=6)}

    assert found(dict.fromkeys(asked, groups)) == []


def test_hidden_evidence_makes_a_finding_silent():
    given = {"should": {"North": rows([50, 30, 20], times=8)}, "now": {"North": rows([20, 30, 50], times=8)}}

    assert found(given, held=("Q1_now",)) == []
    assert found(given, held=("Q3_should",)) == []


def test_one_group_alone_is_neither_split_nor_shared_nor_quiet():
    assert found({"should": {"Combined": rows(SAME, times=12)}}) == []


def test_without_pairs_nothing_shared_is_called_clear():
    groups = {"North": rows(SAME, times=8), "South": rows(SAME, times=8)}

    shared = found({"should": groups}, PriorityFinding.SHARED, held=pair_codes(5, point="should"))

    assert [one.clear for one in shared] == [False] * 3


def test_what_concerns_everybody_comes_before_what_concerns_one_group():
    should = {name: rows([45, 30, 25], times=9) for name in ("North", "East")} | {"South": rows([5, 5, 90], times=9)}
    now = {name: rows([25, 30, 45], times=9) for name in ("North", "East")} | {"South": rows([5, 90, 5], times=9)}

    kinds = [(one.kind, one.everybody) for one in found({"should": should, "now": now})]

    assert kinds.index((PriorityFinding.SAY_DO, True)) < kinds.index((PriorityFinding.SPLIT, True))


def test_the_release_is_left_as_it_was():
    release = release_of({"should": {"North": rows(SAME, times=6), "South": rows(LAST_FIRST, times=6)}})
    before = repr(release)

    findings_of(views_of(release))

    assert repr(release) == before


def test_a_figure_that_is_not_there_is_no_number():
    (one, *_) = found({"should": {name: rows(SAME, times=8) for name in ("North", "South")}})

    assert math.isnan(one.less)
    assert replace(one, less=0.0).kind is PriorityFinding.SHARED


def test_limits_can_be_set():
    groups = {"North": rows([35, 25, 40], times=6), "South": rows([25, 35, 40], times=6)}

    assert found({"should": groups}, PriorityFinding.SPLIT) == []
    assert len(found({"should": groups}, PriorityFinding.SPLIT, limits=PriorityLimits(split=10))) == 2
    with pytest.raises(ValueError, match="level"):
        PriorityLimits(level=1.0)
    with pytest.raises(ValueError, match="fewest_answers"):
        PriorityLimits(fewest_answers=1)


def test_views_come_from_the_passes_that_were_asked():
    assert set(views_of(release_of({"own": {"North": rows(SAME, times=6)}}))) == {Pass.OWN}
