"""Encodes texts with a sentence-transformers model, in batches of similar length on all processors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

_TOKENS = 512
"""The number of tokens in a batch, chosen so that its intermediate results fit in the processor's cache."""


def encode(
    model: Any, texts: Sequence[str], prompt: str, report: Callable[[int], None] | None
) -> NDArray[np.float32]:
    """Return the vectors of the texts, of unit length, one row per text.

    Args:
        model: A sentence-transformers model on the processor.
        texts: The texts, at least one.
        prompt: Prefix added to every text; empty for none.
        report: Called with the number of texts finished since the last call.
    """
    given = model.preprocess(list(texts), prompt=prompt or None)
    if "attention_mask" not in given:
        # Static embedding models, which only look words up, have no padding to save.
        found = model.encode(
            list(texts), prompt=prompt or None, normalize_embeddings=True, show_progress_bar=False
        )
        if report is not None:
            report(len(texts))
        return np.asarray(found, dtype=np.float32)
    lengths = given["attention_mask"].sum(dim=1).tolist()
    from_left = getattr(model.tokenizer, "padding_side", "right") == "left"
    workers = torch.get_num_threads()
    parts: list[tuple[list[int], NDArray[np.float32]]] = []
    with ThreadPoolExecutor(workers, initializer=torch.set_num_threads, initargs=(1,)) as pool:

        def encode_batch(batch: list[int]) -> tuple[list[int], Any]:
            with torch.inference_mode():
                found = model.forward(_cut(given, batch, lengths[batch[0]], from_left))["sentence_embedding"]
                return batch, torch.nn.functional.normalize(found.float(), dim=1).numpy()

        for part in pool.map(encode_batch, _batches(lengths)):
            parts.append(part)
            if report is not None:
                report(len(part[0]))
    rows = np.zeros((len(texts), parts[0][1].shape[1]), dtype=np.float32)
    for batch, vectors in parts:
        rows[batch] = vectors
    return rows


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the indices of the texts, longest first, in batches of a fixed number of padded tokens."""
    order = sorted(range(len(lengths)), key=lambda place: -lengths[place])
    batch: list[int] = []
    for place in order:
        if batch and lengths[batch[0]] * (len(batch) + 1) > _TOKENS:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def _cut(given: dict[str, Any], batch: list[int], length: int, from_left: bool) -> dict[str, Any]:
    """Return the rows of a batch, without padding that none of them needs."""
    whole = given["attention_mask"].shape
    kept = slice(-length, None) if from_left else slice(length)
    return {
        name: value[batch][:, kept] if isinstance(value, torch.Tensor) and value.shape == whole else value
        for name, value in given.items()
    }
