from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.domain.people.case_values import (
    Origin,
    StatedValue,
    add_area_values,
    agree,
    find_conflicts,
    resolve_values,
)

BY_TRUST = [
    Origin.HAND,
    Origin.FLAG,
    Origin.COLUMN,
    Origin.TABLE,
    Origin.HEADER,
    Origin.ATTRIBUTION,
    Origin.DERIVED,
    Origin.BODY,
]
SAID = st.lists(
    st.builds(
        StatedValue,
        st.sampled_from(["group", "role", "wave"]),
        st.sampled_from(["1", "2", "3"]),
        st.sampled_from(list(Origin)),
        st.sampled_from(["a", "1"]),
    )
)


def test_the_order_of_trust_is_that_of_the_import_page() -> None:
    assert sorted(Origin, key=lambda origin: origin.rank) == BY_TRUST


def test_the_most_trusted_value_stands_and_of_equals_the_first() -> None:
    said = [
        StatedValue("role", "Parent", Origin.HEADER, "a.txt", 3),
        StatedValue("role", "Head", Origin.TABLE, "t.csv", 2),
        StatedValue("role", "Nurse", Origin.TABLE, "t.csv", 4),
        StatedValue("wave", "2", Origin.DERIVED, "t.csv", 1),
    ]
    assert resolve_values(said) == {"role": said[1], "wave": said[3]}
    (conflict,) = find_conflicts(said)
    assert (conflict.field, conflict.stands, conflict.others) == ("role", said[1], (said[2], said[0]))
    assert str(conflict) == (
        'the role is "Head" (attributes table, t.csv, line 2), but "Nurse" (attributes table, t.csv, line 4) '
        'and "Parent" (header, a.txt, line 3); "Head" stands.'
    )


def test_what_is_said_in_the_body_never_stands_and_contradicts_nothing() -> None:
    body = StatedValue("role", "SENCO", Origin.BODY, "a.txt")
    assert resolve_values([body]) == {}
    assert find_conflicts([StatedValue("role", "Parent", Origin.HEADER), body]) == []


def test_a_group_that_follows_from_a_role_counts_only_while_the_role_stands() -> None:
    role = StatedValue("role", "Teachers", Origin.HEADER)
    group = StatedValue("group", "school", Origin.DERIVED, "teacher")
    assert resolve_values([role, group])["group"] is group
    other = StatedValue("role", "Nurse", Origin.HAND)
    assert resolve_values([role, group, other]) == {"role": other}
    assert [conflict.field for conflict in find_conflicts([role, group, other])] == ["role"]
    assert resolve_values([group]) == {}


@pytest.mark.parametrize(
    ("field", "value", "other", "same"),
    [
        ("role", "Head teachers", "head-teacher", True),
        ("role", "Headteacher", "Head teacher", False),
        ("area", "WESTHAY ", "Westhay", True),
        ("wave", "1", "2", False),
        ("wave", "on track", "on-track", False),
        ("role", "?", "!", False),
    ],
)
def test_two_values_agree_case_aside(field: str, value: str, other: str, same: bool) -> None:
    assert agree(field, value, other) is same
    assert agree(field, other, value) is same


def test_the_attributes_of_an_area_follow_the_area_that_stands() -> None:
    of_areas = {
        "westhay": [StatedValue("region", "west", Origin.DERIVED, "t.csv", 2)],
        "eastlow": [StatedValue("region", "east", Origin.DERIVED, "t.csv", 3)],
    }
    said = [StatedValue("area", "Westhay", Origin.HEADER), StatedValue("area", "EASTLOW", Origin.HAND)]
    assert resolve_values(add_area_values(said, of_areas))["region"].value == "east"
    assert add_area_values(said[:0], of_areas) == []
    own = [*said, StatedValue("region", "north", Origin.HEADER)]
    assert resolve_values(add_area_values(own, of_areas))["region"].value == "north"


@given(SAID)
def test_whatever_is_said_nothing_less_trusted_stands_and_no_value_is_lost(said: list[StatedValue]) -> None:
    stands = resolve_values(said)
    for field, value in stands.items():
        rivals = [other for other in said if other.field == field and other.origin is not Origin.BODY]
        if field != "group":
            assert value.origin.rank == min(other.origin.rank for other in rivals)
    for conflict in find_conflicts(said):
        assert conflict.stands == stands[conflict.field]
        values = {conflict.stands.value, *(other.value for other in conflict.others)}
        assert len(values) == 1 + len(conflict.others)
        if conflict.field != "group":
            assert values == {
                value.value
                for value in said
                if value.field == conflict.field and value.origin is not Origin.BODY
            }


@given(SAID)
def test_standing_values_do_not_depend_on_the_order_of_values_trusted_differently(
    said: list[StatedValue],
) -> None:
    assert resolve_values(sorted(said, key=lambda value: value.origin.rank)) == resolve_values(said)
