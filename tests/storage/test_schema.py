from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import alembic.op
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.sql.schema import SchemaItem
from sqlmodel import SQLModel

import quotegrid.storage.migrations as migrations
from quotegrid.errors import DiskError, RepairError
from quotegrid.storage.engines.database import Database
from quotegrid.storage.schema import HEAD, KNOWN, migrate, revision
from tests.engines import contents


def test_the_migrations_make_exactly_the_tables_of_the_models(empty: Database) -> None:
    with empty.engine.connect() as connection:
        opts = {"compare_type": True, "include_name": _is_a_models_table, "include_object": _is_a_table}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, SQLModel.metadata) == []


def _is_a_models_table(name: str | None, _kind: str, _parents: object) -> bool:
    """Full text is in virtual tables, which no model describes."""
    return not (name or "").startswith(("segment_words", "segment_forms", "segment_text"))


def _is_a_table(
    thing: SchemaItem, _name: str | None, _kind: str, _is_there: bool, _other: SchemaItem | None
) -> bool:
    return not thing.info.get("is_view")


def test_the_known_revisions_are_those_that_are_there() -> None:
    assert migrations.__file__ is not None
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert scripts.get_heads() == [HEAD]
    assert {script.revision for script in scripts.walk_revisions()} == set(KNOWN)


def test_a_new_database_is_made_without_a_backup(tmp_path: Path) -> None:
    database = Database(tmp_path / "quotegrid.db")
    assert revision(database) is None
    migrate(database)
    assert revision(database) == HEAD
    database.close()
    assert [path.name for path in tmp_path.iterdir()] == ["quotegrid.db"]


def test_a_migration_that_fails_leaves_the_study_as_it_was(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(config: Config, _to: str) -> None:
        connection = config.attributes["connection"]
        connection.exec_driver_sql("DROP TABLE memo")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0003'")
        raise RuntimeError("half-way")

    before = contents(database)
    monkeypatch.setattr(command, "upgrade", fail)
    with pytest.raises(RuntimeError, match="half-way"):
        migrate(database)
    assert contents(database) == before
    assert revision(database) == HEAD


def test_a_migration_that_finds_no_room_at_its_end_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    database = Database(tmp_path / "quotegrid.db")
    with monkeypatch.context() as patched:
        patched.setattr(database.engine.dialect, "do_commit", full)
        with pytest.raises(DiskError, match="is full"):
            migrate(database)
    assert revision(database) is None
    with database.session() as session:
        on = session.connection().exec_driver_sql("PRAGMA foreign_keys").scalar_one()
    assert on == 1, "references are checked again on the same connection"
    migrate(database)
    assert revision(database) == HEAD
    database.close()


def test_a_first_migration_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("half-way")

    database = Database(tmp_path / "quotegrid.db")
    # The triggers come last, when all tables have been made.
    monkeypatch.setattr(alembic.op, "execute", fail)
    with pytest.raises(RuntimeError, match="half-way"):
        migrate(database)
    assert revision(database) is None
    monkeypatch.undo()
    migrate(database)
    assert revision(database) == HEAD
    database.close()


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


def _foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")
        connection.commit()


def _text(path: Path) -> None:
    path.write_text("This is a shopping list. " * 100, encoding="utf-8")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _torn(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:200] + b"\xff" * (len(data) - 200))


@pytest.mark.parametrize(
    ("damage", "said", "todo"),
    [
        (_newer, 'written by a newer quotegrid (schema "9999")', "Update quotegrid, then open it again."),
        (_foreign, "this database was not made by quotegrid.", ""),
        (_text, "is damaged (file is not a database)", "Put a backup in its place"),
        (_cut, "is damaged (database disk image is malformed)", "Put a backup in its place"),
        (_torn, "is damaged (database disk image is malformed)", "Put a backup in its place"),
    ],
)
def test_what_cannot_be_used_is_named_and_not_migrated(
    database: Database, damage: Callable[[Path], None], said: str, todo: str
) -> None:
    database.close()
    damage(database.path)
    before = database.path.read_bytes()
    broken = Database(database.path)
    for attempt in (revision, migrate):
        with pytest.raises(RepairError) as caught:
            attempt(broken)
        assert caught.value.exit_code == 4
        assert str(caught.value).startswith(f"{database.path}: ")
        assert said in caught.value.what
        assert todo in caught.value.todo
    broken.close()
    # Opening a database of any kind may set its journal mode in the header, but nothing behind it.
    header = 100
    assert database.path.read_bytes()[header:] == before[header:]
