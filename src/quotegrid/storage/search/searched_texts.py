"""Conditions on the texts of segments and of memos that the database cannot decide.

The database finds candidates by the rest of the query, and their texts are searched here, so that a study
in a file and one on a server give the same answer.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from quotegrid.domain.search.conditions import (
    MemoCondition,
    NearWordsCondition,
    PatternCondition,
    WildcardCondition,
    WordsCondition,
)
from quotegrid.domain.search.near_words import stand_near
from quotegrid.domain.search.patterns import SECONDS, TextPattern, text_pattern
from quotegrid.domain.text.words import word_places
from quotegrid.storage.search.quotes import load_texts
from quotegrid.storage.sources.full_text import says, spoken_places
from quotegrid.storage.sources.languages import stemmed_languages
from quotegrid.storage.sources.memos import texts_on_segments
from quotegrid.storage.tables import SegmentRow

_AT_ONCE = 2_000


def segments_with_pattern(
    session: Session,
    asked: PatternCondition | WildcardCondition,
    candidates: ColumnElement[bool],
    until: float,
) -> list[int]:
    """Return the segments among some candidates in whose text a pattern is found.

    Args:
        session: A session.
        asked: The pattern.
        candidates: The condition of the segments that are looked at.
        until: The time of `time.monotonic` at which the search is given up.

    Raises:
        SlowPatternError: If it takes too long.
    """
    pattern = text_pattern(asked)
    return [number for number, text in _texts(session, candidates) if pattern.is_in(text, until)]


def segments_with_near_words(
    session: Session, asked: NearWordsCondition, candidates: ColumnElement[bool]
) -> list[int]:
    """Return the segments among some candidates in which words stand near each other."""
    languages = stemmed_languages(session)
    conditions = {word: WordsCondition(word) for word in asked.words}
    have_all = and_(candidates, *(says(condition, languages) for condition in conditions.values()))
    found: list[int] = []
    waiting: dict[int, str] = {}

    def look() -> None:
        places = {
            word: spoken_places(session, [condition], waiting) for word, condition in conditions.items()
        }
        for number, text in waiting.items():
            of_text = {word: of_word.get(number, ()) for word, of_word in places.items()}
            if stand_near(asked.words, of_text, word_places(text), asked.distance):
                found.append(number)
        waiting.clear()

    for number, text in _texts(session, have_all):
        waiting[number] = text
        if len(waiting) >= _AT_ONCE:
            look()
    look()
    return found


def segments_with_memo(session: Session, asked: MemoCondition, until: float) -> set[int]:
    """Return the segments with a memo that has words, or with any memo."""
    memos = texts_on_segments(session)
    if asked.words is None:
        return {segment for segment, _ in memos}
    pattern = text_pattern(WildcardCondition(asked.words))
    return {segment for segment, text in memos if pattern.is_in(text, until)}


def pattern_places(
    patterns: Sequence[TextPattern], texts: Mapping[int, str]
) -> dict[int, tuple[tuple[int, int], ...]]:
    """Return where patterns are found in texts, in code points."""
    until = time.monotonic() + SECONDS
    found: dict[int, tuple[tuple[int, int], ...]] = {}
    for number, text in texts.items():
        places = {place for pattern in patterns for place in pattern.places(text, until)}
        if places:
            found[number] = tuple(sorted(places))
    return found


def _texts(session: Session, candidates: ColumnElement[bool]) -> Iterator[tuple[int, str]]:
    numbers = session.exec(select(SegmentRow.id).where(candidates).order_by(col(SegmentRow.id))).all()
    for number, _, text in load_texts(session, [number for number in numbers if number is not None]):
        yield number, text
