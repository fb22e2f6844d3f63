"""Tests that numbers in a court transcript's margin are nobody's words, and its questions the lawyer's."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions, read_source
from quotegrid.corpus.text.line_numbers import without_line_numbers
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import Source

HEARING = """\
                                                    14
 1              THE COURT:  Call your next witness.
 2              MR. BELL:  The plaintiff calls Ada Moore.
 3                        ADA MOORE,
 4   called as a witness, having been sworn, testified:
 5                    DIRECT EXAMINATION
 6   BY MR. BELL:
 7       Q.   Where do you work, Ms. Moore?
 8       A.   At the ferry office in Kelham. I have been
 9   there for eleven years.
10       Q.   And what do you do there?
11       A.   I sell tickets and write the timetable,
12   which changes with the tide.
13              MR. STONE:  Objection. Relevance.
14              THE COURT:  Overruled. Go on.
15       Q.   Who reads the timetable?
16       A.   Everybody who wants to cross.
17              THE COURT:  Ms. Moore, please speak up.
18              THE WITNESS:  I am sorry. I will.
19   BY MR. BELL:
20       Q.   Did the ferry leave on the ninth?
21       A.   It did not.  The water was too high and
22   the captain would not go, so that we sent
23   everybody home.
24       Q.   Thank you.
25       A.   You are welcome.
                                                    15
 1                     CROSS-EXAMINATION
 2   BY MR. STONE:
 3       Q.   You were not on the ferry yourself?
 4       A.   No. I was in the office.
 5       Q.   So you did not see the water?
 6       A.   I saw it from the window, as I do
 7   on every day of the year.
 8              MR. STONE:  Nothing further.
"""


def numbered(lines: list[str], *, each_page: int = 100) -> str:
    return "".join(f"{place % each_page + 1:>3}  {line}\n" for place, line in enumerate(lines))


def read(tmp_path: Path, words: str) -> Source:
    path = tmp_path / "hearing.txt"
    path.write_text(words, encoding="utf-8")
    return read_source(path, path.name, ReadingOptions(), Stakeholders({})).source


def test_a_hearing_is_read_by_who_examines_and_who_answers(tmp_path: Path) -> None:
    source = read(tmp_path, HEARING)
    said = [(turn.label, source.text[turn.start : turn.end]) for turn in source.turns]
    assert said[0] == ("THE COURT", "Call your next witness.")
    assert said[2:7] == [
        ("MR. BELL", "Where do you work, Ms. Moore?"),
        ("THE WITNESS", "At the ferry office in Kelham. I have been\nthere for eleven years."),
        ("MR. BELL", "And what do you do there?"),
        ("THE WITNESS", "I sell tickets and write the timetable,\nwhich changes with the tide."),
        ("MR. STONE", "Objection. Relevance."),
    ]
    assert said[-3:] == [
        ("MR. STONE", "So you did not see the water?"),
        ("THE WITNESS", "I saw it from the window, as I do\non every day of the year."),
        ("MR. STONE", "Nothing further."),
    ]
    assert {turn.label for turn in source.turns if turn.is_interviewer} == {"MR. BELL", "MR. STONE"}
    assert source.repairs["line numbers"] == 33


def test_a_sentence_goes_on_over_the_head_and_the_number_of_a_page() -> None:
    page = ["JO:  The boat was late, and nobody", *["told us of it or of the other boats that"] * 10]
    text = "\n".join(f"{head}\n{numbered(page)}\n   {place}" for place, head in enumerate(["A talk"] * 3, 1))
    found = without_line_numbers(text)
    assert found is not None
    assert found.furniture == 6
    assert found.numbers == 33
    assert "other boats that\nJO: The boat" in found.text
    assert not any(char.isdigit() for char in found.text)
    assert found.text[found.offset_of(text.rindex("  1  JO")) :].startswith("JO:")


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["Who lit the fire?", "My aunt did."] * 15, id="a number for each turn"),
        pytest.param(["Milk", "Bread", "Two eggs"] * 10, id="a list"),
        pytest.param(["and so on"] * 12, id="a few lines"),
    ],
)
def test_numbers_of_turns_and_of_items_stay(lines: list[str]) -> None:
    assert without_line_numbers(numbered(lines)) is None
