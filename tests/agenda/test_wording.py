from dataclasses import replace

import pytest

from tests.agenda.releases import even, rating, release, split_inside, talkative, wide_gap
from xsector.agenda import certainty, wording
from xsector.analysis.findings import item_findings
from xsector.model.instrument import Kind
from xsector.model.released import Block, Missing


def line(item, **more):
    shown = release(item, **more)
    row = wording.row_of(item_findings(shown), code=item.code)
    return wording.headline(row, item=item, release=shown)


def sure(item, **more):
    shown = release(item, **more)
    row = wording.row_of(item_findings(shown), code=item.code)
    return certainty.how_sure(row, item=item, release=shown)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([(0, 0, 0, 1, 7), (0, 0, 6, 2, 0), (0, 0, 5, 3, 0)], "Government says yes, Non-profit is in between"),
        ([(0, 0, 0, 0, 8), (0, 0, 1, 7, 0), (0, 0, 0, 8, 0)], "Government says yes more firmly than Non-profit"),
        ([(8, 0, 0, 0, 0), (0, 7, 1, 0, 0), (0, 8, 0, 0, 0)], "Government says no more firmly than Non-profit"),
        ([(0, 0, 0, 1, 7), (4, 0, 0, 0, 4), (3, 1, 0, 0, 4)], "Government says yes, Non-profit is split"),
        ([(8, 0, 0, 0, 0), (8, 0, 0, 0, 0), (7, 1, 0, 0, 0)], "nearly all of us say no"),
        ([(0, 0, 8, 0, 0), (0, 0, 7, 1, 0), (0, 0, 8, 0, 0)], "most of us are in the middle"),
        ([(4, 0, 0, 0, 4), (4, 0, 0, 0, 4), (4, 0, 0, 0, 4)], "two camps, but not along sectors"),
        ([(0, 2, 3, 3, 0), (0, 2, 3, 3, 0), (0, 2, 3, 3, 0)], "some of us see it differently, in every sector"),
    ],
)
def test_the_headline_says_what_the_answers_say(counts, said):
    assert line(rating("K01", counts)) == f"“Statement K01”: {said}"


def test_too_few_answers_are_said_to_be_too_few():
    item = rating("K01", [(1, 0, 0, 0, 1), (0,) * 5, (0,) * 5], chance=None)

    assert line(item) == "“Statement K01”: too few answers to say"


def test_a_long_statement_is_quoted_by_its_short_name():
    item = rating("K01", [(1, 0, 0, 0, 8)] * 3, text="word " * 30, short="Many words")

    assert wording.quoted(item) == "“Many words”"


def test_a_combined_group_is_named_as_such():
    block = Block(name="Combined: Business, Philanthropy", sectors=("business", "philanthropy"), n=6)

    assert wording.block_name(block) == "the combined group"


def test_options_without_an_order_name_what_each_sector_chooses():
    item = rating(
        "P01", [(8, 0, 0), (1, 7, 0), (0, 8, 0)], levels=("Plans", "Money", "People"), kind=Kind.CHOICE, ordered=False,
        text="What is missing most?",
    )  # fmt: skip

    assert line(item) == "“What is missing most?”: Government mostly names “Plans”, Business “Money”"


def test_the_overview_names_the_two_ends_of_the_widest_gap():
    shown = talkative()

    headline = wording.overview_headline(item_findings(shown), release=shown)

    assert headline == "Government and Business are furthest apart: “It is clear who decides what”"


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.0001, "less than once in 100"),
        (0.012, "about once in 100"),
        (0.07, "about 7 times in 100"),
        (1.0, "nearly every time"),
    ],
)
def test_chance_is_told_as_times_in_a_hundred(chance, words):
    assert words in sure(wide_gap(chance=chance))


def test_too_few_to_tell_replaces_the_share_between_sectors():
    item = rating("K01", [(0, 0, 0, 1, 2), (2, 1, 0, 0, 0)], chance=0.1)

    text = sure(item, sizes=(3, 3), names=("Government", "Business"))

    assert "Too few to tell how much of the distance between us lies between sectors." in text
    assert "With 6 answers, one person can change the picture." in text
    assert "%" not in text


def test_those_who_have_not_answered_are_counted_in():
    assert "Whatever the 2 people without an answer here would say, we would be strongly divided." in sure(
        wide_gap(), invited=26
    )
    assert "What the 200 people without an answer here would say could still change" in sure(wide_gap(), invited=224)
    assert "without an answer" not in sure(wide_gap())


def test_no_sentence_speaks_of_significance():
    for item in talkative().items:
        assert "significan" not in sure(item) + line(item)


def test_based_on_tells_skipped_from_unable_and_from_not_concerned():
    item = replace(
        even(), counts=((0, 2, 1, 0, 0),) * 3,
        missing=(Missing(skipped=1, cannot_judge=2, not_applicable=2), Missing(cannot_judge=5), Missing(skipped=5)),
    )  # fmt: skip

    assert certainty.based_on(release(item, invited=30), item=item) == (
        "Based on 9 of 30 people invited; 7 can’t judge, for 2 it doesn’t apply, 6 skipped it, 6 sent no answers."
    )


def test_a_person_who_ticks_several_options_is_counted_once():
    item = replace(even(), kind=Kind.CHOICES, ordered=False, counts=((8, 8, 0, 0, 0),) * 3)

    assert certainty.answers_of(item, release=release(item)) == 24


def test_what_is_hidden_is_named_with_its_reason():
    shown = release(even(), hidden=[("Philanthropy", "fewer than 5 people")], held=("T01",))

    assert certainty.hidden_note(shown) == (
        "Philanthropy is not shown on its own: fewer than 5 people. "
        "1 question is held back: only a part of a group was asked, or too few people."
    )
    assert certainty.hidden_note(release(even())) == ""


def test_sectors_that_are_hidden_for_one_reason_are_named_together():
    reasons = {"Business": "too few", "Community": "one organisation", "Education": "too few"}
    shown = release(even(), hidden=[*reasons.items()])

    assert certainty.hidden_note(shown) == (
        "Business and Education are not shown on their own: too few. "
        "Community is not shown on its own: one organisation."
    )


def test_a_group_that_outweighs_all_others_is_named():
    assert certainty.weighting_note(release(even())) == "Each person counts once, so a larger sector weighs more."
    assert certainty.weighting_note(release(split_inside(), sizes=(1340, 5, 8))) == (
        "Each person counts once, so Government (1,340 of 1,353) weighs more than all others together."
    )
