"""Talks of anybody, written in any shape: read back word for word, and never two turns in one place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from quotegrid.corpus.transcripts.turns import find_turns, looks_like_transcript
from tests.corpus.transcripts.invented import read
from tests.corpus.transcripts.test_labels import SHAPES
from tests.profiles import examples

PEOPLE = (
    ("Jo Hare", "Len Toll", "Kit Moss", "Ada Ode", "Ray Lund"),
    ("JO HARE", "LEN TOLL", "KIT MOSS", "ADA ODE", "RAY LUND"),
    ("Jo", "Len", "Kit", "Ada", "Ray"),
    ("JH", "LT", "KM", "AO", "RL"),
    ("I", "P1", "P2", "P3", "P4"),
    ("Interviewer", "Participant 1", "Participant 2", "Participant 3", "Participant 4"),
    ("Speaker 1", "Speaker 2", "Speaker 3", "Speaker 4", "Speaker 5"),
    ("Moderator", "Jo Hare", "Len Toll", "Speaker 3", "P4"),
)
QUESTIONS = (
    "How did it start?",
    "And then?",
    "Who paid, you or the mill?",
    "So it sank: why?",
    "Really\u2026?",
)
SENTENCES = (
    "no idea",
    "With one rope and a raft.",
    "The mill did, for a year.",
    "No.",
    "It was cold: very cold - and wet.",
    "We rowed (my aunt and I) at 5:30 each day.",
    "He said \u201cnever\u201d. Then he rowed.",
    "Is that so? I doubt it.",
    "Caf\u00e9 chairs, ninety-one of them!",
    "It was cold.\n\nThen it was wet.",
)
TIMED = (
    "[00:1{n}] {who}: {words}\n",
    "00:0{n}:01 {who}: {words}\n\n",
    "{who} [00:1{n}]: {words}\n\n",
    "{who} (1{n}:00): {words}\n\n",
    "{who}: [00:01:1{n}] {words}\n\n",
    "{who} [1:0{n}] {words}\n\n",
    "{who}  10{n}:05\n{words}\n\n",
    "[00:01:0{n}] - {who}\n{words}\n\n",
    "#00:01:0{n}-9# {who}: {words}\n\n",
    "[0h0{n}m44s] {who}: {words}\n\n",
    "0:1:{n}.0 --> 0:1:{n}.90\n{who}\n{words}\n\n",
    "[04/03/2025, 10:01:0{n}] {who}: {words}\n",
    "10:01:0{n} From {who} to Everyone:\n\t{words}\n",
)


class Talk(NamedTuple):
    """A talk in a shape, and who says what in it."""

    text: str
    said: list[tuple[str, str]]


@st.composite
def talks(draw: st.DrawFn) -> Talk:
    """Draw two to five people who each speak at least twice, in any order and shape."""
    shape = draw(st.sampled_from([*SHAPES, *TIMED]))
    known = draw(st.sampled_from(PEOPLE))
    people = known[: draw(st.integers(2, len(known)))]
    turns = list(people) * 2 + draw(st.lists(st.sampled_from(people), max_size=8))
    order = draw(st.permutations(turns))
    asks = len(order) < 6 or draw(st.booleans()) or _needs_somebody_who_asks(shape)
    said = [
        (who, draw(st.sampled_from(QUESTIONS if asks and who == people[0] else SENTENCES))) for who in order
    ]
    return Talk(_written(shape, said), said)


def _needs_somebody_who_asks(shape: str) -> bool:
    """Whether lists and notes are written in the shape as well: it has neither a colon nor a time."""
    return "{n}" not in shape and not any(colon in shape for colon in ":\uff1a")


def _written(shape: str, said: Sequence[tuple[str | None, str]]) -> str:
    return "".join(
        shape.format(who=who, words=words, n=number % 9 + 1) for number, (who, words) in enumerate(said)
    )


@examples(600, quick=120)
@given(talks())
def test_a_talk_of_anybody_in_any_shape_is_read_back_word_for_word(talk: Talk) -> None:
    turns = find_turns(talk.text, 0)
    assert [(turn.label, talk.text[turn.start : turn.end]) for turn in turns] == talk.said
    assert looks_like_transcript(talk.text, turns)


NOISE = (
    *("", "", "  ", "---", "# The raft", "THE ROPE AND THE RAFT", "[pause]", "[00:01:02]", "00:12", "\u00a0"),
    *("Note: the tape ends.", "Date: 3 May", "- eggs", "- milk", "1. How?", "| a | b |", "https://a.example"),
    *("**Who paid?**", "**Money**", "Person 2", "It rained", "And so on and", "Why?", "12", "Jo", "Jo Hare"),
    *("Transcribed by https://otter.ai", "Jo Hare stopped transcription", "Interview 3 - a baker", "Q1) So?"),
)
LINES = st.one_of(
    st.sampled_from(NOISE),
    st.builds(
        lambda shape, who, words, end: shape.format(who=who, words=words, n=1).rstrip("\n") + end,
        st.sampled_from([*SHAPES, *TIMED]),
        st.sampled_from(["Jo", "Jo Hare", "LEN TOLL", "I", "P1", "R", "Q"]),
        st.sampled_from([*QUESTIONS, *SENTENCES, ""]),
        st.sampled_from(["", "\n", " [0:03]", " #00:01:02-9#"]),
    ),
)


@examples(500, quick=50)
@given(st.lists(LINES, min_size=1, max_size=40))
def test_each_word_of_any_text_is_said_once_or_by_nobody(tmp_path: Path, lines: list[str]) -> None:
    source = read(tmp_path, "Of a raft.\n" + "\n".join(lines) + "\n").source
    ends = [0, *(turn.end for turn in source.turns)]
    for turn, before in zip(source.turns, ends, strict=False):
        assert before <= turn.start < turn.end <= len(source.text)
        words = source.text[turn.start : turn.end]
        assert words == words.strip() != ""
    for word in re.finditer(r"\w+", source.text):
        holding = [turn for turn in source.turns if turn.start < word.end() and word.start() < turn.end]
        assert len(holding) <= 1
        assert all(turn.start <= word.start() and word.end() <= turn.end for turn in holding)
    for segment in source.segments:
        turn = source.turns[segment.turn or 0]
        assert turn.start <= segment.start < segment.end <= turn.end
        assert not turn.is_interviewer
