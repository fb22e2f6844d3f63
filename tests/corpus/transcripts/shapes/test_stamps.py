"""Times beside a turn: all forms in which they are written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.corpus.transcripts.shapes.stamps import MARKED, clock, stamp_behind
from quotegrid.corpus.transcripts.turns import find_turns
from tests.corpus.transcripts.invented import FERRY, said_in, talk, talk_of


@pytest.mark.parametrize(
    ("printed", "time"),
    [
        ("0:03", "00:00:03"),
        ("00:12:03", "00:12:03"),
        ("00:12:03.5", "00:12:03"),
        ("00:12:03,250", "00:12:03"),
        ("#00:12:03-9#", "00:12:03"),
        ("[01:02:03:14]", "01:02:03"),
        ("100:05", "01:40:05"),
        ("[61:07]", "01:01:07"),
        ("0:75", "00:01:15"),
        ("0h00m44s", "00:00:44"),
        ("1h2m", "01:02:00"),
        ("72m09s", "01:12:09"),
        ("(0:03 - 0:09)", "00:00:03"),
        ("[ 63.20s -  69.10s]", "00:01:03"),
        ("[3.20 -> 9.10]", "00:00:03"),
        ("00:00:03.000 --> 00:00:09.000", "00:00:03"),
        (None, None),
        ("soon", None),
        ("3 May", None),
    ],
)
def test_a_time_is_told_in_hours_minutes_and_seconds(printed: str | None, time: str | None) -> None:
    assert clock(printed) == time


@given(st.integers(0, 400), st.integers(0, 59))
def test_minutes_beyond_the_hour_are_carried(minutes: int, seconds: int) -> None:
    carried = f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    assert clock(f"{minutes}:{seconds:02}") == carried
    assert clock(f"[{minutes:02}m{seconds:02}s]") == carried


@pytest.mark.parametrize(
    "marked", ["[0:03]", "(00:01:02)", "{1:02}", "<1:02>", "#00:01:02-9#", "\\[0:03\\]", "[3.2s - 9.1s]"]
)
def test_a_time_between_marks_is_a_time(marked: str) -> None:
    assert re.fullmatch(MARKED, marked)


@pytest.mark.parametrize("words", ["[12 eggs]", "(1:2:3:4:5)", "#7", "[at 0:03]", "[]", "(ratio 3:1)"])
def test_other_words_between_marks_are_none(words: str) -> None:
    assert not re.fullmatch(MARKED, words)


@pytest.mark.parametrize(
    ("words", "spoken", "time"),
    [
        ("It sank. #00:12:03-4#", "It sank.", "00:12:03"),
        ("It sank.[12:03]", "It sank.", "00:12:03"),
        ("It sank (0:03).", "It sank", "00:00:03"),
        ("It sank.\n[0:03]\n", "It sank.", "00:00:03"),
    ],
)
def test_a_time_that_closes_words_is_told_from_them(words: str, spoken: str, time: str) -> None:
    found = stamp_behind(words, 0, len(words))
    assert found is not None
    assert (words[: found[0]].rstrip(), clock(found[1])) == (spoken, time)


@pytest.mark.parametrize("words", ["It sank at 12:03", "It sank at 3:1.", "[0:03] It sank.", "It sank."])
def test_a_time_within_words_closes_nothing(words: str) -> None:
    assert stamp_behind(words, 0, len(words)) is None


@pytest.mark.parametrize(
    "shape",
    [
        "[00:0{n}:44] {who}: {words}\n\n",
        "0{n}:44 {who}: {words}\n",
        "{who} [00:0{n}:44]: {words}\n\n",
        "{who} (0{n}:44): {words}\n\n",
        "{who}: [0{n}:44] {words}\n\n",
        "{who}  0{n}:44\n{words}\n\n",
        "#00:0{n}:44-9# {who}: {words}\n\n",
        "[0h0{n}m44s] {who}: {words}\n\n",
        "{who}: {words} #00:0{n}:44-9#\n\n",
        "{who}: {words} [0{n}:44]\n\n",
        "00:0{n}:44 - 00:0{n}:59 {who}: {words}\n\n",
    ],
)
def test_a_time_beside_most_turns_is_the_turns_and_no_words(shape: str) -> None:
    text = talk(shape, "Jo", "Len")
    assert said_in(text) == talk_of("Jo", "Len")
    assert [turn.time for turn in find_turns(text, 0)] == [f"00:0{n + 1}:44" for n in range(len(FERRY))]


def test_three_digits_of_minutes_beside_turns_are_carried() -> None:
    text = talk("{who} 10{n}:05\n{words}\n\n", "Jo", "Len", words=FERRY[:4])
    assert [turn.time for turn in find_turns(text, 0)] == ["01:41:05", "01:42:05", "01:43:05", "01:44:05"]


def test_a_time_that_few_turns_begin_or_end_with_is_a_note_within_the_words() -> None:
    words = ("How?", "[0:12] With a rope.", "Who paid?", "The mill. [0:40]", "And then?", "It sank.")
    text = talk("{who}: {words}\n\n", "Jo", "Len", words=words)
    assert said_in(text) == talk_of("Jo", "Len", words=words)
    assert [turn.time for turn in find_turns(text, 0)] == [None] * 6


def test_an_answer_that_is_a_ratio_is_no_time() -> None:
    words = ("How many to one?", "3:1", "And then?", "It sank.", "Why?", "No idea.")
    text = talk("{who}: {words}\n\n", "Jo", "Len", words=words)
    assert said_in(text) == talk_of("Jo", "Len", words=words)


@pytest.mark.parametrize(
    ("printed", "time"), [("10:05 AM", "10:05:00"), ("1:02 pm", "13:02:00"), ("12:00:30 a.m.", "00:00:30")]
)
def test_a_time_of_the_day_has_hours_first(printed: str, time: str) -> None:
    assert clock(printed) == time
