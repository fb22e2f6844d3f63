"""Which texts say the same in nearly the same words: a phrase pasted into many answers, a form's sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from quotegrid.domain.text.normalise import folded_words

NEARLY = 0.8
"""The share of words that two texts must have in common; of three or fewer all, in their order."""
_FEW = 3


def alike(text: str, others: Iterable[tuple[int, str]]) -> list[int]:
    """Return the numbers of the texts that are repeated or nearly repeated, in their order.

    Two are alike by the Jaccard index of their words, each counted as often as it stands, without case and
    number.

    Args:
        text: The text.
        others: The number and the text of each other one.
    """
    words = folded_words(text)
    if not words:
        return []
    counts = Counter(words)
    found = []
    for number, other in others:
        # Texts of very different length cannot be alike, and most are of very different length.
        if not NEARLY * 0.75 <= (len(other) + 1) / (len(text) + 1) <= 1 / (NEARLY * 0.75):
            continue
        said = folded_words(other)
        if len(words) <= _FEW or len(said) <= _FEW:
            if said == words:
                found.append(number)
            continue
        theirs = Counter(said)
        common = (counts & theirs).total()
        if common >= NEARLY * (counts.total() + theirs.total() - common):
            found.append(number)
    return found
