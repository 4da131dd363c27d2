"""Votes in a meeting: counted by the rule of release, never subtracted from what was shown before."""

from concurrent.futures import ThreadPoolExecutor, wait

import pytest

from tests.build import NOW, House, account, item, later
from tests.build_meetings import QUESTIONS, open_room, planned_room
from xsector.actions import keeping, leading_meetings, voting
from xsector.actions.answering import cast, save_answers
from xsector.actions.casting import cast_here
from xsector.actions.importing import import_survey
from xsector.actions.releasing import add_late, reveal
from xsector.actions.survey.mapping import ImportOptions
from xsector.errors.common import NotAllowedError, NotFoundError, SetUpError
from xsector.errors.meetings import NothingToShowError, VotedHereError, VoteOpenError, VoteOverError
from xsector.errors.rounds import AnswerError, RoundClosedError, RoundStateError
from xsector.model.instrument import Item, Kind
from xsector.model.round import State
from xsector.model.voting import VoteKind
from xsector.reports.in_the_room import own_place
from xsector.reports.meetings import control_of
from xsector.reports.own import open_rounds
from xsector.reports.released import release_in
from xsector.reports.rounds import rounds as listed_rounds
from xsector.store import releases, rounds, sheets
from xsector.store.engine import reading, writing


@pytest.fixture
def room(engine):
    return open_room(engine)


def shown(room, vote_id):
    """What was released of a vote."""
    with reading(room.house.engine) as session:
        return release_in(session, rounds.get(session, vote_id))


def by_group(room, vote_id):
    release = shown(room, vote_id)
    return {block.name: counts for block, counts in zip(release.blocks, release.items[0].counts, strict=True)}


def test_a_question_asked_again_by_all_is_shown_by_sector_beside_the_first(room):
    room.at("between_sectors")
    vote = room.asks(VoteKind.AGAIN, item="R1")
    for who in room.house.people:
        room.votes(who, {"R1": 3 if who.sector == "government" else 2})
    room.does(voting.show_vote)

    assert by_group(room, vote) == {
        "Government": (0, 0, 0, 6, 0), "Non-profit": (0, 0, 6, 0, 0), "Business": (0, 0, 6, 0, 0)
    }  # fmt: skip


def test_with_one_person_of_a_sector_missing_that_sector_is_not_shown_again(room):
    vote = room.asks(VoteKind.AGAIN, item="R1")
    for who in room.house.people[1:]:
        room.votes(who, {"R1": 2})
    room.does(voting.show_vote)

    release = shown(room, vote)
    assert [block.name for block in release.blocks] == ["Government", "Non-profit"]
    assert [one.label for one in release.hidden] == ["Business"]


def test_a_vote_of_which_nothing_could_be_shown_goes_on(room):
    vote = room.asks(VoteKind.FIST, text="We meet every month")
    for who in room.house.people[:4]:
        room.votes(who, {"fist": 4})

    with pytest.raises(NothingToShowError):
        room.does(voting.show_vote)
    with reading(room.house.engine) as session:
        assert rounds.get(session, vote).state is State.OPEN
        assert releases.of_round(session, vote) == []
    room.votes(room.house.people[4], {"fist": 5})
    room.does(voting.show_vote)
    assert [sum(level) for level in zip(*shown(room, vote).items[0].counts, strict=True)] == [0, 0, 0, 0, 4, 1]


def test_votes_about_other_things_need_nobody_who_answered_before(room):
    vote = room.asks(VoteKind.MOVED, item="R1")
    for who in room.house.people[3:]:
        room.votes(who, {"moved": 1})
    room.does(voting.show_vote)

    assert sum(block.n for block in shown(room, vote).blocks) == 15


def test_the_same_proposal_twice_is_one_chain_and_a_missing_person_hides_their_group(room):
    for people in (room.house.people, room.house.people[1:]):
        vote = room.asks(VoteKind.FIST, text="We meet every month")
        for who in people:
            room.votes(who, {"fist": 4})
        room.does(voting.show_vote)

    assert [block.n for block in shown(room, vote).blocks] == [6, 6]
    assert not keeping.problems(room.house.engine)


def test_until_it_is_shown_a_vote_can_be_changed_and_afterwards_not(room):
    vote = room.asks(VoteKind.FIST, text="We meet every month")
    for who in room.house.people:
        room.votes(who, {"fist": 0})
        room.votes(who, {"fist": 5})
    room.does(voting.show_vote)

    assert set(by_group(room, vote).values()) == {(0, 0, 0, 0, 0, 6)}
    with pytest.raises(VoteOverError):
        cast(room.house.engine, respondent=room.house.people[0], round_id=vote, answers={"fist": 1}, now=NOW)


def test_dots_are_few_and_choices_are_told_apart(room):
    options = ("Roles", "Money", "Time", "Trust", "Data", "Space")
    room.asks(VoteKind.DOTS, text="What first?", options=options)

    with pytest.raises(AnswerError):
        room.votes(room.house.people[0], {"dots": frozenset({0, 1, 2})})
    room.votes(room.house.people[0], {"dots": frozenset({0, 1})})
    room.does(voting.drop_vote)
    with pytest.raises(SetUpError, match="read the same"):
        room.asks(VoteKind.DOTS, text="What first?", options=("Roles", "roles "))
    with pytest.raises(SetUpError, match="2 to 12"):
        room.asks(VoteKind.DOTS, text="What first?", options=("Roles",))


def test_a_dropped_vote_leaves_no_ballot(room):
    vote = room.asks(VoteKind.EXIT)
    room.votes(room.house.people[0], {"heard": 4, "matters": 3, "next": 2, "worth": 1})
    room.does(voting.drop_vote)

    with reading(room.house.engine) as session:
        assert not sheets.any_started(session, vote)
        with pytest.raises(NotFoundError):
            rounds.get(session, vote)
    assert room.meeting.vote_id is None


def test_while_a_vote_is_open_the_meeting_stays_where_it_is(room):
    room.on()
    room.asks(VoteKind.EXIT)

    with pytest.raises(VoteOpenError):
        room.on()
    with pytest.raises(VoteOpenError):
        room.asks(VoteKind.EXIT)
    with pytest.raises(VoteOpenError):
        room.does(leading_meetings.end_meeting)
    room.does(voting.drop_vote)
    room.on()


def test_a_shown_vote_lies_on_the_wall_until_the_meeting_moves_and_can_be_shown_again(room):
    vote = room.asks(VoteKind.EXIT)
    for who in room.house.people:
        room.votes(who, {"heard": 4})
    room.does(voting.show_vote)
    assert room.meeting.vote_id == vote

    room.on()
    assert room.meeting.vote_id is None
    room.does(voting.put_vote_on_wall, vote_id=vote)
    assert room.meeting.vote_id == vote
    with pytest.raises(NotFoundError):
        room.does(voting.put_vote_on_wall, vote_id=room.house.round.id)


def test_somebody_without_a_device_votes_on_the_facilitators_once(room):
    vote = room.asks(VoteKind.FIST, text="We meet every month")
    first, *others = room.house.people
    room.does(cast_here, participant_id=first.participant_id, answers={"fist": 2})

    with pytest.raises(VotedHereError):
        room.does(cast_here, participant_id=first.participant_id, answers={"fist": 3})
    for who in others:
        room.votes(who, {"fist": 5})
    with pytest.raises(VotedHereError):
        room.does(cast_here, participant_id=others[0].participant_id, answers={"fist": 3})
    room.does(voting.show_vote)
    assert by_group(room, vote)["Business"] == (0, 0, 1, 0, 0, 5)


def test_who_votes_on_the_facilitators_device_is_counted_with_whom_they_were_counted_before(room):
    vote = room.asks(VoteKind.AGAIN, item="R1")
    first, *others = room.house.people
    room.does(cast_here, participant_id=first.participant_id, answers={"R1": 2})
    for who in others:
        room.votes(who, {"R1": 2})
    room.does(voting.show_vote)

    assert [block.n for block in shown(room, vote).blocks] == [6, 6, 6]


def test_a_vote_is_no_round_on_any_list(room):
    room.asks(VoteKind.AGAIN, item="R1")

    house = room.house
    assert [one.id for one in open_rounds(house.engine, respondent=house.people[0])] == [house.round.id]
    listed = listed_rounds(house.engine, account=house.account, partnership_id=house.partnership.id)
    assert [one.id for one in listed] == [house.round.id]


def test_what_is_not_shown_of_the_round_is_not_asked_again_and_no_stranger_asks(room):
    with pytest.raises(NotFoundError):
        room.asks(VoteKind.AGAIN, item="nothing")
    with pytest.raises(SetUpError):
        room.asks(VoteKind.EXIT, seconds=5)
    with pytest.raises(NotAllowedError):
        room.does(voting.open_vote, account=account(room.house.engine, name="Stranger"),
                  ask=voting.Ask(kind=VoteKind.EXIT), seconds=60)  # fmt: skip


def test_more_time_counts_from_now_when_the_time_was_up(room):
    room.asks(VoteKind.EXIT)
    room.does(voting.give_vote_time, seconds=30, now=later(minutes=5))

    with reading(room.house.engine) as session:
        from xsector.store import votes

        assert votes.get(session, room.meeting.vote_id).ends_at == later(minutes=5, seconds=30)


def another_meeting(room):
    """The same house a moment later, in a second meeting about the same round."""
    room.does(leading_meetings.end_meeting)
    second = planned_room(room.house)
    second.does(leading_meetings.begin_meeting)
    return second


def counted_vote(room, people, answers, *, kind, **ask):
    """A vote in which *people* all say the same, and that is shown; its round's id."""
    vote = room.asks(kind, **ask)
    for who in people:
        room.votes(who, answers)
    room.does(voting.show_vote)
    return vote


@pytest.mark.parametrize(
    ("kind", "ask", "answers"),
    [
        (VoteKind.FIST, {"text": "We meet every month"}, {"fist": 4}),
        (VoteKind.MOVED, {"item": "R1"}, {"moved": 1}),
        (VoteKind.EXIT, {}, {"heard": 1}),
    ],
)
def test_a_second_meeting_does_not_count_the_same_vote_with_one_person_less(room, kind, ask, answers):
    counted_vote(room, room.house.people, answers, kind=kind, **ask)

    second = another_meeting(room)
    vote = counted_vote(second, room.house.people[1:], answers, kind=kind, **ask)

    assert [block.n for block in shown(room, vote).blocks] == [6, 6]
    assert [one.label for one in shown(room, vote).hidden] == ["Business"]


def test_what_was_shown_takes_no_late_ballot_by_the_questionnaires_door(room):
    vote = room.asks(VoteKind.FIST, text="We meet every month")
    first, *others = room.house.people
    for who in others:
        room.votes(who, {"fist": 4})
    room.does(voting.show_vote)

    with pytest.raises(RoundClosedError):
        save_answers(room.house.engine, respondent=first, round_id=vote, answers={"fist": 1}, now=NOW)
    with pytest.raises(RoundStateError):
        add_late(room.house.engine, account=room.house.account, round_id=vote, now=NOW)


def test_nobody_votes_on_a_question_that_their_sector_is_not_asked(engine):
    room = open_room(engine, questions=(*QUESTIONS, item("R7", who=("business",))))
    room.asks(VoteKind.AGAIN, item="R7")

    room.votes(room.house.of("business")[0], {"R7": 1})
    with pytest.raises(AnswerError):
        room.votes(room.house.of("government")[0], {"R7": 1})
    people = [room.house.of(one)[0] for one in ("business", "government")]
    places = [own_place(engine, respondent=who, meeting_id=room.id) for who in people]
    assert [place.asked for place in places] == [True, False]


def test_only_what_is_counted_is_asked_again(engine):
    words = Item(code="T1", kind=Kind.TEXT, text="What else?", short="Else", max_chars=200)
    room = open_room(engine, questions=(*QUESTIONS, words))

    with pytest.raises(NotFoundError):
        room.asks(VoteKind.AGAIN, item="T1")


def test_a_ballot_that_waits_while_the_vote_is_counted_is_refused_and_not_lost_in_silence(room):
    vote = room.asks(VoteKind.FIST, text="We meet every month")
    first, engine = room.house.people[0], room.house.engine
    with ThreadPoolExecutor(1) as pool:
        with writing(engine) as session:
            rounds.get_for_change(session, vote)
            late = pool.submit(room.votes, first, {"fist": 1})
            wait({late}, timeout=0.5)
            rounds.set_state(session, vote, state=State.REVEALED, now=NOW)

        with pytest.raises(VoteOverError):
            late.result(timeout=20)
    with reading(engine) as session:
        assert not sheets.any_started(session, vote)


def test_a_dropped_vote_leaves_no_ballot_in_the_log_of_the_database(tmp_path, engine):
    room = open_room(engine)
    room.asks(VoteKind.FIST, text="We meet every month")
    key = room.house.people[0].sheet_key(room.meeting.vote_id).encode()
    room.votes(room.house.people[0], {"fist": 4})
    room.does(voting.drop_vote)

    assert not [file.name for file in tmp_path.iterdir() if key in file.read_bytes()]


def test_votes_given_on_the_facilitators_device_single_nobody_out(room):
    room.asks(VoteKind.FIST, text="We meet every month")
    own, *others = room.house.people
    room.votes(own, {"fist": 0})
    for who in others[:9]:
        room.does(cast_here, participant_id=who.participant_id, answers={"fist": 5})

    of = {"account": room.house.account, "meeting_id": room.id, "now": NOW}
    assert control_of(room.house.engine, **of).vote.blocks == ()
    with pytest.raises(NothingToShowError, match="1 person has voted on their own device"):
        room.does(voting.show_vote)
    for who in others[9:13]:
        room.votes(who, {"fist": 5})
    assert control_of(room.house.engine, **of).vote.held_back == ""
    room.does(voting.show_vote)


def test_where_everybody_votes_on_the_facilitators_device_the_result_is_shown(room):
    vote = room.asks(VoteKind.FIST, text="We meet every month")
    for who in room.house.people:
        room.does(cast_here, participant_id=who.participant_id, answers={"fist": 5})
    room.does(voting.show_vote)

    assert [block.n for block in shown(room, vote).blocks] == [6, 6, 6]


def test_a_question_of_an_imported_file_is_not_asked_again(engine, tmp_path):
    by = account(engine)
    (tmp_path / "a.csv").write_text("group,R1\n" + "x,1\ny,5\nx,4\ny,2\n" * 4, encoding="utf-8")
    made = import_survey(
        engine,
        account=by,
        path=tmp_path / "a.csv",
        partnership="Bridges",
        options=ImportOptions(sector="group"),
        now=NOW,
    )
    reveal(engine, account=by, round_id=made.round.id, now=NOW)
    house = House(engine=engine, account=by, partnership=None, round=made.round, people=(), tokens={})
    room = planned_room(house, steps=())
    room.does(leading_meetings.begin_meeting)

    with pytest.raises(SetUpError, match="can't be asked again"):
        room.asks(VoteKind.AGAIN, item="R1")
    assert room.asks(VoteKind.MOVED, item="R1")


def test_a_count_that_was_cut_short_goes_on_where_it_was(room):
    vote = room.asks(VoteKind.FIST, text="We meet every month")
    for who in room.house.people:
        room.votes(who, {"fist": 4})
    with writing(room.house.engine) as session:  # the server stopped between the end of the vote and its count
        rounds.set_state(session, vote, state=State.CLOSED, now=NOW)

    with pytest.raises(VoteOverError):
        room.votes(room.house.people[0], {"fist": 0})
    room.does(voting.show_vote)
    assert sum(block.n for block in shown(room, vote).blocks) == 18
