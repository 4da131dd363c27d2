"""Keeping the database safe: backup, restore, verify."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from xsector.actions import erasing
from xsector.actions.membership import lonely_of
from xsector.errors.operating import BackupError
from xsector.settings import Settings
from xsector.store import (
    audit,
    backups,
    lock,
    migrate,
    partnerships,
    private,
    releases,
    rosters,
    rounds,
    sheets,
)
from xsector.store.engine import Engine, forget_log, open_engine, reading, sqlite_path, writing
from xsector.store.health import quick_problems


def back_up(engine: Engine, target: Path) -> Path:
    """Copy the database into the new file *target* and check the copy."""
    return backups.make(engine, target)


def bring_back(settings: Settings, source: Path, *, now: datetime) -> Path | None:
    """Replace the database by the backup *source*; returns where what was there is kept.

    Raises
    ------
    BackupError
        The backup isn't whole; nothing is touched.
    DatabaseInUseError
        The app is running on the database.
    """
    backups.check_file(source)
    migrate.check_file(source)
    engine = open_engine(settings.database_url)
    path = sqlite_path(engine)
    handle = lock.take(path) if path is not None else None
    try:
        before = _keep(engine, path, folder=settings.backups, now=now)
        if path is None:
            migrate.upgrade(engine, backup_folder=settings.backups, now=now)
        backups.restore(engine, source)
        migrate.upgrade(engine, backup_folder=settings.backups, now=now)
        with writing(engine) as session:
            audit.note(session, actor="operator", action="backup restored", now=now)
    finally:
        engine.dispose()
        if handle is not None:
            handle.close()
    return before


def _keep(engine: Engine, path: Path | None, *, folder: Path, now: datetime) -> Path | None:
    target = folder / f"before-restore-{now:%Y%m%d-%H%M%S}.sqlite3"
    if path is None:
        return None if migrate.is_empty(engine) else backups.make(engine, target)
    if not path.exists() or not path.stat().st_size:
        return None
    try:
        return backups.make(engine, target)
    except BackupError:
        # A damaged database can't be copied as one; its bytes are kept all the same.
        for end in ("", "-wal"):
            part = path.with_name(path.name + end)
            if part.exists():
                copy = target.with_name(target.name + end)
                private.new_file(copy)
                copy.write_bytes(part.read_bytes())
    return target


def drop_old_backups(engine: Engine, settings: Settings, *, now: datetime) -> list[Path]:
    """Delete backups that the program made by itself longer ago than the operator wants them kept."""
    gone = backups.drop_old(settings.backups, before=now - timedelta(days=settings.keep_days_backups))
    if gone:
        with writing(engine) as session:
            audit.note(session, actor="xsector", action="old backups deleted", now=now, detail={"files": len(gone)})
    return gone


def forget_old_people(engine: Engine, settings: Settings, *, now: datetime) -> int:
    """Take everybody off the lists of partnerships in which nothing happened for as long as people are kept.

    Their answers go too, for nobody could open them any more; what was shown stays. Returns how many people it were.
    """
    before, many = now - timedelta(days=settings.keep_days_people), 0
    with writing(engine) as session:
        for partnership in partnerships.everyone(session):
            if not partnerships.rests_since(session, partnership.id, before=before):
                continue
            people = rosters.everyone(session, partnership_id=partnership.id)
            for one in people:
                erasing.forget(session, partnership_id=partnership.id, participant_id=one.id)
            for round_ in rounds.of_partnership(session, partnership.id):
                sheets.forget_all(session, round_.id)
            if people:
                audit.note(
                    session, actor="xsector", action="old list of people deleted", now=now,
                    partnership_id=partnership.id, detail={"people": len(people)},
                )  # fmt: skip
            many += len(people)
    if many:
        forget_log(engine)
    return many


def open_to_others(engine: Engine, settings: Settings) -> list[str]:
    """Which files with answers in them others on this computer may read, one sentence each."""
    path = sqlite_path(engine)
    found = [] if path is None or not private.open_to_others(path) else [path]
    if path is not None and not found:
        # SQLite gives its log the rights of the database; only a log from before has others.
        found = [one for one in path.parent.glob(f"{path.name}-*") if private.open_to_others(one)]
    found += [one for one in sorted(settings.backups.glob("*.sqlite3*")) if private.open_to_others(one)]
    return [f"Others on this computer may read {one}. Close it with: chmod 600 '{one}'" for one in found]


def problems(engine: Engine) -> list[str]:
    """What is broken, one sentence each; empty if all is well."""
    found = quick_problems(engine)
    if found:
        return found
    with reading(engine) as session:
        if (release := releases.first_broken(session)) is not None:
            found.append(f"The figures of release {release} aren't those that were released.")
        if (release := releases.miscounted(session)) is not None:
            found.append(f"Release {release} counts other people than are noted as its members.")
        found += [
            f"The releases of “{one.name}” together tell a group of {few.people} apart from everybody else."
            for one in partnerships.everyone(session)
            for few in lonely_of(session, one.id)
        ]
        if (entry := audit.first_broken(session)) is not None:
            found.append(f"The audit log was changed at entry {entry}.")
    return found
