"""The engines that tests run on: SQLite, and a PostgreSQL server of the tests' own where one can be had.

A module that says `ON_BOTH_ENGINES = True` runs once on each, but for its tests marked `sqlite`, and in
`make test` for those marked `dear`. A module outside storage says `ON_BOTH_ENGINES = IS_DEEP`, which is both
in `make test-deep` alone, where it reaches an engine only through functions that other tests call on both.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect, make_url, text
from sqlalchemy.exc import IntegrityError

from quotegrid.storage.engines.database import Database

REFUSED = (sqlite3.IntegrityError, IntegrityError)
"""The errors raised by a change that the schema does not allow, by the engine's driver or by SQLAlchemy."""
ENGINES = ("sqlite", "postgresql")
_NUMBERS = count(1)
_FULL_TEXT_INDEXES = tuple(
    f'INSERT INTO "segment_{index}_{part}"' for index in ("words", "forms") for part in ("data", "idx")
)
"""The layout of SQLite's indexes of words, which depends on their past; the words are in `_content`."""


class Server:
    """A running server, in which databases are made and copied."""

    def __init__(self, uri: str) -> None:
        self._url = make_url(uri).set(drivername="postgresql+psycopg")
        self._engine = create_engine(self._url, isolation_level="AUTOCOMMIT")
        # Nothing of it need outlive a power cut.
        self.run("ALTER SYSTEM SET fsync = off")
        self.run("SELECT pg_reload_conf()")

    def ask_for_password(self, role: str, password: str) -> None:
        """Make a role that is let in with a password alone."""
        with self._engine.connect() as connection:
            file = Path(connection.exec_driver_sql("SHOW hba_file").scalar_one())
        file.write_text(f"local all {role} scram-sha-256\n" + file.read_text())
        self.run(f"CREATE ROLE {role} LOGIN PASSWORD '{password}'")
        self.run("SELECT pg_reload_conf()")

    def run(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.exec_driver_sql(statement)

    def new(self, template: str = "") -> str:
        """The address of a new database, a copy of another one where that is named."""
        name = f"study_{next(_NUMBERS)}"
        like = f' TEMPLATE "{make_url(template).database}"' if template else ""
        self.run(f'CREATE DATABASE "{name}"{like}')
        return self._url.set(database=name).render_as_string(hide_password=False)

    def drop(self, address: str) -> None:
        """Remove a database, whoever still looks at it."""
        self.run(f'DROP DATABASE IF EXISTS "{make_url(address).database}" WITH (FORCE)')

    def close(self) -> None:
        self._engine.dispose()


def told(database: Database) -> str:
    """Return the place of a database, for another process: `opened` opens it there."""
    return (
        database.engine.url.render_as_string(hide_password=False)
        if database.at.is_shared
        else str(database.path)
    )


def opened(where: str) -> Database:
    """The database that `told` names."""
    return Database(where if "://" in where else Path(where))


def skip_sqlites_own(database: Database, statement: str) -> None:
    """Leave a test with a statement that no other engine can read; test_postgresql.py has its own."""
    if database.at.is_shared and " OR " in statement:
        pytest.skip("this statement is SQLite's own")


def contents(database: Database | Path) -> list[str]:
    """Everything that a database holds, as text."""
    where = database if isinstance(database, Path) else database.path
    if not isinstance(database, Path) and database.at.is_shared:
        return sorted(_rows(database))
    with closing(sqlite3.connect(where)) as connection:
        return [line for line in connection.iterdump() if not line.startswith(_FULL_TEXT_INDEXES)]


def _rows(database: Database) -> Iterator[str]:
    with database.session() as session:
        connection = session.connection()
        for table in inspect(connection).get_table_names():
            if table != "change_count":
                for row in connection.exec_driver_sql(f'TABLE "{table}"'):
                    yield f"{table} {json.dumps(list(row), default=str)}"


@contextmanager
def outside(database: Database) -> Iterator[Callable[[str], list[Any]]]:
    """Runs statements as a program would that knows nothing of quotegrid; kept when the block ends."""
    if database.at.is_shared:
        engine = database.engine.execution_options(isolation_level="READ COMMITTED")
        with engine.begin() as other:

            def run(statement: str) -> list[Any]:
                result = other.execute(text(statement))
                return [tuple(row) for row in result] if result.returns_rows else []

            yield run
        return
    with closing(sqlite3.connect(database.path)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        yield lambda statement: connection.execute(statement).fetchall()
        connection.commit()
