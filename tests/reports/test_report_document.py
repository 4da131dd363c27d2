import json
import math
import random

import pytest

from tests.build import FIVE, NOW, answer, closed, finished, item, open_house, revealed, revealed_round
from tests.reports.independent import figures, mean_distance
from xsector.model.policy import Policy, Tier
from xsector.model.sheet import Mark
from xsector.reports.results import report_document

QUESTIONS = (
    *(item(f"R{number}", cannot_judge="I can't judge", theme="clear_goal") for number in range(1, 7)),
    item("L3", levels=("No", "Partly", "Yes")),
    item("C1", levels=("Short", "Long"), context=True),
    item("S1", sensitive=True),
)
SECTORS = {"government": 8, "nonprofit": 6, "business": 7, "education": 3, "community": 2}
TOP = {"round", "policy", "answered", "invited", "blocks", "hidden", "items"}
EACH = {
    "code", "text", "kind", "levels", "n", "missing", "counts", "divergence", "divergence_unbiased", "within",
    "between", "between_share", "between_share_interval", "pattern", "gap_steps", "gap_between", "chance",
    "top_five", "rank",
}  # fmt: skip


def documented(house):
    return report_document(house.engine, account=house.account, round_id=house.round.id)


def answered(engine, *, seed):
    """A house with planted gaps, splits and gaps in the answers; what each said, by person."""
    generator = random.Random(seed)
    house = open_house(engine, sectors=SECTORS, questions=QUESTIONS)
    lean = {(sector, question.code): generator.randrange(5) for sector in SECTORS for question in QUESTIONS}
    said = {}
    for who in house.people:
        given = {}
        for question in QUESTIONS:
            top = len(question.levels) - 1
            near = round(generator.gauss(lean[who.sector, question.code] / 4 * top, 0.8))
            given[question.code] = min(top, max(0, near))
            if question.cannot_judge and generator.random() < 0.15:
                given[question.code] = Mark.CANNOT_JUDGE
        if generator.random() < 0.9:
            finished(house, who, given)
            said[who] = given
        else:
            answer(house, who, given)
    return house, said


def by_block(document, said, code):
    """Everybody's answer to one question, from 0, a list for each block."""
    return [
        [
            given[code]
            for who, given in said.items()
            if who.sector in block["sectors"] and not isinstance(given[code], Mark)
        ]
        for block in document["blocks"]
    ]


def undefined(value):
    return None if isinstance(value, float) and math.isnan(value) else value


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_every_figure_equals_an_independent_calculation_from_the_raw_answers(engine, seed):
    house, said = answered(engine, seed=seed)

    document = documented(revealed(house))

    assert {one["code"] for one in document["items"]} == {q.code for q in QUESTIONS} - {"S1"}
    for one in document["items"]:
        expected = figures(by_block(document, said, one["code"]), positions=len(one["levels"]))
        found = {name: one[name] for name in expected}
        assert found == pytest.approx({name: undefined(value) for name, value in expected.items()}, abs=1e-9), one


def test_the_gap_names_the_lowest_and_the_highest_block(engine):
    house, said = answered(engine, seed=5)

    document = documented(revealed(house))

    names = [block["name"] for block in document["blocks"]]
    for one in document["items"]:
        means = {
            name: sum(group) / len(group)
            for name, group in zip(names, by_block(document, said, one["code"]), strict=True)
            if group
        }
        assert one["gap_between"] == [min(means, key=means.get), max(means, key=means.get)]


def test_the_shape_is_the_promised_one_and_is_json_without_surprises(engine):
    house, said = answered(engine, seed=6)

    document = documented(revealed(house))

    assert json.loads(json.dumps(document, allow_nan=False)) == document
    assert set(document) >= TOP
    assert document["round"] == {"id": house.round.id, "title": "Spring", "state": "revealed"}
    assert document["policy"] == {"k": 5, "m": 2, "t": 1, "tier": "confidential"}
    assert (document["answered"], document["invited"]) == (len(said), len(house.people))
    assert all(set(one) >= EACH for one in document["items"])
    assert all({"name", "sectors", "n"} <= set(block) for block in document["blocks"])
    assert all({"sector", "reason"} <= set(hidden) for hidden in document["hidden"])
    assert {hidden["sector"] for hidden in document["hidden"]} >= {"education", "community"}
    for one in document["items"]:
        assert list(one["counts"]) == [block["name"] for block in document["blocks"]]
        assert all(len(counts) == len(one["levels"]) for counts in one["counts"].values())
        assert sum(map(sum, one["counts"].values())) == one["n"]
        assert set(one["missing"]) == {"skipped", "cannot_judge", "not_applicable"}
        assert one["n"] + sum(one["missing"].values()) == sum(block["n"] for block in document["blocks"])
        assert isinstance(one["n"], int)
        interval = one["between_share_interval"]
        assert interval is None or (len(interval) == 2 and 0 <= interval[0] <= interval[1] <= 1)
        assert one["chance"] is None or 0 < one["chance"] <= 1


def test_items_stand_by_rank_and_what_describes_people_has_none(engine):
    house, _ = answered(engine, seed=7)

    document = documented(revealed(house))

    ranks = [one["rank"] for one in document["items"]]
    known = [rank for rank in ranks if rank is not None]
    assert known == sorted(known) == list(range(1, len(known) + 1))
    assert ranks == known + [None] * (len(ranks) - len(known))
    assert [one["code"] for one in document["items"] if one["rank"] is None] == ["C1"]
    assert [one["levels"] for one in document["items"] if one["code"] == "R1"] == [list(FIVE)]


@pytest.mark.parametrize("stage", ["open", "closed"])
def test_before_the_reveal_there_is_nothing_but_the_number_of_answers(engine, stage):
    house, said = answered(engine, seed=8)
    if stage == "closed":
        closed(house)

    document = documented(house)

    assert (document["answered"], document["invited"]) == (len(said), len(house.people))
    assert document["round"]["state"] == stage
    assert (document["items"], document["blocks"], document["hidden"]) == ([], [], [])
    assert set(document) >= TOP


def test_nothing_shown_before_the_reveal_depends_on_an_answer(engine):
    house, _ = answered(engine, seed=9)
    before = documented(house)

    for who in house.people:
        answer(house, who, {"R1": 0, "S1": 4}, now=NOW)

    assert documented(house) == before


def test_all_alike_is_no_divergence_and_undefined_figures_are_null(engine):
    house = revealed_round(engine, sectors={"government": [3] * 6, "business": [3] * 6})

    [one] = documented(house)["items"]

    assert (one["divergence"], one["within"], one["between"], one["gap_steps"]) == (0, 0, 0, 0)
    assert (one["between_share"], one["between_share_interval"], one["gap_between"]) == (None, None, None)


def test_two_camps_between_sectors_are_all_between(engine):
    house = revealed_round(engine, sectors={"government": [1] * 6, "business": [5] * 6})

    [one] = documented(house)["items"]

    assert one["divergence"] == pytest.approx(1)
    assert one["divergence_unbiased"] == 1
    assert (one["between_share"], one["gap_steps"]) == (pytest.approx(1), 4)
    assert one["gap_between"] == ["Government", "Business"]


def test_one_block_alone_has_no_gap(engine):
    house = revealed_round(engine, sectors={"government": [1, 2, 3, 4, 5, 5]}, policy=Policy(tier=Tier.SMALL, k=3))

    [one] = documented(house)["items"]

    assert (one["gap_steps"], one["gap_between"], one["chance"]) == (None, None, None)
    assert one["between"] == pytest.approx(0, abs=1e-12)


def test_too_few_for_any_block_gives_items_without_figures(engine):
    house = open_house(engine)
    for who in house.people[:4]:
        finished(house, who, {"R1": 2})

    document = documented(revealed(house))

    assert document["blocks"] == []
    assert all(
        (one["n"], one["divergence"], one["rank"], one["counts"]) == (0, None, None, {}) for one in document["items"]
    )


def test_the_same_release_gives_the_same_document_every_time(engine):
    house, _ = answered(engine, seed=10)
    house = revealed(house)

    assert json.dumps(documented(house)) == json.dumps(documented(house))


TRUSTING = {"government": [4, 4, 3, 3, 4, 0], "business": [0, 0, 0, 2, 2, 4, 4], "nonprofit": [3] * 12}


def about_trust(engine, answers, *, name="Harbour", by=None):
    """What is reported of one sensitive question to which everybody of a sector gave these answers."""
    sectors = {sector: len(levels) for sector, levels in answers.items()}
    house = open_house(engine, sectors=sectors, questions=(item("S1", sensitive=True),), name=name, by=by)
    for sector, levels in answers.items():
        for who, level in zip(house.of(sector), levels, strict=True):
            finished(house, who, {"S1": level})
    [one] = documented(revealed(house))["banded"]
    return house, one


def test_a_sensitive_question_has_two_ends_and_what_people_said_lies_between(engine):
    _, one = about_trust(engine, TRUSTING)

    groups = {"All": [level for said in TRUSTING.values() for level in said]} | TRUSTING
    names = {"government": "Government", "business": "Business", "nonprofit": "Non-profit"}
    for sector, said in groups.items():
        found = one if sector == "All" else one["reach"][names[sector]]
        assert found["D"]["low"] - 1e-9 <= mean_distance(said) / 2 <= found["D"]["high"] + 1e-9
        assert found["mean"]["low"] - 1e-9 <= 1 + sum(said) / len(said) <= found["mean"]["high"] + 1e-9
    assert one["D"]["high"] - one["D"]["low"] > 0.2
    assert one["reading"] == "between some spread and strongly divided"
    counted = one["reach"]["Business"]["D"]
    assert counted["low"] == pytest.approx(counted["high"]) == pytest.approx(mean_distance(TRUSTING["business"]) / 2)


def test_answers_that_leave_the_same_bands_leave_the_same_report(engine):
    house, one = about_trust(engine, TRUSTING)

    other = TRUSTING | {"government": [3, 3, 4, 4, 1, 2], "nonprofit": [4] * 11 + [0]}
    _, two = about_trust(engine, other, name="Haven", by=house.account)

    assert one == two
