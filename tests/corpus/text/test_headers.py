from __future__ import annotations

import pytest

from quotegrid.corpus.text.headers import canonical, header_block, names_in, sort_header
from quotegrid.domain.sources.model import HeaderValue

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


def _block(text: str, *, blank_lines_end: bool = True) -> tuple[dict[str, str], str]:
    header, body = header_block(text, blank_lines_end=blank_lines_end)
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
    assert header_block(text) == ({}, 0)


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


def test_a_title_with_a_colon_is_no_field() -> None:
    text = "The shed: an interview\n\nGroup: parents\nArea: Westhay\n\nQ: So?\n\nA: Yes.\n"
    header, start = header_block(text)
    assert {name: value.value for name, value in header.items()} == {"Group": "parents", "Area": "Westhay"}
    assert text[start:].lstrip().startswith("Q: So?")


@pytest.mark.parametrize(
    ("top", "fields"),
    [
        ("A session about lamps\n\nModel: Lantern 2 (tin)\nSetting: At home, by the window.\n", 2),
        ("A session about lamps\n\nContext: At home, by the window.\n", 1),
        ("Date: 2025-01-15\n\nModel: Lantern 2\n", 2),
        ("Study no. 4: Lamps\nSession #: 12\n", 2),
        ("Interview date: 2025-01-15\nAge group: 40 to 49\n", 2),
    ],
)
def test_particulars_above_a_talk_are_no_turns(top: str, fields: int) -> None:
    found, body = _block(top + TURNS)
    assert len(found) == fields
    assert body == TURNS


@pytest.mark.parametrize(
    "top",
    [
        "Chair: Good morning, all of you.\nClerk: We are all here.\n",
        "Chair: Good morning, all of you.\n",
        "P1: Lantern 2\n",
        "RM: Lantern 2\nThe rest.\n",
        "Ann: Lantern\n\nBen: Lamp\nAnn: No, a lantern.\n",
    ],
)
def test_what_is_said_once_above_a_talk_is_no_particular(top: str) -> None:
    assert _block(top + TURNS)[0] == {}
