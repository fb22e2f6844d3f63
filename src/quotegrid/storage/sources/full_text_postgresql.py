"""The places of words in segments, by the schema's functions in PostgreSQL.

The database splits a text into words, and words into stems, but does not say where in the text each word is
(its own headlines mark single words). The texts are therefore split here, the database is asked once for
the words and stems of all pieces, and phrases are looked for among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import text as sql
from sqlmodel import Session

from quotegrid.domain.search.conditions import WordsCondition
from quotegrid.domain.text.languages import ENGLISH
from quotegrid.domain.text.scripts import HANGUL, UNSPACED
from quotegrid.domain.text.search_form import IGNORED, UNIT

_ASK = sql(
    "SELECT piece, language, quotegrid_words(piece), quotegrid_stems(quotegrid_words(piece), language) "
    "FROM unnest(CAST(:pieces AS TEXT[])) AS piece, unnest(CAST(:languages AS TEXT[])) AS language"
)


class _Word(NamedTuple):
    form: str
    stem: str
    start: int
    end: int


def places_by_words(
    session: Session,
    asked: Sequence[WordsCondition],
    texts: Mapping[int, str],
    languages: Mapping[int, str],
) -> dict[int, tuple[tuple[int, int], ...]]:
    """Return where segments contain any of the words, in code points of each segment's text.

    Args:
        session: A session.
        asked: The words.
        texts: The segments by number, with their texts.
        languages: The languages of the segments, where they are known.
    """
    cut = {number: list(_pieces().finditer(text)) for number, text in texts.items()}
    said = [[match.group() for match in _pieces().finditer(query.words)] for query in asked]
    pieces = {match.group() for found in cut.values() for match in found}.union(*said)
    known = _known(session, pieces, {ENGLISH, *languages.values()})
    found: dict[int, tuple[tuple[int, int], ...]] = {}
    for number, matches in cut.items():
        language = languages.get(number, ENGLISH)
        wanted = [
            (query.is_open, [word for piece in words for word in known.get((piece, language), ())])
            for query, words in zip(asked, said, strict=True)
        ]
        words = [
            _Word(form, stem, match.start(), match.end())
            for match in matches
            for form, stem in known.get((match.group(), language), ())
        ]
        places = {
            place
            for group in (False, True)
            for place in _merged(
                words,
                [
                    run
                    for is_open, phrase in wanted
                    if is_open is group
                    for run in _runs(words, phrase, is_open)
                ],
            )
        }
        if places:
            found[number] = tuple(sorted(places))
    return found


def _known(
    session: Session, pieces: set[str], languages: set[str]
) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Return each piece's words and their stems in each language; a piece is mostly one word."""
    rows = session.connection().execute(_ASK, {"pieces": sorted(pieces), "languages": sorted(languages)})
    return {
        (piece, language): list(zip(words, reduced, strict=True)) for piece, language, words, reduced in rows
    }


@lru_cache(maxsize=1)
def _pieces() -> Any:
    """Return the pattern of a letter that stands alone in the index, or a run of others."""
    import regex

    return regex.compile(rf"{UNIT}|(?:(?![{UNSPACED}{HANGUL}])[\p{{L}}\p{{N}}\p{{M}}\p{{Co}}{IGNORED}])+")


def _runs(words: list[_Word], phrase: list[tuple[str, str]], is_open: bool) -> Iterator[tuple[int, int]]:
    """Return where a phrase occurs among the words of a text: the places of its first and its last word."""
    last = len(phrase) - 1
    for first in range(len(words) - last if phrase else 0):
        pairs = zip(words[first : first + len(phrase)], phrase, strict=True)
        if is_open:
            fits = all(
                word.form.startswith(form) if place == last else word.form == form
                for place, (word, (form, _)) in enumerate(pairs)
            )
        else:
            fits = all(word.stem == stem or word.form == form for word, (form, stem) in pairs)
        if fits:
            yield first, first + last


def _merged(words: list[_Word], runs: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Return each run in code points; runs that share a word are merged."""
    start = end = -1
    for first, last in sorted(runs):
        if first > end and start >= 0:
            yield words[start].start, words[end].end
        start = first if first > end else start
        end = max(end, last)
    if start >= 0:
        yield words[start].start, words[end].end
