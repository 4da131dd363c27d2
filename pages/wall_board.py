"""The room's screen: full size, read only, follows the facilitator."""

from xsector.export import boards, card_boards, meeting_boards
from xsector.model.partner import Role
from xsector.model.round import State
from xsector.reports import cards, felt
from xsector.reports import wall as reported
from xsector.ui import access, clock, meeting, messages, resources, timer, wall

round_, engine = access.require(Role.WALL), resources.engine()


def newest():
    """The round's revision, for whoever holds the wall's link now."""
    return reported.wall_revision(engine, round_id=access.require(Role.WALL).id)


def on_cards(state):
    """The brainstorm that the facilitator chose."""
    return cards.cards_on_wall(engine, round_id=round_.id, brainstorm_id=int(state.item))


def clock_of(state):
    """What draws the clock above the picture; None where time doesn't matter."""
    on = {"cards": card_boards, "meeting": meeting_boards}.get(state.view)
    place = on and on.clock_on(state.room if on is meeting_boards else on_cards(state), dark=state.dark)
    return place and (lambda: timer.timer_over(place.ends_at, place=place, key="wall-clock"))


def picture(state):
    """What the facilitator chose, or how many have answered."""
    dark, turnout = {"dark": state.dark}, {"answered": state.answered, "invited": state.invited}
    code = state.room_code if state.room or state.state is State.OPEN else None
    door = wall.door(round_.id, partnership=state.partnership, room_code=code)
    if state.view == "waiting":
        return boards.waiting_board(state.title, sectors=state.sectors, **door.words, **turnout, **dark)
    if state.view == "meeting":
        return meeting_boards.meeting_board(state.room, door=door, today=clock.now().date(), **dark)
    if state.view == "cards":
        return card_boards.cards_board(on_cards(state), page=state.page, **dark)
    if state.view == "rules":
        rule, of = cards.rule_on_wall(engine, round_id=round_.id, page=state.page)
        return card_boards.rule_board(rule, page=min(state.page, of - 1), of=of, **dark)
    if state.view == "words":
        question, texts = reported.words_on_wall(engine, round_id=round_.id, item=state.item)
        return boards.words_board(question, texts=texts, page=state.page, **turnout, **dark)
    if state.view in {"felt", "target"}:
        return boards.felt_board(state.view, told=felt.felt_on_wall(engine, round_id=round_.id), **dark)
    found = resources.kept(("found", round_.id, state.part), lambda: reported.wall_results(engine, round_id=round_.id))
    draw = meeting_boards.result_board if state.room else boards.result_board
    return draw(state.view, found=found, item=state.item, **dark)


with messages.guarded():
    state = reported.wall_state(engine, round_id=round_.id)
    what = {"part": state.part, "view": state.view, "item": state.item, "dark": state.dark}
    by_revision = state.view in {"waiting", "meeting", *meeting.OWN_PAGE}
    key = (state.view, state.revision) if by_revision else (bool(state.room),)
    drawn = resources.kept((*key, *boards.result_key(round_.id, **what)), lambda: picture(state))
    wall.wall(drawn, revision=state.revision, newest=newest, clock=clock_of(state))
