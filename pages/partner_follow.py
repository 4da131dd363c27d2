"""A partner follows the meeting on their own device: the question, their own answer, their vote."""

from functools import partial

from xsector.actions import answering, casting
from xsector.model.partner import Role
from xsector.reports import cards, in_the_room
from xsector.ui import access, card_box, clock, follow, live, messages, resources

# Asked again at every call: a session may be taken over by a browser with another cookie.
me = partial(access.require, Role.PARTNER)
partner, engine = me(), resources.engine()


def cast(round_id, answers):
    """Save a ballot and hand it in."""
    answering.cast(engine, respondent=me(), round_id=round_id, answers=answers, now=clock.now())


def newest():
    """What changes when the meeting moves; while one goes on, whoever listens is not signed out."""
    found = in_the_room.room_mark(engine, partnership_id=partner.partnership_id)
    return found if not found else (me(), found)[1]


with messages.guarded():
    mark = newest()
    if not mark:
        follow.none_now()
    else:
        place = in_the_room.own_place(engine, respondent=partner, meeting_id=mark[0])
        if not place.came:
            casting.come_in(engine, respondent=partner, meeting_id=mark[0])
        if place.room.cards:
            card_box.invitation(lambda: cards.calling(engine, respondent=partner))
        follow.show(place, do=follow.Doors(cast=cast))
    live.keep_up("room", mark=mark, newest=newest)
