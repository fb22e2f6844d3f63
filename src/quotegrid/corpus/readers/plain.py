"""Plain text and Markdown, kept as they are: offsets count in the file's own text."""

from __future__ import annotations

import codecs
from pathlib import Path

from quotegrid.corpus.headers import front_matter
from quotegrid.domain.sources import ReadText
from quotegrid.domain.text import normalise
from quotegrid.errors import ReadError

_ALLOWED_CONTROLS = frozenset("\t\n\r\f\x0b")


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
    if text is not None:
        for number, line in enumerate(text.split("\n"), start=1):
            if any(ord(char) < 0x20 and char not in _ALLOWED_CONTROLS and char != "\x1b" for char in line):
                text = None
                break
        else:
            return text
    else:
        number = 1
    raise ReadError(
        "this is not a text file, whatever its name says.",
        file=path,
        line=number,
        todo="Save it as text, or import the original document.",
    )


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
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return None if best is None else str(best)
