"""What a study's database must be able to do, whichever engine keeps it.

`sqlite` keeps it in a file of the study's folder, `postgresql` on a team's server. Everything that differs
between them is behind this class or in `portable`, which has the expressions that they spell differently.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

__all__ = ["StudyEngine", "engine_for"]


class StudyEngine(ABC):
    """A place where a study's database is kept."""

    engine: Engine
    where: str
    """What messages call it: the file, or the server's address without any password."""
    is_shared: bool
    """Whether several people can be at work in it at once, each writing in turn."""

    @abstractmethod
    def options(self, *, write: bool) -> Mapping[str, Any]:
        """What a connection is to be told before its transaction begins."""

    @abstractmethod
    def begin(self, connection: Connection, *, write: bool) -> None:
        """Begin a transaction; one that writes waits until no other does."""

    @contextmanager
    def migrating(self, connection: Connection) -> Iterator[None]:
        """Change the schema in one transaction: kept whole when the block ends, undone when it fails."""
        self.begin(connection, write=True)
        try:
            yield
        except BaseException:
            connection.rollback()
            raise
        connection.commit()

    @abstractmethod
    def readable(self) -> AbstractContextManager[None]:
        """Turn what the engine says into what a user can do about it."""

    @abstractmethod
    def tables(self, connection: Connection) -> set[str]:
        """The names of the tables that are there."""

    @abstractmethod
    def version(self) -> int:
        """A number that is another one as soon as anybody has changed anything."""

    @abstractmethod
    def back_up(self) -> Path | None:
        """Copy the database beside itself; None where that is for others to do."""

    @abstractmethod
    def writing(self, who: str, what: str, *, seconds: float) -> AbstractContextManager[None]:
        """Be the study's one writer.

        Args:
            who: The coder.
            what: What is being done, for the message that others see.
            seconds: How long to wait for another writer to finish.

        Raises:
            StudyBusyError: If somebody else is and does not finish.
        """

    @abstractmethod
    def close(self) -> None:
        """Let go of all connections."""


def engine_for(where: Path | str) -> StudyEngine:
    """The engine for a file or a server's address.

    Raises:
        StudyError: If what the engine needs is not installed.
    """
    if isinstance(where, Path):
        from quotegrid.storage.engines.sqlite import SqliteEngine

        return SqliteEngine(where)
    from quotegrid.storage.engines.postgresql import PostgresqlEngine

    return PostgresqlEngine(where)
