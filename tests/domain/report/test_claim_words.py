from __future__ import annotations

import pytest

from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.report.claim_words import is_negated, stance_of


@pytest.mark.parametrize(
    ("words", "stance"),
    [
        ("disputed", Stance.DISPUTES),
        ("disagreed with", Stance.DISPUTES),
        ("disagreed about", None),
        ("did not agree with", Stance.DISPUTES),
        ("don\u2019t accept", Stance.DISPUTES),
        ("said that it was not a \x01", Stance.DISPUTES),
        ("argued against", Stance.DISPUTES),
        ("agreed with", Stance.SUPPORTS),
        ("endorsed", Stance.SUPPORTS),
        ("were divided over", Stance.MIXED),
        ("did not dispute", None),
        ("spoke of", None),
    ],
)
def test_words_say_a_stance(words: str, stance: Stance | None) -> None:
    assert stance_of(words) == stance


@pytest.mark.parametrize(
    ("words", "negated"),
    [("did not mention", True), ("didn't raise", True), ("never spoke of", True), ("spoke of", False)],
)
def test_words_say_that_somebody_did_not(words: str, negated: bool) -> None:
    assert is_negated(words) is negated
