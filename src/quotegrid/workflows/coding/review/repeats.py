"""Passages that say the same to the letter, as where a phrase was pasted into many answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping


class Repeats:
    """Which passages repeat each other, and which of them have been met in this review.

    Args:
        said: A value for what is said in each passage whose words are said in another one too.
    """

    def __init__(self, said: Mapping[int, str]) -> None:
        self._said = said
        self._times = Counter(said.values())
        self._met: set[str] = set()

    def others(self, segment: int) -> int:
        """How many other passages say the same."""
        said = self._said.get(segment)
        return 0 if said is None else self._times[said] - 1

    def meet(self, segment: int) -> None:
        """Somebody has decided on the passage: what repeats it can wait."""
        said = self._said.get(segment)
        if said is not None:
            self._met.add(said)

    def can_wait(self, segment: int) -> bool:
        """Whether somebody has decided on a passage that says the same."""
        return self._said.get(segment) in self._met

    def renewed(self, said: Mapping[int, str]) -> Repeats:
        """The same for passages as they are now; what was met stays met."""
        found = Repeats(said)
        found._met = self._met
        return found
