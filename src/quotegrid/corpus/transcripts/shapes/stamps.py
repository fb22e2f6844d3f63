"""Describes the times that typists and transcription services write beside a turn, and reads them."""

from __future__ import annotations

import re

GAP = r"[ \t\u00a0\u3000]"
_CLOCK = r"(?:\d{1,3}:\d{1,2}:\d{1,2}|\d{1,3}:\d{2})(?:[.,:;-]\d{1,3})?"
_IN_LETTERS = r"\d{1,2}h\d{1,2}m(?:\d{1,2}s)?|\d{1,3}m\d{1,2}s"
_HALF = r"(?:[ \u00a0\u202f]?[AaPp]\.?[Mm]\b\.?)?"
STAMP = rf"(?:{_CLOCK}{_HALF}|{_IN_LETTERS})(?![\w:])"
"""Matches a time alone: "0:03", "101:15", "00:01:02.5", "00:01:02-9", "10:05 AM", "0h00m44s"."""
_TO = rf"(?:{GAP}*(?:-->|->|[-\u2013\u2014]|to){GAP}*{STAMP})"
RANGE = rf"{STAMP}{_TO}"
"""Matches a time and the time until which the words last."""
_SECONDS = r"\d{1,6}\.\d{1,3}"
_SECONDS_TO = rf"{_SECONDS}{GAP}?s?{GAP}*(?:-->|->|[-\u2013\u2014]|to){GAP}*{_SECONDS}{GAP}?s?"
MARKED = rf"(?:\\?[\[(<{{]{GAP}*(?:{STAMP}{_TO}?|{_SECONDS_TO}|{_SECONDS}s){GAP}*\\?[\])>}}]|[#]{STAMP}[#]?)"
"""Matches a time in brackets or hashes: "[0:03]", "#00:01:02-9#", "[0:03 - 0:09]", "[3.2s - 9.1s]"."""

_BEHIND = re.compile(rf"(?:\s|(?<=[.!?\u2026\u3002\uff1f])){GAP}*(?P<stamp>{MARKED})[.,;]?\s*\Z")
_ONE = re.compile(rf"{STAMP}|{_SECONDS}(?=[ \t]?s|[ \t]*(?:-|\u2013|\u2014|to))")
_OF_DAY = re.compile(r"(?P<half>[AaPp])\.?[Mm]\.?\Z")
_PARTS = re.compile(r"\d+")
_UNITS = {"h": 3600, "m": 60, "s": 1}


def clock(printed: str | None) -> str | None:
    """Return a printed time as HH:MM:SS, or None if there is none.

    Two parts are minutes and seconds; more than 59 of either are carried, because recorders count minutes
    beyond the hour. Fractions of a second are left out.
    """
    found = None if printed is None else _ONE.search(printed)
    if found is None:
        return None
    written = found.group()
    if ":" not in written and "m" not in written:
        seconds = int(written.split(".")[0])
    elif (half := _OF_DAY.search(written)) is not None:
        hours, minutes, *rest = (int(part) for part in _PARTS.findall(written))
        seconds = (hours % 12 + (12 if half["half"] in "Pp" else 0)) * 3600 + minutes * 60 + sum(rest[:1])
    elif "m" in written:
        seconds = sum(int(count) * _UNITS[unit] for count, unit in re.findall(r"(\d+)([hms])", written))
    else:
        parts = [int(part) for part in _PARTS.findall(re.split("[.,;-]", written)[0])][:3]
        hours, minutes, second = parts if len(parts) == 3 else (0, *parts)
        seconds = hours * 3600 + minutes * 60 + second
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def stamp_behind(text: str, start: int, end: int) -> tuple[int, str] | None:
    """Return where the words end before a time that closes them, and the time as printed; None without one.

    Args:
        text: The normalised text.
        start: The offset at which the words begin.
        end: The offset at which they end, time included.
    """
    first = max(start, end - _LONGEST_STAMP)
    if not text[first:end].rstrip().rstrip(".,;").endswith(_STAMP_ENDS):
        return None
    found = _BEHIND.search(text, first, end)
    if found is None:
        return None
    return found.start(), found["stamp"]


_LONGEST_STAMP = 60
_STAMP_ENDS = ("]", ")", "}", ">", "#", *"0123456789")
