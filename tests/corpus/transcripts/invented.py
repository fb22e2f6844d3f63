"""Invented talk, and how tests read it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quotegrid.corpus.sources.read_source import ReadingOptions, ReadSource, read_source
from quotegrid.corpus.transcripts.turns import find_turns
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import WarningKind

FERRY = (
    "How did the ferry start?",
    "With one rope and a raft.",
    "Who paid for it?",
    "The mill did, for a year.",
    "And after that?",
    "Nobody, so it sank.",
    "Was that the end of it?",
    "For ten years it was.",
)
"""A talk of two, the first of whom asks."""
Said = list[tuple[str | None, str]]


def talk(shape: str, *people: str, words: Sequence[str] = FERRY) -> str:
    """Return the talk of people who speak in turn, each turn in one shape.

    Args:
        shape: A turn, with {who}, {words}, and {n} for its number.
        people: Who speaks, in order, again from the first behind the last.
        words: What is said.
    """
    return "".join(
        shape.format(who=people[number % len(people)], words=said, n=number + 1)
        for number, said in enumerate(words)
    )


def talk_of(*people: str, words: Sequence[str] = FERRY) -> Said:
    """Return who says what in a talk of people who speak in turn."""
    return [(people[number % len(people)], said) for number, said in enumerate(words)]


def said_in(text: str, **names: Sequence[str]) -> Said:
    """Return who says what in a text, by its labels alone."""
    return [(turn.label, text[turn.start : turn.end]) for turn in find_turns(text, 0, **names)]


def read(folder: Path, text: str, name: str = "talk.txt", **options: Any) -> ReadSource:
    """Return a text as an import reads it."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_source(path, name, ReadingOptions(**options), Stakeholders({}))


def said(found: ReadSource) -> Said:
    """Return who says what in a source."""
    text = found.source.text
    return [(turn.label, text[turn.start : turn.end]) for turn in found.source.turns]


def asking(found: ReadSource) -> list[bool]:
    """Return of each turn whether it is an interviewer's."""
    return [turn.is_interviewer for turn in found.source.turns]


def unsure(found: ReadSource) -> list[str]:
    """Return the warnings about who speaks, each with its line."""
    return [str(warning) for warning in found.warnings if warning.kind is WarningKind.SPEAKER]
