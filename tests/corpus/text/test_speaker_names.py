from __future__ import annotations

import pytest

from quotegrid.corpus.text.speaker_names import is_generic, is_interviewer, stands_for


@pytest.mark.parametrize(
    ("label", "name", "is_short"),
    [
        ("JF", "Jo Field (JF)", True),
        ("IV1", "Jo Field (IV1)", True),
        ("Jo", "Dr Jo Field", True),
        ("Dr. Field", "Jo Field", True),
        ("Jo Field", "Jo", True),
        ("Jo 2", "Jo", False),
        ("Jones", "Jo", False),
        ("Jo", "", False),
    ],
)
def test_initials_titles_and_parts_of_a_name_stand_for_it(label: str, name: str, is_short: bool) -> None:
    assert (stands_for(label, [name]) == name) is is_short


@pytest.mark.parametrize(
    ("label", "name"),
    [("Jo Lee", "Jo Lee"), ("Jo", None), ("JF", "Jo Field"), ("Lee", "Jo Lee"), ("Sam", None), ("P 1", None)],
)
def test_a_short_form_of_two_names_stands_for_neither(label: str, name: str | None) -> None:
    assert stands_for(label, ["Jo Field", "Jo Lee", "P"]) == name


@pytest.mark.parametrize(
    ("label", "asks", "generic"),
    [
        ("INT.", True, False),
        ("Interviewer 3", True, False),
        ("q", True, False),
        ("Moderator", True, False),
        ("P1", False, True),
        ("Participant 12", False, True),
        ("Ann", False, False),
        ("Intern", False, False),
    ],
)
def test_a_label_tells_the_part_in_the_conversation(label: str, asks: bool, generic: bool) -> None:
    assert (is_interviewer(label), is_generic(label)) == (asks, generic)
