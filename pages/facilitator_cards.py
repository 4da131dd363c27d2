"""Cards: partners write, the facilitator reads and sorts, the room sees, votes, and gives itself rules."""

from functools import partial

import streamlit as st

from xsector.actions import brainstorming, ruling, sorting_cards, voting_cards
from xsector.export import card_boards
from xsector.model.cards import MORE_MINUTES, Stage
from xsector.model.partner import Role
from xsector.reports import cards, rounds, wall
from xsector.ui import access, cards_desk, cards_view, chosen, clock, messages, resources, stepper

who = partial(access.require, Role.CONVENER, Role.FACILITATOR)
account, engine = who(), resources.engine()


def act(action, **given):
    """Run an action now, as whoever is signed in now."""
    return action(engine, account=who(), now=clock.now(), **given)


with messages.guarded():
    here = chosen.here(rounds, engine=engine, account=account)
    stepper.steps(here, role=account.role)
    st.title("Cards", anchor=False)
    in_ = {"round_id": stepper.with_opened(here).id}
    there = cards_view.choose(cards.brainstorms_of(engine, account=account, **in_))
    if there is None:
        cards_view.opening(brainstorming.prompts(), open_=partial(act, brainstorming.open_brainstorm, **in_))
    else:
        of = {**in_, "brainstorm_id": there.id}
        shown = cards.cards_on_wall(engine, **of)
        cards_desk.show(
            cards.board_of(engine, account=account, **of),
            on_wall=wall.wall_state(engine, **in_),
            pages=card_boards.wall_pages(shown),
            do=cards_desk.Doors(
                read=lambda: cards.board_of(engine, account=who(), **of),
                more=partial(act, brainstorming.give_time, minutes=MORE_MINUTES, **of),
                step={
                    Stage.WRITING: partial(act, brainstorming.close_writing, **of),
                    Stage.SORTING: partial(act, brainstorming.release_cards, **of),
                    Stage.SHOWN: partial(act, voting_cards.open_vote, **of),
                    Stage.VOTING: partial(act, voting_cards.close_vote, **of),
                },
                back={
                    Stage.SHOWN: partial(act, brainstorming.take_off, **of),
                    Stage.VOTING: partial(act, voting_cards.cancel_vote, **of),
                },
                sort=lambda name, **given: act(getattr(sorting_cards, name), **given, **of),
                rule=lambda name, **given: act(getattr(ruling, name), **given, **in_),
                show_cards=partial(act, brainstorming.show_cards, **of),
                show_rules=partial(act, brainstorming.show_rules, **in_),
                drop=partial(act, brainstorming.drop_brainstorm, **of),
            ),
        )
