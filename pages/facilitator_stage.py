"""Where we are on the road: signs seen, work done, pictures chosen, and round after round."""

import streamlit as st

from xsector.export import boards
from xsector.model.partner import Role
from xsector.reports import module_results, rounds, stage
from xsector.ui import access, board, chosen, findings_view, messages, resources, stepper

account, engine = access.require(Role.CONVENER, Role.FACILITATOR), resources.engine()


def picture(view, release, *, dark):
    """One picture of the road, kept as long as nothing more is released."""
    key = boards.result_key(release.round_id, part=release.part, view=view, item=None, dark=dark)
    drawn = resources.kept(key, lambda: boards.module_board(view, release=release, dark=dark))
    board.board(drawn, key=view.replace("_", "-"))


with messages.guarded():
    here = chosen.here(rounds, engine=engine, account=account)
    stepper.steps(here, role=account.role)
    st.title("Stage", anchor=False)
    round_ = stepper.with_results(here)
    stepper.results(module_results.modules_of(engine, account=account, round_id=round_.id))
    found = stage.stage_results(engine, account=account, round_id=round_.id)
    dark = st.context.theme.type == "dark"
    picture("stage", found.release, dark=dark)
    for one in found.findings:
        findings_view.finding(one.title, sentences=[one.found], small=[one.how_sure])
    findings_view.table(found.statements, key="stage", label="Every statement as a table", note=found.note)
    if found.pictures:
        st.subheader("Which picture each sector chose", anchor=False)
        picture("stage_choices", found.release, dark=dark)
        findings_view.table(found.pictures, key="stage-choices", label="The pictures as a table")
    st.subheader("Round after round", anchor=False)
    st.markdown(found.place)
    if found.release.past:
        picture("stage_cycle", found.release, dark=dark)
    else:
        st.caption("From the second round on that asks this, a picture here shows whether you have moved.")
