"""Finds labels in the middle of a line, where several turns share a paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from quotegrid.corpus.text.speaker_names import ASKING, folded_label, is_part
from quotegrid.corpus.transcripts.labels import Label
from quotegrid.corpus.transcripts.shapes.layouts import BOLD, NAME
from quotegrid.corpus.transcripts.shapes.stamps import GAP
from quotegrid.corpus.transcripts.shapes.templates import COLON
from quotegrid.domain.text.normalise import one_line

_WITHIN = re.compile(
    rf"(?:^{GAP}*|(?<=[.?!\u2026\u3002\uff1f\uff01\u0964\u061f\"\u201d\u00bb)\]]){GAP}+|(?<=[\u3002\uff1f\uff01]))"
    rf"(?P<open>\*\*|__|\*)?"
    rf"(?P<name>[^\W\d_a-z][\w.'\u2019-]*(?:{GAP}[^\W_a-z][\w.'\u2019-]*){{0,3}}){GAP}?"
    rf"(?:(?P<close>\*\*|__|\*)?(?:{COLON}|(?<=\d)\))(?P<close2>\*\*|__|\*)?)(?:{GAP}+(?=\S)|(?<=\uff1a)|$)",
    re.MULTILINE,
)
_MARK = re.compile(rf"{COLON}|\)")
_NUMBER = re.compile(r"\s*\d+\Z")
_FEWEST = 2
_LEAST_CHANGES = 0.7
"""The least share of labels that name somebody else than the one before, in turns that are run together."""


def labels_within(text: str, start: int) -> list[Label]:
    """Return the labels before a colon, or with a number before a bracket, that begin lines or stand in them.

    In a line they follow the end of a sentence.

    Args:
        text: The normalised text.
        start: The offset at which the body begins.
    """
    found = []
    for match in _WITHIN.finditer(text, start):
        begins = match.start("open") if match["open"] else match.start("name")
        is_bold = bool(match["open"]) and match["open"] in (match["close"], match["close2"])
        if bool(match["open"]) == is_bold:
            found.append(
                Label(
                    start=begins,
                    end=match.end(),
                    name=one_line(match["name"]),
                    convention=BOLD if is_bold else NAME,
                    bold=is_bold,
                    words=match.end(),
                )
            )
    return found


def run_together(text: str, taken: Sequence[Label], within: Sequence[Label]) -> list[Label]:
    """Return the labels of a text, with those in the middle of its lines.

    These are labels of the people whose labels begin lines, or in capitals where all others are. Where hardly
    any label begins a line, they are those of two or more people who take turns, one of whom has a part in
    the conversation ("Q", "INTERVIEWER").

    Args:
        text: The normalised text.
        taken: The labels that begin lines, in order.
        within: The labels at the beginning of lines and in them, in order.
    """
    alone = _taking_turns(within)
    if len(alone) > 2 * len(taken):
        return alone
    names = {
        _unnumbered(label.name) for label in taken if _MARK.search(text, label.start, label.end) is not None
    }
    shouted = bool(names) and all(name.isupper() and len(name) > 1 for name in names)
    spans = [(label.start, label.end) for label in taken]
    added = [
        label
        for label in within
        if (_unnumbered(label.name) in names or (shouted and _is_shouted(label.name)))
        and text[text.rfind("\n", 0, label.start) + 1 : label.start].strip()
    ]
    free = [label for label in added if not any(first <= label.start < end for first, end in spans)]
    return sorted([*taken, *free], key=lambda label: label.start)


def _taking_turns(within: Sequence[Label]) -> list[Label]:
    """Return the labels of people who come back and take turns, if one asks or answers by their label."""
    counts = Counter(_unnumbered(label.name) for label in within)
    people = {name for name, count in counts.items() if count >= _FEWEST and is_part(name)}
    if len(people) < _FEWEST or not any(ASKING.fullmatch(folded_label(name)) for name in people):
        return []
    kept = [label for label in within if _unnumbered(label.name) in people]
    changes = sum(_unnumbered(first.name) != _unnumbered(second.name) for first, second in pairwise(kept))
    return kept if changes >= _LEAST_CHANGES * (len(kept) - 1) else []


def _unnumbered(name: str) -> str:
    return _NUMBER.sub("", name)


def _is_shouted(name: str) -> bool:
    return name.isupper() and sum(map(str.isalpha, name)) > 3 and " " in name
