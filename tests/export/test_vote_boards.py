"""The sentences of a vote that was counted."""

from datetime import date

import pytest

from tests.charts.rooms import promises
from xsector.export.meeting_boards import standing, thanks
from xsector.export.vote_boards import dots_sentence, fist_sentence
from xsector.model.commitment import Status


@pytest.mark.parametrize(
    ("counts", "voted", "words"),
    [
        ((0, 0, 0, 2, 3, 1), 6, "Carried: every vote is 3 or more."),
        ((0, 0, 1, 2, 3, 0), 6, "1 of 6 is below 3. Ask: what would need to change?"),
        ((1, 1, 1, 2, 3, 0), 8, "3 of 8 are below 3. Ask: what would need to change?"),
        ((0, 0, 0, 2, 3, 1), 8, "All 6 votes that can be shown are 3 or more. Ask if anybody stands in the way."),
        ((0, 0, 0, 0, 0, 0), 6, "Nobody gave an answer."),
    ],
)
def test_a_proposal_is_carried_only_if_every_vote_is_known_to_be_three_or_more(counts, voted, words):
    assert fist_sentence(counts, voted=voted) == words


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((3, 1, 0), "Most dots: “A”, with 3."),
        ((3, 3, 0), "Level on top, with 3 dots each: “A” and “B”."),
        ((1, 1, 1), "All are level, with 1 dot each."),
        ((0, 0, 0), "Nobody placed a dot."),
    ],
)
def test_choices_that_are_level_are_told_as_level(counts, words):
    assert dots_sentence(("A", "B", "C"), counts) == words


def test_many_choices_on_top_are_counted_and_not_listed():
    assert dots_sentence("ABCDE", (2, 2, 2, 0, 0)) == "3 choices are level on top, with 2 dots each."


def test_thanks_name_the_next_day_on_which_something_is_due():
    made = promises(3)

    assert thanks(made, today=date(2030, 5, 21)) == (
        "We made 3 promises to each other.",
        "The next one is due on Monday, 27 May.",
    )
    assert thanks(made, today=date(2031, 1, 1)) == ("We made 3 promises to each other.",)
    assert thanks((), today=date(2030, 5, 21)) == ("We go without a promise today.",)


def test_a_promise_that_was_dropped_stands_nowhere():
    assert standing([*promises(1), *promises(1, status=Status.DROPPED)]) == tuple(promises(1))
