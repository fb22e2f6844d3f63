from __future__ import annotations

import pytest

from quotegrid.domain.people.areas import Areas

AREAS = Areas({"Westhay": ("Westhay council", "West Hay"), "Stoke-on-Wold": (), "Eastlow": ("Eastlow MBC",)})


@pytest.mark.parametrize(
    ("written", "standard"),
    [
        ("Westhay", "Westhay"),
        ("WEST  HAY", "Westhay"),
        ("westhay Council", "Westhay"),
        ("stoke on wold", "Stoke-on-Wold"),
        ("West-Hay", "Westhay"),
    ],
)
def test_an_area_is_named_whichever_way_it_is_written(written: str, standard: str) -> None:
    assert AREAS.named(written) == standard
    assert AREAS.standard(written) == standard
    assert AREAS.unknown(written) is None


def test_an_unknown_area_stays_as_it_is_and_the_nearest_is_offered() -> None:
    assert AREAS.named("Westhey") is None
    assert AREAS.standard("Westhey") == "Westhey"
    assert AREAS.nearest("Westhey") == "Westhay"
    assert AREAS.nearest("Eastlow MCB") == "Eastlow"
    assert AREAS.unknown("Westhey") == 'the area "Westhey" is not one of [areas]; did you mean Westhay?'
    assert AREAS.unknown("Zzz") == (
        'the area "Zzz" is not one of [areas]; they are Westhay, Stoke-on-Wold, Eastlow.'
    )


def test_without_the_table_every_area_is_as_it_is_written() -> None:
    assert Areas().standard("west hay") == "west hay"
    assert Areas().unknown("anything") is None


def test_a_name_goes_before_another_areas_spelling() -> None:
    assert Areas({"Hay": ("West",), "West": ()}).named("west") == "West"
