"""Copies of a database file are whole, and what cannot be copied is told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from quotegrid.errors import DiskError, RepairError
from quotegrid.storage.engines.sqlite_backup import (
    copy_as_it_is,
    copy_database,
    faults_of,
    put_back,
    state_of,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with a log."""
    made = tmp_path / "quotegrid.db"
    with closing(_open(made)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(
            "CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT, of INTEGER REFERENCES word (id))"
        )
        connection.execute("INSERT INTO word (text, of) VALUES ('one', NULL), ('two', 1)")
    return made


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def _words(path: Path) -> list[str]:
    with closing(_open(path)) as connection:
        return [row[0] for row in connection.execute("SELECT text FROM word")]


def test_a_copy_has_what_is_only_in_the_log_and_needs_none(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with closing(_open(path)) as other:
        other.execute("INSERT INTO word (text, of) VALUES ('three', 1)")
        assert path.with_name("quotegrid.db-wal").stat().st_size > 0
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO word (text, of) VALUES ('unfinished', 1)")
        copy_database(path, copy)
        other.execute("ROLLBACK")
    assert _words(copy) == ["one", "two", "three"]
    assert [file.name for file in tmp_path.glob("copy.db*")] == ["copy.db"]
    assert faults_of(copy) == []
    assert state_of(copy) == ("", 0)


def test_a_copy_that_finds_no_room_leaves_no_half_file(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(sqlite3.Connection):
        def backup(self, target: sqlite3.Connection, **_: object) -> None:
            target.execute("CREATE TABLE half (a)")
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *given, **how: connect(*given, **how, factory=Full))
    with pytest.raises(DiskError, match="is full"):
        copy_database(path, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_damage_and_broken_references_are_found(path: Path, tmp_path: Path) -> None:
    with closing(_open(path)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("INSERT INTO word (text, of) VALUES ('lost', 99)")
    assert faults_of(path) == ["row 3 of word refers to nothing in word"]
    with path.open("r+b") as stream:
        stream.seek(4096)
        stream.write(b"\xa5" * 4096)
    assert faults_of(path)
    assert faults_of(tmp_path / "none.db") == ["unable to open database file"]
    assert not (tmp_path / "none.db").exists()


def test_who_reads_sees_what_is_put_back(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy_database(path, copy)
    with closing(_open(path)) as reader:
        reader.execute("DELETE FROM word")
        put_back(copy, path)
        assert reader.execute("SELECT count(*) FROM word").fetchone() == (2,)


@pytest.mark.parametrize("rest", [b"no database at all" * 400, b"SQLite format 3\0" + b"\xa5" * 9000])
def test_what_is_no_database_any_more_is_replaced_with_its_log(
    path: Path, tmp_path: Path, rest: bytes
) -> None:
    copy, kept = tmp_path / "copy.db", tmp_path / "kept.db"
    copy_database(path, copy)
    path.write_bytes(rest)
    path.with_name("quotegrid.db-wal").write_bytes(b"an old log")
    copy_as_it_is(path, kept)
    put_back(copy, path)
    assert _words(path) == ["one", "two"]
    assert kept.read_bytes() == rest
    assert kept.with_name("kept.db-wal").read_bytes() == b"an old log"
    with pytest.raises(RepairError):
        copy_database(kept, tmp_path / "again.db")
