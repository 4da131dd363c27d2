"""A round that is released in several parts: what waits, what was passed over, and who left in between."""

from collections import Counter

import pytest

from tests.build import NOW, finished, item, next_round, open_house, revealed
from xsector.actions.erasing import erase_me
from xsector.actions.joining import join
from xsector.actions.keeping import problems
from xsector.actions.releasing import add_late
from xsector.actions.setting_up import issue_links, remove_person
from xsector.errors.rounds import AnsweredBeforeError, NothingLateError
from xsector.model.policy import Policy, Tier
from xsector.reports.ledger import ledger_with_members
from xsector.reports.released import release_of
from xsector.reports.turnout import turnout

QUESTIONS = (item("R1"), item("S1", sensitive=True))


def late(house):
    """The house after late answers were added."""
    add_late(house.engine, account=house.account, round_id=house.round.id, now=NOW)


def members(house):
    """Ids of those whom each block of the house's ledger counts for the first question."""
    made = ledger_with_members(house.engine, account=house.account, round_id=house.round.id)["releases"]
    return [[int(who[1:]) for who in one["members"]] for one in made if one["q"].startswith("R1")]


def with_new_link(house, who):
    """The same person by a link that replaces the one they had."""
    given = issue_links(
        house.engine,
        account=house.account,
        partnership_id=house.partnership.id,
        participant_ids=[who.participant_id],
        now=NOW,
    )
    return join(house.engine, token=given[who.participant_id])


def test_late_answers_are_shown_without_those_that_were_sealed_uncounted_at_the_reveal(engine):
    house = open_house(engine, sectors={"government": 9}, questions=QUESTIONS)
    early, after = house.people[:4], house.people[4:]
    for who in early:
        finished(house, who, {"R1": 1})
    house = revealed(house)
    for who in after:
        finished(house, who, {"R1": 2})

    late(house)

    [block] = release_of(engine, account=house.account, round_id=house.round.id).blocks
    assert block.n == 5
    assert [sorted(one) for one in members(house)] == [sorted(who.participant_id for who in after)]
    assert problems(engine) == []


def test_those_sealed_uncounted_are_not_there_to_hide_those_they_were_counted_with(engine):
    house = open_house(engine, sectors={"government": 12}, questions=QUESTIONS)
    for who in house.people:
        finished(house, who, {"R1": who.participant_id % 5})
    house = next_round(revealed(house), questions=QUESTIONS)
    # One stays away until the reveal, so all wait; then that one comes.
    for who in house.people[1:]:
        finished(house, who, {"R1": 3})
    house = revealed(house)
    finished(house, house.people[0], {"R1": 3})

    with pytest.raises(NothingLateError):
        late(house)

    assert len(members(house)) == 1


def test_who_erases_themselves_by_a_new_link_is_counted_without_a_name_if_they_had_finished_by_the_old_one(engine):
    house = open_house(engine, sectors={"government": 9}, questions=QUESTIONS)
    for who in house.people:
        finished(house, who, {"R1": 1})
    left = house.people[0]

    erase_me(engine, respondent=with_new_link(house, left), now=NOW)

    seen = turnout(engine, account=house.account, round_id=house.round.id)
    house = revealed(house)
    assert (seen.answered, left.name in {one.name for one in seen.people}) == (9, False)
    assert [len(one) for one in members(house)] == [9]
    assert problems(engine) == []


def test_who_takes_a_new_link_after_finishing_and_erases_themselves_is_not_counted_twice(engine):
    house = open_house(engine, sectors={"government": 9}, questions=QUESTIONS)
    for who in house.people[:8]:
        finished(house, who, {"R1": 1})
    again = with_new_link(house, house.people[0])

    with pytest.raises(AnsweredBeforeError):
        finished(house, again, {"R1": 4})
    erase_me(engine, respondent=again, now=NOW)

    assert [len(one) for one in members(revealed(house))] == [8]


def test_who_is_taken_off_the_roster_while_their_late_answers_wait_is_counted_without_a_name(engine):
    house = open_house(engine, sectors={"government": 14}, questions=QUESTIONS)
    for who in house.people[:6]:
        finished(house, who, {"R1": 1})
    house = revealed(house)
    for who in house.people[6:]:
        finished(house, who, {"R1": 2})
    here = {"account": house.account, "partnership_id": house.partnership.id}

    remove_person(engine, **here, participant_id=house.people[8].participant_id, now=NOW)
    late(house)

    assert [len(one) for one in members(house)] == [6, 8]
    assert problems(engine) == []


def test_a_question_that_one_part_holds_keeps_no_other_part_from_being_shown(engine):
    policy = Policy(tier=Tier.SMALL, k=3)
    house = open_house(engine, sectors={"government": 4, "nonprofit": 12}, questions=QUESTIONS, policy=policy)
    for who in house.of("government"):
        finished(house, who, {"R1": 1, "S1": 1})
    house = revealed(house)
    for number, who in enumerate(house.of("nonprofit")):
        finished(house, who, {"R1": 2, "S1": number % 5})

    late(house)

    release = release_of(engine, account=house.account, round_id=house.round.id)
    assert ([block.n for block in release.blocks], release.held) == ([4, 12], ("S1",))
    assert [one.code for one in release.items] == ["R1"]


def test_the_ledger_for_checks_knows_the_organisations_of_those_who_left(engine):
    house = open_house(engine, sectors={"government": 6}, questions=QUESTIONS)
    for who in house.people:
        finished(house, who, {"R1": 1})
    house = revealed(house)
    erase_me(engine, respondent=house.people[0], now=NOW)

    ledger = ledger_with_members(engine, account=house.account, round_id=house.round.id)

    assert Counter(one["org"] for one in ledger["people"]) == Counter(f"o{who.organisation_id}" for who in house.people)
    assert {one for release in ledger["releases"] for one in release["members"]} == {
        one["id"] for one in ledger["people"]
    }
