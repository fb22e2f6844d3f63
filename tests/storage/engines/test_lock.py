from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import filelock
import pytest

from quotegrid.errors import DiskError, StudyBusyError
from quotegrid.storage.engines.lock import writing

HOLD = """\
import sys
from pathlib import Path
from quotegrid.storage.engines.lock import writing
with writing(Path(sys.argv[1]), "Ada", "importing"):
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_a_second_writer_is_told_who_holds_the_study_and_gets_in_when_the_first_is_killed(
    tmp_path: Path,
) -> None:
    database = tmp_path / "quotegrid.db"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(StudyBusyError) as caught, writing(database, "Jo", "deciding", seconds=0):
            pass
        other.kill()
    assert caught.value.exit_code == 4
    assert str(caught.value) == (
        f"{database}: the study is open for writing by Ada (importing, process {other.pid}). "
        "Close it there, then try again; listing and matrices work meanwhile."
    )
    with writing(database, "Jo", "deciding", seconds=0):
        # What the killed program left behind must not be blamed.
        with pytest.raises(StudyBusyError, match=rf"by Jo \(deciding, process {os.getpid()}\)"):
            with writing(database, "Sam", "undoing", seconds=0):
                pass


def test_a_writer_waits_for_one_that_finishes(tmp_path: Path) -> None:
    database = tmp_path / "quotegrid.db"
    held = threading.Event()
    leave = threading.Event()

    def hold() -> None:
        with writing(database, "Ada", "importing"):
            held.set()
            leave.wait(10)

    other = threading.Thread(target=hold)
    other.start()
    assert held.wait(10)
    threading.Timer(0.1, leave.set).start()
    with writing(database, "Jo", "deciding", seconds=10):
        assert leave.is_set()
    other.join()


def test_the_lock_falls_and_the_name_goes_when_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[filelock.FileLock] = []

    def keep(path: str) -> filelock.FileLock:
        # A lock falls by itself when nothing refers to it any more, which must not be what lets others in.
        kept.append(filelock_class(path))
        return kept[-1]

    database = tmp_path / "quotegrid.db"
    filelock_class = filelock.FileLock
    monkeypatch.setattr(filelock, "FileLock", keep)
    with pytest.raises(KeyboardInterrupt), writing(database, "Ada", "importing"):
        assert (tmp_path / "quotegrid.db.writer").read_text(encoding="utf-8").startswith("Ada (importing")
        raise KeyboardInterrupt
    assert not (tmp_path / "quotegrid.db.writer").exists()
    with writing(database, "Jo", "deciding", seconds=0):
        assert [lock.is_locked for lock in kept] == [False, True]


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    with pytest.raises(DiskError, match=r"the disk of .* cannot be used \(File exists\)"):
        with writing(tmp_path / "file" / "quotegrid.db", "Ada", "importing"):
            pass
    assert (tmp_path / "file").read_text(encoding="utf-8") == "kept"
