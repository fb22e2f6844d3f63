from __future__ import annotations

from quotegrid.domain.text.spelling import nearest


def test_the_names_spelt_most_like_one_come_first_in_their_own_spelling() -> None:
    assert nearest("westhey", ["Eastlow", "Westhay", "West Hay"]) == ["Westhay", "West Hay"]
    assert nearest("westhey", ["Eastlow", "Westhay", "West Hay"], most=1) == ["Westhay"]
    assert nearest("Zzz", ["Eastlow", "Westhay"]) == []
    assert nearest("Westhay", []) == []
