"""What rules say about modules: the road, and guesses."""

from dataclasses import replace

import pytest

from tests.agenda import releases
from tests.said_in_modules import ALL_DONE, JUMPED, guessing, road, same
from xsector.agenda.build import build_agenda
from xsector.agenda.document import Chart
from xsector.agenda.rules import guesses, stage
from xsector.analysis.findings import item_findings
from xsector.analysis.thresholds import DEFAULT_BANDS, DEFAULT_LIMITS
from xsector.model.guide import MODULE_KINDS, StepKind
from xsector.reports.guides import the_guide

BUS = "Business"
HIDDEN = guessing({"K01": [same(4, 8), same(4, 8), same(2, 8)]}, {("K01", BUS): [same(4, 8)] * 3})
IMAGINED = guessing({"K01": [same(4, 8)] * 3}, {("K01", BUS): [same(2, 8)] * 3})
KNOWN = guessing({"K01": [same(4, 8), same(4, 8), same(2, 8)]}, {("K01", BUS): [same(2, 8)] * 3})
SPLIT = [(9, 1, 0, 0), (0, 0, 0, 10)]


def found(rule, release, *, used=()):
    return rule.find(release, findings=item_findings(release), used=used, bands=DEFAULT_BANDS, limits=DEFAULT_LIMITS)


def test_a_jump_is_talked_about_with_its_picture_and_its_numbers():
    finding = found(stage, road(JUMPED))

    assert finding.kind is StepKind.STAGE
    assert finding.headline == "We work together already, and have skipped hard talks and ground rules"
    assert finding.chart is Chart.STAGE
    assert finding.note.endswith("Groups like that often slow down later. 20 of 20 people answered.")
    assert finding.table[1:] == (
        ("Getting to know each other", "0%", "80%"),
        ("Airing our differences", "0%", "10%"),
        ("Settling how we work", "0%", "10%"),
        ("Getting results together", "0%", "90%"),
    )


@pytest.mark.parametrize(
    "quiet",
    [
        road(ALL_DONE),
        road({"Z03": 0.8, "Z12": 0.5, "Z06": 0.25, "Z08": 0.25, "Z09": 0.25}, sizes=(4, 4)),
        road(JUMPED, sizes=(1, 1)),
        releases.release(releases.even()),
    ],
    ids=["all done", "not clear", "too few", "not asked"],
)
def test_the_road_is_quiet(quiet):
    assert found(stage, quiet) is None


def test_a_split_view_is_left_to_the_step_that_talked_about_the_pictures_before():
    split = road(ALL_DONE, pictures=SPLIT, asked_before=True)

    assert found(stage, split).item == "G01"
    assert found(stage, split).table[0][0] == "Group"
    assert found(stage, split, used={"G01"}) is None
    assert found(stage, road(JUMPED), used={"stage"}) is None


def test_further_findings_stand_in_the_note():
    assert "Also: Government leans to “Getting to know each other”" in found(stage, road(JUMPED, pictures=SPLIT)).note


def test_a_hidden_gap_is_a_talk_and_an_imagined_one_a_short_reveal():
    talk, reveal = found(guesses, HIDDEN), found(guesses, IMAGINED)

    assert talk.headline.startswith("Hidden gap: others think that Business agrees")
    assert guesses.TALK in talk.note
    assert reveal.headline.startswith("Imagined gap: others think that Business sees")
    assert guesses.SHORT_REVEAL in reveal.note
    assert talk.chart is reveal.chart is Chart.GUESSES
    assert talk.table[1] == ("Statement K01.", "Business", "2.0", "4.0", "4.0", "2.0 too high")


@pytest.mark.parametrize(
    "quiet",
    [
        KNOWN,
        guessing({"K01": [same(4, 8)] * 3}, {("K01", BUS): [same(4, 8)] * 3}),
        guessing({"K01": [same(4, 8), same(4, 8), same(2, 8)]}, {("K01", BUS): [same(4, 8)] * 3}, together=(2,)),
        guessing({"K01": [(0, 0, 1, 2, 1)] * 2 + [(2, 0, 0, 0, 1)]}, {("K01", BUS): [(0, 0, 1, 3, 0)] * 3}),
        releases.release(releases.even()),
    ],
    ids=["real and known", "shared and known", "not shown", "not clear", "not asked"],
)
def test_guesses_are_quiet(quiet):
    assert found(guesses, quiet) is None


def test_a_guess_that_was_talked_about_does_not_come_up_twice():
    assert found(guesses, HIDDEN, used={"K01_of_Business"}) is None


@pytest.mark.parametrize(("minutes", "steps"), [(30, 0), (60, 1), (90, 1), (150, 1)])
@pytest.mark.parametrize(("release", "kind"), [(road(JUMPED), StepKind.STAGE), (HIDDEN, StepKind.GUESSES)])
def test_meetings_of_an_hour_and_more_talk_about_it_and_keep_their_length(release, kind, minutes, steps):
    agenda = build_agenda(release, guide=the_guide(), minutes=minutes)

    assert [step.kind for step in agenda.steps].count(kind) == steps
    assert agenda.total_minutes == minutes


def test_a_round_without_the_modules_has_the_agenda_it_had_without_their_steps():
    guide = the_guide()
    plain = releases.talkative()
    without = replace(
        guide,
        plans=tuple(
            replace(plan, steps=tuple(step for step in plan.steps if step.kind not in MODULE_KINDS))
            for plan in guide.plans
        ),
    )

    for minutes in (30, 60, 90, 150):
        assert build_agenda(plain, guide=guide, minutes=minutes) == build_agenda(plain, guide=without, minutes=minutes)


def test_where_nothing_is_found_the_agenda_says_so():
    quiet = build_agenda(road(ALL_DONE), guide=the_guide(), minutes=60)

    [talk] = [step for step in quiet.steps if step.kind is StepKind.OPEN_TALK]
    assert "nothing on our road asks for a talk" in talk.finding
    assert "guess about each other" not in talk.finding
