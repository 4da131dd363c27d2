"""Step 7: lead the meeting, one key after the other."""

from functools import partial

import streamlit as st

from xsector.actions import leading_meetings
from xsector.model.partner import Role
from xsector.reports import agendas, meetings, rounds
from xsector.ui import access, chosen, clock, lead, leading, live, messages, resources, stepper

who = partial(access.require, Role.CONVENER, Role.FACILITATOR)
account, engine = who(), resources.engine()


def act(action, **given):
    """Run an action now, as whoever is signed in now."""
    return action(engine, account=who(), now=clock.now(), **given)


def plan(round_id, agenda, title):
    """Make the run sheet."""
    act(leading_meetings.plan_meeting, round_id=round_id, agenda=agenda, title=title)


with messages.guarded():
    here = chosen.here(rounds, engine=engine, account=account)
    above = st.container()
    round_ = stepper.with_results(here)
    there = leading.chosen_meeting(meetings.meetings_of(engine, account=account, round_id=round_.id))
    if there is None or there.current is None:
        with above:
            stepper.steps(here, role=account.role)
    if there is None:
        st.title("Lead the meeting", anchor=False)
        agenda = agendas.agenda_of(engine, account=account, round_id=round_.id).agenda
        lead.none_yet(minutes=agenda.minutes, plan=partial(plan, round_.id, agenda))
    else:
        of = {"meeting_id": there.id}
        look = meetings.watching(engine, account=account, **of)
        mark = look()
        control = meetings.control_of(engine, account=account, now=clock.now(), **of)
        here_act = partial(act, **of)
        do = leading.keys(here_act, here=control.here)
        leading.page(control, do=do, beside=leading.beside(here_act, anywhere=act))
        live.keep_up(str(there.id), mark=mark, newest=lambda: (who(), look())[1])
