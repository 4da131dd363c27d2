"""Choosing a target profile: one of four or none, for this round and those after it."""

import pytest

from tests.build import NOW, finished, next_round, revealed
from tests.described import CODES, described_house
from tests.profiles import questions
from xsector.actions.aiming import choose_target, profiles
from xsector.actions.running import show_on_wall
from xsector.errors.common import NotFoundError
from xsector.reports.felt import felt_on_wall, felt_report
from xsector.reports.log import log_entries
from xsector.reports.wall import wall_revision, wall_state
from xsector.store import targets
from xsector.store.engine import reading


def choose(house, target):
    choose_target(house.engine, account=house.account, round_id=house.round.id, target=target, now=NOW)


def chosen(house):
    with reading(house.engine) as session:
        return targets.chosen(session, house.round)


def show(house, view):
    show_on_wall(house.engine, account=house.account, round_id=house.round.id, view=view, item=None, dark=True, now=NOW)


def test_one_of_four_is_chosen_changed_and_taken_back(engine):
    house = described_house(engine)

    seen = [chosen(house)]
    for target in ("joint_project", "advisory_group", None):
        choose(house, target)
        seen.append(chosen(house))

    assert seen == [None, "joint_project", "advisory_group", None]
    assert len(profiles()) == 4
    notes = [one.detail for one in log_entries(engine, last=50) if one.action == "target chosen"]
    assert [note["target"] for note in notes] == ["joint_project", "advisory_group", None]


def test_an_unknown_profile_is_refused_and_changes_nothing(engine):
    house = described_house(engine)
    choose(house, "joint_project")

    with pytest.raises(NotFoundError):
        choose(house, "world_peace")

    assert chosen(house) == "joint_project"


def test_a_choice_holds_for_later_rounds_until_another_is_made_there(engine):
    spring = described_house(engine)
    autumn = next_round(spring, questions=[questions()[code] for code in CODES])

    choose(spring, "joint_project")
    followed = chosen(autumn)
    choose(autumn, None)

    assert followed == "joint_project"
    assert (chosen(autumn), chosen(spring)) == (None, "joint_project")


def test_the_walls_of_this_and_of_later_rounds_look_again(engine):
    spring = described_house(engine)
    autumn = next_round(spring, questions=[questions()[code] for code in CODES])
    before = [wall_revision(engine, round_id=house.round.id) for house in (spring, autumn)]

    choose(spring, "joint_project")

    after = [wall_revision(engine, round_id=house.round.id) for house in (spring, autumn)]
    assert all(new > old for old, new in zip(before, after, strict=True))


def test_what_the_wall_shows_stays_when_a_target_is_chosen_and_the_target_when_the_wall_changes(engine):
    house = described_house(engine)
    show(house, "felt")

    choose(house, "joint_project")
    state = wall_state(engine, round_id=house.round.id)
    show(house, "overview")

    assert (state.view, state.dark) == ("felt", True)
    assert chosen(house) == "joint_project"


def test_the_way_to_a_target_is_not_put_on_a_wall_before_one_is_chosen(engine):
    house = described_house(engine)

    with pytest.raises(NotFoundError):
        show(house, "target")
    choose(house, "joint_project")
    show(house, "target")

    assert wall_state(engine, round_id=house.round.id).view == "target"


def test_a_wall_whose_target_was_taken_back_still_has_something_to_show(engine):
    house = described_house(engine)
    choose(house, "joint_project")
    show(house, "target")
    choose(house, None)

    told = felt_on_wall(engine, round_id=house.round.id)

    assert told.aimed is None
    assert told.headline


def test_a_choice_before_the_reveal_is_there_after_it(engine):
    spring = described_house(engine)
    autumn = next_round(spring, questions=[questions()[code] for code in CODES])
    choose(autumn, "aligned_network")
    for who in autumn.people:
        finished(autumn, who, {"P01": 2})

    told = felt_report(engine, account=autumn.account, round_id=revealed(autumn).round.id)

    [distance] = told.aimed.distances
    assert (told.target.code, distance.item.code, distance.away) == ("aligned_network", "P01", 0)
