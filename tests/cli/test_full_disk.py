"""Commands on a study whose disk is full or read-only."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from quotegrid.workflows.study.folder import StudyFolder
from tests.conftest import Result
from tests.disks import SmallDisk, disk

__all__ = ["disk"]

READING = [
    ["status"],
    ["quotes"],
    ["matrix"],
    ["suggestions"],
    ["sources"],
    ["cases"],
    ["codebook"],
    ["import", "corpus", "--preview"],
]
WRITING = [["decide", "1", "reject"], ["import", "corpus"], ["suggest"], ["undo"]]


def _on(disk: SmallDisk, study: StudyFolder) -> Path:
    study.close()
    return Path(shutil.copytree(study.root, disk.root / "study"))


def _in(root: Path, arguments: list[str]) -> list[object]:
    return ["-C", root, *(root / "corpus" if argument == "corpus" else argument for argument in arguments)]


def _told(result: Result) -> tuple[int, str, str]:
    """Return the exit code and the output of a command, without the time of day."""
    return result.code, re.sub(r"\d\d:\d\d(:\d\d)?", "", result.out), result.err


@pytest.mark.parametrize("how", ["full", "read-only"])
def test_reading_goes_on_and_writing_is_refused(
    disk: SmallDisk, suggested: StudyFolder, run: Callable[..., Result], how: str
) -> None:
    root = _on(disk, suggested)
    assert run("-C", root, "decide", "1", "accept").code == 0
    before = {" ".join(words): _told(run(*_in(root, words))) for words in READING}
    if how == "full":
        disk.fill()
    else:
        disk.make_read_only()
    for words in READING:
        assert _told(run(*_in(root, words))) == before[" ".join(words)]
    for words in WRITING:
        result = run(*_in(root, words))
        assert (result.code, result.out) == (4, "")
        assert f"is {how}" in result.err
        assert "nothing of the study is lost" in result.err
        assert "import again" not in result.err
    if how == "full":
        disk.free()
        assert run("-C", root, "decide", "2", "accept").code == 0


def test_an_export_without_room_leaves_no_half_file_and_no_record(
    disk: SmallDisk, suggested: StudyFolder, run: Callable[..., Result]
) -> None:
    target = disk.root / "matrix.xlsx"
    assert run("-C", suggested.root, "matrix", "-o", target).code == 0
    old = target.read_bytes()
    records = run("-C", suggested.root, "exports").out
    disk.fill()
    result = run("-C", suggested.root, "matrix", "--columns", "role", "-o", target)
    assert result.code == 4
    assert result.err.startswith(f"quotegrid: {target}: the disk is full (0 kB free)")
    assert target.read_bytes() == old
    assert sorted(file.name for file in disk.root.iterdir()) == ["filler", "matrix.xlsx"]
    assert run("-C", suggested.root, "exports").out == records


def test_an_export_of_a_study_on_a_full_disk_is_not_left_without_its_record(
    disk: SmallDisk, suggested: StudyFolder, run: Callable[..., Result], tmp_path: Path
) -> None:
    root = _on(disk, suggested)
    disk.fill()
    target = tmp_path / "matrix.csv"
    result = run("-C", root, "matrix", "-o", target)
    assert (result.code, "is full" in result.err) == (4, True)
    assert not target.exists()
    assert list(tmp_path.glob(".matrix*")) == []
