"""What we guessed of each other: gaps that nobody sees, gaps that are not there, and what we know well."""

import streamlit as st

from xsector.export import boards
from xsector.model.partner import Role
from xsector.reports import guesses, module_results, rounds
from xsector.ui import access, board, chosen, findings_view, messages, resources, stepper

account, engine = access.require(Role.CONVENER, Role.FACILITATOR), resources.engine()


def guess(one):
    """One guess in a frame."""
    findings_view.finding(one.title, sentences=[one.found, one.by_group], small=[one.based_on, one.how_sure])


with messages.guarded():
    here = chosen.here(rounds, engine=engine, account=account)
    stepper.steps(here, role=account.role)
    st.title("Guesses", anchor=False)
    round_ = stepper.with_results(here)
    stepper.results(module_results.modules_of(engine, account=account, round_id=round_.id))
    found = guesses.guess_results(engine, account=account, round_id=round_.id)
    dark = st.context.theme.type == "dark"
    key = boards.result_key(round_.id, part=found.release.part, view="guesses", item=None, dark=dark)
    drawn = resources.kept(key, lambda: boards.module_board("guesses", release=found.release, dark=dark))
    board.board(drawn, key="guesses")
    urgent = [one for one in found.guesses if one.is_urgent]
    calm = [one for one in found.guesses if not one.is_urgent]
    if urgent:
        st.subheader("Worth a talk", anchor=False)
    for one in urgent:
        guess(one)
    if calm:
        st.subheader("The other guesses", anchor=False)
    for one in calm:
        guess(one)
    if found.silent:
        st.info(found.silent)
    findings_view.table(found.table, key="guesses", label="The same as a table, group by group", note=found.note)
