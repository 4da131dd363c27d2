"""Trust: between sectors, and by dimension in partners and in the partnership."""

import streamlit as st

from xsector.export import boards
from xsector.model.partner import Role
from xsector.reports import module_results, rounds, trust
from xsector.ui import access, board, chosen, messages, resources, stepper, trust_view

account, engine = access.require(Role.CONVENER, Role.FACILITATOR), resources.engine()


def picture(view, release):
    """One picture of trust, made once for everybody."""
    dark = st.context.theme.type == "dark"
    key = boards.result_key(release.round_id, part=release.part, view=view, item=None, dark=dark)
    board.board(resources.kept(key, lambda: boards.module_board(view, release=release, dark=dark)), key=view)


with messages.guarded():
    here = chosen.here(rounds, engine=engine, account=account)
    stepper.steps(here, role=account.role)
    st.title("Trust", anchor=False)
    round_ = stepper.with_results(here)
    stepper.results(module_results.modules_of(engine, account=account, round_id=round_.id))
    found = trust.trust_results(engine, account=account, round_id=round_.id)
    if found.sectors:
        picture("trust", found.release)
        trust_view.note(found.note)
    trust_view.findings(found.findings)
    if found.dimensions:
        picture("trust_dimensions", found.release)
        trust_view.note(found.dimensions_note)
    trust_view.matters(found.matters)
    trust_view.table(found.sectors, name="Between sectors, as a table", key="trust-sectors")
    trust_view.table(found.dimensions, name="By dimension, as a table", key="trust-dimensions")
