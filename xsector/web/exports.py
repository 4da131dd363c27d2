"""/export/…: files for the account that asks, and for nobody without its cookie."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from starlette.requests import Request
from starlette.responses import Response

from xsector.actions import notices, signing_in
from xsector.errors.common import NotAllowedError, NotFoundError
from xsector.reports import rounds
from xsector.ui import resources, vault
from xsector.web import clock, cookies, link_sheet, papers

if TYPE_CHECKING:
    from xsector.store.accounts import Account
    from xsector.ui.vault import LinkSheet

MEDIA: Final[Mapping[str, str]] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "ics": "text/calendar; charset=utf-8",
}


def account_of(request: Request) -> Account:
    """Who asks; NotAllowedError without a fresh login."""
    token = cookies.account_token(request)
    account = token and signing_in.account_of(resources.engine(), token=token, now=clock.now())
    if not account:
        raise NotAllowedError()
    return account


def links_as_csv(request: Request) -> Response:
    """Personal links that were just issued, as a table."""
    sheet = _sheet(request)
    return as_file(link_sheet.as_csv(sheet), name=f"{slug(sheet.partnership)}-links", kind="csv")


def links_as_page(request: Request) -> Response:
    """The same to print and cut: one strip with a QR code for each person."""
    sheet = _sheet(request)
    return link_sheet.as_page(sheet, headers=papers.OWN_HEADERS)


def agenda(request: Request) -> Response:
    """The discussion agenda of a revealed round as a paper."""
    account, kind = account_of(request), request.path_params["kind"]
    # These bring pandas and Plotly with them, 70 MiB that a server that only takes answers never needs.
    from xsector.export.agenda_file import agenda_file
    from xsector.export.pictures import figures_for
    from xsector.reports import agendas

    engine, round_id = resources.engine(), round_id_in(request)
    view = agendas.agenda_of(engine, account=account, round_id=round_id, minutes=_minutes(request))
    content = agenda_file(view.agenda, figures=figures_for(view.agenda, release=view.release), kind=kind)
    round_ = rounds.round_(engine, account=account, round_id=round_id)
    notices.count(actor=account.name, action=f"agenda exported as {kind}", partnership_id=round_.partnership_id)
    return as_file(content, name=f"{slug(round_.title)}-agenda", kind=kind)


def record(request: Request) -> Response:
    """What stays of a meeting that is over as a paper, or its promises as a calendar."""
    account, kind = account_of(request), request.path_params["kind"]
    # As with the agenda, a server that only takes answers never needs these.
    from xsector.export.record_file import record_file
    from xsector.reports import records

    view = records.record_of(resources.engine(), account=account, meeting_id=number_in(request, "meeting"))
    content = record_file(view.record, release=view.release, kind=kind)
    notices.count(actor=account.name, action=f"record exported as {kind}", partnership_id=view.partnership_id)
    return as_file(content, name=f"{slug(view.record.title)}-record", kind=kind)


def slug(text: str) -> str:
    """A file name of plain letters that every system takes."""
    letters = (one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    plain = "".join(one if one.isascii() else " " for one in letters).lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:60].strip("-") or "xsector"


def round_id_in(request: Request) -> int:
    """The number of a round in the address; NotFoundError if it can't be one."""
    return number_in(request, "round")


def number_in(request: Request, what: str) -> int:
    """The number of a *what* in the address; NotFoundError if it can't be one."""
    given = request.path_params[f"{what}_id"]
    # A number that no database can look for is none either.
    if not (given.isascii() and given.isdecimal() and len(given) < 10):
        raise NotFoundError(what)
    return int(given)


def _minutes(request: Request) -> int | None:
    given = request.query_params.get("minutes", "")
    if not given:
        return None
    usable = given.isascii() and given.isdecimal() and len(given) < 5 and int(given) > 0
    # No agenda lasts −1 minute: whoever plans it says which lengths there are.
    return int(given) if usable else -1


def _sheet(request: Request) -> LinkSheet:
    account = account_of(request)
    sheet = vault.sheet_of(request.path_params["sheet_id"], account_id=account.id, now=clock.now())
    if sheet is None:
        raise NotFoundError("list of links")
    notices.count(actor=account.name, action="links exported")
    return sheet


def as_file(content: bytes, *, name: str, kind: str) -> Response:
    """*content* as a download that no browser and no proxy keeps."""
    headers = {**papers.OWN_HEADERS, "Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return Response(content, media_type=MEDIA[kind], headers=headers)
