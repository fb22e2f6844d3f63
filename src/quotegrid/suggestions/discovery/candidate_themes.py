"""Discovers candidate themes in the participants' own words, without a codebook.

Plain clusters of sentence embeddings are topics, the largest of which is the programme's name. Here a theme
is a small core of passages by different speakers that are nearer to one another than passages of this corpus
are by chance, or that share a telling phrase; its name is the words in which somebody said it. Every segment
and every telling phrase proposes a core; the best are chosen one after another as long as they add mostly new
passages. `benchmarks/discovery.py` measures the result; docs/suggestions.md reports what else was tried.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quotegrid.domain.study.progress import ProgressReport
from quotegrid.domain.suggestions.candidate_themes import FoundTheme, ThemeQuote
from quotegrid.domain.text.scripts import UNSPACED
from quotegrid.domain.text.words import word_places
from quotegrid.suggestions.affinity import Affinity, affinities
from quotegrid.suggestions.assertion import flags
from quotegrid.suggestions.discovery.phrases import (
    Embed,
    Phrase,
    commonplace,
    find_candidates,
    remove_words,
    telling_phrases,
    words_of,
)
from quotegrid.suggestions.encoder import Vectors
from quotegrid.suggestions.prior import scale_to_unit
from quotegrid.suggestions.views import SegmentText

CORE = 6
"""The number of passages in a core."""
_PER_VOICE = 2
"""The maximum number of a core's passages by one speaker."""
_SEEDS = 150
"""The number of the most telling phrases that propose a core."""
_OWN_PHRASE = 1.5
_ASIDE = 0.3
_NEAR = 8
"""The number of passages near in meaning that are listed with a theme."""
_VARIANTS = 4
_UNSPACED = re.compile(f"[{UNSPACED}]")
_MOST_COMPARED = 40
_UNUSUAL = 0.99
"""The share of the corpus's sentences that must be less near to a theme's name than a variant of it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A segment and its speaker."""

    segment: SegmentText
    source: int
    voice: Hashable
    """The speaker's case, or the closest substitute if a report names none."""
    is_said: bool
    """Whether it is somebody's own words, by a case or quoted from somebody."""


@dataclass(frozen=True, slots=True)
class _Core:
    rows: tuple[int, ...]
    cohesion: float
    name: int
    """The index of the naming phrase in the list of phrases."""
    telling: float


def discover(
    passages: Sequence[Passage],
    embed: Embed,
    *,
    roles: Collection[str] = (),
    most: int = 30,
    report: ProgressReport | None = None,
) -> list[FoundTheme]:
    """Return candidate themes, which are always the same for the same passages.

    Args:
        passages: The passages to search, in the order of the sources. Every pair of them is compared.
        embed: Returns the vectors of texts.
        roles: Folded words for speakers; a phrase of such words alone does not name a theme.
        most: The maximum number of themes.
        report: Called with the progress.
    """
    if len(passages) < CORE:
        return []
    said = [passage.segment.said for passage in passages]
    voices = [passage.voice for passage in passages]
    languages = [passage.segment.language for passage in passages]
    common = commonplace(said, languages)
    stripped = [remove_words(text, common, language) for text, language in zip(said, languages, strict=True)]
    vectors, plain = embed(stripped), embed(said)
    if report is not None:
        report("Comparing passages", 0, 1)
    near = affinities(stripped, vectors, voices, [passage.source for passage in passages])
    phrases, of_phrases = telling_phrases(said, languages, voices, common, roles, embed, plain.mean(axis=0))
    if not phrases:
        return []
    if report is not None:
        report("Finding themes", 0, 1)
    proposed = _propose(near, phrases, of_phrases, plain, voices)
    cores = _choose(proposed, phrases, np.array([passage.is_said for passage in passages]), most)
    sentences = _Sentences(passages, common, embed)
    return [_theme(core, phrases, passages, sentences, embed) for core in cores]


def _propose(
    near: Affinity,
    phrases: Sequence[Phrase],
    of_phrases: Vectors,
    vectors: Vectors,
    voices: Sequence[Hashable],
) -> list[_Core]:
    mean = vectors.mean(axis=0)
    off_centre = vectors - mean
    directions = scale_to_unit(of_phrases - mean)
    telling = np.array([phrase.telling for phrase in phrases])
    standing: defaultdict[int, list[int]] = defaultdict(list)
    for number, phrase in enumerate(phrases):
        for row in {mention.row for mention in phrase.mentions}:
            standing[row].append(number)

    def core(seed: Sequence[int], own: int | None = None) -> _Core | None:
        rows = _grown(seed, near, voices)
        among = near[np.ix_(rows, rows)]
        cohesion = float(among[~np.eye(len(rows), dtype=bool)].mean())
        counts = Counter(number for row in rows for number in standing[row])
        if not counts:
            return None
        numbers = np.array(sorted(counts))
        share = np.array([counts[number] for number in numbers.tolist()]) / len(rows)
        middle = scale_to_unit(off_centre[rows].mean(axis=0, keepdims=True))[0]
        fit = _ASIDE + np.maximum(directions[numbers] @ middle, 0)
        told = telling[numbers] * np.sqrt(share) * fit
        if own is not None:
            told = np.where(numbers == own, told * _OWN_PHRASE, told)
        best = int(told.argmax())
        return _Core(tuple(rows), cohesion, int(numbers[best]), float(told[best]))

    found = [core([row]) for row in range(len(near))]
    for number in np.argsort(-telling, kind="stable")[:_SEEDS].tolist():
        found.append(core(_first_of_each(phrases[number], voices), number))
    return [grown for grown in found if grown is not None]


def _first_of_each(phrase: Phrase, voices: Sequence[Hashable]) -> list[int]:
    rows: list[int] = []
    spoken: Counter[Hashable] = Counter()
    for row in dict.fromkeys(mention.row for mention in phrase.mentions):
        if spoken[voices[row]] < _PER_VOICE and len(rows) < CORE:
            rows.append(row)
            spoken[voices[row]] += 1
    return rows


def _grown(seed: Sequence[int], near: Affinity, voices: Sequence[Hashable]) -> list[int]:
    rows = list(seed)
    spoken = Counter(voices[row] for row in rows)
    for row in np.argsort(-near[rows].mean(axis=0), kind="stable").tolist():
        if len(rows) >= CORE:
            break
        if row not in rows and spoken[voices[row]] < _PER_VOICE:
            rows.append(row)
            spoken[voices[row]] += 1
    return rows


def _choose(
    proposed: Sequence[_Core], phrases: Sequence[Phrase], is_said: NDArray[np.bool_], most: int
) -> list[_Core]:
    """Return the best cores, each with another name and at most half of its passages in better ones.

    If some passages are somebody's own words, at least half of each core's passages must be.
    """
    worth = _standard([core.cohesion for core in proposed]) + _standard([core.telling for core in proposed])
    taken: set[int] = set()
    names: set[str] = set()
    chosen: list[_Core] = []
    for place in np.argsort(-worth, kind="stable").tolist():
        core = proposed[place]
        name = phrases[core.name].text.casefold()
        if is_said.any() and is_said[list(core.rows)].mean() < 0.5:
            continue
        if name in names or sum(row in taken for row in core.rows) > len(core.rows) / 2:
            continue
        taken.update(core.rows)
        names.add(name)
        chosen.append(core)
        if len(chosen) == most:
            break
    return chosen


def _standard(values: Sequence[float]) -> NDArray[np.float64]:
    found = np.array(values, dtype=np.float64)
    spread = float(found.std()) if len(found) else 0.0
    return np.asarray((found - found.mean()) / spread) if spread > 1e-9 else np.zeros(len(found))


class _Sentences:
    """All sentences of the passages without commonplace words, and their vectors."""

    def __init__(self, passages: Sequence[Passage], common: Collection[str], embed: Embed) -> None:
        self.texts = [passage.segment.sentence_texts() for passage in passages]
        self.rows = np.array([row for row, texts in enumerate(self.texts) for _ in texts], dtype=np.intp)
        self.first = np.searchsorted(self.rows, np.arange(len(passages)))
        raw = embed(
            [
                remove_words(text, common, passage.segment.language)
                for passage, texts in zip(passages, self.texts, strict=True)
                for text in texts
            ]
        )
        self._mean = raw.mean(axis=0)
        self.vectors = scale_to_unit(raw - self._mean)

    def directions(self, vectors: Vectors) -> Vectors:
        """Return vectors of other texts, centred like those of the sentences."""
        return scale_to_unit(vectors - self._mean)

    def best(self, likeness: Vectors) -> dict[int, tuple[float, int]]:
        """Return each passage's best value and the index of its sentence, given a value per sentence."""
        found: dict[int, tuple[float, int]] = {}
        for place, (row, value) in enumerate(zip(self.rows.tolist(), likeness.tolist(), strict=True)):
            if row not in found or value > found[row][0]:
                found[row] = value, place - int(self.first[row])
        return found


def _theme(
    core: _Core, phrases: Sequence[Phrase], passages: Sequence[Passage], sentences: _Sentences, embed: Embed
) -> FoundTheme:
    phrase = phrases[core.name]
    pattern = _pattern(phrase, passages)
    inside = {
        row: number
        for row, texts in enumerate(sentences.texts)
        if (number := next((at for at, text in enumerate(texts) if pattern.search(text)), None)) is not None
    }
    own = sentences.directions(embed([phrase.text.casefold()]))[0]
    wanted = own
    if inside:
        places = [int(sentences.first[row]) + number for row, number in inside.items()]
        wanted = scale_to_unit(
            (own + scale_to_unit(sentences.vectors[places].mean(axis=0, keepdims=True))[0])[None]
        )[0]
    best = sentences.best(sentences.vectors @ wanted)
    by_likeness = sorted(best, key=lambda row: (-best[row][0], row))
    may_be_near = any(passage.is_said for passage in passages)
    others = [
        row
        for row in by_likeness
        if row not in inside and row not in core.rows and (passages[row].is_said or not may_be_near)
    ][:_NEAR]
    shown = [row for row in by_likeness if row in core.rows]
    shown.sort(key=lambda row: row not in inside)
    shown += [row for row in inside if row not in core.rows] + others
    quotes = [
        _quote(passages[row].segment, inside.get(row, best[row][1]), pattern, says=row in inside)
        for row in shown
    ]
    told = [
        (sentences.texts[row][best[row][1]], passages[row].segment.language)
        for row in shown
        if row not in inside
    ]
    language = passages[phrase.mentions[0].row].segment.language
    usual = float(np.quantile(sentences.vectors @ own, _UNUSUAL))
    return FoundTheme(
        phrase.text, _variants(phrase, language, told, own, usual, sentences, embed), tuple(quotes)
    )


def _pattern(phrase: Phrase, passages: Sequence[Passage]) -> re.Pattern[str]:
    """Return a pattern that matches a phrase in all the forms in which it was said."""
    forms = {
        passages[mention.row].segment.said[mention.start : mention.end].casefold()
        for mention in phrase.mentions
    }
    words = sorted({_form_pattern(form) for form in forms}, key=lambda form: (-len(form), form))
    return re.compile("|".join(words), re.IGNORECASE)


def _form_pattern(form: str) -> str:
    """Return a pattern for a form of a phrase; where words are not spaced, no space need be around it."""
    words = [form[start:end] for start, end in word_places(form)]
    if _UNSPACED.search(form):
        return r"[\s\W]*".join(map(re.escape, words))
    said = r"[\s\W]+".join(map(re.escape, words))
    return rf"\b{said}\b"


def _quote(segment: SegmentText, number: int, pattern: re.Pattern[str], *, says: bool) -> ThemeQuote:
    start, end = segment.sentences[number]
    text = segment.sentence_texts()[number]
    found = pattern.search(text) if says else None
    return ThemeQuote(
        segment=segment.id,
        start=segment.start + start,
        end=segment.start + end,
        says=says,
        flags=flags(text, None if found is None else found.span(), segment.language),
    )


def _variants(
    phrase: Phrase,
    language: str | None,
    told: Sequence[tuple[str, str | None]],
    own: Vectors,
    usual: float,
    sentences: _Sentences,
    embed: Embed,
) -> tuple[str, ...]:
    """Return the nearest words of each passage near in meaning, if they are unusually near."""
    name = {word.folded for word in words_of(phrase.text, language) if word.is_content}
    compared = [
        [
            text[start:end].casefold()
            for key, start, end, _ in find_candidates(text, spoken_in)
            if not name & set(key) and (len(key) > 1 or " " not in text[start:end])
        ][:_MOST_COMPARED]
        for text, spoken_in in told
    ]
    distinct = sorted({words for options in compared for words in options})
    if not distinct:
        return ()
    likeness = (sentences.directions(embed(distinct)) @ own).tolist()
    near = dict(zip(distinct, likeness, strict=True))
    best = {max(options, key=lambda words: (near[words], words)) for options in compared if options}
    unusual = sorted(
        (words for words in best if near[words] > usual), key=lambda words: (-near[words], words)
    )
    return tuple(unusual[:_VARIANTS])
