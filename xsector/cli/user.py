"""``user``: accounts for conveners and facilitators, their way back in, and their end."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import Final

from xsector.actions import admitting, signing_in_elsewhere
from xsector.actions.admitting import Listed
from xsector.actions.opening import Store
from xsector.actions.passwords import SHORTEST
from xsector.actions.signing_in import add_account
from xsector.cli.common import now, print_json, reading_store, writing_store
from xsector.errors.common import SetUpError
from xsector.model.partner import Role
from xsector.model.phrases import counted

HELP = "accounts: user add | link | list | sign-out | remove"


def add_arguments(parser: ArgumentParser) -> None:
    """What to do, and with which account."""
    does = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    add = does.add_parser("add", help="make an account, and a link with which its owner sets the password")
    add.add_argument("name")
    add.add_argument("--role", choices=[Role.CONVENER.value, Role.FACILITATOR.value], required=True)
    add.add_argument("--password", action="store_true", help="type the password here instead of getting a link")
    add.add_argument("--provider", action="store_true", help="no password: a link that ties it to an OpenID provider")
    add.add_argument("--oidc-issuer", metavar="URL", help="no password: the provider's issuer, as it writes it")
    add.add_argument("--oidc-subject", metavar="SUB", help="who they are there: the claim “sub”, not an e-mail")
    link = does.add_parser("link", help="a link with which the owner sets a new password; works once, for 24 hours")
    link.add_argument("name")
    link.add_argument("--provider", action="store_true", help="tie the account to an OpenID provider instead")
    listed = does.add_parser("list", help="all accounts, what they lead, and in how many browsers they are signed in")
    listed.add_argument("--json", action="store_true", help="print one JSON document")
    out = does.add_parser("sign-out", help="sign an account out of all browsers")
    out.add_argument("name")
    remove = does.add_parser("remove", help="close an account")
    remove.add_argument("name")
    remove.add_argument("--heir", metavar="NAME", help="an account that leads first what the closed one led")


def run(options: Namespace) -> None:
    """Do it and say what was done."""
    if options.what == "list":
        _list(options)
        return
    with writing_store() as store:
        _DOES[options.what](store, options)


def _add(store: Store, options: Namespace) -> None:
    given = {"name": options.name, "role": Role(options.role), "now": now()}
    if bool(options.oidc_issuer) != bool(options.oidc_subject):
        raise SetUpError("A person is known by issuer and subject together.", remedy="Give both, or use --provider.")
    if options.provider or options.oidc_issuer:
        _add_without_password(store, options)
        return
    if options.password:
        made = add_account(store.engine, password=_typed(), **given)
        print(f"Made the account “{made.name}” as {made.role.value}.")
        return
    made, token = admitting.admit(store.engine, **given)
    print(f"Made the account “{made.name}” as {made.role.value}.")
    _tell(store, token)


def _add_without_password(store: Store, options: Namespace) -> None:
    issuer = options.oidc_issuer
    identity = issuer and signing_in_elsewhere.identity_from(issuer, subject=options.oidc_subject)
    account = signing_in_elsewhere.add_account(
        store.engine, name=options.name, role=Role(options.role), identity=identity or None, now=now()
    )
    print(f"Made the account “{account.name}” as {account.role.value}, without a password.")
    if options.provider:
        _link_to_provider(store, account.name)


def _link_to_provider(store: Store, name: str) -> None:
    token = signing_in_elsewhere.link_for(store.engine, name=name, now=now())
    print("Send this link to that person only. It works once, for a week, and is shown only now:")
    print(f"    {store.settings.address('/link/' + token)}")


def _link(store: Store, options: Namespace) -> None:
    if options.provider:
        _link_to_provider(store, options.name)
        return
    account, token = admitting.give_link(store.engine, name=options.name, now=now())
    print(f"Made a link for “{account.name}”. The old password works until it is used.")
    _tell(store, token)


def _tell(store: Store, token: str) -> None:
    print("Its owner sets the password here. The link is shown only now, works once, and for 24 hours:")
    print(f"    {store.settings.address('/password/' + token)}")


def _sign_out(store: Store, options: Namespace) -> None:
    account = admitting.end_logins(store.engine, name=options.name, now=now())
    print(f"Signed “{account.name}” out of all browsers.")


def _remove(store: Store, options: Namespace) -> None:
    account = admitting.close_account(store.engine, name=options.name, heir=options.heir, now=now())
    print(f"Closed the account “{account.name}”.")


_DOES: Final[dict[str, Callable[[Store, Namespace], None]]] = {
    "add": _add, "link": _link, "sign-out": _sign_out, "remove": _remove,
}  # fmt: skip


def _typed() -> str:
    if sys.stdin.isatty():
        return getpass.getpass(f"Password (at least {SHORTEST} characters): ")
    return sys.stdin.readline().rstrip("\r\n")


def _list(options: Namespace) -> None:
    with reading_store() as store:
        found = admitting.all_accounts(store.engine, now=now())
    if options.json:
        print_json({"accounts": [_plain(one) for one in found]})
        return
    for one in found:
        waits = "" if one.has_password else ", without a password"
        leads = f"; leads {', '.join(f'“{name}”' for name in one.leads)}" if one.leads else ""
        where = counted(one.browsers, "browser", "browsers")
        print(f"{one.account.name}, {one.account.role.value}{waits}: signed in in {where}{leads}")
    if not found:
        print("There is no account yet.")


def _plain(one: Listed) -> dict[str, object]:
    return {
        "name": one.account.name, "role": one.account.role.value, "browsers": one.browsers,
        "has_password": one.has_password, "leads": list(one.leads),
    }  # fmt: skip
