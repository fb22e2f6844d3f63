"""Finds the stakeholder group that a role belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from quotegrid.domain.text.normalise import folded_words
from quotegrid.domain.text.spelling import nearest


@dataclass(frozen=True)
class Stakeholders:
    """The `[stakeholders]` table: groups in the study's order, each with the role patterns it covers.

    A pattern is one or a few words. It covers a role that contains its words next to each other, ignoring
    case and plural; the longest pattern wins, and among equals the one that begins first.
    """

    groups: Mapping[str, tuple[str, ...]]
    _patterns: dict[tuple[str, ...], str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        patterns: dict[tuple[str, ...], str] = {}
        for group, roles in self.groups.items():
            for pattern in (group, *roles):
                words = folded_words(pattern)
                if words:
                    patterns.setdefault(words, group)
        object.__setattr__(self, "_patterns", patterns)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the groups, in the order of the table."""
        return tuple(self.groups)

    def group_named(self, name: str) -> str | None:
        """Return the group with a name ("Parents" is "parent"), or with the name as a whole pattern."""
        return self._patterns.get(folded_words(name))

    def unlisted(self, group: str) -> str | None:
        """Return a warning for a group that the table does not have, suggesting the nearest it has.

        Returns:
            None if it has the group, or no groups at all: then every group is kept as written.
        """
        if not self.groups or self.group_named(group) is not None:
            return None
        near = nearest(group, list(self.groups))
        offered = f" Did you mean {' or '.join(near)}?" if near else ""
        return f'the group "{group}" is not in [stakeholders] and was taken as written.{offered}'

    def group_of_words(self, words: tuple[str, ...]) -> str | None:
        """Return the group with a pattern of exactly these words, as `folded_words` returns them."""
        return self._patterns.get(words)

    def group_of_role(self, role: str) -> str | None:
        """Return the group whose longest pattern the role contains, or None if no pattern fits."""
        words = folded_words(role)
        for length in range(len(words), 0, -1):
            for first in range(len(words) - length + 1):
                group = self._patterns.get(words[first : first + length])
                if group is not None:
                    return group
        return None


def in_order(values: Iterable[str], order: Iterable[str]) -> list[str]:
    """Return the distinct values, those of `order` first and in that order, then the others by name."""
    present = set(values)
    first = [value for value in order if value in present]
    return first + sorted(present.difference(first), key=str.casefold)
