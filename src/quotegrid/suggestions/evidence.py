"""Why a code was suggested: the words in the sentence that are the code's own."""

from __future__ import annotations

import re

from quotegrid.domain.codebook.codes import Code
from quotegrid.domain.text.normalise import folded_words

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")


def matched_phrase(sentence: str, code: Code) -> tuple[int, int] | None:
    """Where the longest of a code's names and terms stands in a sentence, case and number aside.

    Returns:
        Offsets into the sentence, None if none of them stands in it.
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
