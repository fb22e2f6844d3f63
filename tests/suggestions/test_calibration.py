from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.suggestions.calibration import Calibration, corrected
from quotegrid.suggestions.scoring import Prior


def prior(total: list[list[float]]) -> Prior:
    scores = np.array(total)
    nowhere = np.zeros(scores.shape, dtype=np.intp)
    return Prior(scores, nowhere, nowhere)


def test_a_higher_score_and_a_stronger_pull_give_a_higher_chance() -> None:
    calibration = Calibration()
    logits = calibration.logits(prior([[0.0, 1.0, 1.0]]), np.array([[0.0, 0.0, 0.5]]))
    chances = calibration.chances(logits)[0]
    assert 0 < chances[0] < chances[1] < chances[2] < 1


def test_the_more_codes_there_are_the_rarer_is_each() -> None:
    few = Calibration().logits(prior([[1.0, -1.0]]), np.zeros((1, 2)))
    many = Calibration().logits(prior([[1.0, -1.0, *[0.0] * 38]]), np.zeros((1, 40)))
    assert np.isclose(few[0, 0] - many[0, 0], np.log(40 / 2))


def test_no_decisions_change_nothing() -> None:
    assert corrected(Calibration(), [], []) == Calibration()


def test_one_decision_moves_the_chance_little_and_in_its_direction() -> None:
    before = Calibration()
    logit = np.array(-1.0)
    for accepted in (True, False):
        after = corrected(before, [-1.0], [accepted])
        moved = float(after.chances(logit) - before.chances(logit))
        assert (moved > 0) is accepted
        assert abs(moved) < 0.05


def test_many_decisions_bring_the_chances_to_the_share_accepted() -> None:
    generator = np.random.default_rng(1)
    logits = generator.normal(-1, 1, 3000)
    truth = 1 / (1 + np.exp(-(0.6 * logits - 1.2)))
    accepted = generator.random(3000) < truth
    after = corrected(Calibration(), logits.tolist(), accepted.tolist())
    assert float(np.abs(after.chances(logits) - truth).mean()) < 0.02


@given(
    st.lists(st.tuples(st.floats(-12, 12), st.booleans()), min_size=1, max_size=40),
    st.lists(st.floats(-12, 12), min_size=2, max_size=10),
)
def test_correcting_keeps_the_order_and_stays_finite(
    decided: list[tuple[float, bool]], logits: list[float]
) -> None:
    after = corrected(Calibration(), [one for one, _ in decided], [one for _, one in decided])
    chances = after.chances(np.array(sorted(logits)))
    assert np.isfinite(chances).all()
    assert (np.diff(chances) >= 0).all()
