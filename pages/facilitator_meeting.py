"""Step 5: who has answered, the reveal, and what the wall shows."""

from functools import partial

import streamlit as st

from xsector.actions import releasing, running
from xsector.export import boards
from xsector.model.partner import Role
from xsector.model.round import State
from xsector.reports import price, results, rounds, turnout, wall
from xsector.ui import access, board, chosen, clock, meeting, messages, resources, results_view, round_view, stepper

who = partial(access.require, Role.CONVENER, Role.FACILITATOR)
account, engine = who(), resources.engine()


def act(action, **given):
    """Run an action now, as whoever is signed in now."""
    return action(engine, account=who(), now=clock.now(), **given)


def picture(found, shown):
    """What the wall shows, made once for everybody."""
    what = {"view": shown.view, "item": shown.item, "dark": shown.dark}
    key = boards.result_key(found.release.round_id, part=shown.part, **what)
    return resources.kept(key, lambda: boards.result_board(found=found, **what))


with messages.guarded():
    here = chosen.here(rounds, engine=engine, account=account)
    stepper.steps(here, role=account.role)
    st.title("Reveal", anchor=False)
    round_ = stepper.with_round(here)
    in_ = {"round_id": round_.id}
    round_view.where_it_stands(round_)
    if round_.shown:
        found, on_wall = results.results(engine, account=account, **in_), wall.wall_state(engine, **in_)
        ordered, others = results_view.texts(found)
        texts = {"ordered": ordered, "others": others, "modules": found.modules, "asked": found.release.modules}
        meeting.steering(on_wall, show=partial(act, running.show_on_wall, **in_), **texts)
        if on_wall.view not in {"waiting", "meeting", *meeting.OWN_PAGE}:
            board.board(picture(found, on_wall), key="wall-preview")
    if round_.state in stepper.COLLECTING:
        meeting.turnout(lambda: turnout.turnout(engine, account=who(), **in_))
    if round_.state is State.DRAFT:
        stepper.onward("Round", here=here)
    elif round_.state is State.OPEN:
        round_view.room_code(round_)
        round_view.close(round_, act=partial(act, running.close_round, **in_))
    elif round_.state is State.CLOSED and not round_.over:
        preview, asked = (ask(engine, account=account, **in_) for ask in (price.preview, rounds.questions))
        meeting.revealing(preview, instrument=asked.instrument, act=partial(act, releasing.reveal, **in_))
        round_view.reopen(act=partial(act, running.reopen_round, **in_))
    elif round_.state is State.REVEALED and not round_.over:
        meeting.late(price.preview(engine, account=account, **in_), add=partial(act, releasing.add_late, **in_))
    if round_.state is not State.DRAFT:
        meeting.wall_link(issue=partial(act, running.issue_wall_link, **in_))
    if round_.state in stepper.SHOWN:
        stepper.onward("Agenda", here=here)
