"""Set-up on a fresh machine: a virtual environment with what is needed. Standard library only."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).resolve().parent.parent
ENVIRONMENT: Final = PROJECT / ".venv"
OLDEST: Final = (3, 11)
ON_EVERY_CORE: Final = ("--numprocesses=auto", "--dist=loadfile", "--no-loadscope-reorder")


def has_packages() -> bool:
    """Whether the running Python has xsector's packages."""
    return all(importlib.util.find_spec(name) for name in ("sqlalchemy", "pydantic", "argon2", "pandas", "streamlit"))


def start(arguments: Sequence[str]) -> int:
    """Set up if needed, then start the app; with ``--demo`` a new database gets a demo partnership."""
    python = _prepared(PROJECT / "requirements.txt")
    if python is None:
        return 1
    rest = [argument for argument in arguments if argument != "--demo"]
    if "--demo" in arguments and _run([python, "-m", "xsector.start_demo"], base_url=_local_address(rest)):
        return 1
    return _run([python, "-m", "streamlit", "run", "app.py", *rest])


def _local_address(arguments: Sequence[str]) -> str:
    """Where the server will be found on this machine, so that the demo's links lead there."""
    port = os.environ.get("STREAMLIT_SERVER_PORT", "8501")
    for place, argument in enumerate(arguments):
        if argument.startswith("--server.port="):
            port = argument.partition("=")[2]
        elif argument == "--server.port":
            port = "".join(arguments[place + 1 : place + 2])
    return f"http://localhost:{port}"


def test(arguments: Sequence[str]) -> int:
    """Set up if needed, then run the tests: all of them on every core, or as pytest's *arguments* say."""
    python = _prepared(PROJECT / "tests" / "requirements.txt")
    return 1 if python is None else _run([python, "-m", "pytest", *(arguments or ON_EVERY_CORE)])


def _prepared(requirements: Path) -> str | None:
    """The Python of the virtual environment in which *requirements* are installed."""
    if sys.version_info < OLDEST:
        print(
            f"xsector needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is {sys.version.split()[0]}.", file=sys.stderr
        )
        return None
    python = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = ENVIRONMENT / f"installed-{requirements.parent.name}"
    wanted = _fingerprint(requirements)
    if python.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return str(python)
    print("Setting up: this takes a minute or two the first time.", file=sys.stderr)
    if not python.exists():
        venv.create(ENVIRONMENT, with_pip=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(requirements)]
    if _run(install):
        print("The packages could not be installed; pip's message above says why.", file=sys.stderr)
        return None
    stamp.write_text(wanted, encoding="ascii")
    return str(python)


def _fingerprint(requirements: Path) -> str:
    together = requirements.read_bytes() + (PROJECT / "requirements.txt").read_bytes()
    return hashlib.sha256(together).hexdigest()


def _run(command: list[str], *, base_url: str = "") -> int:
    surroundings = {"XSECTOR_BASE_URL": base_url} if base_url else {}
    try:
        environment = {**surroundings, **os.environ}
        return subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode  # noqa: S603  # our own commands
    except KeyboardInterrupt:
        return 0
