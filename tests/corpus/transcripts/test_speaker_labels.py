"""The places in the shape of a label that begin a turn, decided for the whole text."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.corpus.transcripts.speaker_labels import find_labels
from quotegrid.corpus.transcripts.turns import find_turns
from tests.corpus.transcripts.invented import FERRY, asking, read, said, said_in, talk, talk_of, unsure

LETTERS = "ABCDEFGHIJKLMNOPQ"


@pytest.mark.parametrize(
    "second", ["{who} - {words}\n\n", "**{who}** {words}\n\n", "{who}\n{words}\n\n", "[{who}] {words}\n\n"]
)
def test_a_second_shape_of_the_same_people_is_read_as_well(second: str) -> None:
    text = talk("{who}: {words}\n\n", "Jo", "Len") + talk(second, "Jo", "Len")
    assert said_in(text) == talk_of("Jo", "Len") * 2


def test_few_labels_of_a_second_shape_count_where_they_have_times() -> None:
    text = (
        talk("{who}: {words}\n\n", "Jo", "Len")
        + "Jo [00:10:00]\nWho rowed?\n\nLen [00:10:09]\nMy aunt did.\n"
    )
    turns = find_turns(text, 0)
    assert [(turn.label, turn.time) for turn in turns[-3:]] == [
        ("Len", None),
        ("Jo", "00:10:00"),
        ("Len", "00:10:09"),
    ]
    assert said_in(text)[-2:] == [("Jo", "Who rowed?"), ("Len", "My aunt did.")]


def test_the_shape_of_other_people_within_the_words_is_no_second_shape() -> None:
    words = (
        "How?",
        "We had a list.\n\nOAK - rotten.\n\nELM - sound.\n\nOAK - rotten again.",
        "So?",
        "It sank.",
    )
    text = talk("{who}: {words}\n\n", "Jo", "Len", words=words)
    assert said_in(text) == talk_of("Jo", "Len", words=words)


def test_letters_from_a_to_q_are_people_and_i_and_q_ask_nothing() -> None:
    words = [f"I keep {number} hens in the yard." for number in range(2 * len(LETTERS))]
    text = talk("{who}: {words}\n\n", *LETTERS, words=words)
    assert said_in(text) == talk_of(*LETTERS, words=words)
    assert not any(turn.is_interviewer for turn in find_turns(text, 0))


@pytest.mark.parametrize("people", [("I", "R"), ("Q", "A"), ("I", "B"), ("M", "P")])
def test_two_letters_are_who_asks_and_who_answers(people: tuple[str, str], tmp_path: Path) -> None:
    found = read(tmp_path, talk("{who}: {words}\n\n", *people))
    assert said(found) == talk_of(*people)
    assert asking(found) == [True, False] * 4


def test_particulars_above_a_talk_are_nobodys_turns(tmp_path: Path) -> None:
    above = "Interviewer: Jo Hare\nInterviewee: Len Toll\nPlace: the mill\nDate: 3 May\n\n"
    found = read(tmp_path, above + talk("{who}: {words}\n\n", "Jo Hare", "Len Toll"))
    assert said(found) == talk_of("Jo Hare", "Len Toll")
    assert unsure(found) == []


@pytest.mark.parametrize("above", ["Age: 48\nTrade: baker\n\n", "Boat: a raft\nOars: two\nRope: one\n\n"])
def test_particulars_of_any_kind_are_nobodys_turns(above: str) -> None:
    assert said_in(above + talk("{who}: {words}\n\n", "I", "R")) == talk_of("I", "R")
    assert said_in(above + talk("{who}: {words}\n\n", "Jo", "Len")) == talk_of("Jo", "Len")


@pytest.mark.parametrize(
    "words",
    [
        "Well.\n\nNote: it was wet.\n\nNote: it was cold.",
        "Well - it was wet.\nAnd - it was cold.",
        "It cost\n12:30 a day.",
        "He = me, that is all.",
        "Three things: rope, oars, nails.",
    ],
)
def test_words_in_the_shape_of_a_label_stay_words(words: str) -> None:
    spoken = [*FERRY[:3], words, *FERRY[4:]]
    assert said_in(talk("{who}: {words}\n\n", "Jo", "Len", words=spoken)) == talk_of(
        "Jo", "Len", words=spoken
    )


@pytest.mark.parametrize(
    "text",
    [
        "Oak - rots.\n\nElm - lasts.\n\nAsh - bends.\n\nYew - is dear.\n",
        "Rope=3\nOars=2\nNails=90\nRope=4\nOars=2\n",
        "[1] A book.\n\n[2] A letter.\n\n[3] A map.\n",
        "Oak. Rots.\n\nElm. Lasts.\n\nAsh. Bends.\n",
        "Monday\nWe rowed.\n\nTuesday\nWe slept.\n\nWednesday\nIt sank.\n",
    ],
)
def test_lists_of_things_have_no_labels(text: str) -> None:
    assert find_labels(text, 0).taken == ()


def test_a_slip_of_one_label_is_listed_with_its_line(tmp_path: Path) -> None:
    text = talk("{who}: {words}\n\n", "Jo", "Len").replace("Len: The mill", "Len; The mill")
    assert any(
        line.startswith('line 7: "Len" looks like a speaker\'s label')
        for line in unsure(read(tmp_path, text))
    )


@pytest.mark.parametrize("name", ["Note", "PS", "Summary", "Example"])
def test_words_that_open_remarks_are_no_names(name: str) -> None:
    text = talk("{who}: {words}\n\n", "Jo", "Len", name, words=[*FERRY, "So."])
    assert name not in {turn.label for turn in find_turns(text, 0)}


@pytest.mark.parametrize("together", ["Jo and Len", "Jo/Len", "JO & LEN", "All", "Male voice", "Unknown"])
def test_several_people_and_nobody_by_name_have_turns_of_their_own(together: str, tmp_path: Path) -> None:
    text = talk("{who}: {words}\n\n", "Jo", "Len") + f"{together}: We rowed.\n\nJo: Well.\n"
    found = read(tmp_path, text)
    assert said(found) == [*talk_of("Jo", "Len"), (together, "We rowed."), ("Jo", "Well.")]
    assert any(
        line.startswith(f'line 17: "{together}" names several people or nobody') for line in unsure(found)
    )


def test_a_part_that_says_little_within_the_talk_speaks_all_the_same() -> None:
    words = ("With a rope.", "With oars.\n\nTwo of them.", "no idea") * 3
    text = talk("{who}: {words}\n\n", "I", "P1", "P2", words=words)
    assert said_in(text) == talk_of("I", "P1", "P2", words=words)


def _alone(*names: str) -> str:
    return "".join(f"{name}\n{FERRY[2 * (number % 4) + 1]}\n\n" for number, name in enumerate(names))


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n:\t"])
def test_names_alone_that_come_back_often_and_change_are_labels_though_nobody_asks(gap: str) -> None:
    names = ("Jo Hare", "Len Toll", "Mia Voss", "Len Toll") * 5
    text = "# A talk\n\n" + _alone(*names).replace("\n", gap, 1)
    assert [label.name for label in find_labels(text, 0).taken] == list(names)


@pytest.mark.parametrize(
    "headings",
    [
        ("Jo Hare", "Len Toll") * 4,
        tuple(f"Rope {chr(65 + number % 8)}" for number in range(24)),
        ("Old Ropes",) * 12 + ("New Ropes",) * 12,
    ],
    ids=["few", "seldom each", "in blocks"],
)
def test_lines_alone_that_come_back_seldom_are_no_labels(headings: tuple[str, ...]) -> None:
    assert find_labels(_alone(*headings), 0).taken == ()


@pytest.mark.parametrize(
    "line", ["Interviewee: Woman, 22 years", "Interviewee: Len Toll          Post: miller"]
)
def test_a_part_named_once_above_questions_and_answers_is_a_particular(line: str) -> None:
    text = f"{line}\n\n" + talk("{who}: {words}\n\n", "Q", "A")
    assert said_in(text) == talk_of("Q", "A")


def test_a_part_that_says_a_sentence_first_is_one_of_the_speakers() -> None:
    text = "Interviewee: May I begin?\n\n" + talk("{who}: {words}\n\n", "Q", "A")
    assert said_in(text)[0] == ("Interviewee", "May I begin?")


def test_particulars_of_people_are_no_speakers_however_often_they_come_back(tmp_path: Path) -> None:
    text = "".join(
        f"Nama: {name}\n\nUmur: {age}\n\nQ: Di mana sungai itu?\n\nA: Di balik bukit, jauh sekali.\n\n"
        for name, age in [("Ayu Dewi", 31), ("Budi Raharjo", 40), ("Citra Ningsih", 52)]
    )
    assert {turn.label for turn in read(tmp_path, text).source.turns if turn.is_interviewer} == {"Q"}
    assert not {"Nama", "Umur"} & {turn.label for turn in read(tmp_path, text).source.turns}


def test_a_part_in_capitals_that_gives_a_name_above_the_talk_says_nothing(tmp_path: Path) -> None:
    above = "DATE: 12 MAY 2021\nTIME: 14:30\nSTATE: CALM\nRESEARCHER: ANA ODE\n\n"
    found = read(tmp_path, above + talk("{who}: {words}\n", "Researcher", "Participant 7"))
    assert said(found) == talk_of("Researcher", "Participant 7")


def test_names_once_before_a_number_alone_are_a_list_in_an_answer() -> None:
    text = "Jo: What does it cost?\n\nLen: As follows.\n\nRaft: 150 an hour;\n\nOld Boat: 20 an hour;\n\n"
    text += "Jo: And the rope?\n\nLen: Nothing.\n\nJo: Why?\n\nLen: It is old.\n\n"
    assert [label for label, _ in said_in(text)] == ["Jo", "Len"] * 3
    ages = "Jo: 34 years\n\nLen: 40 years\n\nJo: And you?\n\nLen: No.\n\n"
    assert [label for label, _ in said_in(ages)] == ["Jo", "Len"] * 2


@pytest.mark.parametrize(
    "line", ["_page : 2", "#time_begin = 0:01", "%com:\tlaughs", "(*Transcribed by Scribe.*)"]
)
def test_a_line_that_a_program_writes_below_a_turn_is_nobodys(line: str) -> None:
    text = talk("{who}: {words}\n\n", "CDR", "LMP")
    assert said_in(text.replace("\n\n", f"\n\n{line}\n\n")) == talk_of("CDR", "LMP")


@pytest.mark.parametrize(
    "shape",
    [
        "*{who} (0:00:15)*: {words}\n\n",
        "*{who} [00:15]*: {words}\n\n",
        "*{who} (0:15):* {words}\n\n",
        "*{who}*\n\n{words}\n\n",
        "[00:00:15.020] - SPEAKER: {who}\n{words}\n\n",
    ],
)
def test_labels_in_italics_and_behind_the_word_for_a_speaker_are_labels(shape: str) -> None:
    assert said_in(talk(shape, "Jo Pike", "Len Marsh")) == talk_of("Jo Pike", "Len Marsh")


def test_minutes_of_a_chat_have_nicknames_before_colons_and_in_angle_brackets() -> None:
    text = "Minutes\n\nada: the mill is dry\n\u2026 and has been since May\n\n<Len> since when?\n\n"
    text += "<Ada> since May\n\nlen: a pity\n\n<Len> see https://mill.example/log\n\n"
    text += "ada: who mends it?\n\nAOB\n\nlen: nobody does\n\n"
    found = said_in(text)
    assert [str(label).casefold() for label, _ in found] == ["ada", "len"] * 2 + ["len", "ada", "len"]
    assert found[0][1] == "the mill is dry\n\u2026 and has been since May"


def test_a_question_mark_before_a_colon_is_a_voice_that_nobody_knows(tmp_path: Path) -> None:
    found = read(tmp_path, talk("{who}: {words}\n", "Jo", "Len", "?", "Len", words=FERRY))
    assert said(found) == talk_of("Jo", "Len", "?", "Len", words=FERRY)
    assert any('"?" names several people or nobody by name' in line for line in unsure(found))
