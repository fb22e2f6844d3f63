"""Finds the phrases of a corpus in the participants' own words, and how telling each is."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from itertools import pairwise
from unicodedata import category

import numpy as np

from quotegrid.domain.text.languages import ENGLISH
from quotegrid.domain.text.normalise import singular
from quotegrid.domain.text.scripts import UNSPACED
from quotegrid.domain.text.words import word_places
from quotegrid.suggestions.encoder import Vectors

Embed = Callable[[Sequence[str]], Vectors]
COMMONPLACE = 0.1
"""The share of segments above which a word says nothing about any of them..."""
_NOT_COMMONPLACE = 10
"""... unless it occurs in no more than this number."""
_LONGEST = 5
_QUOTED_WORDS = (2, 6)
_MOST_EMBEDDED = 4000
_TELLING_ASSOCIATION = 4.0
"""The logarithm of how many times more often than by chance words must occur together to be a full phrase."""
_ALONE, _MARKED, _EVERYWHERE, _A_NAME = 0.5, 1.5, 0.5, 0.2
_RAREST = 1.0
_EVERYDAY = 4.2
"""The Zipf frequency above which a single word is not a phrase: about sixteen times in a million words."""
_FILLERS = frozenset("yeah okay ok oh um er erm mm hmm".split())
_GAP = re.compile(r"[ \n]?|-|\u2013|\u2011")
_UNSPACED = re.compile(f"[{UNSPACED}]")
_SPACY = {"no": "nb", "ku": "kmr"}
"""Languages that spaCy has under another code."""
_NOUNS_CAPITAL = frozenset({"de", "lb"})
"""Languages that write every noun with a capital letter, which says nothing about names there."""
_MARKS = re.compile(
    '[\u201c"]([^\u201c\u201d"]{3,60})[\u201d"]'
    r"|(?<!\w)[\u2018']([^\u2018\u2019']{3,60})[\u2019'](?!\w)"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word in a text."""

    start: int
    end: int
    folded: str
    """The word without case, plural and apostrophe endings."""
    is_content: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """An occurrence of a phrase."""

    row: int
    """The index of the text."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase and its occurrences, once per text."""

    text: str
    """The most frequent form."""
    mentions: tuple[Mention, ...]
    telling: float
    """The extent to which it tells what the speakers share, from 0 for words that hardly form a phrase."""


@cache
def _stop_words(language: str) -> frozenset[str]:
    """Return the words of a language that carry no meaning; only the fillers if spaCy does not list them."""
    try:
        listed = import_module(f"spacy.lang.{_SPACY.get(language, language)}.stop_words")
    except ModuleNotFoundError:
        return _FILLERS
    return frozenset(listed.STOP_WORDS) | _FILLERS


@lru_cache(maxsize=200_000)
def _folded(word: str, language: str) -> str:
    if language == ENGLISH:
        return singular(_without_ending(word))
    # Of an elided article and its noun ("l'eau"), or a word and its ending, the word is the longer.
    return max(word.casefold().replace("\u2019", "'").split("'"), key=len)


@lru_cache(maxsize=200_000)
def _without_ending(word: str) -> str:
    low = word.casefold().replace("\u2019", "'")
    return low[:-3] if low.endswith("n't") else low.partition("'")[0]


@lru_cache(maxsize=200_000)
def _frequency(folded: str, language: str) -> float:
    from wordfreq import zipf_frequency

    # Folding may cut a word that is not a plural: "goe" is "goes".
    forms = (folded, f"{folded}s") if language == ENGLISH else (folded,)
    try:
        return max(_RAREST, *(float(zipf_frequency(form, language)) for form in forms))
    except (LookupError, ModuleNotFoundError):
        # There is no list of the language, or its words are cut by a program that is not installed.
        return _RAREST


def words_of(text: str, language: str | None = None) -> list[Word]:
    """Return the words of a text, noting which carry meaning.

    Args:
        text: The text.
        language: The code of its language; None, if it is not known, for English.
    """
    spoken = language or ENGLISH
    stop_words = _stop_words(spoken)
    found = []
    for start, end in word_places(text):
        word = text[start:end]
        folded = _folded(word, spoken)
        is_content = _has_letters_alone(folded) and not {folded, _without_ending(word)} & stop_words
        found.append(Word(start, end, folded, is_content))
    return found


def _has_letters_alone(word: str) -> bool:
    """Return whether a word is long enough to carry meaning and has nothing but letters and their marks."""
    shortest = 1 if _UNSPACED.match(word) else 2
    return len(word) > shortest and all(char.isalpha() or category(char)[0] == "M" for char in word)


def commonplace(texts: Sequence[str], languages: Sequence[str | None]) -> frozenset[str]:
    """Return the folded words in more than `COMMONPLACE` of the texts, and in more than ten."""
    counts: Counter[str] = Counter()
    for text, language in zip(texts, languages, strict=True):
        counts.update({word.folded for word in words_of(text, language) if word.is_content})
    return frozenset(word for word, count in counts.items() if _is_everywhere(count, len(texts)))


def _is_everywhere(count: int, texts: int) -> bool:
    return count > max(COMMONPLACE * texts, _NOT_COMMONPLACE)


def remove_words(text: str, words: Collection[str], language: str | None = None) -> str:
    """Return a text without the given folded words, or the text itself if fewer than three would be left."""
    left, at = [], 0
    for word in words_of(text, language):
        if word.is_content and word.folded in words:
            left.append(text[at : word.start])
            at = word.end
    cut = " ".join(("".join(left) + text[at:]).split())
    return cut if len(word_places(cut)) > 2 else text


def find_candidates(text: str, language: str | None = None) -> list[tuple[tuple[str, ...], int, int, bool]]:
    """Return the phrases that a text may contain.

    A phrase is one to five words separated only by spaces and hyphens that begins and ends with a word
    carrying meaning, or two to six words in quotation marks.

    Returns:
        For each phrase the folded words that identify it, its start and end in the text, and whether it is in
        quotation marks; each phrase once, at its first place.
    """
    words = words_of(text, language)
    marked = [
        found.span(1) if found.group(1) is not None else found.span(2) for found in _MARKS.finditer(text)
    ]
    joined = [
        _GAP.fullmatch(text[word_before.end : other.start]) is not None
        for word_before, other in pairwise(words)
    ]
    found: dict[tuple[str, ...], tuple[int, int, bool]] = {}
    for first in range(len(words)):
        if not words[first].is_content:
            continue
        for last in range(first, min(first + _LONGEST, len(words))):
            if last > first and not joined[last - 1]:
                break
            if not words[last].is_content:
                continue
            span = words[first].start, words[last].end
            key = tuple(word.folded for word in words[first : last + 1] if word.is_content)
            is_marked = any(
                start <= span[0] and span[1] <= end and span[1] - span[0] >= 0.6 * (end - start)
                for start, end in marked
            )
            found.setdefault(key, (*span, is_marked))
    fewest, most = _QUOTED_WORDS
    for start, end in marked:
        inside = [word for word in words if start <= word.start and word.end <= end]
        content = tuple(word.folded for word in inside if word.is_content)
        if fewest <= len(inside) <= most and (len(content) < 2 or content not in found):
            found.setdefault(("“", *(word.folded for word in inside)), (start, end, True))
    return [(key, *where) for key, where in found.items()]


@dataclass(frozen=True, slots=True)
class _JudgedPhrase:
    text: str
    mentions: tuple[Mention, ...]
    said: float
    """The degree to which it is telling, before its foreignness to the corpus is taken into account."""


def telling_phrases(
    texts: Sequence[str],
    languages: Sequence[str | None],
    voices: Sequence[Hashable],
    common: Collection[str],
    roles: Collection[str],
    embed: Embed,
    mean: Vectors,
) -> tuple[list[Phrase], Vectors]:
    """Return the phrases that several speakers share or somebody puts in quotation marks, and their vectors.

    A phrase is the more telling, the more speakers share it, the more its words belong together (how often
    they occur together, compared with their frequencies in the language), and the more foreign its words
    are to the corpus's subject: a metaphor comes from elsewhere, an institution's name does not.

    Args:
        texts: The segments' words.
        languages: The code of each segment's language; None if it is not known.
        voices: The speaker of each segment.
        common: Words that say nothing in this corpus.
        roles: Words for speakers, which are not themes.
        embed: Returns the vectors of texts.
        mean: The mean of the segments' vectors.
    """
    where: defaultdict[tuple[str, ...], list[tuple[Mention, bool]]] = defaultdict(list)
    for row, text in enumerate(texts):
        for key, start, end, is_marked in find_candidates(text, languages[row]):
            where[key].append((Mention(row, start, end), is_marked))
    total = sum(len(word_places(text)) for text in texts)
    found = [
        phrase
        for key, mentions in where.items()
        if (phrase := _judged(key, mentions, texts, languages, voices, common, roles, total)) is not None
    ]
    found.sort(key=lambda phrase: (-phrase.said, phrase.text))
    found = found[:_MOST_EMBEDDED]
    if not found:
        return [], np.zeros((0, len(mean)), dtype=np.float32)
    vectors = embed([phrase.text.casefold() for phrase in found])
    length = float(np.linalg.norm(mean)) or 1.0
    foreign = 1 - vectors @ (mean / length)
    phrases = [
        Phrase(phrase.text, phrase.mentions, float(phrase.said * strange))
        for phrase, strange in zip(found, foreign, strict=True)
    ]
    return phrases, vectors


def _judged(
    key: tuple[str, ...],
    mentions: Sequence[tuple[Mention, bool]],
    texts: Sequence[str],
    languages: Sequence[str | None],
    voices: Sequence[Hashable],
    common: Collection[str],
    roles: Collection[str],
    total: int,
) -> _JudgedPhrase | None:
    language = languages[mentions[0][0].row] or ENGLISH
    speakers = len({voices[mention.row] for mention, _ in mentions})
    is_marked = any(marked for _, marked in mentions)
    if speakers < 2 and not is_marked:
        return None
    is_quoted = key[0] == "“"
    words = key[1:] if is_quoted else key
    fresh = [word for word in words if word not in common and word not in roles]
    if not is_quoted and 2 * len(fresh) < len(words):
        return None
    if len(words) == 1 and not is_marked and _frequency(words[0], language) > _EVERYDAY:
        return None
    said = [texts[mention.row][mention.start : mention.end] for mention, _ in mentions]
    text = Counter(said).most_common(1)[0][0]
    if any(character.isdigit() for character in text):
        return None
    expected = sum(_frequency(word, language) - 9 for word in words)
    association = math.log10(len(mentions) / total) - expected
    weight = math.log2(1 + speakers) * min(1.0, max(0.0, association) / _TELLING_ASSOCIATION)
    weight *= _ALONE if len(words) == 1 else 1.0
    weight *= _MARKED if is_marked else 1.0
    weight *= _EVERYWHERE if _is_everywhere(len(mentions), len(texts)) else 1.0
    names = sum(_is_name(spoken, language) for spoken in said) / len(said)
    weight *= 1 - names * (1 - _A_NAME)
    return _JudgedPhrase(text, tuple(mention for mention, _ in mentions), weight)


def _is_name(text: str, language: str) -> bool:
    if language in _NOUNS_CAPITAL:
        return False
    content = [word for word in words_of(text, language) if word.is_content]
    return bool(content) and all(text[word.start].isupper() for word in content)
