"""Full-text search in segments.

Two indexes of the same words: by their stems, and as they stand, for words that are only begun. Triggers of
the schema keep them in step with the segments. SQLite's are FTS5 tables, `segment_words` and `segment_forms`;
what PostgreSQL has is in `full_text_postgresql`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, column, func, select, table
from sqlmodel import Session, col

from quotegrid.domain.search.meaning import WordsCondition
from quotegrid.storage.engines.portable import is_among, segments_beginning, segments_saying
from quotegrid.storage.engines.row_numbers import among
from quotegrid.storage.sources.full_text_postgresql import places_by_words
from quotegrid.storage.tables import SegmentRow

_WORDS = table("segment_words", column("rowid"), column("text"))
_FORMS = table("segment_forms", column("rowid"), column("text"))
_FIRST_PRIVATE = 0xE000
_HARMLESS = dict.fromkeys((*range(32), *range(55296, 57344)), " ")
"""A table that removes characters at which a database would end the text, or which it would refuse."""


def says(asked: WordsCondition) -> ColumnElement[bool]:
    """Return the condition that a segment contains words."""
    words = asked.words.translate(_HARMLESS)
    query = segments_beginning if asked.is_open else segments_saying
    found: ColumnElement[bool] = is_among(col(SegmentRow.id), query(phrase(asked), words))
    return found


def phrase(asked: WordsCondition) -> str:
    """Return the words as an FTS5 string, in which nothing is an operator."""
    words = asked.words.translate(_HARMLESS).replace('"', '""')
    return f'"{words}" *' if asked.is_open else f'"{words}"'


def spoken_places(
    session: Session, asked: Sequence[WordsCondition], texts: Mapping[int, str]
) -> dict[int, tuple[tuple[int, int], ...]]:
    """Return where segments contain any of the words, in code points of each segment's text.

    Args:
        session: A session.
        asked: The words.
        texts: The segments by number, with their texts.
    """
    if session.get_bind().dialect.name == "postgresql":
        return places_by_words(session, asked, texts)
    found: dict[int, set[tuple[int, int]]] = {}
    for index in (_WORDS, _FORMS):
        phrases = [phrase(words) for words in asked if _index(words) is index]
        if not phrases or not texts:
            continue
        mark = _absent(texts.values())
        rows = session.connection().execute(
            select(index.c.rowid, func.highlight(column(index.name), 0, mark, mark)).where(
                _match(index, " OR ".join(phrases)), among(index.c.rowid, texts)
            )
        )
        for number, text in rows:
            found.setdefault(number, set()).update(_between(text, mark))
    return {number: tuple(sorted(spans)) for number, spans in found.items()}


def _index(asked: WordsCondition) -> Any:
    return _FORMS if asked.is_open else _WORDS


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
