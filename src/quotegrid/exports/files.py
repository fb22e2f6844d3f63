"""The writing of a file whole or not at all."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from quotegrid.disk import FULL, free_space, sync
from quotegrid.errors import DiskError, UsageError


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the target and rename, so that nobody ever sees half a file.

    Raises:
        UsageError: If the place cannot be written to.
        DiskError: If its disk is full.
    """
    with staged(path, content) as put:
        put()


@contextmanager
def staged(path: Path, content: bytes) -> Iterator[Callable[[], None]]:
    """Write beside the target and yield a function that renames it; if it is not called, nothing is left.

    Raises:
        UsageError: If the place cannot be written to.
        DiskError: If its disk is full.
    """
    name: Path | None = None

    def put() -> None:
        nonlocal name
        if name is not None:
            with _readable_errors(path):
                name.replace(path)
                sync(path.parent)
            name = None

    try:
        with _readable_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, made = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
            name = Path(made)
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            mask = os.umask(0)
            os.umask(mask)
            name.chmod(0o666 & ~mask)
        yield put
    finally:
        if name is not None:
            name.unlink(missing_ok=True)


@contextmanager
def interrupts_held() -> Iterator[Callable[[], None]]:
    """Yield a function from whose call on Ctrl+C is passed over: what is nearly done is done whole."""
    before: Any = None

    def hold() -> None:
        nonlocal before
        if threading.current_thread() is threading.main_thread():
            before = signal.signal(signal.SIGINT, signal.SIG_IGN)

    try:
        yield hold
    finally:
        if before is not None:
            signal.signal(signal.SIGINT, before)


@contextmanager
def _readable_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise DiskError(
                f"the disk is full ({free_space(path.parent)}); this file was not written.",
                file=path,
                todo="Free some room, or choose a place on another disk.",
            ) from error
        raise UsageError(
            f"this file cannot be written ({error.strerror}).", file=path, todo="Choose another place."
        ) from error
