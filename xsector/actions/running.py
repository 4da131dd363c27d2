"""Running a round: open, close, and what the wall shows."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from xsector.actions.membership import waiting_in
from xsector.actions.permission import convening_round_for_change, leading_round_for_change
from xsector.actions.setting_up import whole
from xsector.errors.common import NotFoundError, SetUpError
from xsector.errors.rounds import RoundStateError, ShownBeforeError
from xsector.model.instrument import COUNTED_KINDS, Instrument
from xsector.model.modules.kinds import Module, Modules, Pass
from xsector.model.modules.trust import CHECK_UP
from xsector.model.partner import RoundFacts
from xsector.model.policy import Tier
from xsector.model.promise import VERSION, promise
from xsector.model.round import State, may_become
from xsector.store import audit, invitations, partnerships, releases, rosters, rounds, sheets, targets, walls, words
from xsector.store.accounts import Account
from xsector.store.engine import Engine, Session, writing

MODULE_VIEWS: Final = {
    "roles": Module.ROLES,
    "stage": Module.STAGE,
    "stage_choices": Module.STAGE,
    "stage_cycle": Module.STAGE,
    "guesses": Module.GUESSES,
    "priorities": Module.PRIORITIES,
    "effort": Module.PRIORITIES,
    "trust": Module.TRUST,
}
"""Pictures of what a module asked."""
VIEWS: Final = ("waiting", "overview", "item", "within", "people", "heat", "words", "felt", "target", *MODULE_VIEWS)
ITEM_VIEWS: Final = frozenset({"item", "within", "people", "words"})


def open_round(engine: Engine, *, account: Account, round_id: int, now: datetime) -> RoundFacts:
    """Open a round: invite the roster and fix what partners are promised.

    Raises
    ------
    SetUpError, RoundStateError, ShownBeforeError
    """
    with writing(engine) as session:
        round_ = convening_round_for_change(session, account=account, round_id=round_id)
        _refuse_unless(round_, State.OPEN, "opened")
        partnership = partnerships.get(session, round_.partnership_id)
        if len(rosters.everyone(session, partnership_id=partnership.id)) < partnership.policy.k:
            raise SetUpError(
                f"Fewer than {partnership.policy.k} people are on the roster, so no answer could ever be shown.",
                remedy="Add people first.",
            )
        if not any(True for _ in rounds.instrument_of(session, round_id).items()):
            raise SetUpError("Every question is switched off.", remedy="Switch some on.")
        if round_.live and partnership.policy.tier is Tier.BY_ORGANISATION:
            raise SetUpError(
                "A live round can't name organisations: nobody knows yet whether all agree.",
                remedy="Choose another protection, or show results after the reveal only.",
            )
        make_the_only_one(session, round_)
        if round_.state is State.DRAFT:
            instrument = whole(session, rounds.instrument_of(session, round_id), partnership_id=partnership.id)
            rounds.set_instrument(session, round_id, instrument=instrument)
            text = promise(
                partnership.policy,
                records_notice=partnership.records_notice,
                live=round_.live,
                by_name=instrument.is_by_name,
                rates=instrument.rates_organisations,
            )
            rounds.freeze(session, round_id, policy=partnership.policy, promise=text, promise_version=VERSION)
            rounds.invite(session, round_id, late=False)
        return _move(session, round_, State.OPEN, account=account, now=now)


def close_round(engine: Engine, *, account: Account, round_id: int, now: datetime) -> RoundFacts:
    """Close an open round: no answer is taken until it is opened again."""
    with writing(engine) as session:
        round_ = leading_round_for_change(session, account=account, round_id=round_id)
        _refuse_unless(round_, State.CLOSED, "closed")
        return _move(session, round_, State.CLOSED, account=account, now=now)


def reopen_round(engine: Engine, *, account: Account, round_id: int, now: datetime) -> RoundFacts:
    """Open a closed round again, as long as nothing was revealed.

    Raises
    ------
    RoundStateError, SetUpError, ShownBeforeError
    """
    with writing(engine) as session:
        round_ = leading_round_for_change(session, account=account, round_id=round_id)
        if round_.state is not State.CLOSED or round_.imported:
            raise RoundStateError(round_.title, round_.state, "opened again")
        make_the_only_one(session, round_)
        return _move(session, round_, State.OPEN, account=account, now=now)


def make_the_only_one(session: Session, round_: RoundFacts) -> None:
    """Let no other round of the partnership take answers; SetUpError where one can't end now."""
    if round_.over:
        raise ShownBeforeError(round_.title)
    partnerships.hold(session, round_.partnership_id)
    _refuse_second(session, round_)
    _end_earlier(session, round_)


def _end_earlier(session: Session, round_: RoundFacts) -> None:
    """Take no late answers any more in rounds that were revealed before; what waits there starts this one."""
    for other in rounds.of_chain(session, round_.partnership_id, chain=round_.chain):
        if other.id != round_.id and other.state is State.REVEALED and not other.over:
            rounds.get_for_change(session, other.id)
            take_no_more(session, other.id)


def take_no_more(session: Session, round_id: int) -> None:
    """End a round: what waits is passed over, and nothing but their links leads to what people said."""
    waiting = [one.participant_id for one in waiting_in(session, round_id)]
    invitations.pass_over(session, round_id, participant_ids=waiting)
    invitations.forget_all_consent(session, round_id)
    sheets.end(session, round_id)
    rounds.set_over(session, round_id)


def invite_newcomers(engine: Engine, *, account: Account, round_id: int, now: datetime) -> int:
    """Invite people who came onto the roster after the round was opened; returns how many."""
    with writing(engine) as session:
        round_ = convening_round_for_change(session, account=account, round_id=round_id)
        if round_.state is not State.OPEN:
            raise RoundStateError(round_.title, round_.state, "given more people")
        invited = rounds.invite(session, round_id, late=True)
        detail = {"people": invited}
        audit.note(
            session,
            actor=account.name,
            action="people invited",
            now=now,
            partnership_id=round_.partnership_id,
            detail=detail,
        )
        return invited


def show_on_wall(
    engine: Engine, *, account: Account, round_id: int, view: str, item: str | None, dark: bool, now: datetime,
    page: int = 0,
) -> None:  # fmt: skip
    """Tell the wall what to show, of comments one *page* at a time; every wall of the round follows.

    Raises
    ------
    RoundStateError
        A result was asked for before the reveal.
    """
    if view not in VIEWS or (view in ITEM_VIEWS) is not (item is not None):
        raise NotFoundError("view")
    with writing(engine) as session:
        round_ = leading_round_for_change(session, account=account, round_id=round_id)
        if view != "waiting" and not round_.shown:
            raise RoundStateError(round_.title, round_.state, "shown")
        asked = rounds.instrument_of(session, round_id)
        if view in absent_views(asked.modules) or (view in MODULE_VIEWS and not _asks(asked, MODULE_VIEWS[view])):
            raise NotFoundError("view")
        if view == "target" and targets.chosen(session, round_) is None:
            raise NotFoundError("target profile")
        if item is not None:
            _refuse_unreleased(session, round_id, item=item, view=view)
        walls.tell(session, round_id, wall={"view": view, "item": item, "page": page, "dark": dark})


def absent_views(modules: Modules) -> frozenset[str]:
    """Pictures of modules that a round with these *modules* can't have: what they show wasn't asked.

    Trust isn't among them: the check-up asks about it by itself.
    """
    chosen = {*modules.chosen(), Module.TRUST}
    absent = {view for view, module in MODULE_VIEWS.items() if module not in chosen}
    if modules.priorities is not None and not {Pass.SHOULD, Pass.NOW} <= set(modules.priorities.passes):
        absent.add("effort")
    return frozenset(absent)


def issue_wall_link(engine: Engine, *, account: Account, round_id: int, now: datetime) -> str:
    """A new token for the read-only wall; an earlier one ends."""
    with writing(engine) as session:
        round_ = leading_round_for_change(session, account=account, round_id=round_id)
        token = walls.issue_link(session, round_id)
        audit.note(
            session, actor=account.name, action="wall link issued", now=now, partnership_id=round_.partnership_id
        )
        return token


def choose_keeping(engine: Engine, *, account: Account, round_id: int, keep: bool, now: datetime) -> None:
    """Choose whether each partner's answers stay readable to them after the reveal."""
    with writing(engine) as session:
        _changeable(session, account=account, round_id=round_id)
        rounds.set_keep_answers(session, round_id, keep=keep)


def choose_live(engine: Engine, *, account: Account, round_id: int, live: bool, now: datetime) -> None:
    """Choose whether groups are counted and shown while the round is open; RoundStateError once it was opened."""
    with writing(engine) as session:
        round_ = _changeable(session, account=account, round_id=round_id)
        if round_.state is not State.DRAFT:
            raise RoundStateError(round_.title, round_.state, "changed")
        rounds.set_live(session, round_id, live=live)


def _changeable(session: Session, *, account: Account, round_id: int) -> RoundFacts:
    round_ = convening_round_for_change(session, account=account, round_id=round_id)
    if round_.shown or sheets.any_started(session, round_id):
        raise RoundStateError(round_.title, round_.state, "changed")
    return round_


def _refuse_second(session: Session, round_: RoundFacts) -> None:
    """Who was counted with whom must not change while answers come in, nor between two openings of a round."""
    begun = sheets.any_started(session, round_.id)
    if begun and releases.made_since(session, round_.partnership_id, round_id=round_.id):
        raise SetUpError(
            f"Results of another round were shown since “{round_.title}” was opened, so it can't go on.",
            remedy="Make a new round.",
        )
    for other in rounds.of_chain(session, round_.partnership_id, chain=round_.chain):
        counts = other.shown or sheets.waiting(session, other.id)
        waits = other.state is State.CLOSED and counts and not (other.imported or other.over)
        if other.id != round_.id and (other.state is State.OPEN or waits):
            raise SetUpError(
                f"The round “{other.title}” is {other.state}, and rounds come one after the other.",
                remedy="Reveal it first; then open this one.",
            )


def _asks(instrument: Instrument, module: Module) -> bool:
    """Whether a round asked a module; the check-up asks about trust by itself."""
    by_itself = module is Module.TRUST and any(item.code in CHECK_UP for item in instrument.items())
    return by_itself or module in instrument.modules.chosen()


def _refuse_unreleased(session: Session, round_id: int, *, item: str, view: str) -> None:
    """Raise NotFoundError unless *item* is released in a way that *view* can show."""
    if view == "words":
        if not any(word.item == item and word.let_through for word in words.of_round(session, round_id)):
            raise NotFoundError("question")
        return
    columns = rounds.layout_of(session, round_id).columns
    counted = {column.item.code for column in columns if column.item.kind in COUNTED_KINDS}
    made = releases.of_round(session, round_id)
    held = {code for release in made for code in release.held}
    rough = {code for release in made for _, code in releases.bands_of(session, release.id)}
    if item not in counted - held or (view != "item" and item in rough):
        raise NotFoundError("question")


def _refuse_unless(round_: RoundFacts, wanted: State, words: str) -> None:
    if not may_become(round_.state, wanted) or (round_.imported and wanted is State.OPEN):
        raise RoundStateError(round_.title, round_.state, words)


def _move(session: Session, round_: RoundFacts, wanted: State, *, account: Account, now: datetime) -> RoundFacts:
    rounds.set_state(session, round_.id, state=wanted, now=now)
    action = f"round {wanted.value}"
    audit.note(session, actor=account.name, action=action, now=now, partnership_id=round_.partnership_id)
    return rounds.get(session, round_.id)
