"""/colleague/{token}: a convener's link by which a colleague makes their own account, once."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from xsector.actions import sharing
from xsector.actions.sharing import Invitation
from xsector.errors.access import PasswordsDifferError, UnknownLinkError
from xsector.errors.common import XsectorError
from xsector.ui import resources
from xsector.web import clock, cookies
from xsector.web.account_form import account_form
from xsector.web.forms import fields_of
from xsector.web.journeys import Door
from xsector.web.problems import status_of
from xsector.web.roads import INSIDE, token_of


def ask(request: Request) -> Response:
    """The form for the colleague's name and password; looking uses nothing up."""
    token = token_of(request)
    return _form(_invitation(token), token=token)


async def make(request: Request) -> Response:
    """Make the account and let it in; what was typed as name stays when the password is refused."""
    fields = await fields_of(request)
    token, name = token_of(request), fields.get("name", "")
    # Before any hashing: a made-up link must not cost us a core.
    invitation = await run_in_threadpool(_invitation, token)
    try:
        if fields.get("password", "") != fields.get("again", ""):
            raise PasswordsDifferError()
        login = await run_in_threadpool(
            sharing.create_colleague, resources.engine(), token=token, name=name,
            password=fields.get("password", ""), now=clock.now(),
        )  # fmt: skip
    except UnknownLinkError:
        raise
    except XsectorError as problem:
        return _form(invitation, token=token, name=name, said=problem.sentence(), status=status_of(problem))
    response = RedirectResponse(INSIDE, status_code=303)
    cookies.let_account_in(response, token=login)
    return response


def _invitation(token: str) -> Invitation:
    return sharing.look_at_invitation(resources.engine(), token=token, now=clock.now())


def _form(invitation: Invitation, *, token: str, name: str = "", said: str = "", status: int = 200) -> Response:
    lead = f"With it you lead “{invitation.partnership}” as {invitation.role.value}. This link works once."
    return account_form(
        "Make your account", lead=lead, door=Door.COLLEAGUE, token=token, name=name, said=said, status=status
    )
