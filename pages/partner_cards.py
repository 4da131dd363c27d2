"""A partner writes cards, marks those that matter most, and sees what came of it."""

from functools import partial

import streamlit as st

from xsector.actions import writing_cards
from xsector.model.partner import Role
from xsector.reports import cards
from xsector.ui import access, card_box, clock, messages, resources

# Asked again at every call: a session may be taken over by a browser with another cookie.
me = partial(access.require, Role.PARTNER)
partner, engine = me(), resources.engine()


def act(action, **given):
    """Run an action now, as whoever is here now."""
    return action(engine, respondent=me(), now=clock.now(), **given)


with messages.guarded():
    drawn, there = cards.mark_of(engine, respondent=partner), cards.newest(engine, respondent=partner)
    if there is None:
        card_box.none_yet()
    else:
        of = {"brainstorm_id": there.id}
        card_box.show(
            card_box.Doors(
                read=lambda: cards.own_cards(engine, respondent=me(), **of),
                write=lambda text: act(writing_cards.write_card, text=text, **of),
                take_back=lambda mark: act(writing_cards.take_back_card, mark=mark, **of),
                mark=lambda places: act(writing_cards.mark_cards, places=places, **of),
            )
        )
    st.page_link("../../pages/partner_answer.py", label="Back to my answers", icon=":material/arrow_back:")
    # It asks only whether something is new, and not who is here: whoever looks away is signed out all the same.
    card_box.follow(drawn, lambda: cards.mark_of(engine, respondent=partner))
