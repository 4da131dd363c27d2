"""Step 4: how answers are protected, and opening the round."""

from functools import partial

import streamlit as st

from xsector.actions import running, setting_up
from xsector.model.partner import Role
from xsector.model.round import State
from xsector.reports import price, rounds, turnout
from xsector.ui import access, chosen, clock, messages, resources, round_setup, round_view, stepper

who = partial(access.require, Role.CONVENER)
account, engine = who(), resources.engine()


def act(action, **given):
    """Run an action now, as whoever is signed in now."""
    return action(engine, account=who(), now=clock.now(), **given)


def make(partnership_id, title, form):
    """Make a round and take it in hand."""
    made = act(setting_up.create_round, partnership_id=partnership_id, title=title, form=form)
    chosen.choose(round_id=made.id)


with messages.guarded():
    here = chosen.here(rounds, engine=engine, account=account)
    stepper.steps(here, role=account.role)
    st.title("Round", anchor=False)
    partnership, round_ = stepper.with_partnership(here).partnership, here.round
    of, in_ = {"partnership_id": partnership.id}, {"round_id": round_.id if round_ else 0}
    if round_ is not None:
        round_view.where_it_stands(round_)
        if round_.state is State.DRAFT:
            view = rounds.questions(engine, account=account, **in_)
            kept = round_setup.protection(
                partnership,
                live=round_.live,
                instrument=view.whole,
                price=lambda policy: price.price(engine, account=account, policy=policy, **of),
                keep=lambda policy: act(setting_up.choose_policy, policy=policy, **of),
            )
            round_setup.keeping(round_, keep=lambda keep: act(running.choose_keeping, keep=keep, **in_))
            round_setup.liveness(round_, choose=lambda live: act(running.choose_live, live=live, **in_))
            open_ = partial(act, running.open_round, **in_)
            size = {"people": len(here.people), "kept": kept}
            round_setup.opening(round_, instrument=view.whole, open_=open_, **size)
        elif round_.state is State.OPEN:
            round_view.room_code(round_)
            invited = turnout.turnout(engine, account=account, **in_).invited
            invite = partial(act, running.invite_newcomers, **in_)
            round_view.newcomers(count=len(here.people) - invited, invite=invite)
            round_view.close(round_, act=partial(act, running.close_round, **in_))
        elif round_.state is State.CLOSED and not round_.over:
            round_view.reopen(act=partial(act, running.reopen_round, **in_))
    round_setup.another_round(make=partial(make, partnership.id), first=round_ is None)
    if round_ is not None and round_.state is not State.DRAFT:
        stepper.onward("Reveal", here=here)
