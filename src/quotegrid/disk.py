"""Writing that is on the disk when it returns, and the reasons why a folder cannot be written to."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quotegrid.errors import DiskError

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
READ_ONLY = frozenset({errno.EROFS})
NOT_ALLOWED = frozenset({errno.EACCES, errno.EPERM})

_PROBE = b"\0" * 65536
"""The bytes that are written as a test; twice what SQLite needs for the index of its log."""
_KEPT = "Nothing was changed, and nothing of the study is lost."
_MEANWHILE = "listing, matrices and the workbench can be read meanwhile."


def why_not_writable(folder: Path) -> int | None:
    """Try to write into a folder.

    Returns:
        The number of the operating system's error; None where it can be written to.
    """
    try:
        handle, name = tempfile.mkstemp(dir=folder, prefix=".quotegrid-")
    except OSError as error:
        return error.errno
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(_PROBE)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        return error.errno
    finally:
        Path(name).unlink(missing_ok=True)
    return None


def study_refusal(path: Path, number: int | None, said: str) -> DiskError:
    """Return the error to raise for a study that cannot be written to.

    Args:
        path: The file that was to be written, in the study's folder.
        number: The operating system's error number, where it is known.
        said: What the operating system or the database said.
    """
    folder = path.parent
    if number in FULL:
        return DiskError(
            f"the disk of {folder} is full ({free_space(folder)}). {_KEPT}",
            file=path,
            todo=f"Free some room there, then try again; {_MEANWHILE}",
        )
    if number in READ_ONLY:
        return DiskError(
            f"the disk of {folder} is read-only. {_KEPT}",
            file=path,
            todo=f"Copy the study to a disk that can be written to, or mount this one so; {_MEANWHILE}",
        )
    if number in NOT_ALLOWED:
        return DiskError(
            f"you may not write here. {_KEPT}",
            file=path,
            todo=f"Ask for the right to write to the file and its folder {folder}; {_MEANWHILE}",
        )
    return DiskError(
        f"the disk of {folder} cannot be used ({said}). Nothing was changed.",
        file=path,
        todo="Check the disk, and copy the study's folder to another one before you go on.",
    )


def free_space(folder: Path) -> str:
    """Return the free space of a folder's disk: "12 kB free"."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return "free space unknown"
    if free < 10_000_000:
        return f"{free // 1000} kB free"
    return f"{free // 1_000_000} MB free"


_OWNER_ONLY, _OWNER_AND_GROUP = 0o077, 0o007
"""The rights that are taken from new files."""


@contextmanager
def private_files() -> Iterator[None]:
    """Make new files and folders for their owner only while the block runs: they hold what people said."""
    before = os.umask(_OWNER_ONLY)
    try:
        yield
    finally:
        os.umask(before)


def write_for_members(folder: Path) -> None:
    """Let a study's new files be its group's too where the folder is one that its group writes into.

    Args:
        folder: The study's folder.
    """
    is_shared = bool(folder.stat().st_mode & stat.S_IWGRP)
    os.umask(_OWNER_AND_GROUP if is_shared else _OWNER_ONLY)


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    if os.name == "nt" and path.is_dir():
        # Windows opens no folders; it writes names at once.
        return
    handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
