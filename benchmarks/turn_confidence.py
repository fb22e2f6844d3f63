"""Fit and check the weights of `quotegrid.corpus.transcripts.confidence`.

Run with `python benchmarks/turn_confidence.py FOLDER [FOLDER ...]`. A folder holds transcripts, and beside
each a list of its turns as a reader told them, `NAME.expected.json`:

    {"file": "NAME.txt", "turns": [{"speaker": "Jo", "text": "Why?"}, ...]}

A speaker who has no name in the file is null. A turn is right if a turn of the list has the same words,
whatever their case and punctuation, and the same speaker; the labels found stand for the speakers with whom
they share most turns. It prints the weights, fitted on all files, for the table in the module; then, for
every range of confidence, how many turns were right where their file had been left out of the fitting.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from statistics import fmean
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from quotegrid.corpus.sources.read_source import ReadingOptions, read_source
from quotegrid.corpus.transcripts.confidence import SURE, confidences, features_of
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import SourceKind
from quotegrid.errors import DataError

RANGES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
"""The least confidence of each range: tenths, and the highest one in three."""
_SUFFIX = ".expected.json"
_MOST_FOLDS = 10


@dataclass(frozen=True)
class ReadTurn:
    """A turn that was found in a transcript."""

    file: str
    features: dict[str, float]
    is_right: bool


@dataclass(frozen=True)
class Expected:
    """A turn as a reader told it."""

    speaker: str | None
    words: tuple[str, ...]


def read_folder(folder: Path) -> list[ReadTurn]:
    """Return the turns of all transcripts of a folder that are read as transcripts with turns."""
    found: list[ReadTurn] = []
    for listed in sorted(folder.glob(f"*{_SUFFIX}")):
        told = json.loads(listed.read_text(encoding="utf-8"))
        expected = [Expected(turn["speaker"], words_of(turn["text"])) for turn in told["turns"]]
        found += turns_of_file(folder / told["file"], expected)
    return found


def turns_of_file(path: Path, expected: Sequence[Expected]) -> list[ReadTurn]:
    """Return the turns that are found in a transcript; none if it is not read as one with speakers."""
    try:
        read = read_source(path, path.name, ReadingOptions(), Stakeholders({}))
    except DataError as error:
        print(f"{path.name}: {error}", file=sys.stderr)
        return []
    text, turns = read.source.text, read.source.turns
    if read.source.kind is not SourceKind.TRANSCRIPT or not any(turn.label for turn in turns):
        return []
    candidates = [] if read.convention is None else [label.start for label in read.convention.passed_over]
    estimated = fmean(confidences(text, turns, candidates))
    if read.confidence is None or not math.isclose(estimated, read.confidence):
        # The file's format marks its turns, as captions do, and nothing is estimated.
        return []
    said = [(turn.label, words_of(text[turn.start : turn.end])) for turn in turns]
    return [
        ReadTurn(str(path), features, is_right)
        for features, is_right in zip(
            features_of(text, turns, candidates), are_right(said, expected), strict=True
        )
    ]


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text without case and punctuation."""
    return tuple(re.findall(r"\w+", text.casefold()))


def are_right(said: Sequence[tuple[str | None, tuple[str, ...]]], expected: Sequence[Expected]) -> list[bool]:
    """Return of each turn found whether its words and its speaker are as expected.

    Turns that follow each other and have one speaker may be listed as one or apart.

    Args:
        said: The label and the words of each turn found.
        expected: The turns as a reader told them.
    """
    speakers: dict[tuple[str, ...], list[str | None]] = defaultdict(list)
    for turn in (*expected, *_joined(expected)):
        speakers[turn.words].append(turn.speaker)
    shared = Counter((label, speaker) for label, words in said for speaker in set(speakers.get(words, ())))
    stands_for: dict[str | None, str | None] = {}
    for (label, speaker), _ in shared.most_common():
        stands_for.setdefault(label, speaker)
    return [
        words in speakers and (None in speakers[words] or stands_for[label] in speakers[words])
        for label, words in said
    ]


def _joined(expected: Iterable[Expected]) -> list[Expected]:
    return [
        Expected(speaker, tuple(word for turn in turns for word in turn.words))
        for speaker, turns in groupby(expected, key=lambda turn: turn.speaker)
    ]


@dataclass(frozen=True)
class Fitted:
    """The weights fitted on all turns, and each turn's confidence by weights fitted without its file."""

    weights: dict[str, float]
    bias: float
    without_file: list[float]
    """Empty if there is one file alone, or if only one file has turns that are wrong, or right."""


def fit(turns: Sequence[ReadTurn]) -> Fitted | None:
    """Fit the weights, a file with many turns counting for less a turn; None if all are right or all wrong.

    Args:
        turns: The turns of all files.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold

    names = list(turns[0].features)
    table = [[turn.features[name] for name in names] for turn in turns]
    right = [turn.is_right for turn in turns]
    files = [turn.file for turn in turns]
    if len(set(right)) < 2:
        return None
    many = Counter(files)
    scale = len(turns) / sum(math.sqrt(count) for count in many.values())
    weights = [scale / math.sqrt(many[file]) for file in files]

    def fitted(rows: Iterable[int]) -> Any:
        chosen = list(rows)
        return LogisticRegression(max_iter=1000).fit(
            [table[row] for row in chosen],
            [right[row] for row in chosen],
            sample_weight=[weights[row] for row in chosen],
        )

    without_file = [0.0] * len(turns)
    folds = list(GroupKFold(min(len(many), _MOST_FOLDS)).split(table, right, files)) if len(many) > 1 else []
    if any(len({right[row] for row in rest}) < 2 for rest, _ in folds):
        folds = []
    for rest, left_out in folds:
        model = fitted(rest)
        for row in left_out:
            without_file[row] = float(model.predict_proba([table[row]])[0][1])
    model = fitted(range(len(turns)))
    found = dict(zip(names, map(float, model.coef_[0]), strict=True))
    return Fitted(found, float(model.intercept_[0]), without_file if folds else [])


def shares(turns: Sequence[ReadTurn], estimates: Sequence[float]) -> list[tuple[float, int, int]]:
    """Return the least confidence of each range that has turns, how many it has, and how many are right."""
    found = []
    for least, most in zip(RANGES, (*RANGES[1:], math.inf), strict=True):
        right = [
            turn.is_right
            for turn, confidence in zip(turns, estimates, strict=True)
            if least <= confidence < most
        ]
        if right:
            found.append((least, len(right), sum(right)))
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how many turns of each file are right, the weights, and how well they hold."""
    parser = argparse.ArgumentParser(description="Fit and check the confidence of turns.")
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    told = parser.parse_args(arguments)
    turns = [turn for folder in told.folders for turn in read_folder(folder)]
    if not turns:
        print(f"there are no transcripts with a {_SUFFIX} beside them.", file=sys.stderr)
        return 1
    for file, of_file in groupby(turns, key=lambda turn: turn.file):
        right = [turn.is_right for turn in of_file]
        print(f"{sum(right):5} of {len(right):5} right  {Path(file).name}")
    files = len({turn.file for turn in turns})
    share = sum(turn.is_right for turn in turns) / len(turns)
    print(f"{len(turns):,} turns of {files} files, {share:.1%} right")
    fitted = fit(turns)
    if fitted is None:
        print("all of them are right or all are wrong: there is nothing to fit.")
        return 0
    print("\n_WEIGHTS: Mapping[str, float] = {")
    for name, weight in fitted.weights.items():
        print(f'    "{name}": {weight:.2f},')
    print(f"}}\n_BIAS = {fitted.bias:.2f}")
    if not fitted.without_file:
        print("\nthere are too few files to leave any out: nothing can be said of how well they hold.")
        return 0
    print("\nconfidence   turns   right   (each file left out of the fitting)")
    for least, count, right_ones in shares(turns, fitted.without_file):
        print(f"from {least:.2f}  {count:8,}  {right_ones / count:6.1%}")
    sure = [
        turn.is_right
        for turn, confidence in zip(turns, fitted.without_file, strict=True)
        if confidence >= SURE
    ]
    if sure:
        print(f"of the {len(sure):,} turns from {SURE} on, {sum(sure) / len(sure):.1%} are right")
    return 0


if __name__ == "__main__":
    sys.exit(main())
