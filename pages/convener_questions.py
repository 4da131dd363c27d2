"""Step 3: the questions of the round, before its first answer."""

from functools import partial

import streamlit as st

from xsector.actions import setting_up
from xsector.model.partner import Role
from xsector.reports import rounds
from xsector.ui import access, chosen, clock, messages, modules_setup, question_list, resources, round_setup, stepper

who = partial(access.require, Role.CONVENER)
account, engine = who(), resources.engine()


def make(partnership_id, title, form):
    """Make a round and take it in hand."""
    made = setting_up.create_round(
        engine, account=who(), partnership_id=partnership_id, title=title, form=form, now=clock.now()
    )
    chosen.choose(round_id=made.id)


def change(round_id, edit):
    """Change the round's questions."""
    setting_up.change_questions(engine, account=who(), round_id=round_id, change=edit, now=clock.now())


with messages.guarded():
    here = chosen.here(rounds, engine=engine, account=account)
    stepper.steps(here, role=account.role)
    st.title("Questions", anchor=False)
    partnership = stepper.with_partnership(here).partnership
    if here.round is None:
        round_setup.new_round(make=partial(make, partnership.id), again=False)
    else:
        view = rounds.questions(engine, account=account, round_id=here.round.id)
        question_list.question_list(
            question_list.Editor(instrument=view.instrument, locked=view.locked, change=partial(change, here.round.id))
        )
        modules_setup.modules(
            modules_setup.Desk(
                instrument=view.instrument,
                whole=view.whole,
                sectors=partnership.sectors,
                locked=view.locked,
                change=partial(change, here.round.id),
            )
        )
        stepper.onward("Round", here=here)
