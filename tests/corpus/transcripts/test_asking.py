"""The speakers who seem to ask."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions, read_source
from quotegrid.corpus.transcripts.asking import (
    asks,
    called_interviewers,
    likeliest_asker,
    speaks_with_all,
    who_asks,
)
from quotegrid.corpus.transcripts.turns import find_turns
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import Turn
from tests.corpus.transcripts.invented import FERRY, asking, read, talk, unsure

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


@pytest.mark.parametrize("mark", ["?", "\uff1f", "\u061f"])
def test_question_marks_of_all_scripts_ask(mark: str) -> None:
    text = f"Ada: one{mark}\n\nBo: two.\n\nAda: three{mark} #00:12:03-4#\n\nBo: four.\n"
    assert _asks(text) == "Ada"


@pytest.mark.parametrize("mark", [";", "\u037e", "\u1367"])
def test_short_questions_with_greek_and_ethiopic_marks_ask(mark: str, tmp_path: Path) -> None:
    asked, answered = "\u0394\u03ae\u03bc\u03b7\u03c4\u03c1\u03b1", "\u039d\u03af\u03ba\u03bf\u03c2"
    words = ("\u03a0\u03ce\u03c2", "\u039f \u03bc\u03cd\u03bb\u03bf\u03c2")
    text = f"{asked}: {words[0]}{mark}\n\n{answered}: {words[1]}.\n\n" * 3
    found = read(tmp_path, text)
    assert [turn.label for turn in found.source.turns] == [asked, answered] * 3
    assert asking(found) == [True, False] * 3


@pytest.mark.parametrize(("first", "second"), [("Ann", "Bo"), ("Ann Hare", "Bo Lund")])
def test_two_may_ask_of_those_who_answer(first: str, second: str, tmp_path: Path) -> None:
    text = talk("{who}: {words}\n\n", first, "Len Toll", second, "Kit Moss")
    found = read(tmp_path, text)
    assert asking(found) == [True, False] * 4
    assert unsure(found) == [
        f'line {line}: "{name}" asks 2 of the 4 questions and is taken for the interviewer; '
        f'if not, say --participant "{name}".'
        for name, line in ((first, 1), (second, 5))
    ]


def test_one_of_two_who_ask_may_be_said_to_be_a_participant(tmp_path: Path) -> None:
    text = talk("{who}: {words}\n\n", "Ann Hare", "Len Toll", "Bo Lund", "Kit Moss")
    found = read(tmp_path, text, participant="Ann")
    assert {turn.label for turn in found.source.turns if turn.is_interviewer} == {"Bo Lund"}
    found = read(tmp_path, text, participant="Ann Hare, Bo Lund")
    assert not any(asking(found))


def test_a_label_of_who_asks_may_be_said_to_be_a_participants(tmp_path: Path) -> None:
    text = talk("{who}: {words}\n\n", "Researcher", "Len")
    assert asking(read(tmp_path, text)) == [True, False] * 4
    found = read(tmp_path, text, participant="Researcher")
    assert not any(asking(found))
    assert set(found.source.speakers) == {"Researcher", "Len"}


def test_who_asks_no_more_than_others_do_is_no_interviewer(tmp_path: Path) -> None:
    words = ("Was it?", "It was.", "Was it not?", "No.", "Who says so?", "I do.") * 2
    found = read(tmp_path, talk("{who}: {words}\n\n", "Ann", "Bo", "Kit", words=words))
    assert not any(asking(found))


def test_what_the_interviewer_found_by_the_questions_says_is_no_data(tmp_path: Path) -> None:
    source = read(tmp_path, talk("{who}: {words}\n\n", "Ann", "Len")).source
    assert [source.text[segment.start : segment.end] for segment in source.segments] == list(FERRY[1::2])
    assert list(source.speakers) == ["Len"]


@pytest.mark.parametrize(
    ("words", "is_question"),
    [
        ("Who paid?", True),
        ("(Who paid?)", True),
        ("**Who paid?**", True),
        ("\u201cWho paid?\u201d [0:03]", True),
        ("Who paid? #00:01:02-9#", True),
        ("Who paid? The mill.", False),
        ("At 12:03", False),
        ("", False),
    ],
)
def test_words_ask_if_they_end_in_a_question_whatever_closes_them(words: str, is_question: bool) -> None:
    assert asks(f"So: {words}", 4, 4 + len(words)) is is_question


@pytest.mark.skipif(not INTERVIEWS.exists(), reason="the shared interviews are not there")
@pytest.mark.parametrize("number", range(1, 8))
def test_the_shared_interviews(number: int) -> None:
    path = INTERVIEWS / f"P{number}.pdf"
    read = read_source(path, path.name, ReadingOptions(), Stakeholders({}))
    assert {turn.label for turn in read.source.turns if turn.is_interviewer} == {"Dan"}


_ROPE = "The mill paid for a new rope. " * 4
_BRIEF = "\n\n".join(
    f"Ann: {'So what came then?' if number < 4 else 'I see, a raft.'}\n\nLen: {_ROPE}" for number in range(20)
)


def test_who_is_brief_and_asks_all_the_few_questions_is_the_interviewer() -> None:
    assert [asker.label for asker in who_asks(_BRIEF, find_turns(_BRIEF, 0))] == ["Ann"]


@pytest.mark.parametrize(
    "changed",
    [
        _BRIEF.replace(_ROPE, "The mill paid for it."),
        _BRIEF.replace("So what came then?", "So that came then.", 1),
        _BRIEF.replace("a new rope. \n", "a new rope, right?\n", 2),
    ],
    ids=["as long turns", "three questions", "others ask"],
)
def test_who_asks_few_questions_is_no_interviewer_without_the_other_signs(changed: str) -> None:
    assert who_asks(changed, find_turns(changed, 0)) == []


@pytest.mark.parametrize(
    ("sentence", "called"),
    [
        ("Held in May. The interviewers are Ann M Lee and Len Toll.", ["Ann Lee", "Len Toll"]),
        ("Der Interviewer war Ann Lee.", ["Ann Lee"]),
        ("Interviewed by Len Toll, in the mill.", ["Len Toll"]),
        ("The miller is Ann Lee.", []),
        ("The interviewers are Ann Lee, Len Toll and Jo Hare.", []),
    ],
)
def test_a_sentence_above_the_talk_calls_who_asks(sentence: str, called: list[str]) -> None:
    text = f"{sentence}\n\n" + talk("{who}: {words}\n\n", "Ann Lee", "Len Toll", "Jo Hare")
    assert called_interviewers(text, find_turns(text, 0)) == called


def test_whom_a_sentence_calls_interviewer_asks_and_is_told(tmp_path: Path) -> None:
    said = read(tmp_path, "# Interviewer is Len.\n\n" + talk("{who}: {words}\n\n", "Ann", "Len"))
    assert {turn.label for turn in said.source.turns if turn.is_interviewer} == {"Len"}
    assert any('calls "Len" interviewer' in warning for warning in unsure(said))


def test_who_asks_many_questions_beside_others_who_ask_is_named() -> None:
    lines = [f"{who}: Why {n}?" for n in range(6) for who in ("Ann", "Ben")] + ["Ann: Why?", "Cyd: No."]
    text = "\n\n".join(lines)
    turns = find_turns(text, 0)
    asker = likeliest_asker(text, turns)
    assert asker is not None
    assert (asker.label, asker.questions, asker.of_all) == ("Ann", 7, 13)
    assert likeliest_asker(text.replace("?", "."), turns) is None


def test_who_speaks_now_and_then_does_not_hide_who_asks_most() -> None:
    pairs = [("Jo", "Who rowed it?"), ("Len", "My aunt did, all summer.")] * 6
    pairs += [("A voice", "Louder, please?"), ("Len", "She rowed it all summer.")]
    text, turns = "", []
    for label, words in pairs:
        turns.append(Turn(len(text), len(text) + len(words), label))
        text += words + "\n\n"
    assert [asker.label for asker in who_asks(text, turns)] == ["Jo"]


def test_a_host_speaks_beside_all_the_others_and_nobody_else_does() -> None:
    order = ["Host", "Ada", "Host", "Ben", "Cy", "Host", "Di", "Host", "Ed"]
    turns = [Turn(number, number + 1, label) for number, label in enumerate(order)]
    assert speaks_with_all(turns) == "Host"
    assert speaks_with_all(turns[:5]) is None
    assert speaks_with_all([replace(turn, is_interviewer=turn.label == "Ada") for turn in turns]) is None


def test_a_question_from_the_hall_does_not_hide_who_asks_all_the_others() -> None:
    pairs = [("Jo", "Who rowed it?"), ("Len", "My aunt did, all summer.")] * 30
    pairs += [("Question", "Louder, please?")]
    turns, text = [], ""
    for label, words in pairs:
        asks_by_label = label == "Question"
        turns.append(Turn(len(text), len(text) + len(words), label, is_interviewer=asks_by_label))
        text += words + "\n\n"
    assert [asker.label for asker in who_asks(text, turns)] == ["Jo"]
