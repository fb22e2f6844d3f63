"""The errors that a user can meet.

QuotegridError            anything below; the front end prints it and exits with `exit_code`
├── UsageError            the command or call was wrong                       (2)
│   ├── NoStudyError      there is no study in this folder
│   ├── QueryError        a query that cannot be read, with the column
│   │   └── UnknownTermError  also an UnknownNameError: a name in a query
│   ├── ConflictError     what was to be replaced has been changed since
│   └── UnknownNameError  a group, code, segment or suggestion that the study does not have
├── DataError             a file holds something that cannot be used          (3)
│   ├── ReadError         a source or attributes file
│   │   └── UnreadableError   a file on which its reader itself failed
│   ├── CodebookError     the codebook file
│   └── ConfigError       quotegrid.toml
├── StudyError            the study itself cannot be used as it is            (4)
│   ├── StudyBusyError    somebody else is writing to it
│   ├── DiskError         its disk is full, read-only or failing
│   ├── ServerError       the server that holds it does not answer or lets nobody in
│   └── RepairError       its database is damaged or from another version
├── FaultError            quotegrid itself failed                             (70)
└── CancelledError        the user stopped it                                   (130)
"""

from __future__ import annotations

import unicodedata
from pathlib import Path


class QuotegridError(Exception):
    """An error for the user: what happened, where, and what to do next.

    Args:
        what: What is wrong, in one sentence.
        file: The file it is wrong in.
        line: The line of that file, counted from 1.
        todo: What the user can do about it, in one sentence.
    """

    exit_code = 1

    def __init__(
        self, what: str, *, file: str | Path | None = None, line: int | None = None, todo: str = ""
    ) -> None:
        super().__init__(what)
        self.what = what
        self.file = None if file is None else str(file)
        self.line = line
        self.todo = todo

    def __str__(self) -> str:
        where = ""
        if self.file is not None:
            where = self.file if self.line is None else f"{self.file}, line {self.line}"
            where += ": "
        return where + self.what + (f" {self.todo}" if self.todo else "")


class UsageError(QuotegridError):
    """A wrong command or call."""

    exit_code = 2


class NoStudyError(UsageError):
    """A folder without a study."""


class UnknownNameError(UsageError):
    """A name or number that the study does not have."""


class ConflictError(UsageError):
    """A text that has been changed since it was read, and so is not overwritten.

    Args:
        what: What is wrong, in one sentence.
        base: The numbers of what stands there now.
        todo: What the user can do about it.
    """

    def __init__(self, what: str, *, base: tuple[int, ...], todo: str = "") -> None:
        super().__init__(what, todo=todo)
        self.base = base


class QueryError(UsageError):
    """A query that cannot be read.

    Args:
        what: What is wrong, in one sentence.
        query: The whole query.
        column: Where in it, counted from 1.
        todo: What the user can do about it.
    """

    def __init__(self, what: str, *, query: str, column: int, todo: str = "") -> None:
        super().__init__(what, todo=todo)
        self.query = query
        self.column = column

    def __str__(self) -> str:
        first = max(self.column - 1 - _SHOWN // 2, 0)
        shown = "".join(" " if char.isspace() else char for char in self.query[first : first + _SHOWN])
        before = sum(_cells(char) for char in shown[: self.column - 1 - first])
        return f"column {self.column}: {super().__str__()}\n  {shown}\n  {' ' * before}^"


class UnknownTermError(QueryError, UnknownNameError):
    """A name in a query that the study does not have."""


_SHOWN = 100


def _cells(char: str) -> int:
    """Return how many columns of a terminal a character takes."""
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


class DataError(QuotegridError):
    """A file that holds something unusable."""

    exit_code = 3


class ReadError(DataError):
    """A source or attributes file that cannot be read correctly."""


class UnreadableError(ReadError):
    """A file on which its reader failed without saying why; the cause is the reader's own error."""


class CodebookError(DataError):
    """A codebook file that cannot be used."""


class ConfigError(DataError):
    """A `quotegrid.toml` that cannot be used."""


class StudyError(QuotegridError):
    """A study that cannot be used as it is."""

    exit_code = 4


class StudyBusyError(StudyError):
    """A study that somebody else is writing to."""


class DiskError(StudyError):
    """A disk that is full, read-only or failing; what is there can still be read."""


class ServerError(StudyError):
    """A database server that does not answer, or does not let the user in."""


class RepairError(StudyError):
    """A database that is damaged or was written by another version."""


class FaultError(QuotegridError):
    """A fault in quotegrid itself; earlier decisions are kept."""

    exit_code = 70


class CancelledError(QuotegridError):
    """A job that the user stopped; the message says what was kept of it."""

    exit_code = 130
