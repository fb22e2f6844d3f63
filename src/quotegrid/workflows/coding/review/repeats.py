"""Passages with exactly the same words, as when a phrase was pasted into many answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping


class Repeats:
    """The passages that repeat each other, and those that were decided on in this review.

    Args:
        said: The text hash of each passage whose words occur in another one too.
    """

    def __init__(self, said: Mapping[int, str]) -> None:
        self._said = said
        self._times = Counter(said.values())
        self._met: set[str] = set()

    def others(self, segment: int) -> int:
        """Return how many other passages have the same words."""
        said = self._said.get(segment)
        return 0 if said is None else self._times[said] - 1

    def meet(self, segment: int) -> None:
        """Record a decision on a passage, so that its repeats can wait."""
        said = self._said.get(segment)
        if said is not None:
            self._met.add(said)

    def can_wait(self, segment: int) -> bool:
        """Return whether a passage with the same words has been decided on."""
        return self._said.get(segment) in self._met

    def renewed(self, said: Mapping[int, str]) -> Repeats:
        """Return the repeats among the current passages, with the same decisions recorded."""
        found = Repeats(said)
        found._met = self._met
        return found
