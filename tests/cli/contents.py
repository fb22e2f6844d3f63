"""Helpers of several tests of the command line: what a study holds, and how an error must look."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.conftest import Result

Run = Callable[..., Result]


FULL_TEXT_INDEXES = tuple(
    f'INSERT INTO "segment_{index}_{part}"' for index in ("words", "forms") for part in ("data", "idx")
)
"""The layout of the indexes of words, which depends on their past; the words are in `_content`."""


def contents(root: Path) -> list[str]:
    """Everything that the study's database holds, as SQL."""
    with closing(sqlite3.connect(root / "quotegrid.db")) as connection:
        return [line for line in connection.iterdump() if not line.startswith(FULL_TEXT_INDEXES)]


def records(result: Result) -> Any:
    assert result.code == 0, result.err
    return json.loads(result.out)


def assert_refused(result: Result, code: int, *said: object) -> None:
    """One message on standard error that says all this, nothing on standard output, no traceback."""
    assert result.code == code, result.err
    assert result.out == ""
    assert result.err.startswith("quotegrid: ")
    assert result.err.count("quotegrid: ") == 1
    assert "Traceback" not in result.err
    for words in said:
        assert str(words) in result.err
