from dataclasses import replace
from pathlib import Path

import pytest

from tests.agenda.releases import many_in_the_dark, shared_yes, split_inside, wide_gap
from tests.profiles import HALF, NO, YES, asked, groups, one_group, shown, target
from xsector.agenda import felt_words, target_words
from xsector.agenda.build import build_agenda
from xsector.agenda.document import Chart
from xsector.agenda.rules import felt
from xsector.analysis.felt import felt_and_real
from xsector.analysis.findings import item_findings
from xsector.analysis.fit import checked
from xsector.analysis.profile import Unread
from xsector.analysis.target import from_target
from xsector.analysis.thresholds import DEFAULT_BANDS, DEFAULT_LIMITS
from xsector.export.pictures import figures_for
from xsector.model.guide import StepKind, read_guide
from xsector.model.profile import FELT, FitCheck

GUIDE = read_guide(Path(__file__).parents[2] / "data" / "guides" / "discussion.yaml")
SAYS = "“Other partners would describe our goal the way I do”"


def found(release, *, used=()):
    return felt.find(release, findings=item_findings(release), used=used, bands=DEFAULT_BANDS, limits=DEFAULT_LIMITS)


def headline(felt_counts, apart):
    return felt_words.headline(felt_and_real(one_group(felt_counts, apart=apart)))


def test_what_most_of_us_only_think_to_be_shared_speaks():
    finding = found(one_group(invited=11))

    assert finding.headline == f"8 of 10 agree with {SAYS}, but our answers differ on 4 of 6 questions"
    assert finding.how_sure.startswith(
        "Furthest apart: “Shared result”. Two of us picked at random lie 100% as far apart there as in a room split "
        "half and half between the two ends. “A broad hope” is named most, by 5 of 10. Then "
    )
    assert "Whatever the 1 person without an answer would say, most of us would still agree with it." in (
        finding.how_sure
    )
    assert finding.note == "Based on 10 of 11 people invited; 1 sent no answers."
    assert (finding.kind, finding.chart, finding.item) == (StepKind.FELT, Chart.FELT, FELT)
    assert len(finding.table) == 8
    assert finding.table[2][-2:] == ("100%", "two camps")


@pytest.mark.parametrize(("counts", "apart"), [(YES, 0), (YES, 1), (NO, 0), (NO, 4), (HALF, 4)])
def test_every_other_case_stays_quiet(counts, apart):
    assert found(one_group(counts, apart=apart)) is None


def test_it_stays_quiet_where_a_side_can_t_be_read():
    whole = one_group()

    assert found(replace(whole, items=whole.items[1:], held=(FELT,))) is None
    assert found(replace(whole, items=whole.items[:1])) is None
    assert found(shown()) is None
    assert found(whole, used={FELT}) is None


@pytest.mark.parametrize(
    ("counts", "apart", "line"),
    [
        (YES, 0, f"8 of 10 agree with {SAYS}, and on 6 of 6 questions our answers are close"),
        (NO, 0, f"Only 2 of 10 agree with {SAYS}, yet on 6 of 6 questions our answers are close"),
        (NO, 4, f"Only 2 of 10 agree with {SAYS}, and our answers differ on 4 of 6 questions"),
        (HALF, 4, f"6 of 10 agree with {SAYS}; our answers differ on 4 of 6 questions"),
    ],
)
def test_each_case_has_its_line(counts, apart, line):
    assert headline(counts, apart) == line


def test_without_the_statement_only_the_answers_speak():
    whole = one_group()
    found_ = felt_and_real(replace(whole, items=whole.items[1:]))

    assert felt_words.headline(found_) == "How we describe ourselves: our answers differ on 4 of 6 questions"
    assert felt_words.in_short(found_) == ""
    assert felt_words.unread_note(found_, shorts={FELT: "Same goal"}) == (
        "Not shown: “Same goal” (not asked in this round)."
    )


def test_a_round_that_asked_nothing_of_the_kind_says_so_and_too_few_answers_too():
    few = felt_and_real(shown(asked("P01", [(3, 0, 0, 2)])))

    assert felt_words.headline(felt_and_real(shown())) == "This round did not ask how we describe ourselves"
    assert felt_words.headline(few) == "Too few answers to compare what we feel with how we describe ourselves"
    assert felt_words.felt_table(few) == ()


def test_what_can_t_be_read_is_named_together_by_reason():
    missing = {"P01": Unread.HELD, "P02": Unread.TOO_FEW, "P05": Unread.HELD}

    said = felt_words.unread_sentence(missing, shorts={"P01": "Shared result", "P05": "Set-up"})

    assert said == (
        "Not shown: “Shared result” and “Set-up” (held back, because only a part of a group was asked). "
        "Not shown: “P02” (too few answers)."
    )


@pytest.mark.parametrize("minutes", [60, 90, 150])
def test_the_agenda_gives_it_a_step_with_a_picture_and_its_table(minutes):
    agenda = build_agenda(groups(), guide=GUIDE, minutes=minutes)

    step = agenda.step("felt")
    assert step.title == "We think we agree, and our answers differ"
    assert step.prompts[0].startswith("Write our goal in one sentence")
    assert agenda.total_minutes == minutes
    assert len(step.table) == 8
    figure = figures_for(agenda, release=groups())[step.id]
    assert figure.layout.meta["alt"].startswith("“Set-up”: 77% divided")


@pytest.mark.parametrize(("minutes", "kind"), [(60, StepKind.FOGGY), (90, StepKind.BETWEEN_SECTORS)])
def test_where_it_is_quiet_its_place_goes_to_another_talk(minutes, kind):
    calm = shown(
        wide_gap(), wide_gap("K02", "Residents shape what we talk about."), shared_yes(), split_inside(),
        many_in_the_dark(), sizes=(8, 8, 8), names=("Government", "Non-profit", "Business"),
    )  # fmt: skip

    kinds = [step.kind for step in build_agenda(calm, guide=GUIDE, minutes=minutes).steps]

    assert StepKind.FELT not in kinds
    assert kind in kinds


@pytest.mark.parametrize("minutes", [30, 90])
def test_what_is_felt_and_not_real_never_comes_up_as_a_strength(minutes):
    agenda = build_agenda(one_group(), guide=GUIDE, minutes=minutes)

    assert FELT not in [step.item for step in agenda.steps if step.kind is StepKind.STRENGTH]


def test_what_is_felt_and_real_may_be_a_strength():
    agenda = build_agenda(one_group((0, 0, 0, 5, 5), apart=0), guide=GUIDE, minutes=30)

    assert [step.item for step in agenda.steps if step.kind is StepKind.STRENGTH] == [FELT]


def test_a_check_says_what_it_rests_on():
    check = FitCheck(
        code="c", when={"P01": frozenset({0}), "P02": frozenset({2}), "P04": frozenset({0})}, says="S.", ask="A?",
        source="B",
    )  # fmt: skip
    release = shown(asked("P01", [(8, 1, 1, 0)]), asked("P02", [(4, 3, 3)]), held=("P04",))
    items = {item.code: item for item in release.items}

    [one] = checked(release, checks=[check])

    assert felt_words.fit_words(one, items=items) == (
        "“Shared result”: most of us say “A broad hope”; “Our job”: no shared answer yet; P04: held back, because only "
        "a part of a group was asked."
    )
    assert felt_words.fit_headline((one,)).startswith("We can't tell yet whether our answers go together")


def test_the_way_to_a_target_is_told_by_its_furthest_question_and_never_summed_up():
    found_ = from_target(one_group(apart=0), target=target("collective_impact"))
    release = one_group(apart=0)

    assert target_words.headline(found_) == (
        "“Change a whole system together”: furthest away on “Shared result”, 1.0 step on average; close on 4 of 6"
    )
    rows = target_words.target_table(found_, release=release)
    assert rows[0] == ("Question", "Wanted", "Today", "There now", "Steps away", "Government")
    assert rows[1] == (
        "How exact is our shared goal?", "A target with a number and a date", "Today mostly “A target with a number”",
        "1 of 10", "1.0", "−1.0",
    )  # fmt: skip
    assert len(rows) == 7


def test_a_target_that_is_reached_or_can_t_be_compared_says_so():
    near = from_target(shown(asked("P01", [(0, 0, 9, 1)])), target=target("aligned_network"))
    none = from_target(shown(), target=target("advisory_group"))

    assert target_words.headline(near) == "“Line up what we each do”: we are close to it on every question"
    assert target_words.headline(none) == "“Think and advise”: too few answers to say how far we are"
    assert target_words.target_table(none, release=shown()) == ()
