"""What a reader of all rounds can work out: nothing of one person, whoever came, left, or came late."""

import os
import random
from collections import Counter

import pytest
from sqlalchemy import text

from tests.build import NOW, closed, finished, item, newcomers, next_round, open_house, revealed
from tests.privacy.attack import attack
from tests.privacy.histories import OPEN, TRUST, random_history, told_apart
from tests.privacy.showing import AGAIN, MARKS, PARTS
from xsector.actions.answering import begin
from xsector.actions.keeping import problems
from xsector.actions.permission import OPERATOR
from xsector.actions.running import open_round, reopen_round
from xsector.errors.common import SetUpError
from xsector.errors.rounds import LonelyError
from xsector.model.policy import Policy
from xsector.model.released import WITHHELD
from xsector.reports.ledger import ledger_with_members
from xsector.reports.own import own_form
from xsector.reports.released import release_of

MANY = int(os.environ.get("XSECTOR_HISTORIES", "150"))
"""XSECTOR_HISTORIES=10000 takes about 21 minutes of one core."""
FIRST = int(os.environ.get("XSECTOR_HISTORIES_FROM", "0"))


def insiders_of(history, *, seed):
    """Nobody, one person who was counted, or as many of one block as bands withstand: whoever is more knows more."""
    yield {}
    if history.blocks:
        dice = random.Random(seed)
        block = dice.choice(history.blocks)
        yield {one.id: one.said for one in dice.sample(block.members, history.policy.t)}


def readers_of(history):
    """Ledgers with whether their reader takes it that nobody changes their mind: so nearly all is added up.

    Of the question that is put again and again many do change it, so its rounds are read one by one.
    """
    for stable in (True, False):
        shown = [
            {name: value for name, value in one.items() if name != "sum_of"}
            for one in history.ledger["releases"]
            if stable is not one["q"].startswith(AGAIN.code)
        ]
        yield stable, history.ledger | {"releases": shown}


def known_of(history, *, seed):
    """What an attacker knows of somebody: of trust anything, else more than that a whole group agrees.

    Where one answer is left they have all given it, so what counts is that they are enough, with the insiders.
    """
    truth = {(one.id, code): said for one in history.people for code, said in one.said.items()}
    truth |= {(who, code.split("@")[0]): said for (who, code), said in truth.items()}
    for insiders in insiders_of(history, seed=seed):
        for stable, ledger in readers_of(history):
            for found in attack(ledger | {"insiders": insiders}, stable=stable):
                right = {truth[one, found["q"]] for one in found["members"]} <= set(found["values"])
                enough = len(found["members"]) + len(insiders) >= history.policy.k
                harmless = enough and found["verdict"] in {"POLE", "EXACT"} and found["q"].split("@")[0] != TRUST.code
                if not (right and (found["verdict"] == "ok" or harmless)) or found["undecided"]:
                    yield seed, stable, insiders, found


def least(part, release):
    """How many of a block's people a reader of that block knows to have given one of the answers of a release."""
    code, levels = release["q"].split("@")[0], release["at_least"]["levels"]
    if code not in part.bands:
        return sum(part.counts.get((code, 0, MARKS[level]), 0) for level in levels)
    band = part.bands[code]
    same = band.pole != WITHHELD and PARTS[band.pole] == {MARKS[level] for level in levels}
    return band.at_least if same else 0


def too_precise(history):
    """“At least so many” of blocks taken together that is more than the blocks say themselves."""
    for one in history.ledger["releases"]:
        if "at_least" in one and "sum_of" in one and one["at_least"]["n"] > sum(least(of, one) for of in one["sum_of"]):
            yield one


def test_nobody_is_known_from_any_history():
    known, alone, kinds, happened = [], [], Counter(), Counter()
    shown = finished = 0
    for seed in range(FIRST, FIRST + MANY):
        made = random_history(seed)
        known += known_of(made, seed=seed)
        alone += [(seed, one) for one in told_apart(made.ledger, made.policy)]
        known += too_precise(made)
        happened.update("rough sum" for one in made.ledger["releases"] if "sum_of" in one and "at_least" in one)
        kinds.update((one["q"], "band" if "at_least" in one else "counts") for one in made.ledger["releases"])
        happened.update(made.happened)
        shown, finished = shown + made.shown, finished + made.finished

    assert known == []
    assert alone == []
    assert all(kinds[f"{code}@{number}", "counts"] for code in ("R1", "S1", "X1", "V1") for number in (1, 2, 3))
    assert all(kinds[f"S1@{number}", "band"] for number in (1, 2, 3))
    assert set(happened) == {
        "came again", "erased away", "erased counted", "erased missed", "erased waiting", "late", "live", "named",
        "rough sum",
    }  # fmt: skip
    assert shown > 0.5 * finished


def test_the_attack_finds_somebody_where_a_later_round_shows_who_stayed():
    made = next(made for made in map(random_history, range(100)) if "R1@1" in str(made.ledger["releases"]))
    first = next(release for release in made.ledger["releases"] if release["q"] == "R1@1")
    truth = {one.id: one.said["R1@1"] for one in made.people if "R1@1" in one.said}
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


def test_a_kept_sheet_does_not_tell_who_was_asked_what_only_some_were(engine):
    house = open_house(engine, sectors={"government": 5, "nonprofit": 1}, questions=(OPEN, PARTLY))
    for who in house.people:
        finished(house, who, {"R1": 2} | ({"X1": 4} if who.sector == "government" else {}))
    house = revealed(house)

    with engine.connect() as connection:
        kept = connection.execute(text("SELECT marks, locked FROM sheet")).all()

    assert len(kept) == 6
    assert {(bytes(marks), len(locked)) for marks, locked in kept} == {(b"", len(kept[0][1]))}
