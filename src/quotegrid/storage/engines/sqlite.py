"""A study's database as a SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, DisconnectionError

from quotegrid.domain.study.faults import Fault
from quotegrid.domain.text.search_form import forms, stems
from quotegrid.errors import RepairError
from quotegrid.storage.engines import lock
from quotegrid.storage.engines.protocol import StudyEngine
from quotegrid.storage.engines.sqlite_backup import copy_from
from quotegrid.storage.engines.sqlite_copy import CopyConnection, ReadingCopy
from quotegrid.storage.engines.sqlite_errors import NOT_WRITABLE, code_of, meaning, missing_file
from quotegrid.storage.engines.sqlite_health import file_faults, full_text_faults, make_indexes_again
from quotegrid.storage.engines.sqlite_texts import SourceTexts, StudyConnection

BUSY_MILLISECONDS = 3000


class SqliteEngine(StudyEngine):
    """A study's database in a file.

    Args:
        path: The file; made when first written to.
    """

    is_shared = False

    def __init__(self, path: Path) -> None:
        self.path = path
        self.where = str(path)
        self._copy = ReadingCopy(path)
        self._was_there = False
        self.engine = self._engine()
        self._watcher: sqlite3.Connection | None = None
        self._watching = Lock()

    def options(self, *, write: bool) -> Mapping[str, Any]:
        """Return no options."""
        return {}

    def begin(self, connection: Connection, *, write: bool) -> None:
        """Begin a transaction; one that writes takes the file's write lock at once."""
        raw = connection.connection.dbapi_connection
        if write and isinstance(raw, CopyConnection):
            raise raw.refusal
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    @contextmanager
    def migrating(self, connection: Connection) -> Iterator[None]:
        """Open a transaction that changes the schema; tables that others refer to may be made anew.

        Raises:
            RepairError: If a foreign key is broken; nothing is changed then.
        """
        # SQLite's own procedure: within a transaction the setting cannot be changed.
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        try:
            with super().migrating(connection):
                yield
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise RepairError(
                        "this study's database refers to rows that it does not have.",
                        file=self.path,
                        todo="Nothing was changed; put a backup in its place.",
                    )
        except BaseException:
            # SQLAlchemy takes a transaction whose end failed for ended; within it the setting would stay.
            raw = connection.connection.dbapi_connection
            if raw is not None:
                raw.rollback()
            raise
        finally:
            connection.exec_driver_sql("PRAGMA foreign_keys = ON")

    @contextmanager
    def readable(self) -> Iterator[None]:
        """Turn SQLite's errors into errors that say what the user can do."""
        try:
            yield
        except DatabaseError as error:
            raise meaning(error.orig, self.path) from error
        except sqlite3.Error as error:
            raise meaning(error, self.path) from error

    def tables(self, connection: Connection) -> set[str]:
        """Return the names of the tables."""
        rows = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {row[0] for row in rows}

    def version(self) -> int:
        """Return a number that changes as soon as anybody has changed anything."""
        # SQLite tells it of what others did since the same connection asked before.
        with self._watching, self.readable():
            if self._watcher is None:
                connection = self._connect()
                if isinstance(connection, CopyConnection):
                    connection.close()
                    return -self._copy.number
                self._watcher = connection
            return int(self._watcher.execute("PRAGMA data_version").fetchone()[0])

    def copy_to(self, target: Path) -> None:
        """Copy the database as it is at one moment, its log included; on failure nothing is left."""
        with self.readable(), closing(self._connect()) as source:
            copy_from(source, target)

    def faults(self, connection: Connection, *, quick: bool) -> Iterator[Fault]:
        """Yield what is wrong with the file, its indexes, its references and the full-text index."""
        yield from file_faults(connection, quick=quick)
        if not quick:
            yield from full_text_faults(connection)

    def make_indexes_again(self, connection: Connection) -> None:
        """Make all indexes again, the full-text index among them."""
        make_indexes_again(connection)

    def writing(self, who: str, what: str, *, seconds: float) -> AbstractContextManager[None]:
        """Hold the lock file beside the database."""
        return lock.writing(self.path, who, what, seconds=seconds)

    def close(self) -> None:
        """Close all connections."""
        with self._watching:
            if self._watcher is not None:
                self._watcher.close()
                self._watcher = None
        self.engine.dispose()
        self._copy.close()

    def _engine(self) -> Engine:
        engine = create_engine(f"sqlite:///{self.path}", creator=self._connect)
        # Full text is written to disk after every statement: one that inserts many rows does so once.
        engine.dialect.use_insertmanyvalues_wo_returning = True

        @event.listens_for(engine, "checkout")
        def _try_again(connection: Any, _record: Any, _proxy: Any) -> None:
            if isinstance(connection, CopyConnection):
                if connection.was_used:
                    raise DisconnectionError
                connection.was_used = True

        return engine

    def _connect(self) -> sqlite3.Connection:
        """Connect to the file, or to a copy of it where its disk is read-only."""
        try:
            return self._connect_to_file()
        except sqlite3.OperationalError as error:
            if code_of(error) not in NOT_WRITABLE or not _holds_something(self.path):
                raise
            return self._copy.connect(meaning(error, self.path))

    def _connect_to_file(self) -> sqlite3.Connection:
        # One that was there is never made again: what was in it would seem to have never been.
        is_there = _holds_something(self.path)
        if self._was_there and not is_there:
            raise missing_file(self.path)
        self._was_there = is_there
        address = f"{self.path.absolute().as_uri()}?mode={'rw' if self._was_there else 'rwc'}"
        connection = sqlite3.connect(
            address, uri=True, check_same_thread=False, isolation_level=None, factory=StudyConnection
        )
        try:
            connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            # The triggers that keep the full-text index ask for them.
            connection.create_function("quotegrid_passage", 4, SourceTexts(connection).passage)
            connection.create_function("quotegrid_forms", 1, forms, deterministic=True)
            connection.create_function("quotegrid_stems", 2, stems, deterministic=True)
            # Only what reads the file opens its log.
            connection.execute("PRAGMA schema_version").fetchone()
        except BaseException:
            connection.close()
            raise
        return connection


def _holds_something(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0
