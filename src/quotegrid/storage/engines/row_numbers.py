"""Row numbers: of a stored row, and any quantity of them in a condition or a query."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, false
from sqlmodel import col

from quotegrid.storage.engines.portable import is_among, numbers_in

_AT_ONCE = 500
_Value = TypeVar("_Value", int, str)


def among(number: Any, wanted: Iterable[int]) -> ColumnElement[bool]:
    """Return the condition that a number is among any quantity of others, which are passed as one value."""
    numbers = list(wanted)
    if not numbers:
        return false()
    compared = number if isinstance(number, ColumnElement) else col(number)
    found: ColumnElement[bool] = is_among(compared, numbers_in(json.dumps(numbers)))
    return found


def chunks(values: Iterable[_Value]) -> Iterator[list[_Value]]:
    """Divide numbers or texts into lists that are short enough for one query."""
    rest = iter(sorted(set(values)))
    while some := list(islice(rest, _AT_ONCE)):
        yield some


def stored_id(number: int | None) -> int:
    """Return the number of a row that has been stored."""
    if number is None:
        raise ValueError("the row has not been stored yet")
    return number
