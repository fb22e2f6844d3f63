"""Tells several interviews in one file apart by the headings between them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from quotegrid.corpus.text.part_words import ANSWERS
from quotegrid.corpus.text.speaker_names import folded_label, is_generic
from quotegrid.corpus.transcripts.blocks import Block, blocks_of
from quotegrid.domain.sources.model import StyledParagraph, Turn
from quotegrid.domain.text.normalise import one_line

_PEOPLE = frozenset(
    "person interview entrevista entretien gespräch haastattelu wywiad интервью 访谈 interviewnr".split()
)
_OF_INTERVIEWS = "|".join(sorted(map(re.escape, _PEOPLE), reverse=True))
_OF_PEOPLE = "|".join(sorted(map(re.escape, ANSWERS | _PEOPLE), reverse=True))
_NUMBERED_PERSON = re.compile(
    rf"(?:#{{1,6}}[ \t]+)?\W{{0,3}}"
    rf"(?:(?:{_OF_PEOPLE})[ \t]*(?:no\.?|nr\.?|#|[a-z]{{1,4}}[_-])?[ \t]*\d{{1,3}}\b[^.!?\n]{{0,60}}"
    rf"|(?:{_OF_INTERVIEWS})[ \t]*\d{{1,3}}[.)][^.!?\n]{{0,60}}\.?"
    rf"|(?:{_OF_INTERVIEWS})[ \t]+(?:with|mit|met|avec|con|com|med|z|ze|s|se|sa"
    rf"|\u0441|\u0441\u043e|\u0437|\u0456\u0437)"
    rf"[ \t]+[^.!?:\u2026\n]{{2,60}}"
    rf"|(?:{_OF_PEOPLE})[ \t]*:[ \t]*[^\W\d_][^.!?:\n]{{1,60}})",
    re.IGNORECASE,
)
_NAMED_PERSON = re.compile(
    rf"(?:{_OF_PEOPLE})[ \t]*\d{{0,3}}[ \t]*[:.\u2013-][ \t]*"
    r"(?P<name>[^\W\d_][^\d:,()]{0,50}?)[ \t]*(?:\([^()]*\)|,[^\n]*)?",
    re.IGNORECASE,
)
_OF_TOPICS = frozenset(
    "section part topic theme question chapter week day session block task step phase".split()
)
_NUMBERED_QUESTION = re.compile(r"[ \t]*(?:[Qq]\.?[ \t]?)?(?P<number>\d{1,2})[ \t]*[-.):\u2013][ \t]*")
_FEWEST = 2
_FEWEST_QUESTIONS = 4
"""The number of numbered questions of each interview of a file in which the numbers alone tell them apart."""
_MARKS = " \t#*_:\u2013-"


@dataclass(frozen=True, slots=True)
class Section:
    """An interview within a file, from `start` to the next one."""

    start: int
    title: str
    is_headed: bool = True
    """Whether its title stands in the text."""


def heads_an_interview(words: str) -> bool:
    """Return whether a line by itself names the next person: "Person 2", "Interview 3 - a baker"."""
    return _NUMBERED_PERSON.fullmatch(words.strip()) is not None


def sections_of(text: str, turns: Sequence[Turn], styles: Sequence[StyledParagraph] = ()) -> list[Section]:
    """Return the interviews of a file that headings of one form begin; empty if there are fewer than two.

    Headings are of one form if they begin with the same word. The first one may stand above the first turn.
    Without headings, an interview begins where numbered questions begin with 1 again.

    Args:
        text: The normalised text.
        turns: The turns, in order.
        styles: The looks of the text's paragraphs.
    """
    if not turns:
        return []
    alike: dict[str, list[Block]] = defaultdict(list)
    spoken = [turn.start for turn in turns]
    labels = {folded_label(turn.label) for turn in turns if turn.label}
    for block in blocks_of(text, 0, len(text), styles, by_line=False):
        words = text[block.start : block.end]
        if not (heads_an_interview(words) or block.is_heading) or "\n" in words.strip():
            continue
        number = bisect_right(spoken, block.start) - 1
        begins_turn = number + 1 < len(turns) and turns[number + 1].start < block.end
        if begins_turn or (number >= 0 and turns[number].start <= block.start < turns[number].end):
            continue
        if folded_label(words.strip(_MARKS)) in labels:
            continue
        first = re.match(r"[^\W\d_]+", words.lstrip(_MARKS))
        if first is not None and first.group().casefold() not in _OF_TOPICS:
            alike[first.group().casefold()].append(block)
    groups = [
        found
        for found in alike.values()
        if len(found) >= _FEWEST and all(_names_people(text[block.start : block.end]) for block in found)
    ]
    if not groups:
        return _by_numbers(text, turns)
    headings = max(groups, key=len)
    return [Section(block.start, one_line(text[block.start : block.end].strip(_MARKS))) for block in headings]


def _by_numbers(text: str, turns: Sequence[Turn]) -> list[Section]:
    """Return the interviews whose numbered questions begin with 1 again; empty if none do."""
    asked = [
        (int(found["number"]), turn.start)
        for turn in turns
        if turn.is_interviewer
        and (found := _NUMBERED_QUESTION.fullmatch(text, text.rfind("\n", 0, turn.start) + 1, turn.start))
    ]
    runs: list[list[tuple[int, int]]] = []
    for number, start in asked:
        if number == 1 or not runs:
            runs.append([])
        runs[-1].append((number, start))
    lengths = [len(run) for run in runs]
    rise = all(first < second for run in runs for (first, _), (second, _) in pairwise(run))
    if len(runs) < _FEWEST or not rise or min(lengths) < max(_FEWEST_QUESTIONS, 0.5 * max(lengths)):
        return []
    return [Section(run[0][1], f"interview {number}", is_headed=False) for number, run in enumerate(runs, 1)]


def _names_people(heading: str) -> bool:
    """Return whether a heading says that a person or an interview follows: "Visitor interview - a baker"."""
    words = {word.casefold() for word in re.findall(r"[^\W\d_]+", heading)}
    return bool(words & (ANSWERS | _PEOPLE)) or heads_an_interview(heading)


def _name_in(title: str) -> str | None:
    """Return the person whom a heading names behind their part: "Informant 2: Ada Moore (baker)"."""
    found = _NAMED_PERSON.fullmatch(title)
    if found is None or is_generic(found["name"]):
        return None
    words = found["name"].split()
    return one_line(found["name"]) if not any(word[0].islower() for word in words) else None


def in_sections(turns: Sequence[Turn], sections: Sequence[Section]) -> tuple[tuple[Turn, ...], list[str]]:
    """Return the turns with the people of different interviews apart, and the labels that were split.

    Only labels that name no person ("Interviewee", "P1", none) are split, and only if they speak in several
    interviews.

    Args:
        turns: The turns, in order.
        sections: The interviews of the file.
    """
    if len(sections) < _FEWEST:
        return tuple(turns), []
    places = [section.start for section in sections]
    speak_in: dict[str | None, set[int]] = defaultdict(set)
    for turn in turns:
        if not turn.is_interviewer and (turn.label is None or is_generic(turn.label)):
            speak_in[turn.label].add(bisect_right(places, turn.start) - 1)
    split = {label for label, numbers in speak_in.items() if len(numbers) >= _FEWEST}
    kept = []
    for turn in turns:
        number = bisect_right(places, turn.start) - 1
        if turn.label in split and not turn.is_interviewer and number >= 0:
            title = sections[number].title
            unnamed = _name_in(title) or title
            turn = replace(turn, label=unnamed if turn.label is None else f"{turn.label} ({title})")
        kept.append(turn)
    return tuple(kept), [label or "" for label in split]
