"""What a reader of all rounds can work out: nothing of one person, whoever came, left, or came late."""

import os
import random
from collections import Counter

import pytest
from sqlalchemy import text

from tests.build import NOW, closed, finished, item, newcomers, next_round, open_house, revealed
from tests.privacy.attack import attack
from tests.privacy.histories import OPEN, TRUST, random_history, told_apart
from xsector.actions.answering import begin
from xsector.actions.keeping import problems
from xsector.actions.permission import OPERATOR
from xsector.actions.running import open_round, reopen_round
from xsector.errors import LonelyError, SetUpError
from xsector.model.policy import Policy
from xsector.model.released import WITHHELD
from xsector.reports.ledger import ledger_with_members
from xsector.reports.own import own_form
from xsector.reports.released import release_of

MANY = int(os.environ.get("XSECTOR_HISTORIES", "150"))
"""XSECTOR_HISTORIES=10000 takes about eight minutes on one core."""


def insiders_of(history, *, seed):
    """Nobody, and one person who was counted and knows their own answers."""
    counted = [one for one in history.people if one.counted]
    yield {}
    if counted:
        who = random.Random(seed).choice(counted)
        yield {who.id: {f"{code}@{number}": said for code, said in who.answers.items() for number in (1, 2, 3)}}


def known_of(history, *, seed):
    """What an attacker knows of somebody: of trust anything, else more than that a whole group agrees."""
    truth = {one.id: one.answers for one in history.people}
    for insiders in insiders_of(history, seed=seed):
        for stable in (False, True):
            for found in attack(history.ledger | {"insiders": insiders}, stable=stable):
                code = found["q"].split("@")[0]
                alike = len({truth[one][code] for one in found["members"]}) == 1
                if found["verdict"] == "ok" or (code == OPEN.code and (found["verdict"] == "POLE" or alike)):
                    continue
                yield seed, stable, insiders, found


def test_nobody_is_known_from_any_history():
    histories = [random_history(seed) for seed in range(MANY)]

    known = [one for seed, made in enumerate(histories) for one in known_of(made, seed=seed)]
    alone = [(seed, one) for seed, made in enumerate(histories) for one in told_apart(made.ledger, made.policy)]

    assert known == []
    assert alone == []
    kinds = Counter(
        (release["q"], "band" if "at_least" in release else "counts")
        for made in histories
        for release in made.ledger["releases"]
    )
    assert all(kinds[f"{code}@{number}", "counts"] for code in ("R1", "S1") for number in (1, 2, 3))
    assert all(kinds[f"S1@{number}", "band"] for number in (1, 2, 3))
    assert sum(made.shown for made in histories) > 0.5 * sum(made.finished for made in histories)


def test_the_attack_finds_somebody_where_a_later_round_shows_who_stayed():
    made = next(made for made in map(random_history, range(100)) if "R1@1" in str(made.ledger["releases"]))
    first = next(release for release in made.ledger["releases"] if release["q"] == "R1@1")
    truth = {one.id: one.answers["R1"] for one in made.people}
    stayed = first["members"][1:]
    careless = {"q": "R1@2", "members": stayed, "counts": dict(Counter(truth[one] for one in stayed))}

    found = attack(made.ledger | {"releases": [first, careless]}, stable=True)

    assert any(one["verdict"] == "EXACT" and one["members"] == first["members"][:1] for one in found)


SAID = {"government": 4, "nonprofit": 2, "business": 1, "community": 3}


def answered(house, people):
    """The round after these people have answered and it was revealed."""
    for who in people:
        level = (SAID[who.sector] + who.participant_id % 3) % 5
        finished(house, who, {"R1": level, "S1": level})
    return revealed(house)


def blocks(ledger, *, round_number):
    """Name to number of people of the blocks of one round."""
    found = [one for one in ledger["releases"] if one["q"] == f"R1@{round_number}"]
    return {one["label"]: len(one["members"]) for one in found}


def first_of(engine):
    """A partnership of four sectors with six people each, its first round open."""
    return open_house(engine, sectors=dict.fromkeys(SAID, 6), policy=Policy(), questions=(OPEN, TRUST))


def test_a_sector_that_one_person_left_is_not_shown_and_its_people_hide_each_other(engine):
    house = first_of(engine)
    everybody, gone = house.people, house.of("business")[0]
    answered(house, everybody)

    house = answered(next_round(house, questions=(OPEN, TRUST)), [one for one in everybody if one != gone])
    ledger = ledger_with_members(engine, account=OPERATOR, round_id=house.round.id)

    assert blocks(ledger, round_number=1) == dict.fromkeys(("Government", "Non-profit", "Business", "Community"), 6)
    assert blocks(ledger, round_number=2) == dict.fromkeys(("Government", "Non-profit", "Community"), 6)
    assert told_apart(ledger, house.round.policy) == []
    release = release_of(engine, account=house.account, round_id=house.round.id)
    assert [one.label for one in release.hidden] == ["Business"]
    assert "5 people who were counted before wait" in release.hidden[0].reason


@pytest.mark.parametrize(("number", "shown"), [(4, 6), (5, 11)])
def test_those_added_after_the_opening_are_a_group_of_their_own(engine, number, shown):
    house = first_of(engine)
    late = newcomers(house, sector="business", number=number)

    house = answered(house, [*house.people, *late])

    ledger = ledger_with_members(engine, account=OPERATOR, round_id=house.round.id)
    assert blocks(ledger, round_number=1)["Business"] == shown


def test_trust_is_withheld_where_an_earlier_round_takes_a_block_apart(engine):
    house = first_of(engine)
    everybody = house.people
    answered(house, everybody)
    house = next_round(house, questions=(OPEN, TRUST))
    late = newcomers(house, sector="business", number=6)

    house = answered(house, [*everybody, *late])

    release = release_of(engine, account=house.account, round_id=house.round.id)
    place = [block.name for block in release.blocks].index("Business")
    trust = next(one for one in release.banded if one.code == "S1")
    assert release.blocks[place].n == 12
    assert (trust.bands[place].pole, trust.counts[place]) == (WITHHELD, None)
    assert all(band is None or band.pole != WITHHELD for at, band in enumerate(trust.bands) if at != place)


def test_no_key_of_one_round_stands_in_another(engine):
    house = first_of(engine)
    everybody = house.people
    answered(house, everybody)
    house = next_round(house, questions=(OPEN, TRUST))
    for who in everybody:
        finished(house, who, {"R1": 1})

    with engine.connect() as connection:
        rows = connection.execute(text("SELECT round_id, respondent_key FROM sheet")).all()

    assert len(rows) == 2 * len(everybody)
    assert len({key for _, key in rows}) == len(rows)
    assert own_form(engine, respondent=everybody[0], round_id=house.round.id).answers == {"R1": 1}


def test_rounds_come_one_after_the_other(engine):
    house = first_of(engine)

    with pytest.raises(SetUpError, match="rounds come one after the other"):
        next_round(house, questions=(OPEN, TRUST))


def test_a_ledger_that_tells_somebody_apart_is_found_and_no_round_joins_it(engine):
    house = first_of(engine)
    everybody = house.people
    answered(house, everybody)
    house = next_round(house, questions=(OPEN, TRUST))
    assert problems(engine) == []
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO block_member (block_id, participant_id, organisation_id) VALUES (2, 1, 1)")
        )

    found = problems(engine)
    with pytest.raises(LonelyError):
        answered(house, house.of("community"))

    assert any("together tell a group of 1 apart" in sentence for sentence in found)
    assert any("counts other people than are noted" in sentence for sentence in found)
    assert house.round.state == "open"


PARTLY = item("X1", who=("government",))


def test_a_question_asked_of_a_part_of_a_block_is_held_so_that_no_round_shows_who_left_it(engine):
    house = open_house(engine, sectors={"government": 6, "nonprofit": 4}, questions=(OPEN, PARTLY))
    everybody = house.people
    asked = house.of("government")
    for who in everybody:
        finished(house, who, {"R1": 2} | ({"X1": who.participant_id % 5} if who in asked else {}))
    revealed(house)
    house = next_round(house, questions=(OPEN, PARTLY))
    for who in asked[1:]:
        finished(house, who, {"R1": 2, "X1": who.participant_id % 5})
    house = revealed(house)

    ledger = ledger_with_members(engine, account=OPERATOR, round_id=house.round.id)

    assert [one["q"] for one in ledger["releases"]] == ["R1@1", "R1@2", "X1@2"]
    assert [one for one in attack(ledger, stable=True) if one["q"] == "X1" and one["verdict"] != "ok"] == []


def test_a_round_that_was_begun_before_another_was_shown_does_not_go_on(engine):
    house = first_of(engine)
    for who in house.people:
        begin(engine, respondent=who, round_id=house.round.id, now=NOW)
    early = house
    closed(house)
    answered(next_round(house, questions=(OPEN, TRUST)), house.people)

    for again in (open_round, reopen_round):
        with pytest.raises(SetUpError, match="Results of another round were shown since"):
            again(engine, account=house.account, round_id=early.round.id, now=NOW)


def test_a_kept_sheet_holds_nothing_of_what_only_some_were_asked(engine):
    house = open_house(engine, sectors={"government": 5, "nonprofit": 1}, questions=(OPEN, PARTLY))
    for who in house.people:
        finished(house, who, {"R1": 2} | ({"X1": 4} if who.sector == "government" else {}))
    house = revealed(house)

    with engine.connect() as connection:
        kept = {bytes(row[0]) for row in connection.execute(text("SELECT marks FROM sheet"))}

    assert kept == {bytes([2, 255])}
