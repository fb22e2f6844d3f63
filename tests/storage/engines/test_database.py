from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import select

from quotegrid.errors import DiskError, RepairError, StudyBusyError
from quotegrid.storage.coding.decisions import coder_id
from quotegrid.storage.engines import sqlite as module
from quotegrid.storage.engines.database import Database
from quotegrid.storage.tables import CoderRow
from tests.engines import contents


def _coders(database: Database) -> list[str]:
    with database.session() as session:
        return list(session.exec(select(CoderRow.name).order_by(CoderRow.name)))


def test_every_connection_keeps_what_is_committed_and_checks_what_is_named(empty: Database) -> None:
    with empty.session() as session:
        said = {
            name: session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    full = 2
    assert said == {"journal_mode": "wal", "synchronous": full, "foreign_keys": 1, "busy_timeout": 3000}


def test_a_block_that_ends_is_kept_whole(empty: Database) -> None:
    with empty.session(write=True) as session:
        coder_id(session, "jo")
        coder_id(session, "sam")
    assert _coders(empty) == ["jo", "sam"]


@pytest.mark.parametrize("stop", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_a_block_that_fails_or_is_stopped_is_undone_whole(empty: Database, stop: type[BaseException]) -> None:
    before = contents(empty)
    with pytest.raises(stop, match="half-way"), empty.session(write=True) as session:
        coder_id(session, "jo")
        raise stop("half-way")
    assert contents(empty) == before


def test_a_block_that_only_reads_keeps_nothing_and_sees_one_state_throughout(empty: Database) -> None:
    before = contents(empty)
    with empty.session() as session:
        coder_id(session, "jo")
    assert contents(empty) == before
    other = Database(empty.path)
    with empty.session() as session:
        first = session.exec(select(CoderRow.name)).all()
        with other.session(write=True) as writing:
            coder_id(writing, "sam")
        assert session.exec(select(CoderRow.name)).all() == first == []
    assert _coders(empty) == ["sam"]


def test_a_second_writer_is_told_to_try_again_and_a_reader_sees_what_was_committed(
    empty: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_MILLISECONDS", 50)
    other = Database(empty.path)
    with empty.session(write=True) as session:
        coder_id(session, "jo")
        with pytest.raises(StudyBusyError) as caught, other.session(write=True):
            pass
        assert _coders(other) == []
    assert caught.value.exit_code == 4
    assert str(caught.value) == (
        f"{empty.path}: another program is writing to the study. Try again when it has finished."
    )
    with other.session(write=True) as session:
        coder_id(session, "sam")
    other.close()
    assert _coders(empty) == ["jo", "sam"]


def test_a_full_disk_changes_nothing_and_is_told(empty: Database) -> None:
    before = contents(empty)
    with pytest.raises(DiskError, match=r"the disk of .* is full \(.* free\)\. Nothing was changed"):
        with empty.session(write=True) as session:
            coder_id(session, "jo")
            pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar()
            session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages}")
            coder_id(session, "sam" * 100_000)
    empty.close()
    assert contents(empty) == before


def test_a_database_that_cannot_be_written_to_is_told(empty: Database) -> None:
    with pytest.raises(DiskError, match=r"is read-only\. Nothing was changed, and nothing of"):
        with empty.session(write=True) as session:
            session.connection().exec_driver_sql("PRAGMA query_only = ON")
            coder_id(session, "jo")


def test_a_database_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    lost = Database(tmp_path / "missing" / "quotegrid.db")
    with pytest.raises(DiskError, match="the folder of this study's database is not there"):
        with lost.session() as session:
            session.connection()


def test_damage_that_shows_while_reading_asks_for_a_repair(empty: Database) -> None:
    with empty.session(write=True) as session:
        for number in range(200):
            coder_id(session, f"{number}" * 100)
    empty.close()
    data = bytearray(empty.path.read_bytes())
    first_pages = 8192
    data[first_pages:] = b"\xff" * (len(data) - first_pages)
    empty.path.write_bytes(data)
    with pytest.raises(RepairError, match=r"is damaged.*malformed.*Put a backup in its place") as caught:
        _coders(empty)
    assert (caught.value.exit_code, caught.value.file) == (4, str(empty.path))


def test_a_name_that_nothing_has_cannot_be_stored(empty: Database) -> None:
    with (
        pytest.raises(RepairError, match="FOREIGN KEY constraint failed"),
        empty.session(write=True) as session,
    ):
        session.connection().exec_driver_sql(
            "INSERT INTO suggestion (segment_id, code_id, score, rank, evidence, model) "
            "VALUES (9, 9, 0.5, 1, '{}', 'm')"
        )


def test_closing_leaves_one_file(empty: Database) -> None:
    with empty.session(write=True) as session:
        coder_id(session, "jo")
    empty.close()
    assert [path.name for path in empty.path.parent.iterdir()] == ["quotegrid.db"]


def test_the_version_is_another_one_after_any_change_and_the_same_after_none(empty: Database) -> None:
    database = empty
    first = database.version()
    with database.session() as session:
        session.exec(select(CoderRow)).all()
    assert database.version() == first
    with database.session(write=True) as session:
        session.add(CoderRow(name="Sam Field"))
    second = database.version()
    assert second != first
    assert database.version() == second
    with closing(sqlite3.connect(database.path)) as other:
        other.execute("UPDATE coder SET name = 'Sam' WHERE name = 'Sam Field'")
        other.commit()
    assert database.version() != second
