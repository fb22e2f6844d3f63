"""Reads SubRip captions like WebVTT ones, after checking that no lines are lost."""

from __future__ import annotations

import io
import re
from pathlib import Path

from quotegrid.corpus.readers.captions import join_captions
from quotegrid.corpus.readers.plain import decode
from quotegrid.domain.sources.model import ReadText
from quotegrid.domain.text.normalise import normalise
from quotegrid.errors import ReadError

_TIME = r"\d+:[0-5]?\d:[0-5]?\d[,.]\d{1,3}"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s|$)")
_PLACING = re.compile(r"\{\\[^{}\n]*\}")
"""Matches a caption's position on the screen, as editors write it: "{\\an8}"."""


def read(path: Path) -> ReadText:
    """Read an .srt file into one paragraph per turn: "Name: what was said".

    Raises:
        ReadError: If the file is empty, is not SubRip, or has lines that belong to no caption.
    """
    import webvtt
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    decoded = decode(path)
    lines = [line.strip() for line in _PLACING.sub("", normalise(decoded.text)).split("\n")]
    _refuse_lost_lines(lines, path)
    try:
        captions = webvtt.from_buffer(
            io.StringIO("\n".join(lines).lstrip("\n") + "\n\n"), format="srt"
        ).captions
    except (MalformedFileError, MalformedCaptionError) as error:
        raise ReadError(
            f"this is not a SubRip file ({error}).",
            file=path,
            todo="Each caption must begin with its number and a line of times.",
        ) from error
    return decoded.told_in(join_captions(captions, path))


def _refuse_lost_lines(lines: list[str], path: Path) -> None:
    """Raise an error if words lack a time, because readers ignore such lines or add them to others.

    Raises:
        ReadError: If a line that begins a caption is not its number, or its number has no times.
    """
    under_times = False
    for number, line in enumerate(lines, start=1):
        following = lines[number] if number < len(lines) else ""
        is_number = line.isdecimal() and line.isascii()
        if not line:
            under_times = False
        elif is_number and _TIMES.match(following):
            under_times = True
        elif "-->" in line:
            before = lines[number - 2] if number > 1 else ""
            if not (_TIMES.match(line) and before.isdecimal() and before.isascii()):
                raise _lost(path, number)
        elif not under_times and not (is_number and not following):
            raise _lost(path, number)


def _lost(path: Path, line: int) -> ReadError:
    return ReadError(
        "these lines belong to no caption.",
        file=path,
        line=line,
        todo='Above them there must be a number, and a line of times such as "00:01:02,0 --> 00:01:05,0".',
    )
