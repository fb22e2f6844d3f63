"""Labels that name one person: initials, first names, numbers of questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.corpus.transcripts.labels import colon_labels
from quotegrid.corpus.transcripts.same_person import full_names, without_numbers_of_questions
from quotegrid.corpus.transcripts.turns import find_turns
from tests.corpus.transcripts.invented import FERRY, asking, read, said, said_in, talk, talk_of

SHAPE = "{who}: {words}\n\n"


def _names(*people: str) -> tuple[str, ...]:
    return full_names(colon_labels(talk(SHAPE, *people, words=FERRY[: len(people)]), 0))


@pytest.mark.parametrize("short", ["Peter", "Marsh", "PM", "P.M."])
def test_a_short_form_of_a_full_name_is_the_same_person(short: str) -> None:
    text = talk(SHAPE, "Peter Marsh", "Lena Ode") + talk(SHAPE, short, "Lena Ode")
    assert said_in(text) == talk_of("Peter Marsh", "Lena Ode") * 2


def test_initials_in_parentheses_behind_a_name_are_used_for_it_afterwards() -> None:
    text = "Peter Marsh (PM): " + talk(SHAPE, "PM", "Lena").removeprefix("PM: ")
    assert said_in(text) == talk_of("Peter Marsh", "Lena")


def test_initials_of_all_who_speak_are_used_for_their_names_afterwards() -> None:
    text = "Peter Marsh (PM): How?\n\nLena Ode (LO): With a rope.\n\n" + talk(SHAPE, "PM", "LO")
    words = ["How?", "With a rope.", *FERRY]
    assert said_in(text) == talk_of("Peter Marsh", "Lena Ode", words=words)


def test_a_title_and_a_surname_are_the_same_person_as_with_the_first_name() -> None:
    text = talk(SHAPE, "Mr Peter Marsh", "Ms Lena Ode") + talk(SHAPE, "Mr Marsh", "Ms Ode")
    assert said_in(text) == talk_of("Mr Peter Marsh", "Ms Lena Ode") * 2


def test_two_who_answer_each_other_are_two_whatever_their_names() -> None:
    assert said_in(talk(SHAPE, "Ann Marsh", "Ann")) == talk_of("Ann Marsh", "Ann")


def test_initials_that_fit_two_people_are_neithers() -> None:
    assert _names("Peter Marsh", "Len", "Paula Moss", "Len", "PM") == ()
    assert _names("Peter Marsh", "Len", "Kit Moss", "Len", "PM") == ("Peter Marsh",)


def test_numbers_of_questions_are_no_part_of_the_name(tmp_path: Path) -> None:
    for shape in ("{who}) {words}\n\n", "{who}. {words}\n", "{who}: {words}\n\n", "{who} - {words}\n\n"):
        people = [f"{'QA'[number % 2]}{number // 2 + 1}" for number in range(len(FERRY))]
        found = read(tmp_path, talk(shape, *people))
        assert said(found) == talk_of("Q", "A"), shape
        assert asking(found) == [True, False] * 4


def test_words_for_question_and_answer_lose_their_numbers_too() -> None:
    people = [f"{('Question', 'Answer')[number % 2]} {number // 2 + 1}" for number in range(len(FERRY))]
    assert said_in(talk(SHAPE, *people)) == talk_of("Question", "Answer")


@pytest.mark.parametrize(
    "people", [("P1", "P4"), ("I", "P1", "I", "P4"), ("Speaker 1", "Speaker 2", "Speaker 3")]
)
def test_numbers_that_come_back_are_peoples(people: tuple[str, ...]) -> None:
    labels = colon_labels(talk(SHAPE, *people), 0)
    assert without_numbers_of_questions(labels) == labels
    assert said_in(talk(SHAPE, *people)) == talk_of(*people)


def test_a_part_is_one_person_with_its_short_name_in_brackets() -> None:
    text = (
        "**Interviewer (I):** Why?\n\n**Respondent (R1):** No rope.\n\n**I:** And then?\n\n"
        "**R1:** It sank.\n\n"
        "**I:** Who paid?\n\n**R2:** The mill.\n"
    )
    assert [turn.label for turn in find_turns(text, 0)] == ["I", "R1", "I", "R1", "I", "R2"]


def test_initials_of_a_name_with_a_hyphen_and_initials_with_a_gap_are_one_person() -> None:
    text = talk(SHAPE, "Ann-Marie Stone", "G.K.") + talk(SHAPE, "AMS", "G. K.")
    assert said_in(text) == talk_of("Ann-Marie Stone", "G.K.") * 2


def test_a_label_of_two_together_is_neither_of_them() -> None:
    text = talk(SHAPE, "CDR", "LMP") + "CDR / LMP: It sank.\n\n" + talk(SHAPE, "CDR", "LMP")
    assert said_in(text) == [*talk_of("CDR", "LMP"), ("CDR / LMP", "It sank."), *talk_of("CDR", "LMP")]


def test_a_clipped_first_name_is_who_was_introduced_by_the_full_one() -> None:
    text = "Ada Moore: Who are you?\n\nFrederick Moss: A ferryman.\n\n" + talk(SHAPE, "Ada", "Fred")
    assert said_in(text)[1] == ("Frederick Moss", "A ferryman.")
    assert {label for label, _ in said_in(text)[2:]} == {"Ada Moore", "Frederick Moss"}


def test_single_letters_stand_for_the_first_names_above_them() -> None:
    text = "Ada: Hello.\n\nDave: Hello, Ada.\n\n" + talk(SHAPE, "A", "D")
    assert said_in(text) == [("Ada", "Hello."), ("Dave", "Hello, Ada."), *talk_of("Ada", "Dave")]


def test_counted_questions_are_those_of_the_interviewer_who_has_a_label_elsewhere(tmp_path: Path) -> None:
    text = "".join(
        f"Q{number}: {question}\n\nInterviewee: {answer}\n\nInterviewer: I see.\n\nInterviewee: Yes.\n\n"
        for number, (question, answer) in enumerate(zip(FERRY[::2], FERRY[1::2], strict=True), 1)
    )
    assert {label for label, _ in said(read(tmp_path, text))} == {"Interviewer", "Interviewee"}


def test_a_question_and_an_answer_keep_their_labels_beside_an_interviewer(tmp_path: Path) -> None:
    text = talk("{who}: {words}\n\n", "Q", "A") + "Interviewer: Thanks.\n\nA: A pleasure.\n\n"
    assert {"Q", "A"} <= {label for label, _ in said(read(tmp_path, text))}


def test_a_letter_stands_for_the_one_name_above_where_a_full_name_has_initials() -> None:
    text = "Rowan: How did it start?\n\nMara Dell: With two boats.\n\n"
    text += "R: And then?\n\nMD: With three.\n\n" * 3
    assert [label for label, _ in said_in(text)] == ["Rowan", "Mara Dell"] * 4


def test_two_letters_are_the_two_who_open_the_talk_under_their_names() -> None:
    title = "The ferry: Lars Holm talks to Mina Roth\n\n"
    opening = "Lars: Is it running?\n\nMina. It is. Who built the ferry?\n\n"
    letters = talk("{who}. {words}\n\n", "x", "m", words=FERRY[:4]) + talk(SHAPE, "X", "M", words=FERRY[4:8])
    words = ["Is it running?", "It is. Who built the ferry?", *FERRY[:8]]
    assert said_in(title + opening + letters) == talk_of("Lars", "Mina", words=words)


@pytest.mark.parametrize(
    "opening",
    [
        "Lars: Is it running?\n\nMina. It is.\n\nA note on the tape.\n\n",
        "Lars: Is it running?\n\nMina. It is.\n\nLars: Good.\n\n",
    ],
)
def test_letters_that_no_alternation_gives_to_names_keep_to_themselves(opening: str) -> None:
    title = "The ferry: Lars Holm talks to Mina Roth\n\n"
    found = said_in(title + opening + talk(SHAPE, "L", "M"))
    assert not {"Lars"} & {speaker for speaker, words in found if words in FERRY[1::2]}


def test_particulars_above_a_talk_are_no_first_names_of_its_letters() -> None:
    form = "Participants:\tK, a baker\n\t\tB, a smith\n\nBackground: A long walk.\n\nNobody had a tape.\n\n"
    found = said_in(form + talk(SHAPE, "PL", "B", "P", "K", words=FERRY * 2))
    assert {speaker for speaker, _ in found} >= {"PL", "B", "P", "K"}
