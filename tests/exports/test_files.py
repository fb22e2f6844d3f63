from __future__ import annotations

import os
import resource
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from quotegrid.errors import UsageError
from quotegrid.exports.files import write_whole


@contextmanager
def _files_of_at_most(size: int) -> Iterator[None]:
    """Let the operating system refuse longer files, as it does when a disk is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_file_is_written_with_the_folders_it_needs(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b" / "matrix.csv"
    write_whole(target, b"new\r\n\x00")
    assert target.read_bytes() == b"new\r\n\x00"
    assert list(target.parent.iterdir()) == [target]


def test_an_old_file_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "matrix.csv"
    target.write_text("a longer old file", encoding="utf-8")
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_may_be_read_by_those_whom_the_umask_lets(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "matrix.csv", b"new")
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "matrix.csv").stat().st_mode) == 0o640


def test_the_old_file_stays_when_there_is_no_room_for_the_new_one(tmp_path: Path) -> None:
    target = tmp_path / "matrix.csv"
    target.write_bytes(b"old")
    with pytest.raises(UsageError) as caught, _files_of_at_most(1000):
        write_whole(target, b"x" * 100_000)
    assert (
        str(caught.value) == f"{target}: this file cannot be written (File too large). Choose another place."
    )
    assert caught.value.exit_code == 2
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_the_old_file_stays_when_writing_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    target = tmp_path / "matrix.csv"
    target.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("name", ["folder", "file/matrix.csv", "n" * 300])
def test_a_place_that_cannot_be_written_to_is_named_and_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"kept")
    with pytest.raises(UsageError, match="this file cannot be written") as caught:
        write_whole(tmp_path / name, b"new")
    assert caught.value.file == str(tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]
    assert (tmp_path / "file").read_bytes() == b"kept"
