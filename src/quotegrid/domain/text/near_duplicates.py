"""Finds texts with nearly the same words: a phrase pasted into many answers, a form's sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from quotegrid.domain.text.normalise import folded_words

NEARLY = 0.8
"""The share of words that two texts must have in common; texts of three words or fewer must be equal."""
_FEW = 3


def find_alike(text: str, others: Iterable[tuple[int, str]]) -> list[int]:
    """Return the numbers of the texts that repeat a text exactly or nearly, in their order.

    Two texts are alike by the Jaccard index of their words, counted with repetitions and compared without
    case and grammatical number.

    Args:
        text: The text.
        others: The number and the text of every other one.
    """
    words = folded_words(text)
    if not words:
        return []
    counts = Counter(words)
    found = []
    for number, other in others:
        # Texts of very different length cannot be alike, so most pairs need no comparison of words.
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
