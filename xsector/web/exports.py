"""/export/…: files for the account that asks, and for nobody without its cookie."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from starlette.requests import Request
from starlette.responses import Response

from xsector.actions import signing_in
from xsector.errors import AgendaMinutesError, NotAllowedError, NotFoundError
from xsector.reports import released, rounds
from xsector.ui import resources, vault
from xsector.web import clock, cookies, link_sheet, papers

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from xsector.agenda.document import Agenda
    from xsector.store.accounts import Account
    from xsector.ui.vault import LinkSheet

MEDIA: Final[Mapping[str, str]] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
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
    return _file(link_sheet.as_csv(sheet), name=f"{slug(sheet.partnership)}-links", kind="csv")


def links_as_page(request: Request) -> Response:
    """The same to print and cut: one strip with a QR code for each person."""
    sheet = _sheet(request)
    return link_sheet.as_page(sheet, headers=papers.OWN_HEADERS)


def agenda(request: Request) -> Response:
    """The discussion agenda of a revealed round as a paper."""
    account, kind = account_of(request), request.path_params["kind"]
    if kind not in {"docx", "pdf", "md"}:
        raise NotFoundError("kind of file")
    name, content = _agenda(
        account, round_id=request.path_params["round_id"], minutes=_minutes(request), write=_writer(kind)
    )
    return _file(content, name=name, kind=kind)


def slug(text: str) -> str:
    """A file name of plain letters that every system takes."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:60].strip("-") or "xsector"


def _agenda(
    account: Account,
    *,
    round_id: int,
    minutes: int | None,
    write: Callable[[Agenda, Mapping[str, go.Figure]], bytes],
) -> tuple[str, bytes]:
    engine = resources.engine()
    release = released.release_of(engine, account=account, round_id=round_id)
    if release is None:
        raise NotFoundError("agenda")
    # These bring Plotly and pandas with them, which a server that only takes answers never needs.
    from xsector.charts.agenda_figures import figures_for
    from xsector.charts.theme import Theme
    from xsector.reports import agendas

    view = agendas.agenda_of(engine, account=account, round_id=round_id, minutes=minutes)
    figures = figures_for(view.agenda, release=release, theme=Theme())
    title = rounds.round_(engine, account=account, round_id=round_id).title
    return f"{slug(title)}-agenda", write(view.agenda, figures)


def _writer(kind: str) -> Callable[[Agenda, Mapping[str, go.Figure]], bytes]:
    # Each format brings a large library; only the one that was asked for is loaded.
    if kind == "docx":
        from xsector.export.docx import agenda_docx

        return lambda agenda, figures: agenda_docx(agenda, figures=figures)
    if kind == "pdf":
        from xsector.export.pdf import agenda_pdf

        return lambda agenda, figures: agenda_pdf(agenda, figures=figures)
    from xsector.export.markdown import agenda_markdown

    return lambda agenda, figures: agenda_markdown(agenda, figures=figures)


def _minutes(request: Request) -> int | None:
    given = request.query_params.get("minutes", "")
    if not given:
        return None
    if not (given.isascii() and given.isdecimal() and len(given) < 5):
        raise AgendaMinutesError(0, shortest=30, longest=360)
    return int(given)


def _sheet(request: Request) -> LinkSheet:
    account = account_of(request)
    sheet = vault.sheet_of(request.path_params["sheet_id"], account_id=account.id, now=clock.now())
    if sheet is None:
        raise NotFoundError("list of links")
    return sheet


def _file(content: bytes, *, name: str, kind: str) -> Response:
    headers = {**papers.OWN_HEADERS, "Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return Response(content, media_type=MEDIA[kind], headers=headers)
