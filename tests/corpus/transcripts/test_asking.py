"""Who seems to ask."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions, read_source
from quotegrid.corpus.transcripts.asking import seems_to_ask
from quotegrid.corpus.transcripts.turns import find_turns
from quotegrid.domain.people.stakeholders import Stakeholders

INTERVIEWS = Path(__file__).parents[4] / "shared" / "interviews"


def _asks(text: str) -> str | None:
    return seems_to_ask(text, find_turns(text, 0))


def test_the_speaker_whose_turns_end_in_question_marks() -> None:
    text = "Speaker 1: How was it?\n\nSpeaker 2: Slow.\n\nSpeaker 1: (And now?)\n\nSpeaker 2: The same."
    assert _asks(text) == "Speaker 1"


def test_nobody_where_an_interviewer_is_known() -> None:
    assert _asks("Q: How was it?\n\nA: Slow, no?\n\nQ: Go on.\n\nA: Why should I?") is None


def test_nobody_where_two_ask_alike() -> None:
    text = "Ada: Was it?\n\nBola: Was it not?\n\nAda: Who says so?\n\nBola: Slow.\n\nAda: No.\n\nBola: So?"
    assert _asks(text) is None


def test_nobody_where_only_one_question_is_asked() -> None:
    assert _asks("Ada: Was it?\n\nBola: It was.\n\nAda: Good.\n\nBola: Yes.") is None


def test_nobody_where_one_speaks() -> None:
    assert _asks("Ada: Was it?\n\nAda: Is it?") is None


def test_a_transcript_that_names_no_interviewer_is_listed_as_unsure(tmp_path: Path) -> None:
    path = tmp_path / "rev.txt"
    path.write_text(
        "Speaker 1: How was it?\n\nSpeaker 2: Slow.\n\nSpeaker 1: And now?\n\nSpeaker 2: The same.\n"
    )
    warnings = read_source(path, path.name, ReadingOptions(), Stakeholders({})).warnings
    assert (
        '"Speaker 1" asks most of the questions and is read as a participant; '
        'if not, say --interviewer "Speaker 1".'
    ) in [str(warning) for warning in warnings]


@pytest.mark.skipif(not INTERVIEWS.exists(), reason="the shared interviews are not there")
@pytest.mark.parametrize("number", range(1, 8))
def test_the_shared_interviews(number: int) -> None:
    path = INTERVIEWS / f"P{number}.pdf"
    read = read_source(path, path.name, ReadingOptions(), Stakeholders({}))
    assert seems_to_ask(read.source.text, read.source.turns) == "Dan"
