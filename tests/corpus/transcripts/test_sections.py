"""Several interviews in one file, and headings between turns."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.corpus.transcripts.sections import heads_an_interview
from tests.corpus.transcripts.invented import FERRY, asking, read, said, talk, talk_of, unsure

SHAPE = "{who}: {words}\n\n"


@pytest.mark.parametrize(
    "line",
    [
        "Person 2",
        "Interview 3 - a baker",
        "Participant No. 4",
        "## Respondent 5",
        "Entrevista 6",
        "INTERVIEWEE 7:",
    ],
)
def test_a_line_that_numbers_a_person_heads_an_interview(line: str) -> None:
    assert heads_an_interview(line)


@pytest.mark.parametrize(
    "line", ["Person", "Chapter 2", "Interview 3 was long.", "Two people", "Participant X"]
)
def test_other_lines_head_none(line: str) -> None:
    assert not heads_an_interview(line)


@pytest.mark.parametrize("label", ["Interviewee", "P1", "R", "Participant"])
@pytest.mark.parametrize(
    "headings",
    [
        ("Interview 1", "Interview 2"),
        ("## Interview with a baker", "## Interview with a smith"),
        ("Person 1", "Person 2"),
    ],
)
def test_a_part_that_speaks_in_two_interviews_is_two_people(
    headings: tuple[str, str], label: str, tmp_path: Path
) -> None:
    text = "".join(f"{heading}\n\n" + talk(SHAPE, "Interviewer", label) for heading in headings)
    found = read(tmp_path, text, "two.md")
    first, second = (heading.strip("# ") for heading in headings)
    assert said(found) == [
        *talk_of("Interviewer", f"{label} ({first})"),
        *talk_of("Interviewer", f"{label} ({second})"),
    ]
    assert len(found.source.speakers) == 2
    assert any(f'"{label}" speaks below 2 headings, from "{first}" on' in line for line in unsure(found))


def test_somebody_with_a_name_is_one_person_in_all_interviews(tmp_path: Path) -> None:
    text = "".join(f"Interview {number}\n\n" + talk(SHAPE, "Interviewer", "Len Toll") for number in (1, 2))
    found = read(tmp_path, text)
    assert said(found) == talk_of("Interviewer", "Len Toll") * 2
    assert list(found.source.speakers) == ["Len Toll"]


def test_who_answers_without_a_label_is_called_by_the_heading(tmp_path: Path) -> None:
    pairs = [f"{asked}\n\n{answer}\n\n" for asked, answer in zip(FERRY[::2], FERRY[1::2], strict=True)]
    text = "".join(f"Person {number}\n\n" + "".join(pairs) for number in (1, 2))
    found = read(tmp_path, text)
    assert [label for label, _ in said(found)] == ["Interviewer", "Person 1"] * 4 + [
        "Interviewer",
        "Person 2",
    ] * 4
    assert [words for _, words in said(found)] == [*FERRY, *FERRY]


@pytest.mark.parametrize(
    "headings",
    [
        ("## Beginnings", "## Money"),
        ("## Part 1", "## Part 2"),
        ("## Topic: the raft", "## Topic: the mill"),
        ("THE ROPE AND THE RAFT", "MONEY OF THE MILL"),
        ("## The raft", "## The mill"),
    ],
)
def test_headings_of_topics_part_nobody_and_are_not_said(headings: tuple[str, str], tmp_path: Path) -> None:
    text = "".join(f"{heading}\n\n" + talk(SHAPE, "I", "R", words=FERRY[:4]) for heading in headings)
    found = read(tmp_path, text, "topics.md")
    assert said(found) == talk_of("I", "R", words=FERRY[:4]) * 2
    assert asking(found) == [True, False] * 4


def test_a_heading_behind_the_last_turn_is_not_said(tmp_path: Path) -> None:
    text = talk(SHAPE, "I", "R") + "## What we make of it\n\nThe rope was the point.\n"
    assert said(read(tmp_path, text, "end.md")) == talk_of("I", "R")
    assert said(read(tmp_path, talk(SHAPE, "I", "R") + "END OF THE TAPE\n")) == talk_of("I", "R")


def test_capitals_are_words_where_all_is_in_capitals(tmp_path: Path) -> None:
    words = [spoken.upper() for spoken in FERRY]
    words[3] = "THE MILL DID.\n\nFOR A WHOLE YEAR"
    assert said(read(tmp_path, talk(SHAPE, "JO", "LEN", words=words))) == talk_of("JO", "LEN", words=words)


def _numbered(*runs: int) -> str:
    return "".join(f"{n}- Who paid for rope {n}?\n\nThe mill.\n\n" for run in runs for n in range(1, run + 1))


def test_questions_that_are_numbered_from_1_again_begin_another_interview(tmp_path: Path) -> None:
    labels = [
        turn.label for turn in read(tmp_path, _numbered(5, 5, 4)).source.turns if not turn.is_interviewer
    ]
    assert labels == ["interview 1"] * 5 + ["interview 2"] * 5 + ["interview 3"] * 4


@pytest.mark.parametrize("runs", [(5,), (5, 1), (3, 3)], ids=["one", "a stray one", "short lists"])
def test_numbers_that_may_be_a_list_s_part_no_interviews(tmp_path: Path, runs: tuple[int, ...]) -> None:
    turns = read(tmp_path, _numbered(*runs)).source.turns
    assert not any((turn.label or "").startswith("interview ") for turn in turns)


@pytest.mark.parametrize(
    "heading", ["Interview with the miller", "Entrevista con la molinera", "Wywiad z młynarzem"]
)
def test_a_line_that_says_with_whom_the_next_interview_is_heads_it(heading: str) -> None:
    assert heads_an_interview(heading)
    assert not heads_an_interview(f"{heading} was what I wanted.")


@pytest.mark.parametrize(
    "labels", [("I", "P1", "P2"), ("M", "A", "B"), ("Interviewer", "Speaker 1", "Speaker 2")]
)
@pytest.mark.parametrize(
    "titles",
    [
        ("Focus group 1", "Focus group 2"),
        ("Group A", "Group B: the mill"),
        ("Team 1 (raft)", "Team 2 (mill)"),
        ("12 March 2024", "3 May 2024"),
        ("# Northfield", "# Eastlow"),
        ("THE NORTH BANK", "THE MILL"),
    ],
)
def test_the_same_questions_below_another_title_are_asked_of_other_people(
    titles: tuple[str, str], labels: tuple[str, ...], tmp_path: Path
) -> None:
    words = [
        said
        for asked, answer in zip(FERRY[::2], FERRY[1::2], strict=True)
        for said in (asked, answer, answer)
    ]
    found = read(
        tmp_path, "".join(f"{title}\n\n" + talk(SHAPE, *labels, words=words) for title in titles), "two.md"
    )
    names = [title.strip("# ") for title in titles]
    asks, *others = labels
    assert said(found) == [
        turn
        for name in names
        for turn in talk_of(asks, *(f"{label} ({name})" for label in others), words=words)
    ]
    assert any(f'below 2 headings, from "{names[0]}" on' in line for line in unsure(found))


def test_labels_below_titles_that_tell_nothing_are_one_case_and_listed(tmp_path: Path) -> None:
    other = [f"{said[:-1]}, {n}{said[-1]}" for n, said in enumerate(FERRY)]
    text = (
        "# Rope\n\n"
        + talk(SHAPE, "I", "P1", "I", "P2")
        + "# Raft\n\n"
        + talk(SHAPE, "I", "P1", "I", "P2", words=other)
    )
    found = read(tmp_path, text, "two.md")
    assert said(found) == talk_of("I", "P1", "I", "P2") + talk_of("I", "P1", "I", "P2", words=other)
    assert any(
        '"P1" speaks below 2 titles, from "Rope" on, and is read as one case' in line
        for line in unsure(found)
    )
