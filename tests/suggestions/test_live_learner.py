"""Learning decision by decision comes to the same as learning from all decisions at once."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from quotegrid.suggestions.learner import DecidedSegments, predict_log_odds
from quotegrid.suggestions.live_learner import LiveLearner
from quotegrid.suggestions.prior import Prior, centre_vectors
from tests.profiles import examples

SEGMENTS, CODES = 30, 4
_DRAWN = np.random.default_rng(7)
VECTORS = _DRAWN.normal(size=(SEGMENTS, 12)).astype(np.float32)
PRIOR = _DRAWN.normal(size=(SEGMENTS, CODES))
LETTERS = np.maximum(_DRAWN.normal(size=(SEGMENTS, 60)), 0)
LEXICAL = csr_matrix(LETTERS / np.linalg.norm(LETTERS, axis=1, keepdims=True))
NOWHERE = np.zeros((SEGMENTS, CODES), dtype=np.intp)

Step = tuple[int, tuple[int, ...] | None]
STEPS = st.lists(
    st.tuples(
        st.integers(0, SEGMENTS - 1),
        st.none() | st.tuples(*[st.sampled_from([0, 1, 2]) for _ in range(CODES)]),
    ),
    max_size=25,
)
"""A segment, and for each code whether nobody decided (0), it stands (1) or was rejected (2)."""


def nothing_made() -> DecidedSegments:
    none = np.zeros((0, CODES))
    return DecidedSegments(np.array([], dtype=np.intp), none, none.astype(np.bool_), none)


def all_at_once(known: dict[int, tuple[int, ...]]) -> DecidedSegments:
    rows = sorted(known)
    if not rows:
        return nothing_made()
    values = np.array([known[row] for row in rows])
    return DecidedSegments(
        np.array(rows, dtype=np.intp),
        (values == 1).astype(np.float64),
        values == 2,
        np.where(values > 0, 1.0, 0.3),
    )


def live(made: DecidedSegments) -> LiveLearner:
    return LiveLearner(PRIOR, centre_vectors(VECTORS, VECTORS, 1.0), LEXICAL, made)


@examples(60, quick=20)
@given(STEPS, st.integers(0, 8))
def test_step_by_step_is_the_same_as_all_at_once(steps: list[Step], at_first: int) -> None:
    known: dict[int, tuple[int, ...]] = {}
    for row, of_codes in steps[:at_first]:
        if of_codes is not None:
            known[row] = of_codes
    learner = live(all_at_once(known))
    for row, of_codes in steps[at_first:]:
        learner.take(row, all_at_once({} if of_codes is None else {0: of_codes}))
        if of_codes is None:
            known.pop(row, None)
        else:
            known[row] = of_codes
    learner.refit()
    prior = Prior(PRIOR, LEXICAL, NOWHERE, NOWHERE)
    expected = predict_log_odds(prior, VECTORS, LEXICAL, all_at_once(known))
    assert sorted(learner.decided) == sorted(known)
    assert np.allclose(learner.logits(range(SEGMENTS)), expected, atol=1e-4)
