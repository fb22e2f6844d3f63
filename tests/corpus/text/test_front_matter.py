from __future__ import annotations

import pytest

from quotegrid.corpus.text.front_matter import FrontMatter, front_matter
from quotegrid.domain.sources.model import HeaderValue, Speaker


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
    found = front_matter(text)
    assert found.header == {
        "title": HeaderValue("A group", 2),
        "date": HeaderValue("2025-01-15", 3),
        "on_track": HeaderValue("yes", 4),
        "moderator": HeaderValue("Jo Field, Sam Reed", 5),
    }
    assert found.speakers == (
        Speaker("Ann Lee", "parents", "Parent", attributes={"child": "2"}),
        Speaker("Ben"),
    )
    assert text[found.body_start :] == "Words.\n"


@pytest.mark.parametrize("text", ["Words.\n", "---\nWords and no field\n", "---- \nA\n", "--- \n"])
def test_a_text_without_front_matter_begins_at_once(text: str) -> None:
    assert front_matter(text) == FrontMatter()


@pytest.mark.parametrize(
    ("text", "line", "what", "fields"),
    [
        ("title: A\ntitle: B\n", 3, "not valid YAML", {"title": "A"}),
        ("title: [A\narea: Westhay\n", 3, "not valid YAML", {"title": "[A", "area": "Westhay"}),
        (
            "title: A talk: on lamps\ndate: '2025'\n",
            2,
            "not valid YAML",
            {"title": "A talk: on lamps", "date": "2025"},
        ),
        ("area: Westhay\ntitle: \x1b[31m\n", 1, "YAML forbids", {"area": "Westhay", "title": "\x1b[31m"}),
        ("area: [Westhay, Eastlow]\n", 2, '"area" has several values', {"area": "Westhay, Eastlow"}),
        ("speakers:\n  - {name: A}\n  - {group: parents}\n", 4, "a speaker has no name", {}),
        ("speakers:\n  - {name: A}\n  - 12\n", 2, "a speaker has no name", {}),
    ],
)
def test_front_matter_refuses_nothing_and_names_the_line_of_what_is_wrong(
    text: str, line: int, what: str, fields: dict[str, str]
) -> None:
    found = front_matter(f"---\n{text}---\nWords.\n")
    assert {name: value.value for name, value in found.header.items()} == fields
    (warning,) = found.warnings
    assert (warning.line, what in warning.what) == (line, True), warning
    assert f"---\n{text}---\nWords.\n"[found.body_start :] == "Words.\n"


@pytest.mark.parametrize(
    "between",
    [
        "# A study\n\n1. Words: more.\n2. [Words\n",
        "- title\n",
        "Only words.\n",
        "I said: no: never.\n\nWords [.\n",
    ],
)
def test_what_stands_between_two_rules_is_no_front_matter(between: str) -> None:
    assert front_matter(f"---\n{between}---\nWords.\n") == FrontMatter()


def test_front_matter_without_an_end_is_left_to_the_header() -> None:
    found = front_matter("---\ntitle: A\n\nWords.\n")
    assert (found.header, found.body_start) == ({}, 0)
    assert [warning.line for warning in found.warnings] == [1]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("speakers: [Ann Lee, Ben Dow]", ["Ann Lee", "Ben Dow"]),
        ("participants:\n- Ann Lee\n- {name: Ben Dow, trades: [tin, rope]}", ["Ann Lee", "Ben Dow"]),
        ("participant: [Ann Lee, Ben Dow]", ["Ann Lee", "Ben Dow"]),
        ("speakers: Ann Lee and Ben Dow", ["Ann Lee", "Ben Dow"]),
        ("participants: 12", []),
        ("speakers:", []),
    ],
)
def test_a_list_of_speakers_names_them(text: str, names: list[str]) -> None:
    found = front_matter(f"---\n{text}\n---\nWords.\n")
    assert [speaker.name for speaker in found.speakers] == names
    assert found.warnings == ()


def test_nested_values_and_dates_that_are_none_are_kept_as_written() -> None:
    found = front_matter(
        "---\ntags: [tin, [rope, tar]]\nplace_of_talk: {town: Westhay, floor: 2}\n"
        "date: 2025-02-30\nmoderator: [{name: Jo Field, role: lead}]\n---\nWords.\n"
    )
    assert {name: value.value for name, value in found.header.items()} == {
        "tags": "tin, rope, tar",
        "place_of_talk": "town: Westhay, floor: 2",
        "date": "2025-02-30",
        "moderator": "Jo Field",
    }
    assert found.warnings == ()


def test_a_mapping_of_speakers_is_a_legend() -> None:
    found = front_matter(
        "---\nspeakers:\n  I: interviewer\n  A: {name: Ann Lee, role: parent}\n  B: {role: carer}\n---\nW\n"
    )
    assert found.legend == {"I": "interviewer", "A": "Ann Lee", "B": "B"}
    assert found.speakers == (Speaker("Ann Lee", role="parent"), Speaker("B", role="carer"))
