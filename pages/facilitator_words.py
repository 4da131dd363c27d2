"""What partners wrote: read first, then let through to the room."""

from functools import partial

import streamlit as st

from xsector.actions import reading_words, running
from xsector.export import boards
from xsector.model.partner import Role
from xsector.reports import rounds, wall, words
from xsector.ui import access, chosen, clock, messages, resources, stepper, words_view

who = partial(access.require, Role.CONVENER, Role.FACILITATOR)
account, engine = who(), resources.engine()


def act(action, **given):
    """Run an action now, as whoever is signed in now."""
    return action(engine, account=who(), now=clock.now(), **given)


with messages.guarded():
    here = chosen.here(rounds, engine=engine, account=account)
    stepper.steps(here, role=account.role)
    st.title("Comments", anchor=False)
    in_ = {"round_id": stepper.with_results(here).id}
    found = words.words_of(engine, account=account, **in_)
    if not found:
        words_view.none_yet()
    else:
        question, on_wall = words_view.choose_question(found), wall.wall_state(engine, **in_)
        words_view.on_wall(
            question,
            pages=boards.word_pages(question.text, [word.text for word in question.let_through]),
            page=on_wall.page if (on_wall.view, on_wall.item) == ("words", question.code) else None,
            show=partial(act, running.show_on_wall, **in_),
            dark=on_wall.dark,
        )
        words_view.to_read(
            question,
            let=lambda word, shown: act(reading_words.let_through, word=word, shown=shown, **in_),
            delete=lambda word: act(reading_words.delete_word, word=word, **in_),
        )
