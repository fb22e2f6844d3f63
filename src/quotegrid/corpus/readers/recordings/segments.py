"""Reads the JSON of programs that transcribe recordings: segments with words, times and perhaps speakers.

Programs, archives and parliaments differ only in what they call these, in how deep they stand, and in whether
an item is a turn, a piece of one or a single word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from quotegrid.corpus.readers.captions import join_unnamed
from quotegrid.corpus.readers.plain import decode
from quotegrid.corpus.readers.recordings.json_file import load_json
from quotegrid.corpus.readers.recordings.speech_items import (
    Item,
    asked_and_answered,
    come_back,
    lists_within,
    moment_of,
    named_speakers,
    single_word,
    speaker_of,
    text_of_record,
    words_of,
)
from quotegrid.corpus.transcripts.columns.times import times_of
from quotegrid.corpus.transcripts.shapes.layouts import SEGMENTS
from quotegrid.corpus.transcripts.spoken import Spoken, join_speech, name_speakers, text_of_speech
from quotegrid.domain.sources.model import ReadText, ReadWarning, WarningKind
from quotegrid.domain.text.normalise import counted, normalise, shortened
from quotegrid.errors import ReadError

_LISTS = (
    "segments", "utterances", "transcription", "transcript", "turns", "entries", "results", "monologues",
    "audio_segments",
)  # fmt: skip
"""The names under which the segments stand, the likeliest first; they may also be the whole file."""
_ONE_TEXT = ReadWarning(
    WarningKind.TEXT,
    "this JSON holds one long text and no segments of speech; the text is read like a text file.",
)
_FEWEST_WORDS = 3
"""The number of single words, each with its speaker, from which they are speech."""


def read(path: Path) -> ReadText:
    """Read a .json file of segments into one paragraph per turn: "Name: what was said".

    Segments of one speaker that follow each other are one turn, as captions are, because a program has cut
    them at pauses. Without times they are turns, and what has no speaker is nobody's.

    Raises:
        ReadError: If the file is not JSON, or holds no segments of speech.
    """
    decoded = decode(path)
    content = load_json(decoded.text, path)
    segments, is_known = _segments(content)
    if not segments:
        record = text_of_record(content)
        if record is not None:
            return decoded.told_in(ReadText(text=record, warnings=(_ONE_TEXT,)))
        raise ReadError(
            "this JSON holds no segments of speech.",
            file=path,
            todo='Segments with "text", "start" and "speaker" are read, as WhisperX writes them; '
            "save a table of answers as .jsonl or .csv.",
        )
    said = [normalise(words_of(segment) or single_word(segment)) for segment in segments]
    names = named_speakers(content)
    times = times_of(
        [moment_of(segment) for segment in segments], "", sum(len(words.split()) for words in said)
    )
    people = not any(speaker_of(segment) for segment in segments)
    pieces = [
        Spoken(speaker_of(segment, names, people=people) or None, words, time)
        for segment, words, time in zip(segments, said, times, strict=True)
        if words
    ]
    if not any(piece.speaker for piece in pieces):
        return decoded.told_in(join_unnamed(pieces, path))
    is_edited = not any(times) and (not is_known or isinstance(content, list))
    named, unsure = _only_named(pieces) if is_edited else name_speakers(pieces)
    text, turns = text_of_speech(join_speech(named, sentences_end=is_edited))
    if not is_known:
        unsure.append(
            ReadWarning(
                WarningKind.SPEAKER,
                "no program known here writes such JSON; the items of a list that name who speaks are "
                "read as turns.",
            )
        )
    read = ReadText(text=text, turns=turns, convention=SEGMENTS.name, warnings=tuple(unsure))
    return decoded.told_in(read)


def has_speech(path: Path) -> bool:
    """Return whether a file is JSON with segments of speech."""
    try:
        content = load_json(decode(path).text, path)
        return bool(_segments(content)[0]) or text_of_record(content) is not None
    except (ReadError, OSError):
        return False


def _segments(content: Any) -> tuple[Sequence[Item], bool]:
    """Return the segments of speech in one of the usual places or, with speakers, in any; or no segments.

    Returns:
        The segments, and whether they stand where a program known here writes them.
    """
    known = _first_of_speech(_candidates(content))
    if known and any(map(speaker_of, known)):
        return known, True
    anywhere = _with_speakers(content) or _single_words(content) or asked_and_answered(content)
    return (anywhere, False) if anywhere else (known, True)


def _first_of_speech(lists: Iterable[Sequence[Any]]) -> Sequence[Item]:
    """Return the first list of objects that have words and a time or a speaker, or an empty one."""
    for found in lists:
        segments = [item for item in found if isinstance(item, dict) and words_of(item)]
        is_spoken = any(moment_of(item) or speaker_of(item) for item in segments)
        if is_spoken and 2 * len(segments) > len(found):
            return segments
    return []


def _candidates(content: Any) -> Iterator[Sequence[Any]]:
    if isinstance(content, list):
        yield content
    elif isinstance(content, dict):
        for name in _LISTS:
            yield from _candidates(content.get(name))


def _with_speakers(content: Any) -> Sequence[Item]:
    """Return the list, wherever it stands, whose items name who speaks and say most; or an empty one."""
    best: Sequence[Item] = []
    most = 0
    for found in lists_within(content):
        items = [item for item in found if isinstance(item, dict) and words_of(item)]
        named = sum(bool(speaker_of(item)) for item in items)
        if not named:
            named = sum(bool(speaker_of(item, people=True)) for item in items)
            if not come_back(speaker_of(item, people=True) for item in items):
                continue
        length = sum(len(words_of(item)) for item in items)
        if 2 * named > len(items) and length > most:
            best, most = items, length
    return best


def _single_words(content: Any) -> Sequence[Item]:
    """Return the longest list of single words that, but for marks, name their speaker; or an empty one."""
    best: Sequence[Item] = []
    for found in lists_within(content):
        items = [item for item in found if isinstance(item, dict) and single_word(item)]
        named = sum(bool(speaker_of(item)) for item in items)
        if named >= _FEWEST_WORDS and 2 * named > len(items) == len(found) and len(items) > len(best):
            best = items
    return best


def _only_named(pieces: Sequence[Spoken]) -> tuple[list[Spoken], list[ReadWarning]]:
    """Return pieces of an edited record, those without a speaker as nobody's, and a warning of these."""
    nobody = [piece for piece in pieces if piece.speaker is None]
    kept = [replace(piece, is_turn=piece.speaker is not None) for piece in pieces]
    if not nobody:
        return kept, []
    items = f"{counted(len(nobody), 'item')} {'names' if len(nobody) == 1 else 'name'} no speaker"
    first = shortened(nobody[0].words, 60)
    what = f'{items}, first "{first}"; taken for notes, which nobody says, and left out.'
    return kept, [ReadWarning(WarningKind.SPEAKER, what)]
