"""Names that users type: found without case, and the nearest offered when they are not there."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from quotegrid.errors import UnknownNameError

_MOST = 12


def closest(name: str, names: Sequence[str], what: str) -> str:
    """A sentence that offers the nearest names, or lists them when they are few."""
    near = nearest(name, names)
    if near:
        return f"Did you mean {' or '.join(near)}?"
    if not names:
        return f"There are no {what} yet."
    shown = ", ".join(names[:_MOST]) + (f" and {len(names) - _MOST} more" if len(names) > _MOST else "")
    return f"The {what} are {shown}."


def nearest(name: str, names: Sequence[str], *, most: int = 3) -> list[str]:
    """The names spelt most like one, the likest first; none where none is near."""
    folded = {one.casefold(): one for one in names}
    found = difflib.get_close_matches(name.casefold(), list(folded), n=most, cutoff=0.55)
    return [folded[one] for one in found]


def resolve(name: str, names: Sequence[str], one: str, many: str) -> str:
    """The name as the study spells it.

    Raises:
        UnknownNameError: If there is none like it, case aside.
    """
    for known in names:
        if known.casefold() == name.strip().casefold():
            return known
    raise UnknownNameError(f'there is no {one} "{name}" here.', todo=closest(name, names, many))
