"""Tells several interviews in one file apart by the headings between them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from quotegrid.corpus.text.part_words import ANSWERS
from quotegrid.corpus.text.speaker_names import folded_label, is_generic
from quotegrid.corpus.transcripts.blocks import Block, blocks_of
from quotegrid.corpus.transcripts.labels import Label
from quotegrid.domain.sources.model import StyledParagraph, Turn
from quotegrid.domain.text.normalise import one_line

_PEOPLE = frozenset(
    "person interview entrevista entretien gespräch haastattelu wywiad интервью 访谈 interviewnr".split()
)
_OF_INTERVIEWS = "|".join(sorted(map(re.escape, _PEOPLE), reverse=True))
_OF_PEOPLE = "|".join(sorted(map(re.escape, ANSWERS | _PEOPLE), reverse=True))
_GROUPS = (
    r"focus[ -]?groups?|group (?:interview|discussion)|fokus[ -]?grupp?e?|gruppendiskussion|focusgroep"
    r"|grupa fokusowa|grup[op] focal|grupo de discus(?:i\u00f3n|s\u00e3o)|groupe (?:de discussion|focal)"
    r"|gruppo focale"
    r"|\u0444\u043e\u043a\u0443\u0441[ -]\u0433\u0440\u0443\u043f\u043f\u0430"
)
_GROUP = r"(?:group|gruppe|grupo|groupe|gruppo|groep|grupp|grupa|\u0433\u0440\u0443\u043f\u043f\u0430)"
_HEADING_OF_GROUP = (
    rf"(?:(?:{_GROUPS})[ \t]*[:#\u2013-]?[ \t]+[^.!?\n]{{1,60}}"
    rf"|{_GROUP}[ \t]+(?:\d{{1,2}}|[A-Z])(?:[ \t]*[:(\u2013-][^.!?\n]{{1,60}})?)"
)
_NUMBERED_PERSON = re.compile(
    rf"(?:#{{1,6}}[ \t]+)?\W{{0,3}}(?:{_HEADING_OF_GROUP}"
    rf"|(?:{_OF_PEOPLE})[ \t]*(?:no\.?|nr\.?|#|[a-z]{{1,4}}[_-])?[ \t]*\d{{1,3}}\b[^.!?\n]{{0,60}}"
    rf"|(?:{_OF_INTERVIEWS})[ \t]*\d{{1,3}}[.)][^.!?\n]{{0,60}}\.?"
    rf"|(?:{_OF_INTERVIEWS})[ \t]+(?:with|mit|met|avec|con|com|med|z|ze|s|se|sa"
    rf"|\u0441|\u0441\u043e|\u0437|\u0456\u0437)"
    rf"[ \t]+[^.!?:\u2026\n]{{2,60}}"
    rf"|(?:{_OF_PEOPLE})[ \t]*:[ \t]*[^\W\d_][^.!?:\n]{{1,60}})",
    re.IGNORECASE,
)
_GROUP_TITLE = re.compile(rf"\W{{0,8}}{_HEADING_OF_GROUP}", re.IGNORECASE)
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
_FEWEST_WORDS_OF_A_QUESTION, _FEWEST_SHARED = 3, 3
"""The number of questions of three words or more that interviews of one file share, if these and titles
tell them apart.
"""
_LISTED = tuple("abcdefgh")
_LINE = re.compile(r"[^\n]+")
_TITLE = re.compile(r"\W{0,8}(?=[^\n]*[^\W\d_])(?!.*\d:\d\d)\w[^\[\](){}<>\n]{2,80}(?:\([^()\n]*\))?\W{0,4}")
"""Matches a line that may be a title: with letters, and neither a note in brackets nor a time."""
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


def without_headings_of_groups(text: str, labels: Sequence[Label]) -> list[Label]:
    """Return the labels without those said once that begin the title of a group: "Group B: the mill".

    Args:
        text: The normalised text.
        labels: All labels before a colon, in order.
    """
    counts = Counter(label.name for label in labels)
    return [
        label
        for label in labels
        if counts[label.name] > 1
        or label.in_block
        or _GROUP_TITLE.fullmatch(text, label.start, _end_of_line(text, label.end)) is None
    ]


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


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
    labels = {folded_label(turn.label) for turn in turns if turn.label}
    for block in _between(text, turns, styles):
        words = text[block.start : block.end]
        if not (heads_an_interview(words) or block.is_heading) or "\n" in words.strip():
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
        return _by_numbers(text, turns) or _by_guide(text, turns)
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


def _between(text: str, turns: Sequence[Turn], styles: Sequence[StyledParagraph]) -> Iterator[Block]:
    """Yield the paragraphs between turns, without those that a turn begins in."""
    ends = [0, *(turn.end for turn in turns)]
    starts = [*(text.rfind("\n", 0, turn.start) + 1 for turn in turns), len(text)]
    for end, start in zip(ends, starts, strict=True):
        if text[end:start].strip():
            yield from blocks_of(text, end, start, styles, by_line=False)


def _by_guide(text: str, turns: Sequence[Turn]) -> list[Section]:
    """Return the interviews in which the same questions are asked again; empty if they are not.

    The first question that is asked again begins each, or what stands above it and nobody says.
    """
    asked = [
        (number, words)
        for number, turn in enumerate(turns)
        if turn.is_interviewer and len(words := _words_of(text, turn)) >= _FEWEST_WORDS_OF_A_QUESTION
    ]
    counts = Counter(words for _, words in asked)
    first = next((words for _, words in asked if counts[words] > 1), None)
    begins = [number for number, words in asked if words == first]
    runs: list[set[tuple[str, ...]]] = [set() for _ in begins]
    for number, words in asked:
        if begins and number >= begins[0]:
            runs[bisect_right(begins, number) - 1].add(words)
    shared = [sum(any(words in other for other in runs if other is not run) for words in run) for run in runs]
    titles = [title_between(text, turns, number) for number in begins]
    fewest = _FEWEST_SHARED if all(titles) else _FEWEST_QUESTIONS
    if len(runs) < _FEWEST or min(shared) < fewest:
        return []
    found = []
    for place, (number, title) in enumerate(zip(begins, titles, strict=True), 1):
        name = f"interview {place}" if title is None else title[1]
        start = turns[number].start if title is None else title[0]
        found.append(Section(start, name, is_headed=title is not None))
    return found


def _words_of(text: str, turn: Turn) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text[turn.start : turn.end].casefold()))


def title_between(text: str, turns: Sequence[Turn], number: int) -> tuple[int, str] | None:
    """Return the line above a turn that nobody says and its offset; None if there is none."""
    end = turns[number - 1].end if number else 0
    line = text.rfind("\n", end, turns[number].start) + 1
    if not text[end:line].strip():
        return None
    label = re.compile(rf"\W*{re.escape(turns[number].label or '')}\b", re.IGNORECASE)
    lines = [
        match
        for match in _LINE.finditer(text, end, max(line, end))
        if _TITLE.fullmatch(match.group()) and not (turns[number].label and label.match(match.group()))
    ]
    return (lines[-1].start(), one_line(lines[-1].group().strip(_MARKS))) if lines else None


def _unnamed(turns: Sequence[Turn]) -> set[str]:
    """Return the labels that name no person: parts, and letters where these list the people from A on."""
    labels = {turn.label for turn in turns if turn.label is not None}
    letters = {label for label in labels if folded_label(label) in _LISTED}
    are_listed = any(folded_label(label) == _LISTED[0] for label in letters)
    return {label for label in labels if is_generic(label)} | (letters if are_listed else set())


def parts_of_one_case(text: str, turns: Sequence[Turn]) -> tuple[str, list[Section]] | None:
    """Return a label of no name that speaks below several titles, and these; None if there is none.

    Two such labels at least must speak below two of the titles, or a question must be asked below two.

    Args:
        text: The normalised text.
        turns: The turns, in order.
    """
    titles = [
        Section(*title)
        for number in range(len(turns))
        if (title := title_between(text, turns, number)) is not None
    ]
    places = [title.start for title in titles]
    unnamed = _unnamed(turns)
    speak_in: dict[str, set[int]] = defaultdict(set)
    asked_in: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for turn in turns:
        place = bisect_right(places, turn.start) - 1
        if turn.is_interviewer:
            asked_in[_words_of(text, turn)].add(place)
        elif turn.label in unnamed:
            speak_in[turn.label].add(place)
    again = [label for label, below in speak_in.items() if len(below - {-1}) >= _FEWEST]
    is_asked_again = any(
        len(below) >= _FEWEST and len(words) >= _FEWEST_WORDS_OF_A_QUESTION
        for words, below in asked_in.items()
    )
    return (again[0], titles) if again and (len(again) >= _FEWEST or is_asked_again) else None


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
    nameless = _unnamed(turns)
    for turn in turns:
        if not turn.is_interviewer and (turn.label is None or turn.label in nameless):
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
