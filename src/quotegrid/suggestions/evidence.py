"""Why a code was suggested: the sentence, the words in it, what they matched, and who said so before."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from quotegrid.domain.codes import Code
from quotegrid.domain.text import folded_words

NEGATED, REPORTED = "negated", "reported"

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_NEGATORS = "not n't n\u2019t never no hardly without nor neither nothing nobody".split()
_SAYING = (
    "say says said saying call calls called calling tell tells told "
    "reckon reckons claim claims claimed".split()
)
_OTHERS = "they them he she people everyone everybody someone somebody others folk some who".split()
_BETWEEN = "keep keeps kept always just all only do like to might 'd will".split()
_NEAR = 7


def matched_phrase(sentence: str, code: Code) -> tuple[int, int] | None:
    """Where the longest of a code's names and terms stands in a sentence, case and number aside.

    Returns:
        Offsets into the sentence, None if none of them stands in it.
    """
    spans = [match.span() for match in _WORD.finditer(sentence)]
    words = [folded_words(sentence[start:end]) for start, end in spans]
    folded = [word[0] if word else "" for word in words]
    best: tuple[int, int] | None = None
    longest = 0
    for phrase in (code.name, *code.terms):
        wanted = list(folded_words(phrase))
        if not wanted or len(wanted) <= longest:
            continue
        for first in range(len(folded) - len(wanted) + 1):
            if folded[first : first + len(wanted)] == wanted:
                best = spans[first][0], spans[first + len(wanted) - 1][1]
                longest = len(wanted)
                break
    return best


def flags(sentence: str, phrase: tuple[int, int] | None) -> tuple[str, ...]:
    """Whether what a sentence mentions is denied in it, or put into other people's mouths.

    Token rules, not part of the score: embeddings cannot tell a statement from its denial.

    Args:
        sentence: The sentence.
        phrase: Offsets of the words that matched, if any did; a negation counts only near before them.
    """
    nlp, negation, reporting = _rules()
    document = nlp(sentence)
    found = []
    until = len(document)
    since = 0
    if phrase is not None:
        until = next((token.i for token in document if token.idx >= phrase[0]), len(document))
        since = max(until - _NEAR, 0)
        negated = any(token.lower_ in _NEGATORS for token in document[since:until])
    else:
        negated = bool(negation(document))
    if negated:
        found.append(NEGATED)
    if reporting(document):
        found.append(REPORTED)
    return tuple(found)


@lru_cache(maxsize=1)
def _rules() -> tuple[Any, Any, Any]:
    import spacy
    from spacy.matcher import Matcher

    nlp = spacy.blank("en")
    negation = Matcher(nlp.vocab)
    being = {
        "LOWER": {
            "IN": ["is", "was", "be", "are", "were", "'s", "call", "calling", "do", "does", "did", "would"]
        }
    }
    filler = {
        "LOWER": {
            "IN": ["really", "just", "exactly", "quite", "even", "call", "say", "think", "it", "that", "this"]
        },
        "OP": "*",
    }
    negation.add(
        NEGATED,
        [
            [
                being,
                {"LOWER": {"IN": ["not", "n't", "n\u2019t", "never"]}},
                filler,
                {"LOWER": {"IN": ["a", "an", "the", "any"]}},
            ],
            [{"LOWER": "not"}, {"LOWER": {"IN": ["a", "an", "the", "just"]}}],
        ],
    )
    reporting = Matcher(nlp.vocab)
    reporting.add(
        REPORTED,
        [
            [{"LOWER": {"IN": _OTHERS}}, {"LOWER": {"IN": _BETWEEN}, "OP": "*"}, {"LOWER": {"IN": _SAYING}}],
            [
                {"LOWER": {"IN": ["keep", "keeps", "kept"]}},
                {"LOWER": {"IN": ["saying", "calling", "telling"]}},
            ],
            [
                {"LOWER": {"IN": ["their", "his", "her"]}},
                {"LOWER": {"IN": ["phrase", "word", "words", "expression"]}},
            ],
            [{"LOWER": "according"}, {"LOWER": "to"}],
            [{"LOWER": {"IN": ["apparently", "supposedly", "so-called"]}}],
        ],
    )
    return nlp, negation, reporting
