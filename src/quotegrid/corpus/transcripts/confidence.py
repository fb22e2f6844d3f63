"""Estimates for each turn of a transcript how likely its words and its speaker were read rightly."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from statistics import median

from quotegrid.corpus.text.speaker_names import is_part
from quotegrid.corpus.transcripts.asking import asks
from quotegrid.domain.sources.model import Turn

_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
SURE = 0.85
"""The confidence from which a turn is not listed as unsure: of those above it, 976 in 1,000 were right."""
_NOT_TALK = re.compile(
    r"https?://|^[ \t]*(?:[|#>]|```|[-*\u2022][ \t]|\d{1,3}(?:[ \t]{2,}|[ \t]*$))", re.MULTILINE
)
_SENTENCE_ENDS = ".!?\u2026\u3002\uff01\uff1f\u0964\u061f\"'\u201d\u2019)]*-\u2014\u2013"
_FEWEST_OF_OTHERS = 2
"""The median number of turns of a speaker from which one who speaks once is rare."""
_STRANGE = ("candidate", "open end", "asks inside", "no talk", "label inside")
"""Signs of a wrong turn that make the other turns of a file less sure as well."""
_WEIGHTS: Mapping[str, float] = {
    "paragraphs": -1.15,
    "length": -0.43,
    "candidate": -1.58,
    "once": -1.11,
    "first": -0.63,
    "last": -0.39,
    "open end": -2.04,
    "asks inside": -0.68,
    "no label": 1.41,
    "beside no label": -1.62,
    "label inside": -2.18,
    "no talk": -3.79,
    "company": -3.20,
}
_BIAS = 3.69
"""Fitted by `benchmarks/turn_confidence.py`, which also measures how well they hold."""
_COLONS = ":\uff1a"


def features_of(text: str, turns: Sequence[Turn], candidates: Sequence[int] = ()) -> list[dict[str, float]]:
    """Return what may be wrong with each turn, as numbers from 0 on.

    Args:
        text: The normalised text.
        turns: The turns, in order.
        candidates: The offsets of places that could be labels and are read as words, in order.
    """
    counts = Counter(turn.label for turn in turns)
    often = median(counts.values()) if counts else 0
    parts = [_PARAGRAPHS.split(text[turn.start : turn.end]) for turn in turns]
    usual = median(map(len, parts)) if parts else 1
    lengths: dict[str | None, list[int]] = defaultdict(list)
    for turn in turns:
        lengths[turn.label].append(turn.end - turn.start)
    usual_lengths = {label: median(found) for label, found in lengths.items()}
    inside = _labels_inside([turn.label for turn in turns if turn.label])
    unlabelled = any(turn.label is None for turn in turns)
    found = []
    for number, (turn, paragraphs) in enumerate(zip(turns, parts, strict=True)):
        words = text[turn.start : turn.end]
        place = bisect_left(candidates, turn.start)
        several = len(paragraphs) > 1
        found.append(
            {
                "paragraphs": math.log1p(max(len(paragraphs) - usual, 0)),
                "length": min(max(math.log((turn.end - turn.start) / usual_lengths[turn.label]), 0), 4),
                "candidate": float(place < len(candidates) and candidates[place] < turn.end),
                "once": float(
                    counts[turn.label] == 1
                    and often >= _FEWEST_OF_OTHERS
                    and not (turn.label and is_part(turn.label))
                ),
                "first": float(number == 0),
                "last": float(number + 1 == len(turns)),
                "open end": float(several and words[-1] not in _SENTENCE_ENDS),
                "asks inside": float(
                    several
                    and not turn.is_interviewer
                    and any(asks(part, 0, len(part)) for part in paragraphs[1:])
                ),
                "no label": float(unlabelled),
                "beside no label": float(unlabelled and several),
                "label inside": float(
                    inside is not None
                    and any(colon in words for colon in _COLONS)
                    and inside.search(words) is not None
                ),
                "no talk": float(_NOT_TALK.search(words.removeprefix("- ")) is not None),
            }
        )
    strange = [any(features[name] for name in _STRANGE) for features in found]
    for features in found:
        features["company"] = sum(strange) / len(strange)
    return found


def _labels_inside(labels: Sequence[str]) -> re.Pattern[str] | None:
    """Return a pattern for a speaker's label before a colon within words; None without labels."""
    names = "|".join(re.escape(label) for label in sorted(set(labels), key=len, reverse=True))
    return re.compile(rf"(?<![\w\[(])(?:{names})\s?[{_COLONS}]") if names else None


def confidences(text: str, turns: Sequence[Turn], candidates: Sequence[int] = ()) -> list[float]:
    """Return for each turn the probability that it is read rightly.

    A logistic regression on 3,010 turns of 38 public transcripts, which had been told by hand
    (`benchmarks/turn_confidence.py` fits it and says how well it holds on others).

    Args:
        text: The normalised text.
        turns: The turns, in order.
        candidates: The offsets of places that could be labels and are read as words, in order.
    """
    return [
        1 / (1 + math.exp(-_BIAS - sum(_WEIGHTS[name] * value for name, value in features.items())))
        for features in features_of(text, turns, candidates)
    ]
