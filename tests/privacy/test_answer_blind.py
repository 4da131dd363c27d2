"""Whether, of whom and how roughly something is shown depends on nobody's answer, nor on a single new one."""

import json
import os
import random
from dataclasses import replace

import pytest
from sqlalchemy import text

from tests.build import NOW, answer, closed, draft_round, finished, item, newcomers, open_house, revealed
from tests.conftest import copied, quickly
from xsector.actions.answering import begin, finish, save_answers
from xsector.actions.erasing import erase_me
from xsector.actions.releasing import add_late, reveal
from xsector.actions.running import choose_live, open_round
from xsector.errors.rounds import SealedError
from xsector.model.policy import Policy, Tier
from xsector.reports.results import report_document
from xsector.reports.wall import wall_results, wall_state

ANSWER_SETS = int(os.environ.get("XSECTOR_ANSWER_SETS", "10"))
"""XSECTOR_ANSWER_SETS=50 takes about a minute and a half of one core."""
QUESTIONS = (item("R1"), item("S1", sensitive=True), item("X1", who=("business", "education")))


def file_of(house):
    """The house's database as one file, nothing of it left in the log beside it."""
    with house.engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    return house.engine.url.database


def say_otherwise(engine, *, seed):
    """Everybody who isn't sealed says something else; who has finished stays as it is."""
    dice = random.Random(seed)
    with engine.begin() as connection:
        rows = connection.execute(text("SELECT respondent_key, marks FROM sheet WHERE sector IS NOT NULL")).all()
        alike = dice.random() < 0.3
        for key, marks in rows:
            said = bytes(old if old == 253 else 2 if alike else dice.choice([0, 1, 2, 3, 4, 255]) for old in marks)
            connection.execute(
                text("UPDATE sheet SET marks = :said WHERE respondent_key = :key"), {"said": said, "key": key}
            )


def decided(engine):
    """All that was decided at the releases so far, byte for byte, and none of the counts."""
    asked = (
        "SELECT number, policy, invited, answered, hidden, held FROM release ORDER BY id",
        "SELECT id, release_id, place, name, sectors, people, organisation_id FROM block ORDER BY id",
        "SELECT block_id, participant_id, organisation_id FROM block_member ORDER BY block_id, participant_id",
        "SELECT block_id, item, people FROM band WHERE pole = 'withheld' ORDER BY block_id, item",
    )
    with engine.connect() as connection:
        return json.dumps([[list(map(str, row)) for row in connection.execute(text(one))] for one in asked])


def decisions(house, tmp_path, *, end):
    """What *end* decides after each of many sets of answers, from the very same membership; and what was said."""
    source, found, said = file_of(house), set(), set()
    for seed in range(ANSWER_SETS):
        folder = tmp_path / str(seed)
        folder.mkdir()
        there = replace(house, engine=quickly(copied(source, folder)))
        say_otherwise(there.engine, seed=seed)
        end(there)
        found.add(decided(there.engine))
        with there.engine.connect() as connection:
            said.add(str(connection.execute(text("SELECT * FROM block_count ORDER BY 1, 2, 3, 4")).all()))
        there.engine.dispose()
    assert len(said) > ANSWER_SETS / 2
    return [json.loads(one) for one in found]


def ready(house, people):
    """These have answers and have not finished."""
    for who in people:
        answer(house, who, {"R1": 1, "S1": 1})


def finish_all(house, people):
    """These finish."""
    for who in people:
        finish(house.engine, respondent=who, round_id=house.round.id, now=NOW)


def second_round(engine, *, live):
    """Everybody was counted once; the next round is open, one of business stays away, six of government are new."""
    house = open_house(
        engine,
        sectors={"government": 6, "nonprofit": 6, "business": 6, "education": 2},
        questions=QUESTIONS,
        per_organisation=1,
    )
    for who in house.people:
        finished(house, who, {"R1": who.participant_id % 5, "S1": who.participant_id % 5})
    house = revealed(house)
    drafted = draft_round(
        engine, by=house.account, partnership_id=house.partnership.id, questions=QUESTIONS, title="Autumn"
    )
    choose_live(engine, account=house.account, round_id=drafted.id, live=live, now=NOW)
    return replace(house, round=open_round(engine, account=house.account, round_id=drafted.id, now=NOW))


@pytest.mark.parametrize("live", [False, True])
def test_the_same_people_are_shown_held_and_hidden_whatever_they_said(quick_engine, tmp_path, live):
    house = second_round(quick_engine, live=live)
    new = newcomers(house, sector="government", number=12)
    ready(house, [*house.people, *new])
    finish_all(house, house.of("nonprofit")[:5] + house.of("business")[1:] + new[:4])

    def end(there):
        finish_all(there, [house.of("nonprofit")[5], new[4], *house.of("government")])
        closed(there)
        reveal(there.engine, account=there.account, round_id=there.round.id, now=NOW)
        finish_all(there, new[5:])
        add_late(there.engine, account=there.account, round_id=there.round.id, now=NOW)

    [(released, blocks, members, withheld)] = decisions(house, tmp_path, end=end)

    assert len(released) == (6 if live else 3)
    assert any("did not answer now" in row[4] for row in released)
    assert [row[1] for row in withheld] == ([] if live else ["S1"])
    assert len(members) == sum(int(block[5]) for block in blocks)


@pytest.mark.parametrize("agreeing", [True, False])
def test_organisations_are_named_whatever_they_said(quick_engine, tmp_path, agreeing):
    policy = Policy(tier=Tier.BY_ORGANISATION, k=3)
    house = open_house(
        quick_engine,
        sectors={"government": 8, "business": 8},
        questions=QUESTIONS[:2],
        policy=policy,
        per_organisation=4,
    )
    for number, who in enumerate(house.people):
        begin(quick_engine, respondent=who, round_id=house.round.id, now=NOW, agrees=agreeing or number > 0)
    ready(house, house.people)
    finish_all(house, house.of("government")[:7] + house.of("business")[:4])

    def end(there):
        closed(there)
        reveal(there.engine, account=there.account, round_id=there.round.id, now=NOW)
        finish_all(there, house.of("business")[4:])
        add_late(there.engine, account=there.account, round_id=there.round.id, now=NOW)

    [(_, blocks, _, _)] = decisions(house, tmp_path, end=end)

    assert sum(block[6] != "None" for block in blocks) == (4 if agreeing else 1)


def pictures(house):
    """Every figure that a screen or a file shows, and the wall's state without who has answered."""
    where = {"account": house.account, "round_id": house.round.id}
    wall = wall_state(house.engine, round_id=house.round.id)
    told = replace(wall, revision=0, answered=0, sectors=(), invited=0)
    results = wall_results(house.engine, round_id=house.round.id)
    frames = [frame.to_json() for frame in (results.findings, results.means, results.dark, results.themes)]
    return json.dumps(report_document(house.engine, **where)), told, frames, results.release, wall.answered


@pytest.mark.parametrize("live", [False, True])
def test_one_answer_between_releases_moves_the_counter_and_nothing_else(quick_engine, live):
    house = second_round(quick_engine, live=live)
    new = newcomers(house, sector="government", number=8)
    ready(house, [*house.people, *new])
    finish_all(house, house.of("nonprofit") + new[:5])
    if not live:
        closed(house)
        reveal(quick_engine, account=house.account, round_id=house.round.id, now=NOW)
    *before, answered = pictures(house)

    finish_all(house, new[5:6])
    with pytest.raises(SealedError):
        save_answers(quick_engine, respondent=new[0], round_id=house.round.id, answers={"R1": 0}, now=NOW)
    assert pictures(house) == (*before, answered + 1)
    erase_me(quick_engine, respondent=new[1], now=NOW)

    assert pictures(house) == (*before, answered)
