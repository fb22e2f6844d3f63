"""Whole transcripts, as people wrote them: the demonstration's and the shared interviews'."""

from __future__ import annotations

import re

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions, ReadSource, read_source
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import WarningKind
from tests.conftest import REPOSITORY, SHARED

CORPUS = REPOSITORY / "corpus"
INTERVIEWS = SHARED / "interviews"
TURNS = {
    "ashcombe-head-academy.vtt": 38,
    "calderby-college.txt": 31,
    "calderby-focus-group.md": 55,
    "calderby-forum.txt": 23,
    "calderby-head-secondary.md": 24,
    "calderby-send-lead.docx": 24,
    "eastmere-college.md": 26,
    "eastmere-finance.txt": 33,
    "eastmere-head-special.docx": 24,
    "eastmere-parent.md": 25,
    "northmoor-director.md": 27,
    "northmoor-forum-chair.md": 26,
    "northmoor-head-primary.txt": 32,
    "northmoor-parent.txt": 40,
    "northmoor-therapist.vtt": 36,
    "port-wenlow-college.docx": 38,
    "port-wenlow-director.docx": 30,
    "port-wenlow-health.txt": 34,
}
INTERVIEW_TURNS = {
    "P1.pdf": 94,
    "P2.pdf": 165,
    "P3.pdf": 121,
    "P4.pdf": 109,
    "P5.pdf": 134,
    "P6.pdf": 99,
    "P7.pdf": 104,
}
_FALSE_ALARMS = 0.05
"""The greatest share of rightly read turns that may be named as unsure."""
OWN = ("wave", "region", "on_track", "deficit_per_head")

needs_interviews = pytest.mark.skipif(not INTERVIEWS.is_dir(), reason="the shared interviews are not here")


def _unsure(read: ReadSource) -> list[tuple[int | None, str]]:
    """Return the doubts about the turns, leaving aside who asks, which the attributes tables tell."""
    unsure = [
        (warning.line, warning.what) for warning in read.warnings if warning.kind is WarningKind.SPEAKER
    ]
    return [
        warning
        for warning in unsure
        if "is taken for the interviewer" not in warning[1] and "turns may be somebody" not in warning[1]
    ]


def _is_nearly_sure(read: ReadSource) -> bool:
    """Whether the confidence is high, and hardly a turn is named as one that may be read wrongly."""
    named = [re.match(r"(\d+) of (\d+) turns may be somebody", warning.what) for warning in read.warnings]
    unsure = sum(int(found[1]) for found in named if found)
    return (read.confidence or 0) >= 0.95 and unsure <= _FALSE_ALARMS * len(read.source.turns)


@pytest.mark.parametrize("name", TURNS)
def test_every_turn_of_the_demonstration_is_told_and_nothing_is_unsure(name: str) -> None:
    read = read_source(CORPUS / name, name, ReadingOptions(attributes=OWN), Stakeholders({}))
    assert len(read.source.turns) == TURNS[name]
    assert read.convention is not None
    shapes = {".md": "**NAME:**", ".vtt": "<v NAME>"}
    assert read.convention.name == shapes.get(name[name.rindex(".") :], "NAME:")
    assert _is_nearly_sure(read)
    assert _unsure(read) == []


@needs_interviews
@pytest.mark.parametrize("name", INTERVIEW_TURNS)
def test_every_turn_of_the_real_interviews_is_told_and_a_misspelt_label_is_unsure(name: str) -> None:
    options = ReadingOptions(interviewer="Dan")
    read = read_source(INTERVIEWS / name, name, options, Stakeholders({}))
    assert len(read.source.turns) == INTERVIEW_TURNS[name]
    assert read.convention is not None
    assert read.convention.name == "NAME:"
    assert _is_nearly_sure(read)
    unsure = _unsure(read)
    if name == "P5.pdf":
        ((line, what),) = unsure
        assert what.startswith('the speaker "Particpant" is one letter away from "Participant"')
        assert line is not None
        assert "Particpant" in read.source.text.split("\n")[line - 1]
    else:
        assert unsure == []
