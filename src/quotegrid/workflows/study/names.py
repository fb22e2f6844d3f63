"""The lookup of names that users type, with the closest offered where there is none.

Case is ignored, and so is how letters are encoded.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotegrid.domain.text.normalise import name_key
from quotegrid.domain.text.spelling import nearest
from quotegrid.errors import UnknownNameError

__all__ = ["closest", "nearest", "resolve"]

_MOST = 12


def closest(name: str, names: Sequence[str], what: str) -> str:
    """Return a sentence that offers the closest names, or lists all when they are few."""
    near = nearest(name, names)
    if near:
        return f"Did you mean {' or '.join(near)}?"
    if not names:
        return f"There are no {what} yet."
    shown = ", ".join(names[:_MOST]) + (f" and {len(names) - _MOST} more" if len(names) > _MOST else "")
    return f"The {what} are {shown}."


def resolve(name: str, names: Sequence[str], kind: str, many: str) -> str:
    """Return the name as the study spells it.

    Raises:
        UnknownNameError: If there is no such name, ignoring case.
    """
    for form in (str.casefold, name_key):
        for known in names:
            if form(known) == form(name.strip()):
                return known
    raise UnknownNameError(f'there is no {kind} "{name}" here.', todo=closest(name, names, many))
