"""The results: where sectors differ, and one question in depth."""

import streamlit as st

from xsector.export import boards
from xsector.model.partner import Role
from xsector.reports import results, rounds
from xsector.ui import access, board, chosen, messages, resources, results_view, stepper

account, engine = access.require(Role.CONVENER, Role.FACILITATOR), resources.engine()
VIEWS = {"item": "Sectors", "within": "Inside each sector", "people": "Everybody"}


def picture(found, *, view, item=None, dark):
    """A picture of what is released, made once for everybody."""
    key = boards.result_key(found.release.round_id, part=found.release.part, view=view, item=item, dark=dark)
    return resources.kept((*key, *sorted(only)), lambda: boards.result_board(view, found=found, item=item, dark=dark))


with messages.guarded():
    here = chosen.here(rounds, engine=engine, account=account)
    stepper.steps(here, role=account.role)
    st.title("Results", anchor=False)
    round_ = stepper.with_results(here)
    stepper.to_felt()
    only, dark = results_view.choose_sectors(here.partnership.sectors), st.context.theme.type == "dark"
    found = results.results(engine, account=account, round_id=round_.id, sectors=only)
    if not results_view.what_is_cut(found, sectors=only):
        st.stop()
    if len(found.release.blocks) > 1:
        board.board(picture(found, view="overview", dark=dark), key="overview")
        results_view.ranked_table(found)
        results_view.themes_table(found)
        results_view.dark_table(found)
        results_view.notes(found)
        st.divider()
    code = results_view.choose_item(found)
    views = VIEWS if code in results_view.texts(found)[0] else {"item": VIEWS["item"]}
    view = st.segmented_control("Shown by", list(views), format_func=views.get, default="item", required=True, key="by")
    board.board(picture(found, view=view, item=code, dark=dark), key="one-item")
    results_view.said(found.words(code))
    results_view.counts_table(found, code=code)
    stepper.onward("Agenda", here=here)
