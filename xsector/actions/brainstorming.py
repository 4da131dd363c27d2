"""A brainstorm on cards, as its facilitator leads it: open, more time, end of writing, release, throw away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from xsector.actions.permission import leading_round_for_change
from xsector.errors.cards import BrainstormBusyError, BrainstormStageError, TooFewWritersError
from xsector.errors.common import NotFoundError, SetUpError
from xsector.errors.rounds import RoundStateError
from xsector.model.cards import (
    CALLING,
    FEWEST_WRITERS,
    LONGEST_MINUTES,
    LONGEST_PROMPT,
    ON_SHOW,
    Brainstorm,
    Stage,
    heaps_of,
)
from xsector.model.cards_file import Prompt, read_prompts
from xsector.model.names import clean_line
from xsector.model.partner import RoundFacts
from xsector.model.round import State
from xsector.settings import DATA
from xsector.store import audit, brainstorms, card_drafts, ground_rules, invitations, rounds, walls
from xsector.store.accounts import Account
from xsector.store.engine import Engine, Session, forget_log, writing


def prompts() -> tuple[Prompt, ...]:
    """What partners may be asked to write cards about."""
    return read_prompts(DATA / "guides" / "cards.yaml")


def open_brainstorm(
    engine: Engine, *, account: Account, round_id: int, code: str, text: str, minutes: int, now: datetime
) -> Brainstorm:
    """Ask everybody who is invited to the round for cards; its walls show the prompt.

    *code* names the prompt whose themes the cards are sorted by; *text* is the wording, the prompt's own or another.

    Raises
    ------
    SetUpError, RoundStateError, BrainstormBusyError
    """
    prompt = _prompt(code)
    with writing(engine) as session:
        round_ = leading_round_for_change(session, account=account, round_id=round_id)
        asked = clean_line(text, longest=LONGEST_PROMPT, what="prompt")
        if not 1 <= minutes <= LONGEST_MINUTES:
            raise SetUpError(f"The time must be 1 to {LONGEST_MINUTES} minutes.", remedy="Choose another time.")
        if round_.state in {State.DRAFT, State.ARCHIVED}:
            raise RoundStateError(round_.title, round_.state, "used for cards")
        _refuse_few(session, round_)
        for other in brainstorms.of_partnership(session, round_.partnership_id):
            if other.stage in CALLING:
                raise BrainstormBusyError(other.prompt)
        ends_at = now + timedelta(minutes=minutes)
        made = brainstorms.add(
            session, round_id=round_id, prompt=asked, vote=prompt.vote, themes=prompt.themes, ends_at=ends_at
        )
        put_on_wall(session, round_id, view="cards", item=str(made.id), page=0)
        tell(session, round_, actor=account.name, action="cards opened", now=now)
        return made


def give_time(
    engine: Engine, *, account: Account, round_id: int, brainstorm_id: int, minutes: int, now: datetime
) -> None:
    """Let the room write *minutes* longer, counted from now if the time is up."""
    with writing(engine) as session:
        round_ = leading_round_for_change(session, account=account, round_id=round_id)
        there = staged(session, round_, brainstorm_id, stages={Stage.WRITING}, what="Giving more time")
        longest = now + timedelta(minutes=LONGEST_MINUTES)
        ends_at = min(max(there.ends_at, now) + timedelta(minutes=minutes), longest)
        brainstorms.set_end(session, brainstorm_id, ends_at=ends_at)
        rounds.bump(session, round_id)


def close_writing(engine: Engine, *, account: Account, round_id: int, brainstorm_id: int, now: datetime) -> None:
    """End writing: deal the cards at random, and forget all that leads from them to their authors.

    Raises
    ------
    TooFewWritersError
        Nothing is changed.
    """
    with writing(engine) as session:
        round_ = leading_round_for_change(session, account=account, round_id=round_id)
        staged(session, round_, brainstorm_id, stages={Stage.WRITING}, what="Ending the writing")
        wrote = card_drafts.writers(session, brainstorm_id)
        least = round_.policy.m
        if wrote.people < FEWEST_WRITERS or wrote.organisations < least:
            raise TooFewWritersError(wrote.people, least=FEWEST_WRITERS, organisations=least)
        brainstorms.deal(session, brainstorm_id, texts=card_drafts.texts(session, brainstorm_id))
        card_drafts.forget(session, brainstorm_id)
        brainstorms.set_stage(session, brainstorm_id, stage=Stage.SORTING, writers=wrote.people)
        tell(session, round_, actor=account.name, action="cards closed", now=now)
    forget_log(engine)


def release_cards(engine: Engine, *, account: Account, round_id: int, brainstorm_id: int, now: datetime) -> None:
    """Let the room see the cards that aren't hidden; its walls show the first page."""
    with writing(engine) as session:
        round_ = leading_round_for_change(session, account=account, round_id=round_id)
        there = staged(session, round_, brainstorm_id, stages={Stage.SORTING}, what="Showing the cards")
        if not heaps_of(there.themes, brainstorms.cards(session, brainstorm_id)):
            raise SetUpError("Every card is hidden, so there is nothing to show.", remedy="Show one at least.")
        brainstorms.set_stage(session, brainstorm_id, stage=Stage.SHOWN)
        put_on_wall(session, round_id, view="cards", item=str(brainstorm_id), page=0)
        tell(session, round_, actor=account.name, action="cards shown", now=now)


def take_off(engine: Engine, *, account: Account, round_id: int, brainstorm_id: int, now: datetime) -> None:
    """Show the room no card of a brainstorm any more; they wait to be sorted again."""
    with writing(engine) as session:
        round_ = leading_round_for_change(session, account=account, round_id=round_id)
        staged(session, round_, brainstorm_id, stages={Stage.SHOWN}, what="Taking the cards off")
        brainstorms.set_stage(session, brainstorm_id, stage=Stage.SORTING)
        tell(session, round_, actor=account.name, action="cards taken off", now=now)


def drop_brainstorm(engine: Engine, *, account: Account, round_id: int, brainstorm_id: int, now: datetime) -> None:
    """Throw a brainstorm away for good, with its cards and votes; rules that came of it stay."""
    with writing(engine) as session:
        round_ = leading_round_for_change(session, account=account, round_id=round_id)
        here(session, round_, brainstorm_id)
        brainstorms.remove(session, brainstorm_id)
        told = walls.told(session, round_id)
        if (told.get("view"), told.get("item")) == ("cards", str(brainstorm_id)):
            put_on_wall(session, round_id, view="overview" if round_.shown else "waiting", item=None, page=0)
        tell(session, round_, actor=account.name, action="cards thrown away", now=now)
    forget_log(engine)


def show_cards(
    engine: Engine, *, account: Account, round_id: int, brainstorm_id: int, page: int, dark: bool, now: datetime
) -> None:
    """Put a brainstorm on the walls of its round, at *page* where it has several."""
    with writing(engine) as session:
        round_ = leading_round_for_change(session, account=account, round_id=round_id)
        here(session, round_, brainstorm_id)
        put_on_wall(session, round_id, view="cards", item=str(brainstorm_id), page=page, dark=dark)


def show_rules(engine: Engine, *, account: Account, round_id: int, page: int, dark: bool, now: datetime) -> None:
    """Put one of the round's rules on its walls, by its place from 0; NotFoundError if there is none."""
    with writing(engine) as session:
        leading_round_for_change(session, account=account, round_id=round_id)
        if not 0 <= page < len(ground_rules.of_round(session, round_id)):
            raise NotFoundError("rule")
        put_on_wall(session, round_id, view="rules", item=None, page=page, dark=dark)


def here(session: Session, round_: RoundFacts, brainstorm_id: int) -> Brainstorm:
    """The brainstorm, if it is one of the round's."""
    found = brainstorms.get(session, brainstorm_id)
    if found.round_id != round_.id:
        raise NotFoundError("brainstorm")
    return found


def staged(
    session: Session, round_: RoundFacts, brainstorm_id: int, *, stages: set[Stage] | frozenset[Stage], what: str
) -> Brainstorm:
    """The brainstorm, if it is one of the round's and in one of *stages*; BrainstormStageError says *what* failed."""
    found = here(session, round_, brainstorm_id)
    if found.stage not in stages:
        raise BrainstormStageError(what)
    return found


def put_on_wall(session: Session, round_id: int, **wall: Any) -> None:  # Any: what the wall's state holds
    """Change what the walls of a round show; what isn't named stays."""
    told: Mapping[str, Any] = {**walls.told(session, round_id), **wall}
    walls.tell(session, round_id, wall=told)


def tell(session: Session, round_: RoundFacts, *, actor: str, action: str, now: datetime) -> None:
    """The walls look again; the log says what was done, and nothing of any card."""
    rounds.bump(session, round_.id)
    detail = {"round": round_.id}
    audit.note(session, actor=actor, action=action, now=now, partnership_id=round_.partnership_id, detail=detail)


def may_be_seen(found: Brainstorm) -> bool:
    """Whether the room may see the cards."""
    return found.stage in ON_SHOW


def _prompt(code: str) -> Prompt:
    found = next((one for one in prompts() if one.code == code), None)
    if found is None:
        raise NotFoundError("prompt")
    return found


def _refuse_few(session: Session, round_: RoundFacts) -> None:
    invited = invitations.turnout(session, round_.id)
    organisations = {organisation for _, _, organisation, _ in invited}
    if len(invited) < FEWEST_WRITERS or len(organisations) < round_.policy.m:
        raise SetUpError(
            f"Cards are shown only if at least {FEWEST_WRITERS} people from {round_.policy.m} organisations wrote, and "
            f"fewer are invited to “{round_.title}”.",
            remedy="Use paper, or talk.",
        )
