from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.suggestions.calibration import Calibration, fit_calibration


def test_no_decisions_change_nothing() -> None:
    assert fit_calibration([], []) == Calibration()


def test_one_decision_moves_the_chance_little_and_in_its_direction() -> None:
    before = Calibration()
    logit = np.array(-1.0)
    for accepted in (True, False):
        after = fit_calibration([-1.0], [accepted])
        moved = float(after.chances(logit) - before.chances(logit))
        assert (moved > 0) is accepted
        assert abs(moved) < 0.05


def test_many_decisions_bring_the_chances_to_the_share_accepted() -> None:
    generator = np.random.default_rng(1)
    logits = generator.normal(-1, 1, 3000)
    truth = 1 / (1 + np.exp(-(0.6 * logits - 1.2)))
    accepted = generator.random(3000) < truth
    after = fit_calibration(logits.tolist(), accepted.tolist())
    assert float(np.abs(after.chances(logits) - truth).mean()) < 0.02


@given(
    st.lists(st.tuples(st.floats(-12, 12), st.booleans()), min_size=1, max_size=40),
    st.lists(st.floats(-12, 12), min_size=2, max_size=10),
)
def test_correcting_keeps_the_order_and_stays_finite(
    decided: list[tuple[float, bool]], logits: list[float]
) -> None:
    after = fit_calibration([logit for logit, _ in decided], [accepted for _, accepted in decided])
    chances = after.chances(np.array(sorted(logits)))
    assert np.isfinite(chances).all()
    assert (np.diff(chances) >= 0).all()
