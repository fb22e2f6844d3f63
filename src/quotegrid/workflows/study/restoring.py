"""Putting a backup back, and looking whether backups are still what they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from quotegrid.domain.exchange.listing import column
from quotegrid.errors import RepairError, StudyError, UsageError
from quotegrid.exports.files import write_whole
from quotegrid.settings_values import CONFIG_NAME
from quotegrid.workflows.study.backups import (
    BY_HAND,
    Backup,
    StudyFiles,
    back_up,
    digest,
    find_backup,
    found_backups,
    keep_as_it_is,
)

if TYPE_CHECKING:
    from quotegrid.workflows.study.folder import StudyFolder


@dataclass(frozen=True, slots=True)
class ListedBackup:
    """A backup of a study."""

    name: str = column("the name by which `quotegrid backup restore` and `verify` know it", place=0)
    made: str = column("when it was made (UTC)", place=1)
    why: str = column("the reason; empty where it has no note", place=2)
    by: str = column("the coder who was working", place=3)
    entries: int | None = column("how many entries the journal had; null where it is not known", place=4)
    bytes: int = column("its size", place=5)
    folder: str = column("where it is")


@dataclass(frozen=True, slots=True)
class Restored:
    """The result of a restore."""

    backup: Backup
    before: Path | None
    """The backup of what stood there before; None where nothing did."""


def list_backups(study: StudyFolder) -> list[ListedBackup]:
    """Return the backups of a study, oldest first.

    Raises:
        UsageError: If a server holds the study.
    """
    return [
        ListedBackup(
            name=backup.name,
            made=backup.made.isoformat(timespec="seconds"),
            why=backup.note.why if backup.note else "",
            by=backup.note.by if backup.note else "",
            entries=backup.note.entries if backup.guid and backup.note else None,
            bytes=sum(file.stat().st_size for file in _files(backup)),
            folder=str(backup.folder),
        )
        for backup in found_backups(study.files)
    ]


def back_up_by_hand(study: StudyFolder) -> Backup:
    """Make a backup that is never thinned, in the second place too where there is one.

    Raises:
        UsageError: If a server holds the study.
        RepairError: If the database is damaged or missing.
        DiskError: If the backup cannot be written.
    """
    # A study without a database yet gets one, so that there is something to copy.
    _ = study.database
    return study.back_up(BY_HAND)


def verify_backups(study: StudyFolder, names: Sequence[str]) -> list[tuple[Backup, list[str]]]:
    """Check backups; return each with what is wrong with it.

    Args:
        study: The study.
        names: Their names or folders; none for all.

    Raises:
        UsageError: If a server holds the study, or there is no such backup.
    """
    files = study.files
    chosen = [find_backup(files, name) for name in names] if names else found_backups(files)
    return [(backup, faults_in(backup)) for backup in chosen]


def lost_by_restoring(study: StudyFolder, name: str) -> str:
    """Return which backup a restore puts back and how much was done after it, as a sentence.

    Raises:
        UsageError: If a server holds the study, or there is no such backup.
    """
    backup = find_backup(study.files, name)
    entries, _ = _present(study)
    told = f"{backup.name}, made {backup.note.why if backup.note else 'before a migration'}"
    if backup.note is None or entries is None:
        return f"{told}. What stands in the study now is kept in a backup of its own."
    since = max(entries - backup.note.entries, 0)
    return (
        f"{told}, has the journal up to entry {backup.note.entries:,}; what came since ({since:,}) "
        "is kept in a backup of its own."
    )


def restore_backup(study: StudyFolder, name: str) -> Restored:
    """Put a backup in a study's place, after a backup of what stands there; the study is closed by it.

    Raises:
        UnknownNameError: If there is no such backup.
        RepairError: If the backup is damaged.
        UsageError: If it is another study's, or a server holds the study.
        StudyBusyError: If somebody is writing to it.
        DiskError: If something cannot be written.
    """
    from quotegrid.settings_reading import load_settings

    files = study.files
    _, guid = _present(study)
    study.close()
    with study.writing("restoring a backup"):
        done = restore(files, name, guid=guid)
    study.close()
    study.take_settings(load_settings(study.root / CONFIG_NAME))
    return done


def _present(study: StudyFolder) -> tuple[int | None, str]:
    """Return the number of entries of the journal and the study's GUID, where the database can be read."""
    from quotegrid.storage.engines.sqlite_backup import state_of

    try:
        guid, entries = state_of(study.database_path)
    except StudyError:
        return None, ""
    return entries, guid


def faults_in(backup: Backup) -> list[str]:
    """Return what is wrong with a backup: files that are missing or changed, and damage in the database."""
    from quotegrid.storage.engines.sqlite_backup import faults_of

    faults = []
    for name, known in (backup.note.files if backup.note else {}).items():
        file = backup.folder / name
        if not file.is_file():
            faults.append(f"{name} is missing")
        elif digest(file) != known:
            faults.append(f"{name} has changed since it was made")
    if not backup.database.is_file():
        return faults or [f"{backup.database.name} is missing"]
    return faults + faults_of(backup.database)


def restore(files: StudyFiles, name: str, *, guid: str = "") -> Restored:
    """Put a backup in the study's place, after a backup of what stands there.

    The caller holds the write lock. Who has the study open sees what was restored.

    Args:
        files: The study's files.
        name: The backup; empty for the newest.
        guid: The study's GUID, if it is known.

    Raises:
        UnknownNameError: If there is no such backup.
        RepairError: If the backup is damaged.
        UsageError: If it is another study's.
        DiskError: If something cannot be written.
    """
    from quotegrid.storage.engines.sqlite_backup import put_back

    backup = find_backup(files, name)
    if faults := faults_in(backup):
        raise RepairError(
            f"this backup cannot be used: {'; '.join(faults)}.",
            file=backup.folder,
            todo='Take another one; "quotegrid backup list" shows them. Nothing was changed.',
        )
    if guid and backup.guid and guid != backup.guid:
        raise UsageError(
            "this backup is another study's.",
            file=backup.folder,
            todo="Nothing was changed.",
        )
    before = _kept_before(files)
    put_back(backup.database, files.database)
    if backup.note is not None:
        for file in (files.codebook, files.root / CONFIG_NAME):
            if file.name in backup.note.files:
                write_whole(file, (backup.folder / file.name).read_bytes())
    return Restored(backup, before)


def _kept_before(files: StudyFiles) -> Path | None:
    try:
        if files.database.is_file() and files.database.stat().st_size:
            return back_up(files, "before a restore").folder
    except RepairError:
        pass
    return keep_as_it_is(files, f"damaged, kept on {datetime.now(UTC):%Y-%m-%d} before a restore")


def _files(backup: Backup) -> list[Path]:
    return [backup.folder] if backup.folder.is_file() else list(backup.folder.iterdir())
