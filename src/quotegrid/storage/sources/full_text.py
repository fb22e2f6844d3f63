"""Full-text search in segments.

Two indexes of the same words, folded by `domain.text.search_form`: by their stems, and as they stand, for
words that are only begun. Triggers of the schema keep them in step with the segments. SQLite's are FTS5
tables, `segment_words` and `segment_forms`; what PostgreSQL has is in `full_text_postgresql`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, column, func, or_, select, table
from sqlmodel import Session, col

from quotegrid.domain.search.conditions import WordsCondition
from quotegrid.domain.text.languages import ENGLISH
from quotegrid.domain.text.search_form import SearchForm, forms, search_form, stems
from quotegrid.storage.engines.portable import (
    is_among,
    segments_beginning,
    segments_saying,
    segments_with_forms,
)
from quotegrid.storage.engines.row_numbers import among
from quotegrid.storage.sources.full_text_postgresql import places_by_words
from quotegrid.storage.sources.languages import languages_of_segments, stemmed_languages
from quotegrid.storage.tables import SegmentRow

_WORDS = table("segment_words", column("rowid"), column("text"))
_FORMS = table("segment_forms", column("rowid"), column("text"))
_FIRST_PRIVATE = 0xE000
_HARMLESS = dict.fromkeys((*range(32), *range(55296, 57344)), " ")
"""A table that removes characters at which a database would end the text, or which it would refuse."""


def says(asked: WordsCondition, languages: Sequence[str] = ()) -> ColumnElement[bool]:
    """Return the condition that a segment contains words.

    Args:
        asked: The words.
        languages: The languages, besides English, by whose rules the words may have other endings.
    """
    words = asked.words.translate(_HARMLESS)
    segment = col(SegmentRow.id)
    exact = phrase(forms(words), is_open=asked.is_open)
    if asked.is_open:
        begun: ColumnElement[bool] = is_among(segment, segments_beginning(exact, words))
        return begun
    query = " OR ".join(_stem_phrases(words, languages))
    found: ColumnElement[bool] = is_among(
        segment, segments_saying(query, words, ",".join((ENGLISH, *languages)))
    )
    # A stemmer can take a word for another one, and what is typed is found in any case.
    return or_(found, is_among(segment, segments_with_forms(exact, words))) if languages else found


def phrase(words: str, *, is_open: bool = False) -> str:
    """Return words as an FTS5 string, in which nothing is an operator."""
    quoted = words.replace('"', '""')
    return f'"{quoted}" *' if is_open else f'"{quoted}"'


def _stem_phrases(words: str, languages: Sequence[str]) -> list[str]:
    """Return the words as FTS5 strings, once for each way in which the languages reduce them to stems."""
    folded = forms(words)
    return [phrase(reduced) for reduced in dict.fromkeys((folded, *_reduced(folded, languages)))]


def _reduced(folded: str, languages: Sequence[str]) -> Iterator[str]:
    for language in languages:
        reduced = stems(folded, language)
        if reduced is not None:
            yield reduced


def spoken_places(
    session: Session, asked: Sequence[WordsCondition], texts: Mapping[int, str]
) -> dict[int, tuple[tuple[int, int], ...]]:
    """Return where segments contain any of the words, in code points of each segment's text.

    Args:
        session: A session.
        asked: The words.
        texts: The segments by number, with their texts.
    """
    if not texts or not asked:
        return {}
    languages = stemmed_languages(session)
    spoken_in = languages_of_segments(session, texts) if languages else {}
    if session.get_bind().dialect.name == "postgresql":
        return places_by_words(session, asked, texts, spoken_in)
    found: dict[int, set[tuple[int, int]]] = {}
    closed = [words.words.translate(_HARMLESS) for words in asked if not words.is_open]
    begun = [words.words.translate(_HARMLESS) for words in asked if words.is_open]
    by_stem = [query for words in closed for query in _stem_phrases(words, languages)]
    by_form = [phrase(forms(words), is_open=True) for words in begun]
    by_form += [phrase(forms(words)) for words in closed if languages]
    for index, phrases in ((_WORDS, by_stem), (_FORMS, by_form)):
        if not phrases:
            continue
        for number, spans in _marked(session, index, phrases, texts).items():
            form = search_form(texts[number], spoken_in.get(number), stemmed=index is _WORDS)
            found.setdefault(number, set()).update(_original(form, spans))
    return {number: tuple(_apart(spans)) for number, spans in found.items()}


def _marked(
    session: Session, index: Any, phrases: Sequence[str], texts: Mapping[int, str]
) -> dict[int, list[tuple[int, int]]]:
    """Return where an index has any of the phrases, as ranges of its own texts."""
    mark = _absent(texts.values())
    rows = session.connection().execute(
        select(index.c.rowid, func.highlight(column(index.name), 0, mark, mark)).where(
            _match(index, " OR ".join(phrases)), among(index.c.rowid, texts)
        )
    )
    return {number: _between(text, mark) for number, text in rows}


def _original(form: SearchForm, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    return [form.original(start, end) for start, end in spans]


def _apart(spans: Collection[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Return ranges in order; of two that share a character, which two indexes found, their union."""
    last: tuple[int, int] | None = None
    for span in sorted(spans):
        if last is not None and span[0] < last[1]:
            last = last[0], max(last[1], span[1])
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last


def _match(index: Any, phrases: str) -> ColumnElement[bool]:
    return column(index.name).op("MATCH", is_comparison=True)(phrases)


def _absent(texts: Collection[str]) -> str:
    """Return a private-use character that is in none of the texts."""
    present = set().union(*texts)
    return next(char for point in range(_FIRST_PRIVATE, 0x110000) if (char := chr(point)) not in present)


def _between(text: str, mark: str) -> list[tuple[int, int]]:
    """Return the ranges between pairs of marks, counted as if there were no marks."""
    spans = []
    at = 0
    for number, part in enumerate(text.split(mark)):
        if number % 2:
            spans.append((at, at + len(part)))
        at += len(part)
    return spans
