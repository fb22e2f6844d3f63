from __future__ import annotations

import pytest

from quotegrid.corpus.transcripts.columns.names import folded_name, names_speakers, names_start, names_words
from quotegrid.corpus.transcripts.columns.times import clock_time, is_dated, times_of
from quotegrid.corpus.transcripts.columns.turn_columns import TurnColumns, find_turn_columns

TALK = [
    ("Ann", "Shall we look at the old ferry first?"),
    ("Ben", "It went twice a day, I think."),
    ("Ann", "And who paid for the coal?"),
    ("Ben", "The mill did, as far as I know."),
    ("Cyd", "Half of it, the parish the rest."),
    ("Ben", "Half, then."),
]


@pytest.mark.parametrize(
    ("speaker", "words", "time"),
    [
        ("speaker", "words", "timestamp"),
        ("Speaker Name", "Transcript", "startTime"),
        ("Sprecher", "Redebeitrag", "Zeitmarke"),
        ("Locutrice", "Propos", "Début"),
        ("hablante", "Texto", "Inicio"),
        ("Mówca", "Wypowiedź", "Początek"),
        ("Спикер", "Реплика", "Время"),
        ("דובר", "טקסט", "זמן"),
        ("वक्ता", "पाठ", "समय"),
        ("说话人", "内容", "时间"),
        ("話者", "発話", "時刻"),
    ],
)
def test_columns_are_known_by_their_names_in_several_languages(speaker: str, words: str, time: str) -> None:
    assert names_speakers(speaker)
    assert names_words(words)
    assert names_start(time)
    rows = [[f"{at}", who, said] for at, (who, said) in enumerate(TALK)]
    assert find_turn_columns([time, speaker, words], rows) == TurnColumns(2, 1, 0)


def test_a_name_is_the_same_however_it_is_written() -> None:
    assert {folded_name(name) for name in ("startTime", "Start Time (s)", "START_TIME", " start  time:")} == {
        "start time"
    }


def test_columns_of_unknown_names_are_told_by_their_cells_beside_times() -> None:
    rows = [[f"0:{at:02d}", who, said] for at, (who, said) in enumerate(TALK)]
    assert find_turn_columns(["t", "x", "y"], rows) == TurnColumns(2, 1, 0)
    assert find_turn_columns(["", "", ""], rows) == TurnColumns(2, 1, 0)
    assert find_turn_columns(["", ""], [list(row) for row in TALK]) == TurnColumns(1, 0)


def test_groups_beside_answers_are_no_speakers() -> None:
    kinds = ["parents", "schools", "parents", "schools", "parents", "schools"]
    rows = [[kind, said] for kind, (_, said) in zip(kinds, TALK, strict=True)]
    assert find_turn_columns(["Kind", "What changed?"], rows) is None
    dated = [[f"2025-03-04 10:{at:02d}:00", *row] for at, row in enumerate(rows)]
    assert find_turn_columns(["Timestamp", "Kind", "What changed?"], dated) is None


def test_a_table_about_speakers_is_no_table_of_turns() -> None:
    rows = [["a.txt", "Ann", "Head of a small school"], ["a.txt", "Jo", "Interviewer"], ["b.txt", "Jo", ""]]
    assert find_turn_columns(["transcript", "speaker", "role"], rows) is None


def test_people_in_turn_beside_dates_are_speakers_only_if_they_come_back() -> None:
    dates = [f"2025-03-04T10:{at:02d}:00" for at in range(len(TALK))]
    rows = [[date, who, said] for date, (who, said) in zip(dates, TALK, strict=True)]
    assert find_turn_columns(["Timestamp", "name", "text"], rows) == TurnColumns(2, 1, 0)
    once = [[date, f"Person {at}", said] for at, (date, _, said) in enumerate(rows)]
    assert find_turn_columns(["Timestamp", "name", "text"], once) is None


def test_words_with_times_alone_are_turns_of_nobody_known() -> None:
    rows = [[str(at * 2000), str(at * 2000 + 1900), said] for at, (_, said) in enumerate(TALK)]
    assert find_turn_columns(["start", "end", "text"], rows) == TurnColumns(2, None, 0)
    assert find_turn_columns(["", "", ""], rows) == TurnColumns(2, None, 0)
    assert find_turn_columns(["Timestamp", "text"], [["2025-03-04 10:00:00", "Yes, often."]] * 3) is None


def test_of_two_columns_of_words_the_fuller_one_is_read() -> None:
    rows = [[who, said, "" if at else said] for at, (who, said) in enumerate(TALK)]
    assert find_turn_columns(
        ["Speaker", "Raw transcription", "Corrected transcription"], rows
    ) == TurnColumns(1, 0)


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("0:03", "00:00:03"),
        ("[00:12:03]", "00:12:03"),
        ("[00:03:43] after the tea", "00:03:43"),
        ("75:12", "01:15:12"),
        ("00:00:02,500", "00:00:02"),
        ("00:00:02:12", "00:00:02"),
        ("0:03 - 0:09", "00:00:03"),
        ("2026-06-03T20:30:13.263216", "20:30:13"),
        ("3/4/2025 10:12", "10:12:00"),
        ("4:05:06 PM", "16:05:06"),
        ("#00:12:03-4#", "00:12:03"),
        ("12", None),
        ("soon", None),
        ("1:2", None),
    ],
)
def test_a_clock_time_is_read_in_its_forms(written: str, time: str | None) -> None:
    assert clock_time(written) == time


def test_dates_are_told_from_times_of_a_recording() -> None:
    assert is_dated("2026-06-03T20:30:13") and is_dated("03/04/2025 10:12")
    assert not is_dated("10:12:03")


@pytest.mark.parametrize(
    ("cells", "heading", "times"),
    [
        (["0", "9360", "3661000"], "start", ["00:00:00", "00:00:09", "01:01:01"]),
        (["0", "9", "61"], "start", ["00:00:00", "00:00:09", "00:01:01"]),
        (["0.88", "3.6"], "start", ["00:00:00", "00:00:03"]),
        (["0", "900"], "start_ms", ["00:00:00", "00:00:00"]),
        (["1000", "4000"], "Start time (seconds)", ["00:16:40", "01:06:40"]),
        (["12.5s", "", "x"], "start", ["00:00:12", None, None]),
    ],
)
def test_numbers_are_seconds_or_milliseconds(cells: list[str], heading: str, times: list[str | None]) -> None:
    assert times_of(cells, heading, words=30) == times


def test_two_columns_of_people_who_come_back_and_of_words_are_turns() -> None:
    rows = [[who, words] for who, words in TALK]
    assert find_turn_columns(["name", "commentFull"], rows) == TurnColumns(1, 0, None)
    once = [[f"Person {number}", words] for number, (_, words) in enumerate(TALK)]
    assert find_turn_columns(["name", "commentFull"], once) is None
