"""``user add`` and ``user link``: an account for a convener or facilitator, and a link to their provider."""

from __future__ import annotations

import getpass
import secrets
import sys
from argparse import ArgumentParser, Namespace

from xsector.actions import signing_in_elsewhere
from xsector.actions.signing_in import SHORTEST_PASSWORD, add_account
from xsector.cli.common import now, writing_store
from xsector.errors import SetUpError
from xsector.model.partner import Role
from xsector.settings import from_environment

HELP = "make an account: user add NAME --role convener"


def add_arguments(parser: ArgumentParser) -> None:
    """The name and the role, and how they sign in."""
    parser.add_argument("what", choices=["add", "link"], help="“link” ties an account to an OpenID provider")
    parser.add_argument("name")
    parser.add_argument("--role", choices=[Role.CONVENER.value, Role.FACILITATOR.value], help="needed for “add”")
    parser.add_argument("--link", action="store_true", help="no password: print a link that works once, for a provider")
    parser.add_argument("--oidc-issuer", metavar="URL", help="no password: the provider's issuer, as it writes it")
    parser.add_argument("--oidc-subject", metavar="SUB", help="who they are there: the claim “sub”, not an e-mail")


def run(options: Namespace) -> None:
    """Do what was asked for."""
    if options.what == "link":
        _link(options.name)
        return
    if options.role is None:
        raise SetUpError("An account needs a role.", remedy="Add --role convener or --role facilitator.")
    if bool(options.oidc_issuer) != bool(options.oidc_subject):
        raise SetUpError("A person is known by issuer and subject together.", remedy="Give both, or use --link.")
    if options.link or options.oidc_issuer:
        _add_without_password(options)
    else:
        _add_with_password(options)


def _add_with_password(options: Namespace) -> None:
    # Without a terminal a password is made up and printed once.
    typed = getpass.getpass(f"Password (at least {SHORTEST_PASSWORD} characters): ") if sys.stdin.isatty() else ""
    password = typed or secrets.token_urlsafe(18)
    with writing_store() as store:
        account = add_account(store.engine, name=options.name, role=Role(options.role), password=password, now=now())
    print(f"Made the account “{account.name}” as {account.role.value}.")
    if not typed:
        print(f"Its password, shown only now: {password}")


def _add_without_password(options: Namespace) -> None:
    issuer = options.oidc_issuer
    identity = issuer and signing_in_elsewhere.identity_from(issuer, subject=options.oidc_subject)
    with writing_store() as store:
        account = signing_in_elsewhere.add_account(
            store.engine, name=options.name, role=Role(options.role), identity=identity or None, now=now()
        )
    print(f"Made the account “{account.name}” as {account.role.value}, without a password.")
    if options.link:
        _link(account.name)


def _link(name: str) -> None:
    with writing_store() as store:
        token = signing_in_elsewhere.link_for(store.engine, name=name, now=now())
    print("Send this link to that person only. It works once, for a week, and is shown only now:")
    print(f"    {from_environment().address(f'/link/{token}')}")
