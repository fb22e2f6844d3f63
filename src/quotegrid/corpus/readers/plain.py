"""Reads plain text and Markdown; but for Markdown's escapes and tables of speech, it stays the file's own."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from quotegrid.corpus.readers.blocks import Row, Styled, arrange_paragraphs, is_arranged, talk_columns
from quotegrid.corpus.text.front_matter import front_matter
from quotegrid.corpus.text.limits import Limit
from quotegrid.corpus.text.mark_up import without_mark_up
from quotegrid.corpus.transcripts.shapes.stamps import STAMP, clock
from quotegrid.corpus.transcripts.spoken import Spoken
from quotegrid.domain.sources.model import ReadText, ReadWarning, StyledParagraph, WarningKind
from quotegrid.domain.text.normalise import normalise
from quotegrid.domain.text.repairs import Repair, repair_text
from quotegrid.domain.text.scripts import ALPHABETS
from quotegrid.errors import ReadError

_MARKDOWN = (".md", ".markdown")
_ESCAPE = re.compile(r"\\([!-/:-@^-`{-~\\])")
"""Matches punctuation that a backslash keeps from marking anything in Markdown, but for square brackets: what
stands in those is known with its backslashes (`domain.text.non_speech`).
"""
_TABLE = re.compile(
    r"^[ \t]*\|?[^\n|]+\|[^\n]*\n[ \t]*\|?[ \t]*:?-+:?[ \t]*\|[-:| \t]*(?:\n[^\n]*\|[^\n]*)*(?:\n|\Z)",
    re.MULTILINE,
)
_BAR = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEAD = 400
_SUBRIP = re.compile(r"\d+\n\d{2}:\d{2}:\d{2}[,.]\d{3} --> \d{2}:\d{2}:\d{2}[,.]\d{3}[ \t]*\n")
_TIMED_LINE = re.compile(rf"[ \t]*\[(?P<time>{STAMP})[ \t]*-->[ \t]*{STAMP}\][ \t]*(?P<words>.*)")
_NAMED_LINE = re.compile(r"[^\W\d_][^:\n]{0,30}:")
_FEWEST_TIMED = 2
_TEXT_PER_CONTROL = 20
"""The number of characters for each control character from which a file is text with stray ones in it."""

_PUNCTUATION = frozenset("\u2018\u2019\u201a\u201c\u201d\u201e\u2013\u2014\u2026\u2022\u00a0\u20ac«»§°¿¡")
_LEGACY = ("cp1252", "cp1250", "iso8859_2", "mac_roman", "cp850", "cp852")
"""The encodings of old programs for languages in Latin script, in the order in which they are tried."""
_CAPITAL_WITHIN = re.compile(r"(?<=[a-z])[À-ÖØ-ÞĄĆĘŁŃŚŹŻČĎĚŇŘŠŤŮŽŐŰ]")
"""Matches a capital beyond ASCII in the middle of a word, where no language has one."""
_NOUGHTS = {
    "utf-32-le": {1, 2, 3},
    "utf-32-be": {0, 1, 2},
    "utf-16-le": {1, 3},
    "utf-16-be": {0, 2},
}
"""The places, of each four bytes, that are nought in text in Latin letters."""
_WIDE_SAMPLE = 4000
_MOST_NOUGHTS = 0.3
_WESTERN = frozenset(
    "\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u2022\u00a0\u00b4\u20ac\u2122"
    "£§©®«»°·½¼¾àáâäåæçèéêëìíîïñòóôöøùúûüßœÀÁÂÄÅÆÇÈÉÊËÍÎÑÓÔÖØÙÚÛÜŒ"
)
"""Characters beyond ASCII in English prose; statistics misjudge short files with few of them."""


_TYPOGRAPHY = re.compile(
    r"(?<=[a-zA-Z])\u2019(?=(?:s|t|re|ve|ll|d|m)\b)|(?<!\w)[\u2018\u201c](?=\w)|(?<=[\w.,?!])[\u2019\u201d](?!\w)"
    r"|(?<= )[\u2013\u2014](?= )|[\u00a3\u20ac](?=\d)"
)
"""Matches punctuation where English puts it; an encoding that yields it is the right one."""


def read(path: Path) -> ReadText:
    """Read a text file in UTF-8, UTF-16 with a byte order mark, or the encoding that seems most likely.

    Raises:
        ReadError: If the file is empty or is not text.
    """
    decoded = decode(path)
    text = normalise(decoded.text)
    captions = _as_captions(text, path)
    if captions is not None:
        return decoded.told_in(captions)
    found = front_matter(text)
    body, escapes = text[found.body_start :], 0
    styles: tuple[StyledParagraph, ...] = ()
    rows = marks = 0
    if path.suffix.lower() in _MARKDOWN:
        body, marks = without_mark_up(body)
        pieces, rows = _with_tables_of_talk(body)
        replaced = [_ESCAPE.subn(r"\1", piece) for piece in pieces]
        body, escapes = "".join(words for words, _ in replaced), sum(count for _, count in replaced)
        styles = _styles(pieces, [words for words, _ in replaced], found.body_start)
    repairs = {Repair.ESCAPES.value: escapes, Repair.MARK_UP.value: marks, Repair.TABLE_ROWS.value: rows}
    read_text = ReadText(
        text=text[: found.body_start] + body,
        header=found.header,
        speakers=found.speakers,
        body_start=found.body_start,
        legend=found.legend,
        warnings=found.warnings,
        repairs={kind: count for kind, count in repairs.items() if count},
        styles=styles,
    )
    return decoded.told_in(read_text)


def _as_captions(text: str, path: Path) -> ReadText | None:
    """Return a text of captions, or of lines that each begin with their times, as such; None for others."""
    head = text[:_HEAD].lstrip("\n")
    if head.startswith("WEBVTT") or _SUBRIP.match(head):
        module = "captions" if head.startswith("WEBVTT") else "subrip"
        read: Callable[[Path], ReadText] = import_module(f"quotegrid.corpus.readers.{module}").read
        return read(path)
    if not _TIMED_LINE.match(head):
        return None
    lines = [line for line in text.split("\n") if line.strip()]
    found = [match for line in lines if (match := _TIMED_LINE.match(line))]
    if len(found) < len(lines) or len(found) < _FEWEST_TIMED:
        return None
    if sum(_NAMED_LINE.match(match["words"]) is not None for match in found) > 0:
        return None
    join: Callable[..., ReadText] = import_module("quotegrid.corpus.readers.captions").join_unnamed
    return join(
        [Spoken(None, match["words"], clock(match["time"])) for match in found if match["words"]], path
    )


def _with_tables_of_talk(body: str) -> tuple[list[str], int]:
    """Return the pieces of a Markdown text, tables of speech as paragraphs, and the number of their rows."""
    pieces: list[str] = []
    end = rows = 0
    for table in _TABLE.finditer(body):
        written = [_cells(line) for line in table.group().strip("\n").split("\n")]
        talking = None if is_arranged(written[0]) else talk_columns(written[0], written[2:])
        if talking is not None:
            rows_of_talk = (Row((cells[talking[0]], cells[talking[1]])) for cells in written[2:])
            paragraphs: list[str] = list(rows_of_talk)
        elif is_arranged(written[0]):
            paragraphs = arrange_paragraphs(Row(cells) for cells in (written[0], *written[2:]))
        else:
            continue
        pieces.append(body[end : table.start()] + "\n")
        for paragraph in paragraphs:
            pieces += [paragraph, "\n\n"]
        end, rows = table.end(), rows + len(written) - 2
    return [*pieces, body[end:]], rows


def _cells(line: str) -> list[str]:
    words = line.strip().removeprefix("|")
    words = words[:-1] if words.endswith("|") and not words.endswith("\\|") else words
    return [_BREAK.sub("\n", cell.strip()) for cell in _BAR.split(words)]


def _styles(pieces: Sequence[str], stored: Sequence[str], start: int) -> tuple[StyledParagraph, ...]:
    """Return the looks of the pieces that have one, with their offsets in the stored text."""
    found = []
    for piece, words in zip(pieces, stored, strict=True):
        if isinstance(piece, Styled):
            found.append(StyledParagraph(start, start + len(words), piece.style))
        start += len(words)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class DecodedText:
    """The characters of a file, and how its encoding was determined."""

    text: str
    encoding: str
    is_told: bool = True
    """Whether the file declares its encoding, or can have no other."""
    is_sure: bool = True
    """Whether, if it does not, only one encoding makes sense."""
    controls: int = 0
    """The number of stray control characters removed."""

    def told_in(self, read: ReadText) -> ReadText:
        """Return a reader's result with the warnings and repairs of decoding added."""
        repairs = {**self.repairs(), **read.repairs}
        return replace(read, warnings=(*self.warnings(), *read.warnings), repairs=repairs)

    def repairs(self) -> dict[str, int]:
        """Return the number of repairs that storing the text makes, and of letters decoded by a guess."""
        found = repair_text(self.text)[1]
        if self.controls:
            found = found | {Repair.CONTROLS.value: self.controls}
        if self.is_told:
            return found
        return found | {Repair.GUESSED.value: sum(not char.isascii() for char in self.text)}

    def warnings(self) -> tuple[ReadWarning, ...]:
        """Return a warning if the encoding is unsure, with the first word that would show an error."""
        if self.is_sure:
            return ()
        first = next(place for place, char in enumerate(self.text) if not char.isascii())
        word = next((match.group() for match in re.finditer(r"\S+", self.text) if match.end() > first), "")
        what = (
            f"the file does not say its encoding; it was read as {self.encoding}, "
            f'in which a word is "{word}". If that is wrong, save it as UTF-8.'
        )
        return (ReadWarning(WarningKind.TEXT, what, self.text.count("\n", 0, first) + 1),)


def decode(path: Path, *, stray_controls: bool = False) -> DecodedText:
    """Return the text of a file in whatever encoding.

    Args:
        path: The file.
        stray_controls: Whether a few control characters are removed rather than refused, as they come into
            tables from databases.

    Raises:
        ReadError: If the file is empty, contains bytes that do not occur in text, or changes its encoding.
    """
    Limit.TEXT_FILE.hold(path.stat().st_size)
    data = path.read_bytes()
    if not data.strip():
        raise ReadError("the file is empty.", file=path, todo="Leave it out of the import.")
    other = _line_of_another_encoding(data)
    if other is not None:
        raise ReadError(
            "most lines of this file are UTF-8, and this one is in another encoding.",
            file=path,
            line=other,
            todo="Open it in an editor, mend the words on that line and save the whole as UTF-8.",
        )
    decoded = _decoded(data)
    if decoded is not None and stray_controls:
        decoded = _without_controls(decoded)
    line = 1 if decoded is None else _line_of_control(decoded.text)
    if decoded is not None and line is None:
        return decoded
    raise ReadError(
        "this is not a text file, whatever its name says.",
        file=path,
        line=line,
        todo="Save it as text, or import the original document.",
    )


def _without_controls(decoded: DecodedText) -> DecodedText:
    """Return a text without its control characters if they are so few that it is text all the same."""
    kept = _CONTROL.sub("", decoded.text)
    removed = len(decoded.text) - len(kept)
    if not kept.strip() or removed * _TEXT_PER_CONTROL > len(decoded.text):
        return decoded
    return replace(decoded, text=kept, controls=removed)


def _line_of_control(text: str) -> int | None:
    """Return the first line with a control character not used in text; escape is shown as text."""
    found = _CONTROL.search(text)
    return None if found is None else text.count("\n", 0, found.start()) + 1


def _decoded(data: bytes) -> DecodedText | None:
    wide = _wide_encoding(data)
    if wide is not None:
        encoding, is_told = wide
        try:
            return DecodedText(data.decode(encoding), encoding, is_told=is_told)
        except UnicodeDecodeError:
            return None
    try:
        return DecodedText(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if data.count(b"\x00") * _TEXT_PER_CONTROL > len(data):
        return None
    western = {encoding: data.decode(encoding, "replace") for encoding in ("cp1252", "mac_roman")}
    fitting = {
        encoding: text
        for encoding, text in western.items()
        if all(char.isascii() or char in _WESTERN for char in text)
    }
    if fitting:
        encoding, text = next(iter(fitting.items()))
        is_only = len(set(fitting.values())) == 1
        if (is_only and _is_of_one_language(text)) or _TYPOGRAPHY.search(text) is not None:
            return DecodedText(text, encoding, is_told=False)
    by_letters = _by_letters(data)
    if by_letters is not None:
        return by_letters
    if fitting:
        return DecodedText(text, encoding, is_told=False, is_sure=is_only)
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return None if best is None else DecodedText(str(best), best.encoding, is_told=False, is_sure=False)


def _wide_encoding(data: bytes) -> tuple[str, bool] | None:
    """Return the encoding of a text of two or four bytes a character, and whether its mark says so."""
    # The mark of UTF-32 begins as that of UTF-16 does.
    for marks, encoding in (
        ((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE), "utf-32"),
        ((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE), "utf-16"),
    ):
        if data.startswith(marks):
            return encoding, True
    sample = data[:_WIDE_SAMPLE]
    noughts = [sample[place::4].count(0) / max(len(sample[place::4]), 1) for place in range(4)]
    for encoding, places in _NOUGHTS.items():
        if all((share > _MOST_NOUGHTS) == (place in places) for place, share in enumerate(noughts)):
            return encoding, False
    return None


def _by_letters(data: bytes) -> DecodedText | None:
    """Return a text in the first encoding in which its letters beyond ASCII are all those of one language."""
    for encoding in _LEGACY:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_of_one_language(text):
            return DecodedText(text, encoding, is_told=False, is_sure=False)
    return None


def _is_of_one_language(text: str) -> bool:
    """Return whether a text's letters beyond ASCII, of which it has some, are those of one language."""
    letters = {char for char in text if not char.isascii()} - _PUNCTUATION
    is_likely = bool(letters) and _CAPITAL_WITHIN.search(text) is None
    return is_likely and any(letters <= alphabet for alphabet in ALPHABETS)


def _line_of_another_encoding(data: bytes) -> int | None:
    """Return the first line that is no UTF-8, in a text of which most lines beyond ASCII are."""
    fitting = 0
    others: list[int] = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            others.append(number)
        else:
            fitting += 1
    return others[0] if fitting > len(others) > 0 else None
