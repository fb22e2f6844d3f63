"""Reads numbers as people write them into tables."""

from __future__ import annotations

import math
import re

_NUMBER = re.compile(
    r"([+-]?)\s*[£$€]?\s*((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d+)?|\.\d+)\s*%?", re.IGNORECASE
)


def as_number(value: str) -> float | None:
    """Read a number, a sum of money or a percentage; return None for anything else.

    Commas count only between thousands, so that "3,2" is not taken for 32.
    """
    found = _NUMBER.fullmatch(value.strip())
    number = float("nan") if found is None else float("".join(found.groups()).replace(",", ""))
    return number if math.isfinite(number) else None
