import pytest

from tests.agenda.releases import (
    OFTEN,
    even,
    many_in_the_dark,
    rating,
    release,
    shared_yes,
    split_inside,
    wide_gap,
)
from xsector.agenda.document import Chart
from xsector.agenda.rules import between_sectors, foggy, strength, within_sector
from xsector.analysis.findings import item_findings
from xsector.analysis.thresholds import DEFAULT_BANDS, DEFAULT_LIMITS

RULES = (strength, between_sectors, within_sector, foggy)


def found(rule, shown, *, used=()):
    return rule.find(shown, findings=item_findings(shown), used=used, bands=DEFAULT_BANDS, limits=DEFAULT_LIMITS)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_quiet_where_all_answer_alike_in_the_middle(rule):
    assert found(rule, release(even())) is None


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_quiet_without_answers(rule):
    assert found(rule, release(even(), sizes=(0, 0, 0))) is None
    assert found(rule, release()) is None
    assert found(rule, release(rating("N", [(0,) * 5] * 3, chance=None))) is None


@pytest.mark.parametrize(
    ("rule", "item"),
    [
        (strength, shared_yes()),
        (between_sectors, wide_gap()),
        (within_sector, split_inside()),
        (foggy, many_in_the_dark()),
    ],
)
def test_every_rule_leaves_out_what_was_used_and_what_only_describes_people(rule, item):
    context = type(item)(**{name: getattr(item, name) for name in item.__slots__} | {"context": True})

    assert found(rule, release(item)) is not None
    assert found(rule, release(item), used={item.code}) is None
    assert found(rule, release(context)) is None


def test_a_strength_is_what_all_say_yes_to():
    finding = found(strength, release(even(), shared_yes(), shared_yes("F02", "We keep our word.")))

    assert finding.item == "F01"
    assert finding.headline == "“Our goal matters to my organisation”: nearly all of us say yes"
    assert finding.note.endswith("Also strong: “We keep our word”.")
    assert finding.chart is None


def test_agreeing_that_something_is_bad_is_no_strength():
    assert found(strength, release(shared_yes(reverse=True))) is None


def test_saying_no_to_a_bad_thing_is_a_strength():
    item = rating("H01", [(6, 2, 0, 0, 0), (7, 1, 0, 0, 0), (6, 2, 0, 0, 0)], text="Meetings drag on.", reverse=True)

    assert found(strength, release(item)).headline == "“Meetings drag on”: nearly all of us say no"


def test_one_small_group_that_says_no_keeps_a_statement_off_the_strengths():
    item = rating("F03", [(0, 0, 0, 20, 480), (5, 0, 0, 0, 0)], chance=0.001)

    assert found(strength, release(item, sizes=(500, 5), names=("Government", "Business"))) is None


def test_a_wide_gap_speaks_with_its_two_ends():
    finding = found(between_sectors, release(even(), wide_gap(chance=0.004), invited=26))

    assert finding.headline == "“It is clear who decides what”: Government says yes, Business says no"
    assert finding.chart is Chart.ANSWERS
    assert "less than once in 100" in finding.how_sure
    assert "significant" not in finding.how_sure
    assert finding.note == "Based on 24 of 26 people invited; 2 sent no answers."
    assert finding.table[0] == (
        "Group", "Answers", "Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree",
    )  # fmt: skip
    assert finding.table[-1] == ("Business", "8", "62%", "38%", "0%", "0%", "0%")


def test_a_wide_gap_that_chance_often_gives_stays_quiet():
    assert found(between_sectors, release(wide_gap(chance=0.4))) is None
    assert found(between_sectors, release(wide_gap(chance=None))) is None


def test_a_small_gap_stays_quiet_however_sure():
    item = rating("S01", [(0, 0, 100, 200, 100), (0, 0, 60, 200, 140), (0, 0, 50, 200, 150)], chance=0.0001)

    assert found(between_sectors, release(item, sizes=(400, 400, 400))) is None


def test_a_sector_with_both_sides_well_filled_is_split():
    finding = found(within_sector, release(even(), split_inside()))

    assert finding.headline == "“Meetings are worth their time”: Non-profit is split inside"
    assert finding.how_sure.startswith("Of 8 people in Non-profit, 4 are on the low side, 4 on the high side.")
    assert finding.chart is Chart.WITHIN


def test_four_people_are_never_called_split():
    item = rating("W02", [(2, 0, 0, 0, 2), (0, 0, 5, 0, 0)])

    assert found(within_sector, release(item, sizes=(4, 5), names=("Government", "Business"))) is None


def test_a_side_of_a_quarter_is_no_split():
    item = rating("W03", [(2, 0, 0, 0, 6), (0, 0, 8, 0, 0)])

    assert found(within_sector, release(item, sizes=(8, 8), names=("Government", "Business"))) is None


def test_what_half_of_us_cannot_judge_is_foggy():
    finding = found(foggy, release(even(), many_in_the_dark()))

    assert finding.headline == "“The money is well kept”: 12 of 24 of us can’t judge"
    assert finding.note.startswith("In Business, 6 of 8 can’t judge.")
    assert finding.table[1:] == (
        ("Everyone", "12 of 24", "50%"),
        ("Government", "2 of 8", "25%"),
        ("Non-profit", "4 of 8", "50%"),
        ("Business", "6 of 8", "75%"),
    )


def test_a_few_who_cannot_judge_stay_quiet():
    item = rating("D02", [(0, 2, 3, 2, 0), (0, 2, 3, 2, 0), (0, 3, 3, 2, 0)], cannot_judge=[1, 1, 0])

    assert found(foggy, release(item)) is None


def test_scales_without_yes_and_no_speak_in_their_own_labels():
    item = wide_gap("O01", "How often are you asked first?", levels=OFTEN)

    finding = found(between_sectors, release(item))

    assert finding.headline == (
        "“How often are you asked first?”: Government mostly answers “Always”, Business “Never”"
    )
