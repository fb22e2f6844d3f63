"""A study of the first version, brought through every migration, holds the same on either engine."""

from __future__ import annotations

import json
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, Table
from sqlmodel import SQLModel, col, select

import quotegrid.storage.migrations as migrations
from quotegrid.domain.coding.decisions import Action
from quotegrid.storage.coding.decisions import coder_id
from quotegrid.storage.engines.database import Database
from quotegrid.storage.matrix.publications import known_outside
from quotegrid.storage.schema import HEAD, KNOWN, migrate, revision
from quotegrid.storage.tables import CodeRow, SegmentRow
from tests.engines import Server
from tests.storage.decisions import add_decision
from tests.workflows.study.test_older_studies import FIRST_SCHEMA

_PUBLISHING = "0004"
"""The first schema that keeps what publications told."""
_DERIVED = ("segment_words", "segment_forms", "segment_text", "segment_stems", "sqlite_", "change_count")
"""The first parts of names that no model describes: indexes of words, and a counter of PostgreSQL's."""


def _upgrade(database: Database, to: str) -> None:
    config = Config()
    assert migrations.__file__ is not None
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with database.engine.connect() as connection:
        connection.execution_options(**database.at.options(write=True))
        config.attributes["connection"] = connection
        with database.at.migrating(connection):
            command.upgrade(config, to)


def _tables(connection: sqlalchemy.Connection) -> list[Table]:
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if not table.name.startswith(_DERIVED)]


def _rows(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table; the journal's without their GUIDs, some of which are drawn by lot."""
    with database.engine.connect() as connection:
        return {
            table.name: [
                {
                    name: value
                    for name, value in row._mapping.items()
                    if (table.name, name) != ("journal", "guid")
                }
                for row in connection.execute(table.select().order_by(*table.primary_key))
            ]
            for table in _tables(connection)
        }


def _fill(database: Database, rows: dict[str, list[dict[str, Any]]]) -> None:
    with database.engine.begin() as connection:
        for table in _tables(connection):
            if rows[table.name] and table.name != "alembic_version":
                connection.execute(table.insert(), rows[table.name])
            if "id" in table.c and database.at.is_shared:
                sequence = sqlalchemy.func.pg_get_serial_sequence(f'"{table.name}"', "id")
                last = sqlalchemy.func.coalesce(sqlalchemy.func.max(table.c.id), 1)
                connection.execute(sqlalchemy.select(sqlalchemy.func.setval(sequence, last)))


def _publish_by_name(database: Database) -> None:
    """Add what a publication told as it was kept when codes were known by their names."""
    with database.engine.begin() as connection:
        name = connection.exec_driver_sql("SELECT name FROM code ORDER BY id").scalars().first()
        codes = ["a code that is gone", str(name).casefold()]
        content = {
            "cases": [["Ada", [1]]],
            "columns": [[0, [1]]],
            "coded": {code: [1] for code in codes},
            "parts": [[codes, "disputes", [1]]],
            "numbers": [[codes, "", 0, True, True]],
            "shown": [],
        }
        connection.execute(
            sqlalchemy.text(
                "INSERT INTO published_table (export_id, content) SELECT min(id), :content FROM export"
            ),
            {"content": zlib.compress(json.dumps(content).encode())},
        )


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a study of the first version."""
    folder = tmp_path_factory.mktemp("first")
    with zipfile.ZipFile(FIRST_SCHEMA) as archive:
        archive.extractall(folder)
    return folder / "study" / "quotegrid.db"


def test_both_engines_hold_the_same_after_each_migration(first: Path, server: Server) -> None:
    in_file = Database(first)
    on_server = Database(server.new())
    _upgrade(on_server, KNOWN[0])
    _fill(on_server, _rows(in_file))
    for step in KNOWN[1:]:
        for database in (in_file, on_server):
            _upgrade(database, step)
            assert revision(database) == step
            if step == _PUBLISHING:
                _publish_by_name(database)
        assert _rows(on_server) == _rows(in_file)
    assert revision(on_server) == HEAD == KNOWN[-1]
    with on_server.engine.connect() as connection:
        differences = compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": True}), SQLModel.metadata
        )
    names = [str(getattr(found[1], "name", found)) for found in differences if isinstance(found, tuple)]
    # Words, a counter, a view and an index that needs an order of JSON are in no model or on no server.
    assert {name for name in names if not name.startswith((*_DERIVED, "ix_segment_words"))} <= {
        "ix_source_in_use_text_hash",
        "source_in_use",
        "ix_segment_speaker",
        "segment_in_use",
    }
    migrate(on_server)
    for database in (in_file, on_server):
        with database.session(write=True) as session:
            segment = session.exec(select(SegmentRow.id)).first()
            code = session.exec(select(CodeRow.id).order_by(col(CodeRow.id))).first()
            assert segment is not None
            coder = coder_id(session, "Zoë")
            add_decision(session, coder=coder, action=Action.APPLY, segment=segment, code=code)
            session.get_one(CodeRow, code).name = "Another name"
            session.flush()
            (table,) = known_outside(session)
            assert table.coded.keys() == {"another name", "a code that is gone"}
            (number,) = table.numbers
            assert number.row.codes == ("a code that is gone", "another name")
        database.close()
