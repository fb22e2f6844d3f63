"""The meaning of SQLite's errors for a user, with what to do about each."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

from quotegrid.disk import study_refusal, why_not_writable
from quotegrid.errors import DiskError, RepairError, StudyBusyError, StudyError
from quotegrid.settings_values import BACKUPS

NOT_WRITABLE = frozenset(
    {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY}
)
"""SQLite's codes where it cannot write; reading can raise them too, because the log needs files."""
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_UNDECODABLE = "Could not decode to UTF-8"
"""The beginning of Python's message on a text that is stored as UTF-8 and is no such text any more."""
_PRIMARY = 0xFF
"""The bits of an extended error code that hold the primary code."""


def code_of(error: BaseException | None) -> int:
    """Return the primary code of SQLite's error; `SQLITE_ERROR` where it has none."""
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)) & _PRIMARY


def meaning(error: BaseException | None, path: Path) -> StudyError:
    """Return the quotegrid error that an error of SQLite stands for.

    Args:
        error: The error.
        path: The database's file.
    """
    code, said = code_of(error), str(error)
    if said.startswith(_UNDECODABLE):
        code = sqlite3.SQLITE_CORRUPT
    if code in _BUSY:
        return StudyBusyError(
            "another program is writing to the study.", file=path, todo="Try again when it has finished."
        )
    if code in _DAMAGED:
        return RepairError(
            f"this study's database is damaged ({said}).",
            file=path,
            todo='Put a backup in its place with "quotegrid backup restore", which keeps the damaged file '
            f"too{newest_backup(path)}. "
            "Without a backup nothing of what was decided can be had again from here: move the file away, "
            "and quotegrid says what else is to go before you import again.",
        )
    if code in NOT_WRITABLE:
        return _refusal(code, said, path)
    return RepairError(
        f"this study's database does not do what was asked of it ({said}). Nothing was changed.",
        file=path,
        todo="Leave the file as it is, and tell who looks after quotegrid what you did.",
    )


def _refusal(code: int, said: str, path: Path) -> StudyError:
    if not path.parent.is_dir():
        return DiskError(
            "the folder of this study's database is not there.",
            file=path,
            todo="Connect its disk, or mend database in quotegrid.toml.",
        )
    number = errno.ENOSPC if code == sqlite3.SQLITE_FULL else why_not_writable(path.parent)
    if number is None and code == sqlite3.SQLITE_READONLY:
        number = errno.EROFS if os.access(path, os.W_OK) else errno.EACCES
    return study_refusal(path, number, said)


def missing_file(path: Path) -> RepairError:
    """Return the error for a database file that has just disappeared."""
    return RepairError(
        "this study's database is not there any more.",
        file=path,
        todo='Put it back where it was, or a backup in its place with "quotegrid backup restore"'
        f"{newest_backup(path)}.",
    )


def backup_files(path: Path) -> list[Path]:
    """Return the copies of a database in its backups, oldest first.

    Args:
        path: The database. Copies that versions before 0.2 made before a migration stand right beside it.
    """
    found = [*path.parent.glob(f"{BACKUPS}/*/{path.name}"), *path.parent.glob(f"{path.name}.backup-*")]
    return sorted((file for file in found if file.stat().st_size), key=lambda file: stamp_of(file, path))


def stamp_of(backup: Path, path: Path) -> str:
    """Return when a copy of a database was made (UTC): "20261130T225107Z"."""
    named = (
        backup.parent.name if backup.name == path.name else backup.name.removeprefix(f"{path.name}.backup-")
    )
    return named.replace("-", "")


def newest_backup(path: Path) -> str:
    """Return the newest backup of a database as the continuation of a sentence; empty where there is none."""
    found = backup_files(path)
    return f"; the newest is {found[-1].relative_to(path.parent).as_posix()}" if found else ""
