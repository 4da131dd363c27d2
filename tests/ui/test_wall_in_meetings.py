"""The wall in a meeting: each stage in its turn, nothing too early, nobody exposed."""

from datetime import timedelta

import pytest

from tests.build import NOW
from tests.build_meetings import STEPS, agenda, answered_house, open_room, planned_room
from tests.ui.screens import as_wall, screen
from xsector.actions import committing, leading_meetings, voting
from xsector.actions.casting import come_in
from xsector.actions.running import issue_wall_link, show_on_wall
from xsector.export import meeting_boards
from xsector.model.commitment import Draft
from xsector.model.guide import StepKind
from xsector.model.voting import VoteKind
from xsector.reports.wall import wall_state
from xsector.ui import resources

SECTORS = ("Government", "Business", "Non-profit", "Nonprofit")


@pytest.fixture
def room(served):
    return open_room(served)


@pytest.fixture
def look(monkeypatch, room):
    """What the wall shows now."""
    return looking(monkeypatch, room)


def looking(monkeypatch, room):
    house = room.house
    token = issue_wall_link(house.engine, account=house.account, round_id=house.round.id, now=NOW)
    as_wall(monkeypatch, token)

    def now():
        app = screen("wall_board.py")
        assert not app.exception
        return [kept.result() for kept in resources._KEPT.values() if hasattr(kept.result(), "svg")][-1]

    return now


def place(room, *, dark=False):
    state = wall_state(room.house.engine, round_id=room.house.round.id)
    return meeting_boards.clock_on(state.room, dark=dark)


def promise(room, what="sends the list", who="Amara Okafor", days=10):
    draft = Draft(what=what, who=who, by_when=(NOW + timedelta(days=days)).date(), seen_by="It is in our mail")
    room.does(committing.promise, draft=draft)


def test_the_lobby_says_how_many_are_here_and_how_to_come_in(look, room):
    come_in(room.house.engine, respondent=room.house.people[0], meeting_id=room.id)

    shown = look()

    assert "June talk" in shown.alt
    assert "1 of 18 are here" in shown.alt
    assert "QR code" in shown.alt
    assert room.house.people[0].name not in shown.svg
    assert place(room) is None


def test_a_step_begins_with_its_name_and_a_clock(look, room):
    room.on()

    assert look().alt.startswith("Welcome")
    assert place(room).anchor == "end"


def test_a_question_stands_alone_before_anything_of_its_answers_is_sent(look, room):
    room.at("between_sectors")
    asked = look()
    room.on()
    guessed = look()

    for shown in (asked, guessed):
        assert shown.alt.startswith("Wording of R1")
        assert not any(name in shown.svg + shown.alt for name in (*SECTORS, "ector"))
        assert "answered" not in shown.alt
        assert "differently" not in shown.svg
    assert meeting_boards.TALK in guessed.alt
    assert meeting_boards.TALK not in asked.alt


def test_everybody_s_answers_come_without_a_word_about_sectors_and_those_with_the_next_stage(look, room):
    room.at("between_sectors").on(2)
    everybody = look()
    room.on()
    sectors = look()

    assert everybody.alt.startswith("“Wording of R1”. Of 18 answers")
    assert not any(word in everybody.svg + everybody.alt for word in (*SECTORS, "sector"))
    assert "Government" in sectors.alt


def test_the_same_picture_outside_a_meeting_does_not_come_from_the_one_inside(look, room):
    room.at("between_sectors").on(2)
    inside = look()
    room.does(leading_meetings.end_meeting)
    of = {"account": room.house.account, "round_id": room.house.round.id, "now": NOW}
    show_on_wall(room.house.engine, view="people", item="R1", dark=False, **of)
    outside = look()

    assert inside.svg != outside.svg
    assert any(name in outside.alt for name in SECTORS)


def test_a_blank_wall_shows_nothing_and_no_clock(look, room):
    room.at("between_sectors")
    room.does(leading_meetings.blank_wall, blank=True)

    shown = look()

    assert shown.alt == "The screen is blank."
    assert "<text" not in shown.svg
    assert place(room) is None


def test_an_open_vote_shows_its_choices_and_a_number_and_no_more(look, room):
    room.at("between_sectors")
    room.asks(VoteKind.FIST, text="We meet every month")
    for who in room.house.people[:7]:
        room.votes(who, {"fist": 1})

    shown = look()

    assert "7 of 18 have voted" in shown.alt
    assert "I have strong doubts" in shown.alt
    assert "below 3" not in shown.alt
    assert (place(room).anchor, place(room).ends_at) == ("start", NOW + timedelta(seconds=60))


def test_the_number_of_votes_reaches_the_wall_with_each_ballot(look, room):
    room.at("between_sectors")
    room.asks(VoteKind.EXIT)
    before = look()
    room.votes(room.house.people[0], {"heard": 4, "matters": 3, "next": 2, "worth": 1})

    assert "0 of 18 have voted" in before.alt
    assert "1 of 18 have voted" in look().alt


def test_a_proposal_that_nobody_stops_is_carried(look, room):
    room.asks(VoteKind.FIST, text="We meet every month")
    for who in room.house.people:
        room.votes(who, {"fist": 3 if who.sector == "business" else 5})
    room.does(voting.show_vote)

    assert "Carried: every vote is 3 or more." in look().alt
    assert place(room) is None


def test_a_proposal_is_not_called_carried_where_a_vote_cannot_be_shown(look, room):
    voters = [*room.house.of("government"), *room.house.of("nonprofit")[:2]]
    room.asks(VoteKind.FIST, text="We meet every month")
    for who in voters:
        room.votes(who, {"fist": 5 if who.sector == "government" else 0})
    room.does(voting.show_vote)

    said = look().alt

    assert "Carried" not in said
    assert "8 of 18 voted." in said


def test_dots_that_are_level_are_called_level(look, room):
    options = ("Roles", "Money", "Time")
    room.asks(VoteKind.DOTS, text="What first?", options=options)
    for number, who in enumerate(room.house.people):
        room.votes(who, {"dots": frozenset({number % 2})})
    room.does(voting.show_vote)

    assert "Level on top, with 9 dots each: “Roles” and “Money”." in look().alt


def test_who_sees_it_differently_after_the_talk_is_counted(look, room):
    room.asks(VoteKind.MOVED, item="R1")
    for who in room.house.people:
        room.votes(who, {"moved": 1 if who.sector == "business" else 0})
    room.does(voting.show_vote)

    assert "6 of 18 see it differently than before." in look().alt


def test_the_same_question_asked_again_shows_who_came_closer(look, room):
    room.at("between_sectors")
    room.asks(VoteKind.AGAIN, item="R1")
    for who in room.house.people:
        room.votes(who, {"R1": {"government": 3, "business": 1}.get(who.sector, 2)})
    room.does(voting.show_vote)

    said = look().alt

    assert "we are closer together than before" in said
    assert "Government" in said
    assert "moved toward the others" in said
    assert "does not show who is right" in said


def test_a_delicate_question_asked_again_is_told_in_words(look, room):
    room.at("trust")
    room.asks(VoteKind.AGAIN, item="S1")
    for who in room.house.people:
        room.votes(who, {"S1": 3})
    room.does(voting.show_vote)

    said = look().alt

    assert "at least 4 of 6 say" in said
    assert "moved" not in said.replace("nobody can say who moved", "")


def test_how_the_meeting_was_is_told_of_everybody_together(look, room):
    room.asks(VoteKind.EXIT)
    for who in room.house.people:
        room.votes(who, {"heard": 4, "matters": 3, "next": 2, "worth": 1})
    room.does(voting.show_vote)

    said = look().alt

    assert "I was heard today: 0, 0, 0, 0, 18." in said
    assert not any(name in said for name in SECTORS)


def test_promises_stand_on_the_wall_under_a_name_and_an_empty_list_says_what_one_is(look, room):
    room.at("promises")
    empty = look()
    promise(room)
    one = look()
    for number in range(5):
        promise(room, what=f"does thing {number}")
    six = look()

    assert "A promise has three parts" in empty.alt
    assert "Amara Okafor: sends the list, by 16 May." in one.alt
    assert "wish list" not in one.alt
    assert "wish list" in six.alt


def test_after_the_end_the_wall_says_thank_you_and_when_the_next_promise_is_due(look, room):
    room.at("promises")
    promise(room, days=400)
    room.does(leading_meetings.end_meeting)

    said = look().alt

    assert said.startswith("Thank you. We made 1 promise to each other.")
    assert place(room) is None


def test_a_break_is_a_large_clock(monkeypatch, served):
    steps = (("rest", StepKind.BREAK, 10, None), *STEPS)
    room = planned_room(answered_house(served), steps=steps)
    room.does(leading_meetings.begin_meeting)
    room.on()

    shown = looking(monkeypatch, room)()

    assert shown.alt.startswith("Break")
    assert place(room).size > 300


def test_ground_rules_and_how_to_read_are_lists(look, room):
    room.on(2)

    assert agenda().ground_rules[0].rstrip(".") in look().alt
