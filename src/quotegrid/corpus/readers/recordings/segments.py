"""Reads the JSON of programs that transcribe recordings: segments with words, times and perhaps speakers.

WhisperX, Whisper, whisper.cpp, AssemblyAI and podcasts differ only in what they call these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from quotegrid.corpus.readers.captions import join_unnamed
from quotegrid.corpus.readers.plain import decode
from quotegrid.corpus.readers.recordings.json_file import load_json
from quotegrid.corpus.transcripts.columns.names import names_speakers, names_start, names_words
from quotegrid.corpus.transcripts.columns.times import times_of
from quotegrid.corpus.transcripts.shapes.layouts import SEGMENTS
from quotegrid.corpus.transcripts.spoken import Spoken, join_speech, name_speakers, text_of_speech
from quotegrid.domain.sources.model import ReadText, ReadWarning, WarningKind
from quotegrid.domain.text.normalise import normalise, one_line
from quotegrid.errors import ReadError

_LISTS = ("segments", "utterances", "transcription", "transcript", "turns", "entries", "results")
"""The names under which the segments stand, the likeliest first; they may also be the whole file."""


def read(path: Path) -> ReadText:
    """Read a .json file of segments into one paragraph per turn: "Name: what was said".

    Segments of one speaker that follow each other are one turn, as captions are, because a program has cut
    them at pauses.

    Raises:
        ReadError: If the file is not JSON, or holds no segments of speech.
    """
    decoded = decode(path)
    content = load_json(decoded.text, path)
    segments = _segments(content)
    if not segments:
        raise ReadError(
            "this JSON holds no segments of speech.",
            file=path,
            todo='Segments with "text", "start" and "speaker" are read, as WhisperX writes them; '
            "save a table of answers as .jsonl or .csv.",
        )
    said = [normalise(_value(segment, names_words)) for segment in segments]
    pieces = [
        Spoken(_value(segment, names_speakers) or None, words, time)
        for segment, words, time in zip(segments, said, _times(segments, said), strict=True)
        if words
    ]
    if not any(piece.speaker for piece in pieces):
        return decoded.told_in(join_unnamed(pieces, path))
    named, unsure = name_speakers(pieces)
    text, turns = text_of_speech(join_speech(named))
    if not _first_of_speech(_candidates(content)):
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
        return bool(_segments(load_json(decode(path).text, path)))
    except (ReadError, OSError):
        return False


def _segments(content: Any) -> Sequence[Mapping[str, Any]]:
    """Return the segments of speech in one of the usual places or, with speakers, in any; or no segments."""
    return _first_of_speech(_candidates(content)) or _first_of_speech(_lists_of_speakers(content))


def _first_of_speech(lists: Iterable[Sequence[Any]]) -> Sequence[Mapping[str, Any]]:
    """Return the first list of objects that have words and a time or a speaker, or an empty one."""
    for found in lists:
        segments = [item for item in found if isinstance(item, dict) and _value(item, names_words)]
        is_spoken = any(_moment(item) or _value(item, names_speakers) for item in segments)
        if is_spoken and 2 * len(segments) > len(found):
            return segments
    return []


def _candidates(content: Any) -> Iterator[Sequence[Any]]:
    if isinstance(content, list):
        yield content
    elif isinstance(content, dict):
        for name in _LISTS:
            yield from _candidates(content.get(name))


def _lists_of_speakers(content: Any) -> Iterator[Sequence[Any]]:
    """Yield the lists of an object, whatever their names, of which most items name who speaks."""
    if not isinstance(content, dict):
        return
    for found in content.values():
        if isinstance(found, list) and found:
            named = [item for item in found if isinstance(item, dict) and _value(item, names_speakers)]
            if 2 * len(named) > len(found):
                yield found


def _value(segment: Mapping[str, Any], fits: Any) -> str:
    """Return the first value whose name fits, as text; a speaker may be an object with a name."""
    for name, value in segment.items():
        if fits(name):
            told = value.get("name") if isinstance(value, dict) else value
            if isinstance(told, str | int) and not isinstance(told, bool) and str(told).strip():
                return one_line(str(told))
    return ""


def _moment(segment: Mapping[str, Any]) -> str:
    """Return when a segment begins, as it is written; whisper.cpp has an object of a beginning and an end."""
    for name, value in segment.items():
        told = value.get("from") if isinstance(value, dict) else value
        if names_start(name) and isinstance(told, str | int | float) and not isinstance(told, bool):
            return str(told)
    return ""


def _times(segments: Sequence[Mapping[str, Any]], said: Sequence[str]) -> list[str | None]:
    return times_of([_moment(segment) for segment in segments], "", sum(len(words.split()) for words in said))
