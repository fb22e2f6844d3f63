from __future__ import annotations

import pytest

from quotegrid.corpus.people.self_descriptions import SelfDescription, find_self_descriptions
from quotegrid.domain.people.stakeholders import Stakeholders
from tests.conftest import STAKEHOLDERS

GROUPS = Stakeholders(STAKEHOLDERS)


def _said(text: str) -> list[tuple[str, str]]:
    return [
        (description.role, description.group)
        for description in find_self_descriptions(text, [(0, len(text))], GROUPS)
    ]


@pytest.mark.parametrize(
    ("text", "role", "group"),
    [
        ("I'm a SENCO in a primary school, and we had nothing.", "SENCO in a primary school", "school"),
        ("I\u2019m a SENCO.", "SENCO", "school"),
        ("Well, I am also a parent of two.", "parent of two", "parent"),
        ("I'm the head teacher here.", "head teacher here", "school"),
        (
            "I'm head of service now, but I'm still a caseworker at heart.",
            "caseworker at heart",
            "local authority",
        ),
        ("I've been a paediatrician for twenty years.", "paediatrician for twenty years", "health"),
        ("As a parent of two, I know what it costs.", "parent of two", "parent"),
        ("And as a SENCO in a primary school I see both sides.", "SENCO in a primary school", "school"),
        ("Speaking as a mum, nobody rang.", "mum", "parent"),
        ("I say this as a governor.", "governor", "school"),
        ("I work as a speech therapist for the trust.", "speech therapist for the trust", "health"),
        ("I work for the council.", "council", "local authority"),
        ("I work in the inclusion service, mostly on appeals.", "inclusion service", "local authority"),
        ("My role is assistant director for children.", "assistant director for children", "local authority"),
        ("My job title is designated clinical officer.", "designated clinical officer", "health"),
        ("I'm a school nurse.", "school nurse", "health"),
        ("I'm a parent governor.", "parent governor", "school"),
        ("We're parents ourselves.", "parents ourselves", "parent"),
        (
            "I'm a member of the parent carer forum in the west.",
            "parent carer forum in the west",
            "parent carer forum",
        ),
        ("I'm the director of children's services.", "director of children's services", "local authority"),
        ("I'm from the council.", "council", "local authority"),
        ("I'm deputy headteacher at the moment.", "deputy headteacher at the moment", "school"),
        ("It is hard. I'm one of the carers who stayed.", "carers", "parent"),
    ],
)
def test_what_somebody_says_they_are_is_found(text: str, role: str, group: str) -> None:
    assert _said(text) == [(role, group)]


@pytest.mark.parametrize(
    "text",
    [
        "I'm not a SENCO.",
        "I am no longer a teacher.",
        "I don't work as a teacher.",
        "It's not as if I'm a governor.",
        "I can't speak as a parent.",
        "I'm a SENCO, am I?",
        "Am I a teacher?",
        "She is a SENCO in a primary school.",
        "She works as a SENCO and I rely on her.",
        "My wife is a teacher.",
        "My mother, as a teacher, would have known.",
        "I see her as a parent.",
        "If I'm a parent, I want an answer.",
        "They think I'm a teacher.",
        "Everybody says I'm a clinician.",
        'She told me, "I\'m a SENCO, and I can do nothing."',
        "She told me: \u201cLook. I'm a SENCO and I can do nothing.\u201d",
        "'I'm a governor,' he said.",
        "As a parent would, he asked.",
        "It is hard as a parent to know.",
        "I was a teacher once.",
        "I'm a former headteacher.",
        "I'm a friend of a headteacher.",
        "I'm a council tenant.",
        "I'm supporting parents.",
        "My role is to support parents.",
        "My role is supporting families.",
        "I'm sorry the council never came.",
        "I work with schools.",
        "I'm happy that my school is near.",
        "We had a SENCO in every school.",
        "I have been to the school.",
        "I want the school to be like a family.",
    ],
)
def test_other_people_questions_negations_and_quotations_are_passed_over(text: str) -> None:
    assert _said(text) == []


def test_the_place_is_where_the_words_stand_and_each_role_comes_once() -> None:
    text = "I: And you?\n\nP1: I\u2019m a SENCO\nin a school. As a parent, I wait.\n\nP1: "
    text += "I'm a SENCO in a school."
    first = text.index("I\u2019m")
    turns = [(first, text.index("wait.") + 5), (text.rindex("I'm"), len(text))]
    found = find_self_descriptions(text, turns, GROUPS)
    assert found == [
        SelfDescription(first, text.index(". As"), "SENCO in a school", "school"),
        SelfDescription(text.index("As a"), text.index(", I wait"), "parent", "parent"),
    ]


def test_what_stands_outside_the_turns_is_not_heard() -> None:
    assert find_self_descriptions("I'm a SENCO. I'm a parent.", [(13, 26)], GROUPS)[0].role == "parent"
    assert find_self_descriptions("I'm a SENCO.", [], GROUPS) == []


def test_without_groups_nothing_is_found() -> None:
    assert find_self_descriptions("I'm a SENCO.", [(0, 12)], Stakeholders({})) == []
