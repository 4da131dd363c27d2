import json

import pytest

from tests.build import NOW, open_house
from tests.described import CODES, described_house
from tests.profiles import questions
from xsector.actions.aiming import choose_target
from xsector.actions.reading_words import let_through
from xsector.errors.rounds import RoundStateError
from xsector.model.profile import FELT, GOAL_LINE, PROFILE
from xsector.reports.felt import felt_report
from xsector.reports.results import report_document
from xsector.reports.words import words_of


def told(house):
    return felt_report(house.engine, account=house.account, round_id=house.round.id)


def document(house):
    return report_document(house.engine, account=house.account, round_id=house.round.id)


def test_the_document_tells_felt_and_real_fit_and_target_from_the_released_counts(engine):
    house = described_house(engine)
    of = {"account": house.account, "round_id": house.round.id}
    choose_target(engine, target="advisory_group", now=NOW, **of)

    found = document(house)

    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert found["felt"]["case"] == "felt, not real"
    assert found["felt"]["statement"] == {
        "item": FELT, "n": 17, "agree": 17, "share": 1.0, "share_bounds": [1.0, 1.0]
    }  # fmt: skip
    counts = {one["code"]: one["counts"] for one in found["felt"]["profile"]}
    released = {
        one["code"]: [sum(level) for level in zip(*one["counts"].values(), strict=True)]
        for one in found["items"]
        if one["code"] in PROFILE
    }
    assert counts == released == {code: [5, 4, 8] if code == "P02" else [5, 4, 4, 4] for code in PROFILE}
    assert [one["fit"] for one in found["fit"]] == ["no shared answer"] * 5
    first = next(one for one in found["target"]["items"] if one["code"] == "P02")
    assert (first["wanted"], first["n"], first["there"], first["steps_away"]) == (
        "Think and advise", 17, 5, pytest.approx(20 / 17)
    )  # fmt: skip
    assert list(first["by_block"]) == [block["name"] for block in found["blocks"]]


def test_shared_answers_that_do_not_go_together_are_told_first_and_with_their_source(engine):
    house = described_house(engine, profile={"P01": 1, "P02": 2, "P03": 3, "P04": 1, "P05": 2, "P06": 2})

    lines, found = told(house).fit_lines, document(house)

    clashes = ["result_and_resources", "level_and_power", "charge_and_power"]
    assert [one["code"] for one in found["fit"] if one["fit"] == "clash"] == clashes
    assert [line.fit for line in lines] == ["clash"] * 3 + ["fits"] * 2
    assert lines[0].because == (
        "“Shared result”: most of us say “A clear topic, no target yet”; “Our job”: most of us say “Put in money, "
        "people or power together”."
    )
    assert all("Living Cities" in line.source for line in lines)
    assert found["fit"][0]["typical"] == {
        "P01": "A clear topic, no target yet", "P02": "Put in money, people or power together"
    }  # fmt: skip
    assert found["felt"]["case"] == "felt and real"


def test_without_those_questions_the_keys_are_there_and_say_why(engine):
    house = described_house(engine, codes=(GOAL_LINE, "P01"), profile=(0, 3))

    found = document(house)

    assert found["felt"]["case"] is None
    assert found["felt"]["statement"] == {"not_shown": "not asked"}
    assert found["felt"]["not_shown"] == dict.fromkeys(PROFILE[1:], "not asked")
    assert found["target"] is None


def test_before_the_reveal_nothing_is_told(engine):
    house = open_house(engine, questions=[questions()[code] for code in CODES])

    found = document(house)

    assert (found["felt"], found["fit"], found["target"]) == (None, [], None)
    with pytest.raises(RoundStateError):
        told(house)


def test_goals_stand_side_by_side_only_when_they_were_let_through(engine):
    house = described_house(engine, goals=9)
    of = {"account": house.account, "round_id": house.round.id}
    before = told(house)
    [written] = [one for one in words_of(engine, **of) if one.code == GOAL_LINE]

    let_through(engine, word=written.words[3], shown=True, now=NOW, **of)

    after = told(house)
    assert (before.goals, before.goals_written) == ((), 9)
    assert after.goals == (written.words[3].text,)
    assert after.goal_question == "In one sentence: what is this partnership trying to achieve?"


def test_goals_of_too_few_are_not_even_counted(engine):
    found = told(described_house(engine, goals=7))

    assert (found.goals, found.goals_written) == ((), 0)
