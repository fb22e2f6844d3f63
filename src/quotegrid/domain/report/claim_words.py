"""Words by which a report says that people dispute, support or did not mention something."""

from __future__ import annotations

import re

from quotegrid.domain.coding.decisions import Stance

_DISPUTES = re.compile(
    r"\b(?:disput(?:e|es|ed|ing)|reject(?:s|ed|ing)?|den(?:y|ies|ied|ying)|challeng(?:e|es|ed|ing)|"
    r"question(?:s|ed|ing)?|contest(?:s|ed|ing)?|doubt(?:s|ed|ing)?|contradict(?:s|ed|ing)?|"
    r"disagree(?:s|d|ing)?\b(?!\s+(?:about|over|on|among)\b)|argu(?:e|es|ed|ing)\s+against|"
    r"(?:did|do|does)(?:\s+not|n['\u2019]t)\s+(?:agree|accept|support|share|believe)|"
    r"(?:is|was|were|are|be|been)(?:\s+not|n['\u2019]t)(?:\s+(?:a|an|any|just|really|at\s+all))*\s*(?=\x01))",
    re.IGNORECASE,
)
_SUPPORTS = re.compile(
    r"\b(?:agree(?:s|d|ing)?|support(?:s|ed|ing)?|endors(?:e|es|ed|ing)|confirm(?:s|ed|ing)?|"
    r"welcom(?:e|es|ed|ing)|affirm(?:s|ed|ing)?|back(?:s|ed|ing))\b",
    re.IGNORECASE,
)
_MIXED = re.compile(
    r"\b(?:(?:was|were|are|is)\s+(?:divided|torn|ambivalent|in\s+two\s+minds)|ambivalent|had\s+mixed\s+views|"
    r"both\s+supported\s+and\s+disputed)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:(?:did|do|does|had|have|has|would|could)(?:\s+not|n['\u2019]t)|never|without\s+mentioning|failed\s+to|"
    r"said\s+nothing|nothing\s+to\s+say|no\s+mention|silent\s+(?:on|about)|absent\s+from)\b",
    re.IGNORECASE,
)
_TWICE = re.compile(
    r"\b(?:did|do|does)(?:\s+not|n['\u2019]t)\s+(?:disput|reject|den|challeng|question|doubt)", re.IGNORECASE
)


def stance_of(words: str) -> Stance | None:
    """Return the stance that words express, or None if they only say that something was mentioned."""
    if _MIXED.search(words):
        return Stance.MIXED
    if _TWICE.search(words):
        return None
    if _DISPUTES.search(words):
        return Stance.DISPUTES
    return Stance.SUPPORTS if _SUPPORTS.search(words) else None


def is_negated(words: str) -> bool:
    """Return whether words say that somebody did not: "did not mention", "never spoke of"."""
    return bool(_NEGATED.search(words))
