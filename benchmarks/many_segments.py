"""Benchmark of the time and memory of scoring a large study.

Run with `python benchmarks/many_segments.py [SEGMENTS]`, 200,000 unless told: 50 codes with six views each,
two sentences a segment, invented vectors and real texts. Embedding is left out: vectors are kept as they are
made.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.encoding import segments
from quotegrid.suggestions.prior import Material, score
from quotegrid.suggestions.views import CodeView, ViewKind

CODES, VIEWS, SENTENCES, DIMENSIONS = 50, 6, 2, 384
_KINDS = (ViewKind.DEFINITION, ViewKind.NAME, ViewKind.TERM, ViewKind.USE_WHEN, ViewKind.EXAMPLE)


def main() -> None:
    """Print the time and the greatest memory."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    drawn = np.random.default_rng(0)
    texts = segments(count)
    views = [
        CodeView(code, _KINDS[number % len(_KINDS)], texts[code * VIEWS + number][:60])
        for code in range(CODES)
        for number in range(VIEWS)
    ]
    made = Material(
        segment_texts=texts,
        segments=drawn.normal(size=(count, DIMENSIONS)).astype(np.float32),
        sentences=drawn.normal(size=(count * SENTENCES, DIMENSIONS)).astype(np.float32),
        sentence_of=np.repeat(np.arange(count), SENTENCES),
        view_list=views,
        views=drawn.normal(size=(len(views), DIMENSIONS)).astype(np.float32),
        codes=CODES,
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    score(made)
    took = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{count:,} segments: {took:.0f} s; {before / 1e6:.1f} GB before, {after / 1e6:.1f} GB at most")


if __name__ == "__main__":
    main()
