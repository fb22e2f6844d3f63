"""WebVTT captions: voice tags tell who speaks, consecutive captions of one speaker are one turn."""

from __future__ import annotations

import html
import re
from pathlib import Path

from quotegrid.corpus.readers.plain import decode
from quotegrid.domain.sources import ReadText, Turn
from quotegrid.domain.text import normalise, one_line
from quotegrid.errors import ReadError

_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"</?[a-zA-Z0-9:.]*[^>]*>")


def read(path: Path) -> ReadText:
    """Read a .vtt file. The stored text is one paragraph a turn: "Name: what was said".

    Raises:
        ReadError: If the file is empty, is not WebVTT, or holds no captions.
    """
    import webvtt
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    raw = normalise(decode(path))
    try:
        captions = webvtt.from_string(raw).captions
    except (MalformedFileError, MalformedCaptionError) as error:
        raise ReadError(
            f"this is not a WebVTT file ({error}).",
            file=path,
            line=1,
            todo='It must begin with the line "WEBVTT".',
        ) from error
    spoken: list[tuple[str | None, str, str]] = []
    for caption in captions:
        for voice, words in _voices(caption.raw_text):
            if not words:
                continue
            if spoken and (voice is None or spoken[-1][0] == voice):
                name, time, before = spoken[-1]
                spoken[-1] = (name, time, f"{before} {words}")
            else:
                spoken.append((voice, caption.start.split(".")[0], words))
    if not spoken:
        raise ReadError("there are no captions in this file.", file=path, todo="Leave it out of the import.")
    text, turns = "", []
    for voice, time, words in spoken:
        words = normalise(words)
        text += f"{voice}: " if voice else ""
        turns.append(Turn(start=len(text), end=len(text) + len(words), label=voice, time=time))
        text += words + "\n\n"
    return ReadText(text=text, turns=tuple(turns))


def _voices(cue: str) -> list[tuple[str | None, str]]:
    pieces = _VOICE.split(cue)
    found: list[tuple[str | None, str]] = [(None, _plain(pieces[0]))]
    for voice, words in zip(pieces[1::2], pieces[2::2], strict=True):
        found.append((one_line(html.unescape(voice)), _plain(words)))
    return [(voice, words) for voice, words in found if words]


def _plain(cue: str) -> str:
    return one_line(html.unescape(_TAG.sub("", cue)))
