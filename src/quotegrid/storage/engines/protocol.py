"""The interface of the engines that can hold a study's database.

`sqlite` keeps it in a file of the study's folder, `postgresql` on a team's server. Everything that differs
between them is behind this class or in `portable`, which has the expressions that they spell differently.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import Connection, Engine

from quotegrid.domain.study.faults import Fault


class StudyEngine(ABC):
    """An engine that holds a study's database."""

    engine: Engine
    where: str
    """The name for messages: the file, or the server's address without a password."""
    is_shared: bool
    """Whether several people can work in it at once, each writing in turn."""

    @abstractmethod
    def options(self, *, write: bool) -> Mapping[str, Any]:
        """Return the options of a connection that are set before its transaction begins."""

    @abstractmethod
    def begin(self, connection: Connection, *, write: bool) -> None:
        """Begin a transaction; one that writes waits until no other does."""

    @contextmanager
    def migrating(self, connection: Connection) -> Iterator[None]:
        """Open a transaction that changes the schema, committed at the end and rolled back on failure."""
        self.begin(connection, write=True)
        try:
            yield
            connection.commit()
        except BaseException:
            # Also where the end itself found no room: the connection is of no use before that.
            connection.rollback()
            raise

    @abstractmethod
    def readable(self) -> AbstractContextManager[None]:
        """Turn the engine's errors into errors that say what the user can do."""

    @abstractmethod
    def tables(self, connection: Connection) -> set[str]:
        """Return the names of the existing tables."""

    @abstractmethod
    def version(self) -> int:
        """Return a number that changes as soon as anybody has changed anything."""

    def faults(self, connection: Connection, *, quick: bool) -> Iterator[Fault]:
        """Yield what is wrong with the database's own files; a server sees to its files itself.

        Args:
            connection: A connection in a transaction; it writes unless the check is quick.
            quick: Whether to leave out what takes long.
        """
        yield from ()

    def make_indexes_again(self, connection: Connection) -> None:
        """Make indexes again that are not in step with their tables; a server sees to that itself."""
        return

    @abstractmethod
    def writing(self, who: str, what: str, *, seconds: float) -> AbstractContextManager[None]:
        """Hold the study's write lock.

        Args:
            who: The coder.
            what: The task, for the message that others see.
            seconds: How long to wait for another writer to finish.

        Raises:
            StudyBusyError: If somebody else holds it and does not finish.
        """

    @abstractmethod
    def close(self) -> None:
        """Close all connections."""
