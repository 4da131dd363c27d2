from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.agenda.releases import even, quiet, release, shared_yes, talkative, wide_gap
from xsector.agenda.build import build_agenda
from xsector.agenda.document import MOST_CHARTS, Chart, starts
from xsector.errors.common import AgendaMinutesError
from xsector.model.guide import StepKind, read_guide

GUIDE = read_guide(Path(__file__).parents[2] / "data" / "guides" / "discussion.yaml")
RELEASES = (talkative(), quiet(), release(wide_gap(), shared_yes(), even()), release())


def kinds(agenda):
    return [step.kind for step in agenda.steps]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(20, 240), st.sampled_from(RELEASES))
def test_minutes_add_up_to_what_was_asked_for(minutes, shown):
    agenda = build_agenda(shown, guide=GUIDE, minutes=minutes)

    assert agenda.total_minutes == agenda.minutes == minutes
    assert all(step.minutes >= 1 for step in agenda.steps)
    assert starts(agenda)[0] == 0


@pytest.mark.parametrize("minutes", [19, 241, 0, -5])
def test_a_meeting_that_is_too_short_or_too_long_is_refused(minutes):
    with pytest.raises(AgendaMinutesError, match=f"{minutes} minutes"):
        build_agenda(quiet(), guide=GUIDE, minutes=minutes)


@pytest.mark.parametrize(("minutes", "gaps"), [(30, 1), (60, 1), (90, 2), (150, 3)])
def test_more_time_brings_more_gaps(minutes, gaps):
    agenda = build_agenda(talkative(), guide=GUIDE, minutes=minutes)

    assert Counter(kinds(agenda))[StepKind.BETWEEN_SECTORS] == gaps


def test_strength_comes_first_and_promises_and_close_come_last():
    agenda = build_agenda(talkative(), guide=GUIDE, minutes=90)

    talks = [step.kind for step in agenda.steps if step.finding and step.chart is not Chart.OVERVIEW]
    assert talks == [
        StepKind.STRENGTH,
        StepKind.BETWEEN_SECTORS,
        StepKind.BETWEEN_SECTORS,
        StepKind.WITHIN_SECTOR,
        StepKind.FOGGY,
    ]
    assert kinds(agenda)[-2:] == [StepKind.PROMISES, StepKind.CLOSE]


def test_no_question_comes_up_twice():
    agenda = build_agenda(talkative(), guide=GUIDE, minutes=150)

    steps = [*agenda.steps, *(removed.step for removed in agenda.removed)]
    items = [step.item for step in steps if step.item]
    assert len(items) == len(set(items)) == 6


@pytest.mark.parametrize("minutes", [20, 30, 60, 90, 150, 240])
def test_at_most_four_charts_and_the_split_keeps_its_own(minutes):
    agenda = build_agenda(talkative(), guide=GUIDE, minutes=minutes)

    charts = [step.chart for step in agenda.steps if step.chart]
    assert len(charts) <= MOST_CHARTS
    assert all((step.chart is Chart.WITHIN) for step in agenda.steps if step.kind is StepKind.WITHIN_SECTOR)


def test_every_step_with_a_chart_has_its_table_twin():
    agenda = build_agenda(talkative(), guide=GUIDE, minutes=150)

    assert all(len(step.table) > 1 for step in agenda.steps if step.chart)


def test_where_nothing_stands_out_the_agenda_says_so_and_leaves_time_to_talk():
    agenda = build_agenda(quiet(), guide=GUIDE, minutes=60)

    talk = agenda.step("open_talk")
    assert kinds(agenda) == [
        StepKind.WELCOME, StepKind.READ, StepKind.OPEN_TALK, StepKind.PROMISES, StepKind.CLOSE,
    ]  # fmt: skip
    assert talk.minutes > 30
    assert "no gap between sectors is clearly wider than chance would give" in talk.finding
    assert agenda.step("read").finding == "No gap between sectors stands out"


def test_much_open_time_comes_with_the_advice_to_meet_for_less():
    agenda = build_agenda(quiet(), guide=GUIDE, minutes=150)

    assert "shorter meeting" in agenda.step("open_talk").note


def test_a_round_without_any_item_still_makes_an_agenda():
    agenda = build_agenda(release(), guide=GUIDE, minutes=90)

    assert [step for step in agenda.steps if step.chart] == []
    assert (
        agenda.based_on == "Based on 24 of 24 people invited: Government 8, Non-profit 8, Business 8. "
        "Each person counts once, so a larger sector weighs more."
    )


def test_a_round_in_which_nobody_is_shown_says_so():
    agenda = build_agenda(release(sizes=(), names=()), guide=GUIDE, minutes=30)

    assert "No group is large enough to be shown." in agenda.based_on


def test_the_same_release_gives_the_same_agenda():
    assert build_agenda(talkative(), guide=GUIDE, minutes=75) == build_agenda(talkative(), guide=GUIDE, minutes=75)
