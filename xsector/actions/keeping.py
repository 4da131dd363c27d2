"""Keeping the database safe: backup, restore, verify."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from xsector.actions import erasing
from xsector.actions.membership import lonely_of
from xsector.actions.running import take_no_more
from xsector.errors.operating import BackupError
from xsector.model.round import State
from xsector.settings import Settings
from xsector.store import (
    audit,
    backups,
    lock,
    migrate,
    partnerships,
    private,
    releases,
    replaced,
    rosters,
    rounds,
    sheets,
)
from xsector.store.engine import Engine, Session, forget_log, open_engine, reading, sqlite_path, writing
from xsector.store.health import quick_problems
from xsector.store.replaced import ShownRound

RESTORED: Final = "backup restored"
ENDED: Final = "shown round ended at restore"


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtBack:
    """What a restore did beside replacing the database."""

    kept: Path | None
    """Where what was there is kept."""
    ended: tuple[str, ...]
    """The rounds, by name, of which more had been shown than the backup knows."""
    compared: bool
    """Whether what was there could be read, so that such rounds are known."""


def back_up(engine: Engine, target: Path) -> Path:
    """Copy the database into the new file *target* and check the copy."""
    return backups.make(engine, target)


def bring_back(settings: Settings, source: Path, *, now: datetime) -> BroughtBack:
    """Replace the database by the backup *source*.

    Rounds of which the replaced database had shown more than the backup knows have ended in what is brought back:
    another reveal could be compared with what people have seen.

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
        kept = _keep(engine, path, folder=settings.backups, now=now)
        shown = _shown_before(engine, kept)
        if path is None:
            migrate.upgrade(engine, backup_folder=settings.backups, now=now)
        backups.restore(engine, source)
        migrate.upgrade(engine, backup_folder=settings.backups, now=now)
        with writing(engine) as session:
            detail = {"compared": shown is not None}
            audit.note(session, actor="operator", action=RESTORED, now=now, detail=detail)
            ended = [_end_if_shown(session, one, now=now) for one in shown or ()]
        forget_log(engine)
    finally:
        engine.dispose()
        if handle is not None:
            handle.close()
    return BroughtBack(kept=kept, ended=tuple(filter(None, ended)), compared=shown is not None)


def _shown_before(engine: Engine, kept: Path | None) -> list[ShownRound] | None:
    """What the database had shown that is to be replaced; None where that can't be known."""
    if kept is not None:
        return replaced.shown_in_file(kept)
    return None if migrate.has_vanished(engine) else []


def _end_if_shown(session: Session, one: ShownRound, *, now: datetime) -> str:
    """The name of a round of which more was shown than is known now, after it has ended; nothing for others."""
    there = replaced.still_there(session, one)
    if there and not replaced.lacks(session, one):
        return ""
    if there:
        if rounds.get(session, one.id).state is State.OPEN:
            rounds.set_state(session, one.id, state=State.CLOSED, now=now)
        take_no_more(session, one.id)
    partnership = one.partnership_id if there else None
    name = f"“{one.title}” of “{one.partnership}”"
    detail = {"round": one.id, "name": name}
    audit.note(session, actor="operator", action=ENDED, now=now, partnership_id=partnership, detail=detail)
    return name


def not_known_to_be_shown(engine: Engine) -> list[str]:
    """What restores have left: rounds that were shown and aren't in the ledger, one sentence each."""
    with reading(engine) as session:
        found = [
            f"{one.detail['name']} had been shown before a backup was restored on {one.at:%d %B %Y}, and the ledger "
            "doesn't know what. It has ended; start a new round."
            for one in audit.of_action(session, ENDED)
        ]
        found += [
            f"The backup restored on {one.at:%d %B %Y} could not be compared with what it replaced: don't reveal a "
            "round again that people have seen."
            for one in audit.of_action(session, RESTORED)
            if one.detail.get("compared") is False
        ]
    return found


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
            sheets.forget_partnership(session, partnership.id)
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
            for chain in rounds.chains(session, one.id)
            for few in lonely_of(session, one.id, chain=chain)
        ]
        if (entry := audit.first_broken(session)) is not None:
            found.append(f"The audit log was changed at entry {entry}.")
    return found
