"""Holds how much each speaker says in a talk, without the words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quotegrid.domain.sources.model import Turn


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker of one talk."""

    label: str
    """The label as printed; empty where there is none."""
    turns: int
    length: int
    """The amount said, in characters or in words, but in the same for all speakers of a talk."""
    asks: bool
    """Whether they are an interviewer in this talk."""


Talk = Sequence[Voice]
"""The speakers of one source."""


def voices_of(turns: Iterable[Turn]) -> list[Voice]:
    """Return the speakers of a source's turns, in the order in which they first speak."""
    found: dict[str, Voice] = {}
    for turn in turns:
        label = turn.label or ""
        before = found.get(label, Voice(label, 0, 0, asks=False))
        length = before.length + turn.end - turn.start
        found[label] = Voice(label, before.turns + 1, length, asks=before.asks or turn.is_interviewer)
    return list(found.values())
