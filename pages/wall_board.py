"""The room's screen: full size, read only, follows the facilitator."""

from xsector.export import boards, card_boards
from xsector.model.partner import Role
from xsector.model.round import State
from xsector.reports import cards, felt
from xsector.reports import wall as reported
from xsector.ui import access, meeting, messages, resources, timer, wall

round_, engine = access.require(Role.WALL), resources.engine()


def newest():
    """The round's revision, for whoever holds the wall's link now."""
    return reported.wall_revision(engine, round_id=access.require(Role.WALL).id)


def on_cards(state):
    """The brainstorm that the facilitator chose."""
    return cards.cards_on_wall(engine, round_id=round_.id, brainstorm_id=int(state.item))


def clock_of(state):
    """What draws the clock above the picture; None where time doesn't matter."""
    found = on_cards(state) if state.view == "cards" else None
    place = card_boards.clock_on(found, dark=state.dark) if found else None
    return place and (lambda: timer.timer_over(found.brainstorm.ends_at, place=place, key="wall-clock"))


def picture(state):
    """What the facilitator chose, or how many have answered."""
    if state.view == "waiting":
        room_code = state.room_code if state.state is State.OPEN else None
        return boards.waiting_board(
            state.title, subtitle=wall.invitation(state.partnership, room_code=room_code),
            answered=state.answered, invited=state.invited, sectors=state.sectors, dark=state.dark,
            code=wall.way_in(round_.id, room_code=room_code),
        )  # fmt: skip
    if state.view == "cards":
        return card_boards.cards_board(on_cards(state), page=state.page, dark=state.dark)
    if state.view == "rules":
        rule, of = cards.rule_on_wall(engine, round_id=round_.id, page=state.page)
        return card_boards.rule_board(rule, page=min(state.page, of - 1), of=of, dark=state.dark)
    if state.view == "words":
        question, texts = reported.words_on_wall(engine, round_id=round_.id, item=state.item)
        turnout = {"invited": state.invited, "answered": state.answered}
        return boards.words_board(question, texts=texts, page=state.page, dark=state.dark, **turnout)
    if state.view in {"felt", "target"}:
        return boards.felt_board(state.view, told=felt.felt_on_wall(engine, round_id=round_.id), dark=state.dark)
    found = resources.kept(("found", round_.id, state.part), lambda: reported.wall_results(engine, round_id=round_.id))
    return boards.result_board(state.view, found=found, item=state.item, dark=state.dark)


with messages.guarded():
    state = reported.wall_state(engine, round_id=round_.id)
    by_revision = state.view in {"waiting", *meeting.OWN_PAGE}
    what = {"part": state.part, "view": state.view, "item": state.item, "dark": state.dark}
    key = (state.view, round_.id, state.revision) if by_revision else boards.result_key(round_.id, **what)
    drawn = resources.kept(key, lambda: picture(state))
    wall.wall(drawn, revision=state.revision, newest=newest, clock=clock_of(state))
