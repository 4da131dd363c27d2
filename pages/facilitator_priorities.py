"""What comes first: what groups put first, whether effort follows words, and how answers spread."""

import streamlit as st

from xsector.export import boards
from xsector.model.partner import Role
from xsector.reports import module_results, priorities, rounds
from xsector.ui import access, board, chosen, messages, priorities_view, resources, stepper

account, engine = access.require(Role.CONVENER, Role.FACILITATOR), resources.engine()


def picture(found, view, code, *, dark):
    """The picture that was chosen."""
    if view == "spread":
        return boards.spread_board(code, release=found.release, dark=dark)
    return boards.module_board(view, release=found.release, dark=dark)


with messages.guarded():
    here = chosen.here(rounds, engine=engine, account=account)
    stepper.steps(here, role=account.role)
    st.title("Priorities", anchor=False)
    round_ = stepper.with_results(here)
    stepper.results(module_results.modules_of(engine, account=account, round_id=round_.id))
    found = priorities.priority_results(engine, account=account, round_id=round_.id)
    dark = st.context.theme.type == "dark"
    view, code = priorities_view.choose_picture(found.options, effort=bool(found.effort))
    key = boards.result_key(round_.id, part=found.release.part, view=view, item=code, dark=dark)
    board.board(resources.kept(key, lambda: picture(found, view, code, dark=dark)), key="priorities")
    priorities_view.findings(found.found)
    priorities_view.views(found.views, effort=found.effort, notes=found.notes)
