"""Full and read-only disks: reading goes on, writing is refused, and nothing advises to begin anew."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from quotegrid import disk as disk_module
from quotegrid.errors import DiskError, QuotegridError, RepairError
from quotegrid.storage.coding.decisions import coder_id
from quotegrid.storage.engines import lock, sqlite_copy
from quotegrid.storage.engines.database import Database
from quotegrid.storage.engines.sqlite import SqliteEngine
from quotegrid.storage.engines.sqlite_errors import meaning
from quotegrid.storage.tables import CoderRow
from tests.disks import SmallDisk, disk

__all__ = ["disk"]

_THROWS_AWAY = ("import again", "move it away", "Restore", "backup")


def _coders(database: Database) -> list[str]:
    with database.session() as session:
        return list(session.exec(select(CoderRow.name).order_by(CoderRow.name)))


def _add(database: Database, name: str) -> None:
    with database.session(write=True) as session:
        coder_id(session, name)


def _failing(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("what SQLite says")
    error.sqlite_errorcode = code
    return error


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The only folder in which a copy can be made."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(sqlite_copy, "_MEMORY", tmp_path / "no memory")
    yield folder
    assert list(folder.iterdir()) == []


CODES = [
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_READONLY_DIRECTORY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_WRITE,
]


@pytest.mark.parametrize("code", CODES)
def test_what_cannot_be_opened_in_its_place_is_read_and_not_written(
    empty: Database, code: int, monkeypatch: pytest.MonkeyPatch, temporary: Path
) -> None:
    held = Database(empty.path)
    _add(held, "jo")
    with held.session():
        # "jo" stands in the log alone while somebody has the database open.
        assert empty.path.with_name("quotegrid.db-wal").stat().st_size > 0
        reader = Database(empty.path)

        def fail(_: SqliteEngine) -> sqlite3.Connection:
            raise _failing(code)

        with monkeypatch.context() as patched:
            patched.setattr(SqliteEngine, "_connect_to_file", fail)
            assert _coders(reader) == ["jo"]
            first = reader.version()
            assert reader.version() == first
            with pytest.raises(DiskError) as caught:
                _add(reader, "sam")
            assert not any(word in str(caught.value) for word in _THROWS_AWAY)
            assert caught.value.exit_code == 4
        before = reader.version()
        _add(held, "uma")
        with monkeypatch.context() as patched:
            patched.setattr(SqliteEngine, "_connect_to_file", fail)
            other = Database(empty.path)
            assert _coders(other) == ["jo", "uma"]
            other.close()
        assert reader.version() != before
        _add(reader, "sam")
        assert _coders(reader) == ["jo", "sam", "uma"]
        reader.close()
    held.close()


def test_a_copy_is_made_again_only_when_the_database_has_changed(
    empty: Database, monkeypatch: pytest.MonkeyPatch, temporary: Path
) -> None:
    _add(empty, "jo")
    reader = Database(empty.path)
    writer = sqlite3.connect(empty.path)

    def fail(_: SqliteEngine) -> sqlite3.Connection:
        raise _failing(sqlite3.SQLITE_IOERR_SHMSIZE)

    monkeypatch.setattr(SqliteEngine, "_connect_to_file", fail)
    assert _coders(reader) == ["jo"]
    [copy] = temporary.iterdir()
    first = reader.version()
    assert _coders(reader) == ["jo"]
    assert list(temporary.iterdir()) == [copy]
    writer.execute("UPDATE coder SET name = 'sam'")
    writer.commit()
    assert _coders(reader) == ["sam"]
    assert reader.version() != first
    assert copy not in list(temporary.iterdir())
    writer.close()
    reader.close()


def test_where_no_copy_has_room_that_is_said_too(
    empty: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(_: SqliteEngine) -> sqlite3.Connection:
        raise _failing(sqlite3.SQLITE_FULL)

    _add(empty, "jo")
    monkeypatch.setattr(SqliteEngine, "_connect_to_file", fail)
    monkeypatch.setattr(sqlite_copy, "_places", lambda: [tmp_path / "missing"])
    reader = Database(empty.path)
    with pytest.raises(DiskError, match="no other disk has room for a copy"):
        _coders(reader)
    with pytest.raises(DiskError, match="no other disk has room for a copy"):
        reader.version()
    reader.close()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (28, "is full ("),
        (122, "is full ("),
        (30, "is read-only."),
        (13, "you may not write here."),
        (None, "cannot be used (what SQLite says)."),
    ],
)
def test_why_a_database_cannot_be_opened_is_found_by_trying_to_write_beside_it(
    empty: Database, number: int | None, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quotegrid.storage.engines import sqlite_errors

    monkeypatch.setattr(sqlite_errors, "why_not_writable", lambda _: number)
    found = meaning(_failing(sqlite3.SQLITE_IOERR_SHMSIZE), empty.path)
    assert isinstance(found, DiskError)
    assert said in found.what
    assert "Nothing was changed" in found.what


@pytest.mark.parametrize(
    "code", [sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_CORRUPT_INDEX, sqlite3.SQLITE_NOTADB]
)
def test_only_a_damaged_database_is_to_be_replaced_by_a_backup(tmp_path: Path, code: int) -> None:
    path = tmp_path / "quotegrid.db"
    (tmp_path / "quotegrid.db.backup-20260101T000000Z").write_bytes(b"older")
    (tmp_path / "quotegrid.db.backup-20260301T000000Z").write_bytes(b"newer")
    (tmp_path / "quotegrid.db.backup-20260401T000000Z").write_bytes(b"")
    found = meaning(_failing(code), path)
    assert isinstance(found, RepairError)
    assert "is damaged" in found.what
    assert "the newest is quotegrid.db.backup-20260301T000000Z" in found.todo


@pytest.mark.parametrize(
    "code",
    [
        value
        for name, value in sorted(vars(sqlite3).items())
        if name in ("SQLITE_ERROR", "SQLITE_INTERRUPT", "SQLITE_NOMEM", "SQLITE_CONSTRAINT", "SQLITE_SCHEMA")
        or name in ("SQLITE_BUSY", "SQLITE_BUSY_RECOVERY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")
    ],
)
def test_no_other_trouble_advises_to_replace_the_database(tmp_path: Path, code: int) -> None:
    found = meaning(_failing(code), tmp_path / "quotegrid.db")
    assert isinstance(found, QuotegridError)
    assert not any(word in str(found) for word in _THROWS_AWAY)


def test_a_database_that_goes_while_it_is_open_is_not_made_again(empty: Database) -> None:
    _add(empty, "jo")
    empty.at.engine.dispose()
    for file in empty.path.parent.glob("quotegrid.db*"):
        file.unlink()
    with pytest.raises(RepairError, match="not there any more"):
        _coders(empty)
    with pytest.raises(RepairError, match="not there any more"):
        empty.version()
    assert not empty.path.exists()


def test_a_backup_that_finds_no_room_leaves_no_half_file(
    empty: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(sqlite3.Connection):
        def backup(self, target: sqlite3.Connection, **_: object) -> None:
            target.execute("CREATE TABLE half (a)")
            raise _failing(sqlite3.SQLITE_FULL)

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path, **options: connect(path, factory=Full, **options))
    with pytest.raises(DiskError, match="is full"):
        empty.at.back_up()
    assert list(empty.path.parent.glob("*.backup-*")) == []


def test_a_lock_without_room_for_its_note_is_let_go_of_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    path = tmp_path / "quotegrid.db"
    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_text", full)
        with pytest.raises(DiskError, match="is full"), lock.writing(path, "Ada", "importing"):
            pass
    with lock.writing(path, "Jo", "deciding", seconds=0):
        pass


def test_room_is_told_in_round_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for free, said in ((0, "0 kB free"), (9_999_999, "9999 kB free"), (12_400_000, "12 MB free")):
        monkeypatch.setattr(shutil, "disk_usage", lambda _, free=free: shutil._ntuple_diskusage(0, 0, free))
        assert disk_module.free_space(tmp_path) == said


def test_a_full_disk_is_read_and_written_again_once_there_is_room(disk: SmallDisk, empty: Database) -> None:
    empty.close()
    database = Database(Path(shutil.copy(empty.path, disk.root)))
    _add(database, "jo")
    database.close()
    disk.fill()
    assert _coders(database) == ["jo"]
    with pytest.raises(DiskError, match=r"the disk of .*disk is full \(0 kB free\)"):
        _add(database, "sam")
    with pytest.raises(DiskError, match="is full"), database.writing("jo", "deciding"):
        pass
    assert _coders(database) == ["jo"]
    disk.free()
    _add(database, "sam")
    assert _coders(database) == ["jo", "sam"]
    database.close()


@pytest.mark.parametrize("how", ["full", "read-only"])
def test_what_stands_in_the_log_of_a_killed_program_is_read_too(
    disk: SmallDisk, empty: Database, how: str
) -> None:
    held = Database(empty.path)
    _add(held, "jo")
    for file in (empty.path, empty.path.with_name("quotegrid.db-wal")):
        shutil.copy(file, disk.root)
    held.close()
    if how == "full":
        disk.fill()
    else:
        disk.make_read_only()
    before = {file.name: file.read_bytes() for file in disk.root.glob("quotegrid.db*")}
    database = Database(disk.root / "quotegrid.db")
    assert _coders(database) == ["jo"]
    with pytest.raises(DiskError, match=f"is {how}"):
        _add(database, "sam")
    database.close()
    for name, content in before.items():
        assert (disk.root / name).read_bytes() == content
