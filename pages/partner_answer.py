"""A partner answers: promise, questions, receipt."""

from functools import partial

from xsector.actions import answering
from xsector.model.partner import Role
from xsector.reports import cards, in_the_room, mirror, own, own_trust, promises, shown, standing
from xsector.ui import access, card_box, chosen, clock, follow, form, messages, opening, promises_view, resources
from xsector.ui.answering import Savers

# Asked again at every call: a session may be taken over by a browser with another cookie.
me = partial(access.require, Role.PARTNER)
partner, engine = me(), resources.engine()

with messages.guarded():
    follow.invitation(lambda: in_the_room.meeting_calling(engine, respondent=partner))
    card_box.invitation(lambda: cards.calling(engine, respondent=partner))
    round_ = chosen.partner_round(own.open_rounds(engine, respondent=partner))
    if round_ is None:
        opening.nothing_yet()
    else:
        here = {"round_id": round_.id}
        form.show(
            form.Doors(
                read=lambda: own.own_form(engine, respondent=me(), **here),
                reread=lambda form: own.with_newest(form, engine=engine, respondent=me()),
                shown=lambda: shown.shown_of(engine, respondent=me()),
                mirror=lambda: mirror.mirror_of(engine, respondent=me(), **here),
                trust=lambda: own_trust.own_trust(engine, respondent=me(), **here),
                stand_of=standing.stand_of,
                sector=partner.sector,
                organisation=partner.organisation,
                organisation_id=partner.organisation_id,
                begin=lambda agrees: answering.begin(engine, respondent=me(), now=clock.now(), agrees=agrees, **here),
                finish=lambda: answering.finish(engine, respondent=me(), now=clock.now(), **here),
                savers=Savers(
                    answers=lambda answers, seen: answering.save_answers(
                        engine,
                        respondent=access.still(partner),
                        answers=answers,
                        now=clock.now(),
                        seen=seen,
                        **here,
                    ),
                    text=lambda code, text, may_show: answering.save_text(
                        engine, respondent=me(), code=code, text=text, may_show=may_show, now=clock.now(), **here
                    ),
                    comment=lambda code, text, may_show: answering.save_comment(
                        engine, respondent=me(), code=code, text=text, may_show=may_show, now=clock.now(), **here
                    ),
                ),
            )
        )
    promises_view.open_ones(promises.open_promises(engine, respondent=partner))
