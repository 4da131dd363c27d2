"""What is kept of those who rated, tried on every way in which a few people can answer."""

from itertools import combinations_with_replacement

import pytest

from tests.build import item
from tests.privacy.attack import attack
from xsector.model.policy import Policy, Tier
from xsector.model.released import Band
from xsector.model.sheet import Mark
from xsector.release.raters import band_of_raters, enough, may_follow, too_few

SMALL = Policy(tier=Tier.SMALL, k=3)
LEVELS = [str(level) for level in range(5)]
POLES = [["0", "1"], ["2"], ["3", "4"]]
QUESTION = item("W1_of_business", sensitive=True)


def raters(people):
    """So many people, from two organisations."""
    return {1: people // 2, 2: people - people // 2}


def counts(levels, silent=0):
    """People by mark."""
    found = {level: levels.count(level) for level in set(levels)}
    return found | ({int(Mark.NOT_APPLICABLE): silent} if silent else {})


@pytest.mark.parametrize("people", [5, 6, 7, 8])
@pytest.mark.parametrize("insiders", [0, 1])
def test_nothing_certain_is_left_of_any_rater_even_if_it_is_known_who_rated(people, insiders):
    who = [f"p{number}" for number in range(people)]
    for levels in combinations_with_replacement(range(5), people):
        band = band_of_raters(counts(levels), raters=raters(people), item=QUESTION, policy=SMALL)
        shown = (
            {"counts": {str(level): levels.count(level) for level in set(levels)}}
            if band is None
            else {"at_least": {"levels": POLES[["low", "middle", "high"].index(band.pole)], "n": band.at_least}}
        )
        problem = {
            "questions": {"q": {"levels": LEVELS, "poles": POLES}},
            "releases": [{"q": "q", "members": who, **shown}],
        }
        for known in sorted(set(levels)) if insiders else [None]:
            told = problem | ({} if known is None else {"insiders": {"p0": {"q": str(known)}}})
            verdicts = {row["verdict"] for row in attack(told) if row["members"] != ["p0"]}
            assert verdicts == {"ok"}, (levels, known)


def test_fewer_than_k_or_than_a_band_needs_are_too_few():
    policy = Policy(k=7)

    assert band_of_raters(counts([4] * 6, silent=3), raters=raters(6), item=QUESTION, policy=policy) == too_few(9)
    assert band_of_raters(counts([4] * 4), raters=raters(4), item=QUESTION, policy=SMALL) == too_few(4)
    assert not enough(raters(6), policy=policy)
    assert enough(raters(7), policy=policy)


def test_raters_of_one_organisation_are_no_cell_unless_it_is_named():
    alone = {1: 6}

    assert band_of_raters(counts([0, 1, 2, 3, 4, 4]), raters=alone, item=QUESTION, policy=Policy()) == too_few(6)
    named = band_of_raters(counts([0, 1, 2, 3, 4, 4]), raters=alone, item=QUESTION, policy=Policy(), named=True)
    assert named is None


def test_people_of_no_known_organisation_are_one_each():
    assert enough({None: 5}, policy=Policy())


def test_a_band_speaks_of_those_who_rated():
    found = band_of_raters(counts([3, 3, 4, 4, 1], silent=4), raters=raters(5), item=QUESTION, policy=Policy())

    assert found == Band(pole="high", at_least=3, people=5)


def test_counts_are_kept_where_no_side_holds_nearly_all():
    assert band_of_raters(counts([0, 1, 2, 3, 4, 4]), raters=raters(6), item=QUESTION, policy=Policy()) is None


def test_raters_and_counts_must_be_the_same_people():
    with pytest.raises(ValueError, match="don't fit"):
        band_of_raters(counts([0, 1, 2]), raters=raters(5), item=QUESTION, policy=Policy())


def test_a_cell_follows_itself_or_strangers():
    earlier = [frozenset({1, 2, 3}), frozenset({4, 5})]

    assert may_follow({1, 2, 3}, earlier=earlier)
    assert may_follow({6, 7}, earlier=earlier)
    assert not may_follow({1, 2}, earlier=earlier)
    assert not may_follow({1, 2, 3, 4, 5}, earlier=earlier)
