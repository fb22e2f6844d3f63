"""The effect of decisions on what is suggested."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotegrid.suggestions.learner import (
    HELD,
    DecidedSegments,
    Weights,
    arrange_decisions,
    features,
    predict_log_odds,
)
from quotegrid.suggestions.prior import Prior, Scores, score
from tests.suggestions.test_prior import material

TALK = [
    ["The roof leaks again."],
    ["That roof leaks too."],
    ["The roof leaks, still."],
    ["Dogs bark at night."],
    ["A dog barks at night."],
    ["Night after night a dog barks."],
]
MADE = material(TALK)
PRIOR = score(MADE)


def after(
    accepted: dict[int, list[int]],
    rejected: dict[int, list[int]] | None = None,
    answered: list[tuple[int, int, bool]] | None = None,
) -> Scores:
    known = arrange_decisions(accepted, rejected or {}, answered or [], 3)
    return predict_log_odds(PRIOR, MADE.segments, PRIOR.lexical, known)


def test_where_nothing_is_decided_the_prior_stands_as_it_is() -> None:
    weights = Weights()
    expected = weights.prior * PRIOR.total + weights.intercept - np.log(3)
    assert np.allclose(after({}), expected)


def test_the_more_codes_there_are_the_rarer_is_each() -> None:
    few, many = Weights().start(2), Weights().start(40)
    assert np.isclose(few[-1] - many[-1], np.log(40 / 2))
    assert np.array_equal(few[:-1], many[:-1])


def test_a_code_comes_nearer_to_what_is_like_its_segments_and_no_nearer_to_others() -> None:
    before, now = after({}), after({0: [0, 1], 1: [3, 4]})
    gain = now - before
    assert gain[2, 0] > gain[5, 0]
    assert gain[5, 1] > gain[2, 1]


def test_rejected_segments_push_away() -> None:
    accepted_only = after({1: [3]}, {}, [(3, 1, True)])
    rejected_too = after({1: [3]}, {0: [0, 1]}, [(3, 1, True), (0, 0, False), (1, 0, False)])
    assert rejected_too[2, 0] < accepted_only[2, 0]


def test_a_segments_own_decision_does_not_count_for_it() -> None:
    """A decided segment is described as it would be had it not been decided."""
    known = arrange_decisions({0: [0, 1], 1: [3, 4]}, {}, [], 3)
    without = arrange_decisions({0: [1], 1: [3, 4]}, {}, [], 3)
    with_it = features(PRIOR, MADE.segments, PRIOR.lexical, known)[0]
    # The ridge scores leave a mean behind that is smoothed by the number of segments: compare shapes.
    told = features(PRIOR, MADE.segments, PRIOR.lexical, without)[0]
    assert with_it[0, 1] < known.stands[0, 0]
    assert np.sign(with_it[0, 1]) == np.sign(told[0, 1])
    assert with_it[0, 4] == pytest.approx(told[0, 4])


def test_leave_one_out_is_what_a_regression_without_the_segment_says() -> None:
    generator = np.random.default_rng(3)
    vectors = generator.normal(size=(12, 5)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    stands = (generator.random((12, 3)) < 0.4).astype(float)
    rows = np.arange(12)
    known = DecidedSegments(rows, stands, np.zeros((12, 3), dtype=bool), np.ones((12, 3)))
    prior = Prior(np.zeros((12, 3)), vectors, np.zeros((12, 3), dtype=int), np.zeros((12, 3), dtype=int))
    found = features(prior, vectors, vectors, known)[:, :, 2]
    expected = stands.sum(axis=0) / 13
    for left in range(12):
        others = rows != left
        kernel = vectors[others] @ vectors[others].T + np.eye(11)
        dual = np.linalg.solve(kernel.astype(float), stands[others] - expected)
        assert np.allclose(found[left], vectors[left] @ vectors[others].T @ dual, atol=1e-5)


def test_codes_that_nobody_was_asked_about_count_less_unless_one_was_applied_by_hand() -> None:
    known = arrange_decisions({0: [2]}, {1: [2, 4]}, [(2, 0, True), (2, 1, False), (4, 1, False)], 3)
    assert known.rows.tolist() == [2, 4]
    assert known.counts[0].tolist() == [1, 1, known.counts[0, 2]]
    assert 0 < known.counts[0, 2] < 1
    by_hand = arrange_decisions({0: [2]}, {1: [2]}, [(2, 1, False)], 3)
    assert by_hand.counts[0].tolist() == [1, 1, 1]


def test_many_decisions_outweigh_a_prior_that_is_wrong() -> None:
    generator = np.random.default_rng(5)
    truth = generator.integers(0, 4, 300)
    vectors = generator.normal(size=(300, 16)) * 0.6
    vectors[np.arange(300), truth] += 2
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    total = np.eye(4)[(truth + 1) % 4] * 2.0
    nowhere = np.zeros((300, 4), dtype=int)
    prior = Prior(total, vectors, nowhere, nowhere)
    hits = []
    for many in (0, 4, 40, 200):
        accepted = {code: np.flatnonzero(truth[:many] == code).tolist() for code in range(4)}
        logits = predict_log_odds(prior, vectors, vectors, arrange_decisions(accepted, {}, [], 4))
        hits.append(float((logits[200:].argmax(axis=1) == truth[200:]).mean()))
    assert hits[0] == 0
    assert hits == sorted(hits)
    assert hits[-1] > 0.95


def test_chances_after_many_decisions_are_the_shares_that_are_right() -> None:
    generator = np.random.default_rng(8)
    total = generator.normal(size=(2000, 3))
    truth = generator.random((2000, 3)) < 1 / (1 + np.exp(-(1.4 * total - 1)))
    vectors = generator.normal(size=(2000, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    nowhere = np.zeros((2000, 3), dtype=int)
    prior = Prior(total, vectors, nowhere, nowhere)
    accepted = {code: np.flatnonzero(truth[:1000, code]).tolist() for code in range(3)}
    rejected = {code: np.flatnonzero(~truth[:1000, code]).tolist() for code in range(3)}
    chances = 1 / (
        1 + np.exp(-predict_log_odds(prior, vectors, vectors, arrange_decisions(accepted, rejected, [], 3)))
    )
    for low, high in ((0.1, 0.3), (0.4, 0.6), (0.7, 0.9)):
        inside = (chances[1000:] > low) & (chances[1000:] < high)
        assert inside.sum() > 100
        assert abs(chances[1000:][inside].mean() - truth[1000:][inside].mean()) < 0.08


decisions = st.dictionaries(
    st.integers(0, 2), st.lists(st.integers(0, 5), max_size=6, unique=True), max_size=3
)


@given(decisions, decisions)
def test_any_decisions_give_finite_scores_in_any_order(
    accepted: dict[int, list[int]], rejected: dict[int, list[int]]
) -> None:
    rejected = {
        code: [row for row in rows if row not in accepted.get(code, [])] for code, rows in rejected.items()
    }
    found = after(accepted, rejected)
    assert np.isfinite(found).all()
    turned = after({code: rows[::-1] for code, rows in accepted.items()}, rejected)
    assert np.allclose(found, turned)


def test_weights_are_held_each() -> None:
    assert len(HELD) == len(Weights().start(3))


def test_more_segments_than_can_be_held_are_drawn_from_and_still_take_seconds() -> None:
    generator = np.random.default_rng(2)
    vectors = generator.normal(size=(5000, 32)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    nowhere = np.zeros((5000, 5), dtype=int)
    prior = Prior(generator.normal(size=(5000, 5)), vectors, nowhere, nowhere)
    accepted = {code: list(range(code, 5000, 5)) for code in range(5)}
    known = arrange_decisions(accepted, {}, [], 5)
    assert 2000 < len(known.rows) < 5000
    began = time.process_time()
    assert np.isfinite(predict_log_odds(prior, vectors, vectors, known)).all()
    assert time.process_time() - began < 30
