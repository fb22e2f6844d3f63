"""Conditions on numbers: among any number of others."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, column, func, select
from sqlmodel import col


def among(number: Any, wanted: Iterable[int]) -> ColumnElement[bool]:
    """Whether a number is among others, however many: they are handed over as one value."""
    numbers = list(wanted)
    if not numbers:
        return col(number).in_([])
    each = func.json_each(json.dumps(numbers)).table_valued(column("value"))
    return col(number).in_(select(each.c.value))
