"""Decides which of the places with the shape of a speaker's label begin a turn."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from quotegrid.corpus.text.speaker_names import ASKING, folded_label, is_part, person_of, stands_for
from quotegrid.corpus.transcripts.accepting import (
    FEWEST_REPEATS,
    NOT_NAMES,
    accept_colons,
    accept_others,
    may_stand_alone,
    recurring_labels,
)
from quotegrid.corpus.transcripts.labels import (
    Label,
    block_starts,
    colon_labels,
    led_labels,
    pattern_labels,
)
from quotegrid.corpus.transcripts.numbered import letter_a_list, with_numbered_slips
from quotegrid.corpus.transcripts.run_together import labels_within, run_together
from quotegrid.corpus.transcripts.same_person import (
    examined_labels,
    under_first_names,
    under_names_of_the_opening,
    under_short_names,
    under_the_interviewer,
    without_numbers_of_questions,
)
from quotegrid.corpus.transcripts.sections import without_headings_of_groups
from quotegrid.corpus.transcripts.shapes.layouts import (
    ALONE,
    BOLD,
    BOLD_WITHOUT_COLON,
    BRACKETED,
    DASHED,
    NAME,
    OF_WHOLE_TEXTS,
    QUESTIONS_NUMBERED,
    QUESTIONS_WITH_STOPS,
    STOPPED,
    TABBED,
    TIME_BEHIND_COLON,
    Convention,
)
from quotegrid.corpus.transcripts.shapes.stamps import MARKED, clock
from quotegrid.corpus.transcripts.shapes.templates import COLONS
from quotegrid.domain.sources.model import StyledParagraph

_SHORTEST_WORD_OF_PART = 5
_FEWEST_IN_ANOTHER_SHAPE = 3
"""The number of labels in a second shape, of people known by the first, from which both are the file's."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The places in a text that have the shape of a speaker's label."""

    taken: tuple[Label, ...]
    """The labels that begin a turn, in order."""
    passed_over: tuple[Label, ...] = ()
    """The labels that do not, in order."""


def find_labels(
    text: str, start: int, known: tuple[str, ...] = (), styles: Sequence[StyledParagraph] = ()
) -> Labels:
    """Return the labels of a transcript that begin turns, and the places that only look like labels.

    The beginning of every line is taken apart in all the ways in which typists and services write labels. A
    way is believed if its names are declared, name parts in the conversation, or come back and look like
    names; the one that explains most of the text is the file's own. Labels of the same people in a second
    way are added, because a long transcript may have been typed by two people.

    Args:
        text: The normalised text.
        start: The offset at which the body begins.
        known: Names of known speakers, from a header, a table or a flag.
        styles: The looks of the text's paragraphs, of which some begin with a name in bold.
    """
    return _found_labels(text, start, known, tuple(styles))


@lru_cache(maxsize=2)
def _found_labels(
    text: str, start: int, known: tuple[str, ...], styles: tuple[StyledParagraph, ...]
) -> Labels:
    """Return the labels of a text; its kind and its turns are told by the same ones, one after the other."""
    opening = block_starts(text, start)
    colons = without_headings_of_groups(text, colon_labels(text, start))
    seen = list(colons)
    named = best = without_values(text, accept_colons(colons, opening, start, known))
    others: list[tuple[Convention, list[Label]]] = []
    for convention in OF_WHOLE_TEXTS:
        found = pattern_labels(text, start, convention.patterns, convention)
        if convention is BOLD_WITHOUT_COLON and (led := led_labels(text, start, styles)):
            found = sorted([*found, *led], key=lambda label: label.start)
        if convention is STOPPED and letter_a_list(found):
            continue
        if convention is TABBED:
            found = [label for label in found if text[label.end] not in COLONS]
        if not found:
            continue
        if convention is ALONE:
            found = [
                label
                for label in found
                if (label.start in opening or text.startswith("#", label.start) or _is_word_of_part(label))
                and may_stand_alone(label.name)
            ]
        accepted = accept_others(found, text, opening, convention, known)
        if convention is QUESTIONS_WITH_STOPS and len(accepted) >= FEWEST_REPEATS and len(named) > 1:
            accepted = examined_labels(text, named, accepted)
        if len(accepted) >= FEWEST_REPEATS and _weight(accepted) > _weight(best):
            best = accepted
        others.append((convention, found))
        if convention is not ALONE:
            seen += [label for label in found if convention not in _OFTEN_PROSE or label in accepted]
    names = {person_of(label.name, known) for label in best}
    for convention, found in others:
        if convention is ALONE:
            likely = names | {person_of(label.name, known) for label in recurring_labels(found, text, known)}
            seen += [label for label in found if _speaks(label, likely, known)]
    found_in_all = [colons, *(found for _, found in others)]
    best = _with_a_second_shape(best, found_in_all, opening, names, known)
    best = _with_the_other_part(best, colons, dict(others).get(QUESTIONS_NUMBERED, []))
    best = _of_minutes(text, best, colons, dict(others).get(BRACKETED, []))
    best = _with_times_behind(text, _with_rare_times_said(text, best))
    best = with_numbered_slips(text, start, best)
    best = under_first_names(text, best, colons)
    best = under_names_of_the_opening(text, best)
    best = _with_unknown_voices(text, best)
    best = run_together(text, best, labels_within(text, start))
    return _labels(under_the_interviewer(without_numbers_of_questions(under_short_names(best))), seen)


_UNKNOWN_VOICE = re.compile(r"^[ \t]*(?P<sign>\?{1,3})[ \t]?:[ \t]+(?=\S)", re.MULTILINE)


def _with_unknown_voices(text: str, labels: Sequence[Label]) -> list[Label]:
    """Return the labels with "?:" in between, by which typists mark voices that they do not know."""
    if len({label.name for label in labels}) < FEWEST_REPEATS:
        return list(labels)
    unknown = [
        Label(match.start(), match.end(), match["sign"], NAME)
        for match in _UNKNOWN_VOICE.finditer(text, labels[0].start)
    ]
    return sorted([*labels, *unknown], key=lambda label: label.start) if unknown else list(labels)


def _is_word_of_part(label: Label) -> bool:
    """Return whether a label is the word for a part, "Answer", and no letter or short word."""
    return len(label.name) >= _SHORTEST_WORD_OF_PART and is_part(label.name)


def _with_rare_times_said(text: str, labels: Sequence[Label]) -> list[Label]:
    """Return the labels, those with a time behind the colon without it if most have none there.

    A time that only some turns begin with is a note of the transcriber's within the words.
    """
    behind = {
        label.start
        for label in labels
        if label.convention is TIME_BEHIND_COLON and not text.startswith("\n", label.end)
    }
    if 2 * len(behind) >= len(labels):
        return list(labels)
    return [
        replace(label, end=label.words, convention=BOLD if label.bold else NAME, time=None)
        if label.start in behind and label.words is not None
        else label
        for label in labels
    ]


_VALUE = re.compile(r"[ \t]*\d[^\n]{0,40}$", re.MULTILINE)
"""Matches a line that begins with a number, as a price, a share or an age does."""


def without_values(text: str, labels: Sequence[Label]) -> list[Label]:
    """Return the labels without names said once before a number alone: "Rugby: 150 an hour", in a list."""
    counts = Counter(label.name for label in labels)
    return [
        label
        for label in labels
        if counts[label.name] > 1 or is_part(label.name) or not _VALUE.match(text, label.end)
    ]


_TIME_NEXT = re.compile(rf"\s{{0,3}}(?P<time>{MARKED})[ \t]*")
_OFTEN_PROSE = (DASHED, STOPPED)
"""Conventions whose shape is so common in prose that a single place in it says nothing."""


def _with_times_behind(text: str, labels: Sequence[Label]) -> list[Label]:
    """Return the labels, with the times that stand behind most of them as theirs, whatever their shape."""
    untimed = [label for label in labels if label.time is None]
    found = {label.start: match for label in untimed if (match := _TIME_NEXT.match(text, label.end))}
    if 2 * len(found) < len(labels):
        return list(labels)
    return [
        replace(label, end=found[label.start].end(), time=clock(found[label.start]["time"]))
        if label.start in found
        else label
        for label in labels
    ]


def patterned_labels(
    text: str,
    start: int,
    convention: Convention,
    known: tuple[str, ...] = (),
) -> Labels:
    """Return the labels of one convention; a lower-case one must recur or name a known speaker.

    Args:
        text: The normalised text.
        start: The offset at which the body begins.
        convention: The convention to look for.
        known: Names of known speakers, from a header, a table or a flag.
    """
    found = pattern_labels(text, start, convention.patterns, convention)
    counts = Counter(person_of(label.name, known) for label in found)
    taken = [
        label
        for label in found
        if person_of(label.name, known) not in NOT_NAMES
        and (
            label.style != "lower"
            or counts[person_of(label.name, known)] >= FEWEST_REPEATS
            or stands_for(label.name, known) is not None
        )
    ]
    return _labels(without_numbers_of_questions(taken), [*colon_labels(text, start), *found])


def _weight(labels: Sequence[Label]) -> float:
    """Return how much of a text labels explain; a time beside a name makes it half as much again."""
    return sum(label.convention.weight + 0.5 * (label.time is not None) for label in labels)


def _speaks(label: Label, names: set[str], known: tuple[str, ...]) -> bool:
    return person_of(label.name, known) in names or stands_for(label.name, known) is not None


def _with_a_second_shape(
    taken: Sequence[Label],
    others: Sequence[Sequence[Label]],
    opening: set[int],
    names: set[str],
    known: tuple[str, ...],
) -> list[Label]:
    """Return the labels with those of the same people in another shape, if they have times or are several."""
    kept = {label.start: label for label in taken}
    for found in others:
        same = [
            label
            for label in found
            if label.start in opening and label.start not in kept and person_of(label.name, known) in names
        ]
        if len(same) < _FEWEST_IN_ANOTHER_SHAPE:
            same = [label for label in same if label.time is not None]
        kept |= {label.start: label for label in same}
    labels: list[Label] = []
    for at in sorted(kept):
        if not labels or at >= labels[-1].end:
            labels.append(kept[at])
    return labels


def _with_the_other_part(taken: Sequence[Label], *others: Sequence[Label]) -> list[Label]:
    """Return the labels, with those in another shape of who asks where all answer, or the other way round."""
    sides = {_asks(label) for label in taken if is_part(label.name)}
    if len(sides) != 1 or not all(is_part(label.name) for label in taken):
        return list(taken)
    starts = {label.start for label in taken}
    for found in others:
        missing = [
            label
            for label in found
            if is_part(label.name) and _asks(label) not in sides and label.start not in starts
        ]
        if len(missing) >= _FEWEST_IN_ANOTHER_SHAPE:
            return sorted([*taken, *missing], key=lambda label: label.start)
    return list(taken)


def _of_minutes(
    text: str, taken: Sequence[Label], colons: Sequence[Label], bracketed: Sequence[Label]
) -> list[Label]:
    """Return the labels of minutes taken in a chat, if a text is such: "ada: ..." and "<Ada> ..." in turn.

    Whoever takes the minutes writes nicknames before a colon; what people type stands behind angle brackets.
    Most of those who come back do in both.
    """
    typed = [label for label in bracketed if text[label.start : label.end].lstrip().startswith("<")]
    said = [label for label in colons if " " not in label.name]
    counts = Counter(folded_label(label.name) for label in (*said, *typed))
    people = {name for name, count in counts.items() if count >= FEWEST_REPEATS and name not in NOT_NAMES}
    both = (
        people & {folded_label(label.name) for label in said} & {folded_label(label.name) for label in typed}
    )
    labels = {label.start: label for label in (*typed, *said) if folded_label(label.name) in people}
    is_of_minutes = len(both) >= FEWEST_REPEATS and 2 * len(both) >= len(people)
    if not is_of_minutes or len(labels) <= len(taken):
        return list(taken)
    return [labels[start] for start in sorted(labels)]


def _asks(label: Label) -> bool:
    return ASKING.fullmatch(folded_label(label.name)) is not None


def _labels(taken: Iterable[Label], seen: Iterable[Label]) -> Labels:
    kept = sorted(taken, key=lambda label: label.start)
    starts = {label.start for label in kept}
    others: dict[int, Label] = {}
    for label in seen:
        if label.start not in starts:
            others.setdefault(label.start, label)
    return Labels(tuple(kept), tuple(others[at] for at in sorted(others)))
