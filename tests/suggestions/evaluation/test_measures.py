"""Measures of a ranking, against values worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from quotegrid.suggestions.evaluation.measures import (
    average_precisions,
    by_chance,
    calibration_error,
    calibration_interval,
    curve,
    hits,
    interval,
    nearest_view,
    neighbours_learner,
    our_learner,
    probe_learner,
    ranking_precisions,
    recalls_after,
    words_learner,
    works_saved,
)
from quotegrid.suggestions.prior import score
from quotegrid.suggestions.views import ViewKind
from tests.suggestions.test_prior import CODES, material

GOLD = np.array([[1, 0, 0, 0], [0, 0, 1, 1], [0, 0, 0, 0], [0, 1, 0, 0]], dtype=bool)
SCORES = np.array(
    [[0.9, 0.5, 0.1, 0.0], [0.9, 0.8, 0.7, 0.1], [0.1, 0.6, 0.2, 0.3], [0.9, 0.1, 0.8, 0.7]], dtype=float
)


def test_hits_count_coded_segments_only() -> None:
    assert hits(SCORES, GOLD, 1).tolist() == [True, False, False]
    assert hits(SCORES, GOLD, 3).tolist() == [True, True, False]


def test_ranking_precision_of_each_kind() -> None:
    # Segments: 1; (1/3 + 2/4) / 2; 1/4.
    assert ranking_precisions(SCORES, GOLD).mean() == pytest.approx((1 + 5 / 12 + 1 / 4) / 3)
    # Codes: the first is tied with two others at the top (1/3), the second comes last, the third second.
    assert average_precisions(SCORES, GOLD).mean() == pytest.approx((1 / 3 + 1 / 4 + 1 / 2 + 1 / 3) / 4)


def test_recall_and_work_saved_follow_the_reading_order() -> None:
    gold = np.zeros((20, 1), dtype=bool)
    gold[[0, 1, 5]] = True
    scores = -np.arange(20.0)[:, None]
    assert recalls_after(scores, gold, 0.1).tolist() == pytest.approx([2 / 3])
    assert recalls_after(scores, gold, 0.5).tolist() == [1]
    assert works_saved(scores, gold).tolist() == pytest.approx([1 - 6 / 20 - 0.05])


def test_chances_that_are_shares_have_no_error() -> None:
    gold = np.array([[True], [False], [False], [False]])
    assert calibration_error(np.full((4, 1), 0.25), gold) == 0
    assert calibration_error(np.full((4, 1), 0.75), gold) == pytest.approx(0.5)


def test_the_interval_of_the_calibration_error_shrinks_with_more_segments() -> None:
    few, many = (
        calibration_interval(np.full((size, 1), 0.5), np.arange(size)[:, None] % 4 == 0)
        for size in (20, 2000)
    )
    assert few.value == many.value == pytest.approx(0.25)
    assert many.low <= 0.25 <= many.high
    assert many.high - many.low < few.high - few.low


def test_an_interval_lies_around_its_share_and_shrinks_with_more_segments() -> None:
    few, many = interval(np.array([True, False] * 10)), interval(np.array([True, False] * 500))
    for found in (few, many):
        assert found.low < found.value == 0.5 < found.high
    assert many.high - many.low < few.high - few.low
    assert interval(np.zeros(0, dtype=bool)).value == 0


def test_learners_find_what_is_like_the_decided_segments() -> None:
    talk = [[f"The roof leaks in room {number}."] for number in range(12)]
    talk += [[f"A dog barks at number {number}."] for number in range(12)]
    made = material(talk)
    gold = np.zeros((24, 3), dtype=bool)
    gold[:12, 0] = gold[12:, 1] = True
    learners = {
        "ours": our_learner(score(made), made),
        "words": words_learner(made.segment_texts),
        "probe": probe_learner(made),
        "neighbours": neighbours_learner(made),
    }
    for name, learner in learners.items():
        (point,) = curve(learner, gold, [12], 3)
        assert (point.n, point.hit_at_1) == (12, 1.0), name


def test_a_curve_begins_where_nothing_is_decided() -> None:
    made = material([["It is a patch, a quick fix."], ["A waiting list, a long wait."], ["A vacancy again."]])
    gold = np.eye(3, dtype=bool)
    (point,) = curve(our_learner(score(made), made), gold, [0], 2)
    assert (point.hit_at_1, point.hit_at_3) == (1.0, 1.0)


def test_plain_rankings_have_a_row_a_segment_and_a_column_a_code() -> None:
    made = material([["It is a patch."], ["A waiting list."]])
    assert nearest_view(made, ViewKind.NAME).shape == (2, len(CODES))
    assert by_chance(GOLD).shape == GOLD.shape
    assert (by_chance(GOLD) == by_chance(GOLD)).all()
