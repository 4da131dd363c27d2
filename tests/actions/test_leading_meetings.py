"""Leading a meeting: one place for everybody, one key at a time, and nothing shown before its stage."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta

import pytest

from tests.build import NOW, account, later, open_house
from tests.build_meetings import agenda, answered_house, open_room, planned_room
from xsector.actions import leading_meetings
from xsector.actions.committing import promise
from xsector.actions.erasing import erase_me
from xsector.errors.common import NotAllowedError, NotFoundError, SetUpError
from xsector.errors.meetings import MeetingStateError, MovedOnError, OtherMeetingError
from xsector.errors.rounds import RoundStateError
from xsector.model.commitment import Draft
from xsector.model.meeting import MeetingState, Place, StageKind, seconds_in, seconds_so_far
from xsector.reports.in_the_room import room_mark
from xsector.store import audit, commitments, meetings, partnerships, rounds
from xsector.store.engine import reading, writing


@pytest.fixture
def room(engine):
    return open_room(engine)


def kinds(step):
    return [stage.kind for stage in step.stages]


def test_a_step_about_a_question_has_its_stages_and_a_sensitive_one_never_single_answers(engine):
    meeting = planned_room(answered_house(engine)).meeting

    first = [StageKind.QUESTION, StageKind.GUESS]
    assert kinds(meeting.step_of("between_sectors")) == [*first, StageKind.PEOPLE, StageKind.SECTORS]
    assert kinds(meeting.step_of("trust")) == [*first, StageKind.SECTORS]
    assert kinds(meeting.step_of("welcome")) == [StageKind.TITLE, StageKind.LINES]
    assert (meeting.state, meeting.step, meeting.minutes) == (MeetingState.PLANNED, "", 60)


def test_a_round_of_which_nothing_is_shown_has_no_meeting(engine):
    house = open_house(engine)

    with pytest.raises(RoundStateError, match="can't be talked about"):
        leading_meetings.plan_meeting(
            engine, account=house.account, round_id=house.round.id, agenda=agenda(), title="June", now=NOW
        )


def test_the_key_leads_through_every_stage_of_every_step_and_stays_at_the_end(room):
    seen = []
    for _ in range(30):
        room.on()
        seen.append((room.meeting.step, room.meeting.stage))

    stages = [(step.id, stage) for step in room.meeting.steps for stage in range(len(step.stages))]
    assert seen[: len(stages)] == stages
    assert set(seen[len(stages) :]) == {stages[-1]}


def test_back_leads_to_the_stage_before_and_then_to_the_beginning_of_the_step_before(room):
    room.at("between_sectors").on(2)

    places = []
    for _ in range(4):
        places.append((room.meeting.step, room.meeting.stage))
        room.does(leading_meetings.go_back, here=room.here)
    assert places == [("between_sectors", 2), ("between_sectors", 1), ("between_sectors", 0), ("strength", 0)]


def test_a_key_that_was_pressed_twice_or_by_two_counts_once(room):
    here = room.here
    room.does(leading_meetings.go_on, here=here)

    with pytest.raises(MovedOnError):
        room.does(leading_meetings.go_on, here=here)
    assert (room.meeting.step, room.meeting.stage) == ("welcome", 0)


def test_what_is_shown_in_the_room_is_noted_once(room):
    room.at("between_sectors").on(3)
    room.at("between_sectors").on(3)

    with reading(room.house.engine) as session:
        noted = [one.detail for one in audit.of_action(session, "shown in the room")]
    assert [(one["view"], one["item"]) for one in noted] == [("people", "R1"), ("item", "R1")]


def test_time_is_kept_by_step_and_a_clock_that_is_put_back_takes_none_away(room):
    room.on(now=NOW)
    room.on(2, now=later(minutes=4))
    room.does(leading_meetings.go_to, here=room.here, step_id="welcome", now=later(minutes=10))

    meeting = room.meeting
    assert [meeting.step_of(step).seconds for step in ("welcome", "strength")] == [240, 360]
    assert seconds_in(meeting, now=later(minutes=11)) == 300
    assert seconds_in(meeting, now=NOW - timedelta(hours=2)) == 240
    assert seconds_so_far(meeting, now=later(minutes=11)) == 660


def test_steps_are_skipped_added_moved_and_given_more_time_while_the_meeting_goes_on(room):
    room.on()
    room.does(leading_meetings.add_step, title="A surprise", minutes=3)
    room.does(leading_meetings.skip_step, step_id="strength", skipped=True)
    room.does(leading_meetings.move_step, step_id="promises", places=-2)
    room.does(leading_meetings.change_minutes, step_id="welcome", minutes=7)

    meeting = room.meeting
    order = ["welcome", "added-1", "strength", "promises", "between_sectors", "trust", "close"]
    assert [step.id for step in meeting.steps] == order
    assert [step.id for step in meeting.to_come()] == ["added-1", "promises", "between_sectors", "trust", "close"]
    assert meeting.step_of("welcome").minutes == 7


def test_what_is_over_is_not_moved_and_the_present_step_is_not_skipped(room):
    room.at("between_sectors")

    with pytest.raises(MovedOnError):
        room.does(leading_meetings.move_step, step_id="strength", places=2)
    with pytest.raises(MovedOnError):
        room.does(leading_meetings.skip_step, step_id="between_sectors", skipped=True)
    with pytest.raises(SetUpError):
        room.does(leading_meetings.change_minutes, step_id="close", minutes=0)
    with pytest.raises(NotFoundError):
        room.does(leading_meetings.change_minutes, step_id="nowhere", minutes=3)


def test_a_partnership_holds_one_meeting_at_a_time_and_an_ended_one_can_go_on(room):
    other = planned_room(room.house)

    with pytest.raises(OtherMeetingError, match="June talk"):
        other.does(leading_meetings.begin_meeting)
    room.on()
    room.does(leading_meetings.end_meeting, now=later(minutes=2))
    with pytest.raises(MeetingStateError):
        room.on()
    assert room.meeting.step_of("welcome").seconds == 120
    room.does(leading_meetings.begin_meeting, now=later(hours=1))
    assert seconds_in(room.meeting, now=later(hours=1, minutes=1)) == 180


def test_people_come_in_by_a_code_while_the_meeting_goes_on_alone(room):
    def code():
        with reading(room.house.engine) as session:
            return rounds.get(session, room.house.round.id).room_code

    first = code()
    room.does(leading_meetings.end_meeting)
    assert first
    assert code() is None


def test_somebody_elses_account_neither_leads_nor_plans(room):
    stranger = account(room.house.engine, name="Stranger")

    for action, given in (
        (leading_meetings.go_on, {"here": room.here}),
        (leading_meetings.end_meeting, {}),
        (leading_meetings.blank_wall, {"blank": True}),
        (leading_meetings.drop_meeting, {}),
    ):
        with pytest.raises(NotAllowedError):
            room.does(action, account=stranger, **given)
    assert room.meeting.state is MeetingState.RUNNING


def test_a_meeting_that_goes_on_is_not_thrown_away(room):
    with pytest.raises(MeetingStateError):
        room.does(leading_meetings.drop_meeting)
    room.does(leading_meetings.end_meeting)
    room.does(leading_meetings.drop_meeting)
    with pytest.raises(NotFoundError):
        _ = room.meeting


def test_who_erases_themselves_leaves_a_meeting_as_well(room):
    from xsector.actions.casting import come_in
    from xsector.store import meetings

    who = room.house.people[0]
    come_in(room.house.engine, respondent=who, meeting_id=room.id)
    erase_me(room.house.engine, respondent=who, now=NOW)

    with reading(room.house.engine) as session:
        assert who.participant_id not in meetings.attended(session, room.id)


def test_the_name_under_a_promise_goes_from_every_screen_when_its_owner_is_erased(room):
    engine, who = room.house.engine, room.house.people[0]
    draft = Draft(what="Call the schools", who=who.name, by_when=NOW.date())
    room.does(promise, draft=draft)
    before = room_mark(engine, partnership_id=room.house.partnership.id)
    erase_me(engine, respondent=who, now=NOW)

    assert room_mark(engine, partnership_id=room.house.partnership.id) != before
    with reading(engine) as session:
        assert [one.draft.who for one in commitments.of_meeting(session, room.id)] == [commitments.GONE]


def test_before_the_start_the_first_key_leads_to_the_first_step_that_is_not_skipped(room):
    room.does(leading_meetings.skip_step, step_id="welcome", skipped=True)
    room.does(leading_meetings.go_on, here=Place(step="", stage=0))

    assert room.meeting.step == "strength"


def test_two_meetings_that_begin_at_the_same_moment_are_one(engine):
    first = planned_room(answered_house(engine))
    second = planned_room(first.house)
    with ThreadPoolExecutor(1) as pool:
        with writing(engine) as session:
            partnerships.hold(session, first.house.partnership.id)
            begun = pool.submit(second.does, leading_meetings.begin_meeting)
            wait({begun}, timeout=0.5)
            meetings.change(session, first.id, state=MeetingState.RUNNING)

        with pytest.raises(OtherMeetingError):
            begun.result(timeout=20)
