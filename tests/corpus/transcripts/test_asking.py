"""Who seems to ask."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions, read_source
from quotegrid.corpus.transcripts.asking import who_asks
from quotegrid.corpus.transcripts.turns import find_turns
from quotegrid.domain.people.stakeholders import Stakeholders

INTERVIEWS = Path(__file__).parents[4] / "shared" / "interviews"


def _asks(text: str) -> str | None:
    askers = who_asks(text, find_turns(text, 0))
    return askers[0].label if askers else None


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


def test_who_asks_nearly_all_the_questions_is_taken_for_the_interviewer_and_listed(tmp_path: Path) -> None:
    path = tmp_path / "rev.txt"
    path.write_text(
        "Speaker 1: How was it?\n\nSpeaker 2: Slow.\n\nSpeaker 1: And now?\n\nSpeaker 2: The same.\n"
    )
    read = read_source(path, path.name, ReadingOptions(), Stakeholders({}))
    assert [turn.is_interviewer for turn in read.source.turns] == [True, False, True, False]
    assert (
        'line 1: "Speaker 1" asks 2 of the 2 questions and is taken for the interviewer; '
        'if not, say --participant "Speaker 1".'
    ) in [str(warning) for warning in read.warnings]


def test_who_is_said_to_be_a_participant_is_one_whatever_they_ask(tmp_path: Path) -> None:
    path = tmp_path / "rev.txt"
    path.write_text("Ann: How was it?\n\nBo: Slow.\n\nAnn: And now?\n\nBo: The same.\n")
    read = read_source(path, path.name, ReadingOptions(participant="Ann"), Stakeholders({}))
    assert not any(turn.is_interviewer for turn in read.source.turns)
    assert not any("--participant" in str(warning) for warning in read.warnings)


@pytest.mark.parametrize("mark", ["?", "\uff1f", "\u061f", "\u037e"])
def test_question_marks_of_all_scripts_ask(mark: str) -> None:
    text = f"Ada: one{mark}\n\nBo: two.\n\nAda: three{mark} #00:12:03-4#\n\nBo: four.\n"
    assert _asks(text) == "Ada"


@pytest.mark.skipif(not INTERVIEWS.exists(), reason="the shared interviews are not there")
@pytest.mark.parametrize("number", range(1, 8))
def test_the_shared_interviews(number: int) -> None:
    path = INTERVIEWS / f"P{number}.pdf"
    read = read_source(path, path.name, ReadingOptions(), Stakeholders({}))
    assert {turn.label for turn in read.source.turns if turn.is_interviewer} == {"Dan"}
