"""Backups of a study: made by themselves, checked when made, and thinned as they grow old.

A backup is a folder with the database, the codebook's file and the settings, and a note on what they are.
"""

from __future__ import annotations

import glob
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from quotegrid import __version__
from quotegrid.disk import study_refusal, sync
from quotegrid.domain.study.thinning import kept
from quotegrid.errors import DiskError, RepairError, UnknownNameError
from quotegrid.settings_values import BACKUPS, CONFIG_NAME

NOTE = "backup.json"
BY_HAND = "by hand"
_RECENT = timedelta(minutes=10)
"""Within this time one backup does for several merges or replacements."""
_STAMP = "%Y-%m-%dT%H%M%SZ"
_OLD_STAMP = "%Y%m%dT%H%M%SZ"
_SHORT = 8
"""The characters of a GUID that tell studies of one name apart."""


@dataclass(frozen=True, slots=True)
class StudyFiles:
    """The files of a study that a backup holds, and where its backups stand."""

    root: Path
    database: Path
    codebook: Path
    place: str
    """The second place for backups; empty for none."""
    by: str
    """The coder who is working."""

    @property
    def backups(self) -> Path:
        """Return the folder of backups."""
        return self.database.parent / BACKUPS

    def second(self, guid: str) -> Path | None:
        """Return the folder of this study's backups in the second place; None where there is no such place.

        Args:
            guid: The study's GUID, since two studies may have folders of one name.
        """
        if not self.place:
            return None
        return Path(self.place).expanduser() / f"{self.root.name}-{guid[:_SHORT]}"

    def seconds(self) -> list[Path]:
        """Return the folders in the second place that may be this study's."""
        place = Path(self.place).expanduser()
        return sorted(place.glob(f"{glob.escape(self.root.name)}-{'?' * _SHORT}")) if self.place else []


class BackupNote(BaseModel):
    """The note in a backup's folder."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    made: datetime
    why: str
    """The reason: "before merging codes"; `BY_HAND` for one that is never thinned."""
    by: str
    guid: str = ""
    """The study's GUID; empty where the database could not be read."""
    entries: int = 0
    """The number of entries of the journal."""
    version: str = ""
    """The version of quotegrid that made it."""
    files: dict[str, str]
    """The SHA-256 of each file, by its name."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that is there."""

    folder: Path
    """The folder; for a copy beside the database, as versions before 0.2 made them, that file."""
    made: datetime
    database: Path
    note: BackupNote | None
    """The note; None where there is none or it cannot be read."""

    @property
    def name(self) -> str:
        """Return the name by which commands know it."""
        return self.folder.name

    @property
    def guid(self) -> str:
        """Return the study's GUID; empty where it is not known."""
        return self.note.guid if self.note else ""

    @property
    def is_thinned(self) -> bool:
        """Return whether it may go when it is old: only copies that were made by themselves and are sound."""
        return self.note is not None and self.note.why != BY_HAND and bool(self.note.guid)


def back_up(files: StudyFiles, why: str) -> Backup:
    """Copy a study's database, codebook and settings, check the copy, and thin the older ones.

    Args:
        files: The study's files.
        why: The reason, as a phrase.

    Raises:
        RepairError: If the database is damaged; nothing is thinned then.
        DiskError: If the copy cannot be written; nothing of it is left then.
    """
    from quotegrid.storage.engines.sqlite_backup import copy_database, faults_of, state_of

    at = datetime.now(UTC).replace(microsecond=0)
    with _new_folder(files.backups, at) as (folder, partial):
        copy = partial / files.database.name
        copy_database(files.database, copy)
        if faults := faults_of(copy):
            raise RepairError(
                f"this study's database is damaged ({faults[0]}).",
                file=files.database,
                todo='"quotegrid backup restore" puts the newest backup in its place; this file is kept too.',
            )
        guid, entries = state_of(copy)
        at = _moment(folder.name, _STAMP) or at
        note = BackupNote(
            made=at,
            why=why,
            by=files.by,
            guid=guid,
            entries=entries,
            version=__version__,
            files=_filled(partial, files),
        )
        write_note(partial, note)
    thin(files.backups, at)
    return Backup(folder, at, folder / files.database.name, note)


def keep_as_it_is(files: StudyFiles, why: str) -> Path | None:
    """Keep the files of a study whose database cannot be read; None where there is nothing of it.

    Raises:
        DiskError: If they cannot be copied.
    """
    from quotegrid.storage.engines.sqlite_backup import copy_as_it_is, sides

    at = datetime.now(UTC)
    if not any(side.is_file() for side in sides(files.database)):
        return None
    with _new_folder(files.backups, at) as (folder, partial):
        copy_as_it_is(files.database, partial / files.database.name)
        note = BackupNote(made=at, why=why, by=files.by, version=__version__, files=_filled(partial, files))
        write_note(partial, note)
    return folder


def back_up_elsewhere(files: StudyFiles, backup: Backup) -> None:
    """Copy a backup into the second place, where there is one.

    Raises:
        DiskError: If the place cannot be written to.
    """
    second = files.second(backup.guid)
    if second is None:
        return
    try:
        with _new_folder(second, backup.made) as (_, partial):
            for file in backup.folder.iterdir():
                shutil.copyfile(file, partial / file.name)
                sync(partial / file.name)
    except DiskError as error:
        raise DiskError(
            f"the second place for backups has no copy of this one: {error.what}",
            file=second,
            todo="Connect its disk, or mend [backups] place in quotegrid.toml; the other one is whole.",
        ) from error
    thin(second, backup.made)


def is_due(files: StudyFiles, begun: datetime | None, now: datetime) -> bool:
    """Return whether nothing has been backed up on this day of what was there before it.

    Args:
        files: The study's files.
        begun: When the first deed in it was done; None if none was.
        now: The present, in the time of the place, whose days count.
    """
    found = [backup.made for backup in found_backups(files) if backup.is_thinned]
    last = max(found, default=begun)
    return last is not None and last.astimezone(now.tzinfo).date() != now.date()


def is_recent(files: StudyFiles, now: datetime) -> bool:
    """Return whether a backup was made a few minutes ago."""
    return any(abs(now - backup.made) < _RECENT for backup in found_backups(files) if backup.is_thinned)


def found_backups(files: StudyFiles) -> list[Backup]:
    """Return the backups of a study, oldest first; of the second place those that are only there."""
    here = list(_in(files.backups, files))
    for file in files.database.parent.glob(f"{glob.escape(files.database.name)}.backup-*"):
        made = _moment(file.name.rpartition("-")[2], _OLD_STAMP)
        if made is not None and file.stat().st_size:
            here.append(Backup(file, made, file, None))
    guids = {backup.guid for backup in here} - {""}
    names = {backup.name for backup in here}
    for folder in files.seconds():
        here += [
            backup
            for backup in _in(folder, files)
            if backup.name not in names and (not guids or backup.guid in guids)
        ]
    return sorted(here, key=lambda backup: (backup.made, backup.name))


def find_backup(files: StudyFiles, name: str) -> Backup:
    """Return the backup with a name, or in a folder; the newest for an empty name.

    Raises:
        UnknownNameError: If there is none, or the newest may be another study's.
    """
    found = found_backups(files)
    whole = [backup for backup in found if backup.note is None or backup.guid]
    if not name and len({backup.guid for backup in whole if backup.note}) > 1:
        raise UnknownNameError(
            "the second place has backups of several studies with this name.",
            file=Path(files.place),
            todo='Name the folder of one: "quotegrid backup restore FOLDER".',
        )
    if not name and whole:
        return whole[-1]
    for backup in found:
        if name in (backup.name, str(backup.folder)):
            return backup
    elsewhere = Path(name).expanduser()
    note = read_note(elsewhere) if name else None
    if note is not None:
        return Backup(elsewhere, note.made, elsewhere / files.database.name, note)
    raise UnknownNameError(
        f'there is no backup "{name}".' if name else "this study has no backup.",
        todo='"quotegrid backup list" shows what there is.'
        if found
        else 'Name the folder of one that you keep elsewhere: "quotegrid backup restore FOLDER".',
    )


def thin(folder: Path, now: datetime) -> None:
    """Delete those backups in a folder that are no longer kept; see `domain.study.thinning`."""
    found = [(path, note) for path in folder.iterdir() if (note := read_note(path)) is not None]
    ours = [(path, note) for path, note in found if note.why != BY_HAND and note.guid]
    stay = kept([note.made for _, note in ours], now)
    for path, note in ours:
        if note.made not in stay:
            shutil.rmtree(path, ignore_errors=True)


def read_note(folder: Path) -> BackupNote | None:
    """Return the note in a backup's folder; None where there is none or it cannot be read."""
    try:
        return BackupNote.model_validate_json((folder / NOTE).read_bytes())
    except (OSError, ValidationError):
        return None


def write_note(folder: Path, note: BackupNote) -> None:
    """Write the note of a backup's folder.

    Raises:
        DiskError: If it cannot be written.
    """
    path = folder / NOTE
    try:
        path.write_text(note.model_dump_json(indent=2), encoding="utf-8")
        sync(path)
    except OSError as error:
        raise study_refusal(path, error.errno, str(error.strerror)) from error


def digest(file: Path) -> str:
    """Return a file's SHA-256."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def _new_folder(folder: Path, at: datetime) -> Iterator[tuple[Path, Path]]:
    """Make a folder that gets its name only when it is filled and on the disk: (its path, where to fill it).

    Raises:
        DiskError: If it cannot be made; nothing of it is left then.
    """
    partial = folder / f".{at.strftime(_STAMP)}.partial"
    try:
        # Nobody but the owner and the group, if it may write here at all, reads what participants said.
        folder.mkdir(mode=0o770, parents=True, exist_ok=True)
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(mode=0o770)
        target = folder / at.strftime(_STAMP)
        while target.exists():
            target = folder / (at := at + timedelta(seconds=1)).strftime(_STAMP)
        yield target, partial
        sync(partial)
        partial.rename(target)
        sync(folder)
    except OSError as error:
        raise study_refusal(folder, error.errno, str(error.strerror)) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _filled(partial: Path, files: StudyFiles) -> dict[str, str]:
    """Copy the codebook and the settings beside the copy of the database; return the digests of all."""
    for file in (files.codebook, files.root / CONFIG_NAME):
        if file.is_file():
            shutil.copyfile(file, partial / file.name)
            sync(partial / file.name)
    return {file.name: digest(file) for file in sorted(partial.iterdir())}


def _in(folder: Path, files: StudyFiles) -> Iterator[Backup]:
    for path in folder.iterdir() if folder.is_dir() else ():
        made = _moment(path.name, _STAMP)
        if made is not None and path.is_dir():
            yield Backup(path, made, path / files.database.name, read_note(path))


def _moment(name: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(name, form).replace(tzinfo=UTC)
    except ValueError:
        return None
