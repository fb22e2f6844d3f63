from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.corpus.transcripts.turns import find_turns, looks_like_transcript, unlabelled_turns
from tests.corpus.transcripts.invented import read, said, talk, talk_of

Said = list[tuple[str | None, str]]


def _said(text: str, **names: list[str]) -> Said:
    return [(turn.label, text[turn.start : turn.end]) for turn in find_turns(text, 0, **names)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("INT: Why?\n\nANN: No.\n", [("INT", "Why?"), ("ANN", "No.")]),
        ("**Jo:** Why?\n\n**Ann**: No.\n", [("Jo", "Why?"), ("Ann", "No.")]),
        ("INT:\nWhy?\n\nP1:\nNo.\n", [("INT", "Why?"), ("P1", "No.")]),
        (
            "INT:\tWhy?\nP1:No.\nINT:So?\nP1: Yes.\n",
            [("INT", "Why?"), ("P1", "No."), ("INT", "So?"), ("P1", "Yes.")],
        ),
        ("Q: Why?\nA: No.\n", [("Q", "Why?"), ("A", "No.")]),
        ("1    INT: Why?\n\n2. ANN: No.\n     Not so.\n", [("INT", "Why?"), ("ANN", "No.\n     Not so.")]),
        ("INT\u00a0: Why?\nANN\u00a0LEE: No.\n", [("INT", "Why?"), ("ANN LEE", "No.")]),
        (
            "Int_1: Why?\nÉlise O\u2019Neil-Roy: No.\nÉlise O\u2019Neil-Roy: Hm.\n",
            [("Int_1", "Why?"), ("Élise O\u2019Neil-Roy", "No."), ("Élise O\u2019Neil-Roy", "Hm.")],
        ),
        (
            "Jo (Interviewer): Why?\nAnn (Parent): No.\nAnn: Yes.\n",
            [("Jo", "Why?"), ("Ann", "No."), ("Ann", "Yes.")],
        ),
    ],
)
def test_labels_of_many_styles_begin_turns(text: str, said: Said) -> None:
    assert _said(text, declared=["Jo"] if "Jo (" in text else []) == said


@pytest.mark.parametrize(
    "answer",
    [
        "Well.\nThing is: it never came.\nThing is: nobody rang.",
        "Three things.\nFirst: the money.\nSecond: nobody.\nAnd lastly: nothing.",
        "Well.\n\nExample: one.\n\nExample: two.",
        "Well.\n\nNOTE: he cried here.",
        "It was 3:1. See https://example.org/a:b.\nhttps://example.org\n3:1 it is.\nRatio: 3:1.",
        "I told\nThe Council: no. And again\nThe Council: no.",
        "so:nothing.\nSomebody:said so.",
        "Because [inaudible 00:12:30]: yes.",
        "- Jo: is what he is called.",
    ],
)
def test_a_colon_inside_an_answer_begins_no_turn(answer: str) -> None:
    text = f"INTERVIEWER: Why?\n\nANN LEE: {answer}\n\nINTERVIEWER: And?\n\nANN LEE: No.\n"
    assert _said(text) == [
        ("INTERVIEWER", "Why?"),
        ("ANN LEE", answer),
        ("INTERVIEWER", "And?"),
        ("ANN LEE", "No."),
    ]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        (
            "[00:01:02] Jo: Why?\n[1:09] Ann: No.\n[00:02] Jo: So?\n[00:03] Ann: Hm.\n",
            "00:01:02 00:01:09 00:00:02 00:00:03",
        ),
        (
            "Jo (00:01:02): Why?\nAnn [1:09]: No.\nJo (0:02): So?\nAnn (0:03): Hm.\n",
            "00:01:02 00:01:09 00:00:02 00:00:03",
        ),
        (
            "Jo  0:01  \nWhy?\n\nAnn  0:05\nNo.\n\nJo  0:10\nSo?\n\nAnn  1:00:12\nHm.\n",
            "00:00:01 00:00:05 00:00:10 01:00:12",
        ),
        (
            "[00:01:02.5]\nJo: Why?\n[00:01:09,0]\nAnn: No.\n[00:02:00]\nJo: So?\n[00:03:00]\nAnn: Hm.\n",
            "00:01:02 00:01:09 00:02:00 00:03:00",
        ),
    ],
)
def test_times_by_a_label_are_read_and_never_part_of_what_is_said(text: str, times: str) -> None:
    turns = find_turns(text, 0)
    assert [turn.time for turn in turns] == times.split()
    assert [(turn.label, text[turn.start : turn.end]) for turn in turns] == [
        ("Jo", "Why?"),
        ("Ann", "No."),
        ("Jo", "So?"),
        ("Ann", "Hm."),
    ]


def test_later_spellings_of_a_label_are_the_same_speaker() -> None:
    text = "Interviewer: Why?\nAnn: Because.\nINTERVIEWER: So?\nann: no.\nANN LEE: Yes.\n"
    turns = find_turns(text, 0, declared=["Ann Lee"])
    assert [(turn.label, turn.is_interviewer) for turn in turns] == [
        ("Interviewer", True),
        ("Ann", False),
        ("Interviewer", True),
        ("Ann", False),
        ("Ann", False),
    ]


@pytest.mark.parametrize("names", [("jo", "ann"), ("interviewer", "participant")])
def test_labels_in_lower_case_are_read_where_every_paragraph_has_one(names: tuple[str, str]) -> None:
    first, second = names
    text = f"{first}: why?\n\n{second}: well: no.\n\n{first}: and?\n\n{second}: yes.\n"
    assert _said(text) == [(first, "why?"), (second, "well: no."), (first, "and?"), (second, "yes.")]


@pytest.mark.parametrize("asking", ["Jo", "INT", "I", "Moderator"])
def test_who_speaks_once_is_heard_where_every_paragraph_has_a_label(asking: str) -> None:
    text = (
        f"A talk\n\n{asking}: Why?\n\nAnn: No.\n\nUnidentified Speaker: Hm.\n\n{asking}: And?\n\nAnn: Yes.\n"
    )
    assert _said(text)[2] == ("Unidentified Speaker", "Hm.")


def test_capitals_in_an_answer_of_several_paragraphs_begin_no_turn_among_names() -> None:
    text = "Jo: Why?\n\nAnn: Well.\n\nSEND: that is it.\n\nSo there.\n\nJo: And?\n\nAnn: Yes.\n"
    assert _said(text)[1] == ("Ann", "Well.\n\nSEND: that is it.\n\nSo there.")


@pytest.mark.parametrize(
    "label", ["Jo Field", "Jo", "JF", "J.F.", "Field", "Ms Field", "jo field", "Interviewer"]
)
def test_the_interviewer_of_the_header_is_known_by_any_short_form(label: str) -> None:
    text = f"{label}: Why?\n\nAnn: No.\n\n{label}: So?\n\nAnn: Yes.\n"
    turns = find_turns(text, 0, declared=["Ann Lee"], interviewers=["Jo Field"])
    assert [turn.is_interviewer for turn in turns] == [True, False, True, False]


def test_a_label_with_nothing_behind_it_makes_no_turn() -> None:
    assert _said("INT: Why?\n\nANN:\n\nINT: So?\n\nANN: No.\n") == [
        ("INT", "Why?"),
        ("INT", "So?"),
        ("ANN", "No."),
    ]


def test_a_role_in_brackets_marks_the_interviewer_from_then_on_and_before() -> None:
    text = "Jo: Hello.\n\nAnn: Hello.\n\nJo (Interviewer): Why?\n\nAnn: No.\n\nJo: So?\n"
    assert [turn.is_interviewer for turn in find_turns(text, 0)] == [True, False, True, False, True]


def test_headings_and_notes_behind_an_answer_are_not_said() -> None:
    text = "INT: Why?\n\nANN: No. [laughs]\n\n[phone]\n\nYes.\n\n## Two\n\nINT: So?\n\nANN: Hm.\n\n[END]\n"
    assert _said(text) == [
        ("INT", "Why?"),
        ("ANN", "No. [laughs]\n\n[phone]\n\nYes."),
        ("INT", "So?"),
        ("ANN", "Hm."),
    ]


def _sitting(*members: str) -> str:
    """Return a sitting whose chair comes back, while each member makes one long speech."""
    chair = "THE CHAIR" if members[0].isupper() else "The Chair"
    speech = "The mill must open again.\n\n" * 6
    spoken = "".join(f"{chair}: The next, please.\n\n{member}: {speech}" for member in members)
    return f"{spoken}{chair}: We are done.\n"


@pytest.mark.parametrize(
    ("text", "is_transcript"),
    [
        ("Jo: Why?\n\nAnn: No.\n\nJo: So?\n", True),
        ("Interviewer: Tell me all?\n\nAnn Lee: It was long.\n", True),
        ("INT: Why?\n\nANN: No.\n\n" + "A paragraph.\n\n" * 9 + "INT: So?\n\nANN: Hm.\n", True),
        ("A: one\nB: two\nC: three\n", False),
        ("Words.\n\nMore words.\n", False),
        ("INT: Why?\n\nANN: No.\n\n" + "A long paragraph.\n\n" * 9, False),
        (_sitting("MR. LEE", "MRS. ASH", "HON. OAK", "MR. ELM", "MRS. FIR"), True),
        (_sitting("Mr. Lee", "Mrs. Ash", "Hon. Oak", "Mr. Elm", "Mrs. Fir"), False),
    ],
)
def test_a_transcript_is_mostly_turns_and_somebody_comes_back_or_answers(
    text: str, is_transcript: bool
) -> None:
    assert looks_like_transcript(text, find_turns(text, 0)) is is_transcript


def test_without_labels_the_whole_text_is_one_turn() -> None:
    (turn,) = unlabelled_turns("Head\n\n It was so.\n", 4)
    assert (turn.start, turn.end, turn.label) == (7, 17, None)
    assert unlabelled_turns("Head\n\n", 4) == ()


def test_what_stands_in_parentheses_behind_a_label_is_kept_unless_it_is_a_time() -> None:
    text = "Ray Moss (parent): One.\n\nJo Field (00:12): So?\n\nRay Moss: Two.\n\nJo Field: Yes?\n"
    turns = find_turns(text, 0)
    assert [(turn.label, turn.aside, turn.time) for turn in turns] == [
        ("Ray Moss", "parent", None),
        ("Jo Field", None, "00:00:12"),
        ("Ray Moss", None, None),
        ("Jo Field", None, None),
    ]


def _timed(*turns: tuple[str, str]) -> str:
    return "".join(
        f"00:00:{10 + 3 * number} {head}\n\n{words}\n\n" for number, (head, words) in enumerate(turns)
    )


def test_a_time_without_a_name_begins_a_turn_of_nobody_where_times_stand_before_names() -> None:
    talk = [("Speaker 1", "Why?"), ("Speaker 2", "No rope."), ("", "Right.")] * 3
    said = _said(_timed(*[(f"{name}".strip(), words) for name, words in talk]))
    assert said == [(name or None, words) for name, words in talk]


def test_a_time_alone_is_among_the_words_where_labels_have_no_times() -> None:
    text = "INT: Why?\n\nANN: At\n\n10:30\n\nor so.\n\n" * 3
    assert _said(text)[1] == ("ANN", "At\n\n10:30\n\nor so.")


def test_a_short_answer_below_a_time_is_no_name() -> None:
    talk = [("Speaker 1", "Why?"), ("Speaker 2", "No rope.")] * 4
    text = _timed(*talk) + "00:01:00\n\nOK.\n\n00:01:04\n\nOK.\n\n00:01:08\n\nOK.\n"
    assert _said(text) == [*talk, *[(None, "OK.")] * 3]


def test_a_picture_below_the_words_is_not_said() -> None:
    text = "INT: Why?\n\nANN: No rope.\n\n![The ferry in May](./ferry.jpg)\n\nINT: So?\n\nANN: It sank.\n"
    assert _said(text)[1] == ("ANN", "No rope.")


def test_numbered_topics_between_turns_are_nobodys_words(tmp_path: Path) -> None:
    turns = talk("{who}: {words}\n\n", "Jo", "Len").split("\n\n")
    topics = ["", "2. The boats", "3. The mill", "4. The aunt"]
    text = "1. How it began\n\n" + "\n\n".join(
        part
        for number, turn in enumerate(turns)
        for part in ([topics[number // 2]] if number in (2, 4, 6) else []) + [turn]
    )
    assert said(read(tmp_path, text)) == talk_of("Jo", "Len")


def test_a_numbered_list_that_somebody_tells_is_said(tmp_path: Path) -> None:
    text = (
        talk("{who}: {words}\n\n", "Jo", "Len") + "Jo: Which boats?\n\nLen: Two.\n\n1. the Ada\n\n2. the Elm"
    )
    found = said(read(tmp_path, f"{text}\n\nJo: And then?\n\nLen: It sank.\n"))
    assert ("Len", "Two.\n\n1. the Ada\n\n2. the Elm") in found
