"""``user add``: an account for a convener or facilitator."""

from __future__ import annotations

import getpass
import secrets
import sys
from argparse import ArgumentParser, Namespace

from xsector.actions.signing_in import SHORTEST_PASSWORD, add_account
from xsector.cli.common import now, writing_store
from xsector.model.partner import Role

HELP = "make an account: user add NAME --role convener"


def add_arguments(parser: ArgumentParser) -> None:
    """The name and the role."""
    parser.add_argument("what", choices=["add"])
    parser.add_argument("name")
    parser.add_argument("--role", choices=[Role.CONVENER.value, Role.FACILITATOR.value], required=True)


def run(options: Namespace) -> None:
    """Make the account; without a terminal a password is made up and printed once."""
    typed = getpass.getpass(f"Password (at least {SHORTEST_PASSWORD} characters): ") if sys.stdin.isatty() else ""
    password = typed or secrets.token_urlsafe(18)
    with writing_store() as store:
        account = add_account(store.engine, name=options.name, role=Role(options.role), password=password, now=now())
    print(f"Made the account “{account.name}” as {account.role.value}.")
    if not typed:
        print(f"Its password, shown only now: {password}")
