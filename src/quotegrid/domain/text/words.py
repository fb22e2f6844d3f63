"""Counts words in any script by Unicode's rules; scripts without spaces are cut with ICU's dictionaries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from quotegrid.domain.text.scripts import UNSPACED, UNSPACED_MARKS

_SIMPLE = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+|(?<=[0-9])[.,](?=[0-9])[^\W_]+)*")
_MARKED = (
    r"[\p{L}\p{N}][\p{L}\p{N}\p{M}\u200c\u200d]*"
    r"(?:['\u2019\u05f3\u05f4\u00b7](?=\p{L})[\p{L}\p{N}\p{M}\u200c\u200d]+"
    r"|(?<=\p{N})[.,](?=\p{N})[\p{L}\p{N}\p{M}]+)*"
)
_NOT_SIMPLE = re.compile("[\u0300-\u036f\u0483-\u1dff\u200c\u200d\u20d0-\u20ff\u2e80-\U0010ffff]")
"""Matches characters beyond Latin, Greek and Cyrillic letters and general punctuation."""
_UNSPACED = re.compile(f"[{UNSPACED}][{UNSPACED}{UNSPACED_MARKS}]*")


def word_count(text: str) -> int:
    """Return the number of words in a text; "it's" and "2.5" are one each, a hyphenated compound is two."""
    if _NOT_SIMPLE.search(text) is None:
        return len(_SIMPLE.findall(text))
    return sum(1 for _ in _places(text))


def word_places(text: str) -> list[tuple[int, int]]:
    """Return the start and end of each word that `word_count` counts."""
    if _NOT_SIMPLE.search(text) is None:
        return [found.span() for found in _SIMPLE.finditer(text)]
    return list(_places(text))


def _places(text: str) -> Iterator[tuple[int, int]]:
    for found in _marked().finditer(text):
        start, end = found.span()
        if _UNSPACED.search(text, start, end) is None:
            yield start, end
        else:
            yield from _cut(text, start, end)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Return the words of a run of letters, some of which are of a script without spaces."""
    from icu4py.breakers import WordBreaker

    at = start
    # ICU counts UTF-16 units, so that only the lengths of its pieces are used.
    for piece in WordBreaker(text[start:end], "en"):
        if any(char.isalnum() for char in piece):
            yield at, at + len(piece)
        at += len(piece)


@lru_cache(maxsize=1)
def _marked() -> Any:
    import regex

    return regex.compile(_MARKED)
