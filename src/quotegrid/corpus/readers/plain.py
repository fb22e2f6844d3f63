"""Plain text and Markdown, kept as they are: offsets count in the file's own text."""

from __future__ import annotations

import codecs
from pathlib import Path

from quotegrid.corpus.headers import front_matter
from quotegrid.domain.sources import ReadText
from quotegrid.domain.text import normalise
from quotegrid.errors import ReadError

_ALLOWED_CONTROLS = frozenset("\t\n\r\f\x0b\x1b")

_WESTERN = frozenset(
    "\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u2022\u00a0\u00b4\u20ac\u2122"
    "£§©®«»°·½¼¾àáâäåæçèéêëìíîïñòóôöøùúûüßœÀÁÂÄÅÆÇÈÉÊËÍÎÑÓÔÖØÙÚÛÜŒ"
)
"""What English prose holds beyond ASCII; statistics go wrong on a short file with little of it."""


def read(path: Path) -> ReadText:
    """Read a text file in UTF-8, UTF-16 with a mark, or what charset-normalizer finds most likely.

    Raises:
        ReadError: If the file is empty or is not text.
    """
    text = normalise(decode(path))
    header, speakers, body_start = front_matter(text, path)
    return ReadText(text=text, header=header, speakers=speakers, body_start=body_start)


def decode(path: Path) -> str:
    """The text of a file, whatever encoding it is in.

    Raises:
        ReadError: If the file is empty or holds bytes that no text does.
    """
    data = path.read_bytes()
    if not data.strip():
        raise ReadError("the file is empty.", file=path, todo="Leave it out of the import.")
    text = _decoded(data)
    line = 1 if text is None else _line_of_control(text)
    if text is not None and line is None:
        return text
    raise ReadError(
        "this is not a text file, whatever its name says.",
        file=path,
        line=line,
        todo="Save it as text, or import the original document.",
    )


def _line_of_control(text: str) -> int | None:
    """The first line with a control character that no text has; escape is let through and shown as text."""
    for number, line in enumerate(text.split("\n"), start=1):
        if any(ord(char) < 0x20 and char not in _ALLOWED_CONTROLS for char in line):
            return number
    return None


def _decoded(data: bytes) -> str | None:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if b"\x00" in data:
        return None
    for encoding in ("cp1252", "mac_roman"):
        western = data.decode(encoding, "replace")
        if all(char.isascii() or char in _WESTERN for char in western):
            return western
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return None if best is None else str(best)
