"""Benchmark of live learning: the time to learn from a decision, and to score what comes next.

Run with `python benchmarks/live_learning.py`. Invented numbers of real size: 100 codes, 5,000 decisions, two
on each of 2,500 segments, of 20,000 in all.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from scipy.sparse import random_array

sys.path.insert(0, str(Path(__file__).parent.parent))

from quotegrid.suggestions.learner import DecidedSegments
from quotegrid.suggestions.live_learner import LiveLearner

SEGMENTS, CODES, KNOWN, MORE = 20_000, 100, 2500, 40
DIMENSIONS, LETTERS, DENSITY = 384, 60_000, 0.004
"""The sizes of the vectors; about 240 n-grams a segment, as in the demonstration."""
AHEAD = 48


def main() -> None:
    """Print the times."""
    drawn = np.random.default_rng(0)
    vectors = drawn.normal(size=(SEGMENTS, DIMENSIONS)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    lexical = random_array((SEGMENTS, LETTERS), density=DENSITY, format="csr", rng=drawn) * (1 / 9)
    lexical = lexical.tocsr()
    prior = drawn.normal(size=(SEGMENTS, CODES))
    stands, refused = np.zeros((KNOWN, CODES)), np.zeros((KNOWN, CODES), dtype=np.bool_)
    for row in range(KNOWN):
        first, second = drawn.choice(CODES, 2, replace=False)
        stands[row, first], refused[row, second] = 1, True
    counts = np.where((stands > 0) | refused, 1.0, 0.3)
    began = time.perf_counter()
    learner = LiveLearner(prior, vectors, lexical, DecidedSegments(np.arange(KNOWN), stands, refused, counts))
    print(f"from the beginning, {2 * KNOWN} decisions   {(time.perf_counter() - began) * 1000:8.0f} ms")
    times: dict[str, list[float]] = {"take in": [], "refit": [], f"score {AHEAD} segments": []}
    for row in range(KNOWN, KNOWN + MORE):
        first, second = np.eye(CODES)[[row % CODES]], np.eye(CODES)[[(row + 7) % CODES]] > 0
        decision = DecidedSegments(np.zeros(1, dtype=np.intp), first, second, np.full((1, CODES), 0.3))
        steps: list[Callable[[], object]] = [
            partial(learner.take, row, decision),
            learner.refit,
            partial(learner.logits, range(row + 1, row + 1 + AHEAD)),
        ]
        for name, step in zip(times, steps, strict=True):
            began = time.perf_counter()
            step()
            times[name].append((time.perf_counter() - began) * 1000)
    for name, found in times.items():
        low, high = np.percentile(found, (50, 95))
        print(f"{name:<36}{low:8.1f} ms   95 % {high:8.1f} ms")
    both = np.array(times["take in"]) + np.array(times["refit"])
    print(f"{'take in and refit':<36}{np.median(both):8.1f} ms   95 % {np.percentile(both, 95):8.1f} ms")


if __name__ == "__main__":
    main()
