"""Which partner a browser comes as, by their cookie."""

from __future__ import annotations

from starlette.requests import Request

from xsector.actions import joining
from xsector.errors.common import NotAllowedError
from xsector.model.partner import Respondent
from xsector.ui import resources, visits
from xsector.web import clock, cookies


def respondent_of(request: Request) -> Respondent:
    """Whose cookie the browser brings; NotAllowedError if nobody's, or if their link was replaced."""
    cookie = cookies.partner_cookie(request)
    token = cookie and visits.token_in(cookie, key=resources.signing_key(), now=clock.now())
    respondent = joining.respondent_of(resources.engine(), token=token) if token else None
    if respondent is None:
        raise NotAllowedError()
    return respondent
