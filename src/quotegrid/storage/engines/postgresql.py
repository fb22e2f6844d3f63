"""A study's database on a team's PostgreSQL server.

Two advisory locks keep writers apart, each for one schema of one database: one is held by whoever is at a
longer piece of work, as the lock file is for a SQLite file, and one by every transaction that writes. Both
fall by themselves when a connection ends, however it does.
"""

from __future__ import annotations

import time
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, unquote

from sqlalchemy import URL, Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from quotegrid.errors import ConfigError, DiskError, RepairError, ServerError, StudyBusyError, StudyError
from quotegrid.storage.engines.protocol import StudyEngine

OLDEST = 17
"""The first version whose built-in collations cover all of Unicode."""
BUSY_MILLISECONDS = 3000
CONNECT_SECONDS = 10
_WORK, _TRANSACTION = 0x71677731, 0x71677431
"""The kinds of advisory locks: "qgw1" and "qgt1"."""
_DAMAGED = frozenset({"XX001", "XX002"})
"""The server's codes for damaged data and damaged indexes."""
_TRY_EACH = 0.1
_NO_PASSWORD = "Put it into the variable PGPASSWORD, or into the file that PGPASSFILE names."  # noqa: S105 - advice


class PostgresqlEngine(StudyEngine):
    """A database on a server; where the address names a schema (`options=-csearch_path=...`), that schema.

    Args:
        address: Such as "postgresql+psycopg://name@host/database". What it leaves out, the password among
            it, comes from PostgreSQL's own variables and files: PGPASSWORD, PGPASSFILE, PGSSLMODE, ...

    Raises:
        StudyError: If psycopg is not installed.
        ConfigError: If the address cannot be read.
    """

    is_shared = True

    def __init__(self, address: str) -> None:
        try:
            self._url = make_url(address)
        except (ArgumentError, ValueError) as error:
            raise ConfigError(
                "the database's address cannot be read.",
                todo='Write: database = "postgresql+psycopg://NAME@HOST/DATABASE".',
            ) from error
        self.where = _shown(self._url)
        self.engine = self._engine()
        # Who forgets to close a study keeps no connection of the server's few.
        weakref.finalize(self, self.engine.dispose)

    def _engine(self) -> Engine:
        usual = {"connect_timeout": CONNECT_SECONDS, "client_encoding": "utf8"}
        arguments = {name: value for name, value in usual.items() if name not in self._url.query}
        try:
            return create_engine(
                self._url, isolation_level="REPEATABLE READ", pool_pre_ping=True, connect_args=arguments
            )
        except ImportError as error:
            raise StudyError(
                "a study on a PostgreSQL server needs psycopg, which is not installed here.",
                todo='Run: pip install "quotegrid[postgres]".',
            ) from error

    def options(self, *, write: bool) -> Mapping[str, Any]:
        """Return the isolation level: readers see one state throughout, writers the latest at their turn."""
        return {"isolation_level": "READ COMMITTED"} if write else {}

    def begin(self, connection: Connection, *, write: bool) -> None:
        """Begin a transaction; one that writes waits for its turn."""
        if write:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {BUSY_MILLISECONDS}")
            connection.exec_driver_sql(
                f"SELECT pg_advisory_xact_lock({_TRANSACTION}, hashtext(current_schema()))"
            )

    @contextmanager
    def readable(self) -> Iterator[None]:
        """Turn the server's errors into errors that say what the user can do."""
        try:
            yield
        except DBAPIError as error:
            raise self._meaning(error) from error

    def _meaning(self, error: DBAPIError) -> StudyError:
        state = getattr(error.orig, "sqlstate", None) or ""
        said = self._server_message(error)
        if state.startswith(("55P03", "40")):
            return StudyBusyError(
                "another program is writing to the study.",
                file=self.where,
                todo="Try again when it has finished.",
            )
        if state == "53100":
            return DiskError(
                "the server's disk is full; nothing was changed, and nothing of the study is lost.",
                file=self.where,
                todo="Whoever looks after the server can make room; listing and matrices work meanwhile.",
            )
        if state == "25006":
            return DiskError(
                "the server is read-only now; nothing was changed.",
                file=self.where,
                todo="Whoever looks after the server can say why; listing and matrices work meanwhile.",
            )
        if state == "42501":
            return ServerError(
                f"you have no right to this on the server ({said}).",
                file=self.where,
                todo="Whoever looks after the database can give it.",
            )
        if not state or state.startswith(("08", "28", "3D", "53", "57")):
            return self._refused_connection(said)
        if state in _DAMAGED:
            return RepairError(
                f"this study's database is damaged ({said}).",
                file=self.where,
                todo="Whoever looks after the server can restore it from a backup.",
            )
        return RepairError(
            f"this study's database does not do what was asked of it ({said}). Nothing was changed.",
            file=self.where,
            todo="Leave it as it is, and tell who looks after quotegrid what you did.",
        )

    def _refused_connection(self, said: str) -> ServerError:
        if "no password supplied" in said:
            what, todo = "the server asks for a password, and none is set.", _NO_PASSWORD
        elif "authentication failed" in said:
            what, todo = f"the server does not let you in ({said}).", f"Check the password. {_NO_PASSWORD}"
        elif "does not exist" in said:
            what = f"the server does not have what the address names ({said})."
            todo = "Make it there, or mend the address in quotegrid.toml."
        else:
            what = f"the server does not answer ({said})."
            todo = "Check the address in quotegrid.toml and whether the server can be reached from here."
        return ServerError(what, file=self.where, todo=todo)

    def _server_message(self, error: DBAPIError) -> str:
        """Return the relevant part of the server's message, in one line and without a password."""
        lines = [line.strip() for line in str(error.orig).splitlines() if line.strip()]
        said = next((line for line in lines if "FATAL:" in line), lines[0] if lines else "nothing")
        said = said.rpartition("FATAL:")[2].strip().removeprefix("connection is bad: ")
        secrets = (self._url.password, self._url.query.get("password"))
        for secret in secrets:
            if secret and isinstance(secret, str):
                said = said.replace(secret, "***")
        return said

    def tables(self, connection: Connection) -> set[str]:
        """Return the names of the tables, after checking that the server is usable.

        Raises:
            RepairError: If it is too old, its text is not UTF-8, or the schema is not there.
        """
        version, encoding, schema = connection.exec_driver_sql(
            "SELECT current_setting('server_version_num')::int, "
            "current_setting('server_encoding'), current_schema()"
        ).one()
        if version < OLDEST * 10_000:
            raise RepairError(
                f"the server runs PostgreSQL {version // 10_000}, and quotegrid needs {OLDEST} or newer.",
                file=self.where,
            )
        if encoding != "UTF8":
            raise RepairError(
                f"the database keeps text as {encoding}.", file=self.where, todo="Make it with UTF8."
            )
        if schema is None:
            raise RepairError(
                "the schema that the address names is not there.", file=self.where, todo="Make it first."
            )
        rows = connection.exec_driver_sql(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        )
        return {row[0] for row in rows}

    def version(self) -> int:
        """Return the number of transactions that have changed anything, which triggers count."""
        with self.readable(), self.engine.connect() as connection:
            alone = connection.execution_options(isolation_level="AUTOCOMMIT")
            return int(alone.exec_driver_sql("SELECT changes FROM change_count").scalar_one())

    def back_up(self, what: str = "backup") -> None:
        """Do nothing: backups are the server's own task (pg_dump)."""

    @contextmanager
    def writing(self, who: str, what: str, *, seconds: float) -> Iterator[None]:
        """Hold the write lock, under a name that others can read."""
        with self.readable():
            connection = self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            with self.readable():
                self._take_lock(connection, f"quotegrid {quote(f'{who} ({what})', safe=' ()')}", seconds)
            yield
        finally:
            # The lock ends with the connection, which therefore must not go back for others to use.
            connection.detach()
            connection.close()

    def _take_lock(self, connection: Connection, name: str, seconds: float) -> None:
        connection.execute(text("SELECT set_config('application_name', :name, false)"), {"name": name})
        key = f"{_WORK}, hashtext(current_schema())"
        until = time.monotonic() + seconds
        while not connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({key})").scalar_one():
            if time.monotonic() >= until:
                raise StudyBusyError(
                    f"the study is open for writing by {self._writer(connection)}.",
                    file=self.where,
                    todo="Try again when that has finished; listing and matrices work meanwhile.",
                )
            time.sleep(_TRY_EACH)

    def _writer(self, connection: Connection) -> str:
        asked = text(
            "SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid) "
            "WHERE locktype = 'advisory' AND granted AND objsubid = 2 "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
            "AND classid = :work AND objid = hashtext(current_schema())::oid"
        )
        name = connection.execute(asked, {"work": _WORK}).scalar()
        return unquote(str(name or "").removeprefix("quotegrid ")) or "another program"

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def _shown(url: URL) -> str:
    """Return an address without its password, and without options, which can hold one."""
    return URL.create(url.drivername, url.username, None, url.host, url.port, url.database).render_as_string()
