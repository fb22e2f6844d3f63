from __future__ import annotations

import pytest

from quotegrid.domain.report.claim_subjects import (
    EVERYBODY,
    Subject,
    find_areas,
    find_mentions,
    holds_role,
    plural,
    vocabulary,
)

KNOWN = vocabulary(
    {"local authority": ("LA", "council", "head of finance"), "school": ("headteacher", "academy")},
    {"school": ["school leaders"]},
    [("Headteacher, secondary", "school"), ("Head of finance", "local authority")],
    {"Port Wenlow": ("Wenlow",), "Northmoor": ()},
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("headteacher", "headteachers"),
        ("head of finance", "heads of finance"),
        ("academy", "academies"),
        ("coach", "coaches"),
        ("boy", "boys"),
        ("parents", "parents"),
    ],
)
def test_names_have_a_plural(name: str, expected: str) -> None:
    assert plural(name) == expected


@pytest.mark.parametrize(
    ("text", "who", "words"),
    [
        ("the school leaders", Subject("school"), "school leaders"),
        ("a school leader", Subject("school"), "school leader"),
        ("Schools said", Subject("school"), "Schools"),
        ("academies", Subject("school"), "academies"),
        ("headteachers", Subject("school", "headteacher"), "headteachers"),
        ("heads of finance", Subject("local authority", "Head of finance"), "heads of finance"),
        ("LAs", Subject("local authority"), "LAs"),
        ("local authority officers", Subject("local authority"), "local authority officers"),
        ("school headteachers", Subject("school", "headteacher"), "school headteachers"),
        ("the people", EVERYBODY, "people"),
    ],
)
def test_groups_and_roles_are_found_by_any_of_their_names(text: str, who: Subject, words: str) -> None:
    (mention,) = find_mentions(text, KNOWN)
    assert mention.who == who
    assert text[mention.start : mention.end] == words


@pytest.mark.parametrize("text", ["a la carte", "preschool", "schooling", "governors"])
def test_other_words_are_nobody(text: str) -> None:
    assert find_mentions(text, KNOWN) == []


def test_areas_are_found_by_any_spelling() -> None:
    assert [area.area for area in find_areas("in Wenlow and NORTHMOOR", KNOWN)] == [
        "Port Wenlow",
        "Northmoor",
    ]
    assert find_areas("in Wenlow", vocabulary({}, {}, [], {})) == []


def test_a_role_holds_words_that_stand_together() -> None:
    assert holds_role("headteachers", "Headteacher, secondary")
    assert not holds_role("head teacher", "Head of the teacher training")
