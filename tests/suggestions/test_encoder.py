from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from benchmarks.coded_data import demonstration, material
from benchmarks.suggestions import hits

from quotegrid.errors import ConfigError
from quotegrid.settings_values import PACKAGED_MODEL
from quotegrid.suggestions.encoder import HASHING_MODEL, Encoder, HashingEncoder, SentenceEncoder, encoder_for
from quotegrid.suggestions.prior import score


@pytest.fixture(scope="module")
def packaged() -> Encoder:
    return encoder_for(PACKAGED_MODEL, Path(), precision="full")


def test_hashed_words_are_near_when_they_are_shared() -> None:
    vectors = HashingEncoder().encode(["The roof leaks.", "Leaks in the roof!", "Dogs bark", ""])
    assert np.allclose(np.linalg.norm(vectors[:3], axis=1), 1)
    assert vectors[0] @ vectors[1] > 0.5 > vectors[0] @ vectors[2]
    assert not vectors[3].any()


def test_every_text_is_reported_once() -> None:
    steps: list[int] = []
    HashingEncoder().encode(["a", "b", "c"], steps.append)
    assert sum(steps) == 3


def test_a_folder_without_safetensors_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "pytorch_model.bin").write_bytes(b"pickle")
    with pytest.raises(ConfigError, match=r"has no \.safetensors file"):
        encoder_for("mine", tmp_path)


def test_another_folders_weights_have_another_fingerprint(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "model.safetensors").write_bytes(name.encode())
    prints = {
        encoder_for(name, tmp_path).fingerprint for name in ("one", "two", PACKAGED_MODEL, HASHING_MODEL)
    }
    assert len(prints) == 4


def test_weights_other_than_the_known_ones_are_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"other")
    with pytest.raises(ConfigError, match="not the ones quotegrid was built with"):
        SentenceEncoder(str(tmp_path), "x", "0" * 64).encode(["So."])


@pytest.mark.model
def test_a_model_that_is_not_there_is_named_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(ConfigError, match="cannot be loaded"):
        SentenceEncoder(str(tmp_path), "x").encode(["So."])


@pytest.mark.model
def test_the_packaged_model_sees_meaning_and_keeps_the_order(packaged: Encoder) -> None:
    texts = [
        "Money is tight.",
        "A very long sentence about dogs that bark all night long.",
        "Funds are short.",
    ]
    vectors = packaged.encode(texts)
    assert vectors.shape == (3, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[2] > vectors[0] @ vectors[1] + 0.2
    assert np.allclose(packaged.encode(texts[:1])[0], vectors[0], atol=1e-5)


@pytest.mark.model
def test_the_right_code_is_found_as_often_as_the_documentation_says(packaged: Encoder) -> None:
    data = demonstration()
    first, third = hits(score(material(data, packaged)).total, data)
    assert (round(first, 2), round(third, 2)) >= (0.42, 0.64)


@pytest.mark.parametrize(("flags", "is_fast"), [("fpu avx512_vnni sse", True), ("fpu avx2 sse", False)])
def test_auto_is_fast_where_the_processor_is_made_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flags: str, is_fast: bool
) -> None:
    (tmp_path / "cpuinfo").write_text(f"processor : 0\nflags : {flags}\n", encoding="utf-8")
    monkeypatch.setattr("quotegrid.suggestions.encoder._PROCESSOR", tmp_path / "cpuinfo")
    of_precision = {
        precision: encoder_for(PACKAGED_MODEL, Path(), precision=precision).fingerprint
        for precision in ("auto", "full", "fast")
    }
    assert of_precision["full"] != of_precision["fast"]
    assert of_precision["auto"] == of_precision["fast" if is_fast else "full"]


def test_auto_is_full_where_nobody_tells_what_the_processor_can_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quotegrid.suggestions.encoder._PROCESSOR", tmp_path / "nothing")
    auto, full = (encoder_for(PACKAGED_MODEL, Path(), precision=precision) for precision in ("auto", "full"))
    assert auto.fingerprint == full.fingerprint
