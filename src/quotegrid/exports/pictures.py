"""Which pictures there are of a matrix."""

from __future__ import annotations

from enum import StrEnum

PICTURE_SUFFIXES = (".svg", ".png")
"""How the names of files end that are pictures."""


class Picture(StrEnum):
    """What a picture of a matrix shows."""

    HEAT = "heat"
    """A colour for each number."""
    BARS = "bars"
    """A bar for each number, in the same places."""
