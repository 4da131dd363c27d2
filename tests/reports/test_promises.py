"""Promises after their meeting: for those who lead, for partners, and in the next round's agenda."""

from datetime import timedelta

import pytest

from tests.build import finished, next_round, revealed
from tests.build_meetings import QUESTIONS
from tests.build_records import DAY, talked
from xsector.actions import committing, editing_agenda, leading_meetings
from xsector.agenda import editing
from xsector.model.commitment import Status
from xsector.model.guide import StepKind
from xsector.reports.agendas import agenda_of
from xsector.reports.promises import open_promises, promises_of
from xsector.store import agendas
from xsector.store.engine import reading


@pytest.fixture
def room(engine):
    return talked(engine, votes=False)


def settled(room, number, status, remark=""):
    there = next(one.commitment for one in desk(room).lines if one.commitment.id == number)
    room_of = {"account": room.house.account, "now": room.of["now"]}
    committing.settle_promise(
        room.house.engine, commitment_id=number, status=status, remark=remark, version=there.version, **room_of
    )


def desk(room, *, day=DAY):
    now = room.of["now"] + (day - room.of["now"].date())
    of = {"account": room.house.account, "partnership_id": room.house.partnership.id}
    return promises_of(room.house.engine, now=now, **of)


def autumn(room):
    """The next round, revealed."""
    later = next_round(room.house, questions=QUESTIONS)
    for who in later.people:
        finished(later, who, {"R1": who.participant_id % 5, "R2": 3, "S1": 2})
    return revealed(later)


def welcome(house, *, minutes=90):
    view = agenda_of(house.engine, account=house.account, round_id=house.round.id, minutes=minutes)
    return next(step for step in view.agenda.steps if step.kind is StepKind.WELCOME), view


def test_those_who_lead_see_all_with_question_and_meeting(room):
    first, second = desk(room).lines

    assert (first.meeting, first.came_from, first.overdue) == ("June talk", ("Wording of R1",), False)
    assert (second.commitment.draft.who, second.came_from) == ("Somebody Else", ())
    assert [one.title for one in desk(room).ended] == ["June talk"]


def test_a_promise_is_overdue_the_day_after_its_day_unless_it_is_settled(room):
    after = DAY + timedelta(days=1)

    assert [one.overdue for one in desk(room, day=after).lines] == [True, False]
    settled(room, 1, Status.PART)
    assert desk(room, day=after).lines[0].overdue
    settled(room, 1, Status.DROPPED)
    assert not desk(room, day=after).lines[0].overdue


def test_a_promise_outlives_its_meeting(room):
    room.does(leading_meetings.drop_meeting)

    assert [one.meeting for one in desk(room).lines] == ["", ""]
    assert desk(room).ended == ()


def test_partners_see_what_is_still_open(room):
    settled(room, 1, Status.DONE)

    seen = open_promises(room.house.engine, respondent=room.house.people[0])

    assert [one.id for one in seen] == [2]


def test_the_agenda_of_the_next_round_begins_with_open_promises(room):
    settled(room, 1, Status.PART, remark="Half of it")

    first, _ = welcome(autumn(room))

    assert first.note == (
        "2 promises of last time are still open. Begin with them: ask each person what became of theirs, and write it "
        "down."
    )
    assert first.table[1] == ("Government person 1", "Call the mayor", "5 June 2030", "A date is set",
                              "partly done: Half of it")  # fmt: skip


def test_the_agenda_of_the_meeting_in_which_they_were_made_does_not_list_them(room):
    first, _ = welcome(room.house)

    assert (first.note, first.table) == (None, ())


def test_an_agenda_that_was_changed_lists_promises_as_they_stand_now(room):
    house = autumn(room)
    _, view = welcome(house)
    of = {"account": house.account, "round_id": house.round.id, "now": room.of["now"]}
    editing_agenda.save_agenda(house.engine, agenda=view.agenda, version=view.version, **of)
    settled(room, 1, Status.DONE)

    kept, kept_view = welcome(house)

    assert kept_view.edited
    assert [row[1] for row in kept.table[1:]] == ["=Send <i>minutes</i>"]


def test_a_kept_agenda_holds_no_promise_and_no_name(room):
    house = autumn(room)
    _, view = welcome(house)
    of = {"account": house.account, "round_id": house.round.id, "now": room.of["now"]}
    shorter = editing.remove(view.agenda, step_id="welcome")
    for version, agenda in enumerate((view.agenda, shorter)):
        editing_agenda.save_agenda(house.engine, agenda=agenda, version=version, **of)

        with reading(house.engine) as session:
            kept, _ = agendas.get(session, house.round.id)
        assert "Somebody Else" not in repr(kept)
        assert "Call the mayor" not in repr(kept)
