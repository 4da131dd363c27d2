import json

import pytest

from tests.build import finished, item, open_house, revealed
from tests.roads_and_guesses import CHOSEN, QUESTIONS, SECTORS, answered, two_rounds
from tests.said_in_modules import STAGE
from xsector.errors.common import NotFoundError
from xsector.errors.rounds import RoundStateError
from xsector.reports.agendas import agenda_of
from xsector.reports.guesses import guess_results
from xsector.reports.results import report_document
from xsector.reports.stage import stage_results


def of(house):
    return {"account": house.account, "round_id": house.round.id}


def test_the_report_holds_the_road_with_every_round_and_what_was_found(engine):
    _, autumn = two_rounds(engine)

    stage = json.loads(json.dumps(report_document(engine, **of(autumn))))["stage"]

    assert [one["code"] for one in stage["statements"]] == [one.code for one in STAGE.statements]
    assert stage["statements"][0]["counts"] == {
        name: [0, 0, 0, 0, 6] for name in ("Government", "Non-profit", "Business")
    }
    assert stage["statements"][0]["agree"] == {"share": 1.0, "answered": 18}
    assert stage["place"] == ["form", "form"]
    assert [(one["title"], one["place"]) for one in stage["rounds"]] == [
        ("Spring", ["storm", "storm"]),
        ("Autumn", ["form", "form"]),
    ]
    assert [(one["finding"], one["about"]) for one in stage["findings"] if one["clear"]] == [
        ("too quiet", []),
        ("split view", ["Business", "Government"]),
        ("back round", []),
    ]
    assert stage["pictures"]["picked"] == {"Government": "perform", "Non-profit": "storm", "Business": "form"}
    assert stage["pictures"]["divergence_unbiased_by_block"]["Government"] == 0.0


def test_the_first_round_knows_nothing_of_the_second(engine):
    spring, _ = two_rounds(engine)

    stage = report_document(engine, **of(spring))["stage"]

    assert [one["title"] for one in stage["rounds"]] == ["Spring"]
    assert [one["finding"] for one in stage["findings"]] == ["fast start", "split view"]


def test_the_report_holds_every_guess_by_all_others_and_by_group(engine):
    spring, _ = two_rounds(engine)

    [business, government] = json.loads(json.dumps(report_document(engine, **of(spring))))["guesses"]["guesses"]

    assert (business["sector"], business["actual"], business["answered"]) == ("business", 2.0, 6)
    assert business["all_others"] == {
        "people": 12, "no_idea": 0, "guess": 4.0, "own": 4.0, "gap": 2.0, "real": -2.0, "believed": 0.0,
        "case": "hidden gap", "wrong_way": False, "projection": 1.0, "clear": True,
    }  # fmt: skip
    assert set(business["by_group"]) == {"Government", "Non-profit"}
    assert government["all_others"]["gap"] == 0.0
    assert government["not_compared"] is None


def test_results_begin_with_what_needs_talk(engine):
    spring, autumn = two_rounds(engine)

    road, guesses = stage_results(engine, **of(autumn)), guess_results(engine, **of(spring))

    assert road.findings[0].title == "We are careful with each other, and worries stay outside the room"
    assert road.place == "By the work that is done we stand at “Getting to know each other”."
    assert [one.is_urgent for one in guesses.guesses] == [True, False]
    assert guesses.guesses[0].title == (
        "Hidden gap: others think that Business agrees with them on “We keep our promises”; it does not"
    )
    assert guesses.silent == ""
    assert (len(road.statements), len(road.pictures), len(guesses.table)) == (13, 5, 7)


def test_a_sector_too_small_to_be_shown_is_not_compared_and_its_answers_stand_nowhere(engine):
    house = open_house(
        engine, sectors={"government": 6, "nonprofit": 4, "business": 4}, questions=QUESTIONS, modules=CHOSEN
    )
    small = answered(house, {})

    document = report_document(engine, **of(small))

    by_sector = {one["sector"]: one for one in document["guesses"]["guesses"]}
    assert [one["name"] for one in document["blocks"]] == ["Government", "Combined: Non-profit and Business"]
    assert by_sector["business"]["actual"] is None
    assert by_sector["business"]["all_others"] is None
    assert by_sector["business"]["not_compared"] == "the answers are not shown by themselves"
    assert by_sector["government"]["all_others"]["people"] == 8
    assert "Business" in guess_results(engine, **of(small)).silent


def test_the_agenda_of_the_second_round_speaks_of_the_road_and_of_the_guess(engine):
    _, autumn = two_rounds(engine)

    steps = {step.kind.value: step for step in agenda_of(engine, **of(autumn), minutes=90).agenda.steps}

    assert steps["stage"].finding == "We are careful with each other, and worries stay outside the room"
    assert "We have gone back a step since last time, and that is normal" in steps["stage"].note
    assert steps["guesses"].finding.startswith("Hidden gap: others think that Business agrees")


def test_before_the_reveal_and_without_the_module_there_is_nothing_to_look_at(engine):
    house = open_house(engine, sectors=SECTORS, questions=(item("R1"), item("R2")))

    for look in (stage_results, guess_results):
        with pytest.raises(RoundStateError):
            look(engine, **of(house))

    for place, who in enumerate(house.people):
        finished(house, who, {"R1": place % 5})
    shown = revealed(house)
    for look in (stage_results, guess_results):
        with pytest.raises(NotFoundError):
            look(engine, **of(shown))
    assert not {"stage", "guesses"} & set(report_document(engine, **of(shown)))
