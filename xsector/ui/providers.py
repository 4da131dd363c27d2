"""Streamlit's side of signing in elsewhere: which providers secrets.toml names, and what one of them said.

Streamlit talks with the provider. What it learns it would put into a cookie that lasts 30 days and that
nobody can take back; the doors read that cookie on its way out and keep it from the browser.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from json import loads
from typing import Any, Final, TypeGuard
from urllib.parse import urlsplit

from streamlit.auth_util import get_cookie_with_chunks, get_secrets_auth_section
from streamlit.user_info import generate_login_redirect_url
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_auth_routes import create_auth_routes
from streamlit.web.server.starlette.starlette_server_config import SESSION_COOKIE_NAME, USER_COOKIE_NAME

from xsector.errors.common import NotFoundError
from xsector.store.identities import Identity

SESSION_COOKIE: Final = SESSION_COOKIE_NAME
DISCOVERY: Final = "/.well-known/openid-configuration"
UNNAMED: Final = "default"
NEEDED: Final = ("client_id", "client_secret", "server_metadata_url")
_ENDPOINTS: Final = {route.path: route.endpoint for route in create_auth_routes("")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One place where people can prove who they are."""

    key: str
    label: str
    issuer: str
    factors: frozenset[str]
    """What its word must hold one of (in ``amr`` or ``acr``); nothing is asked for where it is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a provider said of somebody, checked by Streamlit for signature, audience, nonce and time."""

    provider: str
    identity: Identity
    name: str
    factors: frozenset[str]


def providers() -> tuple[Provider, ...]:
    """All providers that secrets.toml names; mostly none."""
    return tuple(_provider(key, section) for key, section in sections().items())


def provider(key: str) -> Provider:
    """The provider with this key; NotFoundError if there is none."""
    for one in providers():
        if one.key == key:
            return one
    raise NotFoundError("way to sign in")


def sections() -> Mapping[str, Mapping[str, Any]]:  # Any: whatever TOML can hold
    """What secrets.toml says of each provider; the one that stands in [auth] itself has no name."""
    auth = get_secrets_auth_section()
    named = {key: value for key, value in auth.items() if isinstance(value, Mapping) and key != "client_kwargs"}
    alone = {UNNAMED: auth} if any(key in auth for key in NEEDED) else {}
    return {**alone, **named}


def same(issuer: str, other: str) -> bool:
    """Whether two issuers are one; where its documents lie doesn't tell if a provider ends its own with a slash."""
    return issuer.rstrip("/") == other.rstrip("/")


def address_of(chosen: Provider) -> str:
    """Where ``st.login`` would send the browser; good for two minutes."""
    return generate_login_redirect_url(chosen.key)


async def set_off(request: Any) -> Any:  # Any: a request and an answer, which only the web knows
    """Streamlit's answer that sends the browser to the provider."""
    return await _ENDPOINTS["/auth/login"](request)


async def come_back(request: Any) -> Any:
    """Streamlit's answer to somebody who comes from the provider; its cookies must not reach the browser."""
    return await _ENDPOINTS["/oauth2callback"](request)


def said_in(cookies: Mapping[str, str]) -> Said | None:
    """What a provider said, out of the cookies that Streamlit sets; None if it said nothing that we can use."""

    def signed(name: str) -> bytes | None:
        return decode_signed_value(get_cookie_secret(), name, cookies.get(name, ""))

    found = get_cookie_with_chunks(signed, USER_COOKIE_NAME)
    claims = loads(found) if found else {}
    issuer, subject = claims.get("iss"), claims.get("sub")
    if not (_usable(issuer, longest=300) and _usable(subject, longest=255)):
        return None
    called = [claims.get(key) for key in ("name", "preferred_username", "email")]
    return Said(
        provider=str(claims.get("provider")),
        identity=Identity(issuer=issuer, subject=subject),
        name=next((one for one in called if isinstance(one, str) and one), "")[:80],
        factors=_words(claims.get("amr")) | _words(claims.get("acr")),
    )


def _provider(key: str, section: Mapping[str, Any]) -> Provider:
    discovered = str(section.get("server_metadata_url", ""))
    host = urlsplit(discovered).hostname or key
    return Provider(
        key=key,
        label=str(section.get("label") or (host if key == UNNAMED else key.capitalize())),
        issuer=str(section.get("issuer") or discovered.removesuffix(DISCOVERY)),
        factors=_words(section.get("second_factor")),
    )


def _usable(claim: object, *, longest: int) -> TypeGuard[str]:
    return isinstance(claim, str) and 0 < len(claim) <= longest and claim.isascii() and claim.isprintable()


def _words(claim: object) -> frozenset[str]:
    given = claim if isinstance(claim, list | tuple) else [claim]
    return frozenset(one for one in given if isinstance(one, str) and one)
