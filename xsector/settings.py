"""Every knob that an operator can turn, read from the environment once at start."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

from xsector.errors.operating import SettingError

PROJECT = Path(__file__).resolve().parent.parent
DATA = PROJECT / "data"
INSTRUMENTS = DATA / "instruments"
MODULES = DATA / "modules"
KEEP_DAYS = 90
KEEP_DAYS_PEOPLE = 540
LONGEST_KEEPING = 36_500


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an operator may set; each field's ``env`` is the variable's name."""

    database_url: str = field(default=f"sqlite:///{DATA / 'xsector.sqlite3'}", metadata={"env": "XSECTOR_DATABASE_URL"})
    base_url: str = field(default="http://localhost:8501", metadata={"env": "XSECTOR_BASE_URL"})
    backups: Path = field(default=DATA / "backups", metadata={"env": "XSECTOR_BACKUPS"})
    keep_days_backups: int = field(default=KEEP_DAYS, metadata={"env": "XSECTOR_KEEP_DAYS_BACKUPS"})
    keep_days_people: int = field(default=KEEP_DAYS_PEOPLE, metadata={"env": "XSECTOR_KEEP_DAYS_PEOPLE"})

    @property
    def secure(self) -> bool:
        """Whether browsers reach us through https, so that cookies may demand it."""
        return urlsplit(self.base_url).scheme == "https"

    def address(self, path: str) -> str:
        """The full address of *path* (which starts with a slash) for a person outside."""
        return self.base_url.rstrip("/") + path


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings that *environment* (by default the process's own) asks for.

    Raises
    ------
    SettingError
        A variable holds something that can't be used.
    """
    given = os.environ if environment is None else environment
    values: dict[str, str] = {}
    for knob in fields(Settings):
        name = knob.metadata["env"]
        if given.get(name):
            values[knob.name] = given[name].strip()
    _check(values)
    backups = Path(values.pop("backups")) if "backups" in values else DATA / "backups"
    days = int(values.pop("keep_days_backups", KEEP_DAYS))
    people = int(values.pop("keep_days_people", KEEP_DAYS_PEOPLE))
    return Settings(**values, backups=backups, keep_days_backups=days, keep_days_people=people)


def _check(values: Mapping[str, str]) -> None:
    url = values.get("database_url", "sqlite:///")
    if not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise SettingError("XSECTOR_DATABASE_URL", "start with sqlite:/// or postgresql://")
    base = urlsplit(values.get("base_url", "http://localhost"))
    if base.scheme not in {"http", "https"} or not base.hostname or base.query or base.fragment:
        raise SettingError("XSECTOR_BASE_URL", "be an address such as https://partners.example.org")
    for knob, name in (
        ("keep_days_backups", "XSECTOR_KEEP_DAYS_BACKUPS"),
        ("keep_days_people", "XSECTOR_KEEP_DAYS_PEOPLE"),
    ):
        days = values.get(knob, "1")
        if not (days.isascii() and days.isdecimal() and 1 <= int(days[:9]) <= LONGEST_KEEPING):
            raise SettingError(name, f"be a number of days from 1 to {LONGEST_KEEPING:,}")
