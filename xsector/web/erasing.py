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
    "Your name, e-mail address and link are deleted, with your answers of every round and every comment that nobody "
    "has opened. Results that have not been shown yet are counted without you."
)
STAYS: Final = (
    "What was shown of your group stays as it was shown: it is a count of several people, and nobody can take one "
    "person out of it without telling what they said. Backups that were made before keep what they hold until they are "
    "deleted."
)
COMMENTS: Final = (
    "Comments of yours that the facilitator has opened stay, without your name, unless you tick the box. Later nobody "
    "can find them any more, not even we."
)
TICK: Final = "Delete my opened comments too. Whoever has read them can then tell which were mine."
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
        + papers.words(COMMENTS)
        + papers.words("This can't be undone.")
        + papers.form(papers.tick("comments", label=TICK), button="Erase me for good", action="/erase", look="grave")
        + papers.link(INSIDE, said="Go back, erase nothing")
    )
    return papers.paper("Erase me", body=body)


async def erase(request: Request) -> Response:
    """Erase the partner and take their cookies back."""
    fields = await fields_of(request)
    who = await run_in_threadpool(respondent_of, request)
    act = erasing.erase_me_and_my_comments if fields.get("comments") == papers.TICKED else erasing.erase_me
    await run_in_threadpool(act, resources.engine(), respondent=who, now=clock.now())
    cookie = cookies.partner_cookie(request)
    if cookie is not None:
        visits.end(cookie, now=clock.now())
    response = papers.paper("You are erased", body=papers.words(DONE) + papers.words("Thank you for what you gave."))
    cookies.forget(response)
    return response
