"""Detects whether a sentence negates, reports or supposes what it mentions.

The rules work on spaCy's tokens and are not part of any score, because embeddings cannot distinguish a
statement from its negation. A flag tells the user to look. `tests/suggestions/flag_sentences.py` holds the
sentences on which the rules are measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from quotegrid.domain.text.languages import ENGLISH

NEGATED, REPORTED, HYPOTHETICAL = "negated", "reported", "hypothetical"

_REACH = 9
"""The number of words before the mention within which a negation affects it."""
_AHEAD = 5
_BREAKS = frozenset(", ; : but because although though while \u2013 \u2014 -- . ! ?".split())
_NOT = frozenset("not n't n\u2019t never no nobody none neither nor nothing hardly barely scarcely".split())
_NO_DENIAL: tuple[tuple[str, ...], ...] = tuple(
    tuple(phrase.split())
    for phrase in (
        "not only;not just;not merely;not simply;n't just;n't only;n't merely;no doubt;no question;"
        "no denying;no mistake;no wonder;nothing but;nothing less;nothing short;nothing more;no more than;"
        "no less than;not sure;not certain;not least;n't help but;no matter"
    ).split(";")
)
"""Phrases with a negating word that negate nothing after them."""
_DENIALS: tuple[tuple[str, ...], ...] = tuple(
    tuple(phrase.split())
    for phrase in (
        "anything but;anything other than;far from;rather than;instead of;in place of;by no means;no one;"
        "refuse to;refuses to;refused to;stop being;stops being;stopped being;failed to;fails to"
    ).split(";")
)
_BEING = frozenset("is was are were 's be been \u2019s ai".split())
_SAYING = frozenset(
    "say says said saying call calls called calling tell tells told telling reckon reckons reckoned "
    "claim claims claimed describe describes described describing insist insists insisted argue argues "
    "argued suggest suggests suggested mention mentions mentioned".split()
)
_OURSELVES = frozenset("i we you us".split())
_OTHERS = frozenset("they he she people everyone everybody somebody someone".split())
_HEARSAY = frozenset("apparently supposedly allegedly reportedly".split())
_WORDS = frozenset("phrase word words expression term".split())
_THEIR = frozenset("their his her its whose".split())
_MAY = frozenset("could might may would should".split())
_PERHAPS = frozenset("perhaps maybe possibly whether wonder wondered unless".split())
_SUPPOSING = frozenset("if unless suppose supposing imagine".split())
_HEDGED = frozenset("say call argue describe think see find".split())
_MANNER: tuple[tuple[str, ...], ...] = tuple(
    tuple(phrase.split())
    for phrase in (
        "if you ask;if i 'm;if i\u2019m;if i am;if anything;if you like;if i may;if you will;if ever"
    ).split(";")
)
"""Phrases that begin like a condition without being one."""


def flags(sentence: str, phrase: tuple[int, int] | None, language: str | None = None) -> tuple[str, ...]:
    """Return how a sentence asserts what it mentions.

    Args:
        sentence: The sentence.
        phrase: The start and end of the matching words, as offsets into the sentence; None for all of it.
        language: The code of the sentence's language; None if it is not known.

    Returns:
        Those of `negated`, `reported` and `hypothetical` that apply; none in a language but English, whose
        words the rules do not know.
    """
    if language not in (None, ENGLISH):
        return ()
    document = _nlp()(sentence)
    words = [token.lower_ for token in document]
    if not words:
        return ()
    first, last = 0, len(words)
    if phrase is not None:
        first = next((token.i for token in document if token.idx >= phrase[0]), len(words))
        last = next((token.i for token in document if token.idx >= phrase[1]), len(words))
    else:
        first = last
    start = _clause(words, first)
    found = []
    if _denied(words[max(start, first - _REACH) : first]) or _denied_after(words[last:], phrase is not None):
        found.append(NEGATED)
    if _reported(words, start, first, last):
        found.append(REPORTED)
    if _supposed(words, start, first):
        found.append(HYPOTHETICAL)
    return tuple(found)


@lru_cache(maxsize=1)
def _nlp() -> Any:
    import spacy

    return spacy.blank("en")


def _clause(words: Sequence[str], first: int) -> int:
    """Return the index of the first word of a word's clause."""
    for place in range(first - 1, -1, -1):
        if words[place] in _BREAKS and not _stands(
            words, place - 1, (("nothing", "but"), ("anything", "but"))
        ):
            return place + 1
    return 0


def _stands(words: Sequence[str], place: int, phrases: Sequence[tuple[str, ...]]) -> int:
    """Return the number of words of the longest of the phrases that begins at a place; 0 for none."""
    if place < 0:
        return 0
    return max(
        (len(phrase) for phrase in phrases if tuple(words[place : place + len(phrase)]) == phrase), default=0
    )


def _denied(words: Sequence[str]) -> bool:
    """Return whether the words before a mention negate it, by an odd number of negations."""
    count, place = 0, 0
    has_neither = False
    while place < len(words):
        skipped = _stands(words, place, _NO_DENIAL)
        if skipped:
            place += skipped
            continue
        denial = _stands(words, place, _DENIALS)
        if denial:
            count += 1
            place += denial
            continue
        if words[place] in _NOT:
            # In "not a better word than", the thing compared is not negated.
            is_compared = "than" in words[place + 1 :] and not _stands(
                words, words.index("than", place + 1) - 1, (("rather", "than"),)
            )
            if not is_compared and not (words[place] == "nor" and has_neither):
                count += 1
            has_neither = has_neither or words[place] == "neither"
        place += 1
    return count % 2 == 1


def _denied_after(words: Sequence[str], is_phrase: bool) -> bool:
    """Return whether the words after a mention negate it: "a cure it is not", "a cure? No"."""
    if not is_phrase or not words:
        return False
    if words[0] == "?":
        return any(word in _NOT for word in words[1:2])
    near = words[:_AHEAD]
    return len(near) > 2 and near[0] in ("it", "this", "that") and near[1] in _BEING and near[2] in _NOT


def _reported(words: Sequence[str], start: int, first: int, last: int) -> bool:
    before = words[start:first]
    if _HEARSAY & set(words) or any(
        _stands(words, place, (("according", "to"), ("so", "-", "called"))) for place in range(len(words))
    ):
        return True
    for place in range(len(words) - 1):
        if words[place] in _THEIR and words[place + 1] in _WORDS:
            return True
    for place, word in enumerate(before, start=start):
        if word in _SAYING and _is_others(words, place):
            return True
    after = words[last:]
    return any(word in _SAYING and place and after[place - 1] in _OTHERS for place, word in enumerate(after))


def _is_others(words: Sequence[str], verb: int) -> bool:
    """Return whether the subject of a verb of saying is somebody other than the speaker."""
    subject = words[max(0, verb - _AHEAD - 1) : verb]
    if not subject or "let" in subject:
        return False
    return next((False for word in reversed(subject) if word in _OURSELVES), True)


def _supposed(words: Sequence[str], start: int, first: int) -> bool:
    before = words[start:first]
    for place, word in enumerate(before, start=start):
        if word in _PERHAPS or _stands(
            words, place, (("let", "'s", "say"), ("not", "sure"), ("n't", "sure"))
        ):
            return True
        if word == "if" and not _stands(words, place, _MANNER):
            return True
        if word in _MAY:
            following = next(
                (candidate for candidate in words[place + 1 : first] if candidate not in _NOT), ""
            )
            if following not in _HEDGED:
                return True
    opening = next((place for place, word in enumerate(words) if word not in ("what", "and", "so", "but")), 0)
    return (
        opening < first
        and words[opening] in _SUPPOSING
        and not _stands(words, opening, _MANNER)
        and first > opening
    )
