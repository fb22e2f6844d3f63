"""Identifies the convention that marks a transcript's speakers, measures how well it fits, and warns."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from quotegrid.corpus.text.headers import canonical
from quotegrid.corpus.text.speaker_names import (
    folded_label,
    is_part,
    is_voice,
    joined_names,
    person_of,
    stands_for,
)
from quotegrid.corpus.transcripts.accepting import may_name
from quotegrid.corpus.transcripts.labels import Label, block_starts, mistyped_labels, paragraphs
from quotegrid.corpus.transcripts.shapes.layouts import (
    ALONE,
    BOLD,
    BOLD_WITHOUT_COLON,
    CONVENTIONS,
    NAME,
    NUMBERED,
    PARTS,
    QUESTIONS,
    QUESTIONS_WITH_STOPS,
    SLIP,
    TABBED,
    TIME_ASIDE,
    TIME_BEFORE,
    TIME_BEHIND,
    TIME_BEHIND_COLON,
    Convention,
    convention_named,
)
from quotegrid.corpus.transcripts.shapes.templates import compile_pattern
from quotegrid.corpus.transcripts.speaker_labels import Labels
from quotegrid.domain.sources.model import ReadWarning, Turn, WarningKind
from quotegrid.errors import UsageError

_WITH_COLON = frozenset(
    convention.name
    for convention in (NAME, TIME_BEFORE, TIME_BEHIND, TIME_ASIDE, TIME_BEHIND_COLON, BOLD, NUMBERED)
)
_NEED_A_SPEAKER = frozenset(
    convention.name for convention in (BOLD_WITHOUT_COLON, TABBED, QUESTIONS_WITH_STOPS, ALONE, SLIP)
)
"""Conventions whose shape is so common that only the name of a known speaker counts as a label in it."""
_QUESTION = re.compile(r"(?:q|a|question|answer)\s?\d{0,3}")
_CODE = re.compile(r"[^\W\d_]{1,3}\s?\d{0,3}")
_ENDS_SENTENCE = re.compile("[.!?\u2026][\"'\u2019\u201d)\\]]*\\s*\\Z")
_MOST_NAMED = 3
_SHORTEST_MISSPELT = 4
_RARE = 10
"""A name that occurs at most once for this many turns of another may be a misspelling of it."""


@dataclass(frozen=True, slots=True)
class ConventionMatch:
    """The convention by which a text's speakers are identified."""

    name: str
    """The convention's name, or the user's own pattern."""
    turns: int
    passed_over: tuple[Label, ...] = ()
    """The places that could be speaker labels but are not read as such, in order."""


def parse_convention(written: str) -> Convention:
    """Return the convention with a name, or the one that a template or regular expression describes.

    Raises:
        UsageError: If it is none of these, or a convention of formats that mark speakers themselves.
    """
    named = convention_named(written)
    if named is not None and named.templates:
        return named
    if named is not None or not re.search(r"[{}]|\(\?P<", written):
        what = (
            "is how a format marks speakers by itself" if named else "is neither a convention nor a pattern"
        )
        names = ", ".join(f'"{convention.name}"' for convention in CONVENTIONS if convention.templates)
        raise UsageError(
            f'"{written}" {what}.',
            todo=f'The conventions are {names}; a pattern is for example "{{speaker}}:".',
        )
    shown = written.replace("\n", "\\n").replace("\t", "\\t")
    compile_pattern(shown)
    return Convention(shown, (shown,))


def recognise_convention(
    text: str,
    start: int,
    labels: Labels,
    turns: Sequence[Turn],
    known: tuple[str, ...] = (),
    said: Convention | None = None,
) -> ConventionMatch | None:
    """Return the convention in which labels are written, or None if there are no turns.

    Args:
        text: The normalised text.
        start: The offset at which the body begins.
        labels: The labels found in it.
        turns: The turns that they begin.
        known: Names of known speakers.
        said: The convention given by the user.
    """
    if not labels.taken or not turns:
        return None
    return ConventionMatch(
        name=(said or _commonest(labels.taken)).name,
        turns=len(turns),
        passed_over=unsure_labels(text, start, labels, known),
    )


def unsure_labels(text: str, start: int, labels: Labels, known: tuple[str, ...] = ()) -> tuple[Label, ...]:
    """Return the places that could be speaker labels but were not read as such, in order.

    These are paragraphs that begin with a name before a colon, lines in the shape of another convention whose
    name recurs, and lines or paragraphs that begin with the label of a known speaker.
    """
    opening = block_starts(text, start)
    first = labels.taken[0].start if labels.taken else len(text)
    speakers = {person_of(label.name, known) for label in labels.taken}
    counts = Counter(person_of(label.name, known) for label in labels.passed_over)
    found: dict[int, Label] = {}
    for label in [*labels.passed_over, *mistyped_labels(text, start)]:
        person = person_of(label.name, known)
        speaks = person in speakers or stands_for(label.name, known) is not None
        if not may_name(label) or (label.start < first and canonical(label.name) is not None):
            continue
        if label.convention.name in _NEED_A_SPEAKER:
            could_be = speaks and len(label.name) > 1 and label.start in opening
        elif speaks:
            could_be = True
        elif label.convention.name in _WITH_COLON:
            could_be = label.start in opening and label.style != "lower"
        else:
            could_be = counts[person] > 1 and label.style != "lower"
        if could_be:
            found.setdefault(label.start, label)
    within = [(label.start, label.end) for label in labels.taken]
    return tuple(found[at] for at in sorted(found) if not _inside(at, within))


def warnings_of(
    text: str, start: int, match: ConventionMatch, labels: Labels, known: tuple[str, ...] = ()
) -> list[ReadWarning]:
    """Return the warnings about a text's speakers, each with its line."""
    warnings = [*_nobodys_words(text, start, labels), *warn_of_misspellings(text, labels.taken, known)]
    warnings += _spoken_together(text, labels.taken)
    if match.passed_over:
        warnings.append(_not_taken(text, match.passed_over))
    return warnings


def warn_of_unread_speakers(text: str, labels: Labels, known: tuple[str, ...] = ()) -> list[ReadWarning]:
    """Return a warning if a text read as one piece has apparent speakers: parts, or two recurring names."""
    alone = [
        label for label in labels.passed_over if label.convention is ALONE or label.convention.is_distinct
    ]
    could_be = [
        label for label in [*labels.taken, *alone] if may_name(label) and canonical(label.name) is None
    ]
    counts = Counter(person_of(label.name, known) for label in could_be)
    speakers = {name for name, count in counts.items() if count > 1}
    if len(speakers) < 2 and not any(is_part(name) for name in speakers):
        return []
    first = next(label for label in could_be if person_of(label.name, known) in speakers)
    how = "--kind transcript" if first in labels.taken else f'--speakers "{first.convention.name}"'
    what = f'"{first.name}" looks like a speaker\'s label; {how} reads this file by its speakers.'
    return [ReadWarning(WarningKind.SPEAKER, what, _line(text, first.start))]


def _spoken_together(text: str, labels: Sequence[Label]) -> list[ReadWarning]:
    """Return a warning for each label of several people, or of somebody whom the typist could not name."""
    speakers = {folded_label(label.name) for label in labels}
    first: dict[str, Label] = {}
    for label in labels:
        names = joined_names(label.name)
        if is_voice(label.name) or (names and all(name in speakers or is_part(name) for name in names)):
            first.setdefault(folded_label(label.name), label)
    return [
        ReadWarning(
            WarningKind.SPEAKER,
            f'"{label.name}" names several people or nobody by name, and is read as a case of its own.',
            _line(text, label.start),
        )
        for label in first.values()
    ]


def warn_of_misspellings(
    text: str, labels: Sequence[Label], known: tuple[str, ...] = ()
) -> list[ReadWarning]:
    """Return warnings about rare labels one letter away from a frequent one, unless both are declared."""
    counts = Counter(person_of(label.name, known) for label in labels)
    first: dict[str, Label] = {}
    for label in labels:
        first.setdefault(person_of(label.name, known), label)
    found = []
    for name, count in counts.items():
        if stands_for(first[name].name, known) is not None or len(name) < _SHORTEST_MISSPELT:
            continue
        other = next(
            (
                frequent
                for frequent, often in counts.most_common()
                if often > count
                and (count == 1 or count * _RARE <= often)
                and _one_letter_apart(name, frequent)
            ),
            None,
        )
        if other is not None:
            what = (
                f'the speaker "{first[name].name}" is one letter away from "{first[other].name}"; '
                "if they are one person, correct the label."
            )
            found.append(ReadWarning(WarningKind.SPEAKER, what, _line(text, first[name].start)))
    return found


def _commonest(labels: Sequence[Label]) -> Convention:
    counts = Counter(label.convention.name for label in labels)
    commonest = counts.most_common(1)[0][0]
    convention = next(label.convention for label in labels if label.convention.name == commonest)
    if convention is not NAME:
        return convention
    names = {label.name for label in labels}
    if all(_QUESTION.fullmatch(name.casefold()) for name in names):
        return QUESTIONS
    if all(_CODE.fullmatch(name) and is_part(name) for name in names):
        return PARTS
    return NAME


def _inside(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    number = bisect_right(spans, at, key=lambda span: span[0]) - 1
    return number >= 0 and spans[number][0] <= at < spans[number][1]


def _not_taken(text: str, labels: Sequence[Label]) -> ReadWarning:
    first = _line(text, labels[0].start)
    if len(labels) == 1:
        which = f'"{labels[0].name}" looks like a speaker\'s label and is'
    else:
        others = "".join(
            f', "{label.name}" (line {_line(text, label.start)})' for label in labels[1:_MOST_NAMED]
        )
        named = f'"{labels[0].name}"{others}'
        more = f" and {len(labels) - _MOST_NAMED} more" if len(labels) > _MOST_NAMED else ""
        which = f"{named}{more} look like speakers' labels and are"
    what = f"{which} read as words of the text; use --speakers to say how speakers are marked."
    return ReadWarning(WarningKind.SPEAKER, what, first)


def _nobodys_words(text: str, start: int, labels: Labels) -> list[ReadWarning]:
    """Return a warning if whole sentences precede the first label, which belong to no turn."""
    before = [at for at, end in paragraphs(text[: labels.taken[0].start], start) if _is_spoken(text, at, end)]
    if not before:
        return []
    what = "the text before the first label belongs to no speaker and is left out."
    return [ReadWarning(WarningKind.SPEAKER, what, _line(text, before[0]))]


def _is_spoken(text: str, start: int, end: int) -> bool:
    """Return whether a paragraph ends like a sentence, unlike a title, date or list of names."""
    return _ENDS_SENTENCE.search(text, start, end) is not None


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _one_letter_apart(first: str, other: str) -> bool:
    """Return whether one letter is missing, added, changed or swapped; names with other digits never are."""
    if _digits(first) != _digits(other) or abs(len(first) - len(other)) > 1 or first == other:
        return False
    same = next(
        (at for at, (a, b) in enumerate(zip(first, other, strict=False)) if a != b),
        min(len(first), len(other)),
    )
    rest, other_rest = first[same:], other[same:]
    return (
        rest[1:] == other_rest[1:]
        or rest[1:] == other_rest
        or rest == other_rest[1:]
        or (rest[1:2] + rest[:1] == other_rest[:2] and rest[2:] == other_rest[2:])
    )


def _digits(name: str) -> list[str]:
    return re.findall(r"\d+", name)
