"""Felt and real agreement: what we think we share, what we answer, and the way to what we wish to be."""

from functools import partial

import streamlit as st

from xsector.actions import aiming, running
from xsector.export import boards
from xsector.model.partner import Role
from xsector.reports import felt, module_results, rounds, wall
from xsector.ui import access, board, chosen, clock, felt_view, messages, resources, stepper

who = partial(access.require, Role.CONVENER, Role.FACILITATOR)
account, engine = who(), resources.engine()


def act(action, **given):
    """Run an action now, as whoever is signed in now."""
    return action(engine, account=who(), now=clock.now(), **given)


def picture(found, *, view, dark):
    """One of the two pictures, made once for everybody."""
    key = boards.result_key(
        found.release.round_id, part=found.release.part, view=view, item=found.target and found.target.code, dark=dark
    )
    return resources.kept(key, lambda: boards.felt_board(view, told=found, dark=dark))


with messages.guarded():
    here = chosen.here(rounds, engine=engine, account=account)
    stepper.steps(here, role=account.role)
    st.title("Felt and real", anchor=False)
    in_ = {"round_id": stepper.with_results(here).id}
    stepper.results(module_results.modules_of(engine, account=account, **in_))
    found, on_wall = felt.felt_report(engine, account=account, **in_), wall.wall_state(engine, **in_)
    dark, show = st.context.theme.type == "dark", partial(act, running.show_on_wall, **in_)
    to_wall = partial(felt_view.wall_button, on_wall=on_wall.view, show=show, dark=on_wall.dark)
    board.board(picture(found, view="felt", dark=dark), key="felt")
    to_wall("felt")
    felt_view.said(found)
    felt_view.goals(found)
    felt_view.fit(found)
    felt_view.choose_target(found, choose=partial(act, aiming.choose_target, **in_))
    if found.aimed is not None:
        board.board(picture(found, view="target", dark=dark), key="target-picture")
        to_wall("target")
        felt_view.way(found)
    stepper.onward("Agenda", here=here)
