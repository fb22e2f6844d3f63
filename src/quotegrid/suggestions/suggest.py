"""Suggests codes for segments: the best few above the threshold, with their chances and evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from quotegrid.domain.codebook.codes import Code
from quotegrid.domain.text.non_speech import spoken
from quotegrid.suggestions.assertion import flags
from quotegrid.suggestions.calibration import fit_calibration
from quotegrid.suggestions.choose import choose
from quotegrid.suggestions.encoder import Vectors
from quotegrid.suggestions.evidence import matched_phrase
from quotegrid.suggestions.learner import arrange_decisions, predict_log_odds
from quotegrid.suggestions.prior import Material, Prior, score
from quotegrid.suggestions.views import CodeView, SegmentText


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code suggested for a segment."""

    segment: int
    """The segment's row."""
    code: int
    """The code's row."""
    score: float
    """The estimated chance that a person accepts, 0 to 1."""
    rank: int
    """The rank, 1 for the segment's best."""
    evidence: dict[str, Any]
    """`sentence` (start, end in the source), `phrase` (start, end, or None), `view` (kind, text),
    `nearest` (the row of the nearest accepted segment, or None), `flags` (negated, reported)."""


def suggest(
    texts: Sequence[SegmentText],
    codes: Sequence[Code],
    material: Material,
    accepted: Mapping[int, Sequence[int]],
    rejected: Mapping[int, Sequence[int]],
    answered: Sequence[tuple[int, int, bool]] = (),
    *,
    threshold: float,
    per_segment: int,
    prior: Prior | None = None,
) -> list[Suggestion]:
    """Return the suggestions for all segments.

    Args:
        texts: The segments.
        codes: The codes.
        material: Their vectors.
        accepted: The segment rows on which each code stands.
        rejected: The segment rows for which each code was rejected.
        answered: Segment row, code and acceptance of each suggestion that was decided on. Codes applied by
            hand are not among them, because they say nothing about suggestions.
        threshold: The least chance that is suggested.
        per_segment: The maximum number per segment, including decided codes.
        prior: The scores from the codebook alone; None to compute them.
    """
    if not texts or not codes:
        return []
    prior = prior or score(material)
    made = arrange_decisions(accepted, rejected, answered, len(codes))
    logits = predict_log_odds(prior, material.segments, prior.lexical, made)
    calibration = fit_calibration(
        [float(logits[row, code]) for row, code, _ in answered],
        [is_accepted for _, _, is_accepted in answered],
    )
    chances = calibration.chances(logits)
    first_sentence = np.concatenate([[0], np.cumsum([len(text.sentences) for text in texts])])
    suggestions = []
    for row, text in enumerate(texts):
        for choice in choose(chances[row].tolist(), threshold=threshold, per_segment=per_segment):
            code = choice.code
            sentence = text.sentences[int(prior.best_sentence[row, code] - first_sentence[row])]
            view = material.view_list[int(prior.best_view[row, code])]
            suggestions.append(
                Suggestion(
                    segment=row,
                    code=code,
                    score=choice.score,
                    rank=choice.rank,
                    evidence=evidence_of(text, sentence, codes[code], view)
                    | {"nearest": nearest(material.segments, row, accepted.get(code, ()))},
                )
            )
    return suggestions


def evidence_of(text: SegmentText, sentence: tuple[int, int], code: Code, view: CodeView) -> dict[str, Any]:
    """Return a suggestion's evidence except the nearest accepted segment, with offsets into the source."""
    words = text.text[sentence[0] : sentence[1]]
    said = spoken(words)
    matched = matched_phrase(said.text, code)
    phrase = None if matched is None else said.place(*matched)
    first = text.start + sentence[0]
    return {
        "sentence": {"start": first, "end": text.start + sentence[1], "text": words},
        "phrase": None
        if phrase is None
        else {"start": first + phrase[0], "end": first + phrase[1], "text": words[phrase[0] : phrase[1]]},
        "view": {"kind": view.kind.value, "text": view.text},
        "flags": list(flags(said.text, matched, text.language)),
    }


def nearest(segments: Vectors, row: int, accepted: Sequence[int]) -> int | None:
    """Return the row of the accepted segment most like a segment, other than itself, or None."""
    others = [number for number in accepted if number != row]
    if not others:
        return None
    cosines = segments[others] @ segments[row]
    return others[int(cosines.argmax())]
