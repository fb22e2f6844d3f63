"""Guesses the language of a text, passage by passage; texts that are too short are not guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from unicodedata import category

from quotegrid.domain.text.languages import NAMES
from quotegrid.domain.text.scripts import HANGUL, UNSPACED

_FEWEST_LETTERS = 50
"""The letters, about ten words, below which a guess is as often wrong as right."""
_DENSE_WEIGHT = 3
"""The letters of an alphabet that one letter of a denser script counts for."""
_BLOCK = 400
_MOST_BLOCKS = 12
"""The number of blocks that are looked at, spread evenly over a long text."""
_SURE = 0.9
_LETTER = re.compile("[A-Za-z]")
_DENSE = re.compile(f"[{UNSPACED}{HANGUL}]")


def guess_language(text: str) -> str | None:
    """Return the code of the language of most of a text; None if none has the majority.

    Args:
        text: The text; its lines are not mixed, so that a file in several languages has a majority.
    """
    blocks = list(_blocks(text))
    step = max(len(blocks) / _MOST_BLOCKS, 1.0)
    looked_at = [blocks[int(number * step)] for number in range(min(len(blocks), _MOST_BLOCKS))]
    weights = [_weight(block) for block in looked_at]
    total = sum(weights)
    if total < _FEWEST_LETTERS:
        return None
    votes: Counter[str] = Counter()
    # The products are so small that further threads would only wait, at twice the cost.
    with _threads().limit(limits=1):
        for block, weight in zip(looked_at, weights, strict=True):
            language, probability = _identifier().classify(block)
            if probability >= _SURE:
                votes[str(language)] += weight
                if 2 * votes[str(language)] > total:
                    return str(language) if language in NAMES else None
    return None


def _blocks(text: str) -> Iterator[str]:
    """Return the text in pieces of whole lines; a long line is cut."""
    lines: list[str] = []
    length = 0
    for line in text.splitlines():
        for first in range(0, max(len(line), 1), 2 * _BLOCK):
            part = line[first : first + 2 * _BLOCK]
            lines.append(part)
            length += len(part)
            if length >= _BLOCK:
                yield "\n".join(lines)
                lines, length = [], 0
    if lines:
        yield "\n".join(lines)


def _weight(block: str) -> int:
    if block.isascii():
        return len(_LETTER.findall(block))
    dense = len(_DENSE.findall(block))
    letters = sum(char.isalpha() or category(char).startswith("M") for char in block)
    return letters + (_DENSE_WEIGHT - 1) * dense


@lru_cache(maxsize=1)
def _threads() -> Any:
    _identifier()
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)
