"""Tells values that say only that nothing is known from the others."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field

from quotegrid.domain.text.normalise import one_line
from quotegrid.settings_values import DEFAULT_MISSING


@dataclass(frozen=True)
class MissingValues:
    """The words that a study's files write where a value is not known; case does not matter."""

    words: tuple[str, ...] = DEFAULT_MISSING
    _words: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_words", frozenset(one_line(word).casefold() for word in self.words))

    def __contains__(self, value: str) -> bool:
        written = one_line(value).casefold()
        return not written or written in self._words

    def known(self, value: str | None) -> str | None:
        """Return a value, or None if it says that nothing is known."""
        return None if value is None or value in self else value

    def without(self, values: Mapping[str, str]) -> dict[str, str]:
        """Return the values that are known, by their names."""
        return {name: value for name, value in values.items() if value not in self}

    def cells(self, cells: Mapping[str, str], columns: Container[str]) -> dict[str, str]:
        """Return the cells of a row, empty where one of some columns is not known."""
        return {name: "" if name in columns and cell in self else cell for name, cell in cells.items()}
