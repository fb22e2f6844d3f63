"""Finds labels behind numbers of turns that are typed unlike the others, "33 I =", and letters of lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from quotegrid.corpus.transcripts.labels import Label
from quotegrid.corpus.transcripts.shapes.stamps import GAP

_NUMBER = re.compile(rf"{GAP}*(?P<number>\d{{1,4}})")
_FEWEST = 10
_LEAST_SHARE = 0.3
_FEWEST_LISTED, _LEAST_STEPS = 6, 0.8
"""The number of letters of a list, and the share of them that follow the one before."""


def with_numbered_slips(text: str, start: int, labels: Sequence[Label]) -> list[Label]:
    """Return labels with those of the same people behind the number between two others' numbers.

    Many turns are numbered one by one, so that a line with the next number begins a turn whatever stands
    behind its label.

    Args:
        text: The normalised text.
        start: The offset at which the body begins.
        labels: The labels found so far, in order.
    """
    numbers = [_number(text, label.start) for label in labels]
    numbered = [label for label, number in zip(labels, numbers, strict=True) if number is not None]
    if len(numbered) < max(_FEWEST, _LEAST_SHARE * len(labels)):
        return list(labels)
    names = "|".join(sorted({re.escape(label.name) for label in labels}, key=len, reverse=True))
    slip = re.compile(
        rf"^{GAP}*(?P<number>\d{{1,4}})[.)]?{GAP}*(?P<speaker>{names})(?:{GAP}*[.;,:=\u2013-]+|(?={GAP}))[{GAP[1:-1]}=]*(?=\S)",
        re.MULTILINE,
    )
    kept = {label.start: label for label in labels}
    usual = {label.name: label for label in labels}
    for found in slip.finditer(text, start):
        line = found.start()
        if line in kept:
            continue
        before = max((label.start for label in labels if label.start < line), default=None)
        earlier = None if before is None else _number(text, before)
        if earlier is None or not 0 < int(found["number"]) - earlier <= _MOST_MISSING:
            continue
        kept[line] = replace(
            usual[found["speaker"]], start=line, end=found.end(), words=found.end(), time=None, aside=None
        )
    return [kept[at] for at in sorted(kept)]


_MOST_MISSING = 3
"""The number of turns in a row whose labels may be mistyped."""


def _number(text: str, at: int) -> int | None:
    found = _NUMBER.match(text, at)
    return None if found is None else int(found["number"])


def letter_a_list(labels: Sequence[Label]) -> bool:
    """Return whether labels are the letters of a list: "A.", "B.", "C.", each the next of the one before.

    Args:
        labels: The labels of one convention, in order.
    """
    letters = [ord(label.name.casefold()) for label in labels if len(label.name) == 1]
    steps = [second - first for first, second in pairwise(letters)]
    return len(set(letters)) >= _FEWEST_LISTED and steps.count(1) > _LEAST_STEPS * len(steps)
