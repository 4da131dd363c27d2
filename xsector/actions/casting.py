"""Who votes without a device of their own, and who is in the room."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from xsector.actions.answering import put_ballot
from xsector.actions.leading_meetings import led
from xsector.errors.common import NotFoundError
from xsector.errors.meetings import MeetingStateError, VotedHereError, VoteOverError
from xsector.model.meeting import MeetingState
from xsector.model.partner import Respondent
from xsector.model.round import State
from xsector.model.sheet import Answer
from xsector.release.plan import LATE
from xsector.store import audit, invitations, meetings, releases, rosters, rounds, sheets, votes
from xsector.store.accounts import Account
from xsector.store.engine import Engine, writing


def cast_here(
    engine: Engine, *, account: Account, meeting_id: int, participant_id: int, answers: Mapping[str, Answer],
    now: datetime,
) -> None:  # fmt: skip
    """Save the ballot of somebody who votes on the facilitator's device; it can't be changed afterwards.

    Nothing that is kept leads from the ballot to the person: its key is drawn at random and forgotten. How many voted
    so is counted and told.

    Raises
    ------
    VoteOverError, VotedHereError, NotFoundError, AnswerError, MeetingStateError
    """
    with writing(engine) as session:
        meeting, round_ = led(session, account=account, meeting_id=meeting_id)
        if meeting.state is not MeetingState.RUNNING:
            raise MeetingStateError("Voting", meeting.state)
        if meeting.vote_id is None or rounds.get(session, meeting.vote_id).state is not State.OPEN:
            raise VoteOverError()
        at = round_.partnership_id
        respondent = rosters.without_link(session, partnership_id=at, participant_id=participant_id)
        of = {"round_id": meeting.vote_id, "participant_id": participant_id}
        invitations.hold(session, **of)
        asked = rounds.asked_for_answer(session, meeting.vote_id, participant_id=participant_id)
        if asked.round.state is not State.OPEN:
            raise VoteOverError()
        if not asked.standing.invited:
            raise NotFoundError("person")
        if asked.standing.answered:
            raise VotedHereError(respondent.name)
        chain = asked.round.chain
        past = releases.past_of(session, participant_id, chain=chain) or (
            LATE if invitations.is_late(session, **of) else ""
        )
        blank = asked.layout.blank(sector=respondent.sector)
        sheet = sheets.start(session, round_id=meeting.vote_id, respondent=respondent, past=past, marks=blank)
        put_ballot(session, asked, sheet, respondent=respondent, answers=answers, now=now)
        votes.count_shared(session, meeting.vote_id)
        # Without the name: this is the moment in which somebody's ballot was saved.
        audit.note(session, actor=account.name, action="voted on this device", now=now,
                   partnership_id=round_.partnership_id, detail={"vote": meeting.vote_id})  # fmt: skip


def come_in(engine: Engine, *, respondent: Respondent, meeting_id: int) -> None:
    """Note that a partner follows a meeting; NotFoundError if it isn't theirs."""
    with writing(engine) as session:
        meeting = meetings.get(session, meeting_id)
        if rounds.get(session, meeting.round_id).partnership_id != respondent.partnership_id:
            raise NotFoundError("meeting")
        meetings.attend(session, meeting_id, participant_id=respondent.participant_id)
