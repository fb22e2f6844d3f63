"""Finds the words of a sentence that speak for a suggested code."""

from __future__ import annotations

import re

from quotegrid.domain.codebook.codes import Code
from quotegrid.domain.text.normalise import folded_words

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")


def matched_phrase(sentence: str, code: Code) -> tuple[int, int] | None:
    """Return the place of the longest of a code's names and terms in a sentence, ignoring case and plural.

    Returns:
        The start and end as offsets into the sentence, or None if none occurs in it.
    """
    spans = [match.span() for match in _WORD.finditer(sentence)]
    words = [folded_words(sentence[start:end]) for start, end in spans]
    folded = [word[0] if word else "" for word in words]
    best: tuple[int, int] | None = None
    longest = 0
    for phrase in (code.name, *code.terms):
        wanted = list(folded_words(phrase))
        if not wanted or len(wanted) <= longest:
            continue
        for first in range(len(folded) - len(wanted) + 1):
            if folded[first : first + len(wanted)] == wanted:
                best = spans[first][0], spans[first + len(wanted) - 1][1]
                longest = len(wanted)
                break
    return best
