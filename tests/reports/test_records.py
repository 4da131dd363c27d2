"""What stays of a meeting: what was on the wall, heard, voted and promised, and nothing else."""

import pytest

from tests.build import finished, later, open_house, revealed
from tests.build_meetings import QUESTIONS, open_room, planned_room
from tests.build_records import ASIDE, HEARD, promised, talked, voted
from xsector.actions import committing, leading_meetings, releasing, voting
from xsector.agenda.record import Shown
from xsector.errors.meetings import MeetingStateError
from xsector.model.commitment import Status
from xsector.model.voting import VoteKind
from xsector.reports.records import record_of
from xsector.reports.released import release_of


def record(room):
    return record_of(room.house.engine, account=room.house.account, meeting_id=room.id).record


@pytest.fixture
def room(engine):
    return talked(engine)


@pytest.fixture
def brief(engine):
    """A meeting that goes on, with nothing in it yet."""
    return open_room(engine).on()


def ended(room):
    room.does(leading_meetings.end_meeting)
    return record(room)


def test_steps_stand_with_planned_and_real_minutes_and_others_by_name(room):
    kept = record(room)

    assert [(step.id, step.planned, step.seconds) for step in kept.steps] == [
        ("welcome", 5, 240), ("between_sectors", 20, 26 * 60), ("trust", 10, 11 * 60)
    ]  # fmt: skip
    assert (kept.skipped, kept.not_reached) == (("One question: R2",), ("Promises", "Close"))
    assert (kept.minutes, kept.seconds, kept.led_by) == (60, 41 * 60, ("Dana",))


def test_only_pictures_that_were_on_the_wall_are_in_it(room):
    talk, trust = record(room).steps[1:]

    assert talk.shown == (Shown(view="people", item="R1"), Shown(view="item", item="R1"))
    assert (talk.question, talk.finding) == ("Wording of R1", "About R1")
    assert (trust.question, trust.shown, trust.finding) == ("Wording of S1", (), None)


def test_a_finding_is_told_only_after_the_last_of_its_pictures(brief):
    brief.at("between_sectors").on(2)
    half = ended(brief).steps[1]
    brief.does(leading_meetings.begin_meeting)
    brief.on()
    whole = ended(brief).steps[1]

    assert (half.title, half.finding, half.shown) == (
        "One question: R1", None, (Shown(view="people", item="R1"),)
    )  # fmt: skip
    assert (whole.title, whole.finding) == ("Between_Sectors", "About R1")


def test_what_was_heard_is_kept_and_private_notes_and_people_are_not(room):
    kept = record(room)

    assert kept.steps[1].heard == HEARD
    assert ASIDE not in repr(kept)
    names = {person.name for person in room.house.people} - {"Government person 1"}
    assert [name for name in names if name in repr(kept)] == []


def test_promises_stand_with_their_question_and_what_became_of_them(room):
    first = record(room).promises[0]
    of = {"engine": room.house.engine, "account": room.house.account, "now": later(days=40)}
    committing.settle_promise(commitment_id=first.id, status=Status.DONE, remark="On time", version=first.version, **of)

    now = record(room).promises[0]

    assert (first.who, first.what, first.questions) == ("Government person 1", "Call the mayor", ("Wording of R1",))
    assert (first.with_whom, first.seen_by, first.first_step) == ("Ann", "A date is set", "Ask for a slot")
    assert (now.status, now.version) == (Status.DONE, first.version + 1)


def test_a_question_asked_again_stands_beside_its_first_answers(room):
    again = record(room).steps[1].votes[0]

    assert again.said[0] == "The average answer was 3.1 before and is 3.3 now, on the scale of 1 to 5."
    assert again.tables[0][3:5] == (
        ("Government", "Before", "6", "0%", "0%", "0%", "0%", "100%"),
        ("Government", "Now", "6", "0%", "0%", "0%", "100%", "0%"),
    )


def test_a_trust_question_asked_again_stays_rough(brief):
    voted(brief, VoteKind.AGAIN, lambda who: {"S1": 2}, item="S1")

    [vote] = ended(brief).steps[0].votes

    assert "average answer was" not in " ".join(vote.said)
    assert {row[1] for table in vote.tables for row in table[1:]} == {"Before", "Now"}
    assert all("at least" in str(table) for table in vote.tables)


@pytest.mark.parametrize(
    ("lowest", "said"),
    [(3, "Carried: all 18 votes are 3 or more."), (2, "Not carried: 1 of 18 votes is below 3.")],
)
def test_a_fist_is_carried_if_nobody_is_below_three(brief, lowest, said):
    first = brief.house.people[0]
    voted(brief, VoteKind.FIST, lambda who: {"fist": lowest if who == first else 4}, text="Meet monthly")

    [vote] = ended(brief).steps[0].votes

    assert (vote.title, vote.question, vote.said) == ("Fist to five", "Meet monthly", (said,))
    assert vote.note == "18 of 18 people invited voted."


def test_hidden_groups_are_named_with_the_reason_and_no_fist_is_carried_over_them(brief):
    voted(brief, VoteKind.FIST, lambda who: {"fist": 4}, text="Meet monthly")
    brief.asks(VoteKind.FIST, text="Meet monthly")
    for who in brief.house.people[:-1]:
        brief.votes(who, {"fist": 4})
    brief.does(voting.show_vote)

    vote = ended(brief).steps[0].votes[1]

    assert vote.said == ("No objection is known: all 12 votes that can be shown are 3 or more.",)
    assert vote.note.startswith("17 of 18 people invited voted. 5 votes are not in these figures. ")
    assert "Non-profit is not shown on its own: " in vote.note


def test_dots_moves_and_the_way_out_are_told_in_words(brief):
    voted(brief, VoteKind.DOTS, lambda who: {"dots": frozenset({who.participant_id % 2})}, text="What first?",
          options=("Money", "Time", "Space"))  # fmt: skip
    voted(brief, VoteKind.MOVED, lambda who: {"moved": who.participant_id % 3}, item="R1")
    voted(brief, VoteKind.EXIT, lambda who: {"heard": 4, "matters": 3, "next": 0, "worth": 2})

    dots, moved, way_out = ended(brief).steps[0].votes

    assert dots.said == ("“Money” and “Time” have the most dots: 9 each.",)
    assert dots.tables[0][1:] == (("Money", "9"), ("Time", "9"), ("Space", "0"))
    assert moved.said == ("12 of 18 people see it differently after the talk: 6 a little, 6 quite.",)
    assert way_out.said[0] == "18 of 18 agree: “I was heard today.”"
    assert way_out.said[2] == "0 of 18 agree: “I know who will do what by when.”"


def test_a_dropped_vote_leaves_nothing(brief):
    brief.asks(VoteKind.FIST, text="Meet monthly")
    brief.does(voting.drop_vote)

    assert "Meet monthly" not in repr(ended(brief))


def test_a_meeting_that_goes_on_has_no_record_yet(brief):
    promised(brief)

    with pytest.raises(MeetingStateError, match="goes on"):
        record(brief)


def test_late_answers_after_the_meeting_change_no_figure_of_its_record(engine):
    house = open_house(engine, questions=QUESTIONS)
    for who in house.people[:12]:
        finished(house, who, {"R1": who.participant_id % 5, "R2": 3, "S1": 2})
    room = planned_room(revealed(house))
    room.does(leading_meetings.begin_meeting)
    ended(room.on())
    before = record_of(engine, account=house.account, meeting_id=room.id).release
    for who in house.people[12:]:
        finished(house, who, {"R1": 4, "R2": 4, "S1": 4}, now=later(days=1))
    releasing.add_late(engine, account=house.account, round_id=house.round.id, now=later(days=1))

    after = record_of(engine, account=house.account, meeting_id=room.id).release
    now = release_of(engine, account=house.account, round_id=house.round.id)

    assert (after.items, after.blocks) == (before.items, before.blocks)
    assert len(now.blocks) > len(after.blocks)
