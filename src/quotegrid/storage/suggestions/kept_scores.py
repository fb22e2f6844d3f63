"""A cache of the scores that suggesting computed, in a file beside the database, for learning to start from.

It holds numbers only and can be deleted at any time: the next suggesting creates it again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FOLDER = ".quotegrid"
"""The folder of the cache, in the study's folder."""
_FILE = "scores.npz"
_LETTERS = ("data", "indices", "indptr")


@dataclass(frozen=True)
class KeptScores:
    """The scores of all segments from the codebook alone, and the data that they were computed from."""

    key: Mapping[str, Any]
    """The model and codebook for which the scores are valid."""
    threshold: float
    per_segment: int
    segments: Sequence[int]
    """The segments' numbers, in the order of the rows."""
    prior: NDArray[np.float32]
    """One row a segment, one column a code."""
    vectors: NDArray[np.float32]
    lexical: Any
    """The segments' character n-grams, one sparse row each."""
    sentence: NDArray[np.int32]
    """The segment's sentence that is nearest to each code, counted from 0."""
    view: NDArray[np.int32]
    """The view that is nearest to that sentence, in the order of all views of the codebook."""


def keep_scores(root: Path, kept: KeptScores) -> None:
    """Write the cache; where the disk is full, delete it.

    Without it learning starts from the texts, which takes longer and loses nothing.
    """
    folder = root / FOLDER
    new = folder / f"new-{_FILE}"
    try:
        folder.mkdir(exist_ok=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
        _write(new, kept)
        new.replace(folder / _FILE)
    except OSError:
        with suppress(OSError):
            new.unlink(missing_ok=True)
            forget_scores(root)


def _write(path: Path, kept: KeptScores) -> None:
    import numpy as np

    about = {"key": dict(kept.key), "threshold": kept.threshold, "per_segment": kept.per_segment}
    np.savez(
        path,
        about=np.array(json.dumps(about)),
        segments=np.array(kept.segments, dtype=np.int64),
        prior=kept.prior,
        vectors=kept.vectors,
        sentence=kept.sentence,
        view=kept.view,
        shape=np.array(kept.lexical.shape),
        **{name: getattr(kept.lexical, name) for name in _LETTERS},
    )


def forget_scores(root: Path) -> None:
    """Delete the cache, whose texts are no longer in the study."""
    (root / FOLDER / _FILE).unlink(missing_ok=True)


def kept_scores(root: Path, key: Mapping[str, Any]) -> KeptScores | None:
    """Return the cached scores; None where there are none, or where model or codebook differ."""
    import zipfile

    import numpy as np
    from scipy.sparse import csr_matrix

    path = root / FOLDER / _FILE
    if not path.is_file():
        return None
    try:
        with np.load(path, allow_pickle=False) as stored:
            about = json.loads(str(stored["about"]))
            if about["key"] != dict(key):
                return None
            return KeptScores(
                key=about["key"],
                threshold=about["threshold"],
                per_segment=about["per_segment"],
                segments=stored["segments"].tolist(),
                prior=stored["prior"],
                vectors=stored["vectors"],
                lexical=csr_matrix(tuple(stored[name] for name in _LETTERS), shape=tuple(stored["shape"])),
                sentence=stored["sentence"],
                view=stored["view"],
            )
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return None
