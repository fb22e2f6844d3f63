from __future__ import annotations

import pytest

from quotegrid.errors import UnknownNameError
from quotegrid.workflows.study.names import closest, resolve

AREAS = ["Westhay", "Eastlow", "Port Wenlow"]


@pytest.mark.parametrize("typed", ["Westhay", "WESTHAY", "  westhay "])
def test_a_name_is_found_without_case_and_as_the_study_spells_it(typed: str) -> None:
    assert resolve(typed, AREAS, "area", "areas") == "Westhay"


def test_a_name_with_a_slip_offers_the_nearest() -> None:
    with pytest.raises(UnknownNameError) as caught:
        resolve("Westhey", AREAS, "area", "areas")
    assert str(caught.value) == 'there is no area "Westhey" here. Did you mean Westhay?'


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], "There are no areas yet."),
        (AREAS, "The areas are Westhay, Eastlow, Port Wenlow."),
        (
            [f"A{n}" for n in range(14)],
            "The areas are A0, A1, A2, A3, A4, A5, A6, A7, A8, A9, A10, A11 and 2 more.",
        ),
    ],
)
def test_a_name_like_no_other_lists_what_there_is(names: list[str], said: str) -> None:
    assert closest("zzzzzzzz", names, "areas") == said
