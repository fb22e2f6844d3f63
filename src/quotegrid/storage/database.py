"""The engine and its transactions, and what a database's errors mean to a user."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlmodel import Session

from quotegrid.errors import RepairError, StudyBusyError

__all__ = ["Database", "Session", "readable"]

BUSY_MILLISECONDS = 3000


class Database:
    """A study's SQLite file.

    Args:
        path: The file; made when first written to.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine = _engine(path)
        self._watcher: sqlite3.Connection | None = None
        self._watching = Lock()

    @contextmanager
    def session(self, *, write: bool = False) -> Iterator[Session]:
        """One transaction: kept whole when the block ends, undone whole when it fails.

        Args:
            write: Whether the block changes anything; takes the database's write lock at once. Without it
                the block sees one state of the database throughout, and nothing that it writes is kept.

        Raises:
            StudyBusyError: If another program is writing and does not finish.
            RepairError: If the file is damaged.
        """
        with readable(self.path), Session(self.engine, expire_on_commit=False) as session:
            session.connection().exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
            try:
                yield session
                if write:
                    session.commit()
            except BaseException:
                session.rollback()
                raise

    def version(self) -> int:
        """A number that is another one as soon as anybody has changed anything.

        Raises:
            RepairError: If the file is damaged.
        """
        # SQLite tells it of what others did since the same connection asked before.
        with self._watching, readable(self.path):
            if self._watcher is None:
                self._watcher = sqlite3.connect(self.path, check_same_thread=False)
            return int(self._watcher.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Let go of the file."""
        with self._watching:
            if self._watcher is not None:
                self._watcher.close()
                self._watcher = None
        self.engine.dispose()


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turn what SQLite says into what a user can do about it."""
    try:
        yield
    except OperationalError as error:
        said = str(error.orig)
        if "locked" in said or "busy" in said:
            raise StudyBusyError(
                "another program is writing to the study.", file=path, todo="Try again when it has finished."
            ) from error
        if "readonly" in said or "unable to open" in said:
            raise StudyBusyError(
                f"the database cannot be opened for writing ({said}).",
                file=path,
                todo="Check who may write to the file and its folder.",
            ) from error
        if "full" in said:
            raise StudyBusyError("the disk is full; nothing was changed.", file=path) from error
        raise _damaged(path, said) from error
    except DatabaseError as error:
        raise _damaged(path, str(error.orig)) from error


def _damaged(path: Path, said: str) -> RepairError:
    return RepairError(
        f"this study's database cannot be used ({said}).",
        file=path,
        todo="Restore it from a backup, or move it away and import again.",
    )


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
