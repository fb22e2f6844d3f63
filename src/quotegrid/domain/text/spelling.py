"""Finds the names spelt most like a given one."""

from __future__ import annotations

import difflib
from collections.abc import Sequence


def nearest(name: str, names: Sequence[str], *, most: int = 3) -> list[str]:
    """Return the names spelt most like a given one, the most similar first; empty if none is near."""
    folded = {known.casefold(): known for known in names}
    found = difflib.get_close_matches(name.casefold(), list(folded), n=most, cutoff=0.55)
    return [folded[match] for match in found]
