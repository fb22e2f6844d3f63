"""Conditions on numbers: among any number of others."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col

from quotegrid.storage.engines.portable import is_among, numbers_in


def among(number: Any, wanted: Iterable[int]) -> ColumnElement[bool]:
    """Whether a number is among others, however many: they are handed over as one value."""
    numbers = list(wanted)
    if not numbers:
        return col(number).in_([])
    found: ColumnElement[bool] = is_among(col(number), numbers_in(json.dumps(numbers)))
    return found
