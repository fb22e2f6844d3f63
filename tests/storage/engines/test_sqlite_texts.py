from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from quotegrid.domain.text.normalise import text_hash
from quotegrid.storage.engines.database import Database
from quotegrid.storage.engines.sqlite_texts import SourceTexts, StudyConnection
from quotegrid.storage.sources.sources import add_source
from tests.storage.samples import interview


@pytest.fixture
def connection() -> Iterator[StudyConnection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None, factory=StudyConnection)) as connection:
        connection.execute("CREATE TABLE source (id INTEGER PRIMARY KEY, text TEXT)")
        yield connection


@pytest.mark.sqlite
@pytest.mark.parametrize("passages", [3, 60])
def test_a_source_is_read_once_for_the_index_however_many_passages_it_has(
    database: Database, passages: int
) -> None:
    statements: list[str] = []
    read_by_triggers: set[tuple[str, str]] = set()

    def watched(action: int, table: str | None, column: str | None, _name: str, trigger: str | None) -> int:
        if action == sqlite3.SQLITE_READ and trigger:
            read_by_triggers.add((str(table), str(column)))
        return sqlite3.SQLITE_OK

    with database.session(write=True) as session:
        raw = session.connection().connection.dbapi_connection
        assert isinstance(raw, StudyConnection)
        raw.set_trace_callback(statements.append)
        raw.set_authorizer(watched)
        turns = [
            (("Ada", "Ray")[number % 2], f"Sentence {number} in caf\u00e9s.") for number in range(passages)
        ]
        add_source(session, interview("long.txt", *turns))
        raw.set_trace_callback(None)
        raw.set_authorizer(None)
        indexed = session.connection().exec_driver_sql("SELECT text FROM segment_text ORDER BY id").scalars()
        assert indexed.all()[-passages:] == [said for _, said in turns]
    assert sum("SELECT text FROM source" in statement for statement in statements) == 1
    assert ("source", "text_hash") in read_by_triggers
    assert ("source", "text") not in read_by_triggers


def test_another_text_under_the_same_number_is_read_again(connection: StudyConnection) -> None:
    texts = SourceTexts(connection)
    for text in ("first words", "other words"):
        connection.execute("INSERT OR REPLACE INTO source VALUES (1, ?)", (text,))
        assert texts.passage(1, text_hash(text), 0, 5) == text[:5]


def test_a_text_that_its_hash_does_not_name_is_never_held(connection: StudyConnection) -> None:
    texts = SourceTexts(connection)
    for text in ("first words", "other words"):
        connection.execute("INSERT OR REPLACE INTO source VALUES (1, ?)", (text,))
        assert texts.passage(1, "a hash of nothing", 0, 5) == text[:5]
