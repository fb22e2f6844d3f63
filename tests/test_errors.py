from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid import errors
from quotegrid.errors import (
    CancelledError,
    CodebookError,
    ConfigError,
    DataError,
    NoStudyError,
    QuotegridError,
    ReadError,
    RepairError,
    StudyBusyError,
    UnknownNameError,
    UsageError,
)


@pytest.mark.parametrize(
    ("file", "line", "todo", "printed"),
    [
        (None, None, "", "it is wrong."),
        (None, None, "Mend it.", "it is wrong. Mend it."),
        ("a.txt", None, "", "a.txt: it is wrong."),
        (Path("in") / "a.txt", 7, "Mend it.", f"{Path('in') / 'a.txt'}, line 7: it is wrong. Mend it."),
        (None, 7, "", "it is wrong."),
    ],
)
def test_the_message_says_where_what_and_what_to_do(
    file: str | Path | None, line: int | None, todo: str, printed: str
) -> None:
    assert str(QuotegridError("it is wrong.", file=file, line=line, todo=todo)) == printed


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError, 2),
        (NoStudyError, 2),
        (UnknownNameError, 2),
        (DataError, 3),
        (ReadError, 3),
        (CodebookError, 3),
        (ConfigError, 3),
        (StudyBusyError, 4),
        (RepairError, 4),
        (CancelledError, 130),
    ],
)
def test_the_exit_code_tells_usage_data_and_repair_apart(error: type[QuotegridError], code: int) -> None:
    assert error("x").exit_code == code


def test_the_modules_docstring_draws_every_error() -> None:
    assert errors.__doc__ is not None
    for name, value in vars(errors).items():
        if isinstance(value, type) and issubclass(value, QuotegridError):
            assert name in errors.__doc__
