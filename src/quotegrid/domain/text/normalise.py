"""Normalises, compares and shortens text."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from quotegrid.domain.text.repairs import repair_text
from quotegrid.domain.text.words import word_places

_SPACE = re.compile(r"\s+")
_NO_LETTERS = re.compile(r"[\W_]+")
_WITHOUT_PICTURE = (
    (0x80, 0x9F),
    (0x202A, 0x202E),
    (0x2066, 0x2069),
    (0xD800, 0xDFFF),
    (0xFFFE, 0xFFFF),
)


def normalise(raw: str) -> str:
    """Return the form in which a source's text is stored; `domain.text.repairs` lists the changes.

    All offsets in a study are code points into this form.
    """
    return repair_text(raw)[0]


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def word_hash(text: str) -> str:
    """Return the SHA-256 of a text's letters and digits, case-folded, or "" if it has none.

    It is the same for one text in two formats, whatever their line ends, quotation marks and hyphens.
    """
    letters = _NO_LETTERS.sub("", unicodedata.normalize("NFKC", text).casefold())
    return text_hash(letters) if letters else ""


def one_line(text: str) -> str:
    """Return the text with every run of white space, including line breaks, as one space."""
    return _SPACE.sub(" ", text).strip()


def name_key(name: str) -> str:
    """Return the form in which names are compared: composed (NFC), without case, white space as one space."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", one_line(name)).casefold())


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 source", "2 sources"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def singular(word: str) -> str:
    """Return an English noun's singular, judged by its ending alone, to compare spellings of a role.

    >>> singular("authorities"), singular("leaders"), singular("coaches"), singular("sendiass")
    ('authority', 'leader', 'coach', 'sendiass')
    """
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes", "sses", "zzes")):
        return word[:-2]
    if len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def folded_words(text: str) -> tuple[str, ...]:
    """Return the words of a name without case, plural and punctuation: ("la", "leader") for "LA Leaders"."""
    folded = text.casefold().replace("\u2019s", "").replace("'s", "")
    return tuple(singular(folded[start:end]) for start, end in word_places(folded))


_VISIBLE = (
    {point: "\ufffd" for first, last in _WITHOUT_PICTURE for point in range(first, last + 1)}
    | {point: chr(0x2400 + point) for point in range(0x20) if chr(point) not in "\n\t"}
    | {0x7F: "\u2421"}
)


def visible(text: str) -> str:
    """Return the text with control characters made visible, so that none of them acts on a terminal.

    Line feeds and tabs stay; escape becomes U+241B, other C0 controls their control picture; C1 controls,
    directional overrides and characters that XML forbids (surrogates, U+FFFE, U+FFFF) become U+FFFD.
    """
    return text.translate(_VISIBLE)


_ESCAPED = {point: f"\\u{point:04x}" for point in _VISIBLE if point >= 0x7F}


def escaped(text: str) -> str:
    """Return JSON with control characters as escapes: it says the same, and none acts on a terminal."""
    return text.translate(_ESCAPED)


def shortened(text: str, width: int) -> str:
    """Return the text on one line, cut at a word to at most `width` characters, with an ellipsis if cut."""
    line = one_line(text)
    if len(line) <= width:
        return line
    cut = line[: max(width - 1, 1)]
    return (cut.rsplit(" ", 1)[0] if " " in cut[width // 2 :] else cut) + "…"
