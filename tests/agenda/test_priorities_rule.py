from pathlib import Path

import pandas as pd

from tests.budgets import release_of, rows
from xsector.agenda.build import build_agenda
from xsector.agenda.document import Chart
from xsector.agenda.rules import priorities
from xsector.analysis.thresholds import DEFAULT_BANDS, DEFAULT_LIMITS
from xsector.export.pictures import figures_for
from xsector.model.guide import StepKind, read_guide

GUIDE = read_guide(Path(__file__).parents[2] / "data" / "guides" / "discussion.yaml")
SAID, DONE = {"North": rows([50, 30, 20], times=9)}, {"North": rows([20, 30, 50], times=9)}
SPLIT = {"North": rows([50, 30, 20], times=8), "South": rows([20, 30, 50], times=8)}
CALM = {"North": rows([40, 35, 25], times=8), "South": rows([40, 35, 25], times=8)}


def talk(given, *, used=()):
    return priorities.find(
        release_of(given), findings=pd.DataFrame(), used=used, bands=DEFAULT_BANDS, limits=DEFAULT_LIMITS
    )


def test_it_speaks_of_a_clear_gap_between_words_and_effort():
    finding = talk({"should": SAID, "now": DONE})

    assert (finding.kind, finding.item, finding.chart) == (StepKind.PRIORITIES, "Q1_should", Chart.EFFORT)
    assert finding.headline.startswith("Taken together, people say that “Direct help” should get 50 of 100 points")
    assert finding.table[0] == ("Option", "Should", "Now", "Gap")


def test_it_speaks_of_a_clear_split_with_a_table_of_ranks():
    finding = talk({"should": SPLIT})

    assert (finding.item, finding.chart) == ("Q1_should", None)
    assert finding.table[1] == ("Direct help", "1", "1", "3")
    assert finding.note == "What should come first for us in the next year? 16 of us shared out 100 points."


def test_no_option_comes_up_twice():
    assert talk({"should": SPLIT}, used={"Q1_should"}).item == "Q3_should"


def test_it_stays_quiet_where_all_agree_and_do_as_they_say():
    assert talk({"should": CALM, "now": CALM}) is None


def test_it_stays_quiet_where_a_gap_may_be_chance():
    wild = {"North": [[90, 5, 5], [0, 50, 50], [80, 10, 10]], "South": [[0, 10, 90], [60, 20, 20], [20, 40, 40]]}

    assert talk({"should": wild}) is None


def test_it_stays_quiet_where_nothing_was_asked():
    assert talk({"own": CALM}) is None


def test_a_long_meeting_has_the_talk_with_its_picture_and_a_short_one_has_not():
    release = release_of({"should": SAID, "now": DONE})

    long, short = (build_agenda(release, guide=GUIDE, minutes=minutes) for minutes in (90, 30))

    step = next(step for step in long.steps if step.kind is StepKind.PRIORITIES)
    assert step.title == "What comes first: Direct help"
    assert step.id in figures_for(long, release=release)
    assert all(step.kind is not StepKind.PRIORITIES for step in short.steps)


def test_without_priorities_the_minutes_go_to_the_other_talks():
    agenda = build_agenda(release_of({"own": CALM}), guide=GUIDE, minutes=90)

    assert agenda.total_minutes == 90
    assert all(step.kind is not StepKind.PRIORITIES for step in agenda.steps)
