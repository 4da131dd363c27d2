"""A partner's page in a meeting."""

import pytest

from tests.build import account, item
from tests.build_meetings import QUESTIONS, answered_house, planned_room
from tests.ui.screens import as_partner, screen, words
from xsector.actions import leading_meetings
from xsector.model.voting import VoteKind


@pytest.mark.parametrize(("sector", "ballots"), [("business", 1), ("government", 0)])
def test_a_ballot_is_for_those_whose_sector_is_asked_and_others_are_told(served, monkeypatch, sector, ballots):
    house = answered_house(served, by=account(served), questions=(*QUESTIONS, item("R7", who=("business",))))
    room = planned_room(house)
    room.does(leading_meetings.begin_meeting)
    room.asks(VoteKind.AGAIN, item="R7")
    as_partner(monkeypatch, house.tokens[house.of(sector)[0].participant_id])

    app = screen("partner_follow.py")

    assert len(app.segmented_control) == ballots
    assert ("Others vote now." in words(app)) is not bool(ballots)
