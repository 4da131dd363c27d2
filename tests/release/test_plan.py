import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.build import NOW, account, closed, finished, open_house, partnership, roster_rows
from xsector.actions.permission import OPERATOR
from xsector.actions.setting_up import add_people
from xsector.model.policy import Policy, Tier
from xsector.model.released import COMBINED_LOOK, Block, Hidden
from xsector.model.sector import DEFAULT_SECTORS
from xsector.release.plan import Before, Cell, large_enough, partition, plan, plan_while_open
from xsector.reports.price import preview, price, priced
from xsector.reports.rounds import roster

K5 = Policy()
CODES = [sector.code for sector in DEFAULT_SECTORS]
SMALL = Policy(tier=Tier.SMALL, k=3)


def cells(*, organisations=3, **people):
    """So many people of each sector, from so many organisations of their own."""
    return [
        Cell(
            sector=sector,
            people=number,
            organisations=frozenset(range(1000 * place, 1000 * place + min(organisations, number))),
        )
        for place, (sector, number) in enumerate(people.items())
    ]


def planned(policy=K5, **people):
    return plan(cells(**people), sectors=DEFAULT_SECTORS, policy=policy)


def shown(made):
    return [(block.name, block.n) for block in made.blocks]


@st.composite
def memberships(draw):
    """Up to six sectors; organisations may stand in several, and some people have none."""
    made = []
    for sector in draw(st.lists(st.sampled_from(CODES), unique=True, max_size=6)):
        alone = draw(st.integers(0, 4))
        known = draw(st.frozensets(st.integers(1, 9), max_size=4))
        people = alone + (draw(st.integers(len(known), len(known) + 9)) if known else 0)
        made.append(Cell(sector=sector, people=people, organisations=known, alone=alone))
    return made


policies = st.builds(
    lambda k, m: Policy(tier=Tier.SMALL if k < 5 else Tier.CONFIDENTIAL, k=k, m=m), st.integers(3, 8), st.integers(1, 4)
)


@given(memberships(), policies)
def test_every_group_is_large_enough_and_nobody_is_left_beside_the_groups(membership, policy):
    groups = partition(membership, policy=policy)

    together = [cell for group in groups for cell in group]
    assert all(large_enough(group, policy=policy) for group in groups)
    assert groups == [] or sorted(cell.sector for cell in together) == sorted(
        cell.sector for cell in membership if cell.people
    )
    assert sum(len(group) > 1 for group in groups) <= 1


@given(memberships(), policies)
def test_nobody_is_shown_only_if_all_together_are_too_few(membership, policy):
    groups = partition(membership, policy=policy)

    people = [cell for cell in membership if cell.people]
    assert (groups == []) == (not people or not large_enough(people, policy=policy))


@given(memberships(), policies)
def test_a_sum_or_difference_of_groups_never_singles_out_fewer_than_k(membership, policy):
    groups = partition(membership, policy=policy)

    sizes = [sum(cell.people for cell in group) for group in groups]
    sums = {sum(some) for number in range(1, len(sizes) + 1) for some in combinations(sizes, number)}
    assert all(one >= policy.k for one in sums)
    assert all(abs(total - one) >= policy.k or total == one for total in [sum(sizes)] for one in sums)


@given(memberships(), policies, st.randoms(use_true_random=False))
def test_the_order_of_the_cells_does_not_matter(membership, policy, generator):
    shuffled = list(membership)
    generator.shuffle(shuffled)

    assert plan(shuffled, sectors=DEFAULT_SECTORS, policy=policy) == plan(
        membership, sectors=DEFAULT_SECTORS, policy=policy
    )


@given(memberships(), policies)
def test_every_sector_that_answered_is_shown_by_name_or_explained(membership, policy):
    made = plan(membership, sectors=DEFAULT_SECTORS, policy=policy)

    own = {block.sectors[0] for block in made.blocks if len(block.sectors) == 1}
    explained = {hidden.sector for hidden in made.hidden}
    answered = {cell.sector for cell in membership if cell.people}
    assert own | explained >= answered
    assert own & explained == set()
    assert len(made.hidden) == len(explained)


def test_large_sectors_stand_under_their_own_names_in_the_partnerships_order():
    assert shown(planned(business=6, government=5, nonprofit=9)) == [
        ("Government", 5), ("Non-profit", 9), ("Business", 6),
    ]  # fmt: skip


def test_two_small_sectors_are_combined():
    made = planned(government=8, nonprofit=3, business=2)

    assert made.blocks == (
        Block(name="Government", sectors=("government",), n=8, look=0),
        Block(name="Combined: Non-profit and Business", sectors=("nonprofit", "business"), n=5, look=COMBINED_LOOK),
    )
    reason = "fewer than 5 people answered; counted in the combined group"
    assert made.hidden == (
        Hidden(sector="nonprofit", label="Non-profit", reason=reason),
        Hidden(sector="business", label="Business", reason=reason),
    )


def test_one_small_sector_takes_the_smallest_large_one_with_it():
    made = planned(government=8, nonprofit=6, business=2)

    assert shown(made) == [("Government", 8), ("Combined: Non-profit and Business", 8)]
    assert made.hidden[0].reason == (
        "joined to others that would be too few by themselves; counted in the combined group"
    )


def test_three_sectors_in_one_name():
    made = planned(government=2, nonprofit=2, business=2)

    assert shown(made) == [("Combined: Government, Non-profit and Business", 6)]


def test_too_few_in_all_means_nothing_is_shown():
    made = planned(government=2, nonprofit=2)

    assert made.blocks == ()
    assert [hidden.reason for hidden in made.hidden] == ["fewer than 5 people answered; not shown"] * 2


def test_nobody_is_no_plan():
    made = plan([], sectors=DEFAULT_SECTORS, policy=K5)

    assert (made.blocks, made.hidden) == ((), ())


def test_six_people_of_one_agency_are_not_a_sector():
    membership = [
        Cell(sector="government", people=6, organisations=frozenset({1})),
        *cells(nonprofit=7, business=7),
    ]

    made = plan(membership, sectors=DEFAULT_SECTORS, policy=K5)

    assert "Government" not in [block.name for block in made.blocks]
    assert made.hidden[0].label == "Government"
    assert "the answers come from fewer than 2 organisations" in made.hidden[0].reason


def test_one_organisation_in_two_sectors_counts_once():
    both = [
        Cell(sector="government", people=3, organisations=frozenset({1})),
        Cell(sector="nonprofit", people=3, organisations=frozenset({1})),
    ]

    assert plan(both, sectors=DEFAULT_SECTORS, policy=K5).blocks == ()


def test_people_without_a_known_organisation_are_organisations_of_their_own():
    made = plan([Cell(sector="business", people=5, alone=5)], sectors=DEFAULT_SECTORS, policy=K5)

    assert shown(made) == [("Business", 5)]


def test_a_small_tier_shows_smaller_groups():
    assert shown(planned(SMALL, government=3, business=4)) == [("Government", 3), ("Business", 4)]


def test_the_same_membership_gives_the_same_plan_whatever_was_answered(engine):
    house = open_house(engine, sectors={"government": 7, "nonprofit": 3, "business": 2, "education": 6})
    generator = random.Random(11)
    for who in house.people:
        finished(house, who, {})
    seen = set()

    for _ in range(12 if engine.dialect.name == "postgresql" else 50):
        alike = generator.random() < 0.2
        for who in house.people:
            finished(house, who, {"R1": 0 if alike else generator.randrange(5), "S1": generator.randrange(5)})
        seen.add(repr(preview(engine, account=house.account, round_id=house.round.id)).encode())

    closed(house)
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (
            {"government": 5, "nonprofit": 3, "business": 3, "education": 1},
            "12 people in 4 sectors, groups of at least 5: Non-profit, Business and Education would be shown "
            "together as one combined group.",
        ),
        (
            {"government": 6, "nonprofit": 6},
            "12 people in 2 sectors, groups of at least 5: every sector would be shown under its own name.",
        ),
        (
            {"government": 3, "business": 3},
            "6 people in 2 sectors, groups of at least 5: Government and Business would be shown as one group.",
        ),
        ({"government": 1}, "1 person in 1 sector, groups of at least 5: too few for anything to be shown."),
        ({}, "0 people in 0 sectors, groups of at least 5: too few for anything to be shown."),
    ],
)
def test_the_price_of_a_tier_is_said_in_one_sentence(people, said):
    assert priced(cells(**people), sectors=DEFAULT_SECTORS, policy=K5).sentence == said


def test_the_price_counts_the_roster_as_if_everybody_answered(engine):
    dana = account(engine)
    made = partnership(engine, by=dana)
    sectors = {"government": 6, "nonprofit": 3, "business": 2, "education": 1}
    add_people(engine, account=dana, partnership_id=made.id, rows=roster_rows(sectors), now=NOW)

    default = price(engine, account=OPERATOR, partnership_id=made.id, policy=K5)
    small = price(engine, account=OPERATOR, partnership_id=made.id, policy=SMALL)

    assert len(roster(engine, account=dana, partnership_id=made.id)) == 12
    assert default.sentence == (
        "12 people in 4 sectors, groups of at least 5: Non-profit, Business and Education would be shown together "
        "as one combined group."
    )
    assert shown(small) == [("Government", 6), ("Non-profit", 3), ("Combined: Business and Education", 3)]


def counted_before(people, *, away, largest):
    """A cell of people who were counted in block 1, of whom so many don't answer now."""
    before = Before(people=away, organisations=frozenset(range(min(away, 3))), largest=largest)
    cell = Cell(sector="business", people=people, organisations=frozenset(range(3)), past="1")
    return [cell], {"sectors": DEFAULT_SECTORS, "policy": K5, "before": {"1": before}}


@pytest.mark.parametrize(("people", "away", "whole"), [(12, 0, True), (7, 5, False), (6, 6, False)])
def test_a_part_of_an_earlier_block_may_be_shown_but_not_what_it_thinks_of_trust(people, away, whole):
    there, given = counted_before(people, away=away, largest=12)

    made = plan(there, **given)

    assert shown(made) == [("Business", people)]
    assert made.unmixed == (frozenset({0}) if whole else frozenset())


@pytest.mark.parametrize(("people", "away", "shows"), [(5, 7, True), (7, 5, True), (8, 4, False), (11, 1, False)])
def test_while_a_round_is_open_those_away_must_be_enough_to_hide_among_each_other(people, away, shows):
    there, given = counted_before(people, away=away, largest=12)

    assert bool(plan_while_open(there, **given).blocks) is shows


def test_while_a_round_is_open_a_group_waits_as_long_as_it_would_leave_too_few_waiting():
    waiting = cells(government=6, business=3)

    few = plan_while_open(waiting, sectors=DEFAULT_SECTORS, policy=K5)
    enough = plan_while_open(cells(government=6, business=3, community=2), sectors=DEFAULT_SECTORS, policy=K5)

    assert (shown(few), shown(enough)) == ([], [("Government", 6)])
