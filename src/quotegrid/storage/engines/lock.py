"""The write lock of a study: a lock file that the operating system releases even when a program is killed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quotegrid.disk import study_refusal
from quotegrid.errors import StudyBusyError


@contextmanager
def writing(database: Path, who: str, what: str, *, seconds: float = 2.0) -> Iterator[None]:
    """Hold the study's write lock.

    Args:
        database: The study's database file.
        who: The coder.
        what: The task, for the message that others see.
        seconds: How long to wait for another writer to finish.

    Raises:
        StudyBusyError: If somebody else holds the lock.
        DiskError: If the folder cannot be written to.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(f"{database}.lock")
    note = database.with_name(f"{database.name}.writer")
    try:
        lock.acquire(timeout=seconds)
    except Timeout as error:
        other = note.read_text(encoding="utf-8") if note.exists() else "another program"
        raise StudyBusyError(
            f"the study is open for writing by {other}.",
            file=database,
            todo="Close it there, then try again; listing and matrices work meanwhile.",
        ) from error
    except OSError as error:
        raise study_refusal(database, error.errno, str(error.strerror)) from error
    try:
        try:
            note.write_text(f"{who} ({what}, process {os.getpid()})", encoding="utf-8")
        except OSError as error:
            raise study_refusal(database, error.errno, str(error.strerror)) from error
        yield
    finally:
        note.unlink(missing_ok=True)
        lock.release()
