"""Copies of a database file: made while others write, checked, and put back."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Literal

from quotegrid.disk import study_refusal, sync
from quotegrid.storage.engines.sqlite_errors import code_of, meaning

_WAIT_SECONDS = 10.0


def copy_database(path: Path, target: Path) -> None:
    """Copy a database as of one moment with SQLite's online backup; others may read and write meanwhile.

    The copy is one file without a log, and is on the disk when this returns.

    Args:
        path: The database.
        target: The copy; must not be there.

    Raises:
        StudyError: If the database cannot be read or the copy not written; no copy is left then.
    """
    with _said(path), closing(_opened(path)) as source:
        source.execute("PRAGMA schema_version").fetchone()
        copy_from(source, target)


def copy_from(source: sqlite3.Connection, target: Path) -> None:
    """Copy what a connection sees into a new file; on failure nothing is left of it.

    Raises:
        StudyError: If the copy cannot be written.
    """
    try:
        with _said(target), closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE").fetchone()
        sync(target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def copy_as_it_is(path: Path, target: Path) -> None:
    """Copy a database's file and log byte by byte, for one that SQLite cannot read.

    Raises:
        DiskError: If the copy cannot be written.
    """
    for file, copy in zip(sides(path), sides(target), strict=True):
        if file.is_file():
            try:
                shutil.copyfile(file, copy)
                sync(copy)
            except OSError as error:
                raise study_refusal(copy, error.errno, str(error.strerror)) from error


def sides(path: Path) -> tuple[Path, Path, Path]:
    """Return the files of which a database consists: its own, its log and the log's index."""
    return path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")


def state_of(copy: Path) -> tuple[str, int]:
    """Return the GUID of the study in a copy, of any version, and the number of entries of its journal.

    Returns:
        An empty GUID and 0 where nothing has been written into it yet.
    """
    with _said(copy), closing(_opened(copy, "ro")) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        guid = connection.execute("SELECT guid FROM study").fetchone() if "study" in tables else None
        entries = (
            connection.execute("SELECT max(id) FROM journal").fetchone() if "journal" in tables else None
        )
    return str(guid[0]) if guid else "", int(entries[0] or 0) if entries else 0


def faults_of(path: Path, most: int = 10) -> list[str]:
    """Return what SQLite finds wrong in a database file: damaged pages, and rows that refer to none.

    Args:
        path: The file, which nobody has open.
        most: The most faults that are returned.
    """
    try:
        with closing(_opened(path, "ro")) as connection:
            found = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({most})")]
            faults = [line for line in found if line != "ok"]
            if not faults:
                rows = connection.execute("PRAGMA foreign_key_check").fetchmany(most)
                faults = [f"row {row[1]} of {row[0]} refers to nothing in {row[2]}" for row in rows]
            return faults
    except sqlite3.Error as error:
        return [str(error)]


def put_back(copy: Path, path: Path) -> None:
    """Put the content of a copy into a database's place; who has it open sees the new content.

    Where the file that stands there cannot be read, it is replaced.

    Raises:
        StudyBusyError: If somebody is writing to the database.
        DiskError: If it cannot be written; what stood there stands then.
    """
    if path.is_file() and path.stat().st_size:
        try:
            with closing(_opened(path)) as target:
                target.execute("PRAGMA schema_version").fetchone()
                with closing(_opened(copy, "ro")) as source:
                    source.backup(target)
                target.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            sync(path)
            return
        except sqlite3.DatabaseError as error:
            if code_of(error) not in _UNREADABLE:
                raise meaning(error, path) from error
    _replace(copy, path)


_UNREADABLE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


def _replace(copy: Path, path: Path) -> None:
    beside = path.with_name(f"{path.name}.restoring")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(copy, beside)
        sync(beside)
        # The log of the file that goes would be taken for the log of the one that comes.
        for side in sides(path)[1:]:
            side.unlink(missing_ok=True)
        beside.replace(path)
        sync(path.parent)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise study_refusal(path, error.errno, str(error.strerror)) from error


def _opened(path: Path, mode: Literal["ro", "rw"] = "rw") -> sqlite3.Connection:
    """Connect to a file that is there; a plain connection would make an empty one."""
    address = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=_WAIT_SECONDS, isolation_level=None)


@contextmanager
def _said(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise meaning(error, path) from error
