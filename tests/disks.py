"""Small disks of their own for tests, which can be filled and made read-only."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_MEGABYTES = 4


class SmallDisk:
    """A disk in memory.

    Args:
        root: Where it is mounted.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def fill(self) -> None:
        """Leave no room on it."""
        with (self.root / "filler").open("wb", buffering=0) as stream:
            try:
                while True:
                    stream.write(b"x" * 4096)
            except OSError:
                return

    def free(self) -> None:
        """Make room again."""
        (self.root / "filler").unlink()

    def make_read_only(self) -> None:
        """Let nobody write to it."""
        subprocess.run(["mount", "-o", "remount,ro", self.root], check=True)


@contextmanager
def small_disk(where: Path) -> Iterator[SmallDisk]:
    """Mount one; skips the test where that is not allowed."""
    where.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={_MEGABYTES}m", "tmpfs", str(where)]
    if shutil.which("mount") is None or os.geteuid() != 0:
        pytest.skip("only root may mount a disk")
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield SmallDisk(where)
    finally:
        subprocess.run(["umount", "-l", where], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """A small disk that is empty."""
    with small_disk(tmp_path / "disk") as made:
        yield made
