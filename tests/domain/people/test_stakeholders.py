from __future__ import annotations

import pytest

from quotegrid.domain.people.stakeholders import Stakeholders, in_order

TABLE = Stakeholders(
    {
        "local authority": ("LA", "council", "head of finance"),
        "school": ("head", "headteacher"),
        "parent carer forum": ("PCF", "forum chair"),
        "parent": ("carer",),
    }
)


@pytest.mark.parametrize(
    ("role", "group"),
    [
        ("LA leader", "local authority"),
        ("LA Leaders", "local authority"),
        ("a council officer", "local authority"),
        ("Head of Finance", "local authority"),
        ("Head of Year 9", "school"),
        ("Parent", "parent"),
        ("parents and carers", "parent"),
        ("Parent carer forum chair", "parent carer forum"),
        ("PCF lead (parent)", "parent carer forum"),
        ("Lay person", None),
        ("", None),
    ],
)
def test_the_longest_pattern_whose_words_stand_together_gives_the_group(role: str, group: str | None) -> None:
    assert TABLE.group_of_role(role) == group


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("Parents", "parent"),
        ("LOCAL AUTHORITIES", "local authority"),
        ("la", "local authority"),
        ("parent leader", None),
    ],
)
def test_a_group_is_named_by_a_whole_pattern_only(name: str, group: str | None) -> None:
    assert TABLE.group_named(name) == group


def test_groups_keep_the_order_of_the_table() -> None:
    assert TABLE.names == ("local authority", "school", "parent carer forum", "parent")
    assert Stakeholders({}).names == ()


def test_of_two_patterns_as_long_the_one_that_begins_first_wins() -> None:
    assert TABLE.group_of_role("carer and headteacher") == "parent"
    assert TABLE.group_of_role("headteacher and carer") == "school"


def test_known_values_come_first_and_others_by_name() -> None:
    assert in_order(["b", "Zoe", "adam", "a", "b"], ["b", "c", "a"]) == ["b", "a", "adam", "Zoe"]
