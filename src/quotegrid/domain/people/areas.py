"""The study's areas by their standard names, whatever a file's spelling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from quotegrid.domain.text.normalise import one_line
from quotegrid.domain.text.spelling import nearest


@dataclass(frozen=True)
class Areas:
    """The `[areas]` table: standard names in the study's order, each with its other spellings.

    If it is empty, every area is kept as written.
    """

    variants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _names: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names = {spelling_key(name): name for name in self.variants}
        for name, spellings in self.variants.items():
            for spelling in spellings:
                names.setdefault(spelling_key(spelling), name)
        object.__setattr__(self, "_names", names)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the standard names, in the order of the table."""
        return tuple(self.variants)

    @property
    def spellings(self) -> tuple[str, ...]:
        """Return the areas in all their spellings."""
        return tuple(spelling for name, others in self.variants.items() for spelling in (name, *others))

    def named(self, area: str) -> str | None:
        """Return the standard name of an area, or None if the table does not have it."""
        return self._names.get(spelling_key(area))

    def standard(self, area: str) -> str:
        """Return the standard name of an area, or the area as written."""
        return self.named(area) or area

    def nearest(self, area: str) -> str | None:
        """Return the standard name spelt most like an area, or None if none is near."""
        spellings = {spelling: name for name, others in self.variants.items() for spelling in (name, *others)}
        found = nearest(area, list(spellings), most=1)
        return spellings[found[0]] if found else None

    def unknown(self, area: str) -> str | None:
        """Return a warning for an area that the table does not have, or None if it has it or is empty."""
        if not self.variants or self.named(area) is not None:
            return None
        near = self.nearest(area)
        offered = f"did you mean {near}?" if near else f"they are {', '.join(self.names)}."
        return f'the area "{area}" is not one of [areas]; {offered}'


def spelling_key(area: str) -> str:
    """Return an area for comparison: without case, hyphens and the width of spaces."""
    return one_line(area.replace("-", " ").replace("\u2010", " ")).casefold()
