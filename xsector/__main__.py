"""``python -m xsector``: set up, start, test, and all commands.

``start`` and ``test`` need nothing but Python and pip: they make the virtual environment first.
Hence this file and ``bootstrap`` import only the standard library until that is done.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from typing import Final

from xsector import bootstrap

COMMANDS: Final = {
    "demo": "demo",
    "import": "import_",
    "reveal": "reveal",
    "report": "report",
    "agenda": "agenda",
    "record": "record",
    "ledger": "ledger",
    "backup": "backup",
    "restore": "restore",
    "check": "check",
    "audit": "audit",
    "user": "user",
    "sbom": "sbom",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 if it did what it was asked, 1 if it said why not."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["start"]:
        return bootstrap.start(given[1:])
    if given[:1] == ["test"]:
        return bootstrap.test(given[1:])
    if not bootstrap.has_packages():
        print("xsector's packages are not installed here. Run first: python3 -m xsector start", file=sys.stderr)
        return 1
    return _command(given)


def _command(given: list[str]) -> int:
    from xsector.errors.common import XsectorError  # after the check that packages are there

    options = _parser(given).parse_args(given)
    command = importlib.import_module(f"xsector.cli.{COMMANDS[options.command]}")
    try:
        command.run(options)
    except XsectorError as problem:
        print(problem.sentence(), file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 1
    except OSError as problem:
        print(f"{problem.strerror or problem}: {problem.filename or ''}".rstrip(": ") + ".", file=sys.stderr)
        return 1
    return 0


def _parser(given: list[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m xsector", description=__doc__.split("\n")[0])
    choices = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    choices.add_parser("start", help="set up if needed and start the app (with --demo: and a partnership to try)")
    choices.add_parser("test", help="set up if needed and run the tests")
    # Only the wanted command's file is imported, unless all of them are to be listed.
    wanted = given[:1] if given[:1] and given[0] in COMMANDS else list(COMMANDS)
    for name in wanted:
        module = importlib.import_module(f"xsector.cli.{COMMANDS[name]}")
        module.add_arguments(choices.add_parser(name, help=module.HELP, description=module.__doc__))
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
