"""The comparison of several embedding models on the same coded segments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from quotegrid.domain.study.progress import ProgressReport
from quotegrid.errors import UsageError
from quotegrid.workflows.suggestions.evaluate import ORDERS, Evaluation, evaluate

if TYPE_CHECKING:
    from quotegrid.suggestions.encoder import Encoder, Vectors


@dataclass(frozen=True)
class ModelComparison:
    """One model's evaluation and embedding time."""

    model: str
    """The model's name as given."""
    evaluation: Evaluation
    texts: int
    """The number of embedded texts."""
    seconds: float
    """The time for embedding, without loading the model."""


class _Timed:
    """An encoder that counts its texts and its time."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.texts = 0
        self.seconds = 0.0

    @property
    def fingerprint(self) -> str:
        """Return the encoder's own fingerprint."""
        return self._encoder.fingerprint

    def encode(self, texts: Sequence[str], report: Callable[[int], None] | None = None) -> Vectors:
        """Encode the texts and take the time."""
        began = perf_counter()
        vectors = self._encoder.encode(texts, report)
        self.seconds += perf_counter() - began
        self.texts += len(texts)
        return vectors


def compare_models(
    gold: Path,
    codebook: Path,
    encoders: Sequence[tuple[str, Encoder]],
    *,
    orders: int = ORDERS,
    report: ProgressReport | None = None,
) -> list[ModelComparison]:
    """Evaluate each model on the same segments.

    Args:
        gold: A CSV with the columns text and codes.
        codebook: A codebook, in YAML, or as CSV with the columns name and definition.
        encoders: The models, each with its name.
        orders: The number of random orders over which the learning curve is averaged.
        report: Called with the progress.

    Raises:
        DataError: If a file cannot be used.
        ConfigError: If a model cannot be loaded.
        UsageError: If there are fewer than two models.
    """
    if len({name for name, _ in encoders}) < 2:
        raise UsageError("there must be two models at least to compare.")
    found = []
    for name, encoder in encoders:
        encoder.encode(["Loaded before the time is taken."])
        timed = _Timed(encoder)
        evaluation = evaluate(gold, codebook, timed, orders=orders, report=report)
        found.append(ModelComparison(name, evaluation, timed.texts, round(timed.seconds, 2)))
    return found
