"""/erase: a partner reads what erasing does, and is erased."""

from __future__ import annotations

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from xsector.actions import erasing
from xsector.ui import resources, visits
from xsector.web import clock, cookies, papers
from xsector.web.forms import fields_of
from xsector.web.partner import respondent_of
from xsector.web.roads import INSIDE

DONE: Final = (
    "Your name, e-mail address and link are deleted, with your answers and comments of every round. Results that have "
    "not been shown yet are counted without you."
)
STAYS: Final = (
    "What was shown of your group stays as it was shown: it is a count of several people, and nobody can take one "
    "person out of it without telling what they said. A comment of yours that was opened is deleted, but people may "
    "have read it. Backups that were made before keep what they hold until they are deleted."
)
AGAIN: Final = (
    "A mark is kept that only your name makes again. It says nothing about you; if you are put on the list once more, "
    "it keeps you from being told apart from those with whom you were counted."
)


def ask(request: Request) -> Response:
    """What erasing does and does not do, and the button that does it."""
    who = respondent_of(request)
    body = (
        papers.words(f"{who.name} · {who.organisation}")
        + papers.words(DONE)
        + papers.words(STAYS)
        + papers.words(AGAIN)
        + papers.words("This can't be undone.")
        + papers.form(button="Erase me for good", action="/erase", look="grave")
        + papers.link(INSIDE, said="Go back, erase nothing")
    )
    return papers.paper("Erase me", body=body)


async def erase(request: Request) -> Response:
    """Erase the partner and take their cookies back."""
    await fields_of(request)
    who = await run_in_threadpool(respondent_of, request)
    await run_in_threadpool(erasing.erase_me, resources.engine(), respondent=who, now=clock.now())
    cookie = cookies.partner_cookie(request)
    if cookie is not None:
        visits.end(cookie, now=clock.now())
    response = papers.paper("You are erased", body=papers.words(DONE) + papers.words("Thank you for what you gave."))
    cookies.forget(response)
    return response
