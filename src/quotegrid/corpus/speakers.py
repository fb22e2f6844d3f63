"""Speaker turns in running text: who speaks from where to where."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from quotegrid.domain.sources import Turn
from quotegrid.domain.text import one_line

INTERVIEWER_LABELS = frozenset(
    {"interviewer", "int", "i", "q", "moderator", "mod", "facilitator", "researcher", "interviewer 1", "interviewer 2"}
)
"""Labels that mark the person who asks, whatever the header says."""

_LABEL = re.compile(
    r"""^[ \t]*
        (?:\[?(?P<before>\d{1,2}:\d{2}(?::\d{2})?)\]?[ \t]+)?
        (?P<open>\*\*|__)?
        (?P<label>[^\W\d_][\w.'’&-]*(?:[ \t][\w.'’&()-]+){0,4}?)
        (?:[ \t]*[\[(](?P<after>\d{1,2}:\d{2}(?::\d{2})?)[\])])?
        (?:(?P<close>\*\*|__)[ \t]*:|[ \t]*:(?P<close2>\*\*|__)?)
        (?=\s|$)[ \t]*""",
    re.VERBOSE | re.MULTILINE,
)
_FEWEST_REPEATS = 2
_FEWEST_TURNS = 3
_LEAST_SHARE = 0.4


def is_interviewer(label: str, declared: Iterable[str] = ()) -> bool:
    """Whether a speaker label marks somebody who asks."""
    folded = one_line(label).casefold().rstrip(".")
    return folded in INTERVIEWER_LABELS or folded in {one_line(name).casefold() for name in declared}


def find_turns(
    text: str, start: int, *, declared: Iterable[str] = (), interviewers: Iterable[str] = ()
) -> tuple[Turn, ...]:
    """The labelled turns of a transcript, in order; empty if there are none.

    A line's beginning is a label when it is in bold or in capitals, names a declared speaker or an
    interviewer, or stands before a colon at least twice and every word of it is a name or number.

    Args:
        text: The normalised text.
        start: Where the text proper begins.
        declared: Names that the header or an attributes file gives to speakers.
        interviewers: Names of those who ask.
    """
    asking = {one_line(name).casefold() for name in interviewers}
    known = {one_line(name).casefold() for name in declared} | asking
    matches = list(_LABEL.finditer(text, start))
    repeats = Counter(one_line(match["label"]).casefold() for match in matches)
    labels = [match for match in matches if _is_label(match, known, repeats)]
    turns = []
    for number, match in enumerate(labels):
        end = labels[number + 1].start() if number + 1 < len(labels) else len(text)
        body = text[match.end() : end]
        spoken = body.strip()
        if not spoken:
            continue
        first = match.end() + len(body) - len(body.lstrip())
        label = one_line(match["label"])
        turns.append(
            Turn(
                start=first,
                end=first + len(spoken),
                label=label,
                is_interviewer=is_interviewer(label, asking),
                time=_time(match["before"] or match["after"]),
            )
        )
    return tuple(turns)


def unlabelled_turns(text: str, start: int) -> tuple[Turn, ...]:
    """The whole text from `start` as one turn of somebody who is not named; empty if it is blank."""
    body = text[start:]
    spoken = body.strip()
    if not spoken:
        return ()
    first = start + len(body) - len(body.lstrip())
    return (Turn(start=first, end=first + len(spoken), label=None),)


def looks_like_transcript(text: str, turns: tuple[Turn, ...]) -> bool:
    """Whether most paragraphs begin a labelled turn and at least one speaker comes back."""
    counts = Counter(turn.label for turn in turns)
    if len(turns) < _FEWEST_TURNS or max(counts.values()) < _FEWEST_REPEATS:
        return False
    lines = sum(bool(line.strip()) for line in text.split("\n"))
    paragraphs = len([part for part in text.split("\n\n") if part.strip()])
    return len(turns) > min(lines, paragraphs) * _LEAST_SHARE


def _is_label(match: re.Match[str], known: set[str], repeats: Counter[str]) -> bool:
    label = one_line(match["label"])
    folded = label.casefold()
    if folded in known or folded in INTERVIEWER_LABELS:
        return True
    if match["open"] and (match["close"] or match["close2"]):
        return True
    if label.upper() == label and len(label) > 1:
        return True
    words_are_names = all(word[:1].isupper() or word[:1].isdigit() for word in label.split())
    return words_are_names and repeats[folded] >= _FEWEST_REPEATS


def _time(printed: str | None) -> str | None:
    if printed is None:
        return None
    parts = printed.split(":")
    return ":".join(part.zfill(2) for part in (["00", *parts] if len(parts) == 2 else parts))
