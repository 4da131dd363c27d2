"""Promises: what was promised in meetings, what became of it, and the records of those meetings."""

from functools import partial

import streamlit as st

from xsector.actions import committing
from xsector.model.partner import Role
from xsector.reports import promises, rounds
from xsector.ui import access, chosen, clock, messages, promises_view, resources, stepper

who = partial(access.require, Role.CONVENER, Role.FACILITATOR)
account, engine = who(), resources.engine()


def act(action, promise, **given):
    """Run an action on a promise now, as whoever is signed in now."""
    return action(engine, account=who(), commitment_id=promise.id, now=clock.now(), **given)


acts = promises_view.Acts(
    settle=lambda one, status, remark: act(
        committing.settle_promise, one, status=status, remark=remark, version=one.version
    ),
    rewrite=lambda one, draft: act(committing.rewrite_promise, one, draft=draft, version=one.version),
    withdraw=lambda one: act(committing.withdraw_promise, one),
)

with messages.guarded():
    here = chosen.here(rounds, engine=engine, account=account)
    stepper.steps(here, role=account.role)
    st.title("Promises", anchor=False)
    of = {"partnership_id": stepper.with_partnership(here).partnership.id}
    desk = promises.promises_of(engine, account=account, now=clock.now(), **of)
    promises_view.promises(desk.lines, acts=acts)
    promises_view.records(desk.ended)
