"""Finds the particulars that stand above each of several interviews in one file: "Age: 21"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from quotegrid.corpus.text.headers import canonical
from quotegrid.corpus.text.part_words import ANSWERS
from quotegrid.corpus.text.speaker_names import folded_label, is_part
from quotegrid.corpus.transcripts.labels import Label
from quotegrid.corpus.transcripts.unspoken.particular_words import NAMES_OF_PARTICULARS

_FEWEST_LINES = 2
"""The number of particulars that stand together."""
_FEWEST_LABELS_BETWEEN = 4
"""The number of labels of a talk that stand between two blocks of particulars."""
_LATEST_START = 4
"""The number of labels up to which the first block begins."""
_LONGEST_VALUE = 120
_FEWEST_BELOW_A_FORM = 8
_FORM = re.compile(
    r"(?:^[^\W\d_][^\n:\uff1a]{0,30}[:\uff1a][ \t]*\S[^\n]{0,120}"
    r"(?<![.?!\u3002\uff1f\uff01])\n(?:[ \t]*\n)?){3,}",
    re.MULTILINE,
)
"""Matches the lines of a form, none of which ends like a sentence."""
_PART_AND_NAME = re.compile(
    r"(?P<part>[^\W\d_]{3,})[ \t]*[:\uff1a][ \t]*(?:[^\W\d_a-z][\w'\u2019-]*\.?[ \t]*){1,4}"
)
_SENTENCE_END = re.compile(r"[.?!\u2026\u3002\uff01\uff1f\u0964][\"'\u2019\u201d)\]]*\Z")


def repeated_particulars(text: str, labels: Sequence[Label]) -> list[Label]:
    """Return the labels that are no speakers' but particulars, repeated above each interview of a file.

    They stand in blocks of which each has the same names in the same order, one line each that ends unlike a
    sentence, and nowhere else. The first block stands above the first turn, and turns stand between them. One
    line is enough that says who is interviewed.

    Args:
        text: The normalised text.
        labels: All places with the shape of a label, in order, whether taken for a speaker's or not.
    """
    names = [folded_label(label.name) for label in labels]
    counts = Counter(names)
    near = [_is_particular(text[first.end : second.start]) for first, second in pairwise(labels)]
    found: dict[int, Label] = {}
    for start, name in enumerate(names[:_LATEST_START]):
        if counts[name] < 2 or start in found:
            continue
        places = [number for number, other in enumerate(names) if other == name]
        size = _common_size(names, near, places, counts)
        far_apart = all(second - first >= size + _FEWEST_LABELS_BETWEEN for first, second in pairwise(places))
        ends = all(near[place + size - 1] for place in places if place + size <= len(near))
        is_person = canonical(name) == "participant" or name in ANSWERS
        enough = 1 if is_person and len(set(names)) > _FEWEST_LINES else _FEWEST_LINES
        if size >= enough and far_apart and ends:
            for place in places:
                found |= {number: labels[number] for number in range(place, place + size)}
    return [found[number] for number in sorted(found)]


def behind_form(text: str, start: int, labels: Sequence[Label]) -> int:
    """Return where a talk begins below the form above it; `start` if there is none.

    A form is a run of lines of which each names a field and tells a short value, of which one says when or
    where the talk was, and another who asked or answered. It stands among the first labels.

    Args:
        text: The normalised text.
        start: The offset at which the body begins.
        labels: The labels that begin a turn, in order.
    """
    if len(labels) < _FEWEST_BELOW_A_FORM:
        return start
    latest = labels[_LATEST_START].start
    for form in _FORM.finditer(text, start, latest):
        lines = [line for line in form.group().split("\n") if line.strip()]
        names = [folded_label(re.split("[:\uff1a]", line)[0]) for line in lines]
        people = [
            name for name in names if is_part(name) or canonical(name) in ("participant", "interviewer")
        ]
        told = [name for name in names if name in NAMES_OF_PARTICULARS]
        if people and told:
            return form.end()
    return start


def _common_size(
    names: Sequence[str], near: Sequence[bool], places: Sequence[int], counts: Counter[str]
) -> int:
    """Return for how many labels from each place on the names are the same and nowhere else."""
    size = 1
    while all(place + size < len(names) and near[place + size - 1] for place in places):
        following = {names[place + size] for place in places}
        if len(following) > 1 or counts[names[places[0] + size]] != len(places):
            break
        size += 1
    return size


def _is_particular(value: str) -> bool:
    """Return whether what stands before the next label is one short line that ends unlike a sentence."""
    value = value.strip()
    return 0 < len(value) <= _LONGEST_VALUE and "\n" not in value and not _SENTENCE_END.search(value)


def names_a_part(line: str) -> bool:
    """Return whether a line says who has a part in the next interview: "Interviewee: Ada Moore."."""
    found = _PART_AND_NAME.fullmatch(line.strip())
    return found is not None and is_part(found["part"])
