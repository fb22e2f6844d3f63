"""Tests that the paragraphs of a talk that have no sign at all are read in turn, and listed as unsure."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions, ReadSource, read_source
from quotegrid.corpus.transcripts.blocks import blocks_of
from quotegrid.corpus.transcripts.in_turn import taken_in_turn
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import SourceKind

TALK = [
    "Thank you for coming in.",
    "Of course. I had the morning off.",
    "So how long have you worked on the trams?",
    "About nine years. I began as a conductor, and then they let me train.",
    "And do you still like it?",
    "Most days. The early shift is lovely.",
    "Mm-hm.",
    "You see the town wake up.",
    "Well, thank you for that.",
    "It is nothing. Ask me more.",
    "What would you change?",
    "The timetable. It leaves us no time to turn round, and so we are late from noon on.",
]
ITEMS = [
    "Interview 1. A student, 19 years.",
    "\u2794 How often do you ride the tram?",
    "\u2794 Twice a day.",
    "\u2794 Tell me about the stop.",
    "\u2794 It is dark there.",
    "Interview 2. A nurse",
    "\u2794 How often do you ride the tram?",
    "\u2794 Never in summer.",
    "\u2794 And in winter, then?",
    "\u2794 Every day.",
]


def read(tmp_path: Path, paragraphs: list[str], kind: SourceKind | None = None) -> ReadSource:
    path = tmp_path / "talk.txt"
    path.write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
    return read_source(path, path.name, ReadingOptions(kind=kind), Stakeholders({}))


def said(found: ReadSource) -> list[tuple[bool, str]]:
    text = found.source.text
    return [(turn.is_interviewer, text[turn.start : turn.end]) for turn in found.source.turns]


@pytest.mark.parametrize("first", [0, 1])
def test_a_talk_without_any_sign_is_taken_in_turn_and_listed(first: int, tmp_path: Path) -> None:
    found = read(tmp_path, ["Interview 7", "2 May 2024", *TALK[first:]])
    assert said(found) == [(place % 2 == 0, words) for place, words in enumerate(TALK[first:], start=first)]
    assert found.source.kind is SourceKind.TRANSCRIPT
    assert any(
        "nothing but their order says whose the paragraphs are" in str(line) for line in found.warnings
    )
    assert found.confidence is not None
    assert found.confidence <= 0.5
    assert read(tmp_path, TALK, SourceKind.DOCUMENT).source.turns[0].end > 100


def test_items_of_lists_alternate_in_each_interview(tmp_path: Path) -> None:
    found = read(tmp_path, ITEMS)
    spoken = [line.removeprefix("\u2794 ") for line in ITEMS if line.startswith("\u2794")]
    assert said(found) == [(place % 2 == 0, words) for place, words in enumerate(spoken)]
    answering = [turn.label for turn in found.source.turns if not turn.is_interviewer]
    assert answering == ["Interview 1. A student, 19 years."] * 2 + ["Interview 2. A nurse"] * 2


@pytest.mark.parametrize(
    "paragraphs",
    [
        pytest.param(
            [*TALK[:3], *["The mill ran for a year before it burnt down."] * 9], id="hardly any question"
        ),
        pytest.param([words * 3 for words in TALK], id="no short reply"),
        pytest.param([*TALK, TALK[0], *TALK], id="questions in all places"),
        pytest.param(TALK[:6], id="too few paragraphs"),
    ],
)
def test_other_paragraphs_are_not_taken_in_turn(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs) + "\n"
    assert taken_in_turn(text, blocks_of(text, 0, len(text))) is None
