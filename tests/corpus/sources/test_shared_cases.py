"""Transcripts of kinds that were once read wrongly, each with its turns as a reader tells them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions, read_source
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import Source
from tests.conftest import SHARED

CASES = SHARED / "cases" / "transcripts"
STILL_OPEN = {"letter_stop_then_colon.txt"}


def _cases() -> list[dict[str, Any]]:
    listed = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(CASES.glob("*.expected.json"))]
    return [case for case in listed if case["file"] not in STILL_OPEN]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _said(source: Source) -> list[tuple[str | None, bool, list[str]]]:
    """Return who says what and whether they ask: the turns of a transcript, or a report's quotes."""
    if source.turns:
        return [
            (turn.label, turn.is_interviewer, _words(source.text[turn.start : turn.end]))
            for turn in source.turns
        ]
    return [
        (quote.role or quote.case, False, _words(source.text[quote.start : quote.end]))
        for quote in source.segments
    ]


@pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not there")
@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["file"])
def test_every_turn_has_its_words_its_speaker_and_whether_it_asks(case: dict[str, Any]) -> None:
    path = CASES / case["file"]
    said = _said(read_source(path, path.name, ReadingOptions(), Stakeholders({})).source)
    expected = case["turns"]
    assert [words for _, _, words in said] == [_words(turn["text"]) for turn in expected]
    named = {
        (turn["speaker"], label)
        for turn, (label, _, _) in zip(expected, said, strict=True)
        if turn["speaker"]
    }
    assert len(named) == len({speaker for speaker, _ in named}) == len({label for _, label in named})
    if case["interviewers"]:
        assert [asks for _, asks, _ in said] == [turn["speaker"] in case["interviewers"] for turn in expected]
