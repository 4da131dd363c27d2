"""Problems of whoever runs the program: settings, the database, backups."""

from __future__ import annotations

from xsector.errors.common import XsectorError


class SettingError(XsectorError):
    """An environment variable holds something that can't be used."""

    remedy = "Correct the variable or remove it, then start again."

    def __init__(self, name: str, rule: str) -> None:
        self.name = name
        super().__init__(f"{name} must {rule}.")


class DatabaseInUseError(XsectorError):
    """A second process tried to write to the same SQLite file."""

    remedy = "Stop the other one first, or use PostgreSQL, which several can share."

    def __init__(self, path: str, pid: str) -> None:
        super().__init__(f"Another xsector process{pid} has the database {path} open.")


class DatabaseBrokenError(XsectorError):
    """The database can't be read, or isn't where it used to be."""

    remedy = "Restore the newest backup: python -m xsector restore FILE."

    def __init__(self, problem: str, *, remedy: str = "") -> None:
        super().__init__(problem)
        self.remedy = remedy or self.remedy


class DiskFullError(XsectorError):
    """The database could not grow."""

    remedy = "Make space on the server's disk; then try again. Nothing that was saved is lost."

    def __init__(self) -> None:
        super().__init__("This was not saved: the server's disk is full.")


class NotSavedError(XsectorError):
    """The database did not take a change in time."""

    remedy = "Wait a moment and try again."

    def __init__(self) -> None:
        super().__init__("This was not saved: the database is busy or out of reach.")


class BackupError(XsectorError):
    """A backup that can't be made or read."""

    remedy = "Choose another file. The database itself was not touched."


class NoListError(XsectorError):
    """The list of packages can't be made here."""

    remedy = "Install what developers use: python -m pip install -r tests/requirements.txt"
