"""/room: who sits in the room scans the QR code or types the code, chooses their name, and gets a link to keep."""

from __future__ import annotations

from html import escape

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from xsector.actions import joining
from xsector.actions.joining import RoomNames
from xsector.errors.access import NameTakenError, RoomBusyError, UnknownCodeError
from xsector.ui import resources
from xsector.web import clock, cookies, papers
from xsector.web.forms import fields_of
from xsector.web.problems import retry_later, status_of
from xsector.web.qr import code_for
from xsector.web.roads import FOLLOW, INSIDE


def ask(request: Request) -> Response:
    """The form for the room code."""
    response, now = _code_form(), clock.now()
    if not cookies.browser_of(request, now=now).name:
        cookies.name_browser(response, now=now)
    return response


async def find(request: Request) -> Response:
    """From the code to the names behind its door, which the browser keeps."""
    fields = await fields_of(request)
    typed, now = fields.get("code", ""), clock.now()
    browser = cookies.browser_of(request, now=now)
    try:
        door = await run_in_threadpool(
            joining.door_for_code, resources.engine(), typed=typed, browser=browser, key=resources.signing_key(),
            now=now,
        )  # fmt: skip
    except (UnknownCodeError, RoomBusyError) as problem:
        response = _code_form(typed=typed, said=problem.sentence(), status=status_of(problem))
        retry_later(response, problem)
        return response
    response = _names_form(await run_in_threadpool(_room, door))
    cookies.remember_door(response, door=door)
    return response


def names(request: Request) -> Response:
    """The names to choose from, for whoever scanned the QR code; looking changes nothing."""
    return _names_form(_room(request.path_params["door"]))


async def step(request: Request) -> Response:
    """From a name to “is it you?”, from there inside."""
    fields = await fields_of(request)
    room = await run_in_threadpool(_room, request.path_params["door"])
    chosen = _chosen(room, given=fields.get("participant", ""))
    if chosen is None:
        return _names_form(room, said="Choose your name." if "participant" in fields else "")
    if fields.get("confirmed") != "yes":
        return _question(room, chosen=chosen)
    return await _let_in(room, chosen=chosen)


def _room(door: str) -> RoomNames:
    return joining.names_behind(resources.engine(), door=door, key=resources.signing_key())


async def _let_in(room: RoomNames, *, chosen: tuple[int, str]) -> Response:
    now = clock.now()
    try:
        token = await run_in_threadpool(
            joining.claim_name, resources.engine(), door=room.door, participant_id=chosen[0],
            key=resources.signing_key(), now=now,
        )  # fmt: skip
    except NameTakenError as problem:
        return _names_form(room, said=problem.sentence(), status=status_of(problem))
    address = resources.settings().address(f"/join/{token}")
    body = (
        papers.words("This is your personal link. Keep it, for example as a photo: it is shown only now.")
        + f'<div class="qr">{code_for(address)}</div><p class="address">{escape(address)}</p>'
        + (papers.link(FOLLOW, said="Follow the meeting") if room.meeting else papers.link(INSIDE, said="Start"))
    )
    response = papers.paper(f"Welcome, {chosen[1]}", body=body)
    cookies.let_partner_in(response, token=token, now=now)
    return response


def _chosen(room: RoomNames, *, given: str) -> tuple[int, str] | None:
    return next((one for one in room.names if str(one[0]) == given), None)


def _code_form(*, typed: str = "", said: str = "", status: int = 200) -> Response:
    field = papers.field("code", label="Room code", value=typed, look="code")
    form = papers.form(field, button="Go on", action="/room")
    lead = papers.words("The code of eight letters and digits is on the screen in the room, beside a QR code.")
    return papers.paper("Come in with a room code", body=lead + papers.problem(said) + form, status=status)


def _names_form(room: RoomNames, *, said: str = "", status: int = 200) -> Response:
    lead = papers.words(f"{room.partnership}: {room.round_title}")
    if not room.names:
        lead += papers.problem("Every name has been taken. Use your personal link, or ask the convener for a new one.")
        return papers.paper("Who are you?", body=lead, status=status)
    options = tuple((str(number), said_as) for number, said_as in room.names)
    form = papers.form(
        papers.choice("participant", label="Your name", options=options),
        button="Go on",
        action=_address(room),
    )
    form += papers.words("Your name is not here? Then your personal link was opened before: use that link.")
    return papers.paper("Who are you?", body=lead + papers.problem(said) + form, status=status)


def _question(room: RoomNames, *, chosen: tuple[int, str]) -> Response:
    form = papers.form(
        papers.hidden("participant", value=str(chosen[0])),
        papers.hidden("confirmed", value="yes"),
        button="Yes, that is me",
        action=_address(room),
    )
    body = papers.words("A name can be taken once. If you choose another's, they can't come in.") + form
    back = f'<p><a href="{escape(_address(room))}">No, go back</a></p>'
    return papers.paper(f"Are you {chosen[1]}?", body=body + back)


def _address(room: RoomNames) -> str:
    return f"/room/{room.door}"
