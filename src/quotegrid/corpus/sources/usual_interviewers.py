"""Tells the interviewer of many talks: the same name beside ever new people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from quotegrid.corpus.text.speaker_names import folded_label, is_part, is_voice
from quotegrid.domain.sources.voices import Talk, Voice

_FEWEST_TALKS = 3
_LEAST_WITH_SOMEBODY_NEW = 0.8
_LEAST_BRIEF, _MANY_TALKS = 0.6, 6
"""The least share of a few talks in which an interviewer's turns are shorter than the others'; of many talks
none need be.
"""
_MOST_ANSWERING = 0.1
"""The greatest share of talks in which somebody else asks the one who interviews in the others."""


def usual_interviewers(talks: Iterable[Talk]) -> dict[str, int]:
    """Return the names of those who interview in many talks, and in how many each.

    They speak in three talks at least, in most of them beside somebody who has not spoken in any before. In
    hardly any of them does somebody else ask, and in a few talks theirs are the shorter turns.

    Args:
        talks: The talks, in order; only those of several speakers count.

    Returns:
        The numbers of talks by the `folded_label` of each name.
    """
    own: dict[str, list[Talk]] = defaultdict(list)
    answering: dict[str, int] = defaultdict(int)
    for talk in talks:
        asking = {folded_label(voice.label) for voice in talk if voice.asks}
        for name in {folded_label(voice.label) for voice in talk if _is_name(voice)} if len(talk) > 1 else ():
            if asking and name not in asking:
                answering[name] += 1
            else:
                own[name].append(talk)
    return {
        name: len(found)
        for name, found in own.items()
        if len(found) >= _FEWEST_TALKS
        and answering[name] <= _MOST_ANSWERING * len(found)
        and _with_somebody_new(name, found) >= _LEAST_WITH_SOMEBODY_NEW * len(found)
        and (len(found) >= _MANY_TALKS or _is_mostly_brief(name, found))
    }


def usual_labels(labels: Iterable[str], usual: Mapping[str, int]) -> list[str]:
    """Return those of a talk's labels that are names of usual interviewers, unless all are."""
    every = list(labels)
    found = [label for label in every if folded_label(label) in usual]
    return found if len(found) < len(every) else []


def _is_name(voice: Voice) -> bool:
    """Return whether a label names one person, who can be the same in several talks."""
    label = voice.label
    return len(label) > 1 and not label.isdecimal() and not is_part(label) and not is_voice(label)


def _with_somebody_new(name: str, talks: Iterable[Talk]) -> int:
    """Return in how many talks somebody speaks for the first time, or somebody who is called by a part."""
    before = {name}
    count = 0
    for talk in talks:
        named = {folded_label(voice.label) for voice in talk if _is_name(voice)}
        has_unnamed = any(not _is_name(voice) and not voice.asks for voice in talk)
        count += has_unnamed or not named <= before
        before |= named
    return count


def _is_mostly_brief(name: str, talks: Collection[Talk]) -> bool:
    """Return whether somebody's turns are shorter on average than the others' in most talks."""
    return sum(_is_brief(name, talk) for talk in talks) >= _LEAST_BRIEF * len(talks)


def _is_brief(name: str, talk: Talk) -> bool:
    own = [voice for voice in talk if folded_label(voice.label) == name]
    others = [voice for voice in talk if folded_label(voice.label) != name]
    return _mean(own) < _mean(others)


def _mean(voices: Collection[Voice]) -> float:
    return sum(voice.length for voice in voices) / max(sum(voice.turns for voice in voices), 1)
