"""Which pictures there are of a matrix."""

from __future__ import annotations

from enum import StrEnum


class Picture(StrEnum):
    """What a picture of a matrix shows."""

    HEAT = "heat"
    """A colour for each number."""
    BARS = "bars"
    """A bar for each number, in the same places."""
