"""A study's database as a SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError

from quotegrid.errors import RepairError, StudyBusyError
from quotegrid.storage import lock
from quotegrid.storage.engines import StudyEngine

BUSY_MILLISECONDS = 3000


class SqliteEngine(StudyEngine):
    """A file.

    Args:
        path: The file; made when first written to.
    """

    is_shared = False

    def __init__(self, path: Path) -> None:
        self.path = path
        self.where = str(path)
        self.engine = _engine(path)
        self._watcher: sqlite3.Connection | None = None
        self._watching = Lock()

    def options(self, *, write: bool) -> Mapping[str, Any]:
        """Nothing."""
        return {}

    def begin(self, connection: Connection, *, write: bool) -> None:
        """Begin; one that writes takes the file's write lock at once."""
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    @contextmanager
    def readable(self) -> Iterator[None]:
        """Turn what SQLite says into what a user can do about it."""
        try:
            yield
        except OperationalError as error:
            said = str(error.orig)
            if "locked" in said or "busy" in said:
                raise StudyBusyError(
                    "another program is writing to the study.",
                    file=self.path,
                    todo="Try again when it has finished.",
                ) from error
            if "readonly" in said or "unable to open" in said:
                raise StudyBusyError(
                    f"the database cannot be opened for writing ({said}).",
                    file=self.path,
                    todo="Check who may write to the file and its folder.",
                ) from error
            if "full" in said:
                raise StudyBusyError("the disk is full; nothing was changed.", file=self.path) from error
            raise self._damaged(said) from error
        except DatabaseError as error:
            raise self._damaged(str(error.orig)) from error

    def _damaged(self, said: str) -> RepairError:
        return RepairError(
            f"this study's database cannot be used ({said}).",
            file=self.path,
            todo="Restore it from a backup, or move it away and import again.",
        )

    def tables(self, connection: Connection) -> set[str]:
        """The names of the tables."""
        rows = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {row[0] for row in rows}

    def version(self) -> int:
        """A number that is another one as soon as anybody has changed anything."""
        # SQLite tells it of what others did since the same connection asked before.
        with self._watching, self.readable():
            if self._watcher is None:
                self._watcher = sqlite3.connect(self.path, check_same_thread=False)
            return int(self._watcher.execute("PRAGMA data_version").fetchone()[0])

    def back_up(self) -> Path:
        """Copy the file beside itself, named after the time."""
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        target = self.path.with_name(f"{self.path.name}.backup-{stamp}")
        with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
        return target

    def writing(self, who: str, what: str, *, seconds: float) -> AbstractContextManager[None]:
        """Hold the lock file beside the database."""
        return lock.writing(self.path, who, what, seconds=seconds)

    def close(self) -> None:
        """Let go of the file."""
        with self._watching:
            if self._watcher is not None:
                self._watcher.close()
                self._watcher = None
        self.engine.dispose()


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    return engine
