"""One store of compiled statements for all databases of a test session."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.util import LRUCache

_compiled: LRUCache[Any, Any] = LRUCache(4000)


def _are_alike(self: object, other: object) -> bool:
    return type(self) is type(other)


def _hash_of_class(self: object) -> int:
    return hash(type(self))


def share_compiled_statements() -> None:
    """Let every engine use the statements that another one has compiled.

    SQLAlchemy keeps them for each engine, by its dialect. Each test has a new study, and so a new engine: to
    compile the same statements again was a third of what the tests cost.
    """
    for dialect in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        dialect.__eq__ = _are_alike  # type: ignore[method-assign]  # the store's keys hold the dialect
        dialect.__hash__ = _hash_of_class  # type: ignore[method-assign]  # as above

    @event.listens_for(Engine, "engine_connect")
    def _use_store(connection: Connection) -> None:
        if isinstance(connection.dialect, (SQLiteDialect_pysqlite, PGDialect_psycopg)):
            connection.engine._compiled_cache = _compiled
