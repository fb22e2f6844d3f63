from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.corpus.text.headers import canonical, front_matter, header_block, names_in, sort_header
from quotegrid.domain.sources.model import HeaderValue, Speaker
from quotegrid.errors import ReadError

PATH = Path("a.txt")
TURNS = "\nINTERVIEWER: Why?\n\nANN: Because.\n\nINTERVIEWER: And?\n\nANN: No.\n"


@pytest.mark.parametrize(
    ("spelling", "field"),
    [
        ("Title", "title"),
        ("stakeholder_group", "group"),
        ("Job-Title", "role"),
        ("Moderator", "interviewer"),
        ("colour", None),
    ],
)
def test_fields_have_other_spellings(spelling: str, field: str | None) -> None:
    assert canonical(spelling) == field


def test_front_matter_gives_fields_lines_speakers_and_the_bodys_beginning() -> None:
    text = """\
---
title: A group
date: 2025-01-15
on_track: yes
moderator: [Jo Field, Sam Reed]
speakers:
  - {name: Ann Lee, group: parents, role: Parent, child: 2}
  - Ben
---
Words.
"""
    header, speakers, body = front_matter(text, PATH)
    assert header == {
        "title": HeaderValue("A group", 2),
        "date": HeaderValue("2025-01-15", 3),
        "on_track": HeaderValue("yes", 4),
        "moderator": HeaderValue("Jo Field, Sam Reed", 5),
    }
    assert speakers == (Speaker("Ann Lee", "parents", "Parent", attributes={"child": "2"}), Speaker("Ben"))
    assert text[body:] == "Words.\n"


@pytest.mark.parametrize("text", ["Words.\n", "---\nWords and no field\n", "---- \nA\n", "--- \n"])
def test_a_text_without_front_matter_begins_at_once(text: str) -> None:
    assert front_matter(text, PATH) == ({}, (), 0)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("---\ntitle: A\n\nWords.\n", 1, "the front matter has no end"),
        ("---\ntitle: A\ntitle: B\n---\nW\n", 3, "not valid YAML"),
        ("---\ntitle: [A\n---\nW\n", 3, "not valid YAML"),
        ("---\ntitle: \x1b[31m\n---\nW\n", 1, "a character that YAML forbids"),
        ("---\n- title\n---\nW\n", 2, 'must be lines of "field: value"'),
        ("---\ndate: 2025\narea:\n  a: 1\n---\nW\n", 3, 'the field "area" must have one value'),
        ("---\nspeakers:\n  - {name: A}\n  - {group: parents}\n---\nW\n", 4, "a speaker has no name"),
    ],
)
def test_front_matter_that_cannot_be_used_is_named_with_its_line(text: str, line: int, what: str) -> None:
    with pytest.raises(ReadError, match=what) as caught:
        front_matter(text, PATH)
    assert caught.value.line == line


def _block(text: str, *, blank_lines_end: bool = True) -> tuple[dict[str, str], str]:
    header, body = header_block(text, PATH, blank_lines_end=blank_lines_end)
    return {name: value.value for name, value in header.items()}, text[body:]


def test_a_block_of_fields_may_follow_a_notice() -> None:
    found, body = _block("All invented.\nTitle: T\n**Group:** parents\nWave: 2\n" + TURNS)
    assert found == {"Title": "T", "Group": "parents", "Wave": "2"}
    assert body == TURNS


@pytest.mark.parametrize(
    "turns",
    [
        "Ann Lee: Hello.\nJo Field: Hi.\n",
        "Jo: Why was that so?\nAnn: Because.\n",
        "INTERVIEWER: Why\nANN: Because\nINTERVIEWER: And\nANN: No\n",
        "Participant: Ready when you are\nInterviewer: Good\nParticipant: So\nInterviewer: Yes\n",
        "P1: Hello there\nINT: Hello\n",
        "Facilitator: So, what was it like?\n",
    ],
)
def test_a_block_without_a_blank_line_ends_before_the_first_turn(turns: str) -> None:
    head = "Title: T\nInterviewed by: Jo Field\nInterviewee: Ann Lee\nGroup: parents\n"
    if turns.startswith(("INTERVIEWER", "Participant", "Facilitator")):
        head = "Title: T\nGroup: parents\n"
    assert _block(head + turns)[1] == turns


def test_a_block_goes_on_over_blank_lines_and_empty_fields() -> None:
    found, body = _block("Title: T\n\nDate:\n\nGroup: parents\nRole:\nArea: Westhay\n" + TURNS)
    assert found == {"Title": "T", "Group": "parents", "Area": "Westhay"}
    assert body == TURNS


def test_a_block_of_names_alone_is_a_header_when_they_are_no_labels() -> None:
    found, _ = _block("Participant: Ann Lee\nInterviewer: Jo Field\n\nJo Field: Why?\n\nAnn Lee: No.\n")
    assert found == {"Participant": "Ann Lee", "Interviewer": "Jo Field"}


@pytest.mark.parametrize(
    "text", [TURNS.strip(), "Participant: Hi\nInterviewer: Hi\nParticipant: So\n", "Words.\n"]
)
def test_turns_are_no_header(text: str) -> None:
    assert header_block(text, PATH) == ({}, 0)


def test_in_word_documents_unknown_fields_count_after_blank_lines() -> None:
    found, _ = _block("Title: T\n\nColour: red\n\nGroup: parents\n" + TURNS, blank_lines_end=False)
    assert found == {"Title": "T", "Colour": "red", "Group": "parents"}


def test_own_attributes_are_kept_apart_and_an_unknown_field_is_named_with_its_line() -> None:
    header = {"Job title": HeaderValue("Head", 1), "On-Track": HeaderValue("yes", 2)}
    assert sort_header(header, ("on_track",)) == (
        {"role": HeaderValue("Head", 1)},
        {"on_track": HeaderValue("yes", 2)},
        (),
    )
    _, _, [warning] = sort_header(header, ())
    assert (warning.line, '"On-Track" is not a header field and was left out' in warning.what) == (2, True)


@pytest.mark.parametrize(
    ("day", "is_told"), [("2025-02-30", True), ("2025-02-28", False), ("May 2025", False)]
)
def test_a_date_that_is_no_day_is_kept_and_told(day: str, is_told: bool) -> None:
    fields, _, warnings = sort_header({"Date": HeaderValue(day, 3)}, ())
    assert fields == {"date": HeaderValue(day, 3)}
    assert [warning.line for warning in warnings] == [3] * is_told


def test_a_field_may_list_several_names() -> None:
    assert names_in("Jo Field, Sam Reed and Andy Sand") == ["Jo Field", "Sam Reed", "Andy Sand"]
    assert names_in(None) == []


def test_a_title_with_a_colon_is_no_field(tmp_path: Path) -> None:
    text = "The shed: an interview\n\nGroup: parents\nArea: Westhay\n\nQ: So?\n\nA: Yes.\n"
    header, start = header_block(text, tmp_path / "a.txt")
    assert {name: value.value for name, value in header.items()} == {"Group": "parents", "Area": "Westhay"}
    assert text[start:].lstrip().startswith("Q: So?")
