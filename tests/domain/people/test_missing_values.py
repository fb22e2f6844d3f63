from __future__ import annotations

import pytest

from quotegrid.domain.people.missing_values import MissingValues


@pytest.mark.parametrize("value", ["", " ", "NA", "n/a", "N/A", "-", "\u2014", "#N/A", ".", "Not  known"])
def test_words_for_what_is_not_known_are_no_values(value: str) -> None:
    assert MissingValues().known(value) is None


@pytest.mark.parametrize("value", ["0", "none", "Nadia", "no", "-1"])
def test_other_words_are_values(value: str) -> None:
    assert MissingValues().known(value) == value


def test_a_study_has_words_of_its_own() -> None:
    own = MissingValues(("99",))
    assert own.without({"wave": "99", "site": "NA", "ward": ""}) == {"site": "NA"}
    assert own.cells({"wave": "99", "answer": "99"}, {"wave"}) == {"wave": "", "answer": "99"}
