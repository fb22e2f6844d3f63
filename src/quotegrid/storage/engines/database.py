"""A study's database: its transactions, whichever engine keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from quotegrid.storage.engines.protocol import engine_for

__all__ = ["Database", "Session"]


class Database:
    """A study's database.

    Args:
        where: A SQLite file, made when first written to, or the address of a PostgreSQL database.

    Raises:
        StudyError: If it is an address and what it needs is not installed.
    """

    def __init__(self, where: Path | str) -> None:
        self.at = engine_for(where)

    @property
    def engine(self) -> Engine:
        """SQLAlchemy's engine."""
        return self.at.engine

    @property
    def path(self) -> Path:
        """The file; what messages call it where it is none."""
        return Path(self.at.where)

    @contextmanager
    def session(self, *, write: bool = False) -> Iterator[Session]:
        """One transaction: kept whole when the block ends, undone whole when it fails.

        Args:
            write: Whether the block changes anything; waits until nobody else writes. Without it
                the block sees one state of the database throughout, and nothing that it writes is kept.

        Raises:
            StudyBusyError: If another program is writing and does not finish.
            RepairError: If the database is damaged.
            ServerError: If the server cannot be reached or lets nobody in.
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
        """Be the study's one writer, for as many transactions as it takes.

        Raises:
            StudyBusyError: If somebody else is and does not finish.
        """
        return self.at.writing(who, what, seconds=seconds)

    def version(self) -> int:
        """A number that is another one as soon as anybody has changed anything.

        Raises:
            RepairError: If the database is damaged.
        """
        return self.at.version()

    def close(self) -> None:
        """Let go of the database."""
        self.at.close()
