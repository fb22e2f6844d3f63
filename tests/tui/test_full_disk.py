"""The workbench on a disk that is full: it goes on, says so, and keeps what was decided before."""

from __future__ import annotations

import shutil
import sqlite3

import pytest
from sqlalchemy import Connection

from quotegrid.storage.engines.sqlite import SqliteEngine
from quotegrid.tui.app import Workbench
from quotegrid.workflows.coding.list_decisions import decision_records
from quotegrid.workflows.study.folder import StudyFolder, open_study
from tests.disks import SmallDisk, disk

__all__ = ["disk"]

DECIDING = ["a", "r", "s", "u"]


def _decisions(study: StudyFolder) -> list[str]:
    return [decision["decision"] for decision in decision_records(study)]


def _is_told(app: Workbench, said: str) -> bool:
    return any(said in str(notification.message) for notification in app._notifications)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (sqlite3.SQLITE_FULL, "is full"),
        (sqlite3.SQLITE_READONLY, "is read-only"),
        (sqlite3.SQLITE_IOERR_WRITE, "Check the disk"),
    ],
)
async def test_a_decision_that_cannot_be_kept_is_told_and_the_next_one_is_kept(
    suggested: StudyFolder, code: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = SqliteEngine.begin

    def full(engine: SqliteEngine, connection: Connection, *, write: bool) -> None:
        if write:
            error = sqlite3.OperationalError("what SQLite says")
            error.sqlite_errorcode = code
            raise error
        begin(engine, connection, write=write)

    app = Workbench(suggested)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("a")
        await pilot.pause()
        before = _decisions(suggested)
        assert before == ["accept"]
        with monkeypatch.context() as patched:
            patched.setattr(SqliteEngine, "begin", full)
            for key in DECIDING:
                app.clear_notifications()
                await pilot.press(key)
                await pilot.pause()
                assert _is_told(app, said), key
                assert not _is_told(app, "import again")
                assert _decisions(suggested) == before
        await pilot.press("a")
        await pilot.pause()
        assert _decisions(suggested) == [*before, "accept"]
    assert app.return_code in (0, None)


async def test_a_disk_that_fills_while_one_decides_ends_nothing(
    disk: SmallDisk, suggested: StudyFolder
) -> None:
    suggested.close()
    study = open_study(shutil.copytree(suggested.root, disk.root / "study"))
    app = Workbench(study)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("a")
        await pilot.pause()
        disk.fill()
        await pilot.press("a")
        await pilot.pause()
        assert _is_told(app, "is full (0 kB free)")
        for mode in "1345672":
            await pilot.press(mode)
            await pilot.pause()
        assert _decisions(study) == ["accept"]
        disk.free()
        await pilot.press("a")
        await pilot.pause()
        assert _decisions(study) == ["accept", "accept"]
    study.close()


@pytest.mark.parametrize("how", ["full", "read-only"])
async def test_the_workbench_opens_to_read(disk: SmallDisk, suggested: StudyFolder, how: str) -> None:
    suggested.close()
    root = shutil.copytree(suggested.root, disk.root / "study")
    with (root / "codebook" / "codebook.yaml").open("a", encoding="utf-8") as stream:
        stream.write("# a hand was here\n")
    if how == "full":
        disk.fill()
    else:
        disk.make_read_only()
    study = open_study(root)
    app = Workbench(study)
    async with app.run_test(size=(100, 30)) as pilot:
        for mode in "12345672":
            await pilot.press(mode)
            await pilot.pause()
        assert app.review.current() is not None
        await pilot.press("a")
        await pilot.pause()
        assert _is_told(app, f"is {how}")
        assert _decisions(study) == []
    study.close()
