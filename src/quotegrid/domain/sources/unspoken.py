"""Finds the words of a transcript that belong to no turn: notes, headings, what stands before the talk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Protocol

from quotegrid.domain.text.ranges import trim_range
from quotegrid.domain.text.words import word_count

_MOST_BESIDE = 4
"""The most words beside a label on its line, such as a role in parentheses."""
_LABEL_END = (":", ":**", ":*", ">")
_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n")


class _Spoken(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def label(self) -> str | None: ...


def unspoken(text: str, turns: Sequence[_Spoken]) -> list[tuple[int, int]]:
    """Return the paragraphs that no turn holds, in order, without the labels of turns and without times.

    Args:
        text: The source's text.
        turns: Its turns, in order.
    """
    edges = [0, *(edge for turn in turns for edge in (turn.start, turn.end)), len(text)]
    labels = [*(turn.label for turn in turns), None]
    found = []
    for (start, end), label in zip(list(pairwise(edges))[::2], labels, strict=True):
        for first, last in _without_label(text, start, end, label):
            if any(character.isalpha() for character in text[first:last]):
                found.append((first, last))
    return found


def _without_label(text: str, start: int, end: int, label: str | None) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs between two turns, the last without the line that names who speaks next."""
    first, last = trim_range(text, start, end)
    if label is not None and first < last:
        line = max(text.rfind("\n", first, last) + 1, first)
        if _is_label(text[line:last], label):
            first, last = trim_range(text, first, line)
    for paragraph in _paragraphs(text, first, last):
        kept = [span for span in _lines(text, *paragraph) if any(map(str.isalpha, text[slice(*span)]))]
        if kept and text[slice(*paragraph)].strip():
            yield trim_range(text, kept[0][0], kept[-1][1])


def _is_label(line: str, label: str) -> bool:
    has_label = label.casefold() in line.casefold()
    most = word_count(label) + _MOST_BESIDE if has_label else _MOST_BESIDE
    return word_count(line) <= most and (has_label or line.rstrip().endswith(_LABEL_END))


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for found in _PARAGRAPH_END.finditer(text, start, end):
        yield at, found.start()
        at = found.end()
    yield at, end


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        yield at, stop
        at = stop + 1
