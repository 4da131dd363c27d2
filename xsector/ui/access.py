"""Who is here, found out anew on every run from the browser's cookies, and who may go on."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, NoReturn, overload

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from xsector.actions import joining, notices, signing_in
from xsector.model.partner import Respondent, Role, RoundFacts
from xsector.store.accounts import Account
from xsector.store.crypto import fingerprint
from xsector.ui import clock, doors, resources, visits
from xsector.ui.identity import cookie_names, held

AT_MOST: Final = timedelta(seconds=1)
_LAST: Final = threading.local()
_IDENTITY: Final = "xsector.identity"
_WHAT: Final[Mapping[Role, str]] = {
    Role.PARTNER: "This page is for partners who came in with their personal link or a room code.",
    Role.WALL: "This page is the room's screen. It opens with the wall link that the facilitator makes.",
    Role.CONVENER: "This page is for conveners.",
    Role.FACILITATOR: "This page is for conveners and facilitators.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Everybody this browser is signed in as; mostly one of the three."""

    account: Account | None
    respondent: Respondent | None
    wall: RoundFacts | None


_NOBODY: Final = Who(account=None, respondent=None, wall=None)


def who() -> Who:
    """Who is here. If the session belonged to somebody else, it is emptied and starts again.

    A session's id alone brings a session back, so what it remembers proves nothing.
    """
    found = _found(dict(_cookies()))
    mark = _mark(found)
    if st.session_state.setdefault(_IDENTITY, mark) != mark:
        st.session_state.clear()
        st.session_state[_IDENTITY] = mark
        st.rerun()
    return found


@overload
def require(role: Literal[Role.PARTNER], /) -> Respondent: ...
@overload
def require(role: Literal[Role.WALL], /) -> RoundFacts: ...
@overload
def require(*roles: Literal[Role.CONVENER, Role.FACILITATOR]) -> Account: ...
def require(*roles: Role) -> Account | Respondent | RoundFacts:
    """Whoever is here in one of *roles*; anybody else is told where to go, and the page ends."""
    here = who()
    if Role.PARTNER in roles and here.respondent is not None:
        return here.respondent
    if Role.WALL in roles and here.wall is not None:
        return here.wall
    if here.account is not None and here.account.role in roles:
        return here.account
    if here != _NOBODY:
        # A stranger who opens a page is shown the door; somebody who is in tries what isn't theirs.
        notices.count(actor=here.account.name if here.account else notices.SOMEBODY, action="page refused")
    return _turn_away(roles)


def still(partner: Respondent) -> Respondent:
    """*partner*, if the browser's cookie still holds the link with which they came; else whoever is here.

    For a tap: the statement that saves it finds out by itself whether the link is still theirs.
    """
    token = _partner_token(_cookies())
    if token is not None and fingerprint(token) == partner.link_sha256:
        return partner
    return require(Role.PARTNER)


def _turn_away(roles: tuple[Role, ...]) -> NoReturn:
    wanted = Role.FACILITATOR if Role.FACILITATOR in roles else roles[0]
    st.title("You are not signed in for this page")
    st.write(_WHAT[wanted])
    if wanted in {Role.CONVENER, Role.FACILITATOR}:
        doors.link("Sign in", path="/sign-in", look="primary", key="turned_away_sign_in")
    elif wanted is Role.PARTNER:
        st.write("Open your personal link again, or type the code that is on the screen in the room.")
        doors.link("Room code", path="/room", look="primary", key="turned_away_room")
    st.stop()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    context: object
    cookies: Mapping[str, str]
    at: datetime
    found: Who


def _found(cookies: Mapping[str, str]) -> Who:
    """Who brings *cookies*; asked once for all the code that one tap sets off."""
    context, now = get_script_run_ctx(suppress_warning=True), clock.now()
    last: _Asked | None = getattr(_LAST, "asked", None)
    # The thread and its context end with the runs of one tap; the second is for one that never gets a rest.
    known = last is not None and context is not None and last.context is context and last.cookies == cookies
    if last is not None and known and now - last.at < AT_MOST:
        return last.found
    found = _from_cookies(cookies)
    _LAST.asked = _Asked(context=context, cookies=cookies, at=now, found=found)
    return found


def _cookies() -> Mapping[str, str]:
    return st.context.cookies


def _from_cookies(cookies: Mapping[str, str]) -> Who:
    engine, now = resources.engine(), clock.now()
    names = cookie_names(secure=resources.settings().secure)
    login, wall = held(cookies, names.account), held(cookies, names.wall)
    token = _partner_token(cookies)
    return Who(
        account=signing_in.account_of(engine, token=login, now=now) if login else None,
        respondent=joining.respondent_of(engine, token=token) if token else None,
        wall=joining.wall_of_token(engine, token=wall) if wall else None,
    )


def _partner_token(cookies: Mapping[str, str]) -> str | None:
    partner = held(cookies, cookie_names(secure=resources.settings().secure).partner)
    return visits.token_in(partner, key=resources.signing_key(), now=clock.now()) if partner else None


def _mark(found: Who) -> str:
    people = (
        found.account and found.account.id,
        found.respondent and found.respondent.key,
        found.wall and found.wall.id,
    )
    return hashlib.sha256(repr(people).encode()).hexdigest()
