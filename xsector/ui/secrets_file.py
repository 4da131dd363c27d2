"""Whether secrets.toml is fit for signing people in elsewhere; looked at once, before the server opens."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NoReturn
from urllib.parse import urlsplit

from streamlit import config
from streamlit.auth_util import get_redirect_uri, get_secrets_auth_section

from xsector.errors.access import SecretsFileError
from xsector.settings import Settings
from xsector.ui.providers import DISCOVERY, NEEDED, sections

SHORTEST_SECRET: Final = 32
CALLBACK: Final = "/oauth2callback"
_KEY: Final = re.compile(r"[A-Za-z0-9]{1,40}")
_MAKE_ONE: Final = 'Make one (python -c "import secrets; print(secrets.token_urlsafe(32))"), then start again.'


def check(settings: Settings) -> None:
    """Raise SecretsFileError if [auth] is there and can't be used, or somebody else can read it."""
    files = [path for path in map(Path, config.get_option("secrets.files")) if path.is_file() and _has_auth(path)]
    if not files:
        return
    for path in files:
        _check_file(path)
    newest = files[-1]
    _check_auth(str(newest), settings=settings)
    for key, section in sections().items():
        _check_provider(str(newest), key=key, section=section)


def _has_auth(path: Path) -> bool:
    try:
        return "auth" in tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        _refuse(str(path), "is not valid TOML", remedy="Mend the file, then start again.")
    except OSError:
        _refuse(str(path), "can't be read", remedy="Give it to whoever starts the server, then start again.")


def _check_file(path: Path) -> None:
    if os.name != "nt" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        remedy = f"Make it yours alone (chmod 600 {path}), then start again."
        _refuse(str(path), "can be read or changed by other users of this computer", remedy=remedy)
    if _is_tracked(path):
        remedy = "Take it out (git rm --cached), make new secrets, since others may have the old ones, and start again."
        _refuse(str(path), "is tracked by git", remedy=remedy)


def _is_tracked(path: Path) -> bool:
    git = shutil.which("git")
    if git is None:
        return False
    command = [git, "-C", str(path.parent), "ls-files", "--error-unmatch", "--", path.name]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603  # our own command


def _check_auth(file: str, *, settings: Settings) -> None:
    auth = get_secrets_auth_section()
    if len(str(auth.get("cookie_secret", "")).encode()) < SHORTEST_SECRET:
        _refuse(file, f"needs a cookie_secret of at least {SHORTEST_SECRET} bytes in [auth]", remedy=_MAKE_ONE)
    wanted = settings.address(CALLBACK)
    if get_redirect_uri(auth) != wanted:
        remedy = "Set it, and XSECTOR_BASE_URL to the address that people reach, then start again."
        _refuse(file, f'needs redirect_uri = "{wanted}" in [auth]', remedy=remedy)
    if not sections():
        _refuse(file, "names no provider in [auth]", remedy=f"Add {', '.join(NEEDED)}, or remove [auth].")


def _check_provider(file: str, *, key: str, section: Mapping[str, Any]) -> None:  # Any: whatever TOML can hold
    if not _KEY.fullmatch(key):
        _refuse(file, f"names a provider “{key}”", remedy="Use letters and digits only, then start again.")
    missing = [name for name in NEEDED if not str(section.get(name, ""))]
    if missing:
        _refuse(file, f"lacks {', '.join(missing)} for the provider “{key}”", remedy="Add it, then start again.")
    discovered = urlsplit(str(section["server_metadata_url"]))
    if discovered.scheme != "https" and discovered.hostname not in {"localhost", "127.0.0.1"}:
        _refuse(file, f"asks the provider “{key}” without https", remedy="Use its https address, then start again.")
    if not section.get("issuer") and not discovered.path.endswith(DISCOVERY):
        _refuse(file, f"doesn't say who the provider “{key}” is", remedy=f"Add its issuer = … or end with {DISCOVERY}.")


def _refuse(file: str, problem: str, *, remedy: str) -> NoReturn:
    raise SecretsFileError(file, problem=problem, remedy=remedy)
