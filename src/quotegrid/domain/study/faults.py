"""The parts of a study's database that are checked, and what is found to be wrong in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """A part of a study's database that is checked on its own."""

    FILE = "the database file"
    INDEXES = "the indexes"
    REFERENCES = "the references between tables"
    LOG = "the journal and what its entries say"
    TEXTS = "the texts of sources"
    KEPT = "what is kept of removed and replaced sources, and of publications"
    CODINGS = "the codings"
    VERDICTS = "the verdicts on suggestions"
    FULL_TEXT = "the full-text index"
    VECTORS = "the vectors of texts"


FOLLOWS_FROM: Mapping[Part, frozenset[Part]] = {
    Part.INDEXES: frozenset({Part.FILE}),
    Part.CODINGS: frozenset({Part.FILE, Part.REFERENCES, Part.LOG}),
    Part.VERDICTS: frozenset({Part.FILE, Part.REFERENCES, Part.LOG}),
    Part.FULL_TEXT: frozenset({Part.FILE, Part.TEXTS}),
    Part.VECTORS: frozenset({Part.FILE}),
}
"""The parts that can be made again, each with those that have to be whole for it: from a journal that has
lost entries, codings that are still there would be taken away."""


def can_be_made_again(faults: Collection[Fault]) -> set[Part]:
    """Return the damaged parts that can be made again from those that are whole."""
    damaged = {fault.part for fault in faults}
    return {part for part in damaged if part in FOLLOWS_FROM and not FOLLOWS_FROM[part] & damaged}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a database that is not as it should be."""

    part: Part
    what: str
    """The damage, as the end of a sentence that begins with the part."""

    def __str__(self) -> str:
        return f"{self.part.value}: {self.what}."
