"""What is said of a second vote: where groups went, never who was right."""

import pytest

from xsector.agenda.movement_words import CAUTION, headline, once_only, said
from xsector.analysis.movement import Move, Way, movement_of

LEVELS = ("Not at all", "Partly", "Fully")
ASKED = "“It is clear”"
HIGH, LOW, MIDDLE = [0, 0, 6], [6, 0, 0], [0, 6, 0]


@pytest.mark.parametrize(
    ("way", "words"),
    [
        (Way.TOWARD, "moved toward the others"),
        (Way.AWAY, "moved away from the others"),
        (Way.CROSSED, "crossed to the other side"),
        (Way.GATHERED, "closer to one another"),
        (Way.SCATTERED, "further from one another"),
        (Way.NONE, "no clear change"),
        (Way.UP, "moved toward “Fully”"),
        (Way.DOWN, "moved toward “Not at all”"),
    ],
)
def test_every_way_has_its_words(way, words):
    assert said(Move(way=way, first=0, now=1), levels=LEVELS) == words


def test_where_not_the_same_number_voted_nothing_is_claimed():
    assert "can’t tell" in said(Move(way=Way.OPEN, first=0, now=1), levels=LEVELS)


@pytest.mark.parametrize(
    ("first", "now", "words"),
    [
        ([HIGH, LOW], [MIDDLE, LOW], "“It is clear”: we are closer together than before"),
        ([MIDDLE, LOW], [HIGH, LOW], "“It is clear”: we are further apart than before"),
        ([HIGH, LOW], [LOW, HIGH], "“It is clear”: some moved, and we are as far apart as before"),
        ([HIGH, LOW], [HIGH, LOW], "“It is clear”: no clear change"),
        ([HIGH], [LOW], "“It is clear”: first and now"),
    ],
)
def test_the_headline_says_how_far_apart_the_room_is_now(first, now, words):
    assert headline(movement_of(first, now), quoted=ASKED) == words


def test_groups_that_were_shown_once_are_named():
    assert once_only([]) == ""
    assert once_only(["Media"]) == "Media was shown only one of the two times."
    assert once_only(["Media", "Faith"]) == "Media and Faith were shown only one of the two times."


def test_coming_closer_is_never_called_right():
    assert "does not show who is right" in CAUTION
