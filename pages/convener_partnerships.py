"""Step 1: the partnership and its sectors."""

from functools import partial

import streamlit as st

from xsector.actions import setting_up
from xsector.model.partner import Role
from xsector.model.policy import Policy
from xsector.reports import leading, rounds
from xsector.ui import access, attempts, chosen, clock, messages, partnership_form, resources, sharing_form, stepper

who = partial(access.require, Role.CONVENER)
account, engine = who(), resources.engine()


def make(typed):
    """Make a partnership and take it in hand."""
    made = setting_up.create_partnership(
        engine, account=who(), name=typed.name, place=typed.place, shared_result=typed.shared_result,
        sectors=typed.sectors, policy=Policy(), records_notice=typed.records_notice, now=clock.now(),
    )  # fmt: skip
    chosen.choose(partnership_id=made.id)


def act(partnership_id, action, **more):
    """Do something to a partnership as whoever is here now."""
    return action(engine, account=who(), partnership_id=partnership_id, now=clock.now(), **more)


def change(on, typed):
    """Change what is known about a partnership."""
    on(setting_up.choose_sectors, sectors=typed.sectors)
    on(setting_up.describe_partnership, name=typed.name, place=typed.place, shared_result=typed.shared_result,
       records_notice=typed.records_notice)  # fmt: skip


with messages.guarded():
    here = chosen.here(rounds, engine=engine, account=account)
    stepper.steps(here, role=account.role)
    st.title("Partnership", anchor=False)
    if here is None:
        st.markdown("A partnership is the group of organisations whose views you want to compare. Describe it first.")
    else:
        there, on = here.partnership, partial(act, here.partnership.id)
        partnership_form.described(there)
        with st.expander("Change it", key="change-partnership"):
            partnership_form.partnership_form(
                there, label="Save", save=lambda typed: attempts.attempt(lambda: change(on, typed), said="Saved")
            )
        leaders = leading.leaders_of(engine, account=account, partnership_id=there.id)
        sharing_form.sharing_form(leaders, me=account, act=on)
    # Another key for another partnership: after a new one is made, the form is folded away.
    key = f"new-partnership-{here.partnership.id if here else 0}"
    with st.expander("A new partnership", expanded=here is None, key=key):
        partnership_form.partnership_form(
            None, label="Make the partnership", save=lambda typed: attempts.attempt(lambda: make(typed), said="Made")
        )
    if here is not None:
        stepper.onward("People", here=here)
