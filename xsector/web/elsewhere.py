"""Signing in with an OpenID provider: off we go, /auth/login, /oauth2callback, and a name for a new account."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from hmac import compare_digest
from http.cookies import SimpleCookie
from typing import Final
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from xsector.actions import sharing, signing_in, signing_in_elsewhere
from xsector.errors.access import JourneyError, NotConfirmedError, SignInError, TooManyTriesError, UnknownLinkError
from xsector.errors.common import NotFoundError, XsectorError
from xsector.model.names import LONGEST_NAME
from xsector.ui import providers, resources
from xsector.ui.providers import Provider, Said
from xsector.web import clock, cookies, journeys, papers
from xsector.web.account import shown
from xsector.web.exports import account_of
from xsector.web.forms import fields_of
from xsector.web.journeys import Door, Journey
from xsector.web.offers import offers
from xsector.web.problems import status_of
from xsector.web.roads import INSIDE, is_token, token_of
from xsector.web.signing_in import DOOR

# Each one on the way makes us ask the provider; a flood of them waits here.
ON_THE_WAY: Final = asyncio.Semaphore(4)
NAME_PAGE: Final = "/sign-in/name"
MAKING: Final = frozenset({Door.FIRST, Door.COLLEAGUE})


async def set_off(request: Request) -> Response:
    """Begin a journey from one of our own pages; the next page leads on to the provider."""
    fields = await fields_of(request)
    chosen = providers.provider(fields.get("provider", ""))
    try:
        door = Door(fields.get("door", Door.SIGN_IN))
    except ValueError:
        raise NotFoundError("way to sign in") from None
    journey = Journey(door=door, provider=chosen.key, token=fields.get("token", ""))
    await run_in_threadpool(_check_link, journey)
    return _leads_to(chosen, journey)


async def set_off_from_account(request: Request) -> Response:
    """Begin the journey that ties one's own account to an identity; wants the password once more."""
    fields = await fields_of(request)
    account = await run_in_threadpool(account_of, request)
    chosen = providers.provider(fields.get("provider", ""))
    try:
        async with DOOR:
            token = await run_in_threadpool(
                signing_in_elsewhere.own_link, resources.engine(), account=account, current=fields.get("current", ""),
                now=clock.now(),
            )  # fmt: skip
    except (SignInError, TooManyTriesError) as problem:
        return await run_in_threadpool(shown, request, account, said=problem.sentence(), status=status_of(problem))
    return _leads_to(chosen, Journey(door=Door.TIE, provider=chosen.key, token=token))


async def go(request: Request) -> Response:
    """Lead a browser that has set off to the provider, and remember what it must bring back."""
    journey = journeys.of(request)
    chosen = providers.provider(journey.provider)
    async with ON_THE_WAY:
        answer: Response = await providers.set_off(request)
    there = answer.headers.get("location", "")
    [state] = parse_qs(urlsplit(there).query).get("state", [""])
    if not state or not there.startswith(("https://", "http://")):
        raise NotConfirmedError(chosen.label)
    response = RedirectResponse(there, status_code=303)
    journeys.remember(response, replace(journey, state=state))
    return response


async def arrive(request: Request) -> Response:
    """Let in whoever comes back with a provider's word, as what our own database says they are."""
    journey = journeys.of(request)
    chosen = providers.provider(journey.provider)
    state, issuer = request.query_params.get("state", ""), request.query_params.get("iss", chosen.issuer)
    if not journey.state or not compare_digest(journey.state.encode(), state.encode()):
        raise JourneyError()
    if not providers.same(issuer, chosen.issuer):
        raise NotConfirmedError(chosen.label)
    async with ON_THE_WAY:
        answer: Response = await providers.come_back(request)
    said = _checked(providers.said_in(_set_by(answer)), chosen=chosen)
    # Streamlit's answer ends here, and with it its cookies.
    if journey.door in MAKING:
        response: Response = RedirectResponse(NAME_PAGE, status_code=303)
        there = said.identity
        journeys.remember(response, replace(journey, issuer=there.issuer, subject=there.subject, name=said.name))
        response.delete_cookie(providers.SESSION_COOKIE, path="/")
        return response
    return await _let_in(request, replace(journey, issuer=said.identity.issuer, subject=said.identity.subject))


def ask_name(request: Request) -> Response:
    """The form for the name of an account that a link makes for somebody who is back from a provider."""
    journey = _back_with_link(request)
    _check_link(journey)
    return _name_form(journey, name=journey.name)


async def make(request: Request) -> Response:
    """Make that account and let it in."""
    fields = await fields_of(request)
    journey, name = _back_with_link(request), fields.get("name", "")
    try:
        return await _let_in(request, replace(journey, name=name))
    except (UnknownLinkError, JourneyError):
        raise
    except XsectorError as problem:
        return _name_form(journey, name=name, said=problem.sentence(), status=status_of(problem))


def show_link(request: Request) -> Response:
    """The page of a link that ties an account to an identity; looking uses nothing up."""
    token = token_of(request)
    account = signing_in_elsewhere.look_at_link(resources.engine(), token=token, now=clock.now())
    if not providers.providers():
        raise NotFoundError("way to sign in")
    lead = f"This links the account “{account.name}” ({account.role.value}) to you. The link works once."
    return papers.paper("Link your account", body=papers.words(lead) + offers(Door.TIE, token=token))


def leave(_request: Request) -> Response:
    """Streamlit's own address for signing out; ours does it."""
    return RedirectResponse("/sign-out", status_code=303)


def _back_with_link(request: Request) -> Journey:
    """A journey that ends with a new account, from somebody whom the provider has named.

    Whoever reads the signing key in a backup can write any journey: it must not let an account in that
    is there already, and for a new one they lack the link.
    """
    journey = journeys.of(request)
    if journey.door not in MAKING or not journey.subject:
        raise JourneyError()
    return journey


async def _let_in(request: Request, journey: Journey) -> Response:
    login = await run_in_threadpool(_login_for, journey)
    before = cookies.account_token(request)
    if before is not None:
        await run_in_threadpool(signing_in.sign_out, resources.engine(), token=before)
    response = RedirectResponse(INSIDE, status_code=303)
    cookies.let_account_in(response, token=login)
    journeys.end(response)
    response.delete_cookie(providers.SESSION_COOKIE, path="/")
    return response


def _login_for(journey: Journey) -> str:
    engine, now = resources.engine(), clock.now()
    identity, label = journey.identity, providers.provider(journey.provider).label
    if journey.door is Door.SIGN_IN:
        return signing_in_elsewhere.sign_in(engine, identity=identity, provider=label, now=now)
    if journey.door is Door.TIE:
        return signing_in_elsewhere.tie(engine, token=journey.token, identity=identity, provider=label, now=now)
    make_ = {
        Door.FIRST: signing_in_elsewhere.create_first_account,
        Door.COLLEAGUE: signing_in_elsewhere.create_colleague,
    }[journey.door]
    return make_(engine, token=journey.token, name=journey.name, identity=identity, provider=label, now=now)


def _check_link(journey: Journey) -> None:
    engine, now = resources.engine(), clock.now()
    if journey.door is Door.SIGN_IN:
        return
    if not is_token(journey.token):
        raise UnknownLinkError()
    if journey.door is Door.FIRST:
        signing_in.check_first_token(engine, token=journey.token, now=now)
    elif journey.door is Door.COLLEAGUE:
        sharing.look_at_invitation(engine, token=journey.token, now=now)
    else:
        signing_in_elsewhere.look_at_link(engine, token=journey.token, now=now)


def _leads_to(chosen: Provider, journey: Journey) -> Response:
    # A form may lead to our own pages only, also by a detour; so a page in between leads on by itself.
    there = providers.address_of(chosen)
    response = papers.paper(f"On to {chosen.label}", body=papers.link(there, said="Go on"))
    response.headers["Refresh"] = f"0; url={there}"
    journeys.remember(response, journey)
    return response


def _checked(said: Said | None, *, chosen: Provider) -> Said:
    if said is None or said.provider != chosen.key or not providers.same(said.identity.issuer, chosen.issuer):
        raise NotConfirmedError(chosen.label)
    if chosen.factors and not said.factors & chosen.factors:
        raise NotConfirmedError(chosen.label, factors=False)
    return said


def _set_by(answer: Response) -> dict[str, str]:
    """The cookies that an answer sets."""
    found: dict[str, str] = {}
    for line in answer.headers.getlist("set-cookie"):
        found |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
    return found


def _name_form(journey: Journey, *, name: str, said: str = "", status: int = 200) -> Response:
    label = providers.provider(journey.provider).label
    lead = f"You will sign in with {label}. Others see the name that you choose here."
    form = papers.form(
        papers.field("name", label="Your name", value=name[:LONGEST_NAME], complete="name"), button="Make the account"
    )
    return papers.paper("Make your account", body=papers.words(lead) + papers.problem(said) + form, status=status)
