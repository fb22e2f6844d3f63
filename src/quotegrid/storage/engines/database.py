"""A study's database and its transactions, on any engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from quotegrid.storage.engines.protocol import StudyEngine

__all__ = ["Database", "Session"]


class Database:
    """A study's database.

    Args:
        where: A SQLite file, created at the first write, or the address of a PostgreSQL database.

    Raises:
        StudyError: If it is an address and the PostgreSQL driver is not installed.
    """

    def __init__(self, where: Path | str) -> None:
        self.at = _engine_for(where)

    @property
    def engine(self) -> Engine:
        """Return SQLAlchemy's engine."""
        return self.at.engine

    @property
    def path(self) -> Path:
        """Return the file; for a server the name that messages use."""
        return Path(self.at.where)

    @contextmanager
    def session(self, *, write: bool = False) -> Iterator[Session]:
        """Open a transaction that is committed when the block ends and rolled back when it fails.

        Args:
            write: Whether the block changes anything; waits until nobody else writes. Without it
                the block sees one state of the database throughout, and nothing that it writes is kept.

        Raises:
            StudyBusyError: If another program is writing and does not finish.
            RepairError: If the database is damaged.
            ServerError: If the server cannot be reached or refuses the user.
        """
        with self.at.readable(), Session(self.engine, expire_on_commit=False) as session:
            connection = session.connection(execution_options=self.at.options(write=write))
            try:
                self.at.begin(connection, write=write)
                yield session
                if write:
                    session.commit()
            except BaseException:
                session.rollback()
                raise

    def writing(self, who: str, what: str, *, seconds: float = 2.0) -> AbstractContextManager[None]:
        """Hold the study's write lock, for as many transactions as needed.

        Raises:
            StudyBusyError: If somebody else holds it and does not finish.
        """
        return self.at.writing(who, what, seconds=seconds)

    def version(self) -> int:
        """Return a number that changes as soon as anybody has changed anything.

        Raises:
            RepairError: If the database is damaged.
        """
        return self.at.version()

    def close(self) -> None:
        """Close all connections."""
        self.at.close()


def _engine_for(where: Path | str) -> StudyEngine:
    """Return the engine for a file or a server's address.

    Raises:
        StudyError: If what the engine needs is not installed.
    """
    if isinstance(where, Path):
        from quotegrid.storage.engines.sqlite import SqliteEngine

        return SqliteEngine(where)
    from quotegrid.storage.engines.postgresql import PostgresqlEngine

    return PostgresqlEngine(where)
