"""/room: who sits in the room types the code on the screen, chooses their name, and gets a link to keep."""

from __future__ import annotations

import secrets
from html import escape

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from xsector.actions import joining
from xsector.actions.joining import RoomNames
from xsector.errors import NameTakenError, TooManyTriesError, UnknownCodeError
from xsector.ui import resources
from xsector.web import clock, cookies, papers
from xsector.web.forms import fields_of
from xsector.web.problems import status_of
from xsector.web.qr import code_for
from xsector.web.roads import INSIDE


def ask(request: Request) -> Response:
    """The form for the room code."""
    response = _code_form()
    if not cookies.browser_of(request):
        cookies.remember_browser(response, browser=secrets.token_urlsafe(16))
    return response


async def step(request: Request) -> Response:
    """From the code to the names, from a name to “is it you?”, from there inside."""
    fields = await fields_of(request)
    typed, browser = fields.get("code", ""), cookies.browser_of(request)
    try:
        room = await run_in_threadpool(
            joining.names_for_code, resources.engine(), typed=typed, browser=browser, now=clock.now()
        )
    except (UnknownCodeError, TooManyTriesError) as problem:
        return _code_form(typed=typed, said=problem.sentence(), status=status_of(problem))
    chosen = _chosen(room, given=fields.get("participant", ""))
    if chosen is None:
        return _names_form(room, said="Choose your name." if "participant" in fields else "")
    if fields.get("confirmed") != "yes":
        return _question(room, chosen=chosen)
    return await _let_in(room, chosen=chosen, browser=browser)


async def _let_in(room: RoomNames, *, chosen: tuple[int, str], browser: str) -> Response:
    now = clock.now()
    try:
        token = await run_in_threadpool(
            joining.claim_name, resources.engine(), typed=room.code, participant_id=chosen[0], browser=browser, now=now
        )
    except NameTakenError as problem:
        return _names_form(room, said=problem.sentence(), status=status_of(problem))
    address = resources.settings().address(f"/join/{token}")
    body = (
        papers.words("This is your personal link. Keep it, for example as a photo: it is shown only now.")
        + f'<div class="qr">{code_for(address)}</div><p class="address">{escape(address)}</p>'
        + papers.link(INSIDE, said="Start")
    )
    response = papers.paper(f"Welcome, {chosen[1]}", body=body)
    cookies.let_partner_in(response, token=token, now=now)
    return response


def _chosen(room: RoomNames, *, given: str) -> tuple[int, str] | None:
    return next((one for one in room.names if str(one[0]) == given), None)


def _code_form(*, typed: str = "", said: str = "", status: int = 200) -> Response:
    field = papers.field("code", label="Room code", value=typed, look="code")
    form = papers.form(field, button="Go on", action="/room")
    lead = papers.words("The code of eight letters and digits is on the screen in the room.")
    return papers.paper("Come in with a room code", body=lead + papers.problem(said) + form, status=status)


def _names_form(room: RoomNames, *, said: str = "", status: int = 200) -> Response:
    lead = papers.words(f"{room.partnership}: {room.round_title}")
    if not room.names:
        lead += papers.problem("Every name has been taken. Use your personal link, or ask the convener for a new one.")
        return papers.paper("Who are you?", body=lead, status=status)
    options = tuple((str(number), said_as) for number, said_as in room.names)
    form = papers.form(
        papers.hidden("code", value=room.code),
        papers.choice("participant", label="Your name", options=options),
        button="Go on",
        action="/room",
    )
    return papers.paper("Who are you?", body=lead + papers.problem(said) + form, status=status)


def _question(room: RoomNames, *, chosen: tuple[int, str]) -> Response:
    form = papers.form(
        papers.hidden("code", value=room.code),
        papers.hidden("participant", value=str(chosen[0])),
        papers.hidden("confirmed", value="yes"),
        button="Yes, that is me",
        action="/room",
    )
    body = papers.words("A name can be taken once. If you choose another's, they can't come in.") + form
    return papers.paper(f"Are you {chosen[1]}?", body=body + '<p><a href="/room">No, go back</a></p>')
