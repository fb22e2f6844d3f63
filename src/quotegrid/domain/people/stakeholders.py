"""Which stakeholder group a role belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from quotegrid.domain.text.normalise import folded_words
from quotegrid.domain.text.spelling import nearest


@dataclass(frozen=True)
class Stakeholders:
    """The `[stakeholders]` table: groups in the study's order, each with the role patterns it covers.

    A pattern is one or a few words. It covers a role when its words stand next to each other in the
    role, case and number aside; the longest pattern wins, and among equals the one that begins first.
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
        """Return the group that is called so ("Parents" is "parent"), or that has `name` as a whole pattern."""
        return self._patterns.get(folded_words(name))

    def unlisted(self, group: str) -> str | None:
        """Return what is unsure of a group that the table does not have, with the nearest one that it has.

        None where it has the group, or no groups at all: then each is as it is written.
        """
        if not self.groups or self.group_named(group) is not None:
            return None
        near = nearest(group, list(self.groups))
        offered = f" Did you mean {' or '.join(near)}?" if near else ""
        return f'the group "{group}" is not in [stakeholders] and was taken as it is written.{offered}'

    def group_of_words(self, words: tuple[str, ...]) -> str | None:
        """Return the group that has exactly these words, as `folded_words` makes them, for a pattern."""
        return self._patterns.get(words)

    def group_of_role(self, role: str) -> str | None:
        """Return the group whose longest pattern the role contains, None if no pattern fits."""
        words = folded_words(role)
        for length in range(len(words), 0, -1):
            for first in range(len(words) - length + 1):
                group = self._patterns.get(words[first : first + length])
                if group is not None:
                    return group
        return None


def in_order(values: Iterable[str], order: Iterable[str]) -> list[str]:
    """Return the distinct values, first those of `order` in that order, then the others by name."""
    present = set(values)
    first = [value for value in order if value in present]
    return first + sorted(present.difference(first), key=str.casefold)
