"""The form by which somebody makes their own account: a name, and a password that nobody else types."""

from __future__ import annotations

from starlette.responses import Response

from xsector.actions.passwords import SHORTEST
from xsector.web import papers
from xsector.web.journeys import Door
from xsector.web.offers import offers

NEW_PASSWORD = f"New password (at least {SHORTEST} characters)"
AGAIN = "The same password again"


def account_form(
    title: str, *, lead: str, door: Door, token: str, name: str = "", said: str = "", status: int = 200
) -> Response:
    """The page *title* with the form; *name* and *said* are left from a try that was refused.

    Where there are providers, the link with *token* makes the account with one of them too.
    """
    form = papers.form(
        papers.field("name", label="Your name", value=name, complete="username"),
        password_fields(),
        button="Make the account",
    )
    other = offers(door, token=token, lead="Or without a password for this site:")
    return papers.paper(title, body=papers.words(lead) + papers.problem(said) + form + other, status=status)


def password_fields() -> str:
    """A new password, typed twice."""
    return papers.field("password", label=NEW_PASSWORD, kind="password", complete="new-password") + papers.field(
        "again", label=AGAIN, kind="password", complete="new-password"
    )
