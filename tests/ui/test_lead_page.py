"""The page with which a meeting is led, as somebody meets it who leads one for the first time."""

import pytest

from tests.build import account
from tests.build_meetings import answered_house, planned_room
from tests.ui.screens import as_account, screen, words
from xsector.actions import leading_meetings, voting
from xsector.actions.casting import cast_here
from xsector.model.voting import VoteKind
from xsector.store import rounds
from xsector.store.engine import reading


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


def test_late_comers_find_the_code_also_when_the_wall_shows_something_else(room):
    room.on(3)
    app = page()
    app.segmented_control(key="at-hand").set_value("People").run()
    app.session_state["people-late"] = True
    app.run()

    with reading(room.house.engine) as session:
        code = rounds.get(session, room.house.round.id).room_code
    said = words(app)
    assert f"{code[:4]} {code[4:]}" in said
    assert "In a vote they can use this device." in said


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
