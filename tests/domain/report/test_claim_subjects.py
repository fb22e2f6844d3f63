from __future__ import annotations

import pytest

from quotegrid.domain.report.claim_subjects import (
    EVERYBODY,
    Who,
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
        ("the school leaders", Who("school"), "school leaders"),
        ("a school leader", Who("school"), "school leader"),
        ("Schools said", Who("school"), "Schools"),
        ("academies", Who("school"), "academies"),
        ("headteachers", Who("school", "headteacher"), "headteachers"),
        ("heads of finance", Who("local authority", "Head of finance"), "heads of finance"),
        ("LAs", Who("local authority"), "LAs"),
        ("local authority officers", Who("local authority"), "local authority officers"),
        ("school headteachers", Who("school", "headteacher"), "school headteachers"),
        ("the people", EVERYBODY, "people"),
    ],
)
def test_groups_and_roles_are_found_by_any_of_their_names(text: str, who: Who, words: str) -> None:
    (mention,) = find_mentions(text, KNOWN)
    assert mention.who == who
    assert text[mention.start : mention.end] == words


@pytest.mark.parametrize("text", ["a la carte", "preschool", "schooling", "governors"])
def test_other_words_are_nobody(text: str) -> None:
    assert find_mentions(text, KNOWN) == []


def test_areas_are_found_by_any_spelling() -> None:
    assert [one.area for one in find_areas("in Wenlow and NORTHMOOR", KNOWN)] == ["Port Wenlow", "Northmoor"]
    assert find_areas("in Wenlow", vocabulary({}, {}, [], {})) == []


def test_a_role_holds_words_that_stand_together() -> None:
    assert holds_role("headteachers", "Headteacher, secondary")
    assert not holds_role("head teacher", "Head of the teacher training")
