"""Who does what: jobs that two claim, jobs that nobody leads, and work that nobody sees."""

import streamlit as st

from xsector.export import boards
from xsector.model.partner import Role
from xsector.reports import module_results, roles, rounds
from xsector.ui import access, board, chosen, messages, resources, roles_view, stepper

account, engine = access.require(Role.CONVENER, Role.FACILITATOR), resources.engine()

with messages.guarded():
    here = chosen.here(rounds, engine=engine, account=account)
    stepper.steps(here, role=account.role)
    st.title("Roles", anchor=False)
    round_ = stepper.with_results(here)
    stepper.results(module_results.modules_of(engine, account=account, round_id=round_.id))
    found = roles.role_results(engine, account=account, round_id=round_.id)
    dark = st.context.theme.type == "dark"
    key = boards.result_key(round_.id, part=found.release.part, view="roles", item=None, dark=dark)
    board.board(
        resources.kept(key, lambda: boards.module_board("roles", release=found.release, dark=dark)), key="roles"
    )
    roles_view.jobs(found.jobs, overloads=found.overloads)
    roles_view.table(found.table, note=found.note)
