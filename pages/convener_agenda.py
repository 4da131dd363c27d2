"""Step 6: the agenda of the meeting, its changes and its papers."""

from functools import partial

import streamlit as st

from xsector.actions import editing_agenda
from xsector.agenda import editing
from xsector.model.partner import Role
from xsector.reports import agendas, rounds
from xsector.ui import access, agenda_steps, chosen, clock, messages, resources, stepper

who = partial(access.require, Role.CONVENER, Role.FACILITATOR)
account, engine = who(), resources.engine()


def keep(view, round_id, agenda):
    """Keep a changed agenda in place of the one that was shown."""
    given = {"account": who(), "round_id": round_id, "version": view.version, "now": clock.now()}
    editing_agenda.save_agenda(engine, agenda=agenda, **given)


def edits(view, round_id):
    """Every change of the agenda in *view*, kept at once."""
    old, kept = view.agenda, partial(keep, view, round_id)
    return agenda_steps.Edits(
        retitle=lambda one, title: kept(editing.retitle(old, step_id=one, title=title)),
        change_minutes=lambda one, minutes: kept(editing.change_minutes(old, step_id=one, minutes=minutes)),
        change_prompts=lambda one, prompts: kept(editing.change_prompts(old, step_id=one, prompts=prompts)),
        move=lambda one, places: kept(editing.move(old, step_id=one, places=places)),
        remove=lambda one: kept(editing.remove(old, step_id=one)),
        restore=lambda one: kept(editing.restore(old, step_id=one)),
        add=lambda title, minutes: kept(editing.add(old, title=title, minutes=minutes)),
        restart=lambda: editing_agenda.restart_agenda(engine, account=who(), round_id=round_id, now=clock.now()),
    )


with messages.guarded():
    here = chosen.here(rounds, engine=engine, account=account)
    stepper.steps(here, role=account.role)
    st.title("Agenda", anchor=False)
    round_ = stepper.with_results(here)
    planned = agendas.agenda_of(engine, account=account, round_id=round_.id, minutes=None)
    minutes = agenda_steps.length(planned.agenda.minutes)
    view = agendas.agenda_of(engine, account=account, round_id=round_.id, minutes=minutes)
    agenda_steps.papers(round_.id, minutes=minutes)
    if planned.edited and not view.edited:
        messages.notice(
            f"You have changed the agenda of {planned.agenda.minutes} minutes. It is kept until you change this one."
        )
    agenda_steps.agenda_steps(view.agenda, edits=edits(view, round_.id))
