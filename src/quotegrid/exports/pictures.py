"""The kinds of pictures of a matrix."""

from __future__ import annotations

from enum import StrEnum


class Picture(StrEnum):
    """The kind of a picture of a matrix."""

    HEAT = "heat"
    """A colour for each number."""
    BARS = "bars"
    """A bar for each number, in the same places."""
