"""The page with which a meeting is led, as somebody meets it who leads one for the first time."""

import pytest

from tests.build import account
from tests.build_meetings import answered_house, planned_room
from tests.ui.screens import as_account, screen, words
from xsector.actions import leading_meetings, voting
from xsector.actions.casting import cast_here
from xsector.model.voting import VoteKind


@pytest.fixture
def room(served, monkeypatch):
    by = account(served)
    as_account(monkeypatch, by)
    made = planned_room(answered_house(served, by=by))
    made.does(leading_meetings.begin_meeting)
    return made


def page():
    return screen("facilitator_lead.py")


def test_while_people_come_in_the_way_to_the_rooms_screen_is_at_hand(room):
    links = [one.label for one in page().get("page_link")]

    assert "Make a link for the room’s screen" in links


def test_beside_who_is_here_stands_what_to_do_for_somebody_who_is_kept_out(room):
    app = page()
    app.segmented_control(key="at-hand").set_value("People").run()

    assert "Somebody can’t come in?" in words(app)


def test_a_question_asked_again_says_that_it_ends_late_answers(room):
    room.at("between_sectors")
    app = page()
    app.segmented_control(key="at-hand").set_value("Vote").run()
    app.selectbox(key="vote-kind").set_value(VoteKind.AGAIN).run()

    assert "nobody can hand in late answers" in words(app)


def test_a_vote_that_would_single_somebody_out_says_so_before_it_is_shown(room):
    room.does(voting.open_vote, ask=voting.Ask(kind=VoteKind.EXIT), seconds=60)
    own, *others = room.house.people
    room.votes(own, {"heard": 0})
    for who in others[:9]:
        room.does(cast_here, participant_id=who.participant_id, answers={"heard": 4})
    app = page()
    app.segmented_control(key="at-hand").set_value("Vote").run()

    assert "whoever holds this one may know the other votes" in words(app)
    assert app.button(key="vote-show").disabled
