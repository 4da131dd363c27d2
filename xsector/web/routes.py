"""Every door beside Streamlit, in one list."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route, WebSocketRoute

from xsector.web import (
    account,
    colleague,
    elsewhere,
    erasing,
    exports,
    first_account,
    fonts,
    health,
    joining,
    live,
    mine,
    new_password,
    room,
    signing_in,
    wall,
)


def routes() -> list[BaseRoute]:
    """What ``app.py`` gives to Streamlit."""
    return [*_accounts(), *_others()]


def _accounts() -> list[BaseRoute]:
    """How accounts come in, change and leave."""
    return [
        Route("/join/{token}", joining.show, methods=["GET"]),
        Route("/join/{token}", joining.enter, methods=["POST"]),
        Route("/first/{token}", first_account.ask, methods=["GET"]),
        Route("/first/{token}", first_account.make, methods=["POST"]),
        Route("/colleague/{token}", colleague.ask, methods=["GET"]),
        Route("/colleague/{token}", colleague.make, methods=["POST"]),
        Route("/password/{token}", new_password.ask, methods=["GET"]),
        Route("/password/{token}", new_password.make, methods=["POST"]),
        Route("/account", account.show, methods=["GET"]),
        Route("/account/password", account.change_password, methods=["POST"]),
        Route("/account/sign-out", account.leave, methods=["POST"]),
        Route("/sign-in", signing_in.ask, methods=["GET"]),
        Route("/sign-in", signing_in.enter, methods=["POST"]),
        Route("/sign-in/elsewhere", elsewhere.set_off, methods=["POST"]),
        Route("/sign-in/name", elsewhere.ask_name, methods=["GET"]),
        Route("/sign-in/name", elsewhere.make, methods=["POST"]),
        Route("/auth/login", elsewhere.go, methods=["GET"]),
        Route("/auth/logout", elsewhere.leave, methods=["GET"]),
        Route("/oauth2callback", elsewhere.arrive, methods=["GET"]),
        Route("/link/{token}", elsewhere.show_link, methods=["GET"]),
        Route("/account/elsewhere", elsewhere.set_off_from_account, methods=["POST"]),
        Route("/sign-out", signing_in.confirm, methods=["GET"]),
        Route("/sign-out", signing_in.leave, methods=["POST"]),
    ]


def _others() -> list[BaseRoute]:
    """Partners, walls, files."""
    return [
        Route("/erase", erasing.ask, methods=["GET"]),
        Route("/erase", erasing.erase, methods=["POST"]),
        Route("/room", room.ask, methods=["GET"]),
        Route("/room", room.find, methods=["POST"]),
        Route("/room/{door}", room.names, methods=["GET"]),
        Route("/room/{door}", room.step, methods=["POST"]),
        Route("/wall/{token}", wall.show, methods=["GET"]),
        Route("/wall/{token}", wall.enter, methods=["POST"]),
        WebSocketRoute("/live/{where}", live.follow),
        Route("/healthz", health.check, methods=["GET"]),
        Route("/fonts/{name}", fonts.send, methods=["GET"]),
        Route("/export/links/{sheet_id}.csv", exports.links_as_csv, methods=["GET"]),
        Route("/export/links/{sheet_id}.html", exports.links_as_page, methods=["GET"]),
        Route("/mine/{round_id}.csv", mine.as_table, methods=["GET"]),
        Route("/mine.json", mine.as_json, methods=["GET"]),
        Route("/export/agenda/{round_id}.{kind}", exports.agenda, methods=["GET"]),
        Route("/export/record/{meeting_id}.{kind}", exports.record, methods=["GET"]),
    ]
