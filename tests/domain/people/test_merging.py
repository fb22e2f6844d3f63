from __future__ import annotations

from quotegrid.domain.people.case_values import Origin, StatedValue
from quotegrid.domain.people.merging import merged_fields


def said(field: str, value: str, origin: Origin = Origin.HEADER, source: int | None = 1) -> StatedValue:
    return StatedValue(field, value, origin, "a.txt", source=source)


def in_words(goes: list[StatedValue], stays: list[StatedValue]) -> list[str]:
    return [field.in_words("Ann", "Anne") for field in merged_fields(goes, stays)]


def test_the_value_of_the_case_that_stays_stands_however_trusted_the_other_is() -> None:
    goes = [said("role", "buyer", Origin.HAND, None), said("group", "trade"), said("tier", "2", source=2)]
    stays = [said("role", "cook", Origin.ATTRIBUTION), said("group", "Trade"), said("tier", "1")]
    assert in_words(goes, stays) == [
        'role: "cook" of Anne stands, "buyer" of Ann does not count',
        'tier: each interview keeps its own, "2" of Ann and "1" of Anne',
    ]


def test_what_only_one_of_them_has_is_told_where_it_is_new() -> None:
    goes = [said("area", "Harbour"), said("on_track", "yes")]
    stays = [said("role", "cook"), said("on_track", "no")]
    assert in_words(goes, stays) == [
        'area: "Harbour" of Ann stands, as Anne has none',
        'on track: "no" of Anne stands, "yes" of Ann does not count',
    ]
    assert in_words([], stays) == in_words(stays, stays) == []


def test_what_differs_between_interviews_is_not_overruled_by_hand() -> None:
    goes = [said("wave", "9", Origin.HAND, None)]
    stays = [said("wave", "1"), said("wave", "2", source=2)]
    assert in_words(goes, stays) == ['wave: "1" and "2" of Anne stand, "9" of Ann does not count']
