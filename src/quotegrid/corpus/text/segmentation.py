"""Cuts turns into segments of one to four whole sentences, as even in length as the sentences allow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from math import inf

from quotegrid.corpus.text.run_on import words_in
from quotegrid.corpus.text.sentences import BLANK, sentence_spans

MOST_SENTENCES = 4
AIMED_WORDS = 45
"""The target length of a segment: long enough to be understood alone, short enough to hold one thought."""

_PARAGRAPH_BREAK = re.compile(r"\n[ \t]*\n\s*")


def segment_spans(text: str, start: int, end: int, pipeline: str = BLANK) -> list[tuple[int, int]]:
    """Cut a turn into segments that never cross a paragraph boundary.

    Args:
        text: The normalised text of a source.
        start: The offset at which the turn begins.
        end: The offset at which it ends.
        pipeline: The spaCy pipeline that finds sentences.

    Returns:
        The start and end of each segment, as offsets into `text`, in order.
    """
    segments: list[tuple[int, int]] = []
    for first, last in paragraph_spans(text, start, end):
        sentences = sentence_spans(text, first, last, pipeline)
        words = [words_in(text, begin, stop) for begin, stop in sentences]
        for group in even_groups(words):
            segments.append((sentences[group.start][0], sentences[group.stop - 1][1]))
    return segments


def paragraph_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the start and end of each stretch between blank lines, without surrounding white space."""
    spans = []
    position = start
    for match in [*_PARAGRAPH_BREAK.finditer(text, start, end), None]:
        stop = end if match is None else match.start()
        body = text[position:stop]
        if body.strip():
            first = position + len(body) - len(body.lstrip())
            spans.append((first, first + len(body.strip())))
        position = stop if match is None else match.end()
    return spans


def even_groups(lengths: Sequence[int]) -> list[range]:
    """Split a row of lengths into runs of one to four whose sums are as near to `AIMED_WORDS` as possible.

    Dynamic programming finds the split with the least sum of squared distances from `AIMED_WORDS`; among
    equal splits, the one with the longer first run.
    """
    sums = [0, *accumulate(lengths)]
    least = [0.0] * (len(lengths) + 1)
    sizes = [0] * len(lengths)
    for first in range(len(lengths) - 1, -1, -1):
        cost = inf
        for last in range(first + 1, min(first + MOST_SENTENCES, len(lengths)) + 1):
            distance = sums[last] - sums[first] - AIMED_WORDS
            if distance * distance + least[last] <= cost:
                cost = distance * distance + least[last]
                sizes[first] = last - first
        least[first] = cost
    groups = []
    first = 0
    while first < len(lengths):
        groups.append(range(first, first + sizes[first]))
        first += sizes[first]
    return groups
