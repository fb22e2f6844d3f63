"""A copy of a database, for reading one that SQLite cannot open on a full or read-only disk."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import weakref
from contextlib import closing
from pathlib import Path
from threading import Lock

from quotegrid.errors import DiskError, StudyError

_TRIES = 5
_MEMORY = Path("/dev/shm")  # noqa: S108 - the copy stands in a folder that only the user may enter
_State = tuple[tuple[int, int] | None, ...]
"""The times of the last change and the sizes of the database and its log."""


class CopyConnection(sqlite3.Connection):
    """A read-only connection to a copy."""

    refusal: StudyError
    """The reason why the database itself cannot be opened, raised on an attempt to write."""
    was_used = False
    """Whether it has served a transaction; the next one tries the database itself again."""


class ReadingCopy:
    """A copy of a database and its log, renewed whenever they have changed.

    SQLite could open the file alone in its place, but would miss what is only in the log.

    Args:
        path: The database.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._state: _State | None = None
        self._folder: Path | None = None
        self._forget: weakref.finalize[..., ReadingCopy] | None = None
        self.number = 0
        """The number of copies made so far, which grows whenever the database has changed."""

    def connect(self, refusal: StudyError) -> CopyConnection:
        """Connect to a copy of the database as it is now.

        Args:
            refusal: Why the database itself cannot be opened.

        Raises:
            StudyError: If it cannot be copied anywhere either.
        """
        with self._lock:
            folder = self._folder
            if folder is None or self._now() != self._state:
                folder = self._make(refusal)
            connection = sqlite3.connect(
                folder / self._path.name,
                check_same_thread=False,
                isolation_level=None,
                factory=CopyConnection,
            )
        connection.execute("PRAGMA query_only = ON")
        connection.refusal = refusal
        return connection

    def close(self) -> None:
        """Delete the copy."""
        with self._lock:
            self._drop()

    def _drop(self) -> None:
        if self._forget is not None:
            self._forget()
        self._folder = self._forget = self._state = None

    def _make(self, refusal: StudyError) -> Path:
        self._drop()
        size = sum(file.stat().st_size for file in self._files())
        for place in _places():
            try:
                if shutil.disk_usage(place).free < 2 * size:
                    continue
                folder = Path(tempfile.mkdtemp(prefix="quotegrid-reading-", dir=place))
            except OSError:
                continue
            forget = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
            try:
                state = self._copied(folder)
            except (OSError, sqlite3.OperationalError):
                forget()
                continue
            self._folder, self._forget, self._state = folder, forget, state
            self.number += 1
            return folder
        raise DiskError(
            f"{refusal.what} It cannot be read meanwhile either, because no other disk has room for a copy.",
            file=refusal.file,
            todo="Free some room, then try again.",
        ) from refusal

    def _copied(self, folder: Path) -> _State:
        """Copy the files as of one moment, and merge the log into the database."""
        for _ in range(_TRIES):
            before = self._now()
            for file in folder.iterdir():
                file.unlink()
            for file in self._files():
                shutil.copyfile(file, folder / file.name)
            if self._now() == before:
                with closing(sqlite3.connect(folder / self._path.name)) as connection:
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                return before
        raise OSError("the database is being written to")

    def _files(self) -> list[Path]:
        log = self._path.with_name(f"{self._path.name}-wal")
        return [self._path, *([log] if log.is_file() and log.stat().st_size else [])]

    def _now(self) -> _State:
        found: list[tuple[int, int] | None] = []
        for file in (self._path, self._path.with_name(f"{self._path.name}-wal")):
            said = file.stat() if file.is_file() else None
            found.append(None if said is None or not said.st_size else (said.st_mtime_ns, said.st_size))
        return tuple(found)


def _places() -> list[Path]:
    """Yield writable folders for temporary files, memory among them."""
    places = [_MEMORY]
    try:
        places.insert(0, Path(tempfile.gettempdir()))
    except OSError:
        pass
    return [place for place in dict.fromkeys(places) if place.is_dir()]
